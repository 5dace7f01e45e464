-- authorisation: the standing of an authorised economic operator (UCC Art. 38): for customs simplifications (AEOC), for security and safety
--   (AEOS) or both (AEOF); state is the fold of its journal · holder: registration of the organisation · asked_by: who proposed what waits
--   for a second person
create schema compliance;
create table compliance.authorisation (
  id uuid primary key,
  kind text not null constraint authorisation_kind check (kind in ('AEOC', 'AEOS', 'AEOF')),
  holder text not null,
  status text not null constraint authorisation_status check (status in ('proposed', 'refused', 'granted', 'suspended', 'revoked')),
  valid_from date not null,
  valid_to date,
  state jsonb not null,
  updated_at timestamptz not null,
  constraint authorisation_validity check (valid_to is null or valid_to >= valid_from)
);
create index authorisation_holder on compliance.authorisation (holder, status);
-- Of a kind one authorisation is enough; another is proposed when the one before has ended.
create unique index authorisation_once on compliance.authorisation (holder, kind) where status in ('proposed', 'granted', 'suspended');
grant usage on schema compliance to portcullis_app;
grant select, insert, update on compliance.authorisation to portcullis_app;
