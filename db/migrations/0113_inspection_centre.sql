-- image_case: one image as a case of the image centre; `state` is the fold of its journal, the columns are what queues and constraints read
-- claim (columns of image_case): a reader's lease; one that has run out binds nobody · reading: one look of one person, never changed
-- reader: who reads, for which team, trained for which items, and how long without a rest · trial: one item judged by one reader or model
-- setting: how an office weighs and draws · draw_key: the key of the lots · tip_item: a picture with a projected object · tip_rate: how often
-- turn_at: deadline brought forward by risk; the queue is sorted by it, so nothing starves
create table inspection.image_case (
  id uuid primary key,
  image_id uuid not null,
  is_tip boolean not null,
  subject_kind text not null,
  subject_id text not null,
  item text not null,
  office text not null,
  status text not null constraint image_case_status check
    (status in ('awaiting-ai', 'auto-cleared', 'first-reading', 'second-reading', 'adjudication', 'decided', 'opened', 'closed')),
  origin text not null constraint image_case_origin check (origin in ('real', 'tip', 'simulated')),
  risk_score int not null constraint image_case_risk check (risk_score between 0 and 100),
  turn_at timestamptz not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  operator_id uuid,
  tray_id text,
  movement text,
  outcome text constraint image_case_outcome check (outcome in ('clear', 'suspect')),
  opened boolean not null default false,
  claimed_by uuid,
  claimed_name text,
  claimed_at timestamptz,
  claimed_until timestamptz,
  state jsonb not null,
  updated_at timestamptz not null,
  constraint image_case_image foreign key (image_id, is_tip) references inspection.image (id, is_tip),
  constraint image_case_tip unique (id, is_tip),
  -- A projected picture is practice: no decision, no opening, no state in which one could follow.
  constraint image_case_tip_decides_nothing check
    (not is_tip or (outcome is null and not opened and status in ('awaiting-ai', 'first-reading', 'closed') and state ->> 'opening' is null and state ->> 'decision' is null)),
  constraint image_case_claim check ((claimed_by is null) = (claimed_until is null))
);
-- An image is one case; a projected one is shown to many readers, a case each.
create unique index image_case_once on inspection.image_case (image_id) where not is_tip;
create index image_case_queue on inspection.image_case (turn_at, id) where status in ('first-reading', 'second-reading', 'adjudication');
create index image_case_list on inspection.image_case (office, created_at desc);
create index image_case_subject on inspection.image_case (subject_kind, subject_id, created_at desc);
create index image_case_tray on inspection.image_case (office, tray_id, created_at desc);

create table inspection.reading (
  case_id uuid not null,
  round int not null constraint reading_round check (round between 1 and 3),
  person_id uuid not null,
  operator_id uuid,
  decision text not null constraint reading_decision check (decision in ('clear', 'suspect')),
  ms int not null,
  at timestamptz not null,
  constraint reading_pkey primary key (case_id, round),
  -- Nobody reads twice, so nobody checks himself; and whoever took the picture does not read it.
  constraint reading_once_each unique (case_id, person_id),
  constraint reading_not_by_operator check (person_id <> operator_id),
  constraint reading_case foreign key (case_id) references inspection.image_case
);
-- Whoever writes, the operator is that of the case.
create function inspection.fill_operator() returns trigger language plpgsql as $$
begin
  new.operator_id := (select operator_id from inspection.image_case where id = new.case_id);
  return new;
end $$;
create trigger reading_operator before insert on inspection.reading for each row execute function inspection.fill_operator();

create table inspection.reader (
  person_id uuid primary key,
  name text not null,
  team text not null constraint reader_team check (team in ('senior', 'intermediate', 'trainee')),
  items text[] not null,
  simulated boolean not null default false,
  viewing_since timestamptz,
  viewed_at timestamptz,
  rest_until timestamptz,
  updated_at timestamptz not null
);

create table inspection.trial (
  id uuid primary key,
  reader text not null,
  reader_name text not null,
  team text not null constraint trial_team check (team in ('ai', 'senior', 'intermediate', 'trainee')),
  simulated_reader boolean not null,
  origin text not null constraint trial_origin check (origin in ('real', 'tip', 'simulated')),
  item_id text not null,
  category text,
  threat boolean not null,
  alarm boolean not null,
  rating double precision not null,
  assisted boolean not null,
  ms int not null,
  case_id uuid references inspection.image_case,
  at timestamptz not null,
  constraint trial_once unique (reader, item_id, origin)
);
create index trial_column on inspection.trial (origin, at desc);
create index trial_reader on inspection.trial (reader, at desc);

create table inspection.setting (
  office text primary key,
  document jsonb not null,
  heard_at timestamptz,
  updated_at timestamptz not null
);
create table inspection.draw_key (
  secret bytea not null constraint draw_key_length check (length(secret) = 32),
  created_at timestamptz not null default now()
);
insert into inspection.draw_key (secret) select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

create table inspection.tip_item (
  id uuid primary key,
  image_id uuid not null,
  is_tip boolean not null default true constraint tip_item_is_tip check (is_tip),
  origin text not null constraint tip_item_origin check (origin in ('tip', 'simulated')),
  category text not null,
  threat boolean not null,
  difficulty int not null constraint tip_item_difficulty check (difficulty between 1 and 5),
  angle_deg int not null constraint tip_item_angle check (angle_deg between 0 and 359),
  retired boolean not null default false,
  added_at timestamptz not null,
  constraint tip_item_once unique (image_id),
  constraint tip_item_image foreign key (image_id, is_tip) references inspection.image (id, is_tip)
);
create table inspection.tip_rate (
  category text not null,
  shift text not null constraint tip_rate_shift check (shift in ('early', 'late', 'night')),
  per_hundred double precision not null constraint tip_rate_share check (per_hundred between 0 and 50),
  updated_at timestamptz not null,
  constraint tip_rate_pkey primary key (category, shift)
);

grant select, insert, update on inspection.image_case, inspection.reader, inspection.setting, inspection.tip_item, inspection.tip_rate to portcullis_app;
grant select, insert on inspection.reading, inspection.trial to portcullis_app;
grant select on inspection.draw_key to portcullis_app;
