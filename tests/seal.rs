//! Whoever changes the past in the database itself is found out, and the row is named.

use crate::story::App;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use store::Scope;
use store::ledger::{Check, What};

/// Six transfers of SEL de Mars, sealed.
async fn sealed() -> App {
    let (app, _) = App::with_mars().await;
    let amounts = [["10", "20", "30"], ["10", "20", "40"]];
    for ((name, other), amounts) in [("Claire", "3"), ("Jean", "2")].into_iter().zip(amounts) {
        let mut person = app.member(name).await;
        for amount in amounts {
            person
                .records(&app, "donne", [amount, other, "coup de main"])
                .await;
        }
    }
    app.settle().await;
    app
}

async fn check(app: &App) -> Check {
    let now = app.clock.now();
    let mut worker = store::Worker::begin(&app.database.work, now).await.unwrap();
    let ids = store::association::all_ids(&mut worker).await.unwrap();
    worker.commit().await.unwrap();
    let ours = ids.into_iter().find(|id| *id != store::ledger::HUB_ID);
    let mut scope = Scope::begin(&app.database.work, ours.unwrap(), None, now)
        .await
        .unwrap();
    store::ledger::check(&mut scope).await.unwrap()
}

/// What somebody who owns the database might do to it.
async fn tamper(app: &App, statement: &str) {
    let mut connection = app.database.administrator().connect().await.unwrap();
    for one in statement.split(';') {
        let done = sqlx::query(AssertSqlSafe(one))
            .execute(&mut connection)
            .await
            .unwrap();
        assert!(done.rows_affected() > 0, "{one} changed nothing");
    }
    connection.close().await.unwrap();
}

fn kinds(check: &Check) -> Vec<What> {
    check.wrong.iter().map(|wrong| wrong.what).collect()
}

#[tokio::test]
async fn what_was_posted_is_sealed_and_holds() {
    let app = sealed().await;
    let check = check(&app).await;
    assert_eq!(check.wrong, []);
    assert_eq!((check.transfers, check.seals.0), (6, 6));
}

#[tokio::test]
async fn a_changed_past_is_found_and_named() {
    let second = "(select transfer_id from seal where place = 2)";
    let cases = [
        (
            format!("update transfer set amount = amount + 1 where transfer_id = {second}"),
            What::Seal,
        ),
        (
            format!("update transfer set label = 'autre chose' where transfer_id = {second}"),
            What::Seal,
        ),
        (
            format!("delete from transfer where transfer_id = {second}"),
            What::Seal,
        ),
        (
            // Two links change places.
            "update seal set place = 99 where place = 2; \
             update seal set place = 2 where place = 3; \
             update seal set place = 3 where place = 99"
                .into(),
            What::Seal,
        ),
        (
            "update account set balance = balance + 5 where balance > 0".into(),
            What::Balance,
        ),
        (
            "update account set held_out = 5 where transfer_count > 0".into(),
            What::Hold,
        ),
        (
            "update exchange set amount = amount + 1 where amount = 20".into(),
            What::StrayExchange,
        ),
        ("delete from seal where place = 6".into(), What::Unsealed),
    ];
    let named = |check: &Check, what| check.wrong.iter().any(|wrong| wrong.what == what);
    for (statement, what) in cases {
        let app = sealed().await;
        tamper(&app, &statement).await;
        let check = check(&app).await;
        assert!(named(&check, what), "{statement}: {:?}", kinds(&check));
    }
}
