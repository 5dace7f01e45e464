-- device: a seal or vehicle unit, who holds it and what state it is in · alias: other numbers under which it reports (IMEI, short id)
-- corridor: where trips may go, one document a version · trip: one row a trip; `state` is the fold of its journal
-- raw_frame: bytes as they came · position: what they said, once each, whatever was repeated · device_now: the newest of it, for maps
-- episode: an alarm of a trip from its beginning to its end; opened_at is event time, learnt_at when the system heard of it
create schema supervision;

create table supervision.device (
  id text primary key,
  protocol text not null,
  vendor text not null,
  model text not null,
  role text not null constraint device_role check (role in ('seal', 'truck')),
  imei text constraint device_imei check (imei ~ '^[0-9]{14,16}$'),
  sim text,
  state text not null constraint device_state check (state in ('inStock', 'issued', 'armed', 'recharging', 'lost', 'stolen', 'retired')),
  office text not null,
  liable text not null,
  password_changed boolean not null default false,
  registered_at timestamptz not null,
  updated_at timestamptz not null,
  constraint device_imei_once unique (imei)
);
create table supervision.alias (
  alias text primary key,
  device_id text not null references supervision.device
);

create table supervision.corridor (
  id text primary key,
  name text not null,
  document jsonb not null,
  updated_at timestamptz not null
);

create table supervision.trip (
  id uuid primary key,
  reference text not null,
  status text not null constraint trip_status check (status in ('planned', 'armed', 'inTransit', 'arrived', 'disarmed', 'discharged', 'cancelled', 'incident')),
  office text not null,
  destination_office text not null,
  corridor_id text not null references supervision.corridor,
  seal_id text not null references supervision.device,
  truck_id text references supervision.device,
  state jsonb not null,
  armed_at timestamptz,
  deadline_at timestamptz,
  updated_at timestamptz not null
);
create unique index trip_seal_once on supervision.trip (seal_id) where status not in ('discharged', 'cancelled');
create index trip_truck on supervision.trip (truck_id) where status not in ('discharged', 'cancelled');
create index trip_status on supervision.trip (status, updated_at desc);

create table supervision.raw_frame (
  received_at timestamptz not null,
  protocol text not null,
  peer text not null,
  bytes bytea not null
) partition by range (received_at);
create index raw_frame_received on supervision.raw_frame using brin (received_at);

create table supervision.position (
  event_at timestamptz not null,
  device_id text not null,
  hash text not null,
  received_at timestamptz not null,
  kind text not null,
  origin text not null,
  clock_suspect boolean not null,
  valid boolean not null,
  lat double precision,
  lon double precision,
  speed_kph real,
  course_deg real,
  battery_pct real,
  alarms text not null,
  record json not null,
  constraint position_pkey primary key (device_id, event_at, hash)
) partition by range (event_at);

create table supervision.raw_frame_other partition of supervision.raw_frame default;
create table supervision.position_other partition of supervision.position default;

-- The application may not create tables; it asks for the months that it is going to write. A month that already has rows among the
-- others stays there.
create function supervision.ensure_month(p_month date) returns boolean language plpgsql security definer set search_path = supervision, pg_temp as $$
declare
  v_from date := date_trunc('month', p_month)::date;
  v_name text := to_char(v_from, 'YYYY_MM');
begin
  if p_month < date '2015-01-01' or p_month > current_date + 400 then return false; end if;
  if to_regclass('supervision.position_' || v_name) is not null then return true; end if;
  execute format('create table supervision.%I partition of supervision.position for values from (%L) to (%L)', 'position_' || v_name, v_from, v_from + interval '1 month');
  execute format('create table supervision.%I partition of supervision.raw_frame for values from (%L) to (%L)', 'raw_frame_' || v_name, v_from, v_from + interval '1 month');
  return true;
exception when check_violation or duplicate_table then return false;
end $$;
revoke all on function supervision.ensure_month(date) from public;

create table supervision.device_now (
  device_id text primary key references supervision.device,
  event_at timestamptz not null,
  received_at timestamptz not null,
  lat double precision,
  lon double precision,
  speed_kph real,
  course_deg real,
  battery_pct real,
  locked boolean
);
alter table supervision.device_now set (fillfactor = 50);

create table supervision.episode (
  id uuid primary key,
  trip_id uuid not null references supervision.trip,
  kind text not null,
  subject text not null,
  source text not null constraint episode_source check (source in ('device', 'inferred')),
  severity text not null constraint episode_severity check (severity in ('critical', 'high', 'medium', 'low', 'quality')),
  status text not null constraint episode_status check (status in ('open', 'closed', 'retracted', 'superseded')),
  opened_at timestamptz not null,
  last_at timestamptz not null,
  closed_at timestamptz,
  learnt_at timestamptz not null,
  updated_at timestamptz not null,
  count int not null,
  worst double precision,
  lat double precision,
  lon double precision,
  notify text not null constraint episode_notify check (notify in ('page', 'late', 'summary')),
  acknowledged_by text,
  acknowledged_at timestamptz,
  reason_code text,
  reason_text text,
  constraint episode_closed check ((status = 'open') <= (closed_at is null)),
  constraint episode_device_stays check (source = 'inferred' or status in ('open', 'closed'))
);
create index episode_trip on supervision.episode (trip_id, opened_at);
create index episode_open on supervision.episode (severity, opened_at) where status = 'open';

grant usage on schema supervision to portcullis_app;
grant select, insert, update on supervision.device, supervision.alias, supervision.corridor, supervision.trip, supervision.device_now, supervision.episode to portcullis_app;
grant select, insert on supervision.raw_frame, supervision.position to portcullis_app;
grant execute on function supervision.ensure_month(date) to portcullis_app;
