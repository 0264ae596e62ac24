-- Sheets: what stood on paper, typed line by line. A line is kept as it was typed until it is
-- right; then it becomes an exchange under its own id, once.

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
    update (put_away_at) on sheet to saline_member;

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
