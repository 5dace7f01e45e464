-- scanner: a machine that makes images · image: one image, with its subject and its files by hash; the bytes lie in the file store
-- finding: what a model said of an image; the newest counts, none is ever changed
-- evidence: an image that a decision with legal effect rests on. A TIP image, into which a threat was projected, can never be one:
--   is_tip is part of the key that is referred to, and evidence accepts only false.
create schema inspection;

create table inspection.scanner (
  id text primary key,
  name text not null,
  office text not null,
  vendor text not null,
  model text not null,
  item text not null constraint scanner_item check (item in ('bag', 'carton', 'cargo')),
  adapter text not null,
  mm_per_px double precision constraint scanner_mm_per_px check (mm_per_px > 0),
  active boolean not null,
  updated_at timestamptz not null
);

create table inspection.image (
  id uuid primary key,
  subject_kind text not null constraint image_subject_kind check (subject_kind in ('declaration', 'container', 'parcel', 'bag', 'passenger')),
  subject_id text not null,
  item text not null constraint image_item check (item in ('bag', 'carton', 'cargo')),
  scanner_id text not null references inspection.scanner,
  office text not null,
  taken_at timestamptz not null,
  received_at timestamptz not null,
  operator text not null,
  origin text not null constraint image_origin check (origin in ('real', 'tip', 'simulated')),
  is_tip boolean not null constraint image_tip_is_tip check (is_tip or origin <> 'tip'),
  modality text not null constraint image_modality check (modality in ('colour', 'grey', 'dual-energy', 'volume')),
  width_px int not null,
  height_px int not null,
  depth_bits int not null constraint image_depth check (depth_bits in (8, 16)),
  state jsonb not null,
  constraint image_tip unique (id, is_tip)
);
create index image_subject on inspection.image (subject_kind, subject_id, taken_at desc);
create index image_office on inspection.image (office, received_at desc);

create table inspection.finding (
  id uuid primary key,
  image_id uuid not null references inspection.image,
  at timestamptz not null,
  model text,
  verdict text not null constraint finding_verdict check (verdict in ('clear', 'review', 'divert')),
  score double precision not null constraint finding_score check (score between 0 and 1),
  ms double precision not null,
  document jsonb not null,
  constraint finding_no_model_no_clear check (model is not null or verdict <> 'clear')
);
create index finding_image on inspection.finding (image_id, at desc, id desc);

create table inspection.evidence (
  image_id uuid not null,
  is_tip boolean not null default false constraint evidence_never_tip check (not is_tip),
  decision text not null,
  bound_by text not null,
  bound_at timestamptz not null,
  constraint evidence_pkey primary key (image_id, decision),
  constraint evidence_image foreign key (image_id, is_tip) references inspection.image (id, is_tip)
);

grant usage on schema inspection to portcullis_app;
grant select, insert, update on inspection.scanner to portcullis_app;
-- What a scanner delivered, what a model said and what a decision rests on is written once.
grant select, insert on inspection.image, inspection.finding, inspection.evidence to portcullis_app;
