//! A SEL's own provider of logins: what it opens, and until when.

use crate::story::{App, MARS};
use crate::story_logins::{CLAIRE, at_port, joined, logs_in, subjects};
use crate::story_second::{doubly, shown_code, with_password};
use chrono::{DateTime, Utc};
use desk::external_login::Opening;
use desk::membership::{Going, Proof};
use desk::session::{Browser, Entered};
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
        let proved = desk::membership::confirm(web, own, (Proof::PasswordOrFresh, ""), now).await;
        assert_eq!(proved.is_ok(), count == 2);
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

/// Fatima takes the provider away.
async fn taken_away(app: &App) {
    let actor = named(app).await;
    let (web, now) = (&app.database.web, app.clock.now());
    let scope = store::Scope::begin(web, actor.association_id, Some(actor), now).await;
    let id = LoginProviderId(Uuid::from_u128(7));
    desk::login_provider::remove(scope.unwrap(), id)
        .await
        .unwrap();
}

/// Fatima names the provider. Gives her, who may.
async fn named(app: &App) -> sel::member::Actor {
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
    actor.unwrap()
}

#[tokio::test]
async fn an_account_is_linked_by_who_proved_who_they_are_just_now() {
    let (app, _) = App::with_mars().await;
    named(&app).await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    claire.get(&app, "/compte").await;
    let (web, here) = (&app.database.web, app.scope(MARS).await.association_id);
    let unlinked = desk::external_login::Unlinked {
        provider: key(),
        issuer: "https://nuage.exemple.fr".into(),
        subject: "claire".into(),
        label: "Notre nuage".into(),
    };
    let visitor = claire.visitor().to_owned();
    let kept = desk::external_login::put_by(web, here, unlinked, &visitor, app.clock.now());
    let (id, _) = kept.await.unwrap();
    let path = format!(
        "/compte/connexions/relier/{}",
        app.signed(desk::link::Link::Token(id))
    );
    app.clock.pass(chrono::TimeDelta::minutes(20));
    claire.get(&app, &path).await.says("Notre nuage");
    let ask = format!("/compte/connexions/avec/{}", key());
    for path in [&path, &ask] {
        let late = claire.post(&app, path, &[]).await;
        assert_eq!(late.status, 422, "{path}");
        late.says("Votre session est ouverte depuis un moment");
    }
    let key = key();
    let account = account(&key, "claire");
    assert!(matches!(opens(&app, account).await, Opening::Unknown));
    // Another browser has nothing waiting.
    let mut other = logs_in(&app, MARS, CLAIRE).await;
    assert_eq!(other.get(&app, &path).await.status, 410);
    // She comes in again in this one.
    claire.get(&app, "/connexion").await;
    let typed = [("login", CLAIRE)];
    claire.post(&app, "/connexion/lien", &typed).await;
    let link = app.link_to(CLAIRE, "/entrer/").await;
    claire.get(&app, &link).await;
    assert_eq!(claire.post(&app, &link, &[]).await.status, 303);
    claire.get(&app, &path).await;
    let linked = claire.post(&app, &path, &[]).await;
    assert_eq!(linked.location, "/", "{}", linked.text());
    assert!(matches!(opens(&app, account).await, Opening::In(_)));
}

#[tokio::test]
async fn with_a_second_proof_an_account_elsewhere_is_not_enough_and_never_fresh() {
    let (app, _) = App::with_mars().await;
    named(&app).await;
    let mut claire = with_password(&app).await;
    let (letters, _) = doubly(&app, &mut claire).await;
    for (provider, fresh) in [(key(), false), ("google".to_owned(), true)] {
        let (member_id, identity_id) = whose(&app, 2).await;
        app.clock.pass(chrono::TimeDelta::minutes(1));
        linked(&app, identity_id, account(&provider, "claire")).await;
        let asked = match opens(&app, account(&provider, "claire")).await {
            Opening::In(Entered::Second(token, _)) => token,
            other => panic!("{other:?}"),
        };
        let here = app.scope(MARS).await.association_id;
        let code = shown_code(&app, &letters);
        let secret = app.with_code(here, (asked, &code)).await;
        let own = Own {
            association_id: here,
            member_id,
            identity_id,
            secret,
        };
        let (web, now) = (&app.database.web, app.clock.now());
        let typed = (Proof::PasswordOrFresh, "");
        let proved = desk::membership::confirm(web, own.lent(), typed, now).await;
        assert_eq!(proved.is_ok(), fresh, "{provider}");
    }
}
