-- A program on something without a keyboard asks for access: somebody types its short code elsewhere
-- (RFC 8628).
create table device_request (
  association_id uuid not null references association,
  device_request_id uuid not null,
  -- Eight letters, told apart by everybody.
  user_code text collate "C" not null,
  name text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  polled_at timestamptz,
  -- Who answered, and with which login.
  member_id uuid,
  identity_id uuid,
  answered_at timestamptz,
  allowed boolean,
  used_at timestamptz,
  primary key (association_id, device_request_id),
  foreign key (association_id, member_id) references member,
  constraint answer_is_whole check ((answered_at is null) = (allowed is null)),
  constraint who_allows_is_known check (allowed is not true or (member_id is not null and identity_id is not null))
);
create unique index one_request_a_code on device_request (association_id, user_code);
alter table device_request enable row level security;
alter table device_request force row level security;
create policy own on device_request to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, delete,
  update (polled_at, member_id, identity_id, answered_at, allowed, used_at)
  on device_request to saline_member;

-- 'code' stands for an access that a program fetches.
alter table token drop constraint purpose_is_known;
alter table token add constraint purpose_is_known check (
  purpose in ('opening', 'login', 'welcome', 'invitation', 'ticket', 'joining', 'second', 'external',
              'linking', 'code'));
