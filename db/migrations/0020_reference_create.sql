-- administration: settings of a customs administration by date · code_entry: one code of one list · office: customs offices
-- exchange_rate: own currency for one foreign unit · change: counts what was changed, so that snapshots know their version
create schema reference;

create table reference.administration (
  code text not null,
  body jsonb not null,
  valid_from date not null,
  valid_to date,
  constraint administration_pkey primary key (code, valid_from),
  constraint administration_code check (code ~ '^[A-Z]{2}$'),
  constraint administration_range check (valid_to > valid_from)
);

create table reference.code_entry (
  list text not null,
  code text not null,
  names jsonb not null,
  valid_from date not null,
  valid_to date,
  constraint code_entry_pkey primary key (list, code, valid_from),
  constraint code_entry_english check (names ? 'en'),
  constraint code_entry_range check (valid_to > valid_from)
);

create table reference.office (
  code text not null,
  administration text not null,
  body jsonb not null,
  valid_from date not null,
  valid_to date,
  constraint office_pkey primary key (code, valid_from),
  constraint office_code check (code ~ '^[A-Z]{2}[A-Z0-9]{6}$'),
  constraint office_range check (valid_to > valid_from)
);

create table reference.exchange_rate (
  administration text not null,
  currency text not null,
  rate numeric(24, 12) not null,
  source text not null,
  valid_from date not null,
  valid_to date,
  constraint exchange_rate_pkey primary key (administration, currency, valid_from),
  constraint exchange_rate_currency check (currency ~ '^[A-Z]{3}$'),
  constraint exchange_rate_positive check (rate > 0),
  constraint exchange_rate_range check (valid_to > valid_from)
);

create table reference.change (
  version bigint generated always as identity,
  what text not null,
  at timestamptz not null,
  constraint change_pkey primary key (version)
);

grant usage on schema reference to portcullis_app;
grant select, insert, update on reference.administration, reference.code_entry, reference.office, reference.exchange_rate to portcullis_app;
grant select, insert on reference.change to portcullis_app;
