-- Two SELs that agreed to trade, each with a row of its own; the hub, a ledger that has an account
-- for each SEL and counts in seconds; and SELs that are on no platform.

-- The short word that stands before a member's number outside: MARS-0042.
alter table association add column code text collate "C";

create function code_of(in_slug text, in_try integer) returns text
  language sql immutable set search_path = pg_catalog, public as $$
    select upper(rpad(left(replace(in_slug, '-', ''), 4),
        greatest(3, length(left(replace(in_slug, '-', ''), 4))), 'x'))
      || case when in_try > 1 then in_try::text else '' end
  $$;
revoke all on function code_of(text, integer) from public;

alter table association no force row level security;
with numbered as (
  select association_id, row_number() over (
    partition by code_of(slug, 1) order by opened_at, association_id)::integer as place
  from association)
update association a set code = code_of(a.slug, n.place)
  from numbered n where n.association_id = a.association_id;
alter table association force row level security;
alter table association
  alter column code set not null,
  add constraint code_is_free unique (code),
  add constraint code_is_short check (code ~ '^[A-Z][A-Z0-9]{2,9}$');

create index association_by_name on association (lower(name)) where ready_at is not null;

-- How members are named to other SELs.
alter table setting
  add column names_outside text not null default 'first',
  add constraint names_outside_is_known check (names_outside in ('first', 'short', 'full'));
grant update (names_outside) on setting to saline_member;

create or replace function open_association(
    in_association uuid, in_slug text, in_name text, in_place text, in_country text,
    in_geoname integer, in_latitude double precision, in_longitude double precision,
    in_unit_one text, in_unit_many text, in_units_per_hour integer, in_decimals smallint,
    in_floor bigint, in_colour text, in_account uuid, in_at timestamptz)
  returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare taken text;
begin
  perform set_config('saline.association', in_association::text, true);
  for place in 1 .. 9999 loop
    begin
      insert into association (association_id, slug, code, name, place_name, country, geoname_id,
          latitude, longitude, colour, opened_at)
        values (in_association, in_slug, code_of(in_slug, place), in_name, in_place, in_country,
          in_geoname, in_latitude, in_longitude, in_colour, in_at);
      exit;
    exception when unique_violation then
      -- Another SEL's code is not ours to see, but the index knows it.
      get stacked diagnostics taken = constraint_name;
      if taken <> 'code_is_free' then raise; end if;
    end;
  end loop;
  insert into setting (association_id, unit_one, unit_many, units_per_hour, decimals, floor)
    values (in_association, in_unit_one, in_unit_many, in_units_per_hour, in_decimals, in_floor);
  insert into account (association_id, account_id, kind, opened_at)
    values (in_association, in_account, 'association', in_at);
end $$;

-- The hub keeps its books as a SEL does, and has neither members nor a host.
create function hub() returns uuid
  language sql immutable parallel safe
  as $$ select '00000000-0000-7000-8000-000000000001'::uuid $$;
select set_config('saline.association', hub()::text, true);
insert into association (association_id, slug, code, name, place_name, country, latitude, longitude,
    opened_at)
  values (hub(), 'hub', 'HUB', 'Saline', '', '', 0, 0, '2026-11-27');
insert into setting (association_id, unit_one, unit_many, units_per_hour, setup_step)
  values (hub(), 'seconde', 'secondes', 3600, 1);
select set_config('saline.association', '', true);

alter table account
  add column branch_of uuid,
  drop constraint account_kind_is_known,
  add constraint account_kind_is_known
    check (kind in ('member', 'association', 'solidarity', 'trunk', 'branch', 'partner')),
  add constraint branches_are_of_a_sel check ((kind = 'branch') = (branch_of is not null)),
  add constraint branches_are_at_the_hub check (kind <> 'branch' or association_id = hub());
create unique index one_trunk_an_association on account (association_id) where kind = 'trunk';
create unique index one_branch_a_sel on account (branch_of) where kind = 'branch';

-- What one SEL has agreed with another. Caps and totals are in seconds: `cap_out` is how much more
-- its members may have given than received there, `cap_in` the reverse.
create table alliance (
  association_id uuid not null references association,
  alliance_id uuid not null,
  -- The other, where it is on the platform; otherwise its name and what an hour is worth there.
  ally_id uuid,
  ally_code text collate "C" not null,
  ally_name text,
  ally_per_hour integer,
  -- Where its exchanges are counted here; and this SEL's account at the hub.
  account_id uuid,
  branch_id uuid,
  cap_out bigint not null default 0,
  cap_in bigint not null default 0,
  given bigint not null default 0,
  received bigint not null default 0,
  held_out bigint not null default 0,
  held_in bigint not null default 0,
  asked_at timestamptz not null,
  -- Nobody where the other SEL asked.
  asked_by uuid,
  agreed_at timestamptz,
  refused_at timestamptz,
  paused_at timestamptz,
  ally_paused_at timestamptz,
  ended_at timestamptz,
  primary key (association_id, alliance_id),
  constraint ally_is_another_sel check (ally_id <> association_id),
  constraint ally_is_named check ((ally_id is null) = (ally_name is not null)
    and (ally_id is null) = (ally_per_hour is not null)),
  constraint ally_names_are_short check (length(ally_name) between 1 and 50
    and ally_code ~ '^[A-Z][A-Z0-9]{2,9}$' and ally_per_hour between 1 and 10000),
  constraint caps_are_not_negative check (cap_out >= 0 and cap_in >= 0),
  constraint totals_are_not_negative
    check (given >= 0 and received >= 0 and held_out >= 0 and held_in >= 0),
  constraint alliance_has_accounts check (agreed_at is null or account_id is not null)
);
create unique index one_alliance_a_pair on alliance (association_id, ally_id)
  where ended_at is null and refused_at is null;
create unique index one_partner_a_code on alliance (association_id, ally_code)
  where ally_id is null and ended_at is null;
create index alliance_of_code on alliance (association_id, ally_code)
  where ended_at is null and refused_at is null;
alter table alliance enable row level security;
alter table alliance force row level security;
create policy own on alliance to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, update (cap_out, cap_in) on alliance to saline_member;

-- Goes on as another association; the caller comes back. Only functions of this file and of those
-- that cross cross.
-- In plpgsql, whose plans are kept: a function in SQL would be planned at each call.
create function enter(in_association uuid) returns void
  language plpgsql as $$
begin
  perform pg_catalog.set_config('saline.association', in_association::text, true);
end $$;
revoke all on function enter(uuid) from public;

-- Goes on in the SEL of an ally, until the end of the transaction; false where it is none.
create function go_to_ally(in_ally uuid) returns boolean
  language plpgsql as $$
begin
  if not exists (select from public.alliance where association_id = public.current_association()
                 and ally_id = in_ally) then
    return false;
  end if;
  perform set_config('saline.association', in_ally::text, true);
  return true;
end $$;
revoke all on function go_to_ally(uuid) from public;
grant execute on function go_to_ally(uuid) to saline_member;

-- What an ally shows of itself and needs to be known to trade; nothing about others.
create function ally_face(in_ally uuid)
  returns table (slug text, code text, name text, place_name text, unit_one text, unit_many text,
    units_per_hour integer, decimals smallint, payer_alone boolean, payee_asks boolean)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  if not exists (select from alliance a where a.association_id = here and a.ally_id = in_ally) then
    return;
  end if;
  perform enter(in_ally);
  return query select a.slug, a.code, a.name, a.place_name, s.unit_one, s.unit_many,
      s.units_per_hour, s.decimals, s.payer_alone, s.payee_asks
    from association a join setting s on s.association_id = a.association_id
    where a.association_id = in_ally;
  perform enter(here);
end $$;
revoke all on function ally_face(uuid) from public;
grant execute on function ally_face(uuid) to saline_member;

-- The name that a SEL shows of a member to others.
create function outside_name(in_first text, in_last text, in_how text) returns text
  language plpgsql immutable as $$
begin
  return case
    when in_how = 'full' then trim(in_first || ' ' || in_last)
    when in_how = 'short' and in_last <> '' then in_first || ' ' || left(in_last, 1) || '.'
    else in_first end;
end $$;
revoke all on function outside_name(text, text, text) from public;

-- A member of an ally with whom one trades, by number.
create function ally_member(in_ally uuid, in_number integer)
  returns table (member_id uuid, name text)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  if not exists (select from alliance a where a.association_id = here and a.ally_id = in_ally
                 and a.agreed_at is not null and a.ended_at is null) then
    return;
  end if;
  perform enter(in_ally);
  return query select m.member_id, outside_name(m.first_name, m.last_name, s.names_outside)
    from member m join setting s on s.association_id = m.association_id
    where m.association_id = in_ally and m.number = in_number and m.left_at is null;
  perform enter(here);
end $$;
revoke all on function ally_member(uuid, integer) from public;
grant execute on function ally_member(uuid, integer) to saline_member;

-- Asks another SEL to trade: a row for each of the two. Where one stands already, the answer is
-- false.
create function ask_alliance(
    in_alliance uuid, in_ally uuid, in_cap_out bigint, in_cap_in bigint, in_at timestamptz,
    in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  place uuid; code_here text; code_there text; written integer;
begin
  if in_ally = hub() then
    raise exception 'the hub is no SEL'
      using errcode = 'check_violation', constraint = 'ally_is_another_sel';
  end if;
  if in_by is null then
    raise exception 'somebody asks'
      using errcode = 'check_violation', constraint = 'asked_by_somebody';
  end if;
  select code into strict code_here from association where association_id = here;
  perform enter(in_ally);
  select code into strict code_there from association where association_id = in_ally;
  -- In one order, so that two who ask each other at once do not wait for each other.
  foreach place in array
    case when here < in_ally then array[here, in_ally] else array[in_ally, here] end
  loop
    perform enter(place);
    insert into alliance (association_id, alliance_id, ally_id, ally_code, cap_out, cap_in,
        asked_at, asked_by)
      values (place, in_alliance, case when place = here then in_ally else here end,
        case when place = here then code_there else code_here end,
        case when place = here then in_cap_out else 0 end,
        case when place = here then in_cap_in else 0 end, in_at,
        case when place = here then in_by end)
      on conflict do nothing;
    get diagnostics written = row_count;
    exit when written = 0;
  end loop;
  perform enter(here);
  return written = 1;
end $$;
revoke all on function ask_alliance(uuid, uuid, bigint, bigint, timestamptz, uuid) from public;
grant execute on function ask_alliance(uuid, uuid, bigint, bigint, timestamptz, uuid)
  to saline_member;

-- The account of this SEL that its exchanges with others go through, and its account at the hub.
create function open_trunk(in_at timestamptz, out trunk uuid, out branch uuid)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  insert into account (association_id, account_id, kind, opened_at)
    values (here, gen_random_uuid(), 'trunk', in_at) on conflict do nothing;
  select account_id into strict trunk from account where association_id = here and kind = 'trunk';
  perform enter(hub());
  insert into account (association_id, account_id, kind, branch_of, opened_at)
    values (hub(), gen_random_uuid(), 'branch', here, in_at) on conflict do nothing;
  select account_id into strict branch from account
    where association_id = hub() and branch_of = here;
  perform enter(here);
end $$;
revoke all on function open_trunk(timestamptz) from public;

-- Locks both rows of an alliance, the smaller association first, and comes back.
create function lock_alliance(in_alliance uuid, in_ally uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); place uuid;
begin
  foreach place in array
    case when here < in_ally then array[here, in_ally] else array[in_ally, here] end
  loop
    perform enter(place);
    perform 1 from alliance where association_id = place and alliance_id = in_alliance for update;
  end loop;
  perform enter(here);
end $$;
revoke all on function lock_alliance(uuid, uuid) from public;

-- Changes how an alliance stands, on both sides: agreed or refused by the one who was asked, paused
-- or resumed by either, ended by either. Answers false where it does not stand so that it could.
create function change_alliance(
    in_alliance uuid, in_how text, in_cap_out bigint, in_cap_in bigint, in_at timestamptz)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  other uuid; it alliance; own record; place uuid;
begin
  select ally_id into other from alliance
    where association_id = here and alliance_id = in_alliance;
  if not found then raise exception 'no such alliance' using errcode = 'no_data_found'; end if;
  if other is not null then perform lock_alliance(in_alliance, other); end if;
  select * into it from alliance where association_id = here and alliance_id = in_alliance
    for update;
  if it.ended_at is not null or it.refused_at is not null
      or (in_how in ('agree', 'refuse') and (it.agreed_at is not null or it.asked_by is not null))
      or (in_how in ('pause', 'resume') and it.agreed_at is null)
      or (in_how = 'pause' and it.paused_at is not null)
      or (in_how = 'resume' and it.paused_at is null) then
    return false;
  end if;
  if in_how = 'agree' then
    update alliance set cap_out = in_cap_out, cap_in = in_cap_in
      where association_id = here and alliance_id = in_alliance;
  end if;
  foreach place in array array[here, other] loop
    continue when place is null;
    perform enter(place);
    if in_how = 'agree' then
      select * into own from open_trunk(in_at);
      update alliance set agreed_at = in_at, account_id = own.trunk, branch_id = own.branch
        where association_id = place and alliance_id = in_alliance;
    else
      update alliance set
          refused_at = case when in_how = 'refuse' then in_at else refused_at end,
          ended_at = case when in_how = 'end' then in_at else ended_at end,
          paused_at = case when place <> here or in_how not in ('pause', 'resume') then paused_at
            when in_how = 'pause' then in_at end,
          ally_paused_at = case when place = here or in_how not in ('pause', 'resume')
            then ally_paused_at when in_how = 'pause' then in_at end
        where association_id = place and alliance_id = in_alliance;
    end if;
  end loop;
  perform enter(here);
  return true;
end $$;
revoke all on function change_alliance(uuid, text, bigint, bigint, timestamptz) from public;
grant execute on function change_alliance(uuid, text, bigint, bigint, timestamptz)
  to saline_member;

-- A SEL that is on no platform: an account in its name. The same code again answers false.
create function open_partner(
    in_alliance uuid, in_name text, in_code text, in_per_hour integer, in_cap_out bigint,
    in_cap_in bigint, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); written integer;
begin
  insert into alliance (association_id, alliance_id, ally_name, ally_code, ally_per_hour,
      account_id, cap_out, cap_in, asked_at, asked_by, agreed_at)
    values (here, in_alliance, in_name, in_code, in_per_hour, in_alliance, in_cap_out, in_cap_in,
      in_at, in_by, in_at)
    on conflict do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  insert into account (association_id, account_id, kind, opened_at)
    values (here, in_alliance, 'partner', in_at);
  return true;
end $$;
revoke all on function open_partner(uuid, text, text, integer, bigint, bigint, timestamptz, uuid)
  from public;
grant execute on function open_partner(uuid, text, text, integer, bigint, bigint, timestamptz,
  uuid) to saline_member;
