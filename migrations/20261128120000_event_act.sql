-- What those in charge do for others, or to the whole SEL, can be read again by the SEL.
alter table event add column is_act boolean not null default false;
grant insert (is_act) on event to saline_member;

alter table event no force row level security;
update event set is_act = true
  where actor_id <> subject_id and kind in (
    'association_made_ready', 'association_painted', 'rules_changed', 'member_entitled',
    'member_joined', 'member_left', 'member_described',
    'member_came_back', 'member_readdressed', 'application_refused', 'limits_set', 'limits_lifted',
    'account_shared', 'account_parted', 'mandate_recorded', 'batch_posted', 'batch_reversed',
    'sheet_opened', 'sheet_posted', 'sheet_put_away', 'sheet_taken_out', 'dispute_upheld',
    'dispute_reversed', 'alliance_asked', 'alliance_agreed', 'alliance_refused', 'alliance_paused',
    'alliance_resumed', 'alliance_ended', 'alliance_capped');
alter table event force row level security;
create index event_acts on event (association_id, recorded_at desc, event_id desc) where is_act;
