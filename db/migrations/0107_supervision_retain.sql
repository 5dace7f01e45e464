-- retention: how long frames and positions stay, and from what age on positions are thinned out; one row, changed by administrators
-- thinned_until: the first day that has not been thinned yet
create table supervision.retention (
  only_row boolean primary key default true constraint retention_one_row check (only_row),
  frames_days int not null default 400 constraint retention_frames check (frames_days between 90 and 36500),
  positions_days int not null default 1826 constraint retention_positions check (positions_days between 90 and 36500),
  thin_after_days int not null default 120 constraint retention_thin check (thin_after_days between 30 and 36500),
  thin_to_seconds int not null default 300 constraint retention_seconds check (thin_to_seconds between 10 and 3600),
  thinned_until date not null default date '2015-01-01',
  updated_at timestamptz not null default now()
);
insert into supervision.retention default values;
grant select, update on supervision.retention to portcullis_app;

-- Drops the months of a table that lie wholly before a day, and what lies among the others. A month in which a trip was armed that has
-- not ended stays: it may yet be evidence. Answers the names of what was dropped.
create function supervision.drop_months(p_table text, p_before date) returns setof text language plpgsql security definer set search_path = supervision, pg_temp as $$
declare
  v_part record;
  v_from date;
  v_column text := case p_table when 'position' then 'event_at' when 'raw_frame' then 'received_at' end;
begin
  if v_column is null then raise exception 'no such table of reports: %', p_table; end if;
  if p_before > current_date - 90 then raise exception 'what is younger than 90 days is not dropped'; end if;
  for v_part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ('supervision.' || p_table)::regclass and c.relname ~ ('^' || p_table || '_[0-9]{4}_[0-9]{2}$') order by 1
  loop
    v_from := to_date(right(v_part.relname, 7), 'YYYY_MM');
    continue when (v_from + interval '1 month')::date > p_before;
    continue when exists (
      select from supervision.trip t where t.status not in ('planned', 'discharged', 'cancelled', 'seized')
        and t.armed_at >= v_from - interval '1 month' and t.armed_at < v_from + interval '1 month');
    execute format('drop table supervision.%I', v_part.relname);
    return next v_part.relname;
  end loop;
  execute format('delete from supervision.%I where %I < $1', p_table || '_other', v_column) using p_before;
end $$;

-- Leaves of a day's plain positions one for each device and interval. Whatever tells of an alarm or of the lock stays, and so does every
-- record of a trip on which a critical alarm was raised.
create function supervision.thin_positions(p_day date, p_seconds int) returns bigint language plpgsql security definer set search_path = supervision, pg_temp as $$
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
        where p.device_id in (t.seal_id, t.truck_id) and t.armed_at - interval '1 hour' <= p.event_at and p.event_at <= t.updated_at + interval '1 day')
  )
  delete from supervision.position p using plain
    where plain.place > 1 and p.device_id = plain.device_id and p.event_at = plain.event_at and p.hash = plain.hash;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
revoke all on function supervision.drop_months(text, date), supervision.thin_positions(date, int) from public;
grant execute on function supervision.drop_months(text, date), supervision.thin_positions(date, int) to portcullis_app;
