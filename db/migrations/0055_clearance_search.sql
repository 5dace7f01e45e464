-- the search of the shell finds a declaration by a container; declarations without one do not enter the index
create index declaration_container on clearance.declaration using gin (jsonb_path_query_array(state, '$.document.containers[*].id') jsonb_path_ops)
  where jsonb_path_exists(state, '$.document.containers[*].id');
