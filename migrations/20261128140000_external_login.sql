-- Logins elsewhere (OpenID Connect) that open one of ours. What the provider calls somebody is kept,
-- never an address to be recognised by.
create table external_login (
  external_login_id uuid primary key,
  identity_id uuid not null references identity,
  -- The key of a provider of the platform.
  provider text not null check (length(provider) between 1 and 60),
  -- What that called itself then: another one under the same key knows other people.
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  -- What its owner knows it by: an address, mostly.
  label text not null check (length(label) <= 320),
  linked_at timestamptz not null,
  seen_at timestamptz not null,
  constraint one_login_an_account unique (provider, issuer, subject)
);
create index external_login_by_identity on external_login (identity_id, linked_at);
grant select, insert, update (seen_at, label), delete on external_login to saline_door;

-- 'external' is a dance under way with a provider; 'linking' an account elsewhere that opens nothing
-- yet, until somebody logs in as they are used to.
alter table token drop constraint purpose_is_known;
alter table token add constraint purpose_is_known check (
  purpose in ('opening', 'login', 'welcome', 'invitation', 'ticket', 'joining', 'second', 'external',
              'linking'));
