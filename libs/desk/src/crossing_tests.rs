use super::*;
use crate::alliance::tests::{CAPS, ally, speaker, two};
use crate::exchange_testing::refusal;
use crate::fresh;
use crate::town::{Town, now};
use sel::alliance::{Caps, Code};
use sel::exchange::Ending;
use sel::id::AllianceId;
use sel::limit::Policy;
use store::alliance::Change;

pub(crate) fn draft(side: Side, amount: i64) -> Draft {
    Draft {
        crossing_id: CrossingId(fresh::id(now())),
        side,
        amount,
        label: "repassage".into(),
        done_on: now().date_naive(),
    }
}

pub(crate) async fn reference(town: &Town, member: MemberId) -> Reference {
    let mut scope = town.scope(member, &[]).await;
    let number = store::member::by_id(&mut scope, member)
        .await
        .unwrap()
        .unwrap()
        .number;
    let code = store::association::current(&mut scope).await.unwrap().code;
    Reference {
        code: Code::parse(&code).unwrap(),
        number,
    }
}

/// Claire of Mars writes an exchange with Claire of Venus.
async fn written(mars: &Town, venus: &Town, draft: &Draft) -> Outcome<Recorded, Refusal> {
    let other = reference(venus, venus.claire).await;
    let scope = mars.scope(mars.claire, &[]).await;
    record(scope, draft.clone(), mars.claire, &other).await
}

/// What the hub counts for a SEL, in seconds.
async fn hub(town: &Town) -> i64 {
    store::ledger::at_hub(&mut speaker(town).await)
        .await
        .unwrap()
}

async fn check(towns: &[&Town]) {
    for town in towns {
        town.check().await;
    }
    let hub = store::ledger::HUB_ID;
    let mut scope = Scope::begin(&towns[0].database.web, hub, None, now())
        .await
        .unwrap();
    let check = store::ledger::check(&mut scope).await.unwrap();
    assert!(check.holds_true(), "{check:?}");
}

pub(crate) async fn rule(town: &Town, change: impl Fn(&mut Rules)) {
    let mut scope = speaker(town).await;
    let mut rules = store::setting::read(&mut scope).await.unwrap();
    change(&mut rules);
    crate::association::rule(&mut scope, &rules).await.unwrap();
    scope.commit().await.unwrap();
}

#[tokio::test]
async fn units_go_from_a_member_of_one_sel_to_a_member_of_another() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let draft = draft(Side::Payer, 60);
    for _ in 0..2 {
        let recorded = written(&mars, &venus, &draft).await.unwrap();
        assert!(!recorded.waits);
    }
    assert_eq!(mars.balance(mars.claire).await, -60);
    assert_eq!(venus.balance(venus.claire).await, 60);
    assert_eq!((hub(&mars).await, hub(&venus).await), (-3600, 3600));
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn each_side_learns_the_name_that_the_other_shows_the_label_and_the_amount() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let it = written(&mars, &venus, &draft(Side::Payer, 60))
        .await
        .unwrap()
        .crossing;
    assert_eq!(it.other_name, "Claire");
    assert_eq!(it.reference(), "VENU-0002");
    let mut scope = venus.scope(venus.claire, &[]).await;
    let there = store::crossing::by_id(&mut scope, it.id()).await.unwrap();
    let there = there.unwrap();
    assert_eq!(there.reference(), "MARS-0002");
    assert_eq!((there.amount, there.label.as_str()), (60, "repassage"));
    assert_eq!(there.proposed_by(), None);
}

#[tokio::test]
async fn what_a_payee_writes_waits_for_the_payer_of_the_other_sel() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let asked = draft(Side::Payee, 45);
    let id = asked.crossing_id;
    assert!(written(&mars, &venus, &asked).await.unwrap().waits);
    assert_eq!(mars.balance(mars.claire).await, 0);
    check(&[&mars, &venus]).await;
    let own = close(mars.scope(mars.claire, &[]).await, id, Ending::Agreed, "").await;
    assert_eq!(refusal(own), Refusal::NotYours);
    let there = || venus.scope(venus.claire, &[]);
    close(there().await, id, Ending::Agreed, "").await.unwrap();
    let again = close(there().await, id, Ending::Refused, "").await;
    assert_eq!(refusal(again), Refusal::Ended);
    assert_eq!(mars.balance(mars.claire).await, 45);
    assert_eq!(venus.balance(venus.claire).await, -45);
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn what_is_refused_or_taken_back_leaves_no_trace_in_any_book() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    for ending in [Ending::Refused, Ending::Cancelled] {
        let asked = draft(Side::Payee, 45);
        written(&mars, &venus, &asked).await.unwrap();
        let scope = match ending {
            Ending::Refused => venus.scope(venus.claire, &[]).await,
            _ => mars.scope(mars.claire, &[]).await,
        };
        close(scope, asked.crossing_id, ending, "non")
            .await
            .unwrap();
    }
    assert_eq!(hub(&mars).await, 0);
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn an_hour_is_an_hour_whatever_the_units() {
    let (mars, venus) = two().await;
    rule(&venus, |rules| {
        rules.unit.per_hour = 1;
        rules.unit.decimals = 2;
    })
    .await;
    ally(&mars, &venus, CAPS).await;
    // 50 grains are 0.83 hours, which are 49.8 grains: the payer gives 50.
    let it = written(&mars, &venus, &draft(Side::Payer, 50)).await;
    let it = it.unwrap().crossing;
    assert_eq!((it.amount, it.their_amount), (50, 83));
    assert_eq!(mars.balance(mars.claire).await, -50);
    assert_eq!(venus.balance(venus.claire).await, 83);
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn each_sel_caps_what_its_members_give_and_receive() {
    let (mars, venus) = two().await;
    let id = ally(&mars, &venus, CAPS).await;
    let one_hour = Caps {
        out: 360_000,
        r#in: 3600,
    };
    crate::alliance::cap(speaker(&venus).await, id, one_hour)
        .await
        .unwrap();
    let pay = |amount| {
        let draft = draft(Side::Payer, amount);
        let (mars, venus) = (&mars, &venus);
        async move { written(mars, venus, &draft).await }
    };
    assert!(matches!(refusal(pay(61).await), Refusal::TheirCap { .. }));
    pay(60).await.unwrap();
    assert!(matches!(refusal(pay(1).await), Refusal::TheirCap { .. }));
    let none = Caps { out: 3600, ..CAPS };
    crate::alliance::cap(speaker(&mars).await, id, none)
        .await
        .unwrap();
    assert!(matches!(
        refusal(pay(1).await),
        Refusal::OurCap { left: 0, .. }
    ));
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn limits_of_both_members_say_no_and_tell_no_balance() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    rule(&venus, |rules| {
        rules.limits.policy = Policy::Refuse;
        rules.limits.ceiling = Some(50);
    })
    .await;
    let refused = refusal(written(&mars, &venus, &draft(Side::Payer, 51)).await);
    let limit = Refusal::LimitOf {
        first_name: "Claire".into(),
    };
    assert_eq!(refused, limit);
    written(&mars, &venus, &draft(Side::Payer, 50))
        .await
        .unwrap();
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn who_received_gives_it_back_once_and_the_books_agree() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let it = written(&mars, &venus, &draft(Side::Payer, 60)).await;
    let id = it.unwrap().crossing.id();
    let today = now().date_naive();
    let taken = reverse(mars.scope(mars.claire, &[]).await, id, "erreur", today).await;
    assert_eq!(refusal(taken), Refusal::NotAllowed);
    let back = || venus.scope(venus.claire, &[]);
    reverse(back().await, id, "erreur", today).await.unwrap();
    let again = reverse(back().await, id, "erreur", today).await;
    assert_eq!(refusal(again), Refusal::Undone);
    assert_eq!(mars.balance(mars.claire).await, 0);
    assert_eq!(hub(&venus).await, 0);
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn while_two_sels_pause_nothing_is_written_and_what_waits_is_not_agreed_to() {
    let (mars, venus) = two().await;
    let alliance = ally(&mars, &venus, CAPS).await;
    let asked = draft(Side::Payee, 45);
    written(&mars, &venus, &asked).await.unwrap();
    crate::alliance::change(speaker(&venus).await, alliance, Change::Pause)
        .await
        .unwrap();
    let more = written(&mars, &venus, &draft(Side::Payer, 1)).await;
    assert!(matches!(refusal(more), Refusal::NotAllied { .. }));
    let there = || venus.scope(venus.claire, &[]);
    let agreed = close(there().await, asked.crossing_id, Ending::Agreed, "").await;
    assert!(matches!(refusal(agreed), Refusal::NotAllied { .. }));
    close(there().await, asked.crossing_id, Ending::Refused, "")
        .await
        .unwrap();
    check(&[&mars, &venus]).await;
}

#[tokio::test]
async fn only_members_of_an_ally_are_found() {
    let (mars, venus) = two().await;
    let refused = refusal(written(&mars, &venus, &draft(Side::Payer, 1)).await);
    let code = "VENU".to_owned();
    assert_eq!(refused, Refusal::NoAlly { code });
    ally(&mars, &venus, CAPS).await;
    let nobody = Reference {
        number: 99,
        ..reference(&venus, venus.claire).await
    };
    let scope = mars.scope(mars.claire, &[]).await;
    let found = weigh(scope, draft(Side::Payer, 1), mars.claire, &nobody).await;
    assert!(matches!(refusal(found), Refusal::UnknownThere { .. }));
}

async fn weigh(
    mut scope: Scope,
    draft: Draft,
    mine: MemberId,
    other: &Reference,
) -> Outcome<Proposed, Refusal> {
    super::weigh(&mut scope, draft, mine, other)
        .await
        .map(|(proposed, _)| proposed)
}

#[tokio::test]
async fn a_slip_from_a_sel_on_no_platform_moves_units_in_our_books_alone() {
    let mars = Town::open().await;
    let partner = sel::alliance::partner("SEL de Nacre", "NACRE", "60").unwrap();
    let id = AllianceId(fresh::id(now()));
    crate::alliance::open_partner(speaker(&mars).await, id, &partner, CAPS)
        .await
        .unwrap();
    let slip = draft(Side::Payer, 30);
    for _ in 0..2 {
        let scope = speaker(&mars).await;
        let entered = enter(scope, slip.clone(), id, mars.jean, ("Zoé", "A12"), false).await;
        assert_eq!(entered.unwrap().other_name, "Zoé");
    }
    assert_eq!(mars.balance(mars.jean).await, -30);
    mars.check().await;
    for (again, slip) in [
        (draft(Side::Payer, 99), "A12"),
        (draft(Side::Payer, 30), ""),
    ] {
        let scope = speaker(&mars).await;
        let asked = enter(scope, again, id, mars.jean, ("Zoé", slip), false).await;
        assert!(matches!(refusal(asked), Refusal::Alike(_)));
    }
    let today = now().date_naive();
    reverse(speaker(&mars).await, slip.crossing_id, "doublon", today)
        .await
        .unwrap();
    assert_eq!(mars.balance(mars.jean).await, 0);
    mars.check().await;
}
