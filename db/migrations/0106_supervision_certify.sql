-- device_model: what a vendor sells, and whether it may guard goods · certificate: a run of a model's captures through decoder, answers and
-- broken streams; `certified_at` follows from the newest run · map_area: geography that no public map has, such as of a demo country
create table supervision.device_model (
  vendor text not null,
  model text not null,
  protocol text not null,
  certified_at timestamptz,
  updated_at timestamptz not null,
  constraint device_model_pkey primary key (vendor, model, protocol)
);
insert into supervision.device_model (vendor, model, protocol, updated_at)
  select distinct vendor, model, protocol, now() from supervision.device;
alter table supervision.device
  add column firmware text,
  add column owner text,
  add constraint device_of_model foreign key (vendor, model, protocol) references supervision.device_model;

create table supervision.certificate (
  id uuid primary key,
  vendor text not null,
  model text not null,
  protocol text not null,
  run_at timestamptz not null,
  run_by text not null,
  capture_sha256 text not null constraint certificate_hash check (capture_sha256 ~ '^[0-9a-f]{64}$'),
  captures int not null,
  passed boolean not null,
  checks jsonb not null,
  constraint certificate_of_model foreign key (vendor, model, protocol) references supervision.device_model
);
create index certificate_newest on supervision.certificate (vendor, model, protocol, run_at desc);

-- The carrier answers for the journey and sees it; read out of the document, so that it cannot differ from it.
alter table supervision.trip add column carrier text generated always as (state ->> 'carrier') stored;
create index trip_carrier on supervision.trip (carrier, updated_at desc) where carrier is not null;

create table supervision.map_area (
  id text primary key,
  kind text not null constraint map_area_kind check (kind in ('land', 'border', 'water', 'place')),
  name text not null,
  geometry jsonb not null
);

grant select, insert, update on supervision.device_model, supervision.map_area to portcullis_app;
grant select, insert on supervision.certificate to portcullis_app;
