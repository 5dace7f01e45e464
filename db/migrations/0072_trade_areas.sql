-- area.administration: whose group it is; '' = everybody's. Two administrations may number their groups alike.
alter table trade.area add column administration text not null default '';
drop index trade.area_known_now;
alter table trade.area drop constraint area_pkey, add constraint area_pkey primary key (administration, code, valid_from, recorded_from);
create unique index area_known_now on trade.area (administration, code, valid_from) where recorded_to is null;
