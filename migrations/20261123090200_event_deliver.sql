-- What happened, and what must go out because of it.

create table event (
  association_id uuid not null references association,
  event_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  actor_id uuid,
  detail jsonb not null default '{}',
  recorded_at timestamptz not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (association_id, event_id)
);
-- The order in which followers read: never past a transaction that is still running.
create index event_in_commit_order on event (transaction_id, event_id);
alter table event enable row level security;
alter table event force row level security;
create policy own on event to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
create policy any_follower on event for select to saline_follower, saline_worker using (true);
grant select on event to saline_member;
grant insert (association_id, event_id, kind, subject_id, actor_id, detail, recorded_at)
  on event to saline_member;
grant select (association_id, event_id, kind, recorded_at, transaction_id)
  on event to saline_follower, saline_worker;

create table delivery (
  association_id uuid not null references association,
  delivery_id uuid not null,
  event_id uuid not null,
  kind text not null,
  channel text not null,
  recipient_id uuid not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  delivered_at timestamptz,
  given_up_at timestamptz,
  reason text,
  primary key (association_id, delivery_id),
  foreign key (association_id, event_id) references event,
  constraint delivered_once_each unique (association_id, event_id, channel, recipient_id),
  constraint channel_is_known check (channel in ('mail'))
);
create index delivery_due on delivery (due_at) where delivered_at is null and given_up_at is null;
alter table delivery enable row level security;
alter table delivery force row level security;
create policy own on delivery to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
create policy any_worker on delivery to saline_worker using (true) with check (true);
grant select on delivery to saline_member;
grant insert (association_id, delivery_id, event_id, kind, channel, recipient_id, due_at)
  on delivery to saline_member;
grant select (association_id, delivery_id, kind, channel, due_at, attempts, delivered_at,
              given_up_at) on delivery to saline_worker;
grant update (due_at, attempts, delivered_at, given_up_at, reason) on delivery to saline_worker;
