-- Which roles there are is said by one table, src/modules/identity/roles.ts, which every command checks before it writes. Here only the
-- form is checked, so that a new role needs no new migration.
alter table identity.role_assignment
  drop constraint role_assignment_role,
  add constraint role_assignment_role check (role ~ '^[a-z]+(-[a-z]+){0,3}$');
