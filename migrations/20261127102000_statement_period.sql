-- A statement of a period: where it begins and ends among the transfers of an account. The sequences
-- have no gaps and go up with time, so a few looks find the place, however many transfers there are.

create function sequence_before(in_account uuid, in_at timestamptz) returns bigint
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  low bigint := 0; high bigint; middle bigint; posted timestamptz;
begin
  select transfer_count into high from account
    where association_id = here and account_id = in_account;
  high := coalesce(high, 0);
  -- All up to low were posted before; none after high was.
  while low < high loop
    middle := (low + high + 1) / 2;
    select posted_at into posted from transfer
      where association_id = here and payer_account = in_account and payer_sequence = middle;
    if not found then
      select posted_at into posted from transfer
        where association_id = here and payee_account = in_account and payee_sequence = middle;
    end if;
    if posted < in_at then low := middle; else high := middle - 1; end if;
  end loop;
  return low;
end $$;
revoke all on function sequence_before(uuid, timestamptz) from public;
grant execute on function sequence_before(uuid, timestamptz) to saline_member;

alter table setting drop constraint balances_shown_to_is_known,
  add constraint balances_shown_to_is_known
    check (balances_shown_to in ('self', 'board', 'members', 'turnover', 'full'));
