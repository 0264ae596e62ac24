-- Accounts and transfers. A transfer moves units from one account to another: the sum of all
-- balances is zero because nothing else can be written.

create table account (
  association_id uuid not null references association,
  account_id uuid not null,
  kind text not null,
  member_id uuid,
  balance bigint not null default 0,
  held_out bigint not null default 0,
  held_in bigint not null default 0,
  transfer_count bigint not null default 0,
  opened_at timestamptz not null,
  primary key (association_id, account_id),
  foreign key (association_id, member_id) references member,
  constraint one_account_a_member unique (association_id, member_id),
  constraint account_kind_is_known check (kind in ('member', 'association')),
  constraint member_account_has_a_member check ((kind = 'member') = (member_id is not null)),
  constraint holds_are_positive check (held_out >= 0 and held_in >= 0)
);
create unique index one_account_an_association on account (association_id) where kind = 'association';
alter table account enable row level security;
alter table account force row level security;
create policy own on account to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on account to saline_member;
grant insert (association_id, account_id, kind, member_id, opened_at) on account to saline_member;

-- What two people agreed: who gave what to whom, when.
create table exchange (
  association_id uuid not null references association,
  exchange_id uuid not null,
  payer_id uuid not null,
  payee_id uuid not null,
  amount bigint not null,
  label text not null,
  done_on date not null,
  notice_id uuid,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_for uuid not null,
  answer_by uuid,
  expires_at timestamptz,
  agreed_at timestamptz,
  refused_at timestamptz,
  refusal text,
  cancelled_at timestamptz,
  expired_at timestamptz,
  closed_by uuid,
  transfer_id uuid,
  primary key (association_id, exchange_id),
  foreign key (association_id, payer_id) references member,
  foreign key (association_id, payee_id) references member,
  foreign key (association_id, proposed_by) references member,
  foreign key (association_id, proposed_for) references member,
  foreign key (association_id, answer_by) references member,
  foreign key (association_id, closed_by) references member,
  constraint payer_is_not_payee check (payer_id <> payee_id),
  constraint amount_is_positive check (amount > 0),
  constraint exchange_has_a_label check (label <> '' and length(label) <= 200),
  constraint exchange_ends_once check (
    num_nonnulls(agreed_at, refused_at, cancelled_at, expired_at) <= 1),
  constraint agreed_means_posted check ((agreed_at is null) = (transfer_id is null))
);
create index exchange_to_answer on exchange (association_id, answer_by, proposed_at)
  where agreed_at is null and refused_at is null and cancelled_at is null and expired_at is null;
create index exchange_of_payer on exchange (association_id, payer_id, proposed_at);
create index exchange_of_payee on exchange (association_id, payee_id, proposed_at);
alter table exchange enable row level security;
alter table exchange force row level security;
create policy own on exchange to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on exchange to saline_member;

create table transfer (
  association_id uuid not null references association,
  transfer_id uuid not null,
  kind text not null,
  exchange_id uuid,
  payer_account uuid not null,
  payee_account uuid not null,
  amount bigint not null,
  label text not null,
  done_on date not null,
  posted_at timestamptz not null,
  posted_by uuid,
  payer_sequence bigint not null,
  payee_sequence bigint not null,
  payer_balance bigint not null,
  payee_balance bigint not null,
  primary key (association_id, transfer_id),
  foreign key (association_id, payer_account) references account,
  foreign key (association_id, payee_account) references account,
  foreign key (association_id, exchange_id) references exchange,
  constraint accounts_differ check (payer_account <> payee_account),
  constraint transfer_is_positive check (amount > 0),
  constraint transfer_kind_is_known check (kind in ('exchange', 'starting_credit'))
);
create unique index transfer_of_payer on transfer (association_id, payer_account, payer_sequence);
create unique index transfer_of_payee on transfer (association_id, payee_account, payee_sequence);
create unique index one_transfer_an_exchange on transfer (association_id, exchange_id);
alter table transfer enable row level security;
alter table transfer force row level security;
create policy own on transfer to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on transfer to saline_member;

-- The one way units move. Locks both accounts in id order, checks the limits on posted plus
-- pending where the SEL refuses beyond them, writes the transfer with both balances after it, and
-- moves the balances. Calling it again with the same id changes nothing and answers false.
create function post_transfer(
    in_transfer uuid, in_kind text, in_exchange uuid, in_payer uuid, in_payee uuid,
    in_amount bigint, in_label text, in_done_on date, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payer account; payee account; rules setting; moved integer;
begin
  perform 1 from account where association_id = here and account_id in (in_payer, in_payee)
    order by account_id for update;
  get diagnostics moved = row_count;
  if moved <> 2 then
    raise exception 'an account of the transfer is missing'
      using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
  end if;
  perform 1 from transfer where association_id = here and transfer_id = in_transfer;
  if found then return false; end if;
  select * into payer from account where association_id = here and account_id = in_payer;
  select * into payee from account where association_id = here and account_id = in_payee;
  select * into rules from setting where association_id = here;
  if rules.limit_policy = 'refuse' and in_kind = 'exchange' then
    if payer.kind = 'member' and payer.balance - payer.held_out - in_amount < rules.floor then
      raise exception 'the payer would fall below the floor'
        using errcode = 'check_violation', constraint = 'payer_within_floor';
    end if;
    if payee.kind = 'member' and payee.balance + payee.held_in + in_amount > rules.ceiling then
      raise exception 'the payee would rise above the ceiling'
        using errcode = 'check_violation', constraint = 'payee_within_ceiling';
    end if;
  end if;
  insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account,
      payee_account, amount, label, done_on, posted_at, posted_by,
      payer_sequence, payee_sequence, payer_balance, payee_balance)
    values (here, in_transfer, in_kind, in_exchange, in_payer, in_payee, in_amount, in_label,
      in_done_on, in_at, in_by,
      payer.transfer_count + 1, payee.transfer_count + 1,
      payer.balance - in_amount, payee.balance + in_amount);
  update account set balance = balance - in_amount, transfer_count = transfer_count + 1
    where association_id = here and account_id = in_payer;
  update account set balance = balance + in_amount, transfer_count = transfer_count + 1
    where association_id = here and account_id = in_payee;
  get diagnostics moved = row_count;
  if moved <> 1 then raise exception 'the payee was not credited'; end if;
  return true;
end $$;
revoke all on function post_transfer(uuid, text, uuid, uuid, uuid, bigint, text, date, timestamptz,
  uuid) from public;

-- Units promised and not yet given: they count against the limits of both. A negative amount
-- releases them.
create function hold_units(in_payer uuid, in_payee uuid, in_amount bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payer account; payee account; rules setting; moved integer;
begin
  perform 1 from account where association_id = here and account_id in (in_payer, in_payee)
    order by account_id for update;
  select * into payer from account where association_id = here and account_id = in_payer;
  select * into payee from account where association_id = here and account_id = in_payee;
  select * into rules from setting where association_id = here;
  if rules.limit_policy = 'refuse' and in_amount > 0 then
    if payer.balance - payer.held_out - in_amount < rules.floor then
      raise exception 'the payer would fall below the floor'
        using errcode = 'check_violation', constraint = 'payer_within_floor';
    end if;
    if payee.balance + payee.held_in + in_amount > rules.ceiling then
      raise exception 'the payee would rise above the ceiling'
        using errcode = 'check_violation', constraint = 'payee_within_ceiling';
    end if;
  end if;
  update account set held_out = held_out + in_amount
    where association_id = here and account_id = in_payer;
  update account set held_in = held_in + in_amount
    where association_id = here and account_id = in_payee;
  get diagnostics moved = row_count;
  if moved <> 1 then raise exception 'the hold found no payee'; end if;
end $$;
revoke all on function hold_units(uuid, uuid, bigint) from public;

-- Writes a proposed exchange and holds its units; or, entered by the payer, posts it at once.
-- The caller chose the id: sending it again answers false and changes nothing.
create function propose_exchange(
    in_exchange uuid, in_payer uuid, in_payee uuid, in_amount bigint, in_label text,
    in_done_on date, in_notice uuid, in_at timestamptz, in_by uuid, in_for uuid,
    in_answer_by uuid, in_expires_at timestamptz)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payer uuid; payee uuid; written integer;
begin
  insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
      notice_id, proposed_at, proposed_by, proposed_for, answer_by, expires_at)
    values (here, in_exchange, in_payer, in_payee, in_amount, in_label, in_done_on, in_notice,
      in_at, in_by, in_for, in_answer_by, in_expires_at)
    on conflict (association_id, exchange_id) do nothing;
  get diagnostics written = row_count;
  if written = 0 then return false; end if;
  select account_id into strict payer from account
    where association_id = here and member_id = in_payer;
  select account_id into strict payee from account
    where association_id = here and member_id = in_payee;
  if in_answer_by is not null then
    perform hold_units(payer, payee, in_amount);
  else
    if not post_transfer(in_exchange, 'exchange', in_exchange, payer, payee, in_amount, in_label,
        in_done_on, in_at, in_by) then
      raise exception 'the transfer of a new exchange was there already';
    end if;
    update exchange set agreed_at = in_at, closed_by = in_by, transfer_id = in_exchange
      where association_id = here and exchange_id = in_exchange;
    get diagnostics written = row_count;
    if written <> 1 then raise exception 'the exchange was not settled'; end if;
  end if;
  return true;
end $$;
revoke all on function propose_exchange(uuid, uuid, uuid, bigint, text, date, uuid, timestamptz,
  uuid, uuid, uuid, timestamptz) from public;
grant execute on function propose_exchange(uuid, uuid, uuid, bigint, text, date, uuid, timestamptz,
  uuid, uuid, uuid, timestamptz) to saline_member;

-- Ends a pending exchange, exactly once: agreed (posted), refused, cancelled or expired. Answers
-- false where it had ended already.
create function close_exchange(
    in_exchange uuid, in_how text, in_refusal text, in_at timestamptz, in_by uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  it exchange; payer uuid; payee uuid; written integer;
begin
  select * into it from exchange where association_id = here and exchange_id = in_exchange
    for update;
  if not found then raise exception 'no such exchange' using errcode = 'no_data_found'; end if;
  if num_nonnulls(it.agreed_at, it.refused_at, it.cancelled_at, it.expired_at) > 0 then
    return false;
  end if;
  select account_id into strict payer from account
    where association_id = here and member_id = it.payer_id;
  select account_id into strict payee from account
    where association_id = here and member_id = it.payee_id;
  perform hold_units(payer, payee, -it.amount);
  if in_how = 'agreed' then
    if not post_transfer(in_exchange, 'exchange', in_exchange, payer, payee, it.amount, it.label,
        it.done_on, in_at, in_by) then
      raise exception 'the transfer of a pending exchange was there already';
    end if;
  elsif in_how not in ('refused', 'cancelled', 'expired') then
    raise exception 'an exchange cannot be %', in_how;
  end if;
  update exchange set
      agreed_at = case when in_how = 'agreed' then in_at end,
      refused_at = case when in_how = 'refused' then in_at end,
      cancelled_at = case when in_how = 'cancelled' then in_at end,
      expired_at = case when in_how = 'expired' then in_at end,
      refusal = in_refusal, closed_by = in_by,
      transfer_id = case when in_how = 'agreed' then in_exchange end
    where association_id = here and exchange_id = in_exchange;
  get diagnostics written = row_count;
  if written <> 1 then raise exception 'the exchange was not closed'; end if;
  return true;
end $$;
revoke all on function close_exchange(uuid, text, text, timestamptz, uuid) from public;
grant execute on function close_exchange(uuid, text, text, timestamptz, uuid) to saline_member;

-- The welcome gift of a SEL to a new member, out of the SEL's own account.
create function give_starting_credit(in_transfer uuid, in_member uuid, in_label text,
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
  return post_transfer(in_transfer, 'starting_credit', null, payer, payee, credit, in_label,
    in_done_on, in_at, in_by);
end $$;
revoke all on function give_starting_credit(uuid, uuid, text, date, timestamptz, uuid) from public;
grant execute on function give_starting_credit(uuid, uuid, text, date, timestamptz, uuid)
  to saline_member;

-- A SEL opens: its row, its rules, its rubrics and its own account, in one piece.
create function open_association(
    in_association uuid, in_slug text, in_name text, in_place text, in_country text,
    in_geoname integer, in_latitude double precision, in_longitude double precision,
    in_unit_one text, in_unit_many text, in_units_per_hour integer, in_decimals smallint,
    in_floor bigint, in_colour text, in_account uuid, in_at timestamptz)
  returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform set_config('saline.association', in_association::text, true);
  insert into association (association_id, slug, name, place_name, country, geoname_id, latitude,
      longitude, colour, opened_at)
    values (in_association, in_slug, in_name, in_place, in_country, in_geoname, in_latitude,
      in_longitude, in_colour, in_at);
  insert into setting (association_id, unit_one, unit_many, units_per_hour, decimals, floor)
    values (in_association, in_unit_one, in_unit_many, in_units_per_hour, in_decimals, in_floor);
  insert into account (association_id, account_id, kind, opened_at)
    values (in_association, in_account, 'association', in_at);
end $$;
revoke all on function open_association(uuid, text, text, text, text, integer, double precision,
  double precision, text, text, integer, smallint, bigint, text, uuid, timestamptz) from public;
grant execute on function open_association(uuid, text, text, text, text, integer, double precision,
  double precision, text, text, integer, smallint, bigint, text, uuid, timestamptz) to saline_door;
