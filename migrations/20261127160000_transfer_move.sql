-- One function moves units; whoever moves some locks the accounts first, in one order, and is held
-- by the limits in one place. The functions before it that did parts of this by themselves are
-- replaced; what they wrote stays as it is.

alter table account
  add column moved_at timestamptz,
  drop constraint account_kind_is_known,
  add constraint account_kind_is_known check (kind in ('member', 'association', 'solidarity'));

-- Whoever undid something is whoever posted the transfers that undo it; whoever allowed an exchange
-- is whoever closed it.
alter table batch drop column reversed_by;
alter table exchange drop column approved_by, drop column reversed_by;

-- An exchange has one transfer and, where it was undone, the one that undoes it.
drop index transfer_of_exchange;
create unique index one_transfer_an_exchange on transfer (association_id, exchange_id)
  where kind = 'exchange';

-- A sheet keeps the name it began with.
revoke update (title) on sheet from saline_member;

drop function move_units(uuid, text, uuid, uuid, uuid, uuid, bigint, text, date, timestamptz, uuid,
  uuid);
drop function reverse_transfer(uuid, uuid, text, text, date, timestamptz, uuid);
drop function part_account(uuid, timestamptz);
drop function reopen_account(uuid, timestamptz);

-- How far an account may go; null where nothing is refused.
create or replace function floor_at(a account, s setting, in_at timestamptz) returns bigint
  language sql stable as $$
    select case when s.limit_policy = 'warn' then null
                when a.own_limits_until >= in_at::date then a.own_floor else s.floor end
  $$;

create or replace function ceiling_at(a account, s setting, in_at timestamptz) returns bigint
  language sql stable as $$
    select case when s.limit_policy = 'warn' then null
                when a.own_limits_until >= in_at::date then a.own_ceiling else s.ceiling end
  $$;

-- Locks these accounts in id order: whoever moves units does so first, so that nobody waits for one
-- who waits for them.
create or replace function lock_accounts(in_accounts uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform 1 from account
    where association_id = current_association() and account_id = any (in_accounts)
    order by account_id for update;
end $$;
revoke all on function lock_accounts(uuid[]) from public;

-- The accounts that these members hold now, in their order; null for who holds none.
create or replace function accounts_of(in_members uuid[]) returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return (select array_agg(h.account_id order by m.place)
    from unnest(in_members) with ordinality as m (member_id, place)
    left join holding h on h.association_id = current_association()
      and h.member_id = m.member_id and h.until is null);
end $$;
revoke all on function accounts_of(uuid[]) from public;

-- Says no where moving so much would lead beyond a limit, what is held counted. The accounts are
-- locked.
create or replace function keep_within(
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
create or replace function move_units(
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
create or replace function heir_of(in_account uuid) returns uuid
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
create or replace function reverse_transfer(
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
  -- What crossed to another SEL is undone in all books or in none, not here.
  if it.kind in ('reversal', 'crossing') then
    raise exception 'a % is not reversed here', it.kind
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

-- The way that most units go, in four statements: what `move_units` and `keep_within` do is written
-- out here. Writes a proposed exchange and holds its units; or, where nobody's word is missing,
-- posts it at once. Beyond a limit it is refused, unless it waits for somebody's approval, or will
-- when the other has answered. The caller chose the id: sending it again answers false and changes
-- nothing.
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
  is_free boolean := in_approval or in_allowed;
  posted timestamptz;
  it record; payer record; payee record; written integer;
begin
  for it in
    select a.account_id, h.member_id, a.transfer_count, a.balance,
           a.balance - a.held_out - in_amount as lowest,
           a.balance + a.held_in + in_amount as highest,
           case when not is_free then floor_at(a, s, in_at) end as floor,
           case when not is_free then ceiling_at(a, s, in_at) end as ceiling, a.moved_at,
           s.limit_policy
    from holding h
    join account a on a.association_id = h.association_id and a.account_id = h.account_id
    join setting s on s.association_id = h.association_id
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
  if payer.lowest < payer.floor and (is_posted or payer.limit_policy = 'refuse') then
    raise exception 'the payer would fall below the floor'
      using errcode = 'check_violation', constraint = 'payer_within_floor';
  end if;
  if payee.highest > payee.ceiling and (is_posted or payee.limit_policy = 'refuse') then
    raise exception 'the payee would rise above the ceiling'
      using errcode = 'check_violation', constraint = 'payee_within_ceiling';
  end if;
  posted := greatest(in_at, payer.moved_at, payee.moved_at);
  if is_posted then
    insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account,
        payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
        payee_sequence, payer_balance, payee_balance)
      values (here, in_exchange, 'exchange', in_exchange, payer.account_id, payee.account_id,
        in_amount, in_label, in_done_on, posted, in_by, payer.transfer_count + 1,
        payee.transfer_count + 1, payer.balance - in_amount, payee.balance + in_amount);
  end if;
  update account set
      balance = balance + case when not is_posted then 0
        when account_id = payer.account_id then -in_amount else in_amount end,
      transfer_count = transfer_count + is_posted::integer,
      moved_at = case when is_posted then posted else moved_at end,
      held_out = held_out + case when not is_posted and account_id = payer.account_id
        then in_amount else 0 end,
      held_in = held_in + case when not is_posted and account_id = payee.account_id
        then in_amount else 0 end
    where association_id = here and account_id in (payer.account_id, payee.account_id);
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the exchange moved % accounts', written; end if;
  return true;
end $$;
revoke all on function propose_exchange(uuid, uuid, uuid, bigint, text, date, uuid, timestamptz,
  uuid, uuid, uuid, timestamptz, boolean, boolean, uuid, boolean) from public;
grant execute on function propose_exchange(uuid, uuid, uuid, bigint, text, date, uuid, timestamptz,
  uuid, uuid, uuid, timestamptz, boolean, boolean, uuid, boolean) to saline_member;

-- Ends a pending exchange, exactly once: agreed (posted), refused, cancelled or expired. Or, where
-- both agree and a limit says no, asks for approval: it goes on waiting. Limits do not count where
-- somebody in charge allows it. Answers false where it had ended already, or asks for approval by
-- now and did not when it was decided, or the other way round.
create or replace function close_exchange(
    in_exchange uuid, in_how text, in_refusal text, in_at timestamptz, in_by uuid,
    in_expires_at timestamptz, in_approving boolean, in_allowed boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it exchange; written integer;
begin
  select * into it from exchange where association_id = here and exchange_id = in_exchange
    for update;
  if not found then raise exception 'no such exchange' using errcode = 'no_data_found'; end if;
  if num_nonnulls(it.agreed_at, it.refused_at, it.cancelled_at, it.expired_at) > 0
      or (it.approval_asked_at is not null) <> in_approving then
    return false;
  end if;
  if in_how = 'approval' then
    update exchange set answer_by = null, agrees_alone = false, approval_asked_at = in_at,
        expires_at = in_expires_at
      where association_id = here and exchange_id = in_exchange;
    return true;
  end if;
  if in_how not in ('agreed', 'refused', 'cancelled', 'expired') then
    raise exception 'an exchange cannot be %', in_how;
  end if;
  perform lock_accounts(array[it.payer_account, it.payee_account]);
  update account set
      held_out = held_out - case when account_id = it.payer_account then it.amount else 0 end,
      held_in = held_in - case when account_id = it.payee_account then it.amount else 0 end
    where association_id = here and account_id in (it.payer_account, it.payee_account);
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the exchange was held by % accounts', written; end if;
  if in_how = 'agreed' then
    if not in_allowed then
      perform keep_within(it.payer_account, it.payee_account, it.amount, in_at);
    end if;
    if not move_units(in_exchange, 'exchange', in_exchange, null, null, it.payer_account,
        it.payee_account, it.amount, it.label, it.done_on, in_at, in_by) then
      raise exception 'the transfer of a pending exchange was there already';
    end if;
  end if;
  update exchange set
      agreed_at = case when in_how = 'agreed' then in_at end,
      refused_at = case when in_how = 'refused' then in_at end,
      cancelled_at = case when in_how = 'cancelled' then in_at end,
      expired_at = case when in_how = 'expired' then in_at end,
      refusal = in_refusal, closed_by = in_by,
      transfer_id = case when in_how = 'agreed' then in_exchange end
    where association_id = here and exchange_id = in_exchange;
  return true;
end $$;
revoke all on function close_exchange(uuid, text, text, timestamptz, uuid, timestamptz, boolean,
  boolean) from public;
grant execute on function close_exchange(uuid, text, text, timestamptz, uuid, timestamptz, boolean,
  boolean) to saline_member;

-- Posts the ready lines of a sheet together: locks all their accounts in id order, then writes each
-- line's exchange and transfer. What is on paper has happened: limits do not refuse it. A line that
-- was posted before is left alone. Answers the lines that were posted now.
create or replace function post_sheet(
    in_sheet uuid, in_lines uuid[], in_payers uuid[], in_payees uuid[], in_amounts bigint[],
    in_labels text[], in_days date[], in_slips text[], in_at timestamptz, in_by uuid)
  returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payers uuid[] := accounts_of(in_payers);
  payees uuid[] := accounts_of(in_payees);
  written integer;
begin
  perform lock_accounts(payers || payees);
  for i in 1 .. cardinality(in_lines) loop
    insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
        proposed_at, proposed_by, proposed_for, payer_account, payee_account, agreed_at, closed_by,
        transfer_id, sheet_id, slip)
      values (here, in_lines[i], in_payers[i], in_payees[i], in_amounts[i], in_labels[i],
        in_days[i], in_at, in_by, in_payers[i], payers[i], payees[i], in_at, in_by, in_lines[i],
        in_sheet, in_slips[i])
      on conflict (association_id, exchange_id) do nothing;
    get diagnostics written = row_count;
    continue when written = 0;
    if not move_units(in_lines[i], 'exchange', in_lines[i], null, null, payers[i], payees[i],
        in_amounts[i], in_labels[i], in_days[i], in_at, in_by) then
      raise exception 'the transfer of a new exchange was there already';
    end if;
    update sheet_line set posted_at = in_at
      where association_id = here and line_id = in_lines[i] and sheet_id = in_sheet;
    get diagnostics written = row_count;
    if written <> 1 then raise exception 'the line of an exchange was not there'; end if;
    return next in_lines[i];
  end loop;
end $$;
revoke all on function post_sheet(uuid, uuid[], uuid[], uuid[], bigint[], text[], date[], text[],
  timestamptz, uuid) from public;
grant execute on function post_sheet(uuid, uuid[], uuid[], uuid[], bigint[], text[], date[], text[],
  timestamptz, uuid) to saline_member;

-- Posts a decided batch: every member of it gives to, or receives from, one account. All accounts
-- are locked in id order first. The same id again answers false and changes nothing.
create or replace function post_batch(
    in_batch uuid, in_kind text, in_label text, in_done_on date, in_with uuid, in_receives boolean,
    in_transfers uuid[], in_members uuid[], in_amounts bigint[], in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  accounts uuid[] := accounts_of(in_members);
  written integer;
begin
  perform lock_accounts(accounts || in_with);
  insert into batch (association_id, batch_id, kind, label, done_on, decided_by, decided_at)
    values (here, in_batch, in_kind, in_label, in_done_on, in_by, in_at)
    on conflict (association_id, batch_id) do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  for i in 1 .. cardinality(in_members) loop
    if not move_units(in_transfers[i], in_kind, null, null, in_batch,
        case when in_receives then in_with else accounts[i] end,
        case when in_receives then accounts[i] else in_with end,
        in_amounts[i], in_label, in_done_on, in_at, in_by) then
      raise exception 'a transfer of a new batch was there already';
    end if;
  end loop;
  return true;
end $$;
revoke all on function post_batch(uuid, text, text, date, uuid, boolean, uuid[], uuid[], bigint[],
  timestamptz, uuid) from public;
grant execute on function post_batch(uuid, text, text, date, uuid, boolean, uuid[], uuid[],
  bigint[], timestamptz, uuid) to saline_member;

-- Undoes what of a batch still stands, each transfer by its reverse. Those of accounts that are
-- closed stay until they are open again. Answers how many it undid.
create or replace function reverse_batch(
    in_batch uuid, in_label text, in_reason text, in_done_on date, in_at timestamptz, in_by uuid)
  returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record; undone integer := 0;
begin
  perform 1 from batch where association_id = here and batch_id = in_batch for update;
  perform lock_accounts((select array_agg(account_id) from transfer t
    cross join lateral unnest(array[heir_of(t.payer_account), heir_of(t.payee_account)])
      as either (account_id)
    where t.association_id = here and t.batch_id = in_batch));
  for it in
    select t.transfer_id, p.account_id as payer, q.account_id as payee, t.amount from transfer t
    join account p on p.association_id = here and p.account_id = heir_of(t.payee_account)
      and p.closed_at is null
    join account q on q.association_id = here and q.account_id = heir_of(t.payer_account)
      and q.closed_at is null
    where t.association_id = here and t.batch_id = in_batch
      and not exists (select from transfer r where r.association_id = here
                      and r.reverses = t.transfer_id)
    order by t.transfer_id
  loop
    if move_units(gen_random_uuid(), 'reversal', null, it.transfer_id, null, it.payer, it.payee,
        it.amount, in_label, in_done_on, in_at, in_by) then
      undone := undone + 1;
    end if;
  end loop;
  update batch set reversed_at = coalesce(reversed_at, in_at),
      reversal = coalesce(reversal, in_reason)
    where association_id = here and batch_id = in_batch and undone > 0;
  return undone;
end $$;
revoke all on function reverse_batch(uuid, text, text, date, timestamptz, uuid) from public;
grant execute on function reverse_batch(uuid, text, text, date, timestamptz, uuid)
  to saline_member;

-- A member gives to the account of mutual help, within the limits.
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
    where association_id = here and kind = 'solidarity';
  perform lock_accounts(array[mine, fund]);
  if exists (select from transfer where association_id = here and transfer_id = in_transfer) then
    return false;
  end if;
  perform keep_within(mine, fund, in_amount, in_at);
  return move_units(in_transfer, 'gift', null, null, null, mine, fund, in_amount, in_label,
    in_done_on, in_at, in_by);
end $$;
revoke all on function give_to_solidarity(uuid, uuid, bigint, text, date, timestamptz, uuid)
  from public;
grant execute on function give_to_solidarity(uuid, uuid, bigint, text, date, timestamptz, uuid)
  to saline_member;

-- Locks in the order in which all others lock: what waits first, then all accounts in id order.
create or replace function lock_for_departure(in_member uuid, in_with uuid) returns void
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
create or replace function empty_account(
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
create or replace function close_account(
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
create or replace function open_own_account(in_member uuid, in_at timestamptz) returns void
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

-- Lets a member share the account of another. What their own holds moves there by a transfer that
-- everybody can read. Answers what moved, from their side; null where they share it already.
create or replace function share_account(
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
