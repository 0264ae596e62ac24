-- A conversation stands where its latest message puts it.
alter table conversation add column latest_at timestamptz;
grant update (latest_at) on conversation to saline_member;
drop index conversation_of_author, conversation_of_writer;
create index conversation_of_author
  on conversation (association_id, author_id, coalesce(latest_at, started_at) desc);
create index conversation_of_writer
  on conversation (association_id, writer_id, coalesce(latest_at, started_at) desc);

-- What a member has written lately: too many letters at once are not carried.
create index message_of_sender on message (association_id, sender_id, sent_at);
