-- Passkeys (WebAuthn): a key that a device keeps, and lets out to nobody but the place it was made
-- for. Here is its public half; it opens a login, and is both proofs at once.
create table passkey (
  passkey_id uuid primary key,
  identity_id uuid not null references identity,
  -- What the authenticator calls it; an authenticator never calls two by the same name.
  credential_id bytea not null check (length(credential_id) between 1 and 1023),
  -- The relying party: the domain whose pages may ask for it.
  place text not null check (length(place) between 1 and 253),
  -- What its owner knows it by.
  name text not null check (length(name) between 1 and 60),
  key jsonb not null,
  added_at timestamptz not null,
  seen_at timestamptz,
  constraint one_key_a_credential unique (credential_id)
);
create index passkey_by_identity on passkey (identity_id, added_at);
grant select, insert, update (key, seen_at), delete on passkey to saline_door;

-- 'passkey' is a question that a device was asked, until it answers.
alter table token drop constraint purpose_is_known;
alter table token add constraint purpose_is_known check (
  purpose in ('opening', 'login', 'welcome', 'invitation', 'ticket', 'joining', 'second', 'external',
              'linking', 'code', 'passkey'));
