-- Who watches over the notices may take one away; its author does not bring it back alone.
alter table notice add column withdrawn_by uuid,
  add foreign key (association_id, withdrawn_by) references member,
  add constraint what_is_withdrawn_is_closed check (withdrawn_by is null or closed_at is not null);
grant update (withdrawn_by) on notice to saline_member;
