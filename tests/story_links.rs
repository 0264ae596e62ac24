//! Mailed links: a scanner may open them, a person uses them once, time ends them.

use crate::story::{App, MARS, Person, Shown};
use chrono::TimeDelta;

const CLAIRE: &str = "claire@exemple.fr";

/// Opens a link three times, as mail scanners do, each time as somebody else.
async fn scan(app: &App, slug: &str, link: &str) {
    for _ in 0..3 {
        let scanned = Person::on(slug).get(app, link).await;
        assert_eq!(scanned.status, 200, "{}", scanned.text());
    }
}

/// Asks for a link to log in. Gives its path.
async fn asked(app: &App) -> String {
    let mut claire = Person::on(MARS);
    claire.get(app, "/connexion").await;
    claire
        .post(app, "/connexion/lien", &[("login", CLAIRE)])
        .await;
    app.link_to(CLAIRE, "/entrer/").await
}

#[tokio::test]
async fn a_login_link_lets_in_once_however_often_it_was_opened_before() {
    let (app, _) = App::with_mars().await;
    let link = asked(&app).await;
    scan(&app, MARS, &link).await;
    let mut claire = Person::on(MARS);
    claire.get(&app, &link).await;
    assert_eq!(claire.post(&app, &link, &[]).await.status, 303);
    claire.get(&app, "/").await.says("Bonjour Claire");
    let mut again = Person::on(MARS);
    let shown = again.get(&app, &link).await;
    assert_eq!(shown.says("Ce lien a déjà servi").status, 410);
}

#[tokio::test]
async fn a_login_link_that_waited_too_long_lets_nobody_in() {
    let (app, _) = App::with_mars().await;
    let link = asked(&app).await;
    let mut claire = Person::on(MARS);
    claire.get(&app, &link).await;
    app.wait(TimeDelta::days(8)).await;
    let pressed = claire.post(&app, &link, &[]).await;
    assert_eq!(pressed.says("son délai est passé").status, 410);
    let shown = claire.get(&app, &link).await;
    assert_eq!(shown.says("son délai est passé").status, 410);
    let home = claire.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
}

#[tokio::test]
async fn a_link_that_was_cut_short_says_so() {
    let (app, _) = App::with_mars().await;
    let link = asked(&app).await;
    let short = &link[..link.len() - 3];
    let shown = Person::on(MARS).get(&app, short).await;
    assert_eq!(shown.says("Ce lien est incomplet").status, 410);
}

#[tokio::test]
async fn an_opening_link_opens_one_sel_and_not_after_its_time() {
    let app = App::open().await;
    let mut ana = Person::on("");
    ana.get(&app, "/ouvrir").await;
    let typed = [
        ("name", "SEL de l’Essai"),
        ("slug", "essai"),
        ("locality", "Aubagne"),
        ("unit", "grain"),
        ("first_name", "Ana"),
        ("email", "ana@exemple.fr"),
    ];
    assert_eq!(ana.post(&app, "/ouvrir", &typed).await.status, 303);
    let first = app.link_to("ana@exemple.fr", "/ouvrir/").await;
    scan(&app, "", &first).await;
    app.wait(TimeDelta::days(8)).await;
    let late = ana.post(&app, &first, &[]).await;
    assert_eq!(late.status, 410, "{}", late.text());
    let nobody = Person::on("essai").get(&app, "/").await;
    assert_eq!(nobody.status, 404);

    assert_eq!(ana.post(&app, "/ouvrir", &typed).await.status, 303);
    let second = app.link_to("ana@exemple.fr", "/ouvrir/").await;
    ana.get(&app, &second).await;
    assert_eq!(ana.post(&app, &second, &[]).await.status, 303);
    let again = ana.post(&app, &second, &[]).await;
    assert_eq!(again.status, 410, "{}", again.text());
}

/// Jean writes that Claire gives him 60 grains. Gives the link of her letter.
async fn proposed(app: &App) -> String {
    let mut jean = app.member("Jean").await;
    let typed = ["60", "2", "repassage"];
    jean.records(app, "recois", typed).await;
    app.link_to(CLAIRE, "/repondre-echange/").await
}

async fn balance_of_jean(app: &App) -> Shown {
    app.member("Jean").await.get(app, "/releve").await
}

#[tokio::test]
async fn an_exchange_is_agreed_from_the_mail_once() {
    let (app, _) = App::with_mars().await;
    let link = proposed(&app).await;
    scan(&app, MARS, &link).await;
    balance_of_jean(&app).await.says("En attente");
    let mut claire = Person::on(MARS);
    claire.get(&app, &link).await;
    for _ in 0..2 {
        claire.post(&app, &link, &[("answer", "accord")]).await;
    }
    claire
        .get(&app, &link)
        .await
        .says("Cet échange est enregistré");
    let statement = balance_of_jean(&app).await;
    assert_eq!(statement.says("+60").html.matches("repassage").count(), 1);
    // Whoever finds the letter later changes nothing.
    claire.post(&app, &link, &[("answer", "refus")]).await;
    balance_of_jean(&app).await.says("+60");
}

#[tokio::test]
async fn an_exchange_that_nobody_answers_expires_and_its_link_with_it() {
    let (app, _) = App::with_mars().await;
    let link = proposed(&app).await;
    let mut claire = Person::on(MARS);
    claire.get(&app, &link).await;
    app.wait(TimeDelta::days(31)).await;
    let late = claire.post(&app, &link, &[("answer", "accord")]).await;
    late.says("Le délai pour répondre est passé");
    let statement = balance_of_jean(&app).await;
    assert!(!statement.text().contains("+60"), "{}", statement.text());
    let letters = app.letters("jean@exemple.fr").await;
    let told = letters
        .iter()
        .any(|letter| letter.text.contains("repassage"));
    assert!(told, "Jean is not told: {letters:?}");
}
