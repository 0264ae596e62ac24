-- Transfers that undo another, or belong to a batch, and the functions that every movement but a
-- fresh exchange is made of.

alter table transfer
  add column reverses uuid,
  add column batch_id uuid,
  drop constraint transfer_kind_is_known,
  add constraint transfer_kind_is_known check (kind in ('exchange', 'starting_credit', 'reversal',
    'closing', 'fee', 'gift', 'task', 'workshop', 'demurrage')),
  add constraint reversals_reverse check ((kind = 'reversal') = (reverses is not null));
create unique index reversed_once on transfer (association_id, reverses)
  where reverses is not null;
create index transfer_of_batch on transfer (association_id, batch_id) where batch_id is not null;
-- An exchange has one transfer and, where it was undone, the one that undoes it.
drop index one_transfer_an_exchange;
create unique index one_transfer_an_exchange on transfer (association_id, exchange_id)
  where kind = 'exchange';

-- Says no where moving so much would lead beyond a limit, what is held counted. The accounts are
-- locked.
create function keep_within(
    in_payer uuid, in_payee uuid, in_amount bigint, in_at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record;
begin
  for it in
    select a.account_id = in_payer as gives, a.balance - a.held_out - in_amount as lowest,
           a.balance + a.held_in + in_amount as highest,
           floor_at(a, s, in_at) as floor, ceiling_at(a, s, in_at) as ceiling
    from account a join setting s on s.association_id = a.association_id
    where a.association_id = here and a.account_id in (in_payer, in_payee) and a.kind = 'member'
  loop
    if it.gives and it.lowest < it.floor then
      raise exception 'the payer would fall below the floor'
        using errcode = 'check_violation', constraint = 'payer_within_floor';
    end if;
    if not it.gives and it.highest > it.ceiling then
      raise exception 'the payee would rise above the ceiling'
        using errcode = 'check_violation', constraint = 'payee_within_ceiling';
    end if;
  end loop;
end $$;
revoke all on function keep_within(uuid, uuid, bigint, timestamptz) from public;

-- Moves units between two accounts that are open, whatever the limits. Locks both in id order. The
-- same id again, or undoing what was undone, answers false and changes nothing. A transfer is never
-- posted before the last one of either account.
create function move_units(
    in_transfer uuid, in_kind text, in_exchange uuid, in_reverses uuid, in_batch uuid,
    in_payer uuid, in_payee uuid, in_amount bigint, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record; payer record; payee record; posted timestamptz; written integer;
begin
  if in_payer = in_payee then
    raise exception 'both share one account'
      using errcode = 'check_violation', constraint = 'accounts_differ';
  end if;
  for it in
    select account_id, transfer_count, balance, moved_at from account
    where association_id = here and account_id in (in_payer, in_payee) and closed_at is null
    order by account_id for update
  loop
    if it.account_id = in_payer then payer := it; else payee := it; end if;
  end loop;
  if payer is null or payee is null then
    raise exception 'an account of the transfer is missing or closed'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  posted := greatest(in_at, payer.moved_at, payee.moved_at);
  insert into transfer (association_id, transfer_id, kind, exchange_id, reverses, batch_id,
      payer_account, payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
      payee_sequence, payer_balance, payee_balance)
    values (here, in_transfer, in_kind, in_exchange, in_reverses, in_batch, in_payer, in_payee,
      in_amount, in_label, in_done_on, posted, in_by, payer.transfer_count + 1,
      payee.transfer_count + 1, payer.balance - in_amount, payee.balance + in_amount)
    on conflict do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  update account set
      balance = balance + case when account_id = in_payer then -in_amount else in_amount end,
      transfer_count = transfer_count + 1, moved_at = posted
    where association_id = here and account_id in (in_payer, in_payee);
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the transfer moved % accounts', written; end if;
  return true;
end $$;
revoke all on function move_units(uuid, text, uuid, uuid, uuid, uuid, uuid, bigint, text, date,
  timestamptz, uuid) from public;

-- The account that stands for another now: where its member shares somebody's, that one.
create function heir_of(in_account uuid) returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare heir uuid;
begin
  select h.account_id into heir from account a
    join holding h on h.association_id = a.association_id and h.member_id = a.member_id
      and h.until is null
    where a.association_id = current_association() and a.account_id = in_account
      and a.closed_at is not null;
  return coalesce(heir, in_account);
end $$;
revoke all on function heir_of(uuid) from public;

-- Undoes a transfer by the same amount the other way, once; within the limits where it is bound by
-- them. Where it settled an exchange, the exchange says so. Answers false where it was undone
-- before.
create function reverse_transfer(
    in_new uuid, in_transfer uuid, in_label text, in_reason text, in_done_on date,
    in_at timestamptz, in_by uuid, in_bound boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record; payer uuid; payee uuid;
begin
  select transfer_id, kind, exchange_id, payer_account, payee_account, amount into it
    from transfer where association_id = here and transfer_id = in_transfer;
  if not found then raise exception 'no such transfer' using errcode = 'no_data_found'; end if;
  if it.kind = 'reversal' then
    raise exception 'a reversal is not reversed'
      using errcode = 'check_violation', constraint = 'reversed_once';
  end if;
  if it.exchange_id is not null then
    perform 1 from exchange where association_id = here and exchange_id = it.exchange_id
      for update;
  end if;
  payer := heir_of(it.payee_account);
  payee := heir_of(it.payer_account);
  if in_bound then
    perform lock_accounts(array[payer, payee]);
    perform keep_within(payer, payee, it.amount, in_at);
  end if;
  if not move_units(in_new, 'reversal', it.exchange_id, in_transfer, null, payer, payee,
      it.amount, in_label, in_done_on, in_at, in_by) then
    return false;
  end if;
  update exchange set reversed_at = in_at, reversal = in_reason
    where association_id = here and exchange_id = it.exchange_id;
  return true;
end $$;
revoke all on function reverse_transfer(uuid, uuid, text, text, date, timestamptz, uuid, boolean)
  from public;
grant execute on function reverse_transfer(uuid, uuid, text, text, date, timestamptz, uuid,
  boolean) to saline_member;

create or replace function give_starting_credit(in_transfer uuid, in_member uuid, in_label text,
    in_done_on date, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  credit bigint; payer uuid; payee uuid;
begin
  select starting_credit into strict credit from setting where association_id = here;
  if credit = 0 then return false; end if;
  select account_id into strict payer from account
    where association_id = here and kind = 'association';
  select account_id into strict payee from account
    where association_id = here and member_id = in_member;
  if exists (select from transfer where association_id = here and payee_account = payee
             and kind = 'starting_credit') then
    return false;
  end if;
  return move_units(in_transfer, 'starting_credit', null, null, null, payer, payee, credit,
    in_label, in_done_on, in_at, in_by);
end $$;
drop function post_transfer(uuid, text, uuid, uuid, uuid, bigint, text, date, timestamptz, uuid);
