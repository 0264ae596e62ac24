-- Exchanges between members of two SELs. Each SEL has a row of what it may know of it: its own
-- member, the other's name as that SEL shows it, the label, the amount. Three transfers carry it,
-- one in the books of each SEL and one at the hub, under one id, in one transaction.

alter table transfer
  drop constraint transfer_kind_is_known,
  add constraint transfer_kind_is_known check (kind in ('exchange', 'starting_credit', 'reversal',
    'closing', 'fee', 'gift', 'task', 'workshop', 'demurrage', 'crossing'));

create table crossing (
  association_id uuid not null,
  crossing_id uuid not null,
  alliance_id uuid not null,
  -- On which side our member stands.
  side text not null,
  member_id uuid not null,
  account_id uuid not null,
  -- Smallest parts of our unit and of theirs, what an hour was worth in each when it was written,
  -- and what the hub counts.
  amount bigint not null,
  their_amount bigint not null,
  per_hour bigint not null,
  their_per_hour bigint not null,
  seconds bigint not null,
  other_number integer,
  other_name text not null,
  label text not null,
  done_on date not null,
  slip text,
  proposed_here boolean not null,
  proposed_at timestamptz not null,
  proposed_by uuid,
  answered_here boolean not null,
  expires_at timestamptz,
  agreed_at timestamptz,
  refused_at timestamptz,
  refusal text,
  cancelled_at timestamptz,
  expired_at timestamptz,
  closed_by uuid,
  reversed_at timestamptz,
  reversal text,
  primary key (association_id, crossing_id),
  constraint side_is_known check (side in ('payer', 'payee')),
  constraint crossing_is_positive
    check (amount > 0 and their_amount > 0 and seconds > 0 and per_hour > 0 and their_per_hour > 0),
  -- The payee receives exactly what was written; the payer gives what it is worth, rounded up where
  -- their unit cannot show it.
  -- A slip of a SEL that is on no platform says what it says.
  constraint crossing_is_converted check (other_number is null or case side
    when 'payer' then amount * their_per_hour >= their_amount * per_hour
      and (amount - 1) * their_per_hour < their_amount * per_hour
    else their_amount * per_hour >= amount * their_per_hour
      and (their_amount - 1) * per_hour < amount * their_per_hour end),
  -- The hub counts what the payee receives, to the nearest second.
  constraint crossing_is_counted check (other_number is null or seconds = 1 or case side
    when 'payee' then abs(seconds * per_hour - amount * 3600) * 2 <= per_hour
    else abs(seconds * their_per_hour - their_amount * 3600) * 2 <= their_per_hour end),
  constraint crossing_has_a_label check (label <> '' and length(label) <= 200),
  constraint crossing_names_the_other check (other_name <> '' and length(other_name) <= 120),
  constraint crossing_ends_once
    check (num_nonnulls(agreed_at, refused_at, cancelled_at, expired_at) <= 1),
  constraint only_what_stands_is_reversed check (reversed_at is null or agreed_at is not null)
);
create index crossing_of_alliance on crossing (association_id, alliance_id, proposed_at);
create index crossing_posted on crossing (association_id, alliance_id, agreed_at)
  where agreed_at is not null;
create index crossing_reversed on crossing (association_id, alliance_id, reversed_at)
  where reversed_at is not null;
create index crossing_of_day on crossing (association_id, alliance_id, member_id, done_on);
create index crossing_of_slip on crossing (association_id, alliance_id, slip)
  where slip is not null;
create index crossing_open on crossing (association_id, member_id, proposed_at)
  where agreed_at is null and refused_at is null and cancelled_at is null and expired_at is null;
alter table crossing enable row level security;
alter table crossing force row level security;
create policy own on crossing to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on crossing to saline_member;

-- The six accounts of a crossing, and who keeps them.
create type crossing_path as (
  payer_at uuid, payer uuid, payer_trunk uuid, payer_branch uuid,
  payee_at uuid, payee uuid, payee_trunk uuid, payee_branch uuid
);

-- Locks the six accounts in id order, whoever keeps them: others lock theirs in the same order.
create function lock_path(p crossing_path) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); it record;
begin
  for it in
    select * from (values (p.payer_at, p.payer), (p.payer_at, p.payer_trunk),
      (hub(), p.payer_branch), (hub(), p.payee_branch), (p.payee_at, p.payee_trunk),
      (p.payee_at, p.payee)) as a (place, account) order by account
  loop
    perform enter(it.place);
    perform 1 from account where association_id = it.place and account_id = it.account
      and closed_at is null for update;
    if not found then
      raise exception 'an account of the exchange is missing'
        using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
    end if;
  end loop;
  perform enter(here);
end $$;
revoke all on function lock_path(crossing_path) from public;

-- Says no where so much more would lead beyond what either SEL allows with the other, or a member
-- beyond their limits; what is held counts. All is locked.
create function keep_path(
    p crossing_path, in_alliance uuid, in_payer bigint, in_payee bigint, in_seconds bigint,
    in_at timestamptz)
  returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  perform enter(p.payer_at);
  if exists (select from alliance where association_id = p.payer_at and alliance_id = in_alliance
      and given - received + held_out + in_seconds > cap_out) then
    raise exception 'the SEL of the payer allows no more'
      using errcode = 'check_violation', constraint = 'payer_sel_within_cap';
  end if;
  perform keep_within(p.payer, p.payer_trunk, in_payer, in_at);
  perform enter(p.payee_at);
  if exists (select from alliance where association_id = p.payee_at and alliance_id = in_alliance
      and received - given + held_in + in_seconds > cap_in) then
    raise exception 'the SEL of the payee allows no more'
      using errcode = 'check_violation', constraint = 'payee_sel_within_cap';
  end if;
  perform keep_within(p.payee_trunk, p.payee, in_payee, in_at);
  perform enter(here);
end $$;
revoke all on function keep_path(crossing_path, uuid, bigint, bigint, bigint, timestamptz)
  from public;

-- Holds units along the path; negative amounts release them.
create function hold_path(
    p crossing_path, in_alliance uuid, in_payer bigint, in_payee bigint, in_seconds bigint)
  returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); it record; written integer;
begin
  for it in
    select * from (values (p.payer_at, p.payer, p.payer_trunk, in_payer),
      (hub(), p.payer_branch, p.payee_branch, in_seconds),
      (p.payee_at, p.payee_trunk, p.payee, in_payee)) as leg (place, payer, payee, amount)
  loop
    perform enter(it.place);
    update account set
        held_out = held_out + case when account_id = it.payer then it.amount else 0 end,
        held_in = held_in + case when account_id = it.payee then it.amount else 0 end
      where association_id = it.place and account_id in (it.payer, it.payee);
    get diagnostics written = row_count;
    if written <> 2 then raise exception 'the hold touched % accounts', written; end if;
  end loop;
  perform enter(p.payer_at);
  update alliance set held_out = held_out + in_seconds
    where association_id = p.payer_at and alliance_id = in_alliance;
  perform enter(p.payee_at);
  update alliance set held_in = held_in + in_seconds
    where association_id = p.payee_at and alliance_id = in_alliance;
  perform enter(here);
end $$;
revoke all on function hold_path(crossing_path, uuid, bigint, bigint, bigint) from public;

-- Moves the units of a crossing in the three books, or undoes it there. Answers false where that
-- was done before.
create function move_path(
    p crossing_path, in_alliance uuid, in_transfer uuid, in_reverses uuid, in_payer bigint,
    in_payee bigint, in_seconds bigint, in_label text, in_done_on date, in_at timestamptz,
    in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  kind text := case when in_reverses is null then 'crossing' else 'reversal' end;
  it record; moved boolean;
begin
  for it in
    select * from (values (p.payer_at, p.payer, p.payer_trunk, in_payer),
      (hub(), p.payer_branch, p.payee_branch, in_seconds),
      (p.payee_at, p.payee_trunk, p.payee, in_payee)) as leg (place, payer, payee, amount)
  loop
    perform enter(it.place);
    -- The hub knows neither members nor what it was for.
    moved := move_units(in_transfer, kind, null, in_reverses, null, it.payer, it.payee, it.amount,
      case when it.place = hub() then '' else in_label end, in_done_on, in_at,
      case when it.place = here then in_by end);
    if not moved and it.place <> p.payer_at then
      raise exception 'the books do not have the same transfers';
    end if;
    exit when not moved;
  end loop;
  if moved then
    perform enter(p.payer_at);
    update alliance set
        given = given + case when in_reverses is null then in_seconds else 0 end,
        received = received - case when in_reverses is null then 0 else in_seconds end
      where association_id = p.payer_at and alliance_id = in_alliance;
    perform enter(p.payee_at);
    update alliance set
        received = received + case when in_reverses is null then in_seconds else 0 end,
        given = given - case when in_reverses is null then 0 else in_seconds end
      where association_id = p.payee_at and alliance_id = in_alliance;
  end if;
  perform enter(here);
  return moved;
end $$;
revoke all on function move_path(crossing_path, uuid, uuid, uuid, bigint, bigint, bigint, text,
  date, timestamptz, uuid) from public;

-- Whether both rows say that the two trade now. They are locked.
create function is_allied(in_alliance uuid) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return exists (select from alliance where association_id = current_association()
    and alliance_id = in_alliance and agreed_at is not null and ended_at is null
    and paused_at is null and ally_paused_at is null);
end $$;
revoke all on function is_allied(uuid) from public;

-- Writes an exchange with a member of an ally: posted at once, or held until their side has
-- answered. What an hour is worth must still be so. The caller chose the id:
-- sending it again answers false and changes nothing.
create function propose_crossing(
    in_crossing uuid, in_alliance uuid, in_side text, in_member uuid, in_other integer,
    in_amount bigint, in_their_amount bigint, in_seconds bigint, in_per_hour bigint,
    in_their_per_hour bigint, in_label text, in_done_on date, in_waits boolean,
    in_expires_at timestamptz, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  bond alliance; theirs alliance; mine record; other record; written integer;
  is_payer boolean := in_side = 'payer';
  p crossing_path;
begin
  select * into bond from alliance where association_id = here and alliance_id = in_alliance;
  if bond.ally_id is null then
    raise exception 'no such alliance' using errcode = 'no_data_found';
  end if;
  if not is_payer and not in_waits then
    raise exception 'a payee takes nothing without the payer'
      using errcode = 'check_violation', constraint = 'payer_agrees';
  end if;
  perform lock_alliance(in_alliance, bond.ally_id);
  if not is_allied(in_alliance) then
    raise exception 'the two SELs do not trade now'
      using errcode = 'check_violation', constraint = 'alliance_stands';
  end if;
  select h.account_id, m.number, s.units_per_hour * power(10, s.decimals)::bigint as per_hour,
      outside_name(m.first_name, m.last_name, s.names_outside) as name
    into strict mine
    from member m join setting s on s.association_id = m.association_id
    join holding h on h.association_id = m.association_id and h.member_id = m.member_id
      and h.until is null
    where m.association_id = here and m.member_id = in_member and m.left_at is null;
  perform enter(bond.ally_id);
  select * into strict theirs from alliance
    where association_id = bond.ally_id and alliance_id = in_alliance;
  select h.account_id, m.member_id, m.identity_id, m.email,
      s.units_per_hour * power(10, s.decimals)::bigint as per_hour,
      outside_name(m.first_name, m.last_name, s.names_outside) as name
    into strict other
    from member m join setting s on s.association_id = m.association_id
    join holding h on h.association_id = m.association_id and h.member_id = m.member_id
      and h.until is null
    where m.association_id = bond.ally_id and m.number = in_other and m.left_at is null;
  if mine.per_hour <> in_per_hour or other.per_hour <> in_their_per_hour then
    raise exception 'an hour is worth something else by now'
      using errcode = 'check_violation', constraint = 'worth_stands';
  end if;
  perform enter(here);
  if is_payer and in_by <> in_member and exists (select from member w
      where w.association_id = here and w.member_id = in_by
      and (w.identity_id = other.identity_id or w.email = other.email)) then
    raise exception 'whoever writes it for the payer receives it'
      using errcode = 'check_violation', constraint = 'writer_gains_nothing';
  end if;
  perform enter(bond.ally_id);
  insert into crossing (association_id, crossing_id, alliance_id, side, member_id, account_id,
      amount, their_amount, per_hour, their_per_hour, seconds, other_number, other_name, label,
      done_on, proposed_here, proposed_at, answered_here, expires_at, agreed_at)
    values (bond.ally_id, in_crossing, in_alliance,
      case when is_payer then 'payee' else 'payer' end, other.member_id, other.account_id,
      in_their_amount, in_amount, in_their_per_hour,
      in_per_hour, in_seconds, mine.number, mine.name, in_label, in_done_on, false, in_at,
      in_waits, in_expires_at, case when not in_waits then in_at end)
    on conflict do nothing;
  get diagnostics written = row_count;
  perform enter(here);
  if written = 0 then return false; end if;
  insert into crossing (association_id, crossing_id, alliance_id, side, member_id, account_id,
      amount, their_amount, per_hour, their_per_hour, seconds, other_number, other_name, label,
      done_on, proposed_here, proposed_at, proposed_by, answered_here, expires_at, agreed_at,
      closed_by)
    values (here, in_crossing, in_alliance, in_side, in_member, mine.account_id, in_amount,
      in_their_amount, in_per_hour, in_their_per_hour, in_seconds, in_other, other.name, in_label,
      in_done_on, true, in_at, in_by, false, in_expires_at,
      case when not in_waits then in_at end, case when not in_waits then in_by end);
  if is_payer then
    p := row(here, mine.account_id, bond.account_id, bond.branch_id,
      bond.ally_id, other.account_id, theirs.account_id, theirs.branch_id);
  else
    p := row(bond.ally_id, other.account_id, theirs.account_id, theirs.branch_id,
      here, mine.account_id, bond.account_id, bond.branch_id);
    select in_their_amount, in_amount into in_amount, in_their_amount;
  end if;
  perform lock_path(p);
  perform keep_path(p, in_alliance, in_amount, in_their_amount, in_seconds, in_at);
  if in_waits then
    perform hold_path(p, in_alliance, in_amount, in_their_amount, in_seconds);
  elsif not move_path(p, in_alliance, in_crossing, null, in_amount, in_their_amount, in_seconds,
      in_label, in_done_on, in_at, in_by) then
    raise exception 'the transfers of a new crossing were there already';
  end if;
  return true;
end $$;
revoke all on function propose_crossing(uuid, uuid, text, uuid, integer, bigint, bigint, bigint,
  bigint, bigint, text, date, boolean, timestamptz, timestamptz, uuid) from public;
grant execute on function propose_crossing(uuid, uuid, text, uuid, integer, bigint, bigint, bigint,
  bigint, bigint, text, date, boolean, timestamptz, timestamptz, uuid) to saline_member;

-- Both rows of a crossing, locked, the smaller association first; ours, and its path.
create function hold_crossing(in_crossing uuid, out ours crossing, out p crossing_path)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  bond alliance; theirs alliance; other crossing; place uuid;
begin
  select * into ours from crossing where association_id = here and crossing_id = in_crossing;
  if not found then raise exception 'no such exchange' using errcode = 'no_data_found'; end if;
  select * into bond from alliance
    where association_id = here and alliance_id = ours.alliance_id;
  foreach place in array case when here < bond.ally_id then array[here, bond.ally_id]
    else array[bond.ally_id, here] end
  loop
    perform enter(place);
    perform 1 from crossing where association_id = place and crossing_id = in_crossing for update;
  end loop;
  perform enter(here);
  perform lock_alliance(ours.alliance_id, bond.ally_id);
  select * into ours from crossing where association_id = here and crossing_id = in_crossing;
  perform enter(bond.ally_id);
  select * into strict other from crossing
    where association_id = bond.ally_id and crossing_id = in_crossing;
  select * into strict theirs from alliance
    where association_id = bond.ally_id and alliance_id = ours.alliance_id;
  perform enter(here);
  p := case when ours.side = 'payer'
    then row(here, ours.account_id, bond.account_id, bond.branch_id,
      bond.ally_id, other.account_id, theirs.account_id, theirs.branch_id)::crossing_path
    else row(bond.ally_id, other.account_id, theirs.account_id, theirs.branch_id,
      here, ours.account_id, bond.account_id, bond.branch_id)::crossing_path end;
end $$;
revoke all on function hold_crossing(uuid) from public;

-- Ends a pending crossing, exactly once, on both sides: agreed (posted), refused, cancelled or
-- expired. Answers false where it had ended already.
create function close_crossing(
    in_crossing uuid, in_how text, in_refusal text, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  held record; it crossing; p crossing_path; sel uuid; paid bigint; got bigint;
begin
  select * into held from hold_crossing(in_crossing);
  it := held.ours;
  p := held.p;
  if num_nonnulls(it.agreed_at, it.refused_at, it.cancelled_at, it.expired_at) > 0 then
    return false;
  end if;
  if in_how not in ('agreed', 'refused', 'cancelled', 'expired') then
    raise exception 'a crossing cannot be %', in_how;
  end if;
  if (in_how in ('agreed', 'refused') and not it.answered_here)
      or (in_how = 'cancelled' and not it.proposed_here) then
    raise exception 'the other side answers'
      using errcode = 'check_violation', constraint = 'answered_by_the_one_asked';
  end if;
  paid := case when it.side = 'payer' then it.amount else it.their_amount end;
  got := case when it.side = 'payer' then it.their_amount else it.amount end;
  perform lock_path(p);
  perform hold_path(p, it.alliance_id, -paid, -got, -it.seconds);
  if in_how = 'agreed' then
    if not is_allied(it.alliance_id) then
      raise exception 'the two SELs do not trade now'
        using errcode = 'check_violation', constraint = 'alliance_stands';
    end if;
    foreach sel in array array[p.payer_at, p.payee_at] loop
      perform enter(sel);
      if exists (select from crossing c join member m on m.association_id = c.association_id
                   and m.member_id = c.member_id
                 where c.association_id = sel and c.crossing_id = in_crossing
                   and m.left_at is not null) then
        raise exception 'one of the two has left'
          using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
      end if;
    end loop;
    perform enter(here);
    perform keep_path(p, it.alliance_id, paid, got, it.seconds, in_at);
    if not move_path(p, it.alliance_id, in_crossing, null, paid, got, it.seconds, it.label,
        it.done_on, in_at, in_by) then
      raise exception 'the transfers of a pending crossing were there already';
    end if;
  end if;
  foreach sel in array array[p.payer_at, p.payee_at] loop
    perform enter(sel);
    update crossing set
        agreed_at = case when in_how = 'agreed' then in_at end,
        refused_at = case when in_how = 'refused' then in_at end,
        cancelled_at = case when in_how = 'cancelled' then in_at end,
        expired_at = case when in_how = 'expired' then in_at end,
        refusal = in_refusal, closed_by = case when sel = here then in_by end
      where association_id = sel and crossing_id = in_crossing;
  end loop;
  perform enter(here);
  return true;
end $$;
revoke all on function close_crossing(uuid, text, text, timestamptz, uuid) from public;
grant execute on function close_crossing(uuid, text, text, timestamptz, uuid) to saline_member;

-- Undoes a crossing in the three books, once, on both sides; where it was undone before, false.
create function reverse_crossing(
    in_new uuid, in_crossing uuid, in_label text, in_reason text, in_done_on date,
    in_at timestamptz, in_by uuid, in_bound boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  held record; it crossing; p crossing_path; place uuid; paid bigint; got bigint;
begin
  select * into held from hold_crossing(in_crossing);
  it := held.ours;
  if it.agreed_at is null then
    raise exception 'what was not posted is not reversed' using errcode = 'no_data_found';
  end if;
  if it.reversed_at is not null then return false; end if;
  if it.side <> 'payee' then
    raise exception 'only who received gives back'
      using errcode = 'check_violation', constraint = 'payee_gives_back';
  end if;
  paid := case when it.side = 'payer' then it.amount else it.their_amount end;
  got := case when it.side = 'payer' then it.their_amount else it.amount end;
  p := row((held.p).payee_at, (held.p).payee, (held.p).payee_trunk, (held.p).payee_branch,
    (held.p).payer_at, (held.p).payer, (held.p).payer_trunk, (held.p).payer_branch);
  perform enter(p.payer_at);
  p.payer := heir_of(p.payer);
  perform enter(p.payee_at);
  p.payee := heir_of(p.payee);
  perform enter(here);
  perform lock_path(p);
  if in_bound then
    perform enter(p.payer_at);
    perform keep_within(p.payer, p.payer_trunk, got, in_at);
    perform enter(p.payee_at);
    perform keep_within(p.payee_trunk, p.payee, paid, in_at);
    perform enter(here);
  end if;
  if not move_path(p, it.alliance_id, in_new, in_crossing, got, paid, it.seconds, in_label,
      in_done_on, in_at, in_by) then
    return false;
  end if;
  foreach place in array array[p.payer_at, p.payee_at] loop
    perform enter(place);
    update crossing set reversed_at = in_at, reversal = in_reason
      where association_id = place and crossing_id = in_crossing;
  end loop;
  perform enter(here);
  return true;
end $$;
revoke all on function reverse_crossing(uuid, uuid, text, text, date, timestamptz, uuid, boolean)
  from public;
grant execute on function reverse_crossing(uuid, uuid, text, text, date, timestamptz, uuid,
  boolean) to saline_member;

-- An exchange with a member of a SEL that is on no platform, from a slip: it has happened, so no
-- limit says no. The same id again answers false.
create function enter_crossing(
    in_crossing uuid, in_alliance uuid, in_side text, in_member uuid, in_name text,
    in_amount bigint, in_their_amount bigint, in_seconds bigint, in_per_hour bigint,
    in_their_per_hour bigint, in_label text, in_done_on date, in_slip text, in_at timestamptz,
    in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  bond alliance; own uuid; written integer;
begin
  select * into bond from alliance
    where association_id = here and alliance_id = in_alliance and ally_id is null for update;
  if not found then raise exception 'no such partner' using errcode = 'no_data_found'; end if;
  if bond.ended_at is not null then
    raise exception 'the two SELs do not trade now'
      using errcode = 'check_violation', constraint = 'alliance_stands';
  end if;
  select account_id into strict own from holding
    where association_id = here and member_id = in_member and until is null;
  if in_side = 'payee' and exists (select from holding where association_id = here
      and member_id = in_by and account_id = own and until is null) then
    raise exception 'whoever copies it receives it'
      using errcode = 'check_violation', constraint = 'writer_gains_nothing';
  end if;
  insert into crossing (association_id, crossing_id, alliance_id, side, member_id, account_id,
      amount, their_amount, per_hour, their_per_hour, seconds, other_name, label, done_on, slip,
      proposed_here, proposed_at, proposed_by, answered_here, agreed_at, closed_by)
    values (here, in_crossing, in_alliance, in_side, in_member, own, in_amount, in_their_amount,
      in_per_hour, in_their_per_hour, in_seconds, in_name, in_label, in_done_on, in_slip, true,
      in_at, in_by, false, in_at, in_by)
    on conflict do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  if not move_units(in_crossing, 'crossing', null, null, null,
      case when in_side = 'payer' then own else bond.account_id end,
      case when in_side = 'payer' then bond.account_id else own end,
      in_amount, in_label, in_done_on, in_at, in_by) then
    raise exception 'the transfer of a new crossing was there already';
  end if;
  update alliance set
      given = given + case when in_side = 'payer' then in_seconds else 0 end,
      received = received + case when in_side = 'payee' then in_seconds else 0 end
    where association_id = here and alliance_id = in_alliance;
  return true;
end $$;
revoke all on function enter_crossing(uuid, uuid, text, uuid, text, bigint, bigint, bigint, bigint,
  bigint, text, date, text, timestamptz, uuid) from public;
grant execute on function enter_crossing(uuid, uuid, text, uuid, text, bigint, bigint, bigint,
  bigint, bigint, text, date, text, timestamptz, uuid) to saline_member;

-- Undoes such an exchange, in our books alone; where it was undone before, false.
create function reverse_entry(
    in_new uuid, in_crossing uuid, in_label text, in_reason text, in_done_on date,
    in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it crossing; bond alliance; own uuid;
begin
  select * into it from crossing where association_id = here and crossing_id = in_crossing
    for update;
  if not found then raise exception 'no such exchange' using errcode = 'no_data_found'; end if;
  if it.reversed_at is not null then return false; end if;
  select * into bond from alliance
    where association_id = here and alliance_id = it.alliance_id and ally_id is null for update;
  if not found then raise exception 'no such partner' using errcode = 'no_data_found'; end if;
  own := heir_of(it.account_id);
  if not move_units(in_new, 'reversal', null, in_crossing, null,
      case when it.side = 'payer' then bond.account_id else own end,
      case when it.side = 'payer' then own else bond.account_id end,
      it.amount, in_label, in_done_on, in_at, in_by) then
    return false;
  end if;
  update alliance set
      given = given - case when it.side = 'payer' then it.seconds else 0 end,
      received = received - case when it.side = 'payee' then it.seconds else 0 end
    where association_id = here and alliance_id = it.alliance_id;
  update crossing set reversed_at = in_at, reversal = in_reason
    where association_id = here and crossing_id = in_crossing;
  return true;
end $$;
revoke all on function reverse_entry(uuid, uuid, text, text, date, timestamptz, uuid) from public;
grant execute on function reverse_entry(uuid, uuid, text, text, date, timestamptz, uuid)
  to saline_member;

-- What the hub counts for the SEL of the running transaction, transfer by transfer: positive where
-- it received. Its books hold nothing about members.
create function hub_legs()
  returns table (transfer_id uuid, reverses uuid, seconds bigint, ally_id uuid)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); own uuid;
begin
  perform enter(hub());
  select account_id into own from account
    where association_id = hub() and kind = 'branch' and branch_of = here;
  return query select t.transfer_id, t.reverses,
      case when t.payee_account = own then t.amount else -t.amount end, other.branch_of
    from transfer t
    join account other on other.association_id = t.association_id and other.account_id =
      case when t.payee_account = own then t.payer_account else t.payee_account end
    where t.association_id = hub() and own in (t.payer_account, t.payee_account);
  perform enter(here);
end $$;
revoke all on function hub_legs() from public;
grant execute on function hub_legs() to saline_member;

-- How that SEL's account at the hub stands.
create function hub_branch()
  returns table (balance bigint, held_out bigint, held_in bigint)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association();
begin
  perform enter(hub());
  return query select a.balance, a.held_out, a.held_in from account a
    where a.association_id = hub() and a.kind = 'branch' and a.branch_of = here;
  perform enter(here);
end $$;
revoke all on function hub_branch() from public;
grant execute on function hub_branch() to saline_member;

-- When it ended and how, and when it was undone.
create function crossing_ends(c crossing) returns text
  language sql immutable set search_path = pg_catalog, public as $$
    select concat_ws('/', extract(epoch from c.agreed_at), 'r', extract(epoch from c.refused_at),
      'c', extract(epoch from c.cancelled_at), 'x', extract(epoch from c.expired_at), 'u',
      extract(epoch from c.reversed_at))
  $$;

-- What the allies know of the exchanges with this SEL: the same, seen from the other side.
create function crossings_there()
  returns table (crossing_id uuid, side text, amount bigint, their_amount bigint, label text,
    done_on date, ends text)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid := current_association(); ally uuid;
begin
  for ally in select distinct a.ally_id from alliance a
    where a.association_id = here and a.ally_id is not null
  loop
    perform enter(ally);
    return query select c.crossing_id, c.side, c.amount, c.their_amount, c.label, c.done_on,
        crossing_ends(c)
      from crossing c join alliance a on a.association_id = c.association_id
        and a.alliance_id = c.alliance_id
      where c.association_id = ally and a.ally_id = here;
    perform enter(here);
  end loop;
end $$;
revoke all on function crossings_there() from public;
grant execute on function crossings_there() to saline_member;
