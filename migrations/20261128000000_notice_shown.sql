-- What others see of a notice says what public pages need beside. And whether search engines may
-- list it.

alter table setting add column notices_unlisted boolean not null default false;
grant update (notices_unlisted) on setting to saline_member;

alter type shown_notice
  add attribute slug text,
  add attribute category_code text,
  add attribute latitude double precision,
  add attribute longitude double precision,
  add attribute time_zone text,
  add attribute unlisted boolean;

create or replace function notice_projection(in_notices uuid[], in_rank integer, in_at timestamptz)
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
      and least(reach_rank(n.reach), reach_rank(s.notice_reach)) >= in_rank
      and n.paused_at is null and n.closed_at is null and n.expires_at > in_at
      and m.left_at is null;
end $$;

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
