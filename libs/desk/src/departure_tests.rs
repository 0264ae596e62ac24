use super::*;
use crate::exchange_testing::{draft, paid, refusal};
use crate::town::{Town, now};
use sel::exchange::Side;

fn today() -> NaiveDate {
    now().date_naive()
}

async fn leaves(
    town: &Town,
    by: MemberId,
    member: MemberId,
    way: Way,
    seen: i64,
) -> Outcome<Left, Refusal> {
    let rights: &[Right] = if by == town.fatima { &Right::ALL } else { &[] };
    leave(town.scope(by, rights).await, member, way, seen, today()).await
}

async fn comes_back(town: &Town, member: MemberId) {
    let board = town.scope(town.fatima, &Right::ALL).await;
    come_back(board, member).await.unwrap();
}

#[tokio::test]
async fn what_was_decided_before_somebody_left_is_not_posted_after() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    let mut scope = town.scope(claire, &[]).await;
    let decided = crate::exchange::weigh(&mut scope, draft(Side::Payer, 5), claire, jean)
        .await
        .unwrap();
    drop(scope);
    leaves(&town, jean, jean, Way::Solidarity, 0).await.unwrap();
    let mut scope = town.scope(claire, &[]).await;
    let id = decided.draft.exchange_id;
    let (event, letters) = crate::tell::event_of(
        &scope,
        ("exchange_posted", id.0, &[]),
        serde_json::json!({}),
        &[],
    );
    let posted = store::exchange::record(&mut scope, &decided, &event, &letters).await;
    assert_eq!(
        posted.unwrap_err().constraint(),
        Some("accounts_exist"),
        "the database has the last word"
    );
}

#[tokio::test]
async fn who_leaves_gives_what_is_left_and_the_account_is_closed() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    paid(&town, claire, jean, 60).await;
    town.record((jean, &[]), jean, claire, &draft(Side::Payee, 5))
        .await
        .unwrap();
    let left = leaves(&town, jean, jean, Way::Solidarity, 60)
        .await
        .unwrap();
    assert_eq!(left.moved, -60);
    assert_eq!(town.balance(jean).await, 0);
    town.check().await;
    let pay = draft(Side::Payer, 5);
    let refused = town.record((claire, &[]), claire, jean, &pay).await;
    let left = sel::exchange::Refusal::HasLeft {
        first_name: "Jean".into(),
    };
    assert_eq!(refusal(refused), left);
    let again = leaves(&town, town.fatima, jean, Way::Solidarity, 0).await;
    assert_eq!(refusal(again), Refusal::Gone);
    comes_back(&town, jean).await;
    paid(&town, claire, jean, 5).await;
    town.check().await;
}

#[tokio::test]
async fn below_zero_the_board_decides_who_bears_it() {
    let town = Town::open().await;
    paid(&town, town.claire, town.jean, 60).await;
    let alone = leaves(&town, town.claire, town.claire, Way::Association, -60).await;
    assert_eq!(refusal(alone), Refusal::BelowZero { balance: -60 });
    let left = leaves(&town, town.fatima, town.claire, Way::Association, -60).await;
    assert_eq!(left.unwrap().moved, 60);
    town.check().await;
}

#[tokio::test]
async fn what_changed_since_the_page_was_read_is_shown_first() {
    let town = Town::open().await;
    paid(&town, town.claire, town.jean, 60).await;
    let late = leaves(&town, town.fatima, town.jean, Way::Association, 59).await;
    assert_eq!(refusal(late), Refusal::Changed);
    assert_eq!(town.balance(town.jean).await, 60);
}

#[tokio::test]
async fn the_last_who_holds_the_settings_stays() {
    let town = Town::open().await;
    let refused = leaves(&town, town.fatima, town.fatima, Way::Association, 0).await;
    assert_eq!(refusal(refused), Refusal::LastSettings);
}

#[tokio::test]
async fn leaving_and_an_exchange_at_once_leave_nothing_behind() {
    let town = Town::open().await;
    for _ in 0..5 {
        let pay = draft(Side::Payer, 7);
        let (left, paid) = tokio::join!(
            leaves(&town, town.fatima, town.jean, Way::Association, 0),
            town.record((town.claire, &[]), town.claire, town.jean, &pay),
        );
        assert!(left.is_ok() || paid.is_ok(), "{left:?} {paid:?}");
        town.check().await;
        if left.is_err() {
            let balance = town.balance(town.jean).await;
            leaves(&town, town.fatima, town.jean, Way::Association, balance)
                .await
                .unwrap();
        }
        comes_back(&town, town.jean).await;
    }
    town.check().await;
}
