-- A unit that no longer exists stays for the cases it was sent to; it is listed and sent no more.
alter table supervision.unit add column retired_at timestamptz;
