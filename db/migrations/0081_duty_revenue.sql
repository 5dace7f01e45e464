-- interest_rate: percent a year by date; late = on what is paid late (UCC Art. 114), credit = on what instalments spread (UCC Art. 112)
-- refund: an application to give back (repayment, drawback), to waive (remission) or to return an overpayment, and its decision
-- plan, plan_part: instalments of one debt, borne meanwhile by a credit account
-- guarantee: the undertaking behind an account of kind guarantee (its limit is the reference amount, UCC-DA Art. 155)
-- statement: what a deferment account owes for one month (UCC Art. 111), collected on its due date · mandate: leave to debit a bank account
create table duty.interest_rate (
  administration text not null,
  kind text not null,
  percent numeric(7, 4) not null,
  source text not null,
  valid_from date not null,
  valid_to date,
  constraint interest_rate_pkey primary key (administration, kind, valid_from),
  constraint interest_rate_kind check (kind in ('late', 'credit')),
  constraint interest_rate_percent check (percent >= 0),
  constraint interest_rate_range check (valid_to > valid_from)
);

create table duty.refund (
  number text not null,
  administration text not null,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  payer text not null,
  currency text not null,
  lines jsonb not null,
  reason text not null,
  law text not null,
  grounds text not null,
  export jsonb,
  destination jsonb not null,
  status text not null,
  requested_by text not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  decide_by date not null,
  reviewed_by text,
  reviewed_by_name text,
  reviewed_at timestamptz,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  decision_grounds text,
  posting_id bigint,
  paid_at timestamptz,
  constraint refund_pkey primary key (number),
  constraint refund_kind check (kind in ('repayment', 'remission', 'drawback', 'overpayment')),
  constraint refund_status check (status in ('requested', 'proposed', 'approved', 'paid', 'refused')),
  constraint refund_amount check (duty.sum_minor(lines) > 0),
  constraint refund_two_persons check (decided_by is null or decided_by <> requested_by),
  constraint refund_reviewer check (reviewed_by is null or decided_by is null or status = 'refused' or decided_by <> reviewed_by),
  constraint refund_posted check ((posting_id is not null) = (status in ('approved', 'paid')))
);
create index refund_subject on duty.refund (subject_kind, subject_id);
create index refund_waiting on duty.refund (decide_by) where status in ('requested', 'proposed');
create index refund_payer on duty.refund (payer);

create table duty.plan (
  number text not null,
  administration text not null,
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  payer text not null,
  currency text not null,
  principal_minor bigint not null,
  parts int not null,
  first_due date not null,
  grounds text not null,
  status text not null,
  account text,
  requested_by text not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  decision_grounds text,
  constraint plan_pkey primary key (number),
  constraint plan_principal check (principal_minor > 0),
  constraint plan_parts check (parts between 2 and 36),
  constraint plan_status check (status in ('requested', 'active', 'completed', 'defaulted', 'refused')),
  constraint plan_two_persons check (decided_by is null or decided_by <> requested_by),
  constraint plan_account check ((account is not null) = (status in ('active', 'completed', 'defaulted')))
);
create unique index plan_one_at_a_time on duty.plan (subject_kind, subject_id) where status in ('requested', 'active');

create table duty.plan_part (
  plan text not null,
  part int not null,
  due_on date not null,
  principal_minor bigint not null,
  interest_minor bigint not null,
  constraint plan_part_pkey primary key (plan, part),
  constraint plan_part_plan foreign key (plan) references duty.plan (number),
  constraint plan_part_amounts check (principal_minor > 0 and interest_minor >= 0)
);

create table duty.guarantee (
  account_id bigint not null,
  kind text not null,
  guarantor text not null,
  guarantor_name text not null,
  level_percent int not null,
  note text not null default '',
  constraint guarantee_pkey primary key (account_id),
  constraint guarantee_account foreign key (account_id) references duty.account (id),
  constraint guarantee_kind check (kind in ('individual', 'comprehensive')),
  -- 100 % of the reference amount, or what an authorisation leaves of it (UCC Art. 95(2), UCC-DA Art. 158)
  constraint guarantee_level check (level_percent in (100, 50, 30, 0) and (kind = 'comprehensive' or level_percent = 100))
);

create table duty.mandate (
  account_id bigint not null,
  reference text not null,
  signed_on date not null,
  name text not null,
  iban text not null,
  constraint mandate_pkey primary key (account_id),
  constraint mandate_reference unique (reference),
  constraint mandate_account foreign key (account_id) references duty.account (id)
);

create table duty.statement (
  number text not null,
  administration text not null,
  account_id bigint not null,
  account text not null,
  owner text not null,
  currency text not null,
  month date not null,
  opening_minor bigint not null,
  charged_minor bigint not null,
  paid_minor bigint not null,
  due_minor bigint not null,
  due_on date not null,
  issued_at timestamptz not null,
  constraint statement_pkey primary key (number),
  constraint statement_once unique (account_id, month),
  constraint statement_month check (extract(day from month) = 1),
  constraint statement_due check (due_minor = -(opening_minor - charged_minor + paid_minor))
);
create index statement_owner on duty.statement (owner, month);

grant select, insert, update on duty.interest_rate, duty.refund, duty.plan, duty.guarantee, duty.mandate to portcullis_app;
grant select, insert on duty.plan_part, duty.statement to portcullis_app;
