-- Several members on one account: a couple, a family, a house. The account is that of one of them;
-- the others hold it too, and their own is empty and closed meanwhile.

-- Lets a member share the account of another. What their own holds moves there by a transfer that
-- everybody can read. Answers what moved, from their side; null where they share it already.
create function share_account(
    in_member uuid, in_host uuid, in_transfer uuid, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  mine uuid := (accounts_of(array[in_member]))[1];
  shared uuid := (accounts_of(array[in_host]))[1];
  moved bigint;
begin
  if mine = shared then return null; end if;
  if exists (select from holding where association_id = here and account_id = mine
             and until is null and member_id <> in_member) then
    raise exception 'others share this account'
      using errcode = 'check_violation', constraint = 'account_is_held_alone';
  end if;
  moved := empty_account(mine, shared, in_transfer, in_label, in_done_on, in_at, in_by);
  if not exists (select from account where association_id = here and account_id = shared
                 and closed_at is null) then
    raise exception 'the account is closed'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  update holding set until = in_at
    where association_id = here and member_id = in_member and until is null;
  insert into holding (association_id, member_id, account_id, since)
    values (here, in_member, shared, in_at);
  return moved;
end $$;
revoke all on function share_account(uuid, uuid, uuid, text, date, timestamptz, uuid) from public;
grant execute on function share_account(uuid, uuid, uuid, text, date, timestamptz, uuid)
  to saline_member;
