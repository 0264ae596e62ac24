-- A second proof beside the password or the mailed link: a code that an application shows, or one of
-- the spare codes. The secret is sealed under the master key of the host; it is in force since the
-- first code that was right. No code is taken twice: the step of the last one is kept.
alter table identity
  add column second_sealed bytea,
  add column second_since timestamptz,
  add column second_step bigint,
  add constraint second_has_a_secret check (second_since is null or second_sealed is not null);
grant update (second_sealed, second_since, second_step) on identity to saline_door;

-- What opens once where the application is lost. The page shows the codes, this table has their
-- SHA-256.
create table spare_code (
  identity_id uuid not null references identity,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (identity_id, code_hash)
);
grant select, insert, update (used_at), delete on spare_code to saline_door;

alter table token drop constraint purpose_is_known;
alter table token add constraint purpose_is_known check (
  purpose in ('opening', 'login', 'welcome', 'invitation', 'ticket', 'joining', 'second'));
