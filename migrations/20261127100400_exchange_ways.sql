-- What a proposed exchange becomes where nobody answers; whether it asks somebody in charge; what
-- it was about; which accounts hold its units; and that it was undone.

alter table exchange
  add column agrees_alone boolean not null default false,
  add column approval_asked_at timestamptz,
  add column category_id uuid,
  add column payer_account uuid,
  add column payee_account uuid,
  add column reversed_at timestamptz,
  add column reversal text,
  add constraint reversal_has_a_reason check ((reversed_at is null) = (reversal is null)),
  add constraint only_what_was_agreed_is_reversed
    check (reversed_at is null or agreed_at is not null);
create index exchange_to_approve on exchange (association_id, approval_asked_at)
  where approval_asked_at is not null and agreed_at is null and refused_at is null
    and cancelled_at is null and expired_at is null;
create index exchange_by_day on exchange (association_id, proposed_at);

-- What waited before accounts were noted.
alter table exchange no force row level security;
alter table holding no force row level security;
update exchange e set payer_account = p.account_id, payee_account = q.account_id
  from holding p, holding q
  where p.association_id = e.association_id and p.member_id = e.payer_id and p.until is null
    and q.association_id = e.association_id and q.member_id = e.payee_id and q.until is null
    and num_nonnulls(e.agreed_at, e.refused_at, e.cancelled_at, e.expired_at) = 0;
alter table exchange force row level security;
alter table holding force row level security;

drop function propose_exchange(uuid, uuid, uuid, bigint, text, date, uuid, timestamptz, uuid, uuid,
  uuid, timestamptz);
drop function close_exchange(uuid, text, text, timestamptz, uuid);
drop function hold_units(uuid, uuid, bigint);

-- The way that most units go, in four statements: what `move_units` and `keep_within` do is written
-- out here. Writes a proposed exchange and holds its units; or, where nobody's word is missing,
-- posts it at once. Beyond a limit it is refused, unless it waits for somebody's approval, or will
-- when the other has answered. The caller chose the id: sending it again answers false and changes
-- nothing.
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
create function close_exchange(
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
