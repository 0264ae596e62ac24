-- Notices may go farther than to allies: to all SELs of the platform, and to everybody.

alter table setting
  drop constraint notice_reach_is_known,
  add constraint notice_reach_is_known
    check (notice_reach in ('members', 'allies', 'platform', 'public'));
alter table notice
  drop constraint reach_is_known,
  add constraint reach_is_known check (reach in ('members', 'allies', 'platform', 'public'));

-- How far a reach goes: the farther the greater.
create function reach_rank(in_reach text) returns integer
  language sql immutable as $$
select array_position(array['members', 'allies', 'platform', 'public'], in_reach)
$$;
revoke all on function reach_rank(text) from public;

-- The projection that others see of a notice. Who wrote it is no part of it, and of where no more
-- than the locality of the SEL.
create type shown_notice as (
  sel_id uuid, code text, sel text, notice_id uuid, kind text, category_name text, title text,
  body text, units_mode text, units bigint, urgent boolean, reach text, place text,
  published_at timestamptz, expires_at timestamptz, author_reads_mail boolean,
  photo_ids uuid[], widths integer[], heights integer[],
  unit_one text, unit_many text, ally_per_hour integer, decimals smallint
);

-- What leaves the SEL that was entered of these notices, where they go at least so far.
create function notice_projection(in_notices uuid[], in_rank integer, in_at timestamptz)
  returns setof shown_notice
  language plpgsql stable set search_path = pg_catalog, public as $$
declare there uuid := current_association();
begin
  return query select there, o.code, o.name, n.notice_id, n.kind, c.name, n.title, n.body,
      n.units_mode, n.units, n.urgent,
      case when reach_rank(n.reach) < reach_rank(s.notice_reach) then n.reach
        else s.notice_reach end,
      o.place_name, n.published_at, n.expires_at, m.email is not null, p.ids, p.widths, p.heights,
      s.unit_one, s.unit_many, s.units_per_hour, s.decimals
    from notice n
    join association o on o.association_id = there
    join setting s on s.association_id = there
    join category c on c.association_id = there and c.category_id = n.category_id
    join member m on m.association_id = there and m.member_id = n.member_id
    cross join lateral (
      select coalesce(array_agg(f.photo_id order by f.position), '{}') as ids,
          coalesce(array_agg(f.width order by f.position), '{}') as widths,
          coalesce(array_agg(f.height order by f.position), '{}') as heights
        from notice_photo f where f.association_id = there and f.notice_id = n.notice_id) p
    where n.association_id = there and n.notice_id = any (in_notices)
      and least(reach_rank(n.reach), reach_rank(s.notice_reach)) >= in_rank
      and n.paused_at is null and n.closed_at is null and n.expires_at > in_at
      and m.left_at is null;
end $$;
revoke all on function notice_projection(uuid[], integer, timestamptz) from public;

-- Those of these notices, each of the SEL beside it, that members of this SEL may see: what
-- goes to all SELs, and what goes to allies where the two are allied and neither pauses.
drop function shared_notice(uuid[], uuid[], timestamptz);
create function shared_notice(in_sels uuid[], in_notices uuid[], in_at timestamptz)
  returns setof shown_notice
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); place uuid; rank integer; wanted uuid[];
begin
  for place, rank, wanted in
    select w.sel, case when a.association_id is null then 3 else 2 end, w.notices
      from (select p.sel, array_agg(p.notice) as notices
        from unnest(in_sels, in_notices) as p (sel, notice) where p.sel <> here group by p.sel) w
      left join alliance a on a.association_id = here and a.ally_id = w.sel
        and a.agreed_at is not null and a.ended_at is null
        and a.paused_at is null and a.ally_paused_at is null
  loop
    perform enter(place);
    return query select * from notice_projection(wanted, rank, in_at);
    perform enter(here);
  end loop;
end $$;
revoke all on function shared_notice(uuid[], uuid[], timestamptz) from public;
grant execute on function shared_notice(uuid[], uuid[], timestamptz) to saline_member;

-- Those of these notices that everybody may see.
create function public_notice(in_sels uuid[], in_notices uuid[], in_at timestamptz)
  returns setof shown_notice
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare place uuid; went text; wanted uuid[];
begin
  for place, wanted in select p.sel, array_agg(p.notice)
      from unnest(in_sels, in_notices) as p (sel, notice) group by p.sel
  loop
    perform enter(place);
    return query select * from notice_projection(wanted, 4, in_at);
  end loop;
  went := set_config('saline.association', '', true);
end $$;
revoke all on function public_notice(uuid[], uuid[], timestamptz) from public;
grant execute on function public_notice(uuid[], uuid[], timestamptz) to saline_door;

-- A conversation with a member of another SEL names that SEL: the two need not be allied, where the
-- notice went to all SELs.
alter table conversation
  add column other_sel_id uuid,
  add column beyond boolean not null default false;
alter table conversation no force row level security;
alter table alliance no force row level security;
update conversation c set other_sel_id = l.ally_id from alliance l
  where l.association_id = c.association_id and l.alliance_id = c.alliance_id;
alter table alliance force row level security;
alter table conversation force row level security;
alter table conversation drop constraint two_write_to_each_other;
alter table conversation
  drop column alliance_id,
  add constraint two_write_to_each_other check (
    case when other_sel_id is null
      then num_nulls(notice_id, author_id, writer_id) = 0 and not beyond
        and num_nonnulls(other_notice_id, other_title, other_kind, other_number, other_name) = 0
      else num_nonnulls(author_id, writer_id) = 1
        and (author_id is null) = (notice_id is null)
        and (other_notice_id is null) = (notice_id is not null)
        and (other_title is null) = (notice_id is not null)
        and (other_kind is null) = (notice_id is not null)
    end),
  add constraint nobody_is_elsewhere_at_home check (other_sel_id <> association_id);
grant update (beyond) on conversation to saline_member;
create index conversation_with_sel on conversation (association_id, other_sel_id)
  where other_sel_id is not null;

-- Whether this SEL has anything to do with that one: an alliance of whatever state, or letters.
create function knows_sel(in_sel uuid) returns boolean
  language plpgsql stable set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  return exists (select from alliance a where a.association_id = here and a.ally_id = in_sel)
    or exists (select from conversation c where c.association_id = here
      and c.other_sel_id = in_sel);
end $$;
revoke all on function knows_sel(uuid) from public;
grant execute on function knows_sel(uuid) to saline_member;

-- As before, and to a SEL with which there are letters.
create or replace function go_to_ally(in_ally uuid) returns boolean
  language plpgsql as $$
begin
  if not public.knows_sel(in_ally) then
    return false;
  end if;
  perform set_config('saline.association', in_ally::text, true);
  return true;
end $$;

create or replace function ally_face(in_ally uuid)
  returns table (slug text, code text, name text, place_name text, unit_one text, unit_many text,
    units_per_hour integer, decimals smallint, payer_alone boolean, payee_asks boolean)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  if not knows_sel(in_ally) then
    return;
  end if;
  perform enter(in_ally);
  return query select a.slug, a.code, a.name, a.place_name, s.unit_one, s.unit_many,
      s.units_per_hour, s.decimals, s.payer_alone, s.payee_asks
    from association a join setting s on s.association_id = a.association_id
    where a.association_id = in_ally;
  perform enter(here);
end $$;

-- As before, and with a SEL that shows notices to all.
create or replace function lock_conversation(in_conversation uuid, in_ally uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); place uuid; known boolean := knows_sel(in_ally);
begin
  if not known then
    perform enter(in_ally);
    known := exists (select from setting s where s.association_id = in_ally
      and reach_rank(s.notice_reach) >= 3);
    perform enter(here);
  end if;
  if not known then
    raise exception 'no such alliance' using errcode = 'no_data_found';
  end if;
  foreach place in array
    case when here < in_ally then array[here, in_ally] else array[in_ally, here] end
  loop
    perform enter(place);
    perform 1 from conversation where association_id = place
      and conversation_id = in_conversation for update;
  end loop;
  perform enter(here);
end $$;

-- A number that every search index remembers: another one has it made anew.
create table epoch (
  is_the_only_one boolean primary key default true,
  search_epoch bigint not null default 1,
  constraint there_is_one check (is_the_only_one)
);
insert into epoch default values;
grant select on epoch to saline_follower, saline_worker;
grant update (search_epoch) on epoch to saline_worker;
