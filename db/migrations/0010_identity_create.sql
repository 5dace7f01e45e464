-- Who may act, for whom, and since when. Secrets lie here only as hashes (passwords argon2id, tokens SHA-256), but for the shared
-- secret of a one-time password generator, which both sides need as it is.
create schema identity;

create table identity.organisation (
  id uuid not null,
  registration text not null,
  name text not null,
  kinds text[] not null,
  street text not null default '',
  city text not null default '',
  postcode text not null default '',
  country text not null,
  email text not null default '',
  status text not null default 'active',
  registered_at timestamptz not null,
  constraint organisation_pkey primary key (id),
  constraint organisation_registration unique (registration),
  constraint organisation_registration_form check (registration ~ '^[A-Z]{2}[A-Z0-9]{1,15}$'),
  constraint organisation_kinds check (cardinality(kinds) between 1 and 5 and kinds <@ array['trader', 'broker', 'carrier', 'customs', 'agency']),
  constraint organisation_country check (country ~ '^[A-Z]{2}$'),
  constraint organisation_status check (status in ('active', 'suspended', 'ended'))
);
create index organisation_name on identity.organisation (lower(name) text_pattern_ops);

create table identity.person (
  id uuid not null,
  name text not null,
  email text not null,
  organisation_id uuid,
  home_office text,
  language text not null default 'en',
  status text not null default 'invited',
  joined_at timestamptz not null,
  ended_at timestamptz,
  constraint person_pkey primary key (id),
  constraint person_organisation foreign key (organisation_id) references identity.organisation (id),
  constraint person_email_form check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  constraint person_office_form check (home_office ~ '^[A-Z]{2}[A-Z0-9]{6}$'),
  constraint person_status check (status in ('invited', 'active', 'ended')),
  constraint person_ended check ((status = 'ended') = (ended_at is not null))
);
-- a leaver's address may be given to a successor
create unique index person_email on identity.person (email) where status <> 'ended';
create index person_organisation_id on identity.person (organisation_id);

create table identity.role_assignment (
  id uuid not null,
  person_id uuid not null,
  role text not null,
  -- the office the role holds at; none means the whole country, or, for a trader's role, the person's organisation
  office text,
  valid_from date not null,
  valid_to date,
  constraint role_assignment_pkey primary key (id),
  constraint role_assignment_person foreign key (person_id) references identity.person (id),
  constraint role_assignment_role check (role in ('trader', 'broker', 'officer', 'examiner', 'supervisor', 'cashier', 'exit-officer', 'auditor', 'administrator')),
  constraint role_assignment_office_form check (office ~ '^[A-Z]{2}[A-Z0-9]{6}$'),
  constraint role_assignment_range check (valid_to >= valid_from)
);
create index role_assignment_person_id on identity.role_assignment (person_id);

create table identity.mandate (
  id uuid not null,
  from_organisation uuid not null,
  to_organisation uuid not null,
  scope text not null,
  valid_from date not null,
  valid_to date,
  given_at timestamptz not null,
  ended_at timestamptz,
  constraint mandate_pkey primary key (id),
  constraint mandate_from foreign key (from_organisation) references identity.organisation (id),
  constraint mandate_to foreign key (to_organisation) references identity.organisation (id),
  constraint mandate_sides check (from_organisation <> to_organisation),
  constraint mandate_scope check (scope in ('import', 'export', 'all')),
  constraint mandate_range check (valid_to >= valid_from)
);
create index mandate_from_organisation on identity.mandate (from_organisation);
create index mandate_to_organisation on identity.mandate (to_organisation);

create table identity.credential (
  person_id uuid not null,
  password_hash text not null,
  changed_at timestamptz not null,
  constraint credential_pkey primary key (person_id),
  constraint credential_person foreign key (person_id) references identity.person (id)
);

-- one-time link with which an invited person (or one who lost everything) sets a password
create table identity.invitation (
  person_id uuid not null,
  token_hash bytea not null,
  ends_at timestamptz not null,
  constraint invitation_pkey primary key (person_id),
  constraint invitation_token unique (token_hash),
  constraint invitation_person foreign key (person_id) references identity.person (id)
);

create table identity.totp (
  person_id uuid not null,
  secret text not null,
  confirmed_at timestamptz,
  -- the time step of the last code taken; this and earlier ones are refused (RFC 6238, 5.2)
  last_step bigint not null default 0,
  constraint totp_pkey primary key (person_id),
  constraint totp_person foreign key (person_id) references identity.person (id)
);

create table identity.recovery_code (
  person_id uuid not null,
  code_hash bytea not null,
  constraint recovery_code_pkey primary key (person_id, code_hash),
  constraint recovery_code_person foreign key (person_id) references identity.person (id)
);

create table identity.session (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  device_hash bytea not null,
  user_agent text not null,
  office text,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  stepped_up_until timestamptz,
  ended_at timestamptz,
  constraint session_pkey primary key (id),
  constraint session_token unique (token_hash),
  constraint session_person foreign key (person_id) references identity.person (id)
);
create index session_person_id on identity.session (person_id);
create index session_ends_at on identity.session (ends_at);

create table identity.api_key (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  last_used_at timestamptz,
  ended_at timestamptz,
  constraint api_key_pkey primary key (id),
  constraint api_key_token unique (token_hash),
  constraint api_key_person foreign key (person_id) references identity.person (id)
);
create index api_key_person_id on identity.api_key (person_id);

-- failures of late, by account and by network address (hashed: it is personal data); unlogged, because a crash may forgive them
create unlogged table identity.attempt (
  bucket text not null,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null,
  constraint attempt_pkey primary key (bucket)
);

grant usage on schema identity to portcullis_app;
grant select, insert, update on all tables in schema identity to portcullis_app;
grant delete on identity.credential, identity.invitation, identity.totp, identity.recovery_code, identity.session, identity.api_key, identity.attempt to portcullis_app;
