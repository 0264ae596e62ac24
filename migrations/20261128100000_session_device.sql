-- On which devices somebody is logged in, in which SELs: they see it, and may end each. The id is
-- what a page shows; the hash stays where it is.
alter table session
  add column session_id uuid not null default gen_random_uuid(),
  add column device text,
  add column seen_at timestamptz,
  add column proved_at timestamptz,
  add constraint session_has_one_id unique (session_id),
  add constraint device_is_short check (length(device) <= 60);
grant update (seen_at) on session to saline_door;
comment on column session.proved_at is
  'when they last proved who they are: a ticket from another SEL proves nothing anew';

-- A session counts for the login that its member has: who was put under another one logs in again.
create or replace function member_of_session(in_hash bytea, in_at timestamptz) returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, public
  as $$
  begin
    return (
      select s.member_id from public.session s
      join public.member m on m.association_id = s.association_id
        and m.member_id = s.member_id and m.identity_id = s.identity_id
      where s.session_hash = in_hash and s.association_id = public.current_association()
        and s.ended_at is null and s.expires_at > in_at);
  end
  $$;
