//! An account of a SEL's own provider opens a login that has this SEL alone.

use crate::story::{App, MARS};
use crate::story_logins::joined;
use chrono::{DateTime, Utc};
use desk::external_login::Opening;
use desk::session::Browser;
use sel::id::{ExternalLoginId, IdentityId, LoginProviderId};
use store::Door;
use store::external_login::Account;
use uuid::Uuid;

async fn linked(app: &App, identity: IdentityId, account: Account<'_>) {
    let now: DateTime<Utc> = app.clock.now();
    let mut door = Door::begin(&app.database.web, now).await.unwrap();
    let id = ExternalLoginId(Uuid::from_u128(
        now.timestamp_millis().unsigned_abs().into(),
    ));
    store::external_login::link(&mut door, id, identity, account)
        .await
        .unwrap();
    door.commit().await.unwrap();
}

#[tokio::test]
async fn a_provider_of_one_sel_opens_nothing_of_who_has_two() {
    let (app, _) = App::with_mars().await;
    let mut scope = app.scope(MARS).await;
    let here = scope.association_id;
    let key = sel::login_provider::key(LoginProviderId(Uuid::from_u128(7)));
    let identity = async |scope: &mut store::Scope, number| {
        let member = store::member::by_number(scope, number).await.unwrap();
        member.unwrap().identity_id()
    };
    let account = |provider, subject| Account {
        provider,
        issuer: "https://nuage.exemple.fr",
        subject,
        label: "Notre nuage",
    };
    let now = app.clock.now();
    let opens = async |account: Account<'_>| {
        let who = (account, Some("jean@exemple.fr"), Some(now));
        let browser = Browser::default();
        desk::external_login::enter(&app.database.web, here, who, browser, now)
            .await
            .unwrap()
    };
    // What it vouches for counts for nothing.
    let stranger = opens(account(&key, "jean")).await;
    assert!(matches!(stranger, Opening::Unknown), "{stranger:?}");

    joined(&app).await;
    let claire = identity(&mut scope, 2).await.unwrap();
    linked(&app, claire, account(&key, "claire")).await;
    let two = opens(account(&key, "claire")).await;
    assert!(matches!(two, Opening::Several), "{two:?}");
    // One of the host's does.
    app.clock.pass(chrono::TimeDelta::minutes(1));
    linked(&app, claire, account("google", "claire")).await;
    let host = opens(account("google", "claire")).await;
    assert!(matches!(host, Opening::In(_)), "{host:?}");

    let fatima = identity(&mut scope, 1).await.unwrap();
    app.clock.pass(chrono::TimeDelta::minutes(1));
    linked(&app, fatima, account(&key, "fatima")).await;
    let alone = opens(account(&key, "fatima")).await;
    assert!(matches!(alone, Opening::In(_)), "{alone:?}");
}
