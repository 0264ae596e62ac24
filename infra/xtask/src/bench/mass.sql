-- So many transfers more, in SELs of their own that nothing else looks at: a thousand between each
-- two of their accounts. They are not sealed, so these SELs are not verified.

alter table transfer disable trigger transfer_awaits_its_seal;
do $$
declare sel uuid; own uuid[];
begin
  for p in 1 .. greatest(1, current_setting('saline.transfers')::integer / 100000) loop
    sel := gen_random_uuid();
    insert into association (association_id, slug, code, name, place_name, country, latitude,
        longitude, opened_at)
      values (sel, 'masse' || lpad(p::text, 4, '0'), 'M' || lpad(p::text, 4, '0'),
        'SEL de la masse', 'Cahors', 'FR', 44, 1, now());
    insert into setting (association_id, unit_one, unit_many, units_per_hour)
      values (sel, 'grain', 'grains', 60);
    select array_agg(gen_random_uuid()) into own from generate_series(1, 200);
    insert into account (association_id, account_id, kind, opened_at, transfer_count, balance)
      select sel, own[n], 'partner', now(), 1000, case when n % 2 = 1 then -1000 else 1000 end
      from generate_series(1, 200) n;
    insert into transfer (association_id, transfer_id, kind, payer_account, payee_account, amount,
        label, done_on, posted_at, payer_sequence, payee_sequence, payer_balance, payee_balance)
      select sel, gen_random_uuid(), 'gift', own[2 * pair - 1], own[2 * pair], 1, 'coup de main',
        current_date, now(), t, t, -t, t
      from generate_series(1, 100) pair, generate_series(1, 1000) t;
  end loop;
end $$;
alter table transfer enable trigger transfer_awaits_its_seal;
analyze transfer, account;
