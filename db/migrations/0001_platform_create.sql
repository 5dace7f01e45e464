-- The role every process works as. It never owns a table, so grants bind it: see journal below.
do $$ begin
  if not exists (select from pg_roles where rolname = 'portcullis_app') then create role portcullis_app nologin; end if;
end $$;
grant portcullis_app to current_user;
grant usage on schema platform to portcullis_app;
grant select on platform.migration to portcullis_app;

-- The journal: one entry a decision. `body` is json, not jsonb, because the hash is taken over its very text.
create schema journal;
create table journal.entry (
  seq bigint generated always as identity,
  subject_kind text not null,
  subject_id text not null,
  version int not null check (version > 0),
  command text not null,
  command_key text,
  actor json not null,
  body json not null,
  reply json,
  at timestamptz not null,
  previous_hash bytea not null,
  hash bytea not null,
  -- lets the anchor know which entries can still appear below a given number
  written_by xid8 not null default pg_current_xact_id(),
  constraint entry_pkey primary key (seq),
  constraint entry_subject_version unique (subject_kind, subject_id, version)
);
create unique index entry_command_key on journal.entry (command_key) where command_key is not null;
create index entry_at on journal.entry using brin (at);
create index entry_written_by on journal.entry (written_by);

create table journal.anchor (
  number bigint primary key,
  from_xid xid8 not null,
  to_xid xid8 not null,
  entries bigint not null,
  root bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  at timestamptz not null
);

create function journal.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the journal is append-only'; end $$;
create trigger entry_append_only before update or delete on journal.entry for each row execute function journal.refuse_change();
create trigger entry_no_truncate before truncate on journal.entry for each statement execute function journal.refuse_change();
create trigger anchor_append_only before update or delete on journal.anchor for each row execute function journal.refuse_change();
create trigger anchor_no_truncate before truncate on journal.anchor for each statement execute function journal.refuse_change();

grant usage on schema journal to portcullis_app;
grant select, insert on journal.entry, journal.anchor to portcullis_app;
