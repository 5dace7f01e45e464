-- past_examination: what an older system examined and found, one row a goods item, imported so that the first model need not wait for years;
--   cells: what was declared, by the column names that training reads. Its chance of being examined is unknown, so no estimate rests on it.
create table risk.past_examination (
  administration text not null,
  reference text not null,
  item int not null constraint past_examination_item check (item > 0),
  declared_on date not null,
  result text not null constraint past_examination_result check (result in ('none', 'minor', 'major', 'critical')),
  cells jsonb not null,
  source text not null,
  imported_by text not null,
  imported_name text not null,
  imported_at timestamptz not null,
  constraint past_examination_pkey primary key (administration, reference, item)
);
create index past_examination_declared on risk.past_examination (administration, declared_on);
grant select, insert, update on risk.past_examination to portcullis_app;
