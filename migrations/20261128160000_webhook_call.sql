-- A key of each SEL, sealed under the host's. What the SEL has kept secret here is sealed under it.
create table association_key (
  association_id uuid not null references association,
  number integer not null check (number > 0),
  sealed bytea not null,
  created_at timestamptz not null,
  primary key (association_id, number)
);
alter table association_key enable row level security;
alter table association_key force row level security;
create policy own on association_key to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, delete on association_key to saline_member;

-- Where a SEL has others told of what happens in it.
create table webhook (
  association_id uuid not null references association,
  webhook_id uuid not null,
  address text not null,
  topics text[] not null,
  secret_sealed bytea not null,
  created_by uuid not null,
  created_at timestamptz not null,
  -- Nobody answered for so long that it was given up.
  stopped_at timestamptz,
  removed_at timestamptz,
  primary key (association_id, webhook_id),
  foreign key (association_id, created_by) references member,
  constraint address_has_an_end check (length(address) between 1 and 500),
  constraint webhook_tells_something check (cardinality(topics) between 1 and 30)
);
create index webhook_of_sel on webhook (association_id, created_at) where removed_at is null;
alter table webhook enable row level security;
alter table webhook force row level security;
create policy own on webhook to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (secret_sealed, stopped_at, removed_at) on webhook to saline_member;

-- What a webhook is told of one event. Its id is the event's: the same call again is the same.
create table webhook_call (
  association_id uuid not null references association,
  webhook_id uuid not null,
  event_id uuid not null,
  topic text not null,
  subject_id uuid not null,
  happened_at timestamptz not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  delivered_at timestamptz,
  given_up_at timestamptz,
  -- What was answered last, or why nothing was.
  status smallint,
  reason text,
  primary key (association_id, webhook_id, event_id),
  foreign key (association_id, webhook_id) references webhook,
  foreign key (association_id, event_id) references event
);
create index webhook_call_due on webhook_call (due_at)
  where delivered_at is null and given_up_at is null;
create index webhook_call_log on webhook_call (association_id, webhook_id, happened_at desc, event_id desc);
alter table webhook_call enable row level security;
alter table webhook_call force row level security;
create policy own on webhook_call to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
create policy any_worker on webhook_call to saline_worker using (true) with check (true);
grant select, insert, update (due_at, attempts, delivered_at, given_up_at, status, reason)
  on webhook_call to saline_member;
grant select (association_id, webhook_id, event_id, due_at, attempts, delivered_at, given_up_at)
  on webhook_call to saline_worker;
grant update (due_at, attempts) on webhook_call to saline_worker;

-- What others are told of an event: nothing of most.
create function webhook_topic(in_kind text) returns text language sql immutable as $$
  select case in_kind
    when 'notice_published' then 'notice.published'
    when 'notice_changed' then 'notice.changed'
    when 'notice_renewed' then 'notice.changed'
    when 'notice_paused' then 'notice.changed'
    when 'notice_resumed' then 'notice.changed'
    when 'notice_reopened' then 'notice.changed'
    when 'notice_closed' then 'notice.closed'
    when 'exchange_proposed' then 'exchange.proposed'
    when 'exchange_posted' then 'exchange.recorded'
    when 'exchange_agreed' then 'exchange.recorded'
    when 'exchange_refused' then 'exchange.closed'
    when 'exchange_cancelled' then 'exchange.closed'
    when 'exchange_expired' then 'exchange.closed'
    when 'exchange_reversed' then 'exchange.reversed'
    when 'member_joined' then 'member.joined'
    when 'member_came_back' then 'member.joined'
    when 'member_left' then 'member.left'
    when 'rules_changed' then 'settings.changed'
    when 'webhook_tried' then 'ping'
  end
$$;
revoke all on function webhook_topic(text) from public;
grant execute on function webhook_topic(text) to saline_member, saline_owner;

create function call_webhooks() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into webhook_call (association_id, webhook_id, event_id, topic, subject_id, happened_at, due_at)
    select w.association_id, w.webhook_id, new.event_id, webhook_topic(new.kind), new.subject_id,
           new.recorded_at, new.recorded_at
    from webhook w
    where w.association_id = new.association_id and w.removed_at is null and w.stopped_at is null
      and case when new.kind = 'webhook_tried' then w.webhook_id = new.subject_id
               else webhook_topic(new.kind) = any (w.topics) end;
  return null;
end $$;
revoke all on function call_webhooks() from public;
create trigger call_webhooks after insert on event
  for each row when (webhook_topic(new.kind) is not null) execute function call_webhooks();
