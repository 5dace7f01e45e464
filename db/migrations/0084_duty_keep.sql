-- What was refunded stands on what bore it, whatever an amendment does: a change of account, credit, or payment by hand instead must not
-- give it back a second time (found by the test with faults, ledger-faults.test.ts).
-- For each tax: W is what the lines ask, B what is borne, R what was refunded of it. Asked for is then W + min(R, max(0, B - W)): of a
-- reduction, R counts as given back already. R of it stays on the lines that bear it now, the rest is where the lines want it.
create or replace function duty.keep_refunded(p_lines jsonb, p_settled jsonb, p_refunded jsonb) returns jsonb language plpgsql immutable as $$
declare
  r record;
  l record;
  v_lines jsonb := p_lines;
  v_next jsonb;
  v_borne bigint;
  v_wanted bigint;
  v_lock bigint;
  v_drop bigint;
  v_locked jsonb;
  v_take bigint;
begin
  for r in select tax, sum(minor)::bigint as minor from jsonb_to_recordset(p_refunded) as x(tax text, minor bigint) group by tax order by tax loop
    select coalesce(sum((e ->> 'minor')::bigint), 0) into v_borne from jsonb_array_elements(p_settled) e where e ->> 'tax' = r.tax and not coalesce((e ->> 'secure')::boolean, false);
    select coalesce(sum((e ->> 'minor')::bigint), 0) into v_wanted from jsonb_array_elements(v_lines) e where e ->> 'tax' = r.tax and not coalesce((e ->> 'secure')::boolean, false);
    v_lock := least(r.minor, v_borne);
    v_drop := v_lock - least(v_lock, greatest(0, v_borne - v_wanted));
    v_locked := '[]';
    for l in select e, (e ->> 'minor')::bigint as minor from jsonb_array_elements(p_settled) with ordinality as x(e, n)
      where e ->> 'tax' = r.tax and not coalesce((e ->> 'secure')::boolean, false) order by n
    loop
      v_take := least(v_lock, l.minor);
      if v_take > 0 then v_locked := v_locked || (l.e || jsonb_build_object('minor', v_take)); end if;
      v_lock := v_lock - v_take;
    end loop;
    -- What stays on its line is asked for no more elsewhere: first of all not on the same account.
    v_next := '[]';
    for l in select e, (e ->> 'minor')::bigint as minor, e ->> 'tax' = r.tax and not coalesce((e ->> 'secure')::boolean, false) as counts from jsonb_array_elements(v_lines) with ordinality as x(e, n)
      order by exists (select from jsonb_array_elements(v_locked) k where k - 'minor' = e - 'minor') desc, n
    loop
      v_take := case when l.counts then least(v_drop, l.minor) else 0 end;
      v_drop := v_drop - v_take;
      if l.minor > v_take then v_next := v_next || (l.e || jsonb_build_object('minor', l.minor - v_take)); end if;
    end loop;
    v_lines := v_next || v_locked;
  end loop;
  return v_lines;
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

  -- What credit was granted for is borne by the credit.
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
    if c.refunded <> '[]' then c.lines := keep_refunded(c.lines, c.settled, c.refunded); end if;
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
