-- transit: goods released for transit, as their declaration says; what a trip under seal of them is bound to. trip_id: the trip that carries them,
--   null before it is planned and after one was cancelled · ended_at: discharged, or called on the guarantor
create table supervision.transit (
  mrn text primary key,
  office text not null,
  destination_office text not null,
  document jsonb not null,
  trip_id uuid references supervision.trip,
  released_at timestamptz not null,
  ended_at timestamptz
);
create index transit_waiting on supervision.transit (released_at) where trip_id is null and ended_at is null;
grant select, insert, update on supervision.transit to portcullis_app;
