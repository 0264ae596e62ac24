//! Who watches over others' things: the notices, the exchanges of members without e-mail, and what
//! is over.

use crate::story::{App, offer};
use chrono::TimeDelta;
use store::Worker;

#[tokio::test]
async fn a_notice_that_was_taken_away_its_author_hears_of_and_does_not_bring_back() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let path = offer(&app, &mut claire, "Repassage du vendredi", "members").await;
    app.settle().await;
    fatima.get(&app, &path).await;
    let closed = fatima.post(&app, &format!("{path}/fermer"), &[]).await;
    assert_eq!(closed.status, 303);
    let letters = app.letters("claire@exemple.fr").await;
    assert!(
        letters[0].subject.contains("est retirée"),
        "{:?}",
        letters[0]
    );
    assert!(letters[0].text.contains("Fatima"), "{:?}", letters[0]);
    claire.get(&app, &path).await.says("retirée par Fatima");
    let back = claire.post(&app, &format!("{path}/rouvrir"), &[]).await;
    let shown = claire.get(&app, &back.location).await;
    shown
        .says("Vous ne pouvez pas faire cela")
        .says("retirée par Fatima");
    assert_eq!(
        claire.get(&app, &format!("{path}/modifier")).await.status,
        403
    );
    let found = claire.get(&app, "/annonces?q=repassage").await;
    assert!(!found.text().contains("Repassage du vendredi"));
    fatima.post(&app, &format!("{path}/rouvrir"), &[]).await;
    app.settle().await;
    claire
        .get(&app, "/annonces?q=repassage")
        .await
        .says("Repassage du vendredi");
}

#[tokio::test]
async fn what_waits_for_a_member_without_email_is_told_to_the_desk() {
    let (app, mut fatima) = App::with_mars().await;
    let mut jean = app.member("Jean").await;
    let typed = ["30", "4", "joint de robinet"];
    let id = jean.records(&app, "recois", typed).await;
    let letters = app.letters("fatima@exemple.fr").await;
    let told = |subject: &str| subject.contains("Odette n’a pas de courriel");
    assert!(
        letters.iter().any(|letter| told(&letter.subject)),
        "{letters:?}"
    );
    fatima.get(&app, "/bureau").await.says("joint de robinet");
    let path = format!("/echanges/{id}/accord");
    assert_eq!(fatima.post(&app, &path, &[]).await.status, 303);
    jean.get(&app, "/releve").await.says("+30");
    // The desk reads hers to her; who has an e-mail reads their own.
    let hers = fatima.get(&app, "/releve?pour=4").await;
    hers.says("Le relevé d’Odette")
        .says("−30")
        .says("joint de robinet");
    assert!(!hers.text().contains("Vous avez reçu"), "{}", hers.text());
    assert_eq!(jean.get(&app, "/releve?pour=4").await.status, 403);
    assert_eq!(fatima.get(&app, "/releve?pour=2").await.status, 403);
}

#[tokio::test]
async fn the_details_of_who_has_no_email_are_kept_by_the_desk() {
    let (app, mut fatima) = App::with_mars().await;
    let page = fatima.get(&app, "/adherents?q=odette").await;
    let (_, rest) = page.html.split_once("href=\"/adherents/").unwrap();
    let id = rest.split('"').next().unwrap();
    let path = format!("/adherents/{id}/modifier");
    let form = fatima.get(&app, &path).await;
    assert_eq!(form.says("Les coordonnées d’Odette").status, 200);
    let typed = [
        ("first_name", "Odette"),
        ("last_name", "Rey"),
        ("phone", "12"),
    ];
    let wrong = fatima.post(&app, &path, &typed).await;
    assert_eq!(wrong.says("ne semble pas complet").status, 422);
    let typed = [
        ("first_name", "Odette"),
        ("last_name", "Rey"),
        ("phone", "06 39 98 00 07"),
    ];
    assert_eq!(fatima.post(&app, &path, &typed).await.status, 303);
    let shown = fatima.get(&app, &format!("/adherents/{id}")).await;
    shown.says("Odette Rey").says("06 39 98 00 07");
    let mut claire = app.member("Claire").await;
    assert_eq!(claire.get(&app, &path).await.status, 403);
}

#[tokio::test]
async fn all_that_waits_is_found_however_much_it_is() {
    let (app, _) = App::with_mars().await;
    let mut jean = app.member("Jean").await;
    for amount in 1..=22 {
        let amount = amount.to_string();
        let typed = [amount.as_str(), "2", "coup de main"];
        jean.records(&app, "recois", typed).await;
        app.clock.pass(TimeDelta::minutes(1));
    }
    jean.get(&app, "/").await;
    let statement = jean.get(&app, "/releve").await;
    assert_eq!(statement.html.matches("coup de main").count(), 5);
    statement.says("Voir tout ce qui attend");
    let first = jean.get(&app, "/releve/en-attente").await;
    assert_eq!(first.html.matches("coup de main").count(), 20);
    let second = jean.get(&app, "/releve/en-attente?page=2").await;
    assert_eq!(second.html.matches("coup de main").count(), 2);
}

#[tokio::test]
async fn a_member_who_writes_to_everybody_is_asked_to_wait_and_keeps_the_text() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let path = offer(&app, &mut claire, "Repassage du vendredi", "members").await;
    let mut jean = app.member("Jean").await;
    for count in 1..=61 {
        let page = jean.get(&app, &path).await;
        let id = page.hidden("id");
        let typed = [("id", id.as_str()), ("message", "Bonjour Claire")];
        let sent = jean.post(&app, &format!("{path}/ecrire"), &typed).await;
        let expected = if count <= 60 { 303 } else { 422 };
        assert_eq!(sent.status, expected, "message {count}: {}", sent.text());
        if count == 61 {
            sent.says("envoyez-le demain").says("Bonjour Claire");
        }
    }
    assert_eq!(
        app.letters("claire@exemple.fr").await.len(),
        62,
        "60, a welcome and a login"
    );
}

#[tokio::test]
async fn what_an_hour_is_worth_is_settled_by_the_first_exchange() {
    let app = App::open().await;
    let mut ana = app.founder("essai", 1).await;
    ana.get(&app, "/demarrer/1")
        .await
        .says("Combien vaut une heure");
    app.enter(&ana, "Jean", true).await;
    ana.records(&app, "donne", ["30", "2", "clés"]).await;
    let page = ana.get(&app, "/demarrer/1").await;
    assert!(
        !page.text().contains("Combien vaut une heure"),
        "{}",
        page.text()
    );
    let other = [
        ("unit", "grain"),
        ("units", "grains"),
        ("hour", "1"),
        ("colour", "#445566"),
    ];
    assert_eq!(ana.post(&app, "/demarrer/1", &other).await.status, 303);
    ana.get(&app, "/echanges/nouveau")
        .await
        .says("60 grains pour une heure");
}

#[tokio::test]
async fn sessions_and_links_that_are_over_are_forgotten_and_nothing_else() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    assert_eq!(claire.post(&app, "/deconnexion", &[]).await.status, 303);
    app.wait(TimeDelta::days(29)).await;
    assert_eq!(kept(&app).await.0, 2);
    app.wait(TimeDelta::days(2)).await;
    let (sessions, links) = kept(&app).await;
    assert_eq!(
        (sessions, links > 0),
        (1, true),
        "the welcomes live for a month"
    );
    fatima.get(&app, "/").await.says("Bonjour Fatima");
    app.wait(TimeDelta::days(40)).await;
    assert_eq!(kept(&app).await.1, 0);
}

/// How many sessions and links the database keeps.
async fn kept(app: &App) -> (i64, i64) {
    let mut worker = Worker::begin(&app.database.work, app.clock.now())
        .await
        .unwrap();
    let sessions = store::session::count(&mut worker).await.unwrap();
    let links = store::token::count(&mut worker).await.unwrap();
    worker.commit().await.unwrap();
    (sessions, links)
}

#[tokio::test]
async fn the_list_says_how_many_are_urgent_or_given_with_words_and_without() {
    let (app, mut fatima) = App::with_mars().await;
    let page = fatima.get(&app, "/annonces/nouvelle").await;
    let (id, category) = (page.hidden("id"), page.first_choice("category"));
    let typed = [
        ("id", id.as_str()),
        ("kind", "offer"),
        ("category", &category),
        ("title", "Confiture de coings"),
        ("urgent", "oui"),
        ("units_mode", "gift"),
    ];
    let published = fatima.post(&app, "/annonces/nouvelle", &typed).await;
    assert_eq!(published.status, 303, "{}", published.text());
    offer(&app, &mut fatima, "Confiture à deux", "members").await;
    app.settle().await;
    for list in ["/annonces", "/annonces?q=confiture"] {
        let list = fatima.get(&app, list).await;
        list.says("Urgentes 1").says("Dons 1");
    }
    // What has one word only follows, and is counted.
    let some = fatima.get(&app, "/annonces?q=confiture+zeppelin").await;
    some.says("Offres 2").says("Demandes 0");
}
