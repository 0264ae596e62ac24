-- What members let programs do in their name. The program shows a secret of which its SHA-256 is kept.
create table access (
  association_id uuid not null references association,
  access_id uuid not null,
  member_id uuid not null,
  -- The login that gave it: it ends with that, as sessions do.
  identity_id uuid not null,
  secret_hash bytea not null,
  name text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  seen_at timestamptz,
  revoked_at timestamptz,
  primary key (association_id, access_id),
  foreign key (association_id, member_id) references member,
  constraint a_secret_opens_one_access unique (association_id, secret_hash),
  constraint access_has_a_name check (length(name) between 1 and 60),
  constraint access_allows_something check (cardinality(permissions) between 1 and 20)
);
create index access_of_member on access (association_id, member_id, created_at desc);
alter table access enable row level security;
alter table access force row level security;
create policy own on access to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (seen_at, revoked_at) on access to saline_member;
