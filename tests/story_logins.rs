//! Logging in, on which devices, and in which SELs.

use crate::story::{App, MARS, Person};
use chrono::TimeDelta;

const CLAIRE: &str = "claire@exemple.fr";

/// Logs in through a mailed link.
async fn logs_in(app: &App, slug: &str, email: &str) -> Person {
    let mut person = Person::on(slug);
    person.get(app, "/connexion").await;
    person
        .post(app, "/connexion/lien", &[("login", email)])
        .await;
    let link = app.link_to(email, "/entrer/").await;
    person.get(app, &link).await;
    assert_eq!(person.post(app, &link, &[]).await.status, 303);
    person
}

#[tokio::test]
async fn who_is_logged_in_sees_where_and_ends_it() {
    let (app, mut fatima) = App::with_mars().await;
    let mut phone = logs_in(&app, MARS, CLAIRE).await;
    app.clock.pass(TimeDelta::days(2));
    let mut library = logs_in(&app, MARS, CLAIRE).await;
    phone.get(&app, "/").await.says("Bonjour Claire");
    let devices = library.get(&app, "/compte/appareils").await;
    devices.says("cet appareil").says("Vu aujourd’hui");
    let end = devices.action("/fin");
    assert_ne!(end, "/compte/appareils/fin");
    // Nobody else ends it, and nobody hears whether it is one.
    fatima.get(&app, "/compte/appareils").await;
    fatima.post(&app, &end, &[]).await;
    phone.get(&app, "/").await.says("Bonjour Claire");
    library.post(&app, &end, &[]).await;
    let home = phone.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
    library.get(&app, "/").await.says("Bonjour Claire");
    let mut again = logs_in(&app, MARS, CLAIRE).await;
    again.get(&app, "/compte/appareils").await;
    let ended = again.post(&app, "/compte/appareils/fin", &[]).await;
    let page = again.get(&app, &ended.location).await;
    page.says("Un autre appareil est déconnecté");
    let home = library.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
}

#[tokio::test]
async fn who_logs_in_again_on_one_device_leaves_no_session_behind() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let before = claire.clone();
    claire.get(&app, "/connexion").await;
    claire
        .post(&app, "/connexion/lien", &[("login", CLAIRE)])
        .await;
    let link = app.link_to(CLAIRE, "/entrer/").await;
    claire.get(&app, &link).await;
    claire.post(&app, &link, &[]).await;
    claire.get(&app, "/").await.says("Bonjour Claire");
    let mut before = before;
    let home = before.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
}

/// Asks, at one SEL, that the login be that of another too. Gives the path at the other.
async fn asks(app: &App, person: &mut Person, sel: &str, password: &str) -> String {
    person.get(app, "/compte/sels").await;
    let typed = [("sel", sel), ("password", password)];
    let asked = person.post(app, "/compte/sels", &typed).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    let host = format!("http://{sel}.localhost:8080");
    let path = asked.location.strip_prefix(&host);
    path.expect("a link to the other SEL").to_owned()
}

#[tokio::test]
async fn one_login_opens_two_sels_once_somebody_proved_who_they_are_in_both() {
    let (app, mut fatima) = App::with_mars().await;
    let mut there = app.founder("port", 4).await;
    fatima.get(&app, "/compte/mot-de-passe").await;
    let chosen = [("password", "trois petits chats")];
    fatima.post(&app, "/compte/mot-de-passe", &chosen).await;
    fatima.get(&app, "/compte/sels").await;
    let wrong = [("sel", "port"), ("password", "autre chose")];
    let refused = fatima.post(&app, "/compte/sels", &wrong).await;
    refused.says("Ce n’est pas votre mot de passe");
    assert_eq!(refused.value("sel").as_deref(), Some("port"));
    let path = asks(&app, &mut fatima, "port", "trois petits chats").await;
    let stranger = Person::on("port").get(&app, &path).await;
    assert!(stranger.location.starts_with("/connexion?retour="));
    let asked = there.get(&app, &path).await;
    asked
        .says("Une seule connexion")
        .says("comme au SEL de Mars");
    let joined = there.post(&app, &path, &[]).await;
    assert_eq!(joined.location, "/compte/sels", "{}", joined.text());
    let list = there.get(&app, "/compte/sels").await;
    list.says("une seule connexion ouvre");
    let again = there.get(&app, &path).await;
    assert_eq!(again.status, 410, "{}", again.text());
    app.settle().await;
    let letters = app.letters("fatima@exemple.fr").await;
    let told = |it: &&crate::story::Letter| it.subject.contains("votre connexion a changé");
    assert_eq!(letters.iter().filter(told).count(), 1);
    // The number there opens with the password from here.
    let mut browser = Person::on("port");
    browser.get(&app, "/connexion").await;
    let typed = [("login", "1"), ("password", "trois petits chats")];
    assert_eq!(browser.post(&app, "/connexion", &typed).await.status, 303);
    // And from here one goes there.
    fatima.get(&app, "/compte/sels").await;
    let gone = fatima.post(&app, "/compte/sels/port/aller", &[]).await;
    let ticket = gone.location.replace("http://port.localhost:8080", "");
    let mut phone = Person::on("port");
    phone.get(&app, &ticket).await.says("Bonjour Fatima");
    assert_eq!(phone.post(&app, &ticket, &[]).await.status, 303);
    phone.get(&app, "/").await.says("Bonjour Fatima");
    let nowhere = fatima.post(&app, "/compte/sels/baie/aller", &[]).await;
    assert_eq!(nowhere.status, 404);
}

#[tokio::test]
async fn who_has_no_password_joins_two_logins_just_after_they_came_in() {
    let (app, mut fatima) = App::with_mars().await;
    let mut there = app.founder("port", 4).await;
    let path = asks(&app, &mut fatima, "port", "").await;
    app.clock.pass(TimeDelta::minutes(9));
    there.get(&app, &path).await;
    assert_eq!(there.post(&app, &path, &[]).await.status, 303);
    app.clock.pass(TimeDelta::minutes(20));
    let typed = [("sel", "port")];
    fatima.get(&app, "/compte/sels").await;
    let late = fatima.post(&app, "/compte/sels", &typed).await;
    late.says("Votre session est ouverte depuis un moment");
}

#[tokio::test]
async fn a_login_that_was_joined_is_parted_again() {
    let (app, mut fatima) = App::with_mars().await;
    let mut there = app.founder("port", 4).await;
    let path = asks(&app, &mut fatima, "port", "").await;
    there.get(&app, &path).await;
    there.post(&app, &path, &[]).await;
    there.get(&app, "/compte/sels").await.says("Séparer");
    let parted = there.post(&app, "/compte/sels/separer", &[]).await;
    assert_eq!(parted.location, "/compte/mot-de-passe", "{}", parted.text());
    let list = there.get(&app, "/compte/sels").await;
    assert!(!list.text().contains("Séparer"), "{}", list.text());
    fatima.get(&app, "/").await.says("Bonjour Fatima");
    // A link for somebody of the same SEL is one to nowhere.
    fatima.get(&app, "/compte/sels").await;
    let here = fatima.post(&app, "/compte/sels", &[("sel", "mars")]).await;
    here.says("Vous y êtes déjà");
    let nobody = fatima.post(&app, "/compte/sels", &[("sel", "lune")]).await;
    nobody.says("Aucun SEL ne porte ce nom");
}
