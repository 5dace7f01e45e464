-- A transit is a declaration of its own: goods under way to another office, under a guarantee, until they are presented there.
alter table clearance.declaration drop constraint declaration_regime,
  add constraint declaration_regime check (regime in ('import', 'export', 'transit'));
