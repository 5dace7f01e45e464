-- What the ledger learns beyond charging: accounts that end or serve one operation only, credit (instalments), refunds, claims.
-- credit: an account that bears what a plan of instalments spreads; its limit is what was granted
-- suspense: money on the bank account that no debt is known for · payable: refunds decided and not yet paid out by the bank
-- written_off, remitted: who bears what the administration gives up, so that the revenue stays gross and the giving up is seen
-- claim: a debt that is recovered: a charge that was covered once and no longer is, or a demand of its own (subject kind `claim`)
alter table duty.account
  add column valid_from date,
  add column valid_to date,
  add column only_for text,
  drop constraint account_kind,
  drop constraint account_balance_kept,
  drop constraint account_owner,
  add constraint account_kind check (kind in ('cash_account', 'deferment', 'guarantee', 'credit', 'cash_desk', 'provider', 'received', 'revenue', 'secured', 'suspense', 'payable', 'written_off', 'remitted')),
  add constraint account_balance_kept check (balance_minor = 0 or kind in ('cash_account', 'deferment', 'guarantee', 'credit')),
  add constraint account_owner check ((owner <> '') = (kind in ('cash_account', 'deferment', 'guarantee', 'credit'))),
  add constraint account_range check (valid_to > valid_from);
comment on column duty.account.only_for is 'an individual guarantee: the reference of the one operation that it secures';

alter table duty.posting
  drop constraint posting_kind,
  add constraint posting_kind check (kind in ('charge', 'adjustment', 'receipt', 'deposit', 'release', 'bank', 'match', 'refund', 'payout', 'offset', 'write_off', 'remission', 'return', 'transfer'));
create index posting_at on duty.posting using brin (at);

create or replace function duty.keep_books() returns trigger language plpgsql security definer set search_path = duty, pg_temp as $$
begin
  if exists (select from added group by posting_id having sum(amount_minor) <> 0) then
    raise exception 'a posting does not sum to zero' using errcode = '23514', constraint = 'posting_sums_to_zero';
  end if;
  update account a set balance_minor = a.balance_minor + d.amount
  from (select account_id, sum(amount_minor)::bigint as amount from added group by account_id) d
  where a.id = d.account_id and d.amount <> 0 and a.kind in ('cash_account', 'deferment', 'guarantee', 'credit');
  return null;
end $$;

create function duty.sum_minor(p jsonb) returns bigint language plpgsql immutable strict parallel safe as $$
declare
  v_sum bigint := 0;
  l jsonb;
begin
  for l in select jsonb_array_elements(p) loop v_sum := v_sum + (l ->> 'minor')::bigint; end loop;
  return v_sum;
end $$;

-- office: where the debt arose · credit: code of the credit account that bears what would be paid by hand
-- refunded: what came back to the debtor of what is settled, by tax · withdrawn: money received too much that went back
-- covered_at: when nothing was outstanding for the first time; from then on a shortage is a claim
alter table duty.charge
  add column office text not null default '',
  add column credit text,
  add column refunded jsonb not null default '[]',
  add column withdrawn_minor bigint not null default 0,
  add column covered_at timestamptz,
  add constraint charge_withdrawn check (withdrawn_minor >= 0),
  add constraint charge_borne_or_outstanding check (total_minor = outstanding_minor + duty.sum_minor(settled)),
  add constraint charge_refunded check (duty.sum_minor(refunded) <= duty.sum_minor(settled));
create index charge_opened on duty.charge using brin (opened_at);

create table duty.terms (
  administration text not null,
  valid_from date not null,
  valid_to date,
  payment_days int not null,
  reminder_days int not null,
  grace_days int not null,
  decision_days int not null,
  refund_years int not null,
  interest_minimum_minor bigint not null,
  second_person_minor bigint not null,
  drawback_percent numeric(5, 2) not null,
  day_count text not null,
  constraint terms_pkey primary key (administration, valid_from),
  constraint terms_range check (valid_to > valid_from),
  constraint terms_positive check (payment_days > 0 and reminder_days > 0 and grace_days >= 0 and decision_days > 0 and refund_years > 0 and interest_minimum_minor >= 0 and second_person_minor >= 0),
  constraint terms_drawback check (drawback_percent > 0 and drawback_percent <= 100),
  constraint terms_day_count check (day_count in ('actual/360', 'actual/365', '30/360'))
);

create table duty.claim (
  number text not null,
  administration text not null,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  reference text not null,
  origin text not null,
  payer text not null,
  currency text not null,
  due_on date not null,
  stage text not null,
  law text not null default '',
  grounds text not null default '',
  opened_at timestamptz not null,
  opened_by text not null,
  reminded_at timestamptz,
  interest_through date,
  proposal jsonb,
  closed_at timestamptz,
  outcome text,
  constraint claim_pkey primary key (number),
  constraint claim_kind check (kind in ('additional', 'post_clearance', 'interest', 'guarantor', 'instalment')),
  constraint claim_stage check (stage in ('demanded', 'reminded', 'enforcement', 'closed')),
  constraint claim_closed check ((stage = 'closed') = (closed_at is not null) and (closed_at is null) = (outcome is null)),
  constraint claim_outcome check (outcome in ('covered', 'written_off', 'withdrawn'))
);
comment on column duty.claim.reference is 'what the debtor names when paying: the MRN, or the number of the claim';
comment on column duty.claim.proposal is 'a giving up that waits for the second person: {kind, by, byName, grounds, at}';
create unique index claim_open on duty.claim (subject_kind, subject_id) where closed_at is null;
create index claim_due on duty.claim (due_on) where closed_at is null;
create index claim_payer on duty.claim (payer);

create function duty.next_number(p_series text) returns text language plpgsql security definer set search_path = duty, pg_temp as $$
declare v_last int;
begin
  insert into receipt_counter (series, last) values (p_series, 1) on conflict (series) do update set last = receipt_counter.last + 1 returning last into v_last;
  return p_series || '-' || lpad(v_last::text, 6, '0');
end $$;

-- A debt that was covered and is short again is demanded (UCC Art. 105(4), payable within the days of the terms: Art. 108(1)); one that is
-- covered again is demanded no longer. Nothing of this lies on the road of a first charge.
create function duty.follow_claim(c duty.charge, p_outstanding bigint, p_at timestamptz) returns void language plpgsql security definer set search_path = duty, pg_temp as $$
begin
  if p_outstanding = 0 then
    update claim set stage = 'closed', closed_at = p_at, outcome = coalesce(claim.proposal ->> 'outcome', 'covered'), proposal = null
    where subject_kind = c.subject_kind and subject_id = c.subject_id and closed_at is null;
  elsif c.covered_at is not null and not exists (select from claim k where k.subject_kind = c.subject_kind and k.subject_id = c.subject_id and k.closed_at is null) then
    insert into claim (number, administration, kind, subject_kind, subject_id, reference, origin, payer, currency, due_on, stage, law, opened_at, opened_by)
    values (next_number(c.administration || '-D' || to_char(p_at, 'YY')), c.administration, 'additional', c.subject_kind, c.subject_id, c.reference, c.reference, c.payer, c.currency,
      p_at::date + coalesce((select t.payment_days from terms t where t.administration = c.administration and t.valid_from <= p_at::date and (t.valid_to is null or t.valid_to > p_at::date)), 10),
      'demanded', 'UCC Art. 105(4)', p_at, 'system')
    on conflict (subject_kind, subject_id) where closed_at is null do nothing;
  end if;
end $$;

-- The lines to be borne when something was refunded: what a reduction would give back a second time stays.
create function duty.keep_refunded(p_lines jsonb, p_settled jsonb, p_refunded jsonb) returns jsonb language sql immutable as $$
  with refunded as (
    select tax, sum(minor)::bigint as minor from jsonb_to_recordset(p_refunded) as r(tax text, minor bigint) group by tax
  ), kept as (
    select r.tax, least(r.minor, greatest(0,
      coalesce((select sum(s.minor) from jsonb_to_recordset(p_settled) as s(tax text, secure boolean, minor bigint) where s.tax = r.tax and not s.secure), 0)
      - coalesce((select sum(l.minor) from jsonb_to_recordset(p_lines) as l(tax text, secure boolean, minor bigint) where l.tax = r.tax and not l.secure), 0)))::bigint as minor
    from refunded r
  )
  select p_lines || coalesce(jsonb_agg(s.line || jsonb_build_object('minor', k.minor)), '[]')
  from kept k cross join lateral (select e as line from jsonb_array_elements(p_settled) e where e ->> 'tax' = k.tax and not (e ->> 'secure')::boolean limit 1) s
  where k.minor > 0
$$;

create or replace function duty.settle_first(p jsonb) returns jsonb language plpgsql security definer set search_path = duty, pg_temp as $$
declare
  v_at timestamptz := (p ->> 'at')::timestamptz;
  v_admin text := p ->> 'administration';
  v_currency text := p ->> 'currency';
  v_holders text[] := array(select jsonb_array_elements_text(p -> 'holders'));
  g record;
  a record;
  v_ids bigint[] := '{}';
  v_taxes text[] := '{}';
  v_amounts bigint[] := '{}';
  v_total bigint := 0;
  v_posting bigint;
begin
  for g in select l.kind, l.account, sum(l.minor)::bigint as need from jsonb_to_recordset(p -> 'lines') as l(kind text, account text, minor bigint) group by 1, 2 order by 1, 2 loop
    select id, balance_minor + limit_minor as available, status, owner, valid_to, only_for into a from account
    where administration = v_admin and kind = g.kind and code = g.account and currency = v_currency for no key update;
    if not found or a.status <> 'open' or a.owner <> all (v_holders) or a.available < g.need
      or a.valid_to <= v_at::date or a.only_for <> p ->> 'reference' then return null; end if;
    v_ids := v_ids || a.id;
    v_taxes := v_taxes || ''::text;
    v_amounts := v_amounts || -g.need;
    v_total := v_total + g.need;
  end loop;
  for g in
    select i.id, l.tax, sum(l.minor)::bigint as minor
    from jsonb_to_recordset(p -> 'lines') as l(tax text, secure boolean, minor bigint)
    left join account i on i.administration = v_admin and i.kind = case when l.secure then 'secured' else 'revenue' end and i.code = case when l.secure then 'secured' else l.tax end and i.currency = v_currency
    group by 1, 2
  loop
    if g.id is null then return null; end if;
    v_ids := v_ids || g.id;
    v_taxes := v_taxes || g.tax;
    v_amounts := v_amounts || g.minor;
  end loop;
  insert into charge (subject_kind, subject_id, administration, reference, payer, holders, currency, key, lines, settled, total_minor, outstanding_minor, opened_at, updated_at, office, covered_at)
  values (p ->> 'subjectKind', p ->> 'subjectId', v_admin, p ->> 'reference', p ->> 'payer', v_holders, v_currency, p ->> 'key', p -> 'lines', p -> 'lines', v_total, 0, v_at, v_at, coalesce(p ->> 'office', ''), v_at)
  on conflict on constraint charge_pkey do nothing;
  if not found then return null; end if;
  insert into posting (administration, kind, subject_kind, subject_id, reference, at)
  values (v_admin, 'charge', p ->> 'subjectKind', p ->> 'subjectId', p ->> 'reference', v_at) returning id into v_posting;
  insert into posting_line (posting_id, account_id, tax_type, amount_minor) select v_posting, x.id, x.tax, x.amount from unnest(v_ids, v_taxes, v_amounts) as x(id, tax, amount);
  return jsonb_build_object('postingId', v_posting, 'settled', p -> 'lines', 'shortfalls', '[]'::jsonb, 'total', v_total);
end $$;

create or replace function duty.settle(p jsonb) returns jsonb language plpgsql security definer set search_path = duty, pg_temp as $$
declare
  c charge;
  v_at timestamptz := (p ->> 'at')::timestamptz;
  v_admin text := p ->> 'administration';
  v_currency text := p ->> 'currency';
  v_posting bigint;
  v_settled jsonb;
  v_shortfalls jsonb;
  v_moved jsonb;
  v_total bigint;
  v_paid_by_hand boolean;
  v_first jsonb;
  v_outstanding bigint;
begin
  if not exists (select from charge where subject_kind = p ->> 'subjectKind' and subject_id = p ->> 'subjectId') then
    v_first := settle_first(p);
    if v_first is not null then return v_first; end if;
  end if;

  insert into charge (subject_kind, subject_id, administration, reference, payer, holders, currency, key, lines, total_minor, outstanding_minor, opened_at, updated_at, office)
  values (p ->> 'subjectKind', p ->> 'subjectId', v_admin, p ->> 'reference', p ->> 'payer', array(select jsonb_array_elements_text(p -> 'holders')), v_currency, p ->> 'key', p -> 'lines', 0, 0, v_at, v_at, coalesce(p ->> 'office', ''))
  on conflict on constraint charge_pkey do update
    set lines = case
          when (p ->> 'release')::boolean then coalesce((select jsonb_agg(l) from jsonb_array_elements(charge.lines) l where not (l -> 'secure')::boolean), '[]')
          when charge.key = excluded.key then charge.lines
          else excluded.lines end,
        payer = case when charge.key = excluded.key then charge.payer else excluded.payer end,
        holders = case when charge.key = excluded.key then charge.holders else excluded.holders end,
        key = excluded.key, reference = excluded.reference
  returning * into c;
  if c.currency <> v_currency or c.administration <> v_admin then raise exception 'a subject is charged in one currency by one administration'; end if;

  -- A reduction counts what was refunded before as given back already; what credit was granted for is borne by the credit.
  if c.refunded <> '[]' then c.lines := keep_refunded(c.lines, c.settled, c.refunded); end if;
  if c.credit is not null or c.lines @> '[{"kind": "credit"}]' then
    c.lines := (select coalesce(jsonb_agg(case
        when c.credit is not null and l ->> 'kind' = 'immediate' then l || jsonb_build_object('kind', 'credit', 'account', c.credit)
        when c.credit is null and l ->> 'kind' = 'credit' then l || '{"kind": "immediate", "account": null}'
        else l end), '[]') from jsonb_array_elements(c.lines) l);
  end if;

  if (p ->> 'sandbox')::boolean then
    insert into account (administration, kind, code, owner, currency, limit_minor, opened_at)
    select distinct v_admin, l.kind, l.account, c.payer, v_currency, 10000000000000, v_at
    from jsonb_to_recordset(c.lines) as l(kind text, account text) where l.kind <> 'immediate' and l.account is not null
    order by l.kind, l.account
    on conflict on constraint account_code do nothing;
  end if;

  v_paid_by_hand := exists (select from receipt r where r.subject_kind = c.subject_kind and r.subject_id = c.subject_id);

  -- in the order of settle_first
  perform from account where id in (
    select a.id from jsonb_to_recordset(c.lines || c.settled) as l(kind text, account text)
    join account a on a.administration = v_admin and a.kind = l.kind and a.code = l.account and a.currency = v_currency where l.kind <> 'immediate')
  order by kind, code for no key update;

  for attempt in 1..2 loop
    with wanted as (
      select kind, coalesce(account, '') as account, method, tax, coalesce(secure, false) as secure, sum(minor)::bigint as minor
      from jsonb_to_recordset(c.lines) as l(kind text, account text, method text, tax text, secure boolean, minor bigint) group by 1, 2, 3, 4, 5
    ), borne as (
      select kind, coalesce(account, '') as account, method, tax, coalesce(secure, false) as secure, sum(minor)::bigint as minor
      from jsonb_to_recordset(c.settled) as l(kind text, account text, method text, tax text, secure boolean, minor bigint) group by 1, 2, 3, 4, 5
    ), line as (
      select kind, account, method, tax, secure, coalesce(w.minor, 0) as wanted, coalesce(b.minor, 0) as borne
      from wanted w full join borne b using (kind, account, method, tax, secure)
    ), part as (
      select l.kind, l.account, sum(l.wanted - l.borne)::bigint as need, sum(l.wanted)::bigint as wanted, sum(l.borne)::bigint as borne, min(l.method) as method
      from line l group by 1, 2
    ), judged as (
      select q.*, a.id as account_id,
        case when q.need <= 0 then null
          when q.kind = 'immediate' then case when q.need > x.available then 'duty.unpaid' end
          when q.account = '' then 'duty.account_missing'
          when a.id is null then 'duty.account_unknown'
          when a.status <> 'open' then 'duty.account_blocked'
          when a.valid_to <= v_at::date then 'duty.account_expired'
          when a.only_for <> c.reference then 'duty.guarantee_other_operation'
          when a.owner <> all (c.holders) and not coalesce((p ->> 'sandbox')::boolean, false) then 'duty.account_foreign'
          when q.need > x.available then 'duty.cover_short' end as fault,
        case when q.need > 0 then greatest(0, q.need - greatest(0, coalesce(x.available, 0))) end as short
      from part q
      left join account a on q.kind <> 'immediate' and a.administration = v_admin and a.kind = q.kind and a.code = q.account and a.currency = v_currency
      cross join lateral (select case when q.kind = 'immediate'
        then (select coalesce(sum(r.amount_minor), 0) from receipt r where r.subject_kind = c.subject_kind and r.subject_id = c.subject_id and r.currency = v_currency) - c.withdrawn_minor - q.borne
        else a.balance_minor + a.limit_minor end as available) x
    )
    select
      coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'account', nullif(l.account, ''), 'method', l.method, 'tax', l.tax, 'secure', l.secure,
          'minor', case when j.fault is null then l.wanted else l.borne end) order by l.kind, l.account, l.tax)
        from line l join judged j using (kind, account) where case when j.fault is null then l.wanted else l.borne end <> 0), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('code', j.fault, 'kind', j.kind, 'method', j.method, 'account', nullif(j.account, ''), 'required', j.need, 'short', j.short) order by j.kind, j.account)
        from judged j where j.fault is not null), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'accountId', j.account_id, 'tax', l.tax, 'secure', l.secure, 'minor', l.wanted - l.borne))
        from line l join judged j using (kind, account) where j.fault is null and l.wanted <> l.borne), '[]'),
      (select coalesce(sum(wanted), 0) from line)
    into v_settled, v_shortfalls, v_moved, v_total;

    exit when attempt = 2 or not v_paid_by_hand or not exists (select from jsonb_to_recordset(v_shortfalls) as s(code text) where s.code <> 'duty.unpaid');
    c.lines := (select jsonb_agg(case when exists (
        select from jsonb_to_recordset(v_shortfalls) as s(code text, kind text, account text)
        where s.code <> 'duty.unpaid' and s.kind = l ->> 'kind' and s.account is not distinct from l ->> 'account')
      then l || '{"kind": "immediate", "account": null}' else l end) from jsonb_array_elements(c.lines) l);
  end loop;

  if jsonb_array_length(v_moved) > 0 then
    insert into posting (administration, kind, subject_kind, subject_id, reference, at)
    values (v_admin, case when c.settled = '[]' then 'charge' else 'adjustment' end, c.subject_kind, c.subject_id, c.reference, v_at) returning id into v_posting;
    insert into posting_line (posting_id, account_id, tax_type, amount_minor)
    select v_posting, account_id, tax, sum(amount)::bigint from (
      select coalesce(m."accountId", internal_account(v_admin, 'received', 'received', v_currency, v_at)) as account_id, '' as tax, -m.minor as amount
      from jsonb_to_recordset(v_moved) as m("accountId" bigint, minor bigint)
      union all
      select internal_account(v_admin, case when m.secure then 'secured' else 'revenue' end, case when m.secure then 'secured' else m.tax end, v_currency, v_at), m.tax, m.minor
      from jsonb_to_recordset(v_moved) as m(tax text, secure boolean, minor bigint)
    ) x group by account_id, tax having sum(amount) <> 0;
  end if;

  v_outstanding := coalesce((select sum(s.required) from jsonb_to_recordset(v_shortfalls) as s(required bigint)), 0);
  update charge set lines = c.lines, settled = v_settled, shortfalls = v_shortfalls, total_minor = v_total, outstanding_minor = v_outstanding, updated_at = v_at,
    covered_at = case when v_outstanding = 0 then coalesce(covered_at, v_at) else covered_at end
  where subject_kind = c.subject_kind and subject_id = c.subject_id;
  perform follow_claim(c, v_outstanding, v_at);
  return jsonb_build_object('postingId', v_posting, 'settled', v_settled, 'shortfalls', v_shortfalls, 'total', v_total);
end $$;

-- Credit for what a subject would have to pay by hand, or (account null) its end.
create function duty.grant_credit(p_subject_kind text, p_subject_id text, p_account text) returns void language sql security definer set search_path = duty, pg_temp as $$
  update charge set credit = p_account where subject_kind = p_subject_kind and subject_id = p_subject_id
$$;

-- Any other movement: lines[{accountId} or {kind, code}, tax, minor]; sums to zero or is refused. What a subject has paid in, and what was
-- collected of a tax for it, never falls below zero by it.
create function duty.post(p jsonb) returns bigint language plpgsql security definer set search_path = duty, pg_temp as $$
declare
  v_posting bigint;
  v_at timestamptz := (p ->> 'at')::timestamptz;
begin
  if p ->> 'kind' in ('charge', 'adjustment') then raise exception 'what is charged is posted by settle alone'; end if;
  perform from charge where subject_kind = p ->> 'subjectKind' and subject_id = p ->> 'subjectId' for no key update;
  insert into posting (administration, kind, subject_kind, subject_id, reference, key, at)
  values (p ->> 'administration', p ->> 'kind', p ->> 'subjectKind', p ->> 'subjectId', p ->> 'reference', p ->> 'key', v_at) returning id into v_posting;
  insert into posting_line (posting_id, account_id, tax_type, amount_minor)
  select v_posting, coalesce(l."accountId", internal_account(p ->> 'administration', l.kind, l.code, p ->> 'currency', v_at)), coalesce(l.tax, ''), l.minor
  from jsonb_to_recordset(p -> 'lines') as l("accountId" bigint, kind text, code text, tax text, minor bigint) order by 2;
  if exists (
    select from posting s join posting_line l on l.posting_id = s.id join account a on a.id = l.account_id
    where s.subject_kind = p ->> 'subjectKind' and s.subject_id = p ->> 'subjectId' and a.kind in ('revenue', 'received', 'secured')
    group by a.id having sum(l.amount_minor) < 0)
  then raise exception 'more would be taken from the subject than was paid for it' using errcode = '23514', constraint = 'subject_not_negative'; end if;
  return v_posting;
end $$;

-- Gives back of what is settled (lines by tax), or with `overpaid` of what came in too much, to an account or to `payable`.
create function duty.refund(p jsonb) returns bigint language plpgsql security definer set search_path = duty, pg_temp as $$
declare
  c charge;
  v_sum bigint := sum_minor(p -> 'lines');
  v_from jsonb;
begin
  select * into c from charge where subject_kind = p ->> 'subjectKind' and subject_id = p ->> 'subjectId' for no key update;
  if not found then raise exception 'nothing was charged for the subject'; end if;
  if exists (select from jsonb_to_recordset(p -> 'lines') as l(minor bigint) where l.minor <= 0) then raise exception 'only a positive amount is given back'; end if;
  if (p ->> 'overpaid')::boolean then
    if v_sum > coalesce((select sum(amount_minor) from receipt r where r.subject_kind = c.subject_kind and r.subject_id = c.subject_id and r.currency = c.currency), 0) - c.withdrawn_minor
      - coalesce((select sum(s.minor) from jsonb_to_recordset(c.settled) as s(kind text, minor bigint) where s.kind = 'immediate'), 0)
    then raise exception 'more than was paid too much' using errcode = '23514', constraint = 'refund_within_paid'; end if;
    update charge set withdrawn_minor = withdrawn_minor + v_sum where subject_kind = c.subject_kind and subject_id = c.subject_id;
    v_from := jsonb_build_array(jsonb_build_object('kind', 'received', 'code', 'received', 'minor', -v_sum));
  else
    if exists (
      select from (select x.tax, sum(x.minor) as minor from jsonb_to_recordset(c.refunded || (p -> 'lines')) as x(tax text, minor bigint) group by x.tax) r
      where r.minor > coalesce((select sum(s.minor) from jsonb_to_recordset(c.settled) as s(tax text, secure boolean, minor bigint) where s.tax = r.tax and not s.secure), 0))
    then raise exception 'more than was collected' using errcode = '23514', constraint = 'refund_within_paid'; end if;
    update charge set refunded = (select jsonb_agg(jsonb_build_object('tax', r.tax, 'minor', r.minor) order by r.tax)
      from (select x.tax, sum(x.minor) as minor from jsonb_to_recordset(c.refunded || (p -> 'lines')) as x(tax text, minor bigint) group by x.tax) r)
    where subject_kind = c.subject_kind and subject_id = c.subject_id;
    v_from := (select jsonb_agg(jsonb_build_object('kind', 'revenue', 'code', l.tax, 'tax', l.tax, 'minor', -l.minor)) from jsonb_to_recordset(p -> 'lines') as l(tax text, minor bigint));
  end if;
  return post(p || jsonb_build_object('kind', 'refund', 'administration', c.administration, 'currency', c.currency,
    'lines', v_from || jsonb_build_array((p -> 'to') || jsonb_build_object('minor', v_sum))));
end $$;

revoke execute on function duty.post(jsonb), duty.refund(jsonb), duty.grant_credit(text, text, text), duty.next_number(text), duty.follow_claim(duty.charge, bigint, timestamptz) from public;
grant execute on function duty.post(jsonb), duty.refund(jsonb), duty.grant_credit(text, text, text), duty.next_number(text), duty.sum_minor(jsonb), duty.keep_refunded(jsonb, jsonb, jsonb) to portcullis_app;
grant select on duty.terms, duty.claim to portcullis_app;
grant insert, update on duty.terms to portcullis_app;
grant insert on duty.claim to portcullis_app;
grant update (stage, due_on, reminded_at, interest_through, proposal, closed_at, outcome) on duty.claim to portcullis_app;
grant insert (valid_from, valid_to, only_for), update (valid_to) on duty.account to portcullis_app;
