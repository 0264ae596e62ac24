-- Leaving: everything that waits and every account that is touched, locked; the balance brought to
-- zero; the account closed, and opened again for who comes back.

-- Locks in the order in which all others lock: what waits first, then all accounts in id order.
create function lock_for_departure(in_member uuid, in_with uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  touched uuid[] := accounts_of(array[in_member]) || in_with;
  it record;
begin
  for it in
    select payer_account, payee_account from exchange
    where association_id = here and in_member in (payer_id, payee_id) and agreed_at is null
      and refused_at is null and cancelled_at is null and expired_at is null
    order by exchange_id for update
  loop
    touched := touched || it.payer_account || it.payee_account;
  end loop;
  perform lock_accounts(touched);
end $$;
revoke all on function lock_for_departure(uuid, uuid) from public;
grant execute on function lock_for_departure(uuid, uuid) to saline_member;

-- Brings an account to zero, out of or into another, and closes it. Answers what moved, from its
-- side. Says no where something of it waits.
create function empty_account(
    in_account uuid, in_with uuid, in_transfer uuid, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record;
begin
  perform lock_accounts(array[in_account, in_with]);
  select balance, held_out, held_in into it from account
    where association_id = here and account_id = in_account and closed_at is null;
  if not found then
    raise exception 'the account is closed'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  if it.held_out <> 0 or it.held_in <> 0 then
    raise exception 'something waits for an answer'
      using errcode = 'check_violation', constraint = 'nothing_waits';
  end if;
  if it.balance <> 0 then
    perform move_units(in_transfer, 'closing', null, null, null,
      case when it.balance > 0 then in_account else in_with end,
      case when it.balance > 0 then in_with else in_account end,
      abs(it.balance), in_label, in_done_on, in_at, in_by);
  end if;
  update account set closed_at = in_at
    where association_id = here and account_id = in_account and balance = 0;
  if not found then raise exception 'the account was not brought to zero'; end if;
  return -it.balance;
end $$;
revoke all on function empty_account(uuid, uuid, uuid, text, date, timestamptz, uuid) from public;

-- The account of a member who leaves. That of a household goes on with the others.
create function close_account(
    in_member uuid, in_transfer uuid, in_with uuid, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  mine uuid := (accounts_of(array[in_member]))[1];
begin
  if (select count(*) from holding where association_id = here and account_id = mine
      and until is null) > 1 then
    update holding set until = in_at
      where association_id = here and member_id = in_member and until is null;
    return 0;
  end if;
  return empty_account(mine, in_with, in_transfer, in_label, in_done_on, in_at, in_by);
end $$;
revoke all on function close_account(uuid, uuid, uuid, text, date, timestamptz, uuid) from public;
grant execute on function close_account(uuid, uuid, uuid, text, date, timestamptz, uuid)
  to saline_member;

-- A member holds the account that is their own, and it is open.
create function open_own_account(in_member uuid, in_at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  own uuid;
begin
  select account_id into strict own from account
    where association_id = here and member_id = in_member;
  update account set closed_at = null
    where association_id = here and account_id = own and closed_at is not null;
  update holding set until = in_at
    where association_id = here and member_id = in_member and until is null
      and account_id <> own;
  insert into holding (association_id, member_id, account_id, since)
    values (here, in_member, own, in_at)
    on conflict (association_id, member_id) where until is null do nothing;
end $$;
revoke all on function open_own_account(uuid, timestamptz) from public;
grant execute on function open_own_account(uuid, timestamptz) to saline_member;
