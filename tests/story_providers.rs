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

/// Whether this session goes on.
async fn goes_on(app: &App, secret: &str) -> bool {
    let mut door = Door::begin(&app.database.web, app.clock.now())
        .await
        .unwrap();
    let hash = store::session::hash(secret);
    store::session::proved_at(&mut door, &hash)
        .await
        .unwrap()
        .is_some()
}

#[tokio::test]
async fn what_it_opened_ends_with_it_and_where_the_login_gets_another_sel() {
    let (app, _) = App::with_mars().await;
    let here = app.scope(MARS).await.association_id;
    let key = sel::login_provider::key(LoginProviderId(Uuid::from_u128(7)));
    let enters = async |number: i32, subject: &str| -> String {
        let mut scope = app.scope(MARS).await;
        let member = store::member::by_number(&mut scope, number).await.unwrap();
        let identity = member.unwrap().identity_id().unwrap();
        let account = Account {
            provider: &key,
            issuer: "https://nuage.exemple.fr",
            subject,
            label: "Notre nuage",
        };
        app.clock.pass(chrono::TimeDelta::minutes(1));
        linked(&app, identity, account).await;
        let who = (account, None, None);
        let web = &app.database.web;
        let opened =
            desk::external_login::enter(web, here, who, Browser::default(), app.clock.now());
        match opened.await.unwrap() {
            Opening::In(entered) => entered.secret().unwrap().as_str().to_owned(),
            other => panic!("{other:?}"),
        }
    };
    // Claire's login exists once she was in.
    crate::story_logins::logs_in(&app, MARS, crate::story_logins::CLAIRE).await;
    let claire = enters(2, "claire").await;
    let fatima = enters(1, "fatima").await;
    assert!(goes_on(&app, &claire).await && goes_on(&app, &fatima).await);
    // Whoever runs the provider may have come as Claire: not on into her other SEL.
    joined(&app).await;
    assert!(!goes_on(&app, &claire).await);
    assert!(goes_on(&app, &fatima).await);
    // Taken away, it takes along what it opened.
    taken_away(&app, here).await;
    assert!(!goes_on(&app, &fatima).await);
    let told = crate::story_logins::subjects(&app, "fatima@exemple.fr").await;
    let of_it = |it: &String| it.contains("un compte ne vous fait plus entrer");
    assert!(told.iter().any(of_it), "{told:?}");
}

/// Fatima names the provider, and takes it away.
async fn taken_away(app: &App, here: sel::id::AssociationId) {
    let now = app.clock.now();
    let mut scope = app.scope(MARS).await;
    let member = store::member::by_number(&mut scope, 1)
        .await
        .unwrap()
        .unwrap();
    scope.actor = Some(sel::member::Actor {
        association_id: here,
        member_id: member.id(),
        rights: vec![sel::member::Right::Settings],
        helped: Vec::new(),
    });
    let kept = sel::login_provider::Draft {
        name: "Notre nuage",
        issuer: "https://nuage.exemple.fr",
        client_id: "saline",
        client_secret: "",
        is_admitted: true,
    };
    let kept = desk::login_provider::decide(&mut scope, &kept)
        .await
        .unwrap();
    let id = LoginProviderId(Uuid::from_u128(7));
    store::login_provider::add(&mut scope, (id, member.id()), &kept, None)
        .await
        .unwrap();
    let actor = scope.actor.clone();
    scope.commit().await.unwrap();
    let scope = store::Scope::begin(&app.database.web, here, actor, now).await;
    desk::login_provider::remove(scope.unwrap(), id)
        .await
        .unwrap();
}
