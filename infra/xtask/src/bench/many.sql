-- A hundred SELs beside the town, twenty members in each, one of whom is logged in; each trades
-- with its neighbour. In the last one, an account with 10,000 transfers and one with 100. Written
-- as the administrator: this is a measure, not the program.

create function pg_temp.sel(place integer) returns uuid language sql immutable
  as $$ select ('b0000000-0000-7000-8000-' || lpad(place::text, 12, '0'))::uuid $$;
create function pg_temp.member(place integer, number integer) returns uuid language sql immutable
  as $$ select ('b1000000-0000-7000-8000-' || lpad((place * 1000 + number)::text, 12, '0'))::uuid $$;
create function pg_temp.account(place integer, number integer) returns uuid language sql immutable
  as $$ select ('b2000000-0000-7000-8000-' || lpad((place * 1000 + number)::text, 12, '0'))::uuid $$;

insert into association (association_id, slug, code, name, place_name, country, latitude, longitude,
    opened_at, ready_at)
  select pg_temp.sel(p), 'banc' || lpad(p::text, 3, '0'), 'B' || lpad(p::text, 3, '0'),
    'SEL du banc ' || p, 'Cahors', 'FR', 44, 1, now(), now()
  from generate_series(1, 100) p;
insert into setting (association_id, unit_one, unit_many, units_per_hour, setup_step)
  select pg_temp.sel(p), 'grain', 'grains', 60, 5 from generate_series(1, 100) p;
insert into identity (identity_id, email, created_at)
  select pg_temp.member(p, 1), null, now() from generate_series(1, 100) p;
insert into identity (identity_id, email, created_at)
  values (pg_temp.member(100, 3), null, now());
-- What follows from a member and an account is written in the name of their SEL.
do $$
begin
  for p in 1 .. 100 loop
    perform set_config('saline.association', pg_temp.sel(p)::text, true);
    insert into account (association_id, account_id, kind, opened_at)
      values (pg_temp.sel(p), gen_random_uuid(), 'association', now());
    insert into member (association_id, member_id, number, first_name, last_name, folded_name,
        folded_last, identity_id, joined_at)
      select pg_temp.sel(p), pg_temp.member(p, n), n, 'Membre', 'Numéro ' || n,
        'membre numero ' || n, 'numero ' || n,
        case when n = 1 or (p = 100 and n = 3) then pg_temp.member(p, n) end, now()
      from generate_series(1, 20) n;
    insert into account (association_id, account_id, kind, member_id, opened_at)
      select pg_temp.sel(p), pg_temp.account(p, n), 'member', pg_temp.member(p, n), now()
      from generate_series(1, 20) n;
  end loop;
end $$;
insert into session (session_hash, association_id, member_id, identity_id, started_at, expires_at)
  select sha256(('secret-' || p || '-' || n)::bytea), pg_temp.sel(p), pg_temp.member(p, n),
    pg_temp.member(p, n), now(), now() + interval '1 day'
  from generate_series(1, 100) p, (values (1), (3)) who (n) where n = 1 or p = 100;

do $$
declare id uuid;
begin
  for p in 1 .. 50 loop
    id := gen_random_uuid();
    perform set_config('saline.association', pg_temp.sel(2 * p - 1)::text, true);
    perform ask_alliance(id, pg_temp.sel(2 * p), 360000000, 360000000, now(),
      pg_temp.member(2 * p - 1, 1));
    perform set_config('saline.association', pg_temp.sel(2 * p)::text, true);
    perform change_alliance(id, 'agree', 360000000, 360000000, now());
  end loop;
end $$;

-- Members 1 and 2 of the last SEL exchange 10,000 times, 3 and 4 a hundred times, to and fro.
set saline.association = 'b0000000-0000-7000-8000-000000000100';
create temporary table lines as
  select who, t, gen_random_uuid() as id, who + (1 - t % 2) as payer, who + t % 2 as payee,
    now() - interval '1 minute' * (20000 - t) as at
  from (values (1, 10000), (3, 100)) account (who, many), generate_series(1, many) t;
insert into exchange (association_id, exchange_id, payer_id, payee_id, amount, label, done_on,
    proposed_at, proposed_by, proposed_for, agreed_at, closed_by, transfer_id, payer_account,
    payee_account)
  select pg_temp.sel(100), id, pg_temp.member(100, payer), pg_temp.member(100, payee), 1,
    'coup de main', at::date, at, pg_temp.member(100, payer), pg_temp.member(100, payer), at,
    pg_temp.member(100, payer), id, pg_temp.account(100, payer), pg_temp.account(100, payee)
  from lines;
insert into transfer (association_id, transfer_id, kind, exchange_id, payer_account, payee_account,
    amount, label, done_on, posted_at, payer_sequence, payee_sequence, payer_balance,
    payee_balance)
  select pg_temp.sel(100), id, 'exchange', id, pg_temp.account(100, payer),
    pg_temp.account(100, payee), 1, 'coup de main', at::date, at, t, t,
    case when t % 2 = 1 then -1 else 0 end, case when t % 2 = 1 then 1 else 0 end
  from lines;
update account a set transfer_count = l.many, moved_at = now()
  from (select who, max(t) as many from lines group by who) l, (values (0), (1)) side (offset_)
  where a.association_id = pg_temp.sel(100)
    and a.account_id = pg_temp.account(100, l.who + side.offset_);
analyze;
