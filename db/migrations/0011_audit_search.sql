-- Search of the journal by person. A bloom filter per block range costs an insert next to nothing, where a tree would cost it as much
-- as the entry itself; a search then reads the ranges in which the person may have acted.
create index entry_person on journal.entry using brin ((actor ->> 'personId') text_bloom_ops) with (pages_per_range = 32);
