-- The number that the next slip to be printed has.
alter table setting
  add column next_slip integer not null default 1,
  add constraint slips_are_numbered check (next_slip between 1 and 1000000);
grant update (next_slip) on setting to saline_member;
