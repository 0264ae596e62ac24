-- An invitation has a table of its own; when somebody was invited first is not asked.
alter table staff drop column invited_at;

-- The console's list goes by the day that SELs were opened; both numbers above it are read from
-- this index, too.
drop index association_by_opening;
create index association_by_opening on association (opened_at desc, association_id desc)
  include (ready_at);

-- How many notices stand in these SELs, and on what day an exchange was last recorded there: a row
-- each, in their order. The last exchange is the last entry of the index over their days.
drop function activity_of(uuid[], timestamptz);
create function activity_of(in_associations uuid[], in_at timestamptz)
  returns table (notices bigint, exchanged_on date)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare here uuid;
begin
  foreach here in array in_associations loop
    perform enter(here);
    return query select
      (select count(*) from notice n where n.association_id = here
        and n.paused_at is null and n.closed_at is null and n.expires_at > in_at),
      (select ((select e.proposed_at from exchange e where e.association_id = here
          order by e.proposed_at desc limit 1) at time zone a.time_zone)::date
        from association a where a.association_id = here);
  end loop;
  perform set_config('saline.association', '', true);
end $$;
revoke all on function activity_of(uuid[], timestamptz) from public;
grant execute on function activity_of(uuid[], timestamptz) to saline_console;
