-- An alarm is taken up by somebody, who says what is being done, before it is dealt with; both stand with it.
alter table risk.alarm
  add column acknowledged_at timestamptz,
  add column acknowledged_by text,
  add column acknowledged_name text,
  add column acknowledged_remark text,
  add column closed_name text,
  add column closed_remark text,
  add constraint alarm_acknowledged check ((acknowledged_at is null) = (acknowledged_remark is null));
