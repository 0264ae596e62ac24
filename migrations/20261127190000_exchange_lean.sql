-- What posting an exchange costs, measured statement by statement: each check, each partial index
-- and each table joined is read and prepared anew by every statement that writes. What is known
-- already is not asked again.

-- The queue of the seal is filled by whoever posts, who is its owner already.
create or replace function await_seal() returns trigger
  language plpgsql as $$
begin
  insert into public.unsealed (association_id, transfer_id)
    values (new.association_id, new.transfer_id);
  return null;
end $$;

-- Of these kinds a SEL has one account each: one index says so for all.
alter table account add column sole text collate "C" generated always as (
  case when kind in ('association', 'solidarity', 'trunk') then kind end) stored;
create unique index one_account_a_kind on account (association_id, sole);
drop index one_account_an_association, one_solidarity_an_association, one_trunk_an_association,
  one_branch_a_sel;
create unique index one_branch_a_sel on account (branch_of);

-- A function in a check is planned anew by every statement that writes a row.
alter table account
  drop constraint branches_are_at_the_hub,
  add constraint branches_are_at_the_hub check (
    kind <> 'branch' or association_id = '00000000-0000-7000-8000-000000000001'::uuid);

-- What waits in one SEL is little, whoever it waits for.
drop index exchange_to_answer, exchange_open_of_payer, exchange_open_of_payee, exchange_to_approve;
create index exchange_open on exchange (association_id, proposed_at)
  where agreed_at is null and refused_at is null and cancelled_at is null and expired_at is null;

-- A transfer that settles an exchange has its id, which is there once.
drop index one_transfer_an_exchange;
alter table transfer
  add constraint exchange_gives_its_id check (kind <> 'exchange' or transfer_id = exchange_id);

-- The way that most units go: what `move_units` does is written out here. Writes a proposed exchange
-- and holds its units; or, where nobody's word is missing, posts it at once. Beyond a limit it is
-- refused, unless it waits for somebody's approval, or will when the other has answered: where the
-- SEL only warns, limits are not looked up. The caller chose the id: sending it again answers false
-- and changes nothing.
create or replace function propose_exchange(
    in_exchange uuid, in_payer uuid, in_payee uuid, in_amount bigint, in_label text,
    in_done_on date, in_notice uuid, in_at timestamptz, in_by uuid, in_for uuid,
    in_answer_by uuid, in_expires_at timestamptz, in_agrees_alone boolean, in_approval boolean,
    in_category uuid, in_allowed boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  is_posted boolean := in_answer_by is null and not in_approval;
  policy text;
  posted timestamptz;
  it record; payer record; payee record; written integer;
begin
  for it in
    select h.member_id, a.account_id, a.transfer_count, a.balance, a.moved_at
    from holding h
    join account a on a.association_id = h.association_id and a.account_id = h.account_id
    where h.association_id = here and h.member_id in (in_payer, in_payee) and h.until is null
      and a.closed_at is null
    order by a.account_id for update of a
  loop
    if it.member_id = in_payer then payer := it; else payee := it; end if;
  end loop;
  if payer is null or payee is null then
    raise exception 'an account of the exchange is missing'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  if payer.account_id = payee.account_id then
    raise exception 'both share one account'
      using errcode = 'check_violation', constraint = 'accounts_differ';
  end if;
  insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
      notice_id, proposed_at, proposed_by, proposed_for, answer_by, expires_at, agrees_alone,
      approval_asked_at, category_id, payer_account, payee_account, agreed_at,
      closed_by, transfer_id)
    values (here, in_exchange, in_payer, in_payee, in_amount, in_label, in_done_on, in_notice,
      in_at, in_by, in_for, in_answer_by, in_expires_at, in_agrees_alone,
      case when in_approval then in_at end, in_category, payer.account_id, payee.account_id,
      case when is_posted then in_at end,
      case when is_posted then in_by end, case when is_posted then in_exchange end)
    on conflict (association_id, exchange_id) do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  -- Where somebody in charge is asked, that happens when both have agreed.
  if not in_approval and not in_allowed then
    select limit_policy into strict policy from setting where association_id = here;
    if policy = 'refuse' or (policy = 'approve' and is_posted) then
      perform keep_within(payer.account_id, payee.account_id, in_amount, in_at);
    end if;
  end if;
  if is_posted then
    posted := greatest(in_at, payer.moved_at, payee.moved_at);
    insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account,
        payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
        payee_sequence, payer_balance, payee_balance)
      values (here, in_exchange, 'exchange', in_exchange, payer.account_id, payee.account_id,
        in_amount, in_label, in_done_on, posted, in_by, payer.transfer_count + 1,
        payee.transfer_count + 1, payer.balance - in_amount, payee.balance + in_amount);
    update account set
        balance = balance + case when account_id = payer.account_id then -in_amount
          else in_amount end,
        transfer_count = transfer_count + 1, moved_at = posted
      where association_id = here and account_id in (payer.account_id, payee.account_id);
  else
    update account set
        held_out = held_out + case when account_id = payer.account_id then in_amount else 0 end,
        held_in = held_in + case when account_id = payee.account_id then in_amount else 0 end
      where association_id = here and account_id in (payer.account_id, payee.account_id);
  end if;
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the exchange moved % accounts', written; end if;
  return true;
end $$;

-- An expression is evaluated at once where a statement would be run.
create or replace function enter(in_association uuid) returns void
  language plpgsql as $$
declare went text;
begin
  went := pg_catalog.set_config('saline.association', in_association::text, true);
end $$;

-- The same as before, by the index of the accounts of which a SEL has one each.
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
    where association_id = here and sole = 'association';
  select account_id into strict payee from account
    where association_id = here and member_id = in_member;
  if exists (select from transfer where association_id = here and payee_account = payee
             and kind = 'starting_credit') then
    return false;
  end if;
  return move_units(in_transfer, 'starting_credit', null, null, null, payer, payee, credit,
    in_label, in_done_on, in_at, in_by);
end $$;

create or replace function give_to_solidarity(
    in_transfer uuid, in_member uuid, in_amount bigint, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  mine uuid := (accounts_of(array[in_member]))[1];
  fund uuid;
begin
  select account_id into strict fund from account
    where association_id = here and sole = 'solidarity';
  perform lock_accounts(array[mine, fund]);
  if exists (select from transfer where association_id = here and transfer_id = in_transfer) then
    return false;
  end if;
  perform keep_within(mine, fund, in_amount, in_at);
  return move_units(in_transfer, 'gift', null, null, null, mine, fund, in_amount, in_label,
    in_done_on, in_at, in_by);
end $$;

create or replace function open_trunk(in_at timestamptz, out trunk uuid, out branch uuid)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  insert into account (association_id, account_id, kind, opened_at)
    values (here, gen_random_uuid(), 'trunk', in_at) on conflict do nothing;
  select account_id into strict trunk from account where association_id = here and sole = 'trunk';
  perform enter(hub());
  insert into account (association_id, account_id, kind, branch_of, opened_at)
    values (hub(), gen_random_uuid(), 'branch', here, in_at) on conflict do nothing;
  select account_id into strict branch from account
    where association_id = hub() and branch_of = here;
  perform enter(here);
end $$;
