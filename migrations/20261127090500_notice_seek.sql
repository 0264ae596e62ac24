-- A photo is asked for by its id alone, and has one place.
create unique index photo_has_one_place on notice_photo (association_id, photo_id);

create index notice_live_urgent on notice (association_id, published_at desc, notice_id desc)
  where urgent and paused_at is null and closed_at is null;
