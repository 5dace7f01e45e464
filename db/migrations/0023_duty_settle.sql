-- Brings what is borne for a subject to what is to be borne: takes what is missing, gives back what is too much. Each account bears its
-- whole part or nothing of it; what nobody bears is outstanding. The same key settles the same lines again (more may be there now).
-- Once money has come in by hand for a subject, a part that its account does not bear is taken from that money.
--   p: subjectKind, subjectId, administration, reference, payer, holders[], currency, key, at, sandbox,
--      lines[{kind, account, method, tax, secure, minor}]; kind is deferment, cash_account, guarantee or immediate (paid by hand);
--      release = instead of `lines`, those that stand without what is only held
-- One function, because it lies on the road of every release: one round trip.
-- A first charge that its accounts bear whole, the case of nearly every release: no earlier state to compare with. Answers null when it
-- is anything else; then nothing has been written.
create function duty.settle_first(p jsonb) returns jsonb language plpgsql security definer set search_path = duty, pg_temp as $$
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
    select id, balance_minor + limit_minor as available, status, owner into a from account
    where administration = v_admin and kind = g.kind and code = g.account and currency = v_currency for no key update;
    if not found or a.status <> 'open' or a.owner <> all (v_holders) or a.available < g.need then return null; end if;
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
  insert into charge (subject_kind, subject_id, administration, reference, payer, holders, currency, key, lines, settled, total_minor, outstanding_minor, opened_at, updated_at)
  values (p ->> 'subjectKind', p ->> 'subjectId', v_admin, p ->> 'reference', p ->> 'payer', v_holders, v_currency, p ->> 'key', p -> 'lines', p -> 'lines', v_total, 0, v_at, v_at)
  on conflict on constraint charge_pkey do nothing;
  if not found then return null; end if;
  insert into posting (administration, kind, subject_kind, subject_id, reference, at)
  values (v_admin, 'charge', p ->> 'subjectKind', p ->> 'subjectId', p ->> 'reference', v_at) returning id into v_posting;
  insert into posting_line (posting_id, account_id, tax_type, amount_minor) select v_posting, x.id, x.tax, x.amount from unnest(v_ids, v_taxes, v_amounts) as x(id, tax, amount);
  return jsonb_build_object('postingId', v_posting, 'settled', p -> 'lines', 'shortfalls', '[]'::jsonb, 'total', v_total);
end $$;

create function duty.settle(p jsonb) returns jsonb language plpgsql security definer set search_path = duty, pg_temp as $$
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
begin
  if not exists (select from charge where subject_kind = p ->> 'subjectKind' and subject_id = p ->> 'subjectId') then
    v_first := settle_first(p);
    if v_first is not null then return v_first; end if;
  end if;

  insert into charge (subject_kind, subject_id, administration, reference, payer, holders, currency, key, lines, total_minor, outstanding_minor, opened_at, updated_at)
  values (p ->> 'subjectKind', p ->> 'subjectId', v_admin, p ->> 'reference', p ->> 'payer', array(select jsonb_array_elements_text(p -> 'holders')), v_currency, p ->> 'key', p -> 'lines', 0, 0, v_at, v_at)
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
          when a.owner <> all (c.holders) and not coalesce((p ->> 'sandbox')::boolean, false) then 'duty.account_foreign'
          when q.need > x.available then 'duty.cover_short' end as fault,
        case when q.need > 0 then greatest(0, q.need - greatest(0, coalesce(x.available, 0))) end as short
      from part q
      left join account a on q.kind <> 'immediate' and a.administration = v_admin and a.kind = q.kind and a.code = q.account and a.currency = v_currency
      cross join lateral (select case when q.kind = 'immediate'
        then (select coalesce(sum(r.amount_minor), 0) from receipt r where r.subject_kind = c.subject_kind and r.subject_id = c.subject_id and r.currency = v_currency) - q.borne
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

  update charge set lines = c.lines, settled = v_settled, shortfalls = v_shortfalls, total_minor = v_total,
    outstanding_minor = coalesce((select sum(s.required) from jsonb_to_recordset(v_shortfalls) as s(required bigint)), 0), updated_at = v_at
  where subject_kind = c.subject_kind and subject_id = c.subject_id;
  return jsonb_build_object('postingId', v_posting, 'settled', v_settled, 'shortfalls', v_shortfalls, 'total', v_total);
end $$;

revoke execute on function duty.settle(jsonb), duty.settle_first(jsonb), duty.take_in(jsonb), duty.internal_account(text, text, text, text, timestamptz), duty.keep_books() from public;
grant usage on schema duty to portcullis_app;
grant execute on function duty.settle(jsonb), duty.take_in(jsonb) to portcullis_app;
grant select on all tables in schema duty to portcullis_app;
-- balances, postings and charges change through the functions above and in no other way
grant insert (administration, kind, code, owner, currency, limit_minor, opened_at) on duty.account to portcullis_app;
grant update (limit_minor, status) on duty.account to portcullis_app;
grant insert, update on duty.payment, duty.receipt_counter, duty.provider to portcullis_app;
grant insert on duty.receipt, duty.provider_event, duty.desk_day to portcullis_app;
