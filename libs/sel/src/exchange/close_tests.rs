use super::*;
use crate::exchange::Side;
use crate::exchange::tests::{CLAIRE, JEAN, NADIA, actor, now, proposed, proposed_by, rules};
use chrono::Days;
use uuid::Uuid;

fn pending() -> Pending {
    Pending {
        exchange_id: ExchangeId(Uuid::from_u128(1)),
        payer_id: JEAN,
        payee_id: CLAIRE,
        proposed_for: CLAIRE,
        answer_by: Some(JEAN),
        approval: false,
        agrees_alone: false,
        answers_alone: false,
        expires_at: Some(now() + Days::new(30)),
        ended: false,
    }
}

fn closed(pending: &Pending, actor: Option<&Actor>, ending: Ending) -> Option<Refusal> {
    close(pending, actor, (ending, false), "", now()).err()
}

#[test]
fn the_one_asked_agrees_or_refuses_and_nobody_else() {
    let (claire, jean) = (actor(CLAIRE, &[]), actor(JEAN, &[]));
    let desk = actor(NADIA, &[Right::EnterForOthers]);
    for ending in [Ending::Agreed, Ending::Refused] {
        assert_eq!(closed(&pending(), Some(&jean), ending), None);
        assert_eq!(closed(&pending(), Some(&desk), ending), None);
        assert_eq!(
            closed(&pending(), Some(&claire), ending),
            Some(Refusal::NotYours)
        );
    }
}

#[test]
fn nobody_answers_for_who_has_an_email() {
    let alone = Pending {
        answers_alone: true,
        ..pending()
    };
    let (jean, desk) = (actor(JEAN, &[]), actor(NADIA, &[Right::EnterForOthers]));
    for ending in [Ending::Agreed, Ending::Refused] {
        assert_eq!(closed(&alone, Some(&jean), ending), None);
        assert_eq!(closed(&alone, Some(&desk), ending), Some(Refusal::NotYours));
    }
}

#[test]
fn who_enters_for_others_does_not_agree_to_what_they_receive() {
    let claire = actor(CLAIRE, &[Right::EnterForOthers]);
    assert_eq!(
        closed(&pending(), Some(&claire), Ending::Agreed),
        Some(Refusal::NotYours)
    );
    assert_eq!(closed(&pending(), Some(&claire), Ending::Refused), None);
}

#[test]
fn the_one_who_wrote_it_takes_it_back_and_nobody_else() {
    let (claire, jean) = (actor(CLAIRE, &[]), actor(JEAN, &[]));
    assert_eq!(closed(&pending(), Some(&claire), Ending::Cancelled), None);
    assert_eq!(
        closed(&pending(), Some(&jean), Ending::Cancelled),
        Some(Refusal::NotYours)
    );
}

#[test]
fn what_has_ended_or_expired_is_not_answered_again() {
    let jean = actor(JEAN, &[]);
    let ended = Pending {
        ended: true,
        ..pending()
    };
    assert_eq!(
        closed(&ended, Some(&jean), Ending::Agreed),
        Some(Refusal::Ended)
    );
    let late = Pending {
        expires_at: Some(now()),
        ..pending()
    };
    assert_eq!(
        closed(&late, Some(&jean), Ending::Agreed),
        Some(Refusal::Ended)
    );
    assert_eq!(closed(&late, None, Ending::Expired), None);
    assert_eq!(
        closed(&pending(), None, Ending::Expired),
        Some(Refusal::NotYours)
    );
}

#[test]
fn no_answer_is_a_yes_after_as_many_days_as_the_sel_says() {
    let mut rules = rules(Policy::Warn);
    rules.ways.agree_days = Some(14);
    let it = proposed_by(Side::Payee, &rules, 0).unwrap();
    assert_eq!(it.expires_at, Some(now() + Days::new(14)));
    assert!(it.agrees_alone);
    let alone = proposed_by(Side::Payer, &rules, 0).unwrap();
    assert!(!alone.agrees_alone && alone.expires_at.is_none());
    let late = Pending {
        expires_at: Some(now()),
        agrees_alone: true,
        ..pending()
    };
    assert_eq!(closed(&late, None, Ending::Agreed), None);
    let asked = Pending {
        expires_at: Some(now()),
        ..pending()
    };
    assert_eq!(
        closed(&asked, None, Ending::Agreed),
        Some(Refusal::NotYours)
    );
}

#[test]
fn beyond_a_limit_somebody_in_charge_allows_it_where_the_sel_wants_it_so() {
    let rules = rules(Policy::Approve);
    assert!(
        !proposed_by(Side::Payer, &rules, -1940)
            .unwrap()
            .needs_approval
    );
    let it = proposed_by(Side::Payer, &rules, -1941).unwrap();
    assert!(it.needs_approval && it.expires_at.is_some());
    // Where the payer is asked first, that is seen when they agree.
    assert!(!proposed_by(Side::Payee, &rules, 0).unwrap().needs_approval);
    let waits = Pending {
        answer_by: None,
        approval: true,
        ..pending()
    };
    let (jean, desk) = (actor(JEAN, &[]), actor(NADIA, &[Right::EnterForOthers]));
    let one_of_them = actor(JEAN, &[Right::EnterForOthers]);
    assert_eq!(closed(&waits, Some(&desk), Ending::Agreed), None);
    assert_eq!(closed(&waits, Some(&desk), Ending::Refused), None);
    for nobody in [&jean, &one_of_them] {
        assert_eq!(
            closed(&waits, Some(nobody), Ending::Agreed),
            Some(Refusal::NotYours)
        );
    }
}

#[test]
fn who_has_a_mandate_speaks_for_who_gave_it_and_for_nobody_else() {
    let mut nadia = actor(NADIA, &[]);
    assert_eq!(
        closed(&pending(), Some(&nadia), Ending::Agreed),
        Some(Refusal::NotYours)
    );
    nadia.helped = vec![JEAN];
    let alone = Pending {
        answers_alone: true,
        ..pending()
    };
    assert_eq!(closed(&alone, Some(&nadia), Ending::Agreed), None);
    assert_eq!(
        closed(&alone, Some(&nadia), Ending::Cancelled),
        Some(Refusal::NotYours)
    );
    assert_eq!(proposed(Side::Payer, &nadia), Err(Refusal::NotAllowed));
}
