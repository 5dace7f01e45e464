-- Knowledge time for everything of the tariff: recorded_from/recorded_to, half-open; the record known now has no recorded_to.
-- suffix, indent: product line suffix and dashes of the nomenclature · footnotes: codes of trade.term · parent: a line's code, or code/suffix
-- term: certificates, footnotes and additional codes, described · batch: the proposal that brought a record about
alter table trade.commodity
  add column suffix text not null default '80',
  add column indent int,
  add column footnotes text[] not null default '{}',
  add column recorded_from timestamptz not null default '2020-01-01T00:00:00Z',
  add column recorded_to timestamptz,
  add column batch uuid;
alter table trade.commodity alter column recorded_from drop default;
alter table trade.commodity
  drop constraint commodity_pkey,
  drop constraint commodity_parent,
  add constraint commodity_pkey primary key (administration, code, suffix, valid_from, recorded_from),
  add constraint commodity_suffix check (suffix ~ '^[0-9]{2}$'),
  add constraint commodity_parent check (parent is null or parent ~ '^[0-9]{2,10}(/[0-9]{2})?$'),
  add constraint commodity_knowledge check (recorded_to > recorded_from);
create unique index commodity_known_now on trade.commodity (administration, code, suffix, valid_from) where recorded_to is null;

alter table trade.measure add column batch uuid;
create index measure_commodity_now on trade.measure (administration, commodity) where recorded_to is null;
create index measure_batch on trade.measure (batch) where batch is not null;
create index commodity_batch on trade.commodity (batch) where batch is not null;

alter table trade.area
  add column recorded_from timestamptz not null default '2020-01-01T00:00:00Z',
  add column recorded_to timestamptz;
alter table trade.area alter column recorded_from drop default;
alter table trade.area
  drop constraint area_pkey,
  add constraint area_pkey primary key (code, valid_from, recorded_from),
  add constraint area_knowledge check (recorded_to > recorded_from);
create unique index area_known_now on trade.area (code, valid_from) where recorded_to is null;

create table trade.term (
  administration text not null,
  kind text not null,
  code text not null,
  names jsonb not null,
  valid_from date not null,
  valid_to date,
  recorded_from timestamptz not null,
  recorded_to timestamptz,
  constraint term_pkey primary key (administration, kind, code, valid_from, recorded_from),
  constraint term_kind check (kind in ('certificate', 'footnote', 'additional-code')),
  constraint term_range check (valid_to > valid_from),
  constraint term_knowledge check (recorded_to > recorded_from)
);
create unique index term_known_now on trade.term (administration, kind, code, valid_from) where recorded_to is null;

grant select, insert, update on trade.term to portcullis_app;
