-- command: what a device is told, in the order of `seq`, until it answers; only its own answer is success. `params` is what people may
--   read, `secrets` (passwords) is encrypted with a key that is not in this database · device_secret: the same for passwords of devices
-- interval_s, wake_min, tracking: how often a device reports, as it confirmed · unsent: records that it said it still keeps for us
create table supervision.command (
  id uuid primary key,
  seq bigint generated always as identity,
  device_id text not null references supervision.device,
  trip_id uuid references supervision.trip,
  name text not null,
  params jsonb not null,
  secrets bytea,
  state text not null constraint command_state check (state in ('queued', 'sent', 'answered', 'refused', 'expired', 'withdrawn')),
  asked_by text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0,
  sent_at timestamptz,
  answered_at timestamptz,
  answer jsonb,
  constraint command_window check (expires_at > asked_at),
  constraint command_sent check ((state = 'queued') <= (sent_at is null)),
  constraint command_answered check ((state in ('answered', 'refused')) = (answered_at is not null))
);
create index command_waiting on supervision.command (device_id, seq) where state in ('queued', 'sent');
create index command_device on supervision.command (device_id, asked_at desc);
create index command_trip on supervision.command (trip_id, asked_at desc) where trip_id is not null;

create table supervision.device_secret (
  device_id text not null references supervision.device,
  kind text not null constraint device_secret_kind check (kind in ('static', 'dynamic')),
  sealed bytea not null,
  learnt_at timestamptz not null,
  constraint device_secret_pkey primary key (device_id, kind)
);

alter table supervision.device
  add column interval_s int constraint device_interval check (interval_s between 1 and 86400),
  add column wake_min int constraint device_wake check (wake_min between 1 and 10080),
  add column tracking boolean not null default false,
  add column unsent_count int,
  add column unsent_at timestamptz;

-- A trip may also end in the seizure of the goods; its seal is then free again, as after a discharge.
alter table supervision.trip
  drop constraint trip_status,
  add constraint trip_status check (status in ('planned', 'armed', 'inTransit', 'arrived', 'disarmed', 'discharged', 'cancelled', 'seized', 'incident'));
drop index supervision.trip_seal_once;
create unique index trip_seal_once on supervision.trip (seal_id) where status not in ('discharged', 'cancelled', 'seized');
drop index supervision.trip_truck;
create index trip_truck on supervision.trip (truck_id) where status not in ('discharged', 'cancelled', 'seized');
-- What trips have learnt to keep. Those of before asked for nothing and opened nothing from afar.
update supervision.trip set state = state || jsonb_build_object('arming', null, 'openingProven', false, 'unlocks', '[]'::jsonb);

grant select, insert, update on supervision.command, supervision.device_secret to portcullis_app;
