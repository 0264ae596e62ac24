-- What others see of a notice is one type, and says what public pages need beside. And whether search
-- engines may list it.

alter table setting add column notices_unlisted boolean not null default false;
grant update (notices_unlisted) on setting to saline_member;

drop function shared_notice(uuid[], uuid[], timestamptz);
drop function public_notice(uuid[], uuid[], timestamptz);
drop function notice_projection(uuid[], integer, timestamptz);

-- The projection that others see of a notice. Who wrote it is no part of it, and of where no more
-- than the locality of the SEL.
create type shown_notice as (
  sel_id uuid, code text, sel text, notice_id uuid, kind text, category_name text, title text,
  body text, units_mode text, units bigint, urgent boolean, reach text, place text,
  published_at timestamptz, expires_at timestamptz, author_reads_mail boolean,
  photo_ids uuid[], widths integer[], heights integer[],
  unit_one text, unit_many text, ally_per_hour integer, decimals smallint,
  slug text, category_code text, latitude double precision, longitude double precision,
  time_zone text, unlisted boolean
);

-- What leaves the SEL that was entered of these notices, where they go at least so far.
create function notice_projection(in_notices uuid[], in_reach text, in_at timestamptz)
  returns setof shown_notice
  language plpgsql stable set search_path = pg_catalog, public as $$
declare there uuid := current_association();
begin
  return query select there, o.code, o.name, n.notice_id, n.kind, c.name, n.title, n.body,
      n.units_mode, n.units, n.urgent,
      case when reach_rank(n.reach) < reach_rank(s.notice_reach) then n.reach
        else s.notice_reach end,
      o.place_name, n.published_at, n.expires_at, m.email is not null, p.ids, p.widths, p.heights,
      s.unit_one, s.unit_many, s.units_per_hour, s.decimals,
      o.slug, c.code, o.latitude, o.longitude, o.time_zone, s.notices_unlisted
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
      and least(reach_rank(n.reach), reach_rank(s.notice_reach)) >= reach_rank(in_reach)
      and n.paused_at is null and n.closed_at is null and n.expires_at > in_at
      and m.left_at is null;
end $$;
revoke all on function notice_projection(uuid[], text, timestamptz) from public;

-- Those of these notices, each of the SEL beside it, that members of this SEL may see: what
-- goes to all SELs, and what goes to allies where the two are allied and neither pauses.
create function shared_notice(in_sels uuid[], in_notices uuid[], in_at timestamptz)
  returns setof shown_notice
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); place uuid; nearest text; wanted uuid[];
begin
  for place, nearest, wanted in
    select w.sel, case when a.association_id is null then 'platform' else 'allies' end, w.notices
      from (select p.sel, array_agg(p.notice) as notices
        from unnest(in_sels, in_notices) as p (sel, notice) where p.sel <> here group by p.sel) w
      left join alliance a on a.association_id = here and a.ally_id = w.sel
        and a.agreed_at is not null and a.ended_at is null
        and a.paused_at is null and a.ally_paused_at is null
  loop
    perform enter(place);
    return query select * from notice_projection(wanted, nearest, in_at);
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
    return query select * from notice_projection(wanted, 'public', in_at);
  end loop;
  went := set_config('saline.association', '', true);
end $$;
revoke all on function public_notice(uuid[], uuid[], timestamptz) from public;
grant execute on function public_notice(uuid[], uuid[], timestamptz) to saline_door;

-- The addresses of all that a SEL shows to everybody, for its sitemap: the newest first.
create function public_addresses(in_sel uuid, in_at timestamptz, in_limit integer)
  returns table (notice_id uuid, title text, changed_at timestamptz)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare went text;
begin
  perform enter(in_sel);
  return query select n.notice_id, n.title, n.changed_at
    from notice n
    join setting s on s.association_id = in_sel
    join member m on m.association_id = in_sel and m.member_id = n.member_id
    where n.association_id = in_sel and n.reach = 'public' and s.notice_reach = 'public'
      and n.paused_at is null and n.closed_at is null and n.expires_at > in_at
      and m.left_at is null
    order by n.published_at desc, n.notice_id limit in_limit;
  went := set_config('saline.association', '', true);
end $$;
revoke all on function public_addresses(uuid, timestamptz, integer) from public;
grant execute on function public_addresses(uuid, timestamptz, integer) to saline_door;
