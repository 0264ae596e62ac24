-- The ways in which a SEL lets an exchange be recorded, limits of one account, who acts for whom, and
-- whose account is whose.

alter table setting
  add column payer_alone boolean not null default true,
  add column payee_asks boolean not null default true,
  add column agree_days smallint,
  add column slips_allowed boolean not null default true,
  add column proxies_allowed boolean not null default true,
  drop constraint limit_policy_is_known,
  add constraint limit_policy_is_known check (limit_policy in ('warn', 'approve', 'refuse')),
  add constraint agreeing_alone_takes_time check (agree_days between 5 and 90);
grant update (payer_alone, payee_asks, agree_days, slips_allowed, proxies_allowed) on setting
  to saline_member;

-- Limits of its own, until that day; none where there is no day.
alter table account
  add column own_floor bigint,
  add column own_ceiling bigint,
  add column own_limits_until date,
  add column closed_at timestamptz,
  add constraint own_floor_is_below_zero check (own_floor <= 0),
  add constraint own_ceiling_is_above_zero check (own_ceiling >= 0),
  drop constraint account_kind_is_known,
  add constraint account_kind_is_known
    check (kind in ('member', 'association', 'solidarity', 'household')),
  drop constraint member_account_has_a_member,
  add constraint member_account_has_a_member check ((kind = 'member') = (member_id is not null));
create unique index one_solidarity_an_association on account (association_id)
  where kind = 'solidarity';
grant update (own_floor, own_ceiling, own_limits_until) on account to saline_member;

-- Which account a member's exchanges go to, and since when.
create table holding (
  association_id uuid not null,
  member_id uuid not null,
  account_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  holding_id bigint generated always as identity,
  primary key (association_id, member_id, holding_id),
  constraint holding_ends_after_it_begins check (until >= since)
);
create unique index one_account_held_at_a_time on holding (association_id, member_id)
  include (account_id) where until is null;
create index holding_of_account on holding (association_id, account_id);
alter table account no force row level security;
insert into holding (association_id, member_id, account_id, since)
  select association_id, member_id, account_id, opened_at from account
  where member_id is not null;
alter table account force row level security;
alter table holding enable row level security;
alter table holding force row level security;
create policy own on holding to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on holding to saline_member;

-- Whoever gets an account of their own holds it.
create function hold_own_account() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into public.holding (association_id, member_id, account_id, since)
    values (new.association_id, new.member_id, new.account_id, new.opened_at);
  return null;
end $$;
revoke all on function hold_own_account() from public;
create trigger account_is_held after insert on account
  for each row when (new.member_id is not null) execute function hold_own_account();

-- What the board decided about the limits of one account, and why.
create table limit_override (
  association_id uuid not null references association,
  override_id uuid not null,
  account_id uuid not null,
  floor bigint,
  ceiling bigint,
  reason text not null,
  until date,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (association_id, override_id),
  foreign key (association_id, account_id) references account,
  foreign key (association_id, decided_by) references member,
  constraint override_has_a_reason check (reason <> '' and length(reason) <= 400)
);
create index override_of_account on limit_override (association_id, account_id, decided_at);
alter table limit_override enable row level security;
alter table limit_override force row level security;
create policy own on limit_override to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert on limit_override to saline_member;

-- A member lets another act in their name, on paper; either may end it.
create table mandate (
  association_id uuid not null references association,
  mandate_id uuid not null,
  member_id uuid not null,
  proxy_id uuid not null,
  signed_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (association_id, mandate_id),
  foreign key (association_id, member_id) references member,
  foreign key (association_id, proxy_id) references member,
  foreign key (association_id, recorded_by) references member,
  foreign key (association_id, revoked_by) references member,
  constraint nobody_is_their_own_proxy check (member_id <> proxy_id)
);
create unique index one_mandate_at_a_time on mandate (association_id, proxy_id, member_id)
  where revoked_at is null;
create index mandate_of_member on mandate (association_id, member_id) where revoked_at is null;
alter table mandate enable row level security;
alter table mandate force row level security;
create policy own on mandate to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (revoked_at, revoked_by) on mandate to saline_member;

-- What a proposed exchange becomes where nobody answers; whether somebody in charge must allow it, and
-- who did; what it was about; which accounts hold its units; and that it was undone.
alter table exchange
  add column agrees_alone boolean not null default false,
  add column approval_asked_at timestamptz,
  add column category_id uuid,
  add column payer_account uuid,
  add column payee_account uuid,
  add column approved_by uuid,
  add column reversed_at timestamptz,
  add column reversed_by uuid,
  add column reversal text,
  add constraint reversal_has_a_reason check ((reversed_at is null) = (reversal is null)),
  add constraint only_what_was_agreed_is_reversed
    check (reversed_at is null or agreed_at is not null);
create index exchange_to_approve on exchange (association_id, approval_asked_at)
  where approval_asked_at is not null and agreed_at is null and refused_at is null
    and cancelled_at is null and expired_at is null;
create index exchange_by_day on exchange (association_id, proposed_at);

alter table transfer
  add column reverses uuid,
  drop constraint transfer_kind_is_known,
  add constraint transfer_kind_is_known check (kind in ('exchange', 'starting_credit', 'reversal',
    'closing')),
  add constraint reversals_reverse check ((kind = 'reversal') = (reverses is not null));
create unique index reversed_once on transfer (association_id, reverses)
  where reverses is not null;
drop index one_transfer_an_exchange;
create index transfer_of_exchange on transfer (association_id, exchange_id)
  where exchange_id is not null;

drop function propose_exchange(uuid, uuid, uuid, bigint, text, date, uuid, timestamptz, uuid, uuid,
  uuid, timestamptz);
drop function close_exchange(uuid, text, text, timestamptz, uuid);
drop function hold_units(uuid, uuid, bigint);

-- Writes a proposed exchange and holds its units; or, where nobody's word is missing, posts it at
-- once. Beyond a limit it is refused, unless it waits for somebody's approval, or will when the other
-- has answered. The caller chose the id: sending it again answers false and changes nothing.
create function propose_exchange(
    in_exchange uuid, in_payer uuid, in_payee uuid, in_amount bigint, in_label text,
    in_done_on date, in_notice uuid, in_at timestamptz, in_by uuid, in_for uuid,
    in_answer_by uuid, in_expires_at timestamptz, in_agrees_alone boolean, in_approval boolean,
    in_category uuid, in_allowed boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  is_posted boolean := in_answer_by is null and not in_approval;
  it record; payer record; payee record; written integer;
begin
  for it in
    select a.account_id, h.member_id, a.transfer_count, a.balance,
           a.balance - a.held_out - in_amount as lowest,
           a.balance + a.held_in + in_amount as highest,
           case when s.limit_policy = 'warn' or in_approval or in_allowed
                  or (s.limit_policy = 'approve' and in_answer_by is not null) then null
                when a.own_limits_until >= in_at::date then a.own_floor else s.floor end as floor,
           case when s.limit_policy = 'warn' or in_approval or in_allowed
                  or (s.limit_policy = 'approve' and in_answer_by is not null) then null
                when a.own_limits_until >= in_at::date then a.own_ceiling else s.ceiling
           end as ceiling
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
      approval_asked_at, category_id, payer_account, payee_account, approved_by, agreed_at, closed_by, transfer_id)
    values (here, in_exchange, in_payer, in_payee, in_amount, in_label, in_done_on, in_notice,
      in_at, in_by, in_for, in_answer_by, in_expires_at, in_agrees_alone,
      case when in_approval then in_at end, in_category, payer.account_id, payee.account_id,
      case when in_allowed then in_by end, case when is_posted then in_at end,
      case when is_posted then in_by end, case when is_posted then in_exchange end)
    on conflict (association_id, exchange_id) do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  if payer.lowest < payer.floor then
    raise exception 'the payer would fall below the floor'
      using errcode = 'check_violation', constraint = 'payer_within_floor';
  end if;
  if payee.highest > payee.ceiling then
    raise exception 'the payee would rise above the ceiling'
      using errcode = 'check_violation', constraint = 'payee_within_ceiling';
  end if;
  if is_posted then
    insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account,
        payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
        payee_sequence, payer_balance, payee_balance)
      values (here, in_exchange, 'exchange', in_exchange, payer.account_id, payee.account_id,
        in_amount, in_label, in_done_on, in_at, in_by, payer.transfer_count + 1,
        payee.transfer_count + 1, payer.balance - in_amount, payee.balance + in_amount);
  end if;
  update account set
      balance = balance + case when not is_posted then 0
        when account_id = payer.account_id then -in_amount else in_amount end,
      transfer_count = transfer_count + is_posted::integer,
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
create function close_exchange(
    in_exchange uuid, in_how text, in_refusal text, in_at timestamptz, in_by uuid,
    in_expires_at timestamptz, in_approving boolean, in_allowed boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  is_posted boolean := in_how = 'agreed';
  it exchange; one record; payer record; payee record; written integer;
begin
  select * into it from exchange where association_id = here and exchange_id = in_exchange
    for update;
  if not found then raise exception 'no such exchange' using errcode = 'no_data_found'; end if;
  if num_nonnulls(it.agreed_at, it.refused_at, it.cancelled_at, it.expired_at) > 0 then
    return false;
  end if;
  if (it.approval_asked_at is not null) <> in_approving then return false; end if;
  if in_how = 'approval' then
    update exchange set answer_by = null, agrees_alone = false, approval_asked_at = in_at,
        expires_at = in_expires_at
      where association_id = here and exchange_id = in_exchange and approval_asked_at is null;
    return found;
  end if;
  if in_how not in ('agreed', 'refused', 'cancelled', 'expired') then
    raise exception 'an exchange cannot be %', in_how;
  end if;
  -- Where it was proposed before accounts were noted, those that the two hold now.
  if it.payer_account is null then
    select account_id into it.payer_account from holding
      where association_id = here and member_id = it.payer_id and until is null;
    select account_id into it.payee_account from holding
      where association_id = here and member_id = it.payee_id and until is null;
  end if;
  for one in
    select a.account_id, a.transfer_count, a.balance,
           a.balance - a.held_out as lowest, a.balance + a.held_in as highest,
           case when s.limit_policy = 'warn' or in_allowed then null
                when a.own_limits_until >= in_at::date then a.own_floor else s.floor end as floor,
           case when s.limit_policy = 'warn' or in_allowed then null
                when a.own_limits_until >= in_at::date then a.own_ceiling else s.ceiling
           end as ceiling
    from account a join setting s on s.association_id = a.association_id
    where a.association_id = here and a.account_id in (it.payer_account, it.payee_account)
    order by a.account_id for update of a
  loop
    if one.account_id = it.payer_account then payer := one; else payee := one; end if;
  end loop;
  if payer is null or payee is null then
    raise exception 'an account of the exchange is missing'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  if is_posted and payer.lowest < payer.floor then
    raise exception 'the payer would fall below the floor'
      using errcode = 'check_violation', constraint = 'payer_within_floor';
  end if;
  if is_posted and payee.highest > payee.ceiling then
    raise exception 'the payee would rise above the ceiling'
      using errcode = 'check_violation', constraint = 'payee_within_ceiling';
  end if;
  if is_posted then
    insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account,
        payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
        payee_sequence, payer_balance, payee_balance)
      values (here, in_exchange, 'exchange', in_exchange, payer.account_id, payee.account_id,
        it.amount, it.label, it.done_on, in_at, in_by, payer.transfer_count + 1,
        payee.transfer_count + 1, payer.balance - it.amount, payee.balance + it.amount);
  end if;
  update account set
      balance = balance + case when not is_posted then 0
        when account_id = payer.account_id then -it.amount else it.amount end,
      transfer_count = transfer_count + is_posted::integer,
      held_out = held_out - case when account_id = payer.account_id then it.amount else 0 end,
      held_in = held_in - case when account_id = payee.account_id then it.amount else 0 end
    where association_id = here and account_id in (payer.account_id, payee.account_id);
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the exchange moved % accounts', written; end if;
  update exchange set
      agreed_at = case when in_how = 'agreed' then in_at end,
      refused_at = case when in_how = 'refused' then in_at end,
      cancelled_at = case when in_how = 'cancelled' then in_at end,
      expired_at = case when in_how = 'expired' then in_at end,
      refusal = in_refusal, closed_by = in_by,
      approved_by = case when is_posted and in_allowed then in_by end,
      transfer_id = case when is_posted then in_exchange end
    where association_id = here and exchange_id = in_exchange;
  get diagnostics written = row_count;
  if written <> 1 then raise exception 'the exchange was not closed'; end if;
  return true;
end $$;
revoke all on function close_exchange(uuid, text, text, timestamptz, uuid, timestamptz, boolean,
  boolean) from public;
grant execute on function close_exchange(uuid, text, text, timestamptz, uuid, timestamptz, boolean,
  boolean) to saline_member;

-- Moves units between two accounts that are open, whatever the limits: what every other movement is
-- made of. Locks both in id order. The same id again answers false and changes nothing.
create function move_units(
    in_transfer uuid, in_kind text, in_exchange uuid, in_reverses uuid, in_payer uuid,
    in_payee uuid, in_amount bigint, in_label text, in_done_on date, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record; payer record; payee record; written integer;
begin
  for it in
    select account_id, transfer_count, balance from account
    where association_id = here and account_id in (in_payer, in_payee) and closed_at is null
    order by account_id for update
  loop
    if it.account_id = in_payer then payer := it; else payee := it; end if;
  end loop;
  if payer is null or payee is null then
    raise exception 'an account of the transfer is missing or closed'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  insert into transfer (association_id, transfer_id, kind, exchange_id, reverses, payer_account,
      payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence, payee_sequence,
      payer_balance, payee_balance)
    values (here, in_transfer, in_kind, in_exchange, in_reverses, in_payer, in_payee, in_amount,
      in_label, in_done_on, in_at, in_by, payer.transfer_count + 1, payee.transfer_count + 1,
      payer.balance - in_amount, payee.balance + in_amount)
    on conflict do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  update account set
      balance = balance + case when account_id = in_payer then -in_amount else in_amount end,
      transfer_count = transfer_count + 1
    where association_id = here and account_id in (in_payer, in_payee);
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the transfer moved % accounts', written; end if;
  return true;
end $$;
revoke all on function move_units(uuid, text, uuid, uuid, uuid, uuid, bigint, text, date,
  timestamptz, uuid) from public;

-- Undoes a transfer by the same amount the other way, once. Where it settled an exchange, the
-- exchange says so. Answers false where it was undone before.
create function reverse_transfer(
    in_new uuid, in_transfer uuid, in_label text, in_reason text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record;
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
  if not move_units(in_new, 'reversal', it.exchange_id, in_transfer, it.payee_account,
      it.payer_account, it.amount, in_label, in_done_on, in_at, in_by) then
    return false;
  end if;
  update exchange set reversed_at = in_at, reversed_by = in_by, reversal = in_reason
    where association_id = here and exchange_id = it.exchange_id;
  return true;
end $$;
revoke all on function reverse_transfer(uuid, uuid, text, text, date, timestamptz, uuid)
  from public;
grant execute on function reverse_transfer(uuid, uuid, text, text, date, timestamptz, uuid)
  to saline_member;

-- Everything that leaving touches, locked in the order in which all others lock: what waits first,
-- then all accounts in id order.
create function lock_for_departure(in_member uuid, in_with uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  perform 1 from exchange where association_id = here and in_member in (payer_id, payee_id)
    and agreed_at is null and refused_at is null and cancelled_at is null and expired_at is null
    order by exchange_id for update;
  perform 1 from account where association_id = here and (account_id = in_with
      or account_id in (select account_id from holding where association_id = here
                        and member_id = in_member and until is null)
      or account_id in (
        select unnest(array[e.payer_account, e.payee_account, p.account_id, q.account_id])
        from exchange e
        left join holding p on p.association_id = here and p.member_id = e.payer_id
          and p.until is null
        left join holding q on q.association_id = here and q.member_id = e.payee_id
          and q.until is null
        where e.association_id = here and in_member in (e.payer_id, e.payee_id)
          and e.agreed_at is null and e.refused_at is null and e.cancelled_at is null
          and e.expired_at is null))
    order by account_id for update;
end $$;
revoke all on function lock_for_departure(uuid, uuid) from public;
grant execute on function lock_for_departure(uuid, uuid) to saline_member;

-- Brings the account of a member who leaves to zero, out of or into an account of the SEL or of
-- another member, and closes it. Answers what moved, from the member's side.
create function close_account(
    in_member uuid, in_transfer uuid, in_with uuid, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  mine record; moved bigint;
begin
  -- Both in id order, before anything is read.
  perform 1 from account where association_id = here and (account_id = in_with
      or account_id = (select account_id from holding where association_id = here
                       and member_id = in_member and until is null))
    order by account_id for update;
  select a.account_id, a.balance, a.held_out, a.held_in into mine
    from holding h join account a on a.association_id = h.association_id
      and a.account_id = h.account_id
    where h.association_id = here and h.member_id = in_member and h.until is null
      and a.closed_at is null;
  if not found then return null; end if;
  if (select count(*) from holding where association_id = here and account_id = mine.account_id
      and until is null) > 1 then
    -- Others of the household go on with it.
    update holding set until = in_at
      where association_id = here and member_id = in_member and until is null;
    return 0;
  end if;
  if mine.held_out <> 0 or mine.held_in <> 0 then
    raise exception 'something waits for an answer'
      using errcode = 'check_violation', constraint = 'nothing_waits';
  end if;
  moved := -mine.balance;
  if mine.balance > 0 then
    perform move_units(in_transfer, 'closing', null, null, mine.account_id, in_with, mine.balance,
      in_label, in_done_on, in_at, in_by);
  elsif mine.balance < 0 then
    perform move_units(in_transfer, 'closing', null, null, in_with, mine.account_id,
      -mine.balance, in_label, in_done_on, in_at, in_by);
  end if;
  update account set closed_at = in_at
    where association_id = here and account_id = mine.account_id and balance = 0;
  if not found then raise exception 'the account was not brought to zero'; end if;
  return moved;
end $$;
revoke all on function close_account(uuid, uuid, uuid, text, date, timestamptz, uuid) from public;
grant execute on function close_account(uuid, uuid, uuid, text, date, timestamptz, uuid)
  to saline_member;

-- Who left comes back to the account they had.
create function reopen_account(in_member uuid, in_at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  -- Who shared an account when they left has their own again.
  insert into holding (association_id, member_id, account_id, since)
    select here, in_member, account_id, in_at from account
    where association_id = here and member_id = in_member
      and not exists (select from holding where association_id = here
                      and member_id = in_member and until is null);
  update account set closed_at = null where association_id = here
    and account_id = (select account_id from holding where association_id = here
                      and member_id = in_member and until is null);
end $$;
revoke all on function reopen_account(uuid, timestamptz) from public;
grant execute on function reopen_account(uuid, timestamptz) to saline_member;

-- The sheet goes to the accounts that the members hold.
create or replace function post_sheet(
    in_sheet uuid, in_lines uuid[], in_payers uuid[], in_payees uuid[], in_amounts bigint[],
    in_labels text[], in_days date[], in_slips text[], in_at timestamptz, in_by uuid)
  returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payer uuid; payee uuid; written integer;
begin
  perform 1 from account where association_id = here and account_id in (
      select account_id from holding where association_id = here and until is null
        and member_id in (select unnest(in_payers) union select unnest(in_payees)))
    order by account_id for update;
  for i in 1 .. cardinality(in_lines) loop
    select account_id into payer from holding
      where association_id = here and member_id = in_payers[i] and until is null;
    select account_id into payee from holding
      where association_id = here and member_id = in_payees[i] and until is null;
    insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
        proposed_at, proposed_by, proposed_for, agreed_at, closed_by, transfer_id, sheet_id, slip)
      values (here, in_lines[i], in_payers[i], in_payees[i], in_amounts[i], in_labels[i],
        in_days[i], in_at, in_by, in_payers[i], in_at, in_by, in_lines[i], in_sheet, in_slips[i])
      on conflict (association_id, exchange_id) do nothing;
    get diagnostics written = row_count;
    continue when written = 0;
    if not move_units(in_lines[i], 'exchange', in_lines[i], null, payer, payee, in_amounts[i],
        in_labels[i], in_days[i], in_at, in_by) then
      raise exception 'the transfer of a new exchange was there already';
    end if;
    update sheet_line set posted_at = in_at
      where association_id = here and line_id = in_lines[i] and sheet_id = in_sheet;
    get diagnostics written = row_count;
    if written <> 1 then raise exception 'the line of an exchange was not there'; end if;
    return next in_lines[i];
  end loop;
end $$;

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
  return move_units(in_transfer, 'starting_credit', null, null, payer, payee, credit, in_label,
    in_done_on, in_at, in_by);
end $$;
drop function post_transfer(uuid, text, uuid, uuid, uuid, bigint, text, date, timestamptz, uuid);

-- An account of mutual help beside the SEL's own, in every association.
create function open_solidarity() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into public.account (association_id, account_id, kind, opened_at)
    values (new.association_id, gen_random_uuid(), 'solidarity', new.opened_at);
  return null;
end $$;
revoke all on function open_solidarity() from public;
create trigger solidarity_opens after insert on account
  for each row when (new.kind = 'association') execute function open_solidarity();
alter table account no force row level security;
insert into account (association_id, account_id, kind, opened_at)
  select association_id, gen_random_uuid(), 'solidarity', opened_at from account
  where kind = 'association';
alter table account force row level security;

-- A disagreement about an exchange, spoken of with those who mediate.
create table dispute (
  association_id uuid not null references association,
  dispute_id uuid not null,
  exchange_id uuid not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  reason text not null,
  upheld_at timestamptz,
  reversed_at timestamptz,
  withdrawn_at timestamptz,
  closed_by uuid,
  outcome text,
  primary key (association_id, dispute_id),
  foreign key (association_id, exchange_id) references exchange,
  foreign key (association_id, opened_by) references member,
  foreign key (association_id, closed_by) references member,
  constraint dispute_has_a_reason check (reason <> '' and length(reason) <= 2000),
  constraint dispute_ends_once check (num_nonnulls(upheld_at, reversed_at, withdrawn_at) <= 1)
);
create unique index one_dispute_at_a_time on dispute (association_id, exchange_id)
  where upheld_at is null and reversed_at is null and withdrawn_at is null;
create index dispute_of_exchange on dispute (association_id, exchange_id, opened_at);
create index dispute_open on dispute (association_id, opened_at)
  where upheld_at is null and reversed_at is null and withdrawn_at is null;
alter table dispute enable row level security;
alter table dispute force row level security;
create policy own on dispute to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert (association_id, dispute_id, exchange_id, opened_by, opened_at, reason),
    update (upheld_at, reversed_at, withdrawn_at, closed_by, outcome) on dispute to saline_member;

create table dispute_message (
  association_id uuid not null references association,
  message_id uuid not null,
  dispute_id uuid not null,
  author_id uuid not null,
  body text not null,
  written_at timestamptz not null,
  primary key (association_id, message_id),
  foreign key (association_id, dispute_id) references dispute,
  foreign key (association_id, author_id) references member,
  constraint word_is_said check (body <> '' and length(body) <= 2000)
);
create index word_of_dispute on dispute_message (association_id, dispute_id, written_at, message_id);
alter table dispute_message enable row level security;
alter table dispute_message force row level security;
create policy own on dispute_message to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert on dispute_message to saline_member;

-- Who holds the settings mediates, until the board gives it to others.
alter table member no force row level security;
update member set rights = array_append(rights, 'mediate') where 'settings' = any (rights);
alter table member force row level security;
