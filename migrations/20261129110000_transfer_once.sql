-- An exchange or a crossing whose id something else has that moved units: said by the constraint, as
-- where the row itself is written.
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
  -- What is done again is known by its exchange or crossing, before: its id is another's here.
  if written = 0 and in_kind in ('exchange', 'crossing') then
    raise exception 'units were moved under this id already'
      using errcode = 'unique_violation', constraint = 'transfer_pkey';
  end if;
  if written = 0 then return false; end if;
  update account set
      balance = balance + case when account_id = in_payer then -in_amount else in_amount end,
      transfer_count = transfer_count + 1, moved_at = posted
    where association_id = here and account_id in (in_payer, in_payee);
  get diagnostics written = row_count;
  if written <> 2 then raise exception 'the transfer moved % accounts', written; end if;
  return true;
end $$;
