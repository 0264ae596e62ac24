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
