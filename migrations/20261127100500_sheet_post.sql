-- Posts the ready lines of a sheet together: locks all their accounts in id order, then writes each
-- line's exchange and transfer. What is on paper has happened: limits do not refuse it. A line that
-- was posted before is left alone. Answers the lines that were posted now.
create function post_sheet(
    in_sheet uuid, in_lines uuid[], in_payers uuid[], in_payees uuid[], in_amounts bigint[],
    in_labels text[], in_days date[], in_slips text[], in_at timestamptz, in_by uuid)
  returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  here uuid := current_association();
  payers uuid[] := accounts_of(in_payers);
  payees uuid[] := accounts_of(in_payees);
  written integer;
begin
  perform lock_accounts(payers || payees);
  for i in 1 .. cardinality(in_lines) loop
    insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
        proposed_at, proposed_by, proposed_for, payer_account, payee_account, agreed_at, closed_by,
        transfer_id, sheet_id, slip)
      values (here, in_lines[i], in_payers[i], in_payees[i], in_amounts[i], in_labels[i],
        in_days[i], in_at, in_by, in_payers[i], payers[i], payees[i], in_at, in_by, in_lines[i],
        in_sheet, in_slips[i])
      on conflict (association_id, exchange_id) do nothing;
    get diagnostics written = row_count;
    continue when written = 0;
    if not move_units(in_lines[i], 'exchange', in_lines[i], null, null, payers[i], payees[i],
        in_amounts[i], in_labels[i], in_days[i], in_at, in_by) then
      raise exception 'the transfer of a new exchange was there already';
    end if;
    update sheet_line set posted_at = in_at
      where association_id = here and line_id = in_lines[i] and sheet_id = in_sheet;
    get diagnostics written = row_count;
    if written <> 1 then raise exception 'the line of an exchange was not there'; end if;
    return next in_lines[i];
  end loop;
end $$;
revoke all on function post_sheet(uuid, uuid[], uuid[], uuid[], bigint[], text[], date[], text[],
  timestamptz, uuid) from public;
grant execute on function post_sheet(uuid, uuid[], uuid[], uuid[], bigint[], text[], date[], text[],
  timestamptz, uuid) to saline_member;
