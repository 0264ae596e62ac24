-- Notices that their authors and their SEL show to allies, and the letters about them.

-- How far a notice goes, and how far those of a SEL may go: the nearer of the two holds.
alter table setting
  add column notice_reach text collate "C" not null default 'members',
  add constraint notice_reach_is_known check (notice_reach in ('members', 'allies'));
-- A SEL that is there has not been asked; a new one is.
alter table setting alter column notice_reach set default 'allies';
grant update (notice_reach) on setting to saline_member;
alter table notice
  add column reach text collate "C" not null default 'members',
  add constraint reach_is_known check (reach in ('members', 'allies'));
grant update (reach) on notice to saline_member;

-- The allies that let their members show notices here, while neither of the two pauses.
create function sharing_allies() returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); ally uuid;
begin
  for ally in select a.ally_id from alliance a
      where a.association_id = here and a.ally_id is not null and a.agreed_at is not null
        and a.ended_at is null and a.paused_at is null and a.ally_paused_at is null
      order by a.agreed_at, a.ally_id limit 200
  loop
    perform enter(ally);
    return query select s.association_id from setting s
      where s.association_id = ally and s.notice_reach <> 'members';
    perform enter(here);
  end loop;
end $$;
revoke all on function sharing_allies() from public;
grant execute on function sharing_allies() to saline_member;

-- What leaves a SEL of its notices: the projection that allies see. Who wrote it is no part of it,
-- and of where no more than the locality of the SEL.
create function shared_notice(in_allies uuid[], in_notices uuid[], in_at timestamptz)
  returns table (ally_id uuid, code text, sel text, notice_id uuid, kind text, category_name text,
    title text, body text, units_mode text, units bigint, urgent boolean,
    place text, published_at timestamptz, expires_at timestamptz, author_reads_mail boolean,
    photo_ids uuid[], widths integer[], heights integer[],
    unit_one text, unit_many text, ally_per_hour integer, decimals smallint)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); ally uuid;
begin
  for ally in select distinct a from unnest(in_allies) as a loop
    continue when not exists (select from alliance a where a.association_id = here
      and a.ally_id = ally and a.agreed_at is not null and a.ended_at is null
      and a.paused_at is null and a.ally_paused_at is null);
    perform enter(ally);
    return query select ally, o.code, o.name, n.notice_id, n.kind, c.name, n.title, n.body,
        n.units_mode, n.units, n.urgent,
        o.place_name, n.published_at, n.expires_at, m.email is not null, p.ids, p.widths, p.heights,
        s.unit_one, s.unit_many, s.units_per_hour, s.decimals
      from notice n
      join association o on o.association_id = ally
      join setting s on s.association_id = ally
      join category c on c.association_id = ally and c.category_id = n.category_id
      join member m on m.association_id = ally and m.member_id = n.member_id
      cross join lateral (
        select coalesce(array_agg(f.photo_id order by f.position), '{}') as ids,
            coalesce(array_agg(f.width order by f.position), '{}') as widths,
            coalesce(array_agg(f.height order by f.position), '{}') as heights
          from notice_photo f where f.association_id = ally and f.notice_id = n.notice_id) p
      where n.association_id = ally and n.notice_id = any (in_notices)
        and n.reach <> 'members' and s.notice_reach <> 'members'
        and n.paused_at is null and n.closed_at is null and n.expires_at > in_at
        and m.left_at is null;
    perform enter(here);
  end loop;
end $$;
revoke all on function shared_notice(uuid[], uuid[], timestamptz) from public;
grant execute on function shared_notice(uuid[], uuid[], timestamptz) to saline_member;

-- A conversation with a member of an ally: each of the two SELs keeps it, under one id, with its
-- own member on one side. How the other is named is known once they have written.
alter table conversation
  alter column notice_id drop not null,
  alter column author_id drop not null,
  alter column writer_id drop not null,
  add column alliance_id uuid,
  add column other_notice_id uuid,
  add column other_title text,
  add column other_kind text collate "C",
  add column other_number integer,
  add column other_name text,
  add foreign key (association_id, alliance_id) references alliance,
  add constraint two_write_to_each_other check (
    case when alliance_id is null
      then num_nulls(notice_id, author_id, writer_id) = 0
        and num_nonnulls(other_notice_id, other_title, other_kind, other_number, other_name) = 0
      else num_nonnulls(author_id, writer_id) = 1
        and (author_id is null) = (notice_id is null)
        and (other_notice_id is null) = (notice_id is not null)
        and (other_title is null) = (notice_id is not null)
        and (other_kind is null) = (notice_id is not null)
    end),
  add constraint other_is_named_whole check ((other_number is null) = (other_name is null));
grant update (other_number, other_name) on conversation to saline_member;

-- Nobody of ours sent what a member of an ally wrote.
alter table message alter column sender_id drop not null;

-- Locks what both SELs keep of a conversation, the smaller association first: two who answer each
-- other at once do not wait for each other.
create function lock_conversation(in_conversation uuid, in_ally uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); place uuid;
begin
  if not exists (select from alliance where association_id = here and ally_id = in_ally) then
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
revoke all on function lock_conversation(uuid, uuid) from public;
grant execute on function lock_conversation(uuid, uuid) to saline_member;

-- The name that a SEL shows of a member to others, an initial as a capital.
create or replace function outside_name(in_first text, in_last text, in_how text) returns text
  language plpgsql immutable as $$
begin
  return case
    when in_how = 'full' then trim(in_first || ' ' || in_last)
    when in_how = 'short' and in_last <> '' then in_first || ' ' || upper(left(in_last, 1)) || '.'
    else in_first end;
end $$;

-- How a member of this SEL is named outside.
create function own_outside_name(in_member uuid) returns text
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return (select outside_name(m.first_name, m.last_name, s.names_outside)
    from member m join setting s on s.association_id = m.association_id
    where m.association_id = current_association() and m.member_id = in_member);
end $$;
revoke all on function own_outside_name(uuid) from public;
grant execute on function own_outside_name(uuid) to saline_member;
