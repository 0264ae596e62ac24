-- What comes before everything: who is current, the associations, their hosts and their rules.

-- The association of the running transaction; null, hence no row of any tenant, where none was set.
create function current_association() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('saline.association', true), '')::uuid $$;

-- The public face of a SEL. Whoever comes to a door may read it: it is what its portal shows.
create table association (
  association_id uuid primary key,
  slug text collate "C" not null,
  name text not null,
  place_name text not null,
  country text not null,
  geoname_id integer,
  latitude double precision not null,
  longitude double precision not null,
  colour text not null default '#7c3f63',
  time_zone text not null default 'Europe/Paris',
  member_count integer not null default 0,
  opened_at timestamptz not null,
  ready_at timestamptz,
  constraint slug_is_free unique (slug),
  constraint slug_has_letters check (slug ~ '^[a-z][a-z0-9-]{1,28}[a-z0-9]$'),
  constraint association_has_a_name check (name <> '' and length(name) <= 50),
  constraint members_are_counted check (member_count >= 0)
);
create index association_by_latitude on association (latitude, longitude) where ready_at is not null;

alter table association enable row level security;
alter table association force row level security;
create policy own on association to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
create policy any_door on association for select to saline_door, saline_follower using (true);
grant select on association to saline_member, saline_door, saline_follower, saline_worker;
create policy any_worker on association for select to saline_worker using (true);
grant update (name, place_name, country, geoname_id, latitude, longitude, colour, time_zone,
              ready_at) on association to saline_member;

-- The rules a SEL chose. Amounts are in minor units of its own unit.
create table setting (
  association_id uuid primary key references association,
  unit_one text not null,
  unit_many text not null,
  units_per_hour integer not null,
  decimals smallint not null default 0,
  floor bigint,
  ceiling bigint,
  limit_policy text not null default 'warn',
  starting_credit bigint not null default 0,
  balances_shown_to text not null default 'members',
  last_names_shown boolean not null default true,
  phones_shown boolean not null default true,
  places_shown boolean not null default true,
  emails_shown boolean not null default false,
  admission text not null default 'board',
  notice_days integer not null default 365,
  answer_days integer not null default 30,
  next_number integer not null default 1,
  setup_step smallint not null default 1,
  constraint hour_is_worth_something check (units_per_hour between 1 and 10000),
  constraint decimals_are_few check (decimals between 0 and 2),
  constraint floor_is_below_zero check (floor <= 0),
  constraint ceiling_is_above_zero check (ceiling >= 0),
  constraint limit_policy_is_known check (limit_policy in ('warn', 'refuse')),
  constraint starting_credit_is_a_gift check (starting_credit >= 0),
  constraint balances_shown_to_is_known check (balances_shown_to in ('self', 'board', 'members')),
  constraint admission_is_known check (admission in ('board', 'members', 'open')),
  constraint notices_last_a_while check (notice_days between 15 and 730),
  constraint answers_have_time check (answer_days between 5 and 90)
);
alter table setting enable row level security;
alter table setting force row level security;
create policy own on setting to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, update (unit_one, unit_many, units_per_hour, decimals, floor, ceiling, limit_policy,
    starting_credit, balances_shown_to, last_names_shown, phones_shown, places_shown, emails_shown,
    admission, notice_days, answer_days, setup_step) on setting to saline_member;

create table category (
  association_id uuid not null references association,
  category_id uuid not null,
  code text collate "C" not null,
  name text not null,
  position smallint not null,
  hidden_at timestamptz,
  primary key (association_id, category_id),
  constraint category_code_is_single unique (association_id, code),
  constraint category_has_a_name check (name <> '' and length(name) <= 60)
);
alter table category enable row level security;
alter table category force row level security;
create policy own on category to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (name, position, hidden_at) on category to saline_member;
