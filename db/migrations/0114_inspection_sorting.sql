-- subject_risk: what is known of a subject before its picture comes · tray: a tray on a belt and the bag in it, newest announcement counts
-- belt_command: where a tray shall go; written with the decision, sent afterwards, so a broken belt loses nothing
-- etag: a tag on a suspect bag, open until the examination bench closes it · gate_alarm: an open tag was read at an exit
create table inspection.subject_risk (
  subject_kind text not null,
  subject_id text not null,
  score int not null constraint subject_risk_score check (score between 0 and 100),
  high boolean not null,
  matched text constraint subject_risk_matched check (matched in ('green', 'amber', 'red')),
  reason text not null,
  updated_at timestamptz not null,
  constraint subject_risk_pkey primary key (subject_kind, subject_id)
);

create table inspection.tray (
  office text not null,
  id text not null,
  subject_kind text not null,
  subject_id text not null,
  movement text,
  owner text,
  announced_at timestamptz not null,
  line text constraint tray_line check (line in ('clear', 'contraband', 'not-matched')),
  passed_at timestamptz,
  constraint tray_pkey primary key (office, id)
);
create index tray_subject on inspection.tray (subject_kind, subject_id, announced_at desc);

create table inspection.belt_command (
  id uuid primary key,
  office text not null,
  tray_id text not null,
  case_id uuid not null references inspection.image_case,
  line text not null constraint belt_command_line check (line in ('clear', 'contraband', 'not-matched')),
  state text not null constraint belt_command_state check (state in ('waiting', 'acknowledged', 'timed-out')),
  tries int not null default 0,
  made_at timestamptz not null,
  settled_at timestamptz,
  constraint belt_command_once unique (case_id, tray_id)
);
create index belt_command_waiting on inspection.belt_command (made_at) where state = 'waiting';
create index belt_command_tray on inspection.belt_command (office, tray_id, made_at desc);

create sequence inspection.etag_number start 4100001;
create table inspection.etag (
  number text primary key default 'E' || nextval('inspection.etag_number'),
  case_id uuid not null,
  -- A projected picture binds no tag.
  is_tip boolean not null default false constraint etag_never_tip check (not is_tip),
  office text not null,
  subject_kind text not null,
  subject_id text not null,
  movement text,
  owner text,
  bound_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  constraint etag_case_once unique (case_id),
  constraint etag_case foreign key (case_id, is_tip) references inspection.image_case (id, is_tip)
);
create index etag_open on inspection.etag (office, bound_at) where closed_at is null;

create table inspection.gate_alarm (
  id uuid primary key,
  tag text not null references inspection.etag,
  office text not null,
  gate text not null,
  read_at timestamptz not null,
  learnt_at timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  remarks text,
  -- A gate reads a tag many times in passing: one alarm until somebody has seen it.
  constraint gate_alarm_seen check ((acknowledged_by is null) = (acknowledged_at is null))
);
create unique index gate_alarm_open on inspection.gate_alarm (tag, gate) where acknowledged_at is null;

grant select, insert, update on inspection.subject_risk, inspection.tray, inspection.belt_command, inspection.etag, inspection.gate_alarm to portcullis_app;
grant usage on sequence inspection.etag_number to portcullis_app;
