-- proposal: a batch of changes of the tariff, drafted and activated by two people; `state` is the fold of its journal
-- proposal_change: what it would change, one row each · effect: what it would do to stored declarations, computed in the background
-- effect_declaration: the declarations whose duty comes out otherwise · import: a tariff file on its way into a proposal, resumable by line
create table trade.proposal (
  id uuid not null,
  administration text not null,
  status text not null,
  kind text not null,
  title text not null,
  effective_from date not null,
  proposed_by uuid not null,
  change_count int not null,
  state jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint proposal_pkey primary key (id),
  constraint proposal_status check (status in ('draft', 'proposed', 'activated', 'withdrawn')),
  constraint proposal_kind check (kind in ('officer', 'import', 'reversal'))
);
create index proposal_updated on trade.proposal (status, updated_at desc);

create table trade.proposal_change (
  proposal_id uuid not null references trade.proposal,
  number int generated always as identity,
  what text not null,
  key text not null,
  op text not null,
  body jsonb not null,
  constraint proposal_change_pkey primary key (proposal_id, number),
  constraint proposal_change_key unique (proposal_id, what, key),
  constraint proposal_change_what check (what in ('commodity', 'measure', 'area', 'term')),
  constraint proposal_change_op check (op in ('put', 'end', 'remove'))
);

create table trade.effect (
  proposal_id uuid not null references trade.proposal,
  status text not null,
  requested_at timestamptz not null,
  updated_at timestamptz not null,
  examined int not null default 0,
  total int not null default 0,
  result jsonb,
  constraint effect_pkey primary key (proposal_id),
  constraint effect_status check (status in ('waiting', 'running', 'done'))
);

create table trade.effect_declaration (
  proposal_id uuid not null references trade.proposal,
  view text not null,
  mrn text not null,
  law_date date not null,
  before_minor bigint not null,
  after_minor bigint not null,
  currency text not null,
  constraint effect_declaration_pkey primary key (proposal_id, view, mrn),
  constraint effect_declaration_view check (view in ('forecast', 'retroactive'))
);

create table trade.import (
  id uuid not null,
  administration text not null,
  kind text not null,
  effective_from date not null,
  file_name text not null,
  file_hash text not null,
  status text not null,
  lines_done int not null default 0,
  proposal_id uuid references trade.proposal,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  constraint import_pkey primary key (id),
  constraint import_kind check (kind in ('hs', 'usitc', 'uk', 's301')),
  constraint import_status check (status in ('reading', 'done')),
  constraint import_file unique (administration, kind, effective_from, file_hash)
);

create table trade.import_row (
  import_id uuid not null references trade.import on delete cascade,
  line int not null,
  body jsonb not null,
  constraint import_row_pkey primary key (import_id, line)
);

grant select, insert, update on trade.proposal, trade.effect to portcullis_app;
grant select, insert, update, delete on trade.proposal_change, trade.effect_declaration, trade.import, trade.import_row to portcullis_app;
