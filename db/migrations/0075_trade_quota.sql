-- quota: an order number under which a limited quantity enters at a lower duty · quota_definition: one period of it, with what is left
-- quota_event: what happened to a definition, append-only, with the balance after it · quota_claim: what a declaration asks for and gets
-- quota_proposal: a change that one person proposes and another decides · holiday: days on which nothing is allocated
-- licence: a permission to import or export goods up to a quantity or value · licence_use: what a declaration line wrote off it
create table trade.holiday (
  administration text not null,
  day date not null,
  name text not null,
  constraint holiday_pkey primary key (administration, day)
);

create table trade.quota (
  administration text not null,
  order_number text not null,
  kind text not null,
  names jsonb not null,
  commodities text[] not null,
  origins text[] not null default '{}',
  legal_base text not null,
  constraint quota_pkey primary key (administration, order_number),
  constraint quota_order_number check (order_number ~ '^[0-9]{6}$'),
  constraint quota_kind check (kind in ('first-come', 'licensed'))
);

create table trade.quota_definition (
  id uuid not null,
  administration text not null,
  order_number text not null,
  valid_from date not null,
  valid_to date not null,
  volume numeric(24, 6) not null,
  transferred numeric(24, 6) not null default 0,
  unit text not null,
  precision_digits int not null,
  critical_percent numeric(5, 2) not null,
  critical_from_start boolean not null default false,
  balance numeric(24, 6) not null,
  hold text not null default 'none',
  version int not null default 0,
  constraint quota_definition_pkey primary key (id),
  constraint quota_definition_quota foreign key (administration, order_number) references trade.quota,
  constraint quota_definition_start unique (administration, order_number, valid_from),
  constraint quota_definition_range check (valid_to > valid_from),
  constraint quota_definition_volume check (volume > 0),
  constraint quota_definition_precision check (precision_digits between 0 and 6),
  constraint quota_definition_critical check (critical_percent between 0 and 100),
  constraint quota_definition_not_negative check (balance >= 0),
  constraint quota_definition_not_above check (balance <= volume + transferred),
  constraint quota_definition_hold check (hold in ('none', 'blocked', 'suspended'))
) with (fillfactor = 70);

create table trade.quota_event (
  id bigint generated always as identity,
  definition_id uuid not null,
  version int not null,
  type text not null,
  quantity numeric(24, 6) not null,
  balance numeric(24, 6) not null,
  reference text,
  reason text,
  by_name text not null,
  at timestamptz not null,
  constraint quota_event_pkey primary key (id),
  constraint quota_event_definition foreign key (definition_id) references trade.quota_definition,
  constraint quota_event_version unique (definition_id, version),
  constraint quota_event_type check (type in ('opened', 'allocated', 'critical', 'exhausted', 'reopened', 'blocked', 'unblocked', 'suspended', 'resumed', 'transferred', 'received', 'returned')),
  constraint quota_event_balance check (balance >= 0)
);
create index quota_event_at on trade.quota_event (definition_id, at, version);

create table trade.quota_claim (
  id uuid not null,
  definition_id uuid not null,
  subject_kind text not null,
  subject_id text not null,
  item_number int not null,
  reference text not null,
  holder text not null,
  quantity numeric(24, 6) not null,
  allocated numeric(24, 6),
  returned numeric(24, 6) not null default 0,
  status text not null,
  priority date not null,
  accepted_at timestamptz not null,
  allocated_at timestamptz,
  constraint quota_claim_pkey primary key (id),
  constraint quota_claim_definition foreign key (definition_id) references trade.quota_definition,
  constraint quota_claim_status check (status in ('pending', 'allocated', 'returned')),
  constraint quota_claim_quantity check (quantity > 0),
  constraint quota_claim_allocated check (allocated between 0 and quantity),
  constraint quota_claim_returned check (returned between 0 and coalesce(allocated, 0)),
  constraint quota_claim_decided check ((status = 'pending') = (allocated is null) or status = 'returned')
);
create index quota_claim_pending on trade.quota_claim (definition_id, priority, accepted_at) where status = 'pending';
create index quota_claim_subject on trade.quota_claim (subject_kind, subject_id);
create index quota_claim_definition_at on trade.quota_claim (definition_id, accepted_at desc);

create table trade.quota_proposal (
  id uuid not null,
  definition_id uuid not null,
  action text not null,
  quantity numeric(24, 6),
  to_definition_id uuid,
  reason text not null,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  status text not null,
  decided_by_id text,
  decided_by_name text,
  decided_at timestamptz,
  constraint quota_proposal_pkey primary key (id),
  constraint quota_proposal_definition foreign key (definition_id) references trade.quota_definition,
  constraint quota_proposal_to foreign key (to_definition_id) references trade.quota_definition,
  constraint quota_proposal_action check (action in ('block', 'unblock', 'suspend', 'resume', 'transfer')),
  constraint quota_proposal_status check (status in ('open', 'approved', 'refused')),
  constraint quota_proposal_transfer check ((action = 'transfer') = (quantity is not null and to_definition_id is not null)),
  constraint quota_proposal_quantity check (quantity > 0),
  constraint quota_proposal_two_persons check (decided_by_id <> by_id),
  constraint quota_proposal_decided check ((status = 'open') = (decided_by_id is null))
);
create unique index quota_proposal_one_open on trade.quota_proposal (definition_id) where status = 'open';

create table trade.licence (
  id uuid not null,
  administration text not null,
  document_code text not null,
  number text not null,
  holder text not null,
  commodities text[] not null,
  origins text[] not null default '{}',
  order_number text,
  unit text,
  quantity numeric(24, 6),
  currency text,
  value_minor bigint,
  tolerance_percent numeric(5, 2) not null default 0,
  valid_from date not null,
  valid_to date not null,
  office text not null,
  status text not null,
  used numeric(24, 6) not null default 0,
  used_value_minor bigint not null default 0,
  version int not null default 0,
  constraint licence_pkey primary key (id),
  constraint licence_number unique (administration, document_code, number),
  constraint licence_range check (valid_to > valid_from),
  constraint licence_limit check (quantity is not null or value_minor is not null),
  constraint licence_unit check ((quantity is null) = (unit is null)),
  constraint licence_currency check ((value_minor is null) = (currency is null)),
  constraint licence_tolerance check (tolerance_percent between 0 and 100),
  constraint licence_status check (status in ('active', 'suspended', 'revoked')),
  constraint licence_used_positive check (used >= 0 and used_value_minor >= 0),
  constraint licence_not_overdrawn check (quantity is null or used <= quantity * (1 + tolerance_percent / 100)),
  constraint licence_value_not_overdrawn check (value_minor is null or used_value_minor <= value_minor * (1 + tolerance_percent / 100))
) with (fillfactor = 70);
create index licence_holder on trade.licence (holder);

create table trade.licence_use (
  id uuid not null,
  licence_id uuid not null,
  subject_kind text not null,
  subject_id text not null,
  item_number int not null,
  reference text not null,
  quantity numeric(24, 6) not null,
  value_minor bigint not null,
  at timestamptz not null,
  returned_at timestamptz,
  constraint licence_use_pkey primary key (id),
  constraint licence_use_licence foreign key (licence_id) references trade.licence,
  constraint licence_use_quantity check (quantity >= 0 and value_minor >= 0)
);
-- The lock against double use: one write-off in force for each line of a declaration and licence.
create unique index licence_use_once on trade.licence_use (licence_id, subject_kind, subject_id, item_number) where returned_at is null;
create index licence_use_subject on trade.licence_use (subject_kind, subject_id);

grant select, insert on trade.holiday, trade.quota, trade.quota_event to portcullis_app;
grant select, insert, update on trade.quota_definition, trade.quota_claim, trade.quota_proposal, trade.licence, trade.licence_use to portcullis_app;
