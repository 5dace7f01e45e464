-- threshold_set: where a site draws its lines instead of where the model card does. Proposed by one person and put into force by another;
-- the newest in force of an office and item counts, and a withdrawn one gives the lines of the card back.
create table inspection.threshold_set (
  id uuid primary key,
  office text not null,
  item text not null constraint threshold_set_item check (item in ('bag', 'carton', 'cargo')),
  model text not null,
  review double precision not null,
  divert double precision not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_name text not null,
  proposed_at timestamptz not null,
  approved_by uuid,
  approved_name text,
  approved_at timestamptz,
  withdrawn_at timestamptz,
  constraint threshold_set_order check (0 <= review and review <= divert and divert <= 1),
  constraint threshold_set_four_eyes check (approved_by <> proposed_by),
  constraint threshold_set_approved check ((approved_by is null) = (approved_at is null))
);
create index threshold_set_office on inspection.threshold_set (office, item, approved_at desc);
grant select, insert, update on inspection.threshold_set to portcullis_app;
