-- Offers and wants, their photos, and the letters that members write about them without showing
-- an address.

create table notice (
  association_id uuid not null references association,
  notice_id uuid not null,
  member_id uuid not null,
  kind text collate "C" not null,
  category_id uuid not null,
  title text not null,
  body text not null,
  units_mode text not null,
  units bigint,
  urgent boolean not null default false,
  published_at timestamptz not null,
  changed_at timestamptz not null,
  expires_at timestamptz not null,
  paused_at timestamptz,
  closed_at timestamptz,
  entered_by uuid not null,
  primary key (association_id, notice_id),
  foreign key (association_id, member_id) references member,
  foreign key (association_id, entered_by) references member,
  foreign key (association_id, category_id) references category,
  constraint notice_kind_is_known check (kind in ('offer', 'want')),
  constraint notice_has_a_title check (title <> '' and length(title) <= 80),
  constraint notice_is_short check (length(body) <= 2000),
  constraint units_mode_is_known check (units_mode in ('fixed', 'hourly', 'discuss', 'gift')),
  constraint units_where_counted check ((units is not null) = (units_mode in ('fixed', 'hourly'))),
  constraint units_are_positive check (units > 0)
);
create index notice_live on notice (association_id, published_at desc, notice_id desc)
  where paused_at is null and closed_at is null;
create index notice_live_by_kind on notice (association_id, kind, published_at desc, notice_id desc)
  where paused_at is null and closed_at is null;
create index notice_live_by_category
  on notice (association_id, category_id, published_at desc, notice_id desc)
  where paused_at is null and closed_at is null;
create index notice_of_member on notice (association_id, member_id, published_at desc);
alter table notice enable row level security;
alter table notice force row level security;
create policy own on notice to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, update (kind, category_id, title, body, units_mode, units, urgent,
    published_at, changed_at, expires_at, paused_at, closed_at) on notice to saline_member;

alter table exchange add foreign key (association_id, notice_id) references notice;

create table notice_photo (
  association_id uuid not null references association,
  notice_id uuid not null,
  photo_id uuid not null,
  position smallint not null,
  width integer not null,
  height integer not null,
  added_at timestamptz not null,
  primary key (association_id, notice_id, photo_id),
  foreign key (association_id, notice_id) references notice,
  constraint three_photos_at_most check (position between 1 and 3),
  constraint one_photo_a_place unique (association_id, notice_id, position)
);
alter table notice_photo enable row level security;
alter table notice_photo force row level security;
create policy own on notice_photo to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert, delete on notice_photo to saline_member;

-- Two members write to each other about a notice; neither sees the other's address.
create table conversation (
  association_id uuid not null references association,
  conversation_id uuid not null,
  notice_id uuid not null,
  author_id uuid not null,
  writer_id uuid not null,
  started_at timestamptz not null,
  primary key (association_id, conversation_id),
  foreign key (association_id, notice_id) references notice,
  foreign key (association_id, author_id) references member,
  foreign key (association_id, writer_id) references member,
  constraint one_conversation_each unique (association_id, notice_id, writer_id),
  constraint nobody_writes_to_oneself check (author_id <> writer_id)
);
create index conversation_of_author on conversation (association_id, author_id, started_at desc);
create index conversation_of_writer on conversation (association_id, writer_id, started_at desc);
alter table conversation enable row level security;
alter table conversation force row level security;
create policy own on conversation to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert on conversation to saline_member;

create table message (
  association_id uuid not null references association,
  message_id uuid not null,
  conversation_id uuid not null,
  sender_id uuid not null,
  body text not null,
  sent_at timestamptz not null,
  primary key (association_id, message_id),
  foreign key (association_id, conversation_id) references conversation,
  foreign key (association_id, sender_id) references member,
  constraint message_says_something check (body <> '' and length(body) <= 4000)
);
create index message_in_order on message (association_id, conversation_id, sent_at, message_id);
alter table message enable row level security;
alter table message force row level security;
create policy own on message to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert on message to saline_member;
