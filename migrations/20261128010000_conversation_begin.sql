-- A conversation with another SEL is begun by one function, on both sides: nobody opens a way into a
-- SEL by writing its name into a row.

-- Locks what two SELs keep of a conversation, the smaller association first: two who answer each
-- other do not wait for each other.
create function lock_letters(in_conversation uuid, in_ally uuid) returns void
  language plpgsql set search_path = pg_catalog, public as $$
declare here uuid := current_association(); place uuid;
begin
  foreach place in array
    case when here < in_ally then array[here, in_ally] else array[in_ally, here] end
  loop
    perform enter(place);
    perform 1 from conversation where association_id = place
      and conversation_id = in_conversation for update;
  end loop;
  perform enter(here);
end $$;
revoke all on function lock_letters(uuid, uuid) from public;

create or replace function lock_conversation(in_conversation uuid, in_ally uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not knows_sel(in_ally) then
    raise exception 'no such alliance' using errcode = 'no_data_found';
  end if;
  perform lock_letters(in_conversation, in_ally);
end $$;

-- Begins the letters of our member to whoever wrote a notice of another SEL, where it is shown here
-- now; begun already, they stay. From the day that the notice is shown to all SELs the two need not
-- be allied. Answers whether it is shown.
create function begin_letters(in_conversation uuid, in_sel uuid, in_notice uuid, in_writer uuid,
    in_number integer, in_name text, in_at timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association(); shown shown_notice; author uuid; is_far boolean;
begin
  select * into shown from shared_notice(array[in_sel], array[in_notice], in_at);
  if not found then
    return false;
  end if;
  is_far := reach_rank(shown.reach) >= reach_rank('platform');
  perform lock_letters(in_conversation, in_sel);
  insert into conversation (association_id, conversation_id, other_sel_id, other_notice_id,
      other_title, other_kind, writer_id, started_at, beyond)
    values (here, in_conversation, in_sel, in_notice, shown.title, shown.kind, in_writer, in_at,
      is_far)
    on conflict (association_id, conversation_id) do update set beyond = true
      where is_far and not conversation.beyond;
  perform enter(in_sel);
  select member_id into strict author from notice
    where association_id = in_sel and notice_id = in_notice;
  insert into conversation (association_id, conversation_id, other_sel_id, notice_id, author_id,
      other_number, other_name, started_at, beyond)
    values (in_sel, in_conversation, here, in_notice, author, in_number, in_name, in_at, is_far)
    on conflict (association_id, conversation_id) do update set beyond = true
      where is_far and not conversation.beyond;
  perform enter(here);
  return true;
end $$;
revoke all on function begin_letters(uuid, uuid, uuid, uuid, integer, text, timestamptz)
  from public;
grant execute on function begin_letters(uuid, uuid, uuid, uuid, integer, text, timestamptz)
  to saline_member;

revoke insert on conversation from saline_member;
revoke update (beyond) on conversation from saline_member;
grant insert (association_id, conversation_id, notice_id, author_id, writer_id, started_at)
  on conversation to saline_member;
