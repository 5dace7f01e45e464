-- payment_order: one payment that the bank is to make: credit (a refund is paid out) or debit (what is owed is collected by mandate)
-- payment_file: orders in one ISO 20022 file (pain.001, pain.008) · bank_file: what the bank reports (camt.053, camt.054)
-- bank_entry: one movement on the administration's bank account; unmatched ones stand on the suspense account
-- ledger_day: the books of one day, closed: every posting up to `last_posting`; a later posting belongs to a later day
create table duty.payment_file (
  id uuid not null,
  administration text not null,
  kind text not null,
  message_id text not null,
  execute_on date not null,
  orders int not null,
  currency text not null,
  sum_minor bigint not null,
  content text not null,
  sha256 text not null,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  constraint payment_file_pkey primary key (id),
  constraint payment_file_message unique (message_id),
  constraint payment_file_kind check (kind in ('pain.001', 'pain.008'))
);

create table duty.payment_order (
  id uuid not null,
  end_to_end text not null,
  administration text not null,
  direction text not null,
  currency text not null,
  amount_minor bigint not null,
  name text not null,
  iban text not null,
  mandate text,
  mandate_signed date,
  reference text not null,
  account_id bigint,
  status text not null,
  file_id uuid,
  created_at timestamptz not null,
  constraint payment_order_pkey primary key (id),
  constraint payment_order_end_to_end unique (end_to_end),
  constraint payment_order_direction check (direction in ('credit', 'debit')),
  constraint payment_order_amount check (amount_minor > 0),
  constraint payment_order_mandate check ((direction = 'debit') = (mandate is not null and mandate_signed is not null and account_id is not null)),
  constraint payment_order_status check (status in ('ready', 'filed', 'executed', 'returned')),
  constraint payment_order_filed check (status = 'ready' or file_id is not null),
  constraint payment_order_file foreign key (file_id) references duty.payment_file (id)
);
create index payment_order_ready on duty.payment_order (administration, direction) where status = 'ready';

create table duty.bank_file (
  id uuid not null,
  administration text not null,
  kind text not null,
  message_id text not null,
  account text not null,
  currency text not null,
  entries int not null,
  in_minor bigint not null,
  out_minor bigint not null,
  content text not null,
  sha256 text not null,
  imported_at timestamptz not null,
  imported_by text not null,
  imported_by_name text not null,
  constraint bank_file_pkey primary key (id),
  constraint bank_file_message unique (administration, kind, message_id),
  constraint bank_file_kind check (kind in ('camt.053', 'camt.054'))
);

create table duty.bank_entry (
  id uuid not null,
  file_id uuid not null,
  administration text not null,
  account text not null,
  bank_reference text not null,
  direction text not null,
  reversal boolean not null,
  currency text not null,
  amount_minor bigint not null,
  booked_on date not null,
  counterparty text not null,
  counterparty_iban text not null,
  remittance text not null,
  end_to_end text not null,
  status text not null,
  reason text not null default '',
  target jsonb,
  proposed_by text,
  proposed_by_name text,
  proposed_at timestamptz,
  matched_by text,
  matched_by_name text,
  matched_at timestamptz,
  posting_id bigint not null,
  matched_posting_id bigint,
  constraint bank_entry_pkey primary key (id),
  constraint bank_entry_once unique (administration, account, bank_reference),
  constraint bank_entry_file foreign key (file_id) references duty.bank_file (id),
  constraint bank_entry_direction check (direction in ('in', 'out')),
  constraint bank_entry_amount check (amount_minor > 0),
  constraint bank_entry_status check (status in ('unmatched', 'proposed', 'matched')),
  constraint bank_entry_two_persons check (matched_by is null or proposed_by is null or matched_by <> proposed_by),
  constraint bank_entry_matched check ((status = 'matched') = (matched_posting_id is not null) and (status = 'unmatched') = (target is null))
);
create index bank_entry_open on duty.bank_entry (booked_on) where status <> 'matched';
create index bank_entry_file_id on duty.bank_entry (file_id);

create table duty.ledger_day (
  administration text not null,
  day date not null,
  last_posting bigint not null,
  totals jsonb not null,
  hash text not null,
  remarks text not null,
  closed_at timestamptz not null,
  closed_by text not null,
  closed_by_name text not null,
  constraint ledger_day_pkey primary key (administration, day)
);
create trigger ledger_day_locked before update or delete on duty.ledger_day for each row execute function duty.refuse_change();
create trigger ledger_day_no_truncate before truncate on duty.ledger_day for each statement execute function duty.refuse_change();

-- Everything that must hold of the books, as rows of what does not; empty = all is well. Looks at postings after `p_after` and at the
-- subjects and accounts that they touch, so that a day can be closed without reading all years again.
create function duty.breaches(p_after bigint) returns table (invariant text, what text, expected bigint, found bigint)
language sql stable security definer set search_path = duty, pg_temp as $$
  with line as (
    select l.*, p.subject_kind, p.subject_id from posting p join posting_line l on l.posting_id = p.id where p.id > p_after
  ), subject as (
    select distinct subject_kind, subject_id from line
  ), of_subject as (
    select s.subject_kind, s.subject_id, a.kind, l.tax_type, sum(l.amount_minor)::bigint as minor
    from subject s join posting p using (subject_kind, subject_id) join posting_line l on l.posting_id = p.id join account a on a.id = l.account_id
    where a.kind in ('revenue', 'secured', 'received') group by 1, 2, 3, 4
  )
  select 'posting_sums_to_zero', 'posting ' || posting_id, 0::bigint, sum(amount_minor)::bigint from line group by posting_id having sum(amount_minor) <> 0
  union all
  select 'balance_is_what_was_posted', a.kind || ' ' || a.code, coalesce(x.posted, 0), a.balance_minor
  from account a left join lateral (select sum(l.amount_minor)::bigint as posted from posting_line l where l.account_id = a.id) x on true
  where a.kind in ('cash_account', 'deferment', 'guarantee', 'credit') and a.id in (select account_id from line) and a.balance_minor <> coalesce(x.posted, 0)
  union all
  select 'account_not_overdrawn', kind || ' ' || code, -limit_minor, balance_minor from account where balance_minor < -limit_minor
  union all
  select 'borne_or_outstanding', c.subject_kind || ' ' || c.subject_id, c.total_minor, c.outstanding_minor + sum_minor(c.settled)
  from charge c join subject using (subject_kind, subject_id) where c.total_minor <> c.outstanding_minor + sum_minor(c.settled)
  union all
  select 'settled_is_what_was_posted', c.subject_kind || ' ' || c.subject_id, sum_minor(c.settled) - sum_minor(c.refunded), coalesce(x.minor, 0)
  from charge c join subject using (subject_kind, subject_id)
  left join lateral (select sum(o.minor)::bigint as minor from of_subject o where o.subject_kind = c.subject_kind and o.subject_id = c.subject_id and o.kind in ('revenue', 'secured')) x on true
  where sum_minor(c.settled) - sum_minor(c.refunded) <> coalesce(x.minor, 0)
  union all
  select 'received_is_what_is_left', s.subject_kind || ' ' || s.subject_id, coalesce(r.minor, 0) - coalesce(c.withdrawn_minor, 0)
      - coalesce((select sum(i.minor) from jsonb_to_recordset(c.settled) as i(kind text, minor bigint) where i.kind = 'immediate'), 0)::bigint, coalesce(x.minor, 0)
  from subject s left join charge c using (subject_kind, subject_id)
  left join lateral (select sum(amount_minor)::bigint as minor from receipt q where q.subject_kind = s.subject_kind and q.subject_id = s.subject_id) r on true
  left join lateral (select sum(o.minor)::bigint as minor from of_subject o where o.subject_kind = s.subject_kind and o.subject_id = s.subject_id and o.kind = 'received') x on true
  where coalesce(r.minor, 0) - coalesce(c.withdrawn_minor, 0)
      - coalesce((select sum(i.minor) from jsonb_to_recordset(c.settled) as i(kind text, minor bigint) where i.kind = 'immediate'), 0)::bigint <> coalesce(x.minor, 0)
  union all
  select 'subject_not_negative', subject_kind || ' ' || subject_id || ' ' || kind || ' ' || tax_type, 0, minor from of_subject where minor < 0
  union all
  select 'suspense_is_what_is_unmatched', b.administration || ' ' || b.currency, b.minor, s.minor from (
    select administration, currency, sum(case direction when 'in' then amount_minor else -amount_minor end)::bigint as minor from bank_entry where status <> 'matched' group by 1, 2
    union select a.administration, a.currency, 0 from account a where a.kind = 'suspense'
      and not exists (select from bank_entry e where e.administration = a.administration and e.currency = a.currency and e.status <> 'matched')
  ) b cross join lateral (
    select coalesce(sum(l.amount_minor), 0)::bigint as minor from account a join posting_line l on l.account_id = a.id
    where a.kind = 'suspense' and a.administration = b.administration and a.currency = b.currency
  ) s where b.minor <> s.minor
  union all
  select 'payable_is_what_is_ordered', a.administration || ' ' || a.currency, o.minor, s.minor from account a
  cross join lateral (select coalesce(sum(amount_minor), 0)::bigint as minor from payment_order q where q.administration = a.administration and q.currency = a.currency and q.direction = 'credit' and q.status <> 'executed') o
  cross join lateral (select coalesce(sum(l.amount_minor), 0)::bigint as minor from posting_line l where l.account_id = a.id) s
  where a.kind = 'payable' and o.minor <> s.minor
$$;

-- What moved after one posting up to another, by kind of account: the control totals of a day.
create function duty.day_totals(p_administration text, p_after bigint, p_through bigint) returns jsonb
language sql stable security definer set search_path = duty, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'currency', currency, 'debits', debits, 'credits', credits, 'postings', postings) order by kind, currency), '[]')
  from (
    select a.kind, a.currency,
      coalesce(-sum(l.amount_minor) filter (where l.amount_minor < 0), 0)::bigint as debits,
      coalesce(sum(l.amount_minor) filter (where l.amount_minor > 0), 0)::bigint as credits,
      count(distinct l.posting_id)::int as postings
    from posting_line l join account a on a.id = l.account_id
    where l.posting_id > p_after and l.posting_id <= p_through and a.administration = p_administration group by a.kind, a.currency
  ) t
$$;

-- No posting is under way while a day is closed: what has a lower number is committed, what comes after has a higher one.
create function duty.last_posting_for_good(p_administration text) returns bigint language plpgsql security definer set search_path = duty, pg_temp as $$
begin
  lock table posting in share mode;
  return (select coalesce(max(id), 0) from posting where administration = p_administration);
end $$;

revoke execute on function duty.last_posting_for_good(text), duty.breaches(bigint), duty.day_totals(text, bigint, bigint) from public;
grant execute on function duty.last_posting_for_good(text), duty.breaches(bigint), duty.day_totals(text, bigint, bigint) to portcullis_app;
grant select, insert on duty.payment_file, duty.bank_file, duty.ledger_day to portcullis_app;
grant select, insert, update on duty.payment_order, duty.bank_entry to portcullis_app;
