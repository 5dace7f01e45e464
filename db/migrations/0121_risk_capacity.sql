-- demoted: what an office gave up for want of capacity, beside the lane that came of it, so that the day's board need not open every record
alter table risk.decision
  add column demoted_from text constraint decision_demoted_from check (demoted_from in ('blue', 'yellow', 'red')),
  add column demoted_minutes int not null default 0 constraint decision_demoted_minutes check (demoted_minutes >= 0);
update risk.decision set demoted_from = record #>> '{selection,demotions,0,from}', demoted_minutes = (record #>> '{selection,demotions,0,minutes}')::int
  where record #>> '{selection,demotions,0,from}' is not null;
create index decision_office_at on risk.decision (administration, office, decided_at);
