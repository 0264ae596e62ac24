-- Who runs the platform. They are no members, and their logins none of the SELs': what opens one
-- opens nothing of the other. Nobody is let in without a second proof, and the tables say so too: a
-- password comes with a secret that is in force, and a session is that of somebody who has both.
create table staff (
  staff_id uuid primary key,
  email text collate "C" not null,
  name text not null,
  invited_at timestamptz not null,
  password_hash text,
  -- Sealed under the master key of the host; in force since the first code that was right. No code
  -- is taken twice: the step of the last one is kept.
  second_sealed bytea,
  second_since timestamptz,
  second_step bigint,
  left_at timestamptz,
  is_ready boolean not null
    generated always as (second_since is not null and left_at is null) stored,
  constraint one_staff_an_address unique (email),
  constraint staff_address_is_one
    check (email = lower(email) and email like '%@%' and length(email) <= 254),
  constraint staff_has_a_name check (length(name) between 1 and 60),
  constraint password_comes_with_a_second check ((password_hash is null) = (second_since is null)),
  constraint staff_second_has_a_secret check (second_since is null or second_sealed is not null),
  -- What sessions point to.
  constraint readiness_is_known unique (staff_id, is_ready)
);

-- A link that makes a login, or makes it anew: once, for a while, one a person. This table has its
-- SHA-256, and the name that holds from then on.
create table staff_invitation (
  staff_id uuid primary key references staff,
  invitation_hash bytea not null,
  name text not null,
  expires_at timestamptz not null,
  constraint one_staff_an_invitation unique (invitation_hash),
  constraint staff_invitation_has_a_name check (length(name) between 1 and 60)
);

-- What opens once where the application is lost, as SHA-256.
create table staff_spare_code (
  staff_id uuid not null references staff,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (staff_id, code_hash)
);

create table staff_session (
  session_hash bytea primary key,
  staff_id uuid not null,
  is_ready boolean not null default true,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  constraint session_is_of_somebody_ready check (is_ready),
  constraint no_session_without_a_second foreign key (staff_id, is_ready)
    references staff (staff_id, is_ready)
);
create index staff_session_by_staff on staff_session (staff_id);

-- Keys of devices (WebAuthn) that open the console, beside password and code: their public halves.
create table staff_passkey (
  passkey_id uuid primary key,
  staff_id uuid not null references staff,
  credential_id bytea not null check (length(credential_id) between 1 and 1023),
  name text not null check (length(name) between 1 and 60),
  key jsonb not null,
  added_at timestamptz not null,
  seen_at timestamptz,
  constraint one_staff_key_a_credential unique (credential_id)
);
create index staff_passkey_by_staff on staff_passkey (staff_id, added_at);

-- What a device was asked, until it answers, once, in the browser that asked: named by the SHA-256
-- of its secret.
create table staff_question (
  question_id uuid primary key,
  whose_hash bytea not null,
  asked jsonb not null,
  expires_at timestamptz not null
);
create index staff_question_by_end on staff_question (expires_at);

-- What was done at the console, or about it: it only grows. Ids sort by time.
create table staff_act (
  act_id uuid primary key,
  -- None for what was done at the machine itself.
  staff_id uuid references staff,
  kind text not null,
  -- Whom it is about.
  whom_id uuid not null references staff,
  -- What both were called then, with their addresses: who is called otherwise since has done no
  -- other things.
  staff_name text,
  whom_name text not null,
  acted_at timestamptz not null,
  constraint staff_act_names_both check ((staff_id is null) = (staff_name is null)),
  constraint staff_act_is_known check (
    kind in ('logged_in', 'logged_in_by_passkey', 'invited', 'begun', 'renewed', 'ended',
             'passkey_added', 'passkey_removed'))
);

grant select, insert (staff_id, email, name, invited_at),
  update (name, invited_at, password_hash, second_sealed, second_since, second_step, left_at)
  on staff to saline_console;
grant select, insert, update, delete on staff_invitation to saline_console;
grant select, insert, update (used_at), delete on staff_spare_code to saline_console;
grant select, insert (session_hash, staff_id, started_at, seen_at, expires_at), update (seen_at),
  delete on staff_session to saline_console;
grant select, insert, update (key, seen_at), delete on staff_passkey to saline_console;
grant select, insert, delete on staff_question to saline_console;
grant select, insert on staff_act to saline_console;

-- The console sees which SELs there are, and how alive: never a member, a notice or an exchange.
create policy any_console on association for select to saline_console using (true);
grant select (association_id, slug, code, name, place_name, member_count, opened_at, ready_at)
  on association to saline_console;
create index association_by_opening on association (opened_at, association_id);

-- How many notices stand in these SELs, and on what day an exchange was last recorded there.
create function activity_of(in_associations uuid[], in_at timestamptz)
  returns table (association_id uuid, notices bigint, exchanged_on date)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid;
begin
  foreach here in array coalesce(in_associations, '{}') loop
    perform enter(here);
    return query select here,
      (select count(*) from notice n where n.association_id = here
        and n.paused_at is null and n.closed_at is null and n.expires_at > in_at),
      (select (max(e.proposed_at) at time zone a.time_zone)::date
        from association a join exchange e on e.association_id = a.association_id
        where a.association_id = here group by a.time_zone);
  end loop;
  perform set_config('saline.association', '', true);
end $$;
revoke all on function activity_of(uuid[], timestamptz) from public;
grant execute on function activity_of(uuid[], timestamptz) to saline_console;
