-- profile: a criterion with the lane and control its hit opens · setting: share of subjects drawn by chance · draw_key: key of the HMAC draws
create schema risk;
create table risk.profile (
  code text primary key,
  body jsonb not null,
  version int not null default 1 check (version > 0)
);
create table risk.setting (
  administration text primary key,
  random_rate numeric(5, 4) not null constraint random_rate_share check (random_rate between 0 and 1)
);
create table risk.draw_key (secret bytea not null check (length(secret) >= 32), created_at timestamptz not null default now());
grant usage on schema risk to portcullis_app;
grant select, insert, update, delete on risk.profile, risk.setting to portcullis_app;
grant select, insert on risk.draw_key to portcullis_app;
