//! A SEL at a host of its own.

use crate::story::{App, MARS, Person};
use crate::story_logins::{CLAIRE, at_port, joined};
use chrono::TimeDelta;
use poem::http::header;

pub(crate) const HOME: &str = "sel-mars.example";

/// SEL de Mars moves to a host of its own.
pub(crate) async fn moves(app: &App) {
    let mut scope = app.scope(MARS).await;
    store::association::set_host(&mut scope, Some(HOME))
        .await
        .unwrap();
    scope.commit().await.unwrap();
    app.clock.pass(TimeDelta::seconds(5));
}

#[tokio::test]
async fn pages_are_at_home_there_and_letters_lead_there() {
    let (app, mut fatima) = App::with_mars().await;
    let stranger = Person::at(HOME).get(&app, "/").await;
    assert_eq!(stranger.status, 404, "{}", stranger.text());
    moves(&app).await;
    Person::at(HOME).get(&app, "/").await.says("SEL de Mars");
    // Whoever comes to the old address is led on, with all that they asked for.
    let led = fatima.get(&app, "/annonces?q=jardin").await;
    assert_eq!(led.status, 307);
    assert_eq!(
        led.location,
        "http://sel-mars.example:8080/annonces?q=jardin"
    );
    for stays in [
        "/static/saline.css",
        "/api/v1/association",
        "/api/v1/openapi.json",
    ] {
        let answer = app
            .client
            .get(stays)
            .header(header::HOST, "mars.localhost:8080");
        answer.send().await.assert_status_is_ok();
    }
    // Nothing of the old host counts at the new one: one logs in there, by a letter that leads
    // there, or as one is used to.
    let mut claire = Person::at(HOME);
    claire.get(&app, "/connexion").await;
    claire
        .post(&app, "/connexion/lien", &[("login", CLAIRE)])
        .await;
    let letters = app.letters(CLAIRE).await;
    let letter = &letters[0].text;
    assert!(
        letter.contains("http://sel-mars.example:8080/entrer/"),
        "{letter}"
    );
    let link = app.link_to(CLAIRE, "/entrer/").await;
    claire.get(&app, &link).await;
    assert_eq!(claire.post(&app, &link, &[]).await.status, 303);
    claire.get(&app, "/").await.says("Bonjour Claire");
    // A page elsewhere sends no form in her name.
    let forged = app
        .client
        .post("/deconnexion")
        .header(header::HOST, "sel-mars.example:8080")
        .header(header::ORIGIN, "http://mars.localhost:8080");
    assert_eq!(forged.send().await.0.status(), 403);
}

#[tokio::test]
async fn a_ticket_leads_in_from_another_sel_once() {
    let (app, _) = App::with_mars().await;
    let (mut at_mars, _) = joined(&app).await;
    let mut claire = at_port(&app, &mut at_mars).await;
    moves(&app).await;
    claire.get(&app, "/compte/sels").await.says("SEL de Mars");
    let going = claire.post(&app, "/compte/sels/mars/aller", &[]).await;
    assert_eq!(going.status, 200, "{}", going.text());
    going.says("qui a sa propre adresse");
    let at = going
        .html
        .split("http://sel-mars.example:8080")
        .nth(1)
        .unwrap();
    let ticket = at.split('"').next().unwrap().to_owned();
    assert!(ticket.starts_with("/entrer/"), "{ticket}");
    // It opens there, once, and nowhere else.
    let elsewhere = claire.get(&app, &ticket).await;
    assert_eq!(elsewhere.status, 410, "{}", elsewhere.text());
    let mut home = Person::at(HOME);
    home.get(&app, &ticket).await;
    assert_eq!(home.post(&app, &ticket, &[]).await.status, 303);
    home.get(&app, "/").await.says("Bonjour Claire");
    // What is in there stays in there, whoever has the cookies, at whichever host.
    let sels = home.get(&app, "/compte/sels").await;
    sels.says("n’ouvre que ce SEL");
    assert!(!sels.text().contains("SEL du Port"), "{}", sels.text());
    let led = home.post(&app, "/compte/sels/port/aller", &[]).await;
    assert_eq!(led.location, "http://port.localhost:8080/connexion");
    let mut thief = home.replayed_on(MARS);
    let led = thief.post(&app, "/compte/sels/port/aller", &[]).await;
    assert_eq!(led.location, "http://sel-mars.example:8080/");
    let mut other = Person::at(HOME);
    other.get(&app, &ticket).await;
    assert_eq!(other.post(&app, &ticket, &[]).await.status, 410);
}

#[tokio::test]
async fn a_host_is_that_of_one_sel_and_a_proxy_hears_which_are_ours() {
    let (app, _) = App::with_mars().await;
    moves(&app).await;
    let ana = ("Ana", "Costa", "ana@exemple.fr");
    app.founder_of(("port", "SEL du Port"), ana, 4).await;
    let mut scope = app.scope("port").await;
    let taken = store::association::set_host(&mut scope, Some(HOME)).await;
    assert_eq!(taken.unwrap_err().constraint(), Some("one_sel_a_host"));
    for (domain, status) in [
        (HOME, 200),
        ("mars.localhost", 200),
        ("localhost", 200),
        ("console.localhost", 200),
        ("www.localhost", 200),
        ("nobody.localhost", 404),
        ("other.example", 404),
        ("", 404),
    ] {
        let asked = format!("/hosts?domain={domain}");
        let answer = Person::on("").get(&app, &asked).await;
        assert_eq!(answer.status, status, "{domain}");
    }
    // And back again.
    let mut scope = app.scope(MARS).await;
    store::association::set_host(&mut scope, None)
        .await
        .unwrap();
    scope.commit().await.unwrap();
    app.clock.pass(TimeDelta::seconds(5));
    Person::on(MARS).get(&app, "/").await.says("SEL de Mars");
    assert_eq!(Person::at(HOME).get(&app, "/").await.status, 404);
}
