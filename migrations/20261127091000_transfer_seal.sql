-- Seals: each association's transfers in a chain of digests, so that a later change shows. Sealing
-- is not on the way of posting: what is posted waits in a list, and the worker seals it within
-- seconds.

-- Transfers that are not sealed yet.
create table unsealed (
  association_id uuid not null,
  transfer_id uuid not null,
  primary key (association_id, transfer_id)
);

-- A link of the chain: the digest of the one before and of the transfer.
create table seal (
  association_id uuid not null,
  place bigint not null,
  transfer_id uuid not null,
  digest bytea not null,
  primary key (association_id, place),
  constraint one_seal_a_transfer unique (association_id, transfer_id),
  constraint places_begin_at_one check (place > 0),
  constraint digest_is_sha256 check (length(digest) = 32)
);
alter table seal enable row level security;
alter table seal force row level security;
create policy own on seal to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
grant select, insert (association_id, place, transfer_id, digest) on seal to saline_member;

-- What was posted before there were seals.
alter table transfer no force row level security;
insert into unsealed select association_id, transfer_id from transfer;
alter table transfer force row level security;

alter table unsealed enable row level security;
alter table unsealed force row level security;
create policy own on unsealed to saline_member, saline_owner
  using (association_id = (select current_association()))
  with check (association_id = (select current_association()));
create policy any_worker on unsealed for select to saline_worker using (true);
grant select, delete on unsealed to saline_member;
grant select (association_id) on unsealed to saline_worker;

create function await_seal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into public.unsealed (association_id, transfer_id)
    values (new.association_id, new.transfer_id);
  return null;
end $$;
revoke all on function await_seal() from public;
create trigger transfer_awaits_its_seal after insert on transfer
  for each row execute function await_seal();
