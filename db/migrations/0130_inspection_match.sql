-- declared_goods: what was declared of a subject, version by version, as whoever owns the declaration says; none is ever changed
-- match: what a picture shows held against what was declared, by version; the newest counts, none is ever changed
-- image_goods: codes and shipper of what an image shows, where they are known: by these earlier images of the same trade are found
create table inspection.declared_goods (
  subject_kind text not null constraint declared_goods_kind check (subject_kind in ('declaration', 'container', 'parcel', 'bag', 'passenger')),
  subject_id text not null,
  version int not null constraint declared_goods_version check (version > 0),
  document jsonb not null,
  noted_by text not null,
  noted_at timestamptz not null,
  constraint declared_goods_pkey primary key (subject_kind, subject_id, version)
);

create table inspection.match (
  id uuid primary key,
  image_id uuid not null,
  -- A projected picture is of nobody's goods: nothing is said of it.
  is_tip boolean not null default false constraint match_never_tip check (not is_tip),
  at timestamptz not null,
  level text not null constraint match_level check (level in ('green', 'amber', 'red')),
  -- the one chapter that was declared, and what was measured: what later expectations are learned from
  chapter text,
  measured jsonb,
  document jsonb not null,
  constraint match_image foreign key (image_id, is_tip) references inspection.image (id, is_tip)
);
create index match_image_newest on inspection.match (image_id, at desc, id desc);
create index match_chapter on inspection.match (chapter, at desc) where measured is not null;

create table inspection.image_goods (
  image_id uuid primary key references inspection.image,
  -- six digits: what the whole world calls by one code
  codes text[] not null,
  consignor text,
  document jsonb not null,
  noted_at timestamptz not null
);
create index image_goods_codes on inspection.image_goods using gin (codes);
create index image_goods_consignor on inspection.image_goods (consignor) where consignor is not null;

grant select, insert on inspection.declared_goods, inspection.match to portcullis_app;
grant select, insert, update on inspection.image_goods to portcullis_app;
