-- On which devices somebody is logged in, in which SELs: they see it, and may end each. The id is
-- what a page shows; the hash stays where it is.
alter table session
  add column session_id uuid not null default gen_random_uuid(),
  add column device text,
  add column seen_at timestamptz,
  add constraint session_has_one_id unique (session_id),
  add constraint device_is_short check (length(device) <= 60);
grant update (seen_at) on session to saline_door;
