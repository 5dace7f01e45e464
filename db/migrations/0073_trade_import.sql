-- import_row.kind: what was read of a line: taken, refused or ignored; refused and ignored rows stay for the person who looks at the import
alter table trade.import_row add column kind text not null default 'taken';
alter table trade.import_row add constraint import_row_kind check (kind in ('taken', 'refused', 'ignored'));
alter table trade.import_row drop constraint import_row_pkey;
alter table trade.import_row add column number int not null;
alter table trade.import_row add constraint import_row_pkey primary key (import_id, number);
