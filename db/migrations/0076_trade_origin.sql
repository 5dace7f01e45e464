-- origin_scheme: an agreement or arrangement under which goods of some countries enter at a lower duty: proofs, cumulation, rules by code
create table trade.origin_scheme (
  administration text not null,
  id text not null,
  body jsonb not null,
  valid_from date not null,
  valid_to date,
  constraint origin_scheme_pkey primary key (administration, id, valid_from),
  constraint origin_scheme_range check (valid_to > valid_from)
);
grant select, insert on trade.origin_scheme to portcullis_app;
