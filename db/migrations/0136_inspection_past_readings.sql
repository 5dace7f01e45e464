-- source (of trial): the file or system that a reading was imported from; null for one made here. An imported reading belongs to no case.
alter table inspection.trial add column source text constraint trial_source_no_case check (source is null or case_id is null);
create index trial_imported on inspection.trial (source) where source is not null;
