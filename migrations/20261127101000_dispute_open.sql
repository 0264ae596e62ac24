-- A disagreement about an exchange, spoken of with those who mediate.
create table dispute (
  association_id uuid not null references association,
  dispute_id uuid not null,
  exchange_id uuid not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  reason text not null,
  upheld_at timestamptz,
  reversed_at timestamptz,
  withdrawn_at timestamptz,
  closed_by uuid,
  outcome text,
  primary key (association_id, dispute_id),
  foreign key (association_id, exchange_id) references exchange,
  foreign key (association_id, opened_by) references member,
  foreign key (association_id, closed_by) references member,
  constraint dispute_has_a_reason check (reason <> '' and length(reason) <= 2000),
  constraint dispute_ends_once check (num_nonnulls(upheld_at, reversed_at, withdrawn_at) <= 1)
);
create unique index one_dispute_at_a_time on dispute (association_id, exchange_id)
  where upheld_at is null and reversed_at is null and withdrawn_at is null;
create index dispute_of_exchange on dispute (association_id, exchange_id, opened_at);
create index dispute_open on dispute (association_id, opened_at)
  where upheld_at is null and reversed_at is null and withdrawn_at is null;
alter table dispute enable row level security;
alter table dispute force row level security;
create policy own on dispute to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert (association_id, dispute_id, exchange_id, opened_by, opened_at, reason),
    update (upheld_at, reversed_at, withdrawn_at, closed_by, outcome) on dispute to saline_member;

create table dispute_message (
  association_id uuid not null references association,
  message_id uuid not null,
  dispute_id uuid not null,
  author_id uuid not null,
  body text not null,
  written_at timestamptz not null,
  primary key (association_id, message_id),
  foreign key (association_id, dispute_id) references dispute,
  foreign key (association_id, author_id) references member,
  constraint word_is_said check (body <> '' and length(body) <= 2000)
);
create index word_of_dispute
  on dispute_message (association_id, dispute_id, written_at, message_id);
alter table dispute_message enable row level security;
alter table dispute_message force row level security;
create policy own on dispute_message to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert on dispute_message to saline_member;

-- Who holds the settings mediates, until the board gives it to others.
alter table member no force row level security;
update member set rights = array_append(rights, 'mediate') where 'settings' = any (rights);
alter table member force row level security;
