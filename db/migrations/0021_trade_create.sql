-- commodity: the nomenclature · measure: what is charged, with legal validity and the time of our knowledge · area: groups of countries
-- tariff_settings: a tariff from a file, laid over ours · change: counts what was changed
create schema trade;

create table trade.commodity (
  administration text not null,
  code text not null,
  parent text,
  names jsonb not null,
  declarable boolean not null,
  valid_from date not null,
  valid_to date,
  constraint commodity_pkey primary key (administration, code, valid_from),
  constraint commodity_code check (code ~ '^[0-9]{2,10}$'),
  constraint commodity_parent check (parent is null or left(code, length(parent)) = parent),
  constraint commodity_range check (valid_to > valid_from)
);

create table trade.measure (
  id text not null,
  administration text not null,
  commodity text not null,
  type text not null,
  tax_type text not null,
  area text not null,
  body jsonb not null,
  valid_from date not null,
  valid_to date,
  recorded_from timestamptz not null,
  recorded_to timestamptz,
  constraint measure_pkey primary key (id, recorded_from),
  constraint measure_commodity check (commodity ~ '^[0-9]{0,10}$'),
  constraint measure_range check (valid_to > valid_from),
  constraint measure_knowledge check (recorded_to > recorded_from)
);
create unique index measure_known_now on trade.measure (id) where recorded_to is null;

create table trade.area (
  code text not null,
  names jsonb not null,
  members text[] not null,
  valid_from date not null,
  valid_to date,
  constraint area_pkey primary key (code, valid_from),
  constraint area_range check (valid_to > valid_from)
);

create table trade.tariff_settings (
  administration text not null,
  body jsonb not null,
  recorded_at timestamptz not null,
  constraint tariff_settings_pkey primary key (administration)
);

create table trade.change (
  version bigint generated always as identity,
  what text not null,
  at timestamptz not null,
  constraint change_pkey primary key (version)
);

grant usage on schema trade to portcullis_app;
grant select, insert, update on trade.commodity, trade.measure, trade.area to portcullis_app;
grant select, insert, update, delete on trade.tariff_settings to portcullis_app;
grant select, insert on trade.change to portcullis_app;
