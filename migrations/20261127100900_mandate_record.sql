-- A member lets another act in their name, on paper; either may end it.
create table mandate (
  association_id uuid not null references association,
  mandate_id uuid not null,
  member_id uuid not null,
  proxy_id uuid not null,
  signed_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (association_id, mandate_id),
  foreign key (association_id, member_id) references member,
  foreign key (association_id, proxy_id) references member,
  foreign key (association_id, recorded_by) references member,
  foreign key (association_id, revoked_by) references member,
  constraint nobody_is_their_own_proxy check (member_id <> proxy_id)
);
create unique index one_mandate_at_a_time on mandate (association_id, proxy_id, member_id)
  where revoked_at is null;
create index mandate_of_member on mandate (association_id, member_id) where revoked_at is null;
alter table mandate enable row level security;
alter table mandate force row level security;
create policy own on mandate to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (revoked_at, revoked_by) on mandate to saline_member;
