-- Sheets: what stood on paper, typed line by line. A line is kept as it was typed until it is right;
-- then it becomes an exchange under its own id, once.

create table sheet (
  association_id uuid not null references association,
  sheet_id uuid not null,
  kind text not null,
  title text not null,
  done_on date not null,
  opened_at timestamptz not null,
  opened_by uuid not null,
  put_away_at timestamptz,
  primary key (association_id, sheet_id),
  foreign key (association_id, opened_by) references member,
  constraint sheet_kind_is_known check (kind in ('fair', 'slips')),
  constraint sheet_has_a_title check (title <> '' and length(title) <= 80)
);
create index sheet_by_day on sheet (association_id, done_on desc, opened_at desc);
alter table sheet enable row level security;
alter table sheet force row level security;
create policy own on sheet to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert (association_id, sheet_id, kind, title, done_on, opened_at, opened_by),
    update (title, put_away_at) on sheet to saline_member;

create table sheet_line (
  association_id uuid not null references association,
  line_id uuid not null,
  sheet_id uuid not null,
  place integer not null,
  payer text not null default '',
  payee text not null default '',
  amount text not null default '',
  label text not null default '',
  slip text not null default '',
  day text not null default '',
  is_another boolean not null default false,
  posted_at timestamptz,
  primary key (association_id, line_id),
  foreign key (association_id, sheet_id) references sheet,
  constraint line_is_short check (length(payer) <= 400 and length(payee) <= 400
    and length(amount) <= 400 and length(label) <= 400 and length(slip) <= 400
    and length(day) <= 400)
);
create index line_of_sheet on sheet_line (association_id, sheet_id, place);
alter table sheet_line enable row level security;
alter table sheet_line force row level security;
create policy own on sheet_line to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select,
    insert (association_id, line_id, sheet_id, place, payer, payee, amount, label, slip, day,
            is_another),
    update (place, payer, payee, amount, label, slip, day, is_another)
  on sheet_line to saline_member;

-- Where an exchange was on paper: on which sheet, under which number of a slip.
alter table exchange add column sheet_id uuid, add column slip text,
  add constraint slip_is_short check (length(slip) between 1 and 30);
create index exchange_of_sheet on exchange (association_id, sheet_id) where sheet_id is not null;
create index exchange_by_slip on exchange (association_id, slip) where slip is not null;
-- Who seeks what waits for somebody reads few rows, however many have ended; and who types an
-- exchange is asked where one like it stands already.
create index exchange_open_of_payer on exchange (association_id, payer_id, proposed_at)
  where agreed_at is null and refused_at is null and cancelled_at is null and expired_at is null;
create index exchange_open_of_payee on exchange (association_id, payee_id, proposed_at)
  where agreed_at is null and refused_at is null and cancelled_at is null and expired_at is null;
create index exchange_alike on exchange (association_id, payer_id, payee_id, amount, done_on);
drop index exchange_of_payer;
drop index exchange_of_payee;

-- Within so many days, an exchange of the same two over the same amount is asked about; 0 never asks.
alter table setting add column alike_days smallint not null default 7,
  add constraint alike_days_are_few check (alike_days between 0 and 60);
grant update (alike_days) on setting to saline_member;

-- Posts the ready lines of a sheet together: locks all their accounts in id order, then writes each
-- line's exchange and transfer. What is on paper has happened: limits do not refuse it. A line that
-- was posted before is left alone. Answers the lines that were posted now.
create function post_sheet(
    in_sheet uuid, in_lines uuid[], in_payers uuid[], in_payees uuid[], in_amounts bigint[],
    in_labels text[], in_days date[], in_slips text[], in_at timestamptz, in_by uuid)
  returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payer record; payee record; written integer;
begin
  perform 1 from account where association_id = here
    and member_id in (select unnest(in_payers) union select unnest(in_payees))
    order by account_id for update;
  for i in 1 .. cardinality(in_lines) loop
    select account_id, balance, transfer_count into payer from account
      where association_id = here and member_id = in_payers[i];
    select account_id, balance, transfer_count into payee from account
      where association_id = here and member_id = in_payees[i];
    if payer.account_id is null or payee.account_id is null then
      raise exception 'an account of the exchange is missing'
        using errcode = 'foreign_key_violation', constraint = 'accounts_exist';
    end if;
    insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
        proposed_at, proposed_by, proposed_for, agreed_at, closed_by, transfer_id, sheet_id, slip)
      values (here, in_lines[i], in_payers[i], in_payees[i], in_amounts[i], in_labels[i],
        in_days[i], in_at, in_by, in_payers[i], in_at, in_by, in_lines[i], in_sheet, in_slips[i])
      on conflict (association_id, exchange_id) do nothing;
    get diagnostics written = row_count;
    continue when written = 0;
    insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account,
        payee_account, amount, label, done_on, posted_at, posted_by, payer_sequence,
        payee_sequence, payer_balance, payee_balance)
      values (here, in_lines[i], 'exchange', in_lines[i], payer.account_id, payee.account_id,
        in_amounts[i], in_labels[i], in_days[i], in_at, in_by, payer.transfer_count + 1,
        payee.transfer_count + 1, payer.balance - in_amounts[i], payee.balance + in_amounts[i]);
    update account set
        balance = balance + case when account_id = payer.account_id
          then -in_amounts[i] else in_amounts[i] end,
        transfer_count = transfer_count + 1
      where association_id = here and account_id in (payer.account_id, payee.account_id);
    get diagnostics written = row_count;
    if written <> 2 then raise exception 'the exchange moved % accounts', written; end if;
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
