-- Movements that the board decides for many at once: fees and gifts in units, tasks, a workshop,
-- demurrage. Each is a transfer like any other; together they are undone together.

create table batch (
  association_id uuid not null references association,
  batch_id uuid not null,
  kind text not null,
  label text not null,
  done_on date not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  reversed_at timestamptz,
  reversed_by uuid,
  reversal text,
  primary key (association_id, batch_id),
  foreign key (association_id, decided_by) references member,
  foreign key (association_id, reversed_by) references member,
  constraint batch_kind_is_known
    check (kind in ('fee', 'gift', 'task', 'workshop', 'demurrage')),
  constraint batch_has_a_label check (label <> '' and length(label) <= 200)
);
create index batch_by_day on batch (association_id, decided_at desc);
alter table batch enable row level security;
alter table batch force row level security;
create policy own on batch to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on batch to saline_member;

alter table transfer add column batch_id uuid,
  drop constraint transfer_kind_is_known,
  add constraint transfer_kind_is_known check (kind in ('exchange', 'starting_credit', 'reversal',
    'closing', 'fee', 'gift', 'task', 'workshop', 'demurrage'));
create index transfer_of_batch on transfer (association_id, batch_id) where batch_id is not null;

drop function move_units(uuid, text, uuid, uuid, uuid, uuid, bigint, text, date, timestamptz, uuid);

-- Moves units between two accounts that are open, whatever the limits: what every other movement is
-- made of. Locks both in id order. The same id again answers false and changes nothing.
create function move_units(
    in_transfer uuid, in_kind text, in_exchange uuid, in_reverses uuid, in_payer uuid,
    in_payee uuid, in_amount bigint, in_label text, in_done_on date, in_at timestamptz, in_by uuid,
    in_batch uuid default null)
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
  insert into transfer (association_id, transfer_id, kind, exchange_id, reverses, batch_id,
      payer_account, payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
      payee_sequence, payer_balance, payee_balance)
    values (here, in_transfer, in_kind, in_exchange, in_reverses, in_batch, in_payer, in_payee,
      in_amount, in_label, in_done_on, in_at, in_by, payer.transfer_count + 1,
      payee.transfer_count + 1, payer.balance - in_amount, payee.balance + in_amount)
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
  timestamptz, uuid, uuid) from public;

-- Posts a decided batch: every member of it gives to, or receives from, one account. All accounts
-- are locked in id order first. The same id again answers false and changes nothing.
create function post_batch(
    in_batch uuid, in_kind text, in_label text, in_done_on date, in_with uuid, in_receives boolean,
    in_transfers uuid[], in_members uuid[], in_amounts bigint[], in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  one uuid; written integer;
begin
  perform 1 from account where association_id = here and (account_id = in_with
      or account_id in (select account_id from holding where association_id = here
                        and until is null and member_id = any (in_members)))
    order by account_id for update;
  insert into batch (association_id, batch_id, kind, label, done_on, decided_by, decided_at)
    values (here, in_batch, in_kind, in_label, in_done_on, in_by, in_at)
    on conflict (association_id, batch_id) do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  for i in 1 .. cardinality(in_members) loop
    select account_id into one from holding
      where association_id = here and member_id = in_members[i] and until is null;
    if not move_units(in_transfers[i], in_kind, null, null,
        case when in_receives then in_with else one end,
        case when in_receives then one else in_with end,
        in_amounts[i], in_label, in_done_on, in_at, in_by, in_batch) then
      raise exception 'a transfer of a new batch was there already';
    end if;
  end loop;
  return true;
end $$;
revoke all on function post_batch(uuid, text, text, date, uuid, boolean, uuid[], uuid[], bigint[],
  timestamptz, uuid) from public;
grant execute on function post_batch(uuid, text, text, date, uuid, boolean, uuid[], uuid[],
  bigint[], timestamptz, uuid) to saline_member;

-- Undoes a batch, once: each of its transfers by its reverse. Those of accounts that are closed by
-- now stay, and are counted in the answer; null where it was undone before.
create function reverse_batch(
    in_batch uuid, in_label text, in_reason text, in_done_on date, in_at timestamptz, in_by uuid)
  returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it record; left_alone integer := 0;
begin
  update batch set reversed_at = in_at, reversed_by = in_by, reversal = in_reason
    where association_id = here and batch_id = in_batch and reversed_at is null;
  if not found then return null; end if;
  perform 1 from account where association_id = here and account_id in (
      select payer_account from transfer where association_id = here and batch_id = in_batch
      union select payee_account from transfer where association_id = here
        and batch_id = in_batch)
    order by account_id for update;
  for it in
    select t.transfer_id, t.payer_account, t.payee_account, t.amount from transfer t
    where t.association_id = here and t.batch_id = in_batch and t.reverses is null
    order by t.transfer_id
  loop
    if exists (select from account a where a.association_id = here and a.closed_at is not null
               and a.account_id in (it.payer_account, it.payee_account)) then
      left_alone := left_alone + 1;
      continue;
    end if;
    perform move_units(gen_random_uuid(), 'reversal', null, it.transfer_id, it.payee_account,
      it.payer_account, it.amount, in_label, in_done_on, in_at, in_by);
  end loop;
  return left_alone;
end $$;
revoke all on function reverse_batch(uuid, text, text, date, timestamptz, uuid) from public;
grant execute on function reverse_batch(uuid, text, text, date, timestamptz, uuid)
  to saline_member;

-- A member gives to the account of mutual help, within the floor where the SEL does not go beyond.
create function give_to_solidarity(
    in_transfer uuid, in_member uuid, in_amount bigint, in_label text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  mine record; common uuid;
begin
  select account_id into strict common from account
    where association_id = here and kind = 'solidarity';
  perform 1 from account where association_id = here and (account_id = common
      or account_id = (select account_id from holding where association_id = here
                       and member_id = in_member and until is null))
    order by account_id for update;
  select a.account_id, a.balance - a.held_out - in_amount as lowest,
      case when s.limit_policy = 'warn' then null
           when a.own_limits_until >= in_at::date then a.own_floor else s.floor end as floor
    into strict mine
    from holding h
    join account a on a.association_id = h.association_id and a.account_id = h.account_id
    join setting s on s.association_id = h.association_id
    where h.association_id = here and h.member_id = in_member and h.until is null;
  if exists (select from transfer where association_id = here and transfer_id = in_transfer) then
    return false;
  end if;
  if mine.lowest < mine.floor then
    raise exception 'the payer would fall below the floor'
      using errcode = 'check_violation', constraint = 'payer_within_floor';
  end if;
  return move_units(in_transfer, 'gift', null, null, mine.account_id, common, in_amount, in_label,
    in_done_on, in_at, in_by);
end $$;
revoke all on function give_to_solidarity(uuid, uuid, bigint, text, date, timestamptz, uuid)
  from public;
grant execute on function give_to_solidarity(uuid, uuid, bigint, text, date, timestamptz, uuid)
  to saline_member;
