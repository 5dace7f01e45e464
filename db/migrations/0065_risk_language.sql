-- The criteria of the simple form are gone: what binds stands in profile_version, in the profile language.
drop table risk.profile;
-- Where nothing is drawn by chance (scripted scenarios of the trader test service) nothing can be learnt of what was not chosen: 0.
alter table risk.decision drop constraint decision_propensity, add constraint decision_propensity check (propensity between 0 and 1);
