-- account: whose money or credit; balances are kept for accounts that can run short (cash accounts, deferment, guarantees) and for no
--   others, because a row that every release of the country must lock would queue them behind one another
-- posting, posting_line: double entry, append-only; amounts are signed from the holder's side (minus = taken), each posting sums to zero
-- charge: one row a subject: what is to be borne, what is borne so far · receipt: money that came in for a subject
-- payment: an intent, at a provider or the desk · provider: where payments go and the key that signs what comes back
-- provider_event: what the provider reported, once each · receipt_counter, desk_day: the cash desk
create schema duty;

create table duty.account (
  id bigint generated always as identity,
  administration text not null,
  kind text not null,
  code text not null,
  owner text not null default '',
  currency text not null,
  limit_minor bigint not null default 0,
  balance_minor bigint not null default 0,
  status text not null default 'open',
  opened_at timestamptz not null,
  constraint account_pkey primary key (id),
  constraint account_code unique (administration, kind, code, currency),
  constraint account_kind check (kind in ('cash_account', 'deferment', 'guarantee', 'cash_desk', 'provider', 'received', 'revenue', 'secured')),
  constraint account_status check (status in ('open', 'blocked', 'closed')),
  constraint account_limit check (limit_minor >= 0),
  constraint account_not_overdrawn check (balance_minor >= -limit_minor),
  constraint account_balance_kept check (balance_minor = 0 or kind in ('cash_account', 'deferment', 'guarantee')),
  constraint account_owner check ((owner <> '') = (kind in ('cash_account', 'deferment', 'guarantee')))
) with (fillfactor = 70);
create index account_owner_code on duty.account (owner, kind, code) where owner <> '';

create table duty.posting (
  id bigint generated always as identity,
  administration text not null,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  key text,
  at timestamptz not null,
  constraint posting_pkey primary key (id),
  constraint posting_kind check (kind in ('charge', 'adjustment', 'receipt', 'deposit', 'release'))
);
create unique index posting_key on duty.posting (key) where key is not null;
create index posting_subject on duty.posting (subject_kind, subject_id);

-- No foreign keys: only the functions below write here, with ids that they have just read or made, and a key share lock on the revenue
-- accounts by every release of the country would cost more than the posting (160 of 890 microseconds, measured).
create table duty.posting_line (
  posting_id bigint not null,
  account_id bigint not null,
  tax_type text not null default '',
  amount_minor bigint not null,
  constraint posting_line_amount check (amount_minor <> 0)
);
create index posting_line_posting_id on duty.posting_line (posting_id);
create index posting_line_account_id on duty.posting_line (account_id, posting_id);

-- Both halves of the ledger's promise in one place: what is posted sums to zero, and balances are what was posted.
create function duty.keep_books() returns trigger language plpgsql security definer set search_path = duty, pg_temp as $$
begin
  if exists (select from added group by posting_id having sum(amount_minor) <> 0) then
    raise exception 'a posting does not sum to zero' using errcode = '23514', constraint = 'posting_sums_to_zero';
  end if;
  update account a set balance_minor = a.balance_minor + d.amount
  from (select account_id, sum(amount_minor)::bigint as amount from added group by account_id) d
  where a.id = d.account_id and d.amount <> 0 and a.kind in ('cash_account', 'deferment', 'guarantee');
  return null;
end $$;
create trigger posting_line_books after insert on duty.posting_line referencing new table as added for each statement execute function duty.keep_books();

create function duty.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the ledger is append-only'; end $$;
create trigger posting_append_only before update or delete on duty.posting for each row execute function duty.refuse_change();
create trigger posting_line_append_only before update or delete on duty.posting_line for each row execute function duty.refuse_change();
create trigger posting_no_truncate before truncate on duty.posting for each statement execute function duty.refuse_change();
create trigger posting_line_no_truncate before truncate on duty.posting_line for each statement execute function duty.refuse_change();

create table duty.charge (
  subject_kind text not null,
  subject_id text not null,
  administration text not null,
  reference text not null,
  payer text not null,
  holders text[] not null,
  currency text not null,
  key text not null,
  lines jsonb not null,
  settled jsonb not null default '[]',
  shortfalls jsonb not null default '[]',
  total_minor bigint not null,
  outstanding_minor bigint not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  constraint charge_pkey primary key (subject_kind, subject_id),
  constraint charge_outstanding check (outstanding_minor >= 0)
);
create index charge_reference on duty.charge (reference);
create index charge_outstanding_now on duty.charge using gin (holders) where outstanding_minor > 0;

create table duty.payment (
  id uuid not null,
  administration text not null,
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  payer text not null,
  currency text not null,
  amount_minor bigint not null,
  method text not null,
  status text not null,
  provider_reference text,
  pay_at text,
  failure text,
  person_id text not null,
  created_at timestamptz not null,
  paid_at timestamptz,
  constraint payment_pkey primary key (id),
  constraint payment_amount check (amount_minor > 0),
  constraint payment_method check (method in ('card', 'bank', 'cash')),
  constraint payment_status check (status in ('created', 'pending', 'paid', 'failed')),
  constraint payment_paid check ((status = 'paid') = (paid_at is not null))
);
create index payment_subject on duty.payment (subject_kind, subject_id, created_at);
create index payment_open on duty.payment (created_at) where status in ('created', 'pending');

create table duty.receipt (
  number text not null,
  administration text not null,
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  payer text not null,
  currency text not null,
  amount_minor bigint not null,
  method text not null,
  office text,
  cashier_id text,
  cashier text,
  payment_id uuid,
  posting_id bigint not null,
  day date not null,
  at timestamptz not null,
  constraint receipt_pkey primary key (number),
  constraint receipt_payment unique (payment_id),
  constraint receipt_posting foreign key (posting_id) references duty.posting (id),
  constraint receipt_amount check (amount_minor > 0),
  constraint receipt_desk check ((method = 'cash') = (office is not null and cashier_id is not null))
);
create index receipt_subject on duty.receipt (subject_kind, subject_id);
create index receipt_desk_day on duty.receipt (office, day, cashier_id) where office is not null;

create table duty.receipt_counter (
  series text not null,
  last int not null,
  constraint receipt_counter_pkey primary key (series)
);

create table duty.desk_day (
  office text not null,
  day date not null,
  cashier_id text not null,
  cashier text not null,
  currency text not null,
  sum_minor bigint not null,
  counted_minor bigint not null,
  closed_at timestamptz not null,
  constraint desk_day_pkey primary key (office, day, cashier_id, currency),
  constraint desk_day_counted check (counted_minor >= 0)
);

create table duty.provider (
  administration text not null,
  url text not null,
  secret text not null,
  constraint provider_pkey primary key (administration),
  constraint provider_secret check (length(secret) >= 32)
);

create table duty.provider_event (
  id text not null,
  payment_id uuid not null,
  type text not null,
  body jsonb not null,
  received_at timestamptz not null,
  constraint provider_event_pkey primary key (id)
);

-- Internal accounts come into being when first used.
create function duty.internal_account(p_administration text, p_kind text, p_code text, p_currency text, p_at timestamptz) returns bigint
language plpgsql security definer set search_path = duty, pg_temp as $$
declare found_id bigint;
begin
  select id into found_id from account where administration = p_administration and kind = p_kind and code = p_code and currency = p_currency;
  if found_id is null then
    insert into account (administration, kind, code, currency, opened_at) values (p_administration, p_kind, p_code, p_currency, p_at)
    on conflict on constraint account_code do nothing;
    select id into found_id from account where administration = p_administration and kind = p_kind and code = p_code and currency = p_currency;
  end if;
  return found_id;
end $$;

-- Money comes in: from where (provider, cash_desk) to where (received, or an account of a holder).
create function duty.take_in(p jsonb) returns bigint language plpgsql security definer set search_path = duty, pg_temp as $$
declare
  v_posting bigint;
  v_to bigint;
  v_at timestamptz := (p ->> 'at')::timestamptz;
  v_amount bigint := (p ->> 'minor')::bigint;
begin
  if v_amount <= 0 then raise exception 'only a positive amount can come in'; end if;
  v_to := coalesce((p ->> 'accountId')::bigint, internal_account(p ->> 'administration', 'received', 'received', p ->> 'currency', v_at));
  insert into posting (administration, kind, subject_kind, subject_id, reference, key, at)
  values (p ->> 'administration', p ->> 'kind', p ->> 'subjectKind', p ->> 'subjectId', p ->> 'reference', p ->> 'key', v_at) returning id into v_posting;
  insert into posting_line (posting_id, account_id, amount_minor) values
    (v_posting, internal_account(p ->> 'administration', p ->> 'fromKind', p ->> 'fromCode', p ->> 'currency', v_at), -v_amount),
    (v_posting, v_to, v_amount);
  return v_posting;
end $$;
