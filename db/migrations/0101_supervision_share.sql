-- Several gateways may watch the same trips. watch: how many batches have been folded into a trip's alarms; who has not seen the last one
-- reads the trip anew. An alarm stands once, whoever found it first; checked at the end, because a batch may re-time several.
create table supervision.watch (
  trip_id uuid primary key references supervision.trip,
  seq bigint not null
) with (fillfactor = 50);
alter table supervision.episode
  add constraint episode_once exclude using btree (trip_id with =, kind with =, subject with =, opened_at with =)
  where (status in ('open', 'closed')) deferrable initially deferred;
grant select, insert, update on supervision.watch to portcullis_app;
