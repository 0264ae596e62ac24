use super::*;
use crate::amount::{self, Unit};
use crate::id::AssociationId;
use crate::limit::{Limits, Policy};
use crate::refusal::Refused;
use chrono::TimeZone;
use uuid::Uuid;

const JEAN: MemberId = MemberId(Uuid::from_u128(30));
const NADIA: MemberId = MemberId(Uuid::from_u128(18));

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 15, 10, 0, 0).unwrap()
}

fn rules() -> Rules {
    let unit = Unit {
        one: "grain".into(),
        many: "grains".into(),
        per_hour: 60,
        decimals: 0,
    };
    Rules {
        limits: Limits {
            floor: None,
            ceiling: None,
            policy: Policy::Warn,
        },
        setup_step: 5,
        ..Rules::usual(unit)
    }
}

fn actor(member_id: MemberId, rights: &[Right]) -> Actor {
    Actor {
        association_id: AssociationId(Uuid::nil()),
        member_id,
        rights: rights.to_vec(),
        helped: Vec::new(),
    }
}

fn draft() -> Draft {
    Draft {
        kind: "offer".into(),
        title: " Taille  de rosiers ".into(),
        body: "Deux heures suffisent.\r\nPas d’échelle.".into(),
        units_mode: "hourly".into(),
        units: "60".into(),
        ..Draft::default()
    }
}

fn published(draft: &Draft) -> Result<Published, Vec<Refusal>> {
    let (id, category) = (
        NoticeId(Uuid::from_u128(1)),
        Some(CategoryId(Uuid::from_u128(2))),
    );
    publish(
        id,
        draft,
        category,
        &actor(JEAN, &[]),
        JEAN,
        &rules(),
        now(),
    )
}

#[test]
fn an_offer_stands_for_a_year_unless_told_otherwise() {
    let notice = published(&draft()).unwrap();
    assert_eq!(notice.title, "Taille de rosiers");
    assert_eq!(notice.body, "Deux heures suffisent.\nPas d’échelle.");
    assert_eq!(notice.price, Price::Hourly(60));
    assert_eq!(notice.expires_at, now() + Days::new(365));
    let short = published(&Draft {
        days: "30".into(),
        ..draft()
    })
    .unwrap();
    assert_eq!(short.expires_at, now() + Days::new(30));
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let id = NoticeId(Uuid::from_u128(1));
    let draft = Draft {
        body: "x".repeat(2001),
        days: "0".into(),
        ..Draft::default()
    };
    let refusals = publish(id, &draft, None, &actor(JEAN, &[]), JEAN, &rules(), now()).unwrap_err();
    let fields: Vec<_> = refusals.iter().map(Refused::field).collect();
    assert_eq!(
        fields,
        ["kind", "category", "title", "body", "units_mode", "days"]
    );
}

#[test]
fn titles_texts_and_days_pass_on_the_limit_and_not_beyond() {
    assert!(
        published(&Draft {
            title: "é".repeat(80),
            ..draft()
        })
        .is_ok()
    );
    let long = published(&Draft {
        title: "é".repeat(81),
        ..draft()
    });
    assert_eq!(long, Err(vec![Refusal::LongTitle { letters: 81 }]));
    assert!(
        published(&Draft {
            body: "é".repeat(2000),
            ..draft()
        })
        .is_ok()
    );
    let long = published(&Draft {
        body: "é".repeat(2001),
        ..draft()
    });
    assert_eq!(long, Err(vec![Refusal::LongBody { letters: 2001 }]));
    assert!(
        published(&Draft {
            days: "730".into(),
            ..draft()
        })
        .is_ok()
    );
    for days in ["731", "0", "-1", "un an"] {
        let wrong = published(&Draft {
            days: days.into(),
            ..draft()
        });
        assert_eq!(wrong, Err(vec![Refusal::BadDays]), "{days}");
    }
}

#[test]
fn units_are_asked_only_where_they_are_counted() {
    let gift = Draft {
        units_mode: "gift".into(),
        units: String::new(),
        ..draft()
    };
    assert_eq!(published(&gift).unwrap().price, Price::Gift);
    let fixed = Draft {
        units_mode: "fixed".into(),
        units: "1,5".into(),
        ..draft()
    };
    let refusal = Refusal::Units(amount::Refusal::TooFine { decimals: 0 });
    assert_eq!(published(&fixed), Err(vec![refusal]));
}

#[test]
fn nobody_publishes_in_the_name_of_another_without_the_right() {
    let id = NoticeId(Uuid::from_u128(1));
    let category = Some(CategoryId(Uuid::from_u128(2)));
    let by = |rights: &[Right]| {
        publish(
            id,
            &draft(),
            category,
            &actor(NADIA, rights),
            JEAN,
            &rules(),
            now(),
        )
    };
    assert_eq!(by(&[Right::Notices]), Err(vec![Refusal::NotAllowed]));
    assert_eq!(by(&[Right::EnterForOthers]).unwrap().member_id, JEAN);
}

#[test]
fn who_watches_over_the_notices_closes_them_and_does_nothing_else() {
    let watcher = actor(NADIA, &[Right::Notices]);
    assert!(may_change(&watcher, of_jean(false), Some(Change::Close)));
    assert!(!may_change(&watcher, of_jean(false), Some(Change::Renew)));
    assert!(!may_change(&watcher, of_jean(false), None));
    let jean = actor(JEAN, &[]);
    assert!(may_change(&jean, of_jean(false), Some(Change::Renew)));
    assert!(withdraws(&watcher, JEAN));
    assert!(!withdraws(&jean, JEAN));
    assert!(!withdraws(&actor(NADIA, &[Right::EnterForOthers]), JEAN));
}

#[test]
fn what_was_taken_away_its_author_does_not_bring_back() {
    let jean = actor(JEAN, &[]);
    assert!(may_change(&jean, of_jean(false), Some(Change::Reopen)));
    assert!(!may_change(&jean, of_jean(true), Some(Change::Reopen)));
    assert!(!may_change(&jean, of_jean(true), None));
    let writer = actor(NADIA, &[Right::EnterForOthers]);
    assert!(!may_change(&writer, of_jean(true), Some(Change::Reopen)));
    let watcher = actor(NADIA, &[Right::Notices]);
    assert!(may_change(&watcher, of_jean(true), Some(Change::Reopen)));
}

fn of_jean(withdrawn: bool) -> Standing {
    Standing {
        author: JEAN,
        withdrawn,
    }
}

#[test]
fn prices_are_read_as_they_are_kept() {
    for price in [
        Price::Fixed(5),
        Price::Hourly(60),
        Price::Discuss,
        Price::Gift,
    ] {
        let (mode, units) = price.parts();
        assert_eq!(Price::from_parts(mode, units), price);
    }
}

#[test]
fn what_is_pressed_twice_is_done_once_and_a_closed_notice_is_reopened_first() {
    use Effect::{Already, Changes, Impossible};
    let all = [
        Change::Renew,
        Change::Pause,
        Change::Resume,
        Change::Close,
        Change::Reopen,
    ];
    let effects = |paused, closed| all.map(|change| effect(change, paused, closed));
    let open = [Changes, Changes, Already, Changes, Already];
    assert_eq!(effects(false, false), open);
    let paused = [Changes, Already, Changes, Changes, Already];
    assert_eq!(effects(true, false), paused);
    let closed = [Impossible, Impossible, Impossible, Already, Changes];
    assert_eq!(effects(false, true), closed);
    assert_eq!(effects(true, true), closed);
}
