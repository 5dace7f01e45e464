-- The key of the draws is chance itself (two random UUIDs, 244 bits) and is made where it stays.
insert into risk.draw_key (secret) select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex') where not exists (select from risk.draw_key);
