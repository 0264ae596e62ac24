-- The links of one member: counted before another is mailed, and void once their address changes.
create index token_of_member on token (association_id, member_id, created_at)
  where member_id is not null;
