-- What is over is forgotten: the worker deletes sessions and links a month after their end.
create policy any_worker on session to saline_worker using (true);
grant select (session_hash, expires_at, ended_at), delete on session to saline_worker;
create index session_by_end on session (ended_at) where ended_at is not null;

create index token_by_expiry on token (expires_at);
grant delete on token to saline_worker;
