use super::*;
use crate::amount::Unit;
use crate::id::AssociationId;
use crate::limit::{Beyond, Limits, Policy};
use crate::member::{Audience, Right};
use chrono::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

pub(crate) const CLAIRE: MemberId = MemberId(Uuid::from_u128(12));
pub(crate) const JEAN: MemberId = MemberId(Uuid::from_u128(30));
pub(crate) const NADIA: MemberId = MemberId(Uuid::from_u128(18));

pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 15, 10, 0, 0).unwrap()
}

pub(crate) fn rules(policy: Policy) -> Rules {
    let unit = Unit {
        one: "grain".into(),
        many: "grains".into(),
        per_hour: 60,
        decimals: 0,
    };
    Rules {
        limits: Limits {
            floor: Some(-2000),
            ceiling: Some(2000),
            policy,
        },
        setup_step: 5,
        ..Rules::usual(unit)
    }
}

pub(crate) fn actor(member_id: MemberId, rights: &[Right]) -> Actor {
    Actor {
        association_id: AssociationId(Uuid::nil()),
        member_id,
        rights: rights.to_vec(),
        helped: Vec::new(),
    }
}

fn party(member_id: MemberId, balance: i64) -> Party {
    let first_name = if member_id == CLAIRE {
        "Claire"
    } else {
        "Jean"
    };
    Party {
        member_id,
        first_name: first_name.into(),
        has_left: false,
        standing: Standing {
            balance,
            held_out: 0,
            held_in: 0,
            own: None,
        },
    }
}

fn draft(side: Side, amount: i64) -> Draft {
    Draft {
        exchange_id: ExchangeId(Uuid::from_u128(1)),
        side,
        amount,
        label: "repassage".into(),
        done_on: now().date_naive(),
        notice_id: None,
        category_id: None,
    }
}

pub(crate) fn proposed(side: Side, by: &Actor) -> Result<Proposed, Refusal> {
    let rules = rules(Policy::Warn);
    propose(
        draft(side, 60),
        by,
        &party(CLAIRE, 0),
        &party(JEAN, 0),
        &rules,
        now(),
    )
}

#[test]
fn who_received_the_service_gives_the_units_and_needs_nobody() {
    let it = proposed(Side::Payer, &actor(CLAIRE, &[])).unwrap();
    assert_eq!((it.payer_id, it.payee_id), (CLAIRE, JEAN));
    assert_eq!((it.answer_by, it.expires_at), (None, None));
}

#[test]
fn who_gave_the_service_waits_for_the_payers_word() {
    let it = proposed(Side::Payee, &actor(CLAIRE, &[])).unwrap();
    assert_eq!((it.payer_id, it.payee_id), (JEAN, CLAIRE));
    assert_eq!(it.answer_by, Some(JEAN));
    assert_eq!(it.expires_at, Some(now() + Days::new(30)));
}

#[test]
fn someone_in_charge_enters_in_the_name_of_another() {
    let it = proposed(Side::Payer, &actor(NADIA, &[Right::EnterForOthers])).unwrap();
    assert_eq!(
        (it.payer_id, it.payee_id, it.proposed_for),
        (CLAIRE, JEAN, CLAIRE)
    );
    assert_eq!(it.answer_by, None);
}

#[test]
fn nobody_else_enters_in_the_name_of_another() {
    assert_eq!(
        proposed(Side::Payer, &actor(NADIA, &[])),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        proposed(Side::Payee, &actor(NADIA, &[Right::Members])),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn an_exchange_with_oneself_is_refused() {
    let claire = party(CLAIRE, 0);
    let it = propose(
        draft(Side::Payer, 60),
        &actor(CLAIRE, &[]),
        &claire,
        &claire,
        &rules(Policy::Warn),
        now(),
    );
    assert_eq!(it, Err(Refusal::Oneself));
}

#[test]
fn an_exchange_with_someone_who_left_is_refused() {
    let gone = Party {
        has_left: true,
        ..party(JEAN, 0)
    };
    let it = propose(
        draft(Side::Payer, 60),
        &actor(CLAIRE, &[]),
        &party(CLAIRE, 0),
        &gone,
        &rules(Policy::Warn),
        now(),
    );
    assert_eq!(
        it,
        Err(Refusal::HasLeft {
            first_name: "Jean".into()
        })
    );
}

#[test]
fn beyond_the_floor_a_sel_warns_or_refuses_as_it_has_set() {
    let go = |policy, amount| {
        let (claire, jean) = (party(CLAIRE, -1940), party(JEAN, 0));
        let actor = actor(CLAIRE, &[]);
        propose(
            draft(Side::Payer, amount),
            &actor,
            &claire,
            &jean,
            &rules(policy),
            now(),
        )
    };
    assert_eq!(go(Policy::Refuse, 60).unwrap().warnings, []);
    let beyond = Beyond {
        reached: -2001,
        limit: -2000,
        with_pending: false,
    };
    assert_eq!(go(Policy::Refuse, 61), Err(Refusal::BelowFloor(beyond)));
    let whose = Whose {
        first_name: "Claire".into(),
        is_reader: true,
    };
    assert_eq!(
        go(Policy::Warn, 61).unwrap().warnings,
        [Warning::PayerBelowFloor { whose, beyond }]
    );
}

#[test]
fn beyond_the_ceiling_a_sel_warns_or_refuses_as_it_has_set() {
    let go = |policy| {
        let (claire, jean) = (party(CLAIRE, 0), party(JEAN, 1941));
        let actor = actor(CLAIRE, &[]);
        propose(
            draft(Side::Payer, 60),
            &actor,
            &claire,
            &jean,
            &rules(policy),
            now(),
        )
    };
    let beyond = Beyond {
        reached: 2001,
        limit: 2000,
        with_pending: false,
    };
    let first_name = String::from("Jean");
    assert_eq!(
        go(Policy::Refuse),
        Err(Refusal::AboveCeiling {
            first_name: first_name.clone(),
            beyond
        })
    );
    let whose = Whose {
        first_name,
        is_reader: false,
    };
    assert_eq!(
        go(Policy::Warn).unwrap().warnings,
        [Warning::PayeeAboveCeiling { whose, beyond }]
    );
}

#[test]
fn a_balance_that_is_not_shown_is_not_weighed_for_who_asks() {
    let (claire, jean) = (party(CLAIRE, 0), party(JEAN, -1990));
    let actor = actor(CLAIRE, &[]);
    for policy in [Policy::Refuse, Policy::Warn] {
        let rules = Rules {
            balances_shown_to: Audience::Oneself,
            ..rules(policy)
        };
        let draft = draft(Side::Payee, 60);
        let proposed = propose(draft, &actor, &claire, &jean, &rules, now()).unwrap();
        assert_eq!(proposed.warnings, []);
        let first_name = String::from("Jean");
        let said = beyond_limit(&jean, &rules, &actor);
        assert_eq!(said, Refusal::LimitOf { first_name });
        let own = beyond_limit(&claire, &rules, &actor);
        assert_eq!(own, Refusal::LimitReached);
    }
}

#[test]
fn who_enters_for_others_gives_themselves_nothing() {
    let (claire, jean) = (party(CLAIRE, 0), party(JEAN, 0));
    let desk = actor(CLAIRE, &[Right::EnterForOthers]);
    let rules = rules(Policy::Warn);
    let go = |side, mine: &Party, other: &Party| {
        propose(draft(side, 60), &desk, mine, other, &rules, now())
    };
    let first_name = String::from("Jean");
    let refused = go(Side::Payer, &jean, &claire).unwrap_err();
    assert_eq!(refused, Refusal::ForOneself { first_name });
    assert!(go(Side::Payee, &claire, &jean).is_ok());
    assert!(go(Side::Payer, &claire, &jean).is_ok());
}

#[test]
fn a_label_has_one_to_two_hundred_letters() {
    assert_eq!(label("  "), Err(Refusal::NoLabel));
    assert_eq!(label(" taille  de rosiers ").unwrap(), "taille de rosiers");
    assert!(label(&"é".repeat(200)).is_ok());
    assert_eq!(label(&"é".repeat(201)), Err(Refusal::LongLabel));
}

#[test]
fn a_day_is_not_in_the_future_and_not_over_a_year_ago() {
    let today = now().date_naive();
    assert!(day(today, today).is_ok());
    assert_eq!(day(today + Days::new(1), today), Err(Refusal::Future));
    assert!(day(today - Days::new(366), today).is_ok());
    assert_eq!(day(today - Days::new(367), today), Err(Refusal::TooOld));
}

#[test]
fn who_agrees_is_told_where_it_leads() {
    let whose = || Whose {
        first_name: "Jean".into(),
        is_reader: true,
    };
    let rules = rules(Policy::Warn);
    let at = |balance| party(JEAN, balance).standing;
    assert_eq!(answer_warning(at(-1940), 60, &rules, whose()), None);
    let warning = answer_warning(at(-1940), 61, &rules, whose()).unwrap();
    let beyond = Beyond {
        reached: -2001,
        limit: -2000,
        with_pending: false,
    };
    let whose = whose();
    assert_eq!(warning, Warning::PayerBelowFloor { whose, beyond });
}

pub(super) fn proposed_by(side: Side, rules: &Rules, balance: i64) -> Result<Proposed, Refusal> {
    let (claire, jean) = (party(CLAIRE, balance), party(JEAN, 0));
    let by = actor(CLAIRE, &[]);
    propose(draft(side, 60), &by, &claire, &jean, rules, now())
}

#[test]
fn a_sel_may_want_the_word_of_both_or_let_only_the_payer_write() {
    let mut rules = rules(Policy::Warn);
    rules.ways.payer_alone = false;
    let it = proposed_by(Side::Payer, &rules, 0).unwrap();
    assert_eq!(it.answer_by, Some(JEAN));
    rules.ways.payee_asks = false;
    let refused = proposed_by(Side::Payee, &rules, 0);
    assert_eq!(refused, Err(Refusal::PayerWrites));
}

proptest! {
    /// Whatever is decided, one gives what the other receives; and where the SEL refuses, nobody
    /// passes a limit.
    #[test]
    fn any_sequence_of_exchanges_sums_to_zero_within_the_limits(
        steps in prop::collection::vec((0..5_usize, 0..5_usize, 1..900_i64, any::<bool>()), 0..200)
    ) {
        let rules = rules(Policy::Refuse);
        let mut balances = [0_i64; 5];
        for (mine, other, amount, gives) in steps {
            let id = |n: usize| MemberId(Uuid::from_u128(n as u128));
            let side = if gives { Side::Payer } else { Side::Payee };
            let parties = (party(id(mine), balances[mine]), party(id(other), balances[other]));
            let by = actor(id(mine), &[]);
            let draft = draft(side, amount);
            if let Ok(it) = propose(draft, &by, &parties.0, &parties.1, &rules, now()) {
                let place = |id: MemberId| usize::try_from(id.0.as_u128()).unwrap();
                balances[place(it.payer_id)] -= amount;
                balances[place(it.payee_id)] += amount;
            }
            prop_assert_eq!(balances.iter().sum::<i64>(), 0);
            prop_assert!(balances.iter().all(|balance| (-2000..=2000).contains(balance)));
        }
    }
}
