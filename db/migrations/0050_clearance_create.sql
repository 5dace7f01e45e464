-- declaration: one row a declaration; `state` is the fold of its journal, the other columns are what lists ask for
-- item: the goods lines of the current version · reference: DUCR, MUCR and other references by which movements find it
-- inbox: last number given to a recipient · notification: what the trade side is told, in order per recipient, without gaps
-- draft: what somebody is still typing; belongs to its owner and is not journalled
create schema clearance;

create table clearance.declaration (
  id uuid primary key,
  mrn text not null constraint declaration_mrn_form check (mrn ~ '^[0-9]{2}[A-Z]{2}[0-9A-Z]{13}[0-9]$'),
  lrn text not null,
  administration text not null,
  regime text not null constraint declaration_regime check (regime in ('import', 'export')),
  additional_type text not null,
  declarant text not null,
  submitter text,
  submitter_person text not null,
  parties text[] not null,
  office text not null,
  status text not null constraint declaration_status check (status in ('lodged', 'rejected', 'accepted', 'under-control', 'payment-due', 'released', 'cleared', 'exited', 'invalidated', 'seized')),
  lane text constraint declaration_lane check (lane in ('green', 'yellow', 'red', 'blue')),
  version int not null,
  document_hash text not null,
  state jsonb not null,
  journal_version int not null,
  journal_hash text not null,
  lodged_at timestamptz not null,
  accepted_at timestamptz,
  released_at timestamptz,
  due_at timestamptz,
  waits_for text not null constraint declaration_waits_for check (waits_for in ('nobody', 'trader', 'officer', 'examiner', 'agency')),
  waits_since timestamptz not null,
  assigned_to text,
  trader_name text not null,
  item_count int not null,
  value_minor bigint,
  due_minor bigint,
  currency text not null,
  updated_at timestamptz not null,
  constraint declaration_mrn unique (mrn),
  constraint declaration_lrn unique (administration, declarant, lrn)
);
-- A state is rewritten a few times in its life; leave room on the page for it.
alter table clearance.declaration set (fillfactor = 85);
create index declaration_queue on clearance.declaration (office, status, due_at);
create index declaration_parties on clearance.declaration using gin (parties);
create index declaration_lodged on clearance.declaration (lodged_at desc);
create index declaration_waiting on clearance.declaration (waits_for, waits_since) where waits_for <> 'nobody';

create table clearance.item (
  declaration_id uuid not null references clearance.declaration,
  number int not null,
  hs_code text,
  origin text,
  description text,
  procedure text,
  net_mass_kg numeric,
  value_minor bigint,
  due_minor bigint,
  constraint item_pkey primary key (declaration_id, number)
);
create index item_hs_code on clearance.item (hs_code);

create table clearance.reference (
  reference text not null,
  kind text not null constraint reference_kind check (kind in ('DUCR', 'MUCR', 'previous')),
  declaration_id uuid not null references clearance.declaration,
  constraint reference_pkey primary key (reference, kind, declaration_id)
);
create table clearance.consolidation (
  ucr text primary key,
  mucr text not null,
  at timestamptz not null
);

create table clearance.inbox (recipient text primary key, last_number bigint not null);
create table clearance.notification (
  recipient text not null,
  number bigint not null,
  declaration_id uuid not null references clearance.declaration,
  mrn text not null,
  lrn text not null,
  function_code text not null,
  message_id text not null,
  issued_at timestamptz not null,
  body jsonb not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  constraint notification_pkey primary key (recipient, number),
  constraint notification_message_id unique (message_id, recipient)
);
create index notification_declaration on clearance.notification (declaration_id, number);

create table clearance.draft (
  id uuid primary key,
  owner text not null,
  organisation text,
  title text not null,
  document jsonb not null,
  revision int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  lodged_as uuid
);
create index draft_owner on clearance.draft (coalesce(organisation, owner), updated_at desc);

grant usage on schema clearance to portcullis_app;
grant select, insert, update on clearance.declaration, clearance.inbox, clearance.notification, clearance.consolidation to portcullis_app;
grant select, insert, update, delete on clearance.item, clearance.draft, clearance.reference to portcullis_app;
