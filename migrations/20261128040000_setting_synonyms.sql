-- Words of a SEL that mean the same thing to its search: a line a thing.
alter table setting
  add column synonyms text[] not null default '{}',
  add constraint synonyms_are_few check (cardinality(synonyms) <= 100);
grant update (synonyms) on setting to saline_member;
