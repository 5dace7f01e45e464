-- trip_seal: a master seal's time on a trip. A trip has one to six at once, of any make · place: where it sits on the vehicle · number: its line in
--   the plan, kept by whatever replaces it · since: -infinity where it was there from the start · until: another took its place, or the trip is
--   over; null while it is on it, and then on no other
-- episode.part_of: the device that tells of a subject that is only a part of it · ended_by: over for another reason than its own end or an officer's word
create table supervision.trip_seal (
  trip_id uuid not null references supervision.trip,
  seal_id text not null references supervision.device,
  place text,
  number int not null,
  since timestamptz not null,
  until timestamptz,
  constraint trip_seal_pkey primary key (trip_id, seal_id, since),
  constraint trip_seal_span check (until is null or since <= until)
);
insert into supervision.trip_seal (trip_id, seal_id, number, since, until)
  select t.id, f.seal ->> 'sealId', 1, case when f.n = 1 then '-infinity' else (f.seal ->> 'from')::timestamptz end, (f.seal ->> 'until')::timestamptz
  from supervision.trip t cross join lateral jsonb_array_elements(coalesce(t.state -> 'formerSeals', '[]'::jsonb)) with ordinality as f(seal, n);
insert into supervision.trip_seal (trip_id, seal_id, number, since, until)
  select t.id, t.seal_id, 1, coalesce((t.state -> 'formerSeals' -> -1 ->> 'until')::timestamptz, '-infinity'),
    case when t.status in ('discharged', 'cancelled', 'seized') then greatest(t.updated_at, (t.state -> 'formerSeals' -> -1 ->> 'until')::timestamptz) end
  from supervision.trip t;

-- The same in what is folded from the journal: see src/modules/supervision/trip/earlier.ts.
update supervision.trip t set state = (t.state - 'sealId') || jsonb_build_object(
  'seals', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('sealId', t.seal_id, 'since', t.state -> 'formerSeals' -> -1 ->> 'until'))))
  || case when jsonb_typeof(t.state -> 'arming') = 'object' then jsonb_build_object('arming', (t.state -> 'arming') || jsonb_build_object('missing',
    (select coalesce(jsonb_agg(jsonb_build_object('sealId', t.seal_id, 'code', m)), '[]'::jsonb) from jsonb_array_elements(t.state -> 'arming' -> 'missing') m)))
    else '{}'::jsonb end
  || case when t.state ? 'formerSeals' then jsonb_build_object('formerSeals', (
    select jsonb_agg(f.seal || jsonb_build_object('replacedBy', coalesce(t.state -> 'formerSeals' -> f.n::int ->> 'sealId', t.seal_id)) order by f.n)
    from jsonb_array_elements(t.state -> 'formerSeals') with ordinality as f(seal, n))) else '{}'::jsonb end;

drop index supervision.trip_seal_once;
create unique index trip_seal_once on supervision.trip_seal (seal_id) where until is null;
create index trip_seal_seal on supervision.trip_seal (seal_id);

-- Kept for what was on a trip at that time, whichever seal it was.
create or replace function supervision.thin_positions(p_day date, p_seconds int) returns bigint language plpgsql security definer set search_path = supervision, pg_temp as $$
declare v_count bigint;
begin
  if p_day > current_date - 30 then raise exception 'what is younger than 30 days is not thinned'; end if;
  with plain as (
    select p.device_id, p.event_at, p.hash,
      row_number() over (partition by p.device_id, date_bin(make_interval(secs => p_seconds), p.event_at, timestamptz '2000-01-01') order by p.event_at, p.hash) as place
    from supervision.position p
    where p.event_at >= p_day and p.event_at < p_day + 1 and p.kind = 'position' and p.alarms = ''
      and not exists (
        select from supervision.trip t join supervision.episode e on e.trip_id = t.id and e.severity = 'critical'
        where (p.device_id = t.truck_id or exists (select from supervision.trip_seal s where s.trip_id = t.id and s.seal_id = p.device_id))
          and t.armed_at - interval '1 hour' <= p.event_at and p.event_at <= t.updated_at + interval '1 day')
  )
  delete from supervision.position p using plain
    where plain.place > 1 and p.device_id = plain.device_id and p.event_at = plain.event_at and p.hash = plain.hash;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
alter table supervision.trip drop column seal_id;

-- What follows from the way is of the whole trip, whichever of its seals shows it.
alter table supervision.episode
  add column part_of text,
  add column ended_by text constraint episode_ended_by check (ended_by in ('seal-replaced'));
update supervision.episode e set subject = 'trip' where kind in ('ROUTE_DEVIATION', 'UNAUTHORISED_STOP', 'SPEEDING', 'REVERSE')
  and exists (select from supervision.trip_seal s where s.trip_id = e.trip_id and s.seal_id = e.subject);
grant select, insert, update on supervision.trip_seal to portcullis_app;
