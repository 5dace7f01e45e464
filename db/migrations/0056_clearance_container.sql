-- A container is a reference like any other by which goods are found: a row of its own costs a release less than an expression
-- index that reads the whole state at every change.
drop index clearance.declaration_container;
alter table clearance.reference drop constraint reference_kind;
alter table clearance.reference add constraint reference_kind check (kind in ('DUCR', 'MUCR', 'container'));
insert into clearance.reference (declaration_id, reference, kind)
  select distinct d.id, upper(replace(k ->> 'id', ' ', '')), 'container' from clearance.declaration d, jsonb_array_elements(d.state #> '{document,containers}') k where k ->> 'id' <> '';
