-- Logins, members, those who ask to become one, and what a door needs to let them in.

-- A login. Its address is not unique: couples share a mailbox, the member number tells them apart.
create table identity (
  identity_id uuid primary key,
  email text collate "C",
  password_hash text,
  created_at timestamptz not null,
  constraint email_is_lower_case check (email = lower(email))
);
create index identity_by_email on identity (email);
grant select, insert, update (email, password_hash) on identity to saline_door;

create table member (
  association_id uuid not null references association,
  member_id uuid not null,
  number integer not null,
  identity_id uuid references identity,
  first_name text not null,
  last_name text not null default '',
  folded_name text collate "C" not null,
  folded_last text collate "C" not null default '',
  email text,
  phone text,
  place text,
  about text,
  language text not null default 'fr',
  rights text[] not null default '{}',
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (association_id, member_id),
  constraint number_is_never_reused unique (association_id, number),
  constraint number_is_positive check (number > 0),
  constraint member_has_a_name check (first_name <> ''),
  constraint language_is_known check (language in ('fr', 'en'))
);
create index member_by_name on member (association_id, folded_name, number);
create index member_by_last on member (association_id, folded_last, number);
create index member_by_identity on member (identity_id);
alter table member enable row level security;
alter table member force row level security;
create policy own on member to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert,
  update (identity_id, first_name, last_name, folded_name, folded_last, email, phone, place, about,
          language, rights, left_at)
  on member to saline_member;

-- Numbers go up and never come back.
create function take_member_number() returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare taken integer;
begin
  update setting set next_number = next_number + 1
    where association_id = current_association() returning next_number - 1 into taken;
  if taken is null then raise exception 'no association is current'; end if;
  return taken;
end $$;
revoke all on function take_member_number() from public;
grant execute on function take_member_number() to saline_member;

-- The public count follows the members by itself.
create function count_members() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare step integer := case when tg_op = 'INSERT' then 1
                             when old.left_at is null and new.left_at is not null then -1
                             when old.left_at is not null and new.left_at is null then 1
                             else 0 end;
  moved integer;
begin
  if step <> 0 then
    update association set member_count = member_count + step
      where association_id = new.association_id;
    get diagnostics moved = row_count;
    if moved <> 1 then raise exception 'the association of a member was not counted'; end if;
  end if;
  return new;
end $$;
revoke all on function count_members() from public;
create trigger count_members after insert or update of left_at on member
  for each row execute function count_members();

-- Someone asks to join. It becomes a member when accepted.
create table application (
  association_id uuid not null references association,
  application_id uuid not null,
  first_name text not null,
  last_name text not null default '',
  email text,
  phone text,
  place text,
  about text,
  language text not null default 'fr',
  sponsor_id uuid,
  asked_at timestamptz not null,
  accepted_at timestamptz,
  refused_at timestamptz,
  decided_by uuid,
  member_id uuid,
  primary key (association_id, application_id),
  foreign key (association_id, sponsor_id) references member,
  foreign key (association_id, decided_by) references member,
  foreign key (association_id, member_id) references member,
  constraint application_is_decided_once check (accepted_at is null or refused_at is null)
);
create index application_waiting on application (association_id, asked_at)
  where accepted_at is null and refused_at is null;
alter table application enable row level security;
alter table application force row level security;
create policy own on application to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (accepted_at, refused_at, decided_by, member_id)
  on application to saline_member;

-- A session of one member on one host. The cookie holds the secret, this table its SHA-256.
create table session (
  session_hash bytea primary key,
  association_id uuid not null references association,
  member_id uuid not null,
  identity_id uuid not null references identity,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  foreign key (association_id, member_id) references member
);
create index session_by_identity on session (identity_id);
create index session_by_expiry on session (expires_at);
alter table session enable row level security;
alter table session force row level security;
create policy any_door on session to saline_door using (true) with check (true);
-- Referential checks from member run as the owner.
create policy own on session to saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (ended_at, expires_at), delete on session to saline_door;

-- What a mailed link stands for, once. The link itself is signed and not kept; the row carries the
-- fate of its mail as well.
create table token (
  token_id uuid primary key,
  purpose text not null,
  association_id uuid references association,
  member_id uuid,
  mail_to text,
  language text not null default 'fr',
  detail jsonb not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  mail_due_at timestamptz,
  mail_attempts smallint not null default 0,
  mailed_at timestamptz,
  given_up_at timestamptz,
  reason text,
  foreign key (association_id, member_id) references member,
  constraint purpose_is_known check (purpose in ('opening', 'login', 'welcome', 'invitation', 'ticket'))
);
create index token_mail_due on token (mail_due_at)
  where mailed_at is null and given_up_at is null and mail_due_at is not null;
create index token_recent on token (mail_to, created_at);
alter table token enable row level security;
alter table token force row level security;
create policy any_door on token to saline_door using (true) with check (true);
create policy any_worker on token to saline_worker using (true) with check (true);
create policy own on token to saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (used_at) on token to saline_door;
grant select, update (mail_due_at, mail_attempts, mailed_at, given_up_at, reason)
  on token to saline_worker;

-- Keys that sign links and forms, sealed under the master key of the host.
create table signing_key (
  signing_key_id integer generated always as identity primary key,
  sealed bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
grant select, insert, update (retired_at) on signing_key to saline_door;
grant select on signing_key to saline_worker;

-- Before any scope: who may log in here under this number, or under this address.
create function members_for_login(in_association uuid, in_number integer, in_email text)
  returns table (member_id uuid, identity_id uuid, number integer, first_name text,
                 last_name text, email text, language text, password_hash text)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  perform set_config('saline.association', in_association::text, true);
  return query
    select m.member_id, m.identity_id, m.number, m.first_name, m.last_name,
           coalesce(i.email, m.email), m.language, i.password_hash
    from public.member m left join public.identity i on i.identity_id = m.identity_id
    where m.association_id = in_association and m.left_at is null
      and ((in_number is not null and m.number = in_number)
        or (in_email is not null and (i.email = in_email
            or (i.email is null and lower(m.email) = in_email))))
    order by m.number limit 8;
end $$;
revoke all on function members_for_login(uuid, integer, text) from public;
grant execute on function members_for_login(uuid, integer, text) to saline_door;

-- Whose session this is, in the current association. Knowing the secret is the right to ask.
create function member_of_session(in_hash bytea, in_at timestamptz) returns uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select member_id from public.session
    where session_hash = in_hash and association_id = public.current_association()
      and ended_at is null and expires_at > in_at
  $$;
revoke all on function member_of_session(bytea, timestamptz) from public;
grant execute on function member_of_session(bytea, timestamptz) to saline_member;
