create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
drop schema if exists rival cascade;
create schema rival;
create text search configuration rival.french (copy = french);
alter text search configuration rival.french alter mapping for hword, hword_part, word
    with unaccent, french_stem;
create table rival.notice as
    select n.association_id, n.notice_id, n.kind, c.code as category, n.urgent,
        n.units_mode = 'gift' as gift, n.published_at, n.expires_at, o.latitude, o.longitude,
        least(array_position(array['members', 'allies', 'platform', 'public'], n.reach),
            array_position(array['members', 'allies', 'platform', 'public'], s.notice_reach))
            as reach,
        lower(unaccent(concat_ws(' ', n.title, c.name, n.body))) as plain,
        setweight(to_tsvector('rival.french', n.title), 'A')
            || setweight(to_tsvector('rival.french', c.name), 'B')
            || setweight(to_tsvector('rival.french', n.body), 'C') as document
    from notice n
    join association o using (association_id)
    join setting s using (association_id)
    join category c using (association_id, category_id)
    join member m using (association_id, member_id)
    where n.paused_at is null and n.closed_at is null and m.left_at is null;
-- What is shown of the first, beside the table, so that it stays small.
create table rival.text as select notice_id, title, body from notice;
alter table rival.text add primary key (notice_id);
