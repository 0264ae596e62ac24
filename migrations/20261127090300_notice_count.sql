-- What stands behind each tab and facet of the notices is counted from the index alone.
create index notice_live_count on notice (association_id, kind, category_id, expires_at)
  where paused_at is null and closed_at is null;
