-- In which SELs a login has a member. Kept by a trigger: nobody sees the members of all SELs.
create table membership (
  association_id uuid not null references association,
  member_id uuid not null,
  identity_id uuid not null references identity,
  primary key (association_id, member_id),
  foreign key (association_id, member_id) references member,
  -- Two members of one SEL are two people.
  constraint one_member_a_sel unique (association_id, identity_id)
);
create index membership_by_identity on membership (identity_id);
alter table member no force row level security;
insert into membership (association_id, member_id, identity_id)
  select association_id, member_id, identity_id from member
  where identity_id is not null and left_at is null;
alter table member force row level security;
alter table membership enable row level security;
alter table membership force row level security;
create policy any_door on membership for select to saline_door using (true);
-- The trigger runs as the owner.
create policy own on membership to saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on membership to saline_door;

create function follow_membership() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'UPDATE' then
    delete from membership
      where association_id = new.association_id and member_id = new.member_id;
  end if;
  if new.identity_id is not null and new.left_at is null then
    insert into membership (association_id, member_id, identity_id)
      values (new.association_id, new.member_id, new.identity_id);
  end if;
  return null;
end $$;
revoke all on function follow_membership() from public;
create trigger follow_membership after insert or update of identity_id, left_at on member
  for each row execute function follow_membership();

-- A link that puts the member of another SEL under the login of the one who asked for it.
alter table token drop constraint purpose_is_known;
alter table token add constraint purpose_is_known
  check (purpose in ('opening', 'login', 'welcome', 'invitation', 'ticket', 'joining'));

-- One login may have members with other addresses: each SEL knows its own. A link goes to that of
-- the login, which is the one that all of its SELs rely on.
create or replace function members_for_login(in_association uuid, in_number integer, in_email text)
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
        or (in_email is not null and (i.email = in_email or lower(m.email) = in_email)))
    order by m.number limit 8;
end $$;
