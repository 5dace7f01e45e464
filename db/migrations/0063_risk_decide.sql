-- setting: rates and capacity of an administration (office '') or of one office · decision: one selection as it was made, with what
-- was known of the subject then (history of windows, back-tests and training) · outcome: what an examination of it found
alter table risk.setting
  add column office text not null default '',
  add column exploration_share numeric(5, 4) not null default 0 constraint setting_exploration_share check (exploration_share between 0 and 1),
  add column expected_red numeric(5, 4) not null default 0 constraint setting_expected_red check (expected_red between 0 and 1),
  add column expected_yellow numeric(5, 4) not null default 0 constraint setting_expected_yellow check (expected_yellow between 0 and 1),
  add column expected_blue numeric(5, 4) not null default 0 constraint setting_expected_blue check (expected_blue between 0 and 1),
  add column capacity_minutes int constraint setting_capacity_minutes check (capacity_minutes >= 0),
  add column documentary_minutes int not null default 20 constraint setting_documentary_minutes check (documentary_minutes > 0),
  add column physical_minutes int not null default 90 constraint setting_physical_minutes check (physical_minutes > 0),
  add column trusted_factor numeric(3, 2) not null default 0.5 constraint setting_trusted_factor check (trusted_factor between 0.25 and 1),
  add column version int not null default 1,
  drop constraint setting_pkey,
  add constraint setting_pkey primary key (administration, office);

create table risk.decision (
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  administration text not null,
  office text not null,
  regime text not null,
  importer text,
  declarant text,
  exporter text,
  vehicle text,
  decided_at timestamptz not null,
  lane text not null constraint decision_lane check (lane in ('green', 'blue', 'yellow', 'red')),
  chosen_by text not null constraint decision_chosen_by check (chosen_by in ('mandatory', 'criterion', 'random', 'fill', 'nothing')),
  propensity double precision not null constraint decision_propensity check (propensity > 0 and propensity <= 1),
  random_share double precision not null,
  minutes int not null,
  hits text[] not null,
  selecting text[] not null,
  unselected text[] not null,
  model text,
  score double precision,
  challenger text,
  challenger_score double precision,
  snapshot json not null,
  record json not null,
  constraint decision_pkey primary key (subject_kind, subject_id)
);
create index decision_at on risk.decision (decided_at, office);
create index decision_importer on risk.decision (importer, decided_at) where importer is not null;
create index decision_declarant on risk.decision (declarant, decided_at) where declarant is not null;
create index decision_vehicle on risk.decision (vehicle, decided_at) where vehicle is not null;

create table risk.outcome (
  subject_kind text not null,
  subject_id text not null,
  control_id text not null,
  kind text not null constraint outcome_kind check (kind in ('documentary', 'physical', 'image', 'audit', 'declared')),
  result text not null constraint outcome_result check (result in ('none', 'minor', 'major', 'critical')),
  offence text not null default '',
  amount_minor bigint not null default 0,
  currency text not null default '',
  minutes int,
  examiner text not null,
  known_at timestamptz not null,
  constraint outcome_pkey primary key (subject_kind, subject_id, control_id),
  constraint outcome_of_decision foreign key (subject_kind, subject_id) references risk.decision (subject_kind, subject_id)
);
create index outcome_known on risk.outcome (known_at);

grant select, insert on risk.decision to portcullis_app;
grant select, insert, update on risk.outcome to portcullis_app;
