//! A SEL's own provider of logins: what it opens, and until when.

use crate::story::{App, MARS};
use crate::story_logins::{CLAIRE, at_port, joined, logs_in, subjects};
use chrono::{DateTime, Utc};
use desk::external_login::Opening;
use desk::membership::Going;
use desk::session::Browser;
use sel::id::{AssociationId, ExternalLoginId, IdentityId, LoginProviderId, MemberId};
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

/// A key of SEL de Mars' own provider.
fn key() -> String {
    sel::login_provider::key(LoginProviderId(Uuid::from_u128(7)))
}

fn account<'a>(provider: &'a str, subject: &'a str) -> Account<'a> {
    Account {
        provider,
        issuer: "https://nuage.exemple.fr",
        subject,
        label: "Notre nuage",
    }
}

/// The member with this number, and their login.
async fn whose(app: &App, number: i32) -> (MemberId, IdentityId) {
    let mut scope = app.scope(MARS).await;
    let member = store::member::by_number(&mut scope, number).await.unwrap();
    let member = member.unwrap();
    (member.id(), member.identity_id().unwrap())
}

/// Comes in at SEL de Mars by an account, with an address that its provider vouches for.
async fn opens(app: &App, account: Account<'_>) -> Opening {
    let (now, here) = (app.clock.now(), app.scope(MARS).await.association_id);
    let who = (account, Some("jean@exemple.fr"), Some(now));
    let web = &app.database.web;
    let opened = desk::external_login::enter(web, here, who, Browser::default(), now).await;
    opened.unwrap()
}

/// Links an account to the member with this number, and comes in by it. Gives the session.
async fn enters(app: &App, number: i32, account: Account<'_>) -> Own {
    let (member_id, identity_id) = whose(app, number).await;
    app.clock.pass(chrono::TimeDelta::minutes(1));
    linked(app, identity_id, account).await;
    let secret = match opens(app, account).await {
        Opening::In(entered) => entered.secret().unwrap().as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    Own {
        association_id: app.scope(MARS).await.association_id,
        member_id,
        identity_id,
        secret,
    }
}

/// A session, with a secret of its own.
struct Own {
    association_id: AssociationId,
    member_id: MemberId,
    identity_id: IdentityId,
    secret: String,
}

impl Own {
    fn lent(&self) -> desk::membership::Own<'_> {
        desk::membership::Own {
            association_id: self.association_id,
            member_id: self.member_id,
            identity_id: self.identity_id,
            secret: &self.secret,
        }
    }
}

#[tokio::test]
async fn a_provider_of_one_sel_opens_that_sel_and_no_other() {
    let (app, _) = App::with_mars().await;
    // What it vouches for counts for nothing.
    let stranger = opens(&app, account(&key(), "jean")).await;
    assert!(matches!(stranger, Opening::Unknown), "{stranger:?}");
    // Claire's login exists once she was in; and then it has two SELs.
    logs_in(&app, MARS, CLAIRE).await;
    let before = enters(&app, 2, account(&key(), "claire before")).await;
    let (mut at_mars, _) = joined(&app).await;
    at_port(&app, &mut at_mars).await;
    let after = enters(&app, 2, account(&key(), "claire after")).await;
    let of_host = enters(&app, 2, account("google", "claire")).await;
    let (web, now) = (&app.database.web, app.clock.now());
    for (own, count) in [(&before, 1), (&after, 1), (&of_host, 2)] {
        let own = own.lent();
        let sels = desk::membership::sels(web, own, now).await.unwrap();
        assert_eq!((sels.all.len(), sels.alone), (count, count == 1));
        let devices = desk::session::devices(web, own, now).await.unwrap();
        let elsewhere = devices
            .iter()
            .any(|it| it.association_name == "SEL du Port");
        assert_eq!(elsewhere, count == 2);
        let going = desk::membership::go(web, own, "port", now).await.unwrap();
        let by_ticket = matches!(going, Some(Going::By(_)));
        assert_eq!(by_ticket, count == 2, "{going:?}");
        // And no session of it proves anything fresh.
        let fresh = desk::membership::is_fresh(web, own, now).await.unwrap();
        assert_eq!(fresh, count == 2);
    }
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
async fn what_it_opened_ends_with_it() {
    let (app, _) = App::with_mars().await;
    let fatima = enters(&app, 1, account(&key(), "fatima")).await;
    assert!(goes_on(&app, &fatima.secret).await);
    taken_away(&app).await;
    assert!(!goes_on(&app, &fatima.secret).await);
    let told = subjects(&app, "fatima@exemple.fr").await;
    let of_it = |it: &String| it.contains("un compte ne vous fait plus entrer");
    assert!(told.iter().any(of_it), "{told:?}");
}

/// Fatima names the provider, and takes it away.
async fn taken_away(app: &App) {
    let now = app.clock.now();
    let mut scope = app.scope(MARS).await;
    let here = scope.association_id;
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
