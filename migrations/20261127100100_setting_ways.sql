-- The ways in which a SEL lets an exchange be recorded, what it does beyond a limit, and who sees
-- balances. Within `alike_days`, an exchange of the same two over the same amount is asked about; 0
-- never asks.

alter table setting
  add column payer_alone boolean not null default true,
  add column payee_asks boolean not null default true,
  add column agree_days smallint,
  add column slips_allowed boolean not null default true,
  add column proxies_allowed boolean not null default true,
  add column alike_days smallint not null default 7,
  add constraint agreeing_alone_takes_time check (agree_days between 5 and 90),
  add constraint alike_days_are_few check (alike_days between 0 and 60),
  drop constraint limit_policy_is_known,
  add constraint limit_policy_is_known check (limit_policy in ('warn', 'approve', 'refuse')),
  drop constraint balances_shown_to_is_known,
  add constraint balances_shown_to_is_known
    check (balances_shown_to in ('self', 'board', 'members', 'turnover', 'full'));
grant update (payer_alone, payee_asks, agree_days, slips_allowed, proxies_allowed, alike_days)
  on setting to saline_member;
