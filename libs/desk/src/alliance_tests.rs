use super::*;
use crate::exchange_testing::refusal;
use crate::fresh;
use crate::town::{Town, now};
use sel::alliance::State;
use std::sync::Arc;

pub(crate) const CAPS: Caps = Caps {
    out: 360_000,
    r#in: 360_000,
};

/// Two SELs of one database.
pub(crate) async fn two() -> (Town, Town) {
    let mars = Town::open().await;
    let venus = Town::open_in(Arc::clone(&mars.database), "venus").await;
    (mars, venus)
}

pub(crate) async fn speaker(town: &Town) -> Scope {
    town.scope(town.fatima, &Right::ALL).await
}

/// Lets two SELs trade.
pub(crate) async fn ally(a: &Town, b: &Town, caps: Caps) -> AllianceId {
    let id = AllianceId(fresh::id(now()));
    ask(speaker(a).await, id, (b.association, "Vénus"), caps)
        .await
        .unwrap();
    change(speaker(b).await, id, Change::Agree(caps))
        .await
        .unwrap();
    id
}

async fn state(town: &Town, id: AllianceId) -> State {
    let mut scope = speaker(town).await;
    let it = store::alliance::by_id(&mut scope, id).await.unwrap();
    it.unwrap().state()
}

#[tokio::test]
async fn one_asks_the_other_agrees_and_both_know() {
    let (mars, venus) = two().await;
    let id = AllianceId(fresh::id(now()));
    let there = (venus.association, "Vénus");
    ask(speaker(&mars).await, id, there, CAPS).await.unwrap();
    assert_eq!(state(&mars, id).await, State::Asked);
    assert_eq!(state(&venus, id).await, State::Waits);
    let own = change(speaker(&mars).await, id, Change::Agree(CAPS)).await;
    assert_eq!(refusal(own), Refusal::Changed);
    let agreed = change(speaker(&venus).await, id, Change::Agree(CAPS)).await;
    assert_eq!(agreed.unwrap().code, "MARS");
    assert_eq!(state(&mars, id).await, State::Stands);
    assert_eq!(state(&venus, id).await, State::Stands);
}

#[tokio::test]
async fn asking_again_is_the_same_and_another_question_is_refused() {
    let (mars, venus) = two().await;
    let id = AllianceId(fresh::id(now()));
    let there = (venus.association, "Vénus");
    for _ in 0..2 {
        ask(speaker(&mars).await, id, there, CAPS).await.unwrap();
    }
    let other = AllianceId(fresh::id(now()));
    let back = (mars.association, "Mars");
    for (town, there) in [(&mars, there), (&venus, back)] {
        let again = ask(speaker(town).await, other, there, CAPS).await;
        assert!(matches!(refusal(again), Refusal::Known { .. }));
    }
    let oneself = ask(speaker(&mars).await, other, back, CAPS).await;
    assert_eq!(refusal(oneself), Refusal::Oneself);
}

#[tokio::test]
async fn whoever_paused_it_resumes_it_and_what_has_ended_can_be_asked_for_again() {
    let (mars, venus) = two().await;
    let id = ally(&mars, &venus, CAPS).await;
    change(speaker(&mars).await, id, Change::Pause)
        .await
        .unwrap();
    assert_eq!(state(&mars, id).await, State::Paused);
    assert_eq!(state(&venus, id).await, State::PausedThere);
    let there = change(speaker(&venus).await, id, Change::Resume).await;
    assert_eq!(refusal(there), Refusal::Changed);
    change(speaker(&mars).await, id, Change::Resume)
        .await
        .unwrap();
    assert_eq!(state(&venus, id).await, State::Stands);
    change(speaker(&venus).await, id, Change::End)
        .await
        .unwrap();
    assert_eq!(state(&mars, id).await, State::Ended);
    ally(&mars, &venus, CAPS).await;
}

#[tokio::test]
async fn who_does_not_speak_for_the_sel_changes_nothing() {
    let (mars, venus) = two().await;
    let id = AllianceId(fresh::id(now()));
    let claire = || mars.scope(mars.claire, &[Right::EnterForOthers]);
    let there = (venus.association, "Vénus");
    let asked = ask(claire().await, id, there, CAPS).await;
    assert_eq!(refusal(asked), Refusal::NotAllowed);
    let id = ally(&mars, &venus, CAPS).await;
    let paused = change(claire().await, id, Change::Pause).await;
    assert_eq!(refusal(paused), Refusal::NotAllowed);
    let capped = cap(claire().await, id, CAPS).await;
    assert_eq!(refusal(capped), Refusal::NotAllowed);
}

#[tokio::test]
async fn a_sel_on_no_platform_has_an_account_and_a_code_of_its_own() {
    let mars = Town::open().await;
    let partner = alliance::partner("SEL de Nacre", "NACRE", "60").unwrap();
    let id = AllianceId(fresh::id(now()));
    for _ in 0..2 {
        open_partner(speaker(&mars).await, id, &partner, CAPS)
            .await
            .unwrap();
    }
    assert_eq!(state(&mars, id).await, State::Stands);
    let other = alliance::partner("Nacre bis", "NACRE", "60").unwrap();
    let taken = open_partner(
        speaker(&mars).await,
        AllianceId(fresh::id(now())),
        &other,
        CAPS,
    )
    .await;
    assert_eq!(refusal(taken), Refusal::TakenCode);
}
