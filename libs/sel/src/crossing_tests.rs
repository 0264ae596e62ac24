use super::*;
use crate::amount::Unit;
use crate::exchange::Ending;
use crate::exchange::tests::{CLAIRE, JEAN, NADIA, actor, now, rules};
use crate::limit::{Policy, Standing};
use crate::member::Right;
use proptest::prelude::*;
use uuid::Uuid;

fn unit(per_hour: u32, decimals: u8) -> Unit {
    Unit {
        one: "unité".into(),
        many: "unités".into(),
        per_hour,
        decimals,
    }
}

fn bond() -> Bond {
    Bond {
        alliance_id: AllianceId(Uuid::from_u128(9)),
        ally_id: None,
        name: "SEL de Vénus".into(),
        state: State::Stands,
        unit: unit(60, 0),
        payer_alone: true,
        payee_asks: true,
        cap_out: 36_000,
        cap_in: 36_000,
        given: 0,
        received: 0,
        held_out: 0,
        held_in: 0,
    }
}

fn bob() -> Outsider {
    Outsider {
        number: 42,
        name: "Bob".into(),
    }
}

fn draft(side: Side, amount: i64) -> Draft {
    Draft {
        crossing_id: CrossingId(Uuid::from_u128(1)),
        side,
        amount,
        label: "repassage".into(),
        done_on: now().date_naive(),
    }
}

fn mine(balance: i64) -> Party {
    Party {
        member_id: CLAIRE,
        first_name: "Claire".into(),
        has_left: false,
        standing: Standing {
            balance,
            ..Standing::default()
        },
    }
}

fn proposed(side: Side, amount: i64, bond: &Bond) -> Result<Proposed, Refusal> {
    let rules = rules(Policy::Refuse);
    let claire = actor(CLAIRE, &[]);
    propose(
        draft(side, amount),
        &claire,
        &mine(0),
        (bond, &bob()),
        &rules,
        now(),
    )
}

#[test]
fn where_an_hour_is_worth_the_same_nothing_is_rounded() {
    for amount in 1..=240 {
        for side in [Side::Payer, Side::Payee] {
            let it = quote(amount, side, &unit(60, 0), &unit(60, 0)).unwrap();
            assert_eq!((it.ours, it.theirs), (amount, amount));
            assert_eq!(it.seconds, amount * 60);
        }
    }
}

#[test]
fn the_payer_bears_what_their_unit_cannot_show() {
    // 20 in an hour against 60: 10 of the payee's are 3 and a third of the payer's.
    let it = quote(10, Side::Payee, &unit(60, 0), &unit(20, 0)).unwrap();
    assert_eq!((it.theirs, it.ours, it.seconds), (4, 10, 600));
    // What a payer types is the most that they give.
    let it = quote(10, Side::Payer, &unit(60, 0), &unit(20, 0)).unwrap();
    assert_eq!((it.ours, it.theirs), (9, 3));
    assert_eq!(quote(2, Side::Payer, &unit(60, 0), &unit(20, 0)), None);
}

#[test]
fn the_payers_word_posts_it_and_the_payees_waits_for_the_other_side() {
    assert!(!proposed(Side::Payer, 60, &bond()).unwrap().waits);
    assert!(proposed(Side::Payee, 60, &bond()).unwrap().waits);
    let careful = Bond {
        payer_alone: false,
        ..bond()
    };
    assert!(proposed(Side::Payer, 60, &careful).unwrap().waits);
    let silent = Bond {
        payee_asks: false,
        ..bond()
    };
    assert_eq!(
        proposed(Side::Payee, 60, &silent),
        Err(Refusal::PayerWrites)
    );
}

#[test]
fn a_cap_is_reached_and_not_passed() {
    assert!(proposed(Side::Payer, 600, &bond()).is_ok());
    let refused = |left| {
        Err(Refusal::OurCap {
            name: "SEL de Vénus".into(),
            left,
        })
    };
    assert_eq!(proposed(Side::Payer, 601, &bond()), refused(600));
    let promised = Bond {
        held_in: 35_000,
        ..bond()
    };
    assert_eq!(proposed(Side::Payee, 17, &promised), refused(16));
}

#[test]
fn one_pays_only_whom_ones_sel_trades_with() {
    for state in [
        State::Asked,
        State::Paused,
        State::PausedThere,
        State::Ended,
    ] {
        let bond = Bond { state, ..bond() };
        let refused = Refusal::NotAllied {
            name: "SEL de Vénus".into(),
        };
        assert_eq!(proposed(Side::Payer, 60, &bond), Err(refused));
    }
}

#[test]
fn a_limit_of_ones_own_says_no_as_at_home() {
    let rules = rules(Policy::Refuse);
    let floor = rules.limits.floor.unwrap();
    let pay = |balance| {
        let (claire, mine) = (actor(CLAIRE, &[]), mine(balance));
        let draft = draft(Side::Payer, 60);
        propose(draft, &claire, &mine, (&bond(), &bob()), &rules, now())
    };
    assert!(pay(floor + 60).is_ok());
    assert!(matches!(pay(floor + 59), Err(Refusal::BelowFloor(_))));
}

fn known(side: Side) -> Known {
    Known {
        crossing_id: CrossingId(Uuid::from_u128(1)),
        member_id: JEAN,
        side,
        proposed_here: false,
        answered_here: true,
        answers_alone: true,
        expires_at: Some(now() + Days::new(30)),
        ended: false,
        stands: false,
        is_allied: true,
        is_over: false,
        is_entry: false,
    }
}

#[test]
fn the_one_asked_answers_and_the_desk_only_for_who_has_no_email() {
    let (jean, desk) = (actor(JEAN, &[]), actor(NADIA, &[Right::EnterForOthers]));
    let by = |it: &Known, actor| close(it, Some(actor), Ending::Agreed, "", now()).err();
    assert_eq!(by(&known(Side::Payer), &jean), None);
    assert_eq!(by(&known(Side::Payer), &desk), Some(Refusal::NotYours));
    let silent = Known {
        answers_alone: false,
        ..known(Side::Payer)
    };
    assert_eq!(by(&silent, &desk), None);
    let paused = Known {
        is_allied: false,
        ..known(Side::Payer)
    };
    assert_eq!(by(&paused, &jean), Some(Refusal::NotYours));
    assert!(may_close(&paused, &jean, Ending::Refused));
    let theirs = Known {
        answered_here: false,
        proposed_here: true,
        ..known(Side::Payee)
    };
    assert_eq!(by(&theirs, &jean), Some(Refusal::NotYours));
    assert!(may_close(&theirs, &jean, Ending::Cancelled));
}

#[test]
fn time_ends_it_only_when_it_is_over() {
    let it = known(Side::Payer);
    let late = now() + Days::new(30);
    assert_eq!(
        close(&it, None, Ending::Expired, "", now()),
        Err(Refusal::NotYours)
    );
    assert!(close(&it, None, Ending::Expired, "", late).is_ok());
    let over = Known {
        is_over: true,
        ..it
    };
    assert!(close(&over, None, Ending::Expired, "", now()).is_ok());
    let jean = actor(JEAN, &[]);
    assert_eq!(
        close(&it, Some(&jean), Ending::Agreed, "", late),
        Err(Refusal::Ended)
    );
}

#[test]
fn who_received_gives_back_and_who_gave_does_not_take() {
    let posted = |side| Known {
        ended: true,
        stands: true,
        ..known(side)
    };
    let (jean, desk) = (actor(JEAN, &[]), actor(NADIA, &[Right::EnterForOthers]));
    assert!(may_reverse(&posted(Side::Payee), &jean));
    assert!(may_reverse(&posted(Side::Payee), &desk));
    assert!(!may_reverse(&posted(Side::Payer), &jean));
    assert!(!may_reverse(&posted(Side::Payer), &desk));
    let entry = Known {
        is_entry: true,
        ..posted(Side::Payer)
    };
    assert!(may_reverse(&entry, &desk));
    assert!(!may_reverse(&entry, &jean));
}

#[test]
fn nobody_copies_a_slip_of_what_they_receive() {
    let rules = rules(Policy::Warn);
    let copied = |by, side| {
        let actor = actor(by, &[Right::EnterForOthers]);
        let draft = draft(side, 60);
        enter(draft, &actor, &mine(0), &bond(), ("Zoé", "A12"), &rules)
    };
    assert!(copied(NADIA, Side::Payee).is_ok());
    assert!(copied(CLAIRE, Side::Payer).is_ok());
    assert!(matches!(
        copied(CLAIRE, Side::Payee),
        Err(Refusal::ForOneself { .. })
    ));
}

proptest! {
    #[test]
    fn the_payer_never_gives_less_than_it_is_worth_nor_a_part_too_much(
        typed in 1..100_000_000_i64,
        (a, b) in (1..10_000_u32, 1..10_000_u32),
        (x, y) in (0..3_u8, 0..3_u8),
        pays in any::<bool>(),
    ) {
        let (ours, theirs) = (unit(a, x), unit(b, y));
        let side = if pays { Side::Payer } else { Side::Payee };
        if let Some(it) = quote(typed, side, &ours, &theirs) {
            let (payer, payee) = if pays { (ours, theirs) } else { (theirs, ours) };
            let (gives, gets) = if pays { (it.ours, it.theirs) } else { (it.theirs, it.ours) };
            let worth = i128::from(gets) * i128::from(payer.hour());
            let given = i128::from(gives) * i128::from(payee.hour());
            prop_assert!(given >= worth);
            prop_assert!(given - i128::from(payee.hour()) < worth);
            if pays {
                prop_assert!(gives <= typed);
            } else {
                prop_assert_eq!(gets, typed);
            }
        }
    }
}
