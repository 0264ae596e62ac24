//! Acts of those in charge: what they do to the whole SEL or for others, and the SEL may read
//! again.

use crate::id::MemberId;
use crate::member::Actor;
use uuid::Uuid;

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Sel,
    Member,
    Application,
    Exchange,
    Notice,
    Mandate,
    Batch,
    Sheet,
    Dispute,
    Alliance,
    Crossing,
}

/// The kinds of events that are acts where somebody in charge does them.
pub const ACTS: [(&str, Topic); 60] = [
    ("login_provider_added", Topic::Sel),
    ("login_provider_removed", Topic::Sel),
    ("webhook_added", Topic::Sel),
    ("webhook_tried", Topic::Sel),
    ("webhook_told_again", Topic::Sel),
    ("webhook_resumed", Topic::Sel),
    ("webhook_removed", Topic::Sel),
    ("association_made_ready", Topic::Sel),
    ("association_painted", Topic::Sel),
    ("rules_changed", Topic::Sel),
    ("categories_kept", Topic::Sel),
    ("member_joined", Topic::Member),
    ("member_described", Topic::Member),
    ("member_readdressed", Topic::Member),
    ("member_entitled", Topic::Member),
    ("member_left", Topic::Member),
    ("member_came_back", Topic::Member),
    ("limits_set", Topic::Member),
    ("limits_lifted", Topic::Member),
    ("account_shared", Topic::Member),
    ("account_parted", Topic::Member),
    ("application_refused", Topic::Application),
    ("member_invited", Topic::Sel),
    ("exchange_proposed", Topic::Exchange),
    ("exchange_posted", Topic::Exchange),
    ("exchange_agreed", Topic::Exchange),
    ("exchange_refused", Topic::Exchange),
    ("exchange_cancelled", Topic::Exchange),
    ("exchange_reversed", Topic::Exchange),
    ("crossing_proposed", Topic::Crossing),
    ("crossing_posted", Topic::Crossing),
    ("crossing_agreed", Topic::Crossing),
    ("crossing_refused", Topic::Crossing),
    ("crossing_cancelled", Topic::Crossing),
    ("crossing_reversed", Topic::Crossing),
    ("notice_published", Topic::Notice),
    ("notice_changed", Topic::Notice),
    ("notice_renewed", Topic::Notice),
    ("notice_paused", Topic::Notice),
    ("notice_resumed", Topic::Notice),
    ("notice_reopened", Topic::Notice),
    ("notice_closed", Topic::Notice),
    ("mandate_recorded", Topic::Mandate),
    ("mandate_revoked", Topic::Mandate),
    ("batch_posted", Topic::Batch),
    ("batch_reversed", Topic::Batch),
    ("sheet_opened", Topic::Sheet),
    ("sheet_posted", Topic::Sheet),
    ("sheet_put_away", Topic::Sheet),
    ("sheet_taken_out", Topic::Sheet),
    ("dispute_upheld", Topic::Dispute),
    ("dispute_reversed", Topic::Dispute),
    ("alliance_asked", Topic::Alliance),
    ("alliance_agreed", Topic::Alliance),
    ("alliance_refused", Topic::Alliance),
    ("alliance_paused", Topic::Alliance),
    ("alliance_resumed", Topic::Alliance),
    ("alliance_ended", Topic::Alliance),
    ("alliance_withdrawn", Topic::Alliance),
    ("alliance_capped", Topic::Alliance),
];

/// What of the rules somebody changes, by the columns of settings: an act says which of them.
pub const RULES: [(&str, &[&str]); 9] = [
    (
        "unit",
        &["unit_one", "unit_many", "units_per_hour", "decimals"],
    ),
    ("limits", &["floor", "ceiling", "limit_policy"]),
    ("credit", &["starting_credit"]),
    ("balances", &["balances_shown_to"]),
    (
        "directory",
        &[
            "last_names_shown",
            "phones_shown",
            "places_shown",
            "emails_shown",
            "names_outside",
        ],
    ),
    ("admission", &["admission"]),
    (
        "notices",
        &["notice_days", "notice_reach", "notices_unlisted"],
    ),
    ("synonyms", &["synonyms"]),
    (
        "exchanges",
        &[
            "answer_days",
            "alike_days",
            "payer_alone",
            "payee_asks",
            "agree_days",
            "slips_allowed",
            "proxies_allowed",
        ],
    ),
];

/// What an event of this kind is about, where it may be an act.
pub fn topic(kind: &str) -> Option<Topic> {
    let found = ACTS.iter().find(|(act, _)| *act == kind);
    found.map(|(_, topic)| *topic)
}

/// Whether an event is an act: somebody in charge did it, and not with what is their own. `owners`
/// are the author of a notice, the two of an exchange or a mandate.
pub fn is_act(kind: &str, subject: Uuid, owners: &[MemberId], actor: &Actor) -> bool {
    if actor.rights.is_empty() || owners.contains(&actor.member_id) {
        return false;
    }
    match topic(kind) {
        None => false,
        // Who gives rights to themselves is watched, too.
        Some(Topic::Member) => subject != actor.member_id.0 || kind == "member_entitled",
        Some(Topic::Notice | Topic::Exchange | Topic::Mandate | Topic::Crossing) => {
            !owners.is_empty()
        }
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AssociationId;
    use crate::member::Right;

    #[test]
    fn what_one_does_for_oneself_is_no_act() {
        let me = Uuid::from_u128(1);
        let somebody = Uuid::from_u128(2);
        let mut actor = Actor {
            association_id: AssociationId(Uuid::from_u128(9)),
            member_id: MemberId(me),
            rights: vec![Right::Members],
            helped: Vec::new(),
        };
        assert!(is_act("member_described", somebody, &[], &actor));
        assert!(!is_act("member_described", me, &[], &actor));
        assert!(is_act("member_entitled", me, &[], &actor));
        let notice = Uuid::from_u128(3);
        assert!(!is_act("notice_closed", notice, &[MemberId(me)], &actor));
        assert!(is_act(
            "notice_closed",
            notice,
            &[MemberId(somebody)],
            &actor
        ));
        assert!(!is_act("message_sent", somebody, &[], &actor));
        actor.rights.clear();
        assert!(!is_act("mandate_revoked", somebody, &[], &actor));
    }
}
