-- A provider of logins (OpenID Connect) that a SEL has for its own people. Its accounts open logins
-- that have this SEL alone: what it says counts here, and nowhere else.
create table login_provider (
  association_id uuid not null references association,
  login_provider_id uuid not null,
  -- What people call it.
  name text not null check (length(name) between 1 and 40),
  issuer text not null check (length(issuer) between 1 and 500),
  client_id text not null check (length(client_id) between 1 and 255),
  -- Sealed under the key of the SEL; none for a client that has none.
  secret_sealed bytea,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (association_id, login_provider_id),
  foreign key (association_id, created_by) references member,
  constraint one_provider_an_issuer unique (association_id, issuer)
);
alter table login_provider enable row level security;
alter table login_provider force row level security;
create policy own on login_provider to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (secret_sealed), delete on login_provider to saline_member;

-- Whose accounts go with a provider that is taken away.
create index external_login_by_provider on external_login (provider);
