//! What keeps the doors, as a browser sees it: by TLS, at a host of a SEL's own, and after a new
//! password.

use crate::story::{App, MARS, PORT, Person};
use crate::story_hosts::{HOME, moves};
use crate::story_logins::{CATS, CLAIRE, joined, logs_in, subjects};
use chrono::TimeDelta;
use desk::Halt;
use desk::grant::{Agreed, Refusal};
use door::site::Site;
use poem::http::header;
use sel::access::Permission;
use sel::id::DeviceRequestId;

/// The same site by TLS.
fn by_tls() -> Site {
    Site {
        scheme: "https".into(),
        ..Site::local(PORT)
    }
}

#[tokio::test]
async fn by_tls_no_cookie_leaves_its_host_and_no_answer_goes_without_its_guards() {
    let app = App::open_at(by_tls()).await;
    let (app, mut fatima) = app.and_mars().await;
    let mut seen = Vec::new();
    for (host, path) in [
        ("localhost", "/"),
        ("mars.localhost", "/connexion"),
        ("mars.localhost", "/static/saline.css"),
        ("mars.localhost", "/api/v1/association"),
        ("mars.localhost", "/api/v1/me"),
        ("mars.localhost", "/nulle-part"),
        ("personne.localhost", "/"),
        ("console.localhost", "/connexion"),
    ] {
        let host = format!("{host}:{PORT}");
        let answer = app.client.get(path).header(header::HOST, &host);
        let answer = answer.send().await.0;
        let headers = answer.headers();
        let says = |name: &str| headers.get(name).map_or("", |it| it.to_str().unwrap());
        let place = format!("{host}{path}");
        let year = "max-age=31536000; includeSubDomains";
        assert_eq!(says("strict-transport-security"), year, "{place}");
        assert_eq!(says("x-content-type-options"), "nosniff", "{place}");
        assert_eq!(says("referrer-policy"), "same-origin", "{place}");
        assert!(says("permissions-policy").contains("camera=()"), "{place}");
        let policy = says("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{place}");
        assert!(!policy.contains("unsafe"), "{place}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{place}");
        seen.extend(headers.get_all(header::SET_COOKIE).iter().cloned());
    }
    // The session, a sentence for the next page, the language: set, and taken away.
    for (path, typed) in [("/compte/appareils/fin", vec![]), ("/deconnexion", vec![])] {
        fatima.get(&app, "/compte/appareils").await;
        let answer = fatima.post(&app, path, &typed).await;
        assert_eq!(answer.status, 303, "{path}");
        seen.extend(answer.headers.get_all(header::SET_COOKIE).iter().cloned());
    }
    let mut claire = Person::on(MARS);
    claire.get(&app, "/connexion").await;
    let asked = [("login", CLAIRE)];
    claire.post(&app, "/connexion/lien", &asked).await;
    let link = app.link_to(CLAIRE, "/entrer/").await;
    claire.get(&app, &link).await;
    let entered = claire.post(&app, &link, &[]).await;
    seen.extend(entered.headers.get_all(header::SET_COOKIE).iter().cloned());
    claire.get(&app, "/").await.says("Bonjour Claire");
    let mut names = Vec::new();
    for cookie in seen {
        let cookie = cookie.to_str().unwrap();
        let (name, rest) = cookie.split_once('=').unwrap();
        names.push(name.to_owned());
        assert!(name.starts_with("__Host-"), "{cookie}");
        for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(rest.contains(part), "{cookie} lacks {part}");
        }
        assert!(!rest.contains("Domain"), "{cookie}");
    }
    for name in ["saline_visit", "saline_session", "saline_flash"] {
        assert!(
            names.iter().any(|it| it.ends_with(name)),
            "{name}: {names:?}"
        );
    }
    // At a host of a SEL's own, what else there is below it is not ours.
    moves(&app).await;
    let home = Person::at(HOME).get(&app, "/").await;
    let year = home.headers.get("strict-transport-security");
    assert_eq!(year.unwrap(), "max-age=31536000");
}

#[tokio::test]
async fn a_session_at_a_host_of_a_sels_own_changes_nothing_of_a_login_that_opens_others() {
    let (app, _) = App::with_mars().await;
    let (mut at_mars, _) = joined(&app).await;
    let mut at_port = crate::story_logins::at_port(&app, &mut at_mars).await;
    moves(&app).await;
    // She has no password: a link lets her in, just now.
    let mut home = at_home(&app, CLAIRE).await;
    let elsewhere = "Faites ce changement dans un autre de vos SEL";
    for (path, typed) in [
        ("/compte/mot-de-passe", vec![("new_password", CATS)]),
        ("/compte/connexions/avec/google", vec![]),
        ("/compte/cles", vec![("name", "Téléphone")]),
        ("/compte/second", vec![]),
    ] {
        home.get(&app, "/compte/sels").await;
        let refused = home.post(&app, path, &typed).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.text());
        refused.says(elsewhere);
    }
    // Nor does it hear of those that it could be parted from.
    let part = home.get(&app, "/compte/sels/separer").await;
    assert_eq!(part.location, "/compte/sels");
    let list = home.get(&app, "/compte/sels").await;
    assert!(list.value("sel").is_none(), "{}", list.html);
    // Nothing is set up there, and nobody elsewhere is logged out from there.
    let second = home.get(&app, "/compte/second").await;
    second.says("Faites-le dans un autre de vos SEL");
    assert!(!second.text().contains("recopiez cette clé"));
    home.get(&app, "/compte/appareils").await;
    home.post(&app, "/compte/appareils/fin", &[]).await;
    // At the other SEL it goes on as ever, and the password that she has then is a proof here, too.
    at_port.get(&app, "/compte/mot-de-passe").await;
    let chosen = [("new_password", CATS)];
    let done = at_port.post(&app, "/compte/mot-de-passe", &chosen).await;
    assert_eq!(done.location, "/", "{}", done.text());
    let mut home = at_home(&app, CLAIRE).await;
    home.get(&app, "/compte/mot-de-passe").await.says("actuel");
    let other = ("new_password", "quatre grands chiens");
    let wrong = home.post(&app, "/compte/mot-de-passe", &[other]).await;
    wrong.says("Ce n’est pas votre mot de passe");
    let typed = [("password", CATS), other];
    let done = home.post(&app, "/compte/mot-de-passe", &typed).await;
    assert_eq!(done.location, "/", "{}", done.text());
}

#[tokio::test]
async fn who_has_that_sel_alone_goes_on_as_ever_there_and_hears_of_a_first_password() {
    let (app, _) = App::with_mars().await;
    moves(&app).await;
    let jean = "jean@exemple.fr";
    let mut home = at_home(&app, jean).await;
    home.get(&app, "/compte/mot-de-passe").await;
    let chosen = [("new_password", CATS)];
    let done = home.post(&app, "/compte/mot-de-passe", &chosen).await;
    assert_eq!(done.location, "/", "{}", done.text());
    let typed = [("sel", "lune"), ("password", CATS)];
    let asked = home.post(&app, "/compte/sels", &typed).await;
    asked.says("Demandez-le depuis l’autre SEL");
    let told = |subject: &String| subject.contains("votre mot de passe a changé");
    assert!(subjects(&app, jean).await.iter().any(told));
}

#[tokio::test]
async fn at_its_address_on_the_platform_a_sel_with_a_host_of_its_own_takes_no_form() {
    let (app, _) = App::with_mars().await;
    let (mut at_mars, _) = joined(&app).await;
    let mut ana = crate::story_logins::at_port(&app, &mut at_mars).await;
    // A form that was shown before, and what whoever keeps the host may have read: a ticket, a
    // mailed link.
    ana.get(&app, "/compte/sels").await;
    let mut thief = Person::on(MARS);
    thief.get(&app, "/connexion").await;
    moves(&app).await;
    let gone = ana.post(&app, "/compte/sels/mars/aller", &[]).await;
    let ticket = gone
        .html
        .split("http://sel-mars.example:8080")
        .nth(1)
        .unwrap();
    let ticket = ticket.split('"').next().unwrap().to_owned();
    let mut claire = Person::at(HOME);
    claire.get(&app, "/connexion").await;
    claire
        .post(&app, "/connexion/lien", &[("login", CLAIRE)])
        .await;
    let link = app.link_to(CLAIRE, "/entrer/").await;
    for path in [&ticket, &link] {
        let sent = thief.post(&app, path, &[]).await;
        assert_eq!(sent.status, 303, "{path}");
        assert_eq!(sent.location, "http://sel-mars.example:8080/");
    }
    let old = at_mars.post(&app, "/compte/mot-de-passe", &[]).await;
    assert_eq!(old.location, "http://sel-mars.example:8080/");
    // Nothing was used up.
    let mut home = Person::at(HOME);
    for path in [&ticket, &link] {
        home.get(&app, path).await;
        assert_eq!(home.post(&app, path, &[]).await.status, 303, "{path}");
        home.get(&app, "/").await.says("Bonjour Claire");
    }
}

#[tokio::test]
async fn an_access_to_that_sel_is_given_there_by_who_came_in_just_now() {
    let (app, _) = App::with_mars().await;
    joined(&app).await;
    moves(&app).await;
    let mut home = at_home(&app, CLAIRE).await;
    home.get(&app, "/compte/acces").await;
    let typed = [
        ("name", "Mon tableur"),
        ("days", "30"),
        ("permissions", "account.read"),
    ];
    home.post(&app, "/compte/acces", &typed)
        .await
        .says("saline_");
    app.clock.pass(TimeDelta::minutes(20));
    let late = home.post(&app, "/compte/acces", &typed).await;
    late.says("Votre session est ouverte depuis un moment");
}

/// Somebody who comes in at SEL de Mars' own host by a mailed link.
async fn at_home(app: &App, email: &str) -> Person {
    app.clock.pass(TimeDelta::minutes(1));
    let mut home = Person::at(HOME);
    home.get(app, "/connexion").await;
    home.post(app, "/connexion/lien", &[("login", email)]).await;
    let link = app.link_to(email, "/entrer/").await;
    home.get(app, &link).await;
    assert_eq!(home.post(app, &link, &[]).await.status, 303);
    home
}

#[tokio::test]
async fn what_a_program_was_about_to_fetch_ends_with_a_new_password() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let may = [Permission::Account];
    let begin = async || {
        let scope = app.scope(MARS).await;
        let shown = desk::grant::begin_device(scope, "carnet", "Carnet de poche", &may).await;
        shown.unwrap()
    };
    let fetch = async |client: &str, id: DeviceRequestId| {
        let scope = app.scope(MARS).await;
        desk::grant::fetch_device(scope, client, id).await
    };
    let (first, second) = (begin().await, begin().await);
    for shown in [&first, &second] {
        claire.get(&app, "/appareil").await;
        let typed = [("code", shown.user_code.as_str()), ("answer", "oui")];
        let given = claire.post(&app, "/appareil", &typed).await;
        assert_eq!(given.location, "/compte/acces", "{}", given.text());
    }
    // What was allowed to one program is no other's.
    let other = fetch("un autre", first.id).await;
    assert!(matches!(other, Err(Halt::Refused(Refusal::InvalidGrant))));
    fetch("carnet", first.id).await.unwrap();
    let mut scope = app.scope(MARS).await;
    let member = store::member::by_number(&mut scope, 2).await.unwrap();
    let member = member.unwrap();
    let whose = (
        scope.association_id,
        member.id(),
        member.identity_id().unwrap(),
    );
    drop(scope);
    let agreed = || Agreed {
        client_id: "carnet",
        redirect: "https://carnet.exemple.fr/",
        // Of the verifier "v".
        challenge: "TJRIXgwhrmxBzh3-e2v6zupato5AokdvUCCOUm9QYIA",
        name: "Carnet",
        permissions: &may,
    };
    let (web, now) = (&app.database.web, app.clock.now());
    let shown = ("carnet", "https://carnet.exemple.fr/", "v");
    let (code, _) = desk::grant::agree(web, whose, agreed(), now).await.unwrap();
    desk::grant::fetch(web, whose.0, code, shown, now)
        .await
        .unwrap();
    let (code, _) = desk::grant::agree(web, whose, agreed(), now).await.unwrap();
    claire.get(&app, "/compte/mot-de-passe").await;
    let chosen = [("new_password", CATS)];
    let done = claire.post(&app, "/compte/mot-de-passe", &chosen).await;
    assert_eq!(done.location, "/", "{}", done.text());
    let late = fetch("carnet", second.id).await;
    assert!(matches!(late, Err(Halt::Refused(Refusal::Denied))));
    let late = desk::grant::fetch(web, whose.0, code, shown, app.clock.now()).await;
    assert!(matches!(late, Err(Halt::Refused(Refusal::InvalidGrant))));
}
