-- Several members on one account: a couple, a family, a house. The account is that of one of them;
-- the others hold it too, and their own is empty and closed meanwhile.

-- Lets a member share the account of another. What their own holds moves there by a transfer that
-- everybody can read. Answers what moved; null where they share it already.
create function share_account(
    in_member uuid, in_host uuid, in_transfer uuid, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  mine uuid; shared uuid; it record; moved bigint := 0;
begin
  select account_id into mine from holding
    where association_id = here and member_id = in_member and until is null;
  select account_id into shared from holding
    where association_id = here and member_id = in_host and until is null;
  if mine is null or shared is null then
    raise exception 'an account is missing'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  if mine = shared then return null; end if;
  perform 1 from account where association_id = here and account_id in (mine, shared)
    order by account_id for update;
  if exists (select from holding where association_id = here and account_id = mine
             and until is null and member_id <> in_member) then
    raise exception 'others share this account'
      using errcode = 'check_violation', constraint = 'account_is_held_alone';
  end if;
  select balance, held_out, held_in into it from account
    where association_id = here and account_id = mine and closed_at is null;
  if not found then
    raise exception 'the account is closed'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  if it.held_out <> 0 or it.held_in <> 0 then
    raise exception 'something waits for an answer'
      using errcode = 'check_violation', constraint = 'nothing_waits';
  end if;
  if it.balance > 0 then
    perform move_units(in_transfer, 'closing', null, null, mine, shared, it.balance, in_label,
      in_done_on, in_at, in_by);
  elsif it.balance < 0 then
    perform move_units(in_transfer, 'closing', null, null, shared, mine, -it.balance, in_label,
      in_done_on, in_at, in_by);
  end if;
  moved := it.balance;
  update account set closed_at = in_at where association_id = here and account_id = mine
    and balance = 0;
  if not found then raise exception 'the account was not brought to zero'; end if;
  update holding set until = in_at
    where association_id = here and member_id = in_member and until is null;
  insert into holding (association_id, member_id, account_id, since)
    values (here, in_member, shared, in_at);
  return moved;
end $$;
revoke all on function share_account(uuid, uuid, uuid, text, date, timestamptz, uuid) from public;
grant execute on function share_account(uuid, uuid, uuid, text, date, timestamptz, uuid)
  to saline_member;

-- A member goes back to an account of their own, which begins at zero. Answers false where theirs is
-- their own already. What waits for their answer stays with the account that it was promised from,
-- so nothing may wait.
create function part_account(in_member uuid, in_at timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  own uuid; held uuid;
begin
  select account_id into strict own from account
    where association_id = here and member_id = in_member;
  select account_id into held from holding
    where association_id = here and member_id = in_member and until is null;
  if held is not distinct from own then return false; end if;
  perform 1 from account where association_id = here and account_id in (own, held)
    order by account_id for update;
  if exists (select from exchange where association_id = here
             and in_member in (payer_id, payee_id) and agreed_at is null and refused_at is null
             and cancelled_at is null and expired_at is null) then
    raise exception 'something waits for an answer'
      using errcode = 'check_violation', constraint = 'nothing_waits';
  end if;
  update holding set until = in_at
    where association_id = here and member_id = in_member and until is null;
  update account set closed_at = null where association_id = here and account_id = own;
  insert into holding (association_id, member_id, account_id, since)
    values (here, in_member, own, in_at);
  return true;
end $$;
revoke all on function part_account(uuid, timestamptz) from public;
grant execute on function part_account(uuid, timestamptz) to saline_member;
