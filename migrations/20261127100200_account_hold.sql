-- Accounts: limits of their own, who holds them, and one of mutual help.

-- Limits of its own, until that day; none where there is no day. When it was closed, and when its
-- last transfer was posted.
alter table account
  add column own_floor bigint,
  add column own_ceiling bigint,
  add column own_limits_until date,
  add column closed_at timestamptz,
  add column moved_at timestamptz,
  add constraint own_floor_is_below_zero check (own_floor <= 0),
  add constraint own_ceiling_is_above_zero check (own_ceiling >= 0),
  drop constraint account_kind_is_known,
  add constraint account_kind_is_known
    check (kind in ('member', 'association', 'solidarity')),
  drop constraint member_account_has_a_member,
  add constraint member_account_has_a_member check ((kind = 'member') = (member_id is not null));
create unique index one_solidarity_an_association on account (association_id)
  where kind = 'solidarity';
grant update (own_floor, own_ceiling, own_limits_until) on account to saline_member;

-- Which account a member's exchanges go to, and since when.
create table holding (
  association_id uuid not null,
  member_id uuid not null,
  account_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  holding_id bigint generated always as identity,
  primary key (association_id, member_id, holding_id),
  constraint holding_ends_after_it_begins check (until >= since)
);
create unique index one_account_held_at_a_time on holding (association_id, member_id)
  include (account_id) where until is null;
create index holding_of_account on holding (association_id, account_id);
alter table account no force row level security;
insert into holding (association_id, member_id, account_id, since)
  select association_id, member_id, account_id, opened_at from account
  where member_id is not null;
alter table account force row level security;
alter table holding enable row level security;
alter table holding force row level security;
create policy own on holding to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select on holding to saline_member;

-- Whoever gets an account of their own holds it.
create function hold_own_account() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into public.holding (association_id, member_id, account_id, since)
    values (new.association_id, new.member_id, new.account_id, new.opened_at);
  return null;
end $$;
revoke all on function hold_own_account() from public;
create trigger account_is_held after insert on account
  for each row when (new.member_id is not null) execute function hold_own_account();

-- What the board decided about the limits of one account, and why.
create table limit_override (
  association_id uuid not null references association,
  override_id uuid not null,
  account_id uuid not null,
  floor bigint,
  ceiling bigint,
  reason text not null,
  until date,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (association_id, override_id),
  foreign key (association_id, account_id) references account,
  foreign key (association_id, decided_by) references member,
  constraint override_has_a_reason check (reason <> '' and length(reason) <= 400)
);
create index override_of_account on limit_override (association_id, account_id, decided_at);
alter table limit_override enable row level security;
alter table limit_override force row level security;
create policy own on limit_override to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert on limit_override to saline_member;

-- An account of mutual help beside the SEL's own, in every association.
create function open_solidarity() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into public.account (association_id, account_id, kind, opened_at)
    values (new.association_id, gen_random_uuid(), 'solidarity', new.opened_at);
  return null;
end $$;
revoke all on function open_solidarity() from public;
create trigger solidarity_opens after insert on account
  for each row when (new.kind = 'association') execute function open_solidarity();
alter table account no force row level security;
insert into account (association_id, account_id, kind, opened_at)
  select association_id, gen_random_uuid(), 'solidarity', opened_at from account
  where kind = 'association';
alter table account force row level security;

-- How far an account may go; null where nothing is refused.
create function floor_at(a account, s setting, in_at timestamptz) returns bigint
  language sql stable as $$
    select case when s.limit_policy = 'warn' then null
                when a.own_limits_until >= in_at::date then a.own_floor else s.floor end
  $$;
create function ceiling_at(a account, s setting, in_at timestamptz) returns bigint
  language sql stable as $$
    select case when s.limit_policy = 'warn' then null
                when a.own_limits_until >= in_at::date then a.own_ceiling else s.ceiling end
  $$;

-- Locks these accounts in id order: whoever moves units does so first, so that nobody waits for one
-- who waits for them.
create function lock_accounts(in_accounts uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform 1 from account
    where association_id = current_association() and account_id = any (in_accounts)
    order by account_id for update;
end $$;
revoke all on function lock_accounts(uuid[]) from public;

-- The accounts that these members hold now, in their order; null for who holds none.
create function accounts_of(in_members uuid[]) returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return (select array_agg(h.account_id order by m.place)
    from unnest(in_members) with ordinality as m (member_id, place)
    left join holding h on h.association_id = current_association()
      and h.member_id = m.member_id and h.until is null);
end $$;
revoke all on function accounts_of(uuid[]) from public;
