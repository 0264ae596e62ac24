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

/// Two SELs that trade, and one exchange of an hour between them; a scope of the payer's.
async fn between_two() -> (store::testing::Database, Scope) {
    use crate::tenancy::cast::opened;
    use desk::{alliance, crossing, fresh};
    use sel::alliance::{Caps, Code, Reference};
    use sel::member::{Actor, Right};

    let database = store::testing::Database::fresh().await.unwrap();
    let now = "2026-11-23T10:00:00Z".parse().unwrap();
    let mut sels = Vec::new();
    for slug in ["mars", "venus"] {
        sels.push(opened(&database, slug, now).await);
    }
    let scope = async |place: usize| {
        let association_id = sels[place].association_id;
        let actor = Actor {
            association_id,
            member_id: sels[place].founder,
            rights: Right::ALL.to_vec(),
            helped: Vec::new(),
        };
        Scope::begin(&database.web, association_id, Some(actor), now)
            .await
            .unwrap()
    };
    let id = sel::id::AllianceId(fresh::id(now));
    let caps = Caps {
        out: 36_000,
        r#in: 36_000,
    };
    let there = (sels[1].association_id, "Vénus");
    alliance::ask(scope(0).await, id, there, caps)
        .await
        .unwrap();
    let agree = store::alliance::Change::Agree(caps);
    alliance::change(scope(1).await, id, agree).await.unwrap();
    let draft = sel::crossing::Draft {
        crossing_id: sel::id::CrossingId(fresh::id(now)),
        side: sel::exchange::Side::Payer,
        amount: 60,
        label: "repassage".to_owned(),
        done_on: now.date_naive(),
    };
    let payee = Reference {
        code: Code::parse("VENU").unwrap(),
        number: 1,
    };
    let payer = sels[0].founder;
    crossing::record(scope(0).await, draft, payer, &payee)
        .await
        .unwrap();
    let scope = scope(0).await;
    (database, scope)
}

#[tokio::test]
async fn a_hub_that_says_something_else_is_found_and_named() {
    let cases = [
        (
            "update transfer set amount = amount + 1 where association_id = hub()",
            What::Hub,
        ),
        (
            "delete from transfer where association_id = hub()",
            What::Hub,
        ),
        (
            "update crossing set amount = amount + 1, their_amount = their_amount + 1, \
             seconds = seconds + 60",
            What::StrayCrossing,
        ),
        (
            "update crossing set label = 'autre chose' where side = 'payer'",
            What::Twin,
        ),
        ("delete from crossing where side = 'payee'", What::Twin),
        (
            "update crossing set agreed_at = null, refused_at = proposed_at",
            What::StrayCrossing,
        ),
        (
            "update account set balance = balance + 5 where kind = 'branch' and balance < 0",
            What::Branch,
        ),
        (
            "update alliance set given = given + 60 where given > 0",
            What::Totals,
        ),
        (
            "update account set held_in = 5 where kind = 'trunk'",
            What::Hold,
        ),
    ];
    for (statement, what) in cases {
        let (database, mut scope) = between_two().await;
        let before = store::ledger::check(&mut scope).await.unwrap();
        assert_eq!(before.wrong, []);
        let mut connection = database.administrator().connect().await.unwrap();
        let done = sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
        assert!(done.rows_affected() > 0, "{statement} changed nothing");
        connection.close().await.unwrap();
        let check = store::ledger::check(&mut scope).await.unwrap();
        let named = check.wrong.iter().any(|wrong| wrong.what == what);
        assert!(named, "{statement}: {:?}", kinds(&check));
    }
}
