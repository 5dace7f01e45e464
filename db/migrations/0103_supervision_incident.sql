-- incident: what happened on a trip, as a case: one row each, `state` is the fold of its journal · due_at: what must have happened by then, or the
--   case goes one level up · unit: who can be sent, and where they are; a unit with a vehicle device is where that reports
-- escalated_at: a critical alarm that nobody acknowledged in time
create sequence supervision.incident_counter;
create table supervision.incident (
  id uuid primary key,
  number text not null constraint incident_number unique,
  trip_id uuid not null references supervision.trip,
  status text not null constraint incident_status check (status in ('open', 'closed')),
  severity text not null constraint incident_severity check (severity in ('critical', 'high', 'medium', 'low')),
  carrier text,
  opened_at timestamptz not null,
  due_at timestamptz,
  level int not null,
  state jsonb not null,
  updated_at timestamptz not null
);
create unique index incident_one_open on supervision.incident (trip_id) where status = 'open';
create index incident_trip on supervision.incident (trip_id);
create index incident_due on supervision.incident (due_at) where status = 'open' and due_at is not null;

create table supervision.unit (
  id text primary key,
  name text not null,
  office text not null,
  kind text not null constraint unit_kind check (kind in ('patrol', 'escort', 'police', 'recovery')),
  phone text not null,
  on_duty boolean not null,
  device_id text references supervision.device,
  lat double precision not null,
  lon double precision not null,
  position_at timestamptz not null,
  updated_at timestamptz not null,
  constraint unit_place check (lat between -90 and 90 and lon between -180 and 180)
);

alter table supervision.episode add column escalated_at timestamptz;
create index episode_unanswered on supervision.episode (learnt_at) where status = 'open' and severity = 'critical' and acknowledged_at is null and escalated_at is null;

grant usage on sequence supervision.incident_counter to portcullis_app;
grant select, insert, update on supervision.incident, supervision.unit to portcullis_app;
