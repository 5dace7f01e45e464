-- offence: what other modules have established against somebody (a carrier whose seal was cut and who was fined), heard by risk for its features;
--   one row for each time it was told, under the key of the teller
create table risk.offence (
  key text primary key,
  subject_kind text not null,
  subject_id text not null,
  source text not null,
  reference text not null,
  kind text not null,
  weight int not null constraint offence_weight check (weight between 1 and 10),
  amount_minor bigint,
  currency text,
  at timestamptz not null,
  constraint offence_amount check ((amount_minor is null) = (currency is null))
);
create index offence_subject on risk.offence (subject_kind, subject_id, at desc);
grant select, insert on risk.offence to portcullis_app;
