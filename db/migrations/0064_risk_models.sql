-- model: a trained model by the hash of its bytes, whose files lie in the data directory · reign: which one was champion, from when to
-- when, by whose proposal and approval · training: a model being learned in the background
create table risk.model (
  hash text primary key constraint model_hash check (hash ~ '^[0-9a-f]{64}$'),
  name text not null,
  status text not null constraint model_status check (status in ('candidate', 'challenger', 'champion', 'retired')),
  card jsonb not null,
  -- shares of what it was trained on, by column and bin: what drift is measured against
  reference jsonb not null,
  trained_by text not null,
  trained_name text not null,
  trained_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index model_champion on risk.model (status) where status = 'champion';
create unique index model_challenger on risk.model (status) where status = 'challenger';

create table risk.reign (
  id bigint generated always as identity primary key,
  model text not null references risk.model,
  proposed_by text not null,
  approved_by text not null,
  how text not null constraint reign_how check (how in ('promotion', 'rollback')),
  began_at timestamptz not null,
  ended_at timestamptz,
  constraint reign_four_eyes check (how = 'rollback' or proposed_by <> approved_by)
);
create unique index reign_now on risk.reign ((ended_at is null)) where ended_at is null;

create table risk.training (
  id uuid primary key,
  name text not null,
  status text not null constraint training_status check (status in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0 constraint training_progress check (progress between 0 and 1),
  asked_by text not null,
  asked_name text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  model text,
  options jsonb not null,
  issues jsonb not null default '[]'
);

-- referral: a question or an order about goods that have not arrived yet (EU ICS2: RfI, RfA, RfS, DNL); state is the fold of its journal
-- tie: what analysts know of firms beyond their declarations: telephones, directors, addresses
create table risk.referral (
  id uuid primary key,
  kind text not null constraint referral_kind check (kind in ('RfI', 'RfA', 'RfS', 'DNL')),
  status text not null constraint referral_status check (status in ('issued', 'answered', 'resolved', 'expired', 'lifted')),
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  recipient text not null,
  office text not null,
  agency text not null,
  deadline_at timestamptz,
  state jsonb not null,
  updated_at timestamptz not null,
  -- who may not load is never answered, only lifted by a person
  constraint referral_do_not_load check (kind <> 'DNL' or status in ('issued', 'lifted'))
);
create index referral_open on risk.referral (status, deadline_at);
create index referral_reference on risk.referral (reference);
create index referral_recipient on risk.referral (recipient, updated_at);

create table risk.tie (
  kind text not null constraint tie_kind check (kind in ('address', 'phone', 'director', 'bank-account', 'website')),
  value text not null,
  registration text not null,
  source text not null,
  added_by text not null,
  added_at timestamptz not null,
  constraint tie_pkey primary key (kind, value, registration)
);
create index tie_registration on risk.tie (registration);

grant select, insert, update on risk.model, risk.reign, risk.training, risk.referral to portcullis_app;
grant select, insert on risk.tie to portcullis_app;
