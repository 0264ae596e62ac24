-- Searches that members keep, and of whose new findings they are told.

create table saved_search (
  association_id uuid not null references association,
  saved_search_id uuid not null,
  member_id uuid not null,
  -- What the address of the list asks for, and how that was said to whoever keeps it.
  address text not null,
  said text not null,
  rhythm text collate "C" not null,
  saved_at timestamptz not null,
  -- What was published before is not told: since when somebody wants to hear of it.
  told_from timestamptz not null,
  -- What was published since is new.
  looked_at timestamptz not null,
  due_at timestamptz,
  primary key (association_id, saved_search_id),
  foreign key (association_id, member_id) references member,
  constraint member_saves_a_search_once unique (association_id, member_id, address),
  constraint rhythm_is_known check (rhythm in ('never', 'soon', 'daily', 'weekly')),
  constraint only_a_rhythm_is_due check ((rhythm = 'never') = (due_at is null)),
  constraint address_asks_something check (address <> '' and length(address) <= 1000)
);
create index saved_search_due on saved_search (due_at) where due_at is not null;
alter table saved_search enable row level security;
alter table saved_search force row level security;
create policy own on saved_search to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
-- Which are due, of all associations; what they ask is read in the scope of each.
create policy any_follower on saved_search for select to saline_follower using (true);
grant select, insert, delete, update (rhythm, told_from, looked_at, due_at) on saved_search to saline_member;
grant select (association_id, saved_search_id, due_at) on saved_search to saline_follower;

-- What a search has told of lately: it is not told twice.
create table told_notice (
  association_id uuid not null references association,
  saved_search_id uuid not null,
  sel_id uuid not null,
  notice_id uuid not null,
  told_at timestamptz not null,
  primary key (association_id, saved_search_id, sel_id, notice_id),
  foreign key (association_id, saved_search_id) references saved_search on delete cascade
);
alter table told_notice enable row level security;
alter table told_notice force row level security;
create policy own on told_notice to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, delete on told_notice to saline_member;
