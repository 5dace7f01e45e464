-- match_alert: what was declared, or declared anew, after people were done with a case, is not what its image shows. Their decision stays as it is;
-- whoever oversees the image room is told, and says what became of it. Once for each version of a declaration
create table inspection.match_alert (
  id uuid primary key,
  image_id uuid not null references inspection.image,
  case_id uuid not null references inspection.image_case,
  match_id uuid not null references inspection.match,
  office text not null,
  reference text not null,
  version int not null,
  raised_at timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  remarks text,
  constraint match_alert_once unique (image_id, reference, version),
  constraint match_alert_acknowledged check ((acknowledged_at is null) = (acknowledged_by is null) and (acknowledged_at is null) = (remarks is null))
);
create index match_alert_list on inspection.match_alert (office, raised_at desc);
create index match_alert_case on inspection.match_alert (case_id);
create index match_alert_match on inspection.match_alert (match_id);

grant select, insert, update on inspection.match_alert to portcullis_app;
