-- Posting an exchange in four statements: both accounts are locked and read at once, the exchange is
-- written as it ends, then the transfer, then both balances.

create or replace function propose_exchange(
    in_exchange uuid, in_payer uuid, in_payee uuid, in_amount bigint, in_label text,
    in_done_on date, in_notice uuid, in_at timestamptz, in_by uuid, in_for uuid,
    in_answer_by uuid, in_expires_at timestamptz)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  is_posted boolean := in_answer_by is null;
  it record; payer record; payee record; written integer;
begin
  for it in
    select a.account_id, a.member_id, a.transfer_count, a.balance,
           a.balance - a.held_out - in_amount as lowest,
           a.balance + a.held_in + in_amount as highest,
           case when s.limit_policy = 'refuse' then s.floor end as floor,
           case when s.limit_policy = 'refuse' then s.ceiling end as ceiling
    from account a join setting s on s.association_id = a.association_id
    where a.association_id = here and a.member_id in (in_payer, in_payee)
    order by a.account_id for update of a
  loop
    if it.member_id = in_payer then payer := it; else payee := it; end if;
  end loop;
  if payer is null or payee is null then
    raise exception 'an account of the exchange is missing'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
      notice_id, proposed_at, proposed_by, proposed_for, answer_by, expires_at, agreed_at,
      closed_by, transfer_id)
    values (here, in_exchange, in_payer, in_payee, in_amount, in_label, in_done_on, in_notice,
      in_at, in_by, in_for, in_answer_by, in_expires_at, case when is_posted then in_at end,
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

-- The composite keys of these lead to the association already; a key of their own locked its one
-- row for every exchange of a SEL.
alter table exchange drop constraint exchange_association_id_fkey;
alter table transfer drop constraint transfer_association_id_fkey;
alter table delivery drop constraint delivery_association_id_fkey;
