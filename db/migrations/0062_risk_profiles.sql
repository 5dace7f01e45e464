-- profile_version: what a profile says, written once and never changed · profile_life: how far that version has come, and by whom
-- list_version: a named list of codes, written once when a second person agrees · proposal: a change of lists, settings or models that
-- waits for that person · backtest: a version asked of stored history · alarm: something that an analyst should look at
-- reading: who read what of the secrets, and when
create table risk.profile_version (
  code text not null,
  number int not null constraint profile_version_number check (number > 0),
  hash text not null constraint profile_version_hash check (hash ~ '^[0-9a-f]{64}$'),
  administration text not null,
  agency text not null,
  content jsonb not null,
  author text not null,
  author_name text not null,
  created_at timestamptz not null,
  constraint profile_version_pkey primary key (code, number),
  constraint profile_version_author unique (code, number, author),
  constraint profile_version_code check (code ~ '^[A-Z0-9][A-Z0-9-]{1,39}$')
);

create table risk.profile_life (
  code text not null,
  number int not null,
  author text not null,
  approver text,
  status text not null constraint profile_life_status
    check (status in ('draft', 'checked', 'back-tested', 'submitted', 'approved', 'active', 'suspended', 'expired', 'archived')),
  emergency_until timestamptz,
  valid_from date,
  valid_to date,
  state jsonb not null,
  updated_at timestamptz not null,
  constraint profile_life_pkey primary key (code, number),
  constraint profile_life_version foreign key (code, number, author) references risk.profile_version (code, number, author),
  constraint profile_life_four_eyes check (approver is null or approver <> author),
  -- what binds declarations was approved, or ends by itself within a day
  constraint profile_life_approved check (status not in ('approved', 'active') or approver is not null or emergency_until is not null)
);
create unique index profile_life_active on risk.profile_life (code) where status = 'active';
create index profile_life_ends on risk.profile_life (valid_to, emergency_until) where status in ('active', 'suspended');

create table risk.list_version (
  name text not null constraint list_version_name check (name ~ '^[a-z][a-z0-9-]{1,59}$'),
  number int not null constraint list_version_number check (number > 0),
  hash text not null,
  agency text not null,
  about text not null,
  entries text[] not null,
  author text not null,
  approver text not null,
  author_name text not null,
  approver_name text not null,
  created_at timestamptz not null,
  constraint list_version_pkey primary key (name, number),
  constraint list_version_four_eyes check (author <> approver),
  constraint list_version_size check (cardinality(entries) <= 10000)
);

create table risk.proposal (
  id uuid primary key,
  kind text not null constraint proposal_kind check (kind in ('list', 'setting', 'model')),
  subject text not null,
  agency text not null,
  content jsonb not null,
  reason text not null,
  status text not null constraint proposal_status check (status in ('submitted', 'approved', 'rejected', 'withdrawn')),
  author text not null,
  author_name text not null,
  decided_by text,
  decided_name text,
  remark text,
  created_at timestamptz not null,
  decided_at timestamptz,
  constraint proposal_four_eyes check (status not in ('approved', 'rejected') or decided_by <> author),
  constraint proposal_decided check ((status = 'submitted') = (decided_by is null))
);
create index proposal_open on risk.proposal (kind, created_at) where status = 'submitted';

create table risk.backtest (
  id uuid primary key,
  code text not null,
  number int not null,
  status text not null constraint backtest_status check (status in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0 constraint backtest_progress check (progress between 0 and 1),
  asked_by text not null,
  asked_name text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  history_from date,
  result jsonb,
  constraint backtest_version foreign key (code, number) references risk.profile_version (code, number)
);
create index backtest_version_at on risk.backtest (code, number, asked_at desc);

create table risk.alarm (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  subject text not null,
  detail jsonb not null,
  count int not null default 1,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  closed_at timestamptz,
  closed_by text
);
create unique index alarm_open on risk.alarm (kind, subject) where closed_at is null;

create table risk.reading (
  id bigint generated always as identity primary key,
  person text not null,
  person_name text not null,
  kind text not null,
  subject text not null,
  at timestamptz not null
);
create index reading_subject on risk.reading (kind, subject, at);

grant select, insert on risk.profile_version, risk.list_version, risk.reading to portcullis_app;
grant select, insert, update on risk.profile_life, risk.proposal, risk.backtest, risk.alarm to portcullis_app;
