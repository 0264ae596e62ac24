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
  reversal text,
  primary key (association_id, batch_id),
  foreign key (association_id, decided_by) references member,
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

-- Posts a decided batch: every member of it gives to, or receives from, one account. All accounts
-- are locked in id order first. The same id again answers false and changes nothing.
create function post_batch(
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
create function reverse_batch(
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
create function give_to_solidarity(
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
