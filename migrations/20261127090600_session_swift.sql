-- A function in the language sql is planned again at every call; this one is called by every page
-- of somebody logged in.
create or replace function member_of_session(in_hash bytea, in_at timestamptz) returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, public
  as $$
  begin
    return (
      select member_id from public.session
      where session_hash = in_hash and association_id = public.current_association()
        and ended_at is null and expires_at > in_at);
  end
  $$;
