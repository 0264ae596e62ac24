//! Searches that members keep: what they are told, when, and how they end it.

use crate::story::{App, MARS, PORT, Person, offer};
use chrono::TimeDelta;
use poem::http::header;

/// Keeps what a page of the list asks for.
async fn keeps(app: &App, person: &mut Person, list: &str, rhythm: &str) {
    let page = person.get(app, list).await;
    let (id, asked) = (page.hidden("id"), page.hidden("recherche"));
    let typed = [
        ("id", id.as_str()),
        ("recherche", &asked),
        ("rythme", rhythm),
    ];
    let kept = person.post(app, "/recherches", &typed).await;
    assert_eq!((kept.status, kept.location.as_str()), (303, "/recherches"));
}

async fn told(app: &App) -> Vec<String> {
    let letters = app.letters("claire@exemple.fr").await;
    let letters = letters
        .into_iter()
        .filter(|it| it.text.contains("/alerte/"));
    letters.map(|it| it.text).collect()
}

#[tokio::test]
async fn who_keeps_a_search_is_told_once_what_is_new_until_they_end_it() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let mut jean = app.member("Jean").await;
    offer(&app, &mut jean, "Repassage de longue date", "members").await;
    app.settle().await;
    keeps(&app, &mut claire, "/annonces?q=repassage", "soon").await;
    claire
        .get(&app, "/recherches")
        .await
        .says("« repassage »")
        .says("Un courriel vous préviendra");
    app.look().await;
    offer(&app, &mut jean, "Repassage du vendredi", "members").await;
    offer(&app, &mut jean, "Repassage en musique", "members").await;
    offer(&app, &mut jean, "Cours de guitare", "members").await;
    offer(&app, &mut claire, "Repassage par moi-même", "members").await;
    let gone = offer(&app, &mut jean, "Repassage repris", "members").await;
    app.look().await;
    assert_eq!(told(&app).await, [""; 0], "it was not due yet");
    app.clock.pass(TimeDelta::minutes(6));
    jean.get(&app, &gone).await;
    jean.post(&app, &format!("{gone}/pause"), &[]).await;
    app.look().await;
    app.clock.pass(TimeDelta::minutes(6));
    app.look().await;
    let letters = told(&app).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].contains("« repassage »"), "{}", letters[0]);
    for title in ["Repassage du vendredi", "Repassage en musique"] {
        assert!(letters[0].contains(title), "{}", letters[0]);
    }
    for title in ["longue date", "guitare", "moi-même", "repris"] {
        assert!(!letters[0].contains(title), "{}", letters[0]);
    }
    let link = app.link_to("claire@exemple.fr", "/alerte/").await;
    let mut stranger = Person::on(MARS);
    for _ in 0..3 {
        let asked = stranger.get(&app, &link).await;
        asked.says("Arrêter ces courriels").says("« repassage »");
    }
    offer(&app, &mut jean, "Repassage de nuit", "members").await;
    app.clock.pass(TimeDelta::minutes(6));
    app.look().await;
    assert_eq!(told(&app).await.len(), 2);
    // As a mail program posts by itself: from no page, without a cookie.
    let host = format!("{MARS}.localhost:{PORT}");
    let asked = app.client.post(&link).header(header::HOST, host);
    let answer = asked.body("List-Unsubscribe=One-Click").send().await;
    answer.assert_status_is_ok();
    let done = stranger.get(&app, &link).await;
    done.says("C’est fait").says("« repassage »");
    offer(&app, &mut jean, "Repassage du dimanche", "members").await;
    app.clock.pass(TimeDelta::days(8));
    app.look().await;
    assert_eq!(told(&app).await.len(), 2);
    claire.get(&app, "/recherches").await.says("« repassage »");
}

#[tokio::test]
async fn the_letters_of_a_day_come_together_and_an_empty_day_has_none() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let mut jean = app.member("Jean").await;
    keeps(
        &app,
        &mut claire,
        "/annonces?q=repassage&sens=offre",
        "daily",
    )
    .await;
    for title in ["Repassage du lundi", "Repassage du mardi"] {
        offer(&app, &mut jean, title, "members").await;
        app.clock.pass(TimeDelta::minutes(30));
        app.look().await;
    }
    assert_eq!(told(&app).await.len(), 0);
    for _ in 0..3 {
        app.clock.pass(TimeDelta::days(1));
        app.look().await;
    }
    let letters = told(&app).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].contains("lundi") && letters[0].contains("mardi"));
    let page = claire.get(&app, "/recherches").await;
    let action = page
        .html
        .split("action=\"")
        .find(|it| it.contains("/retirer\""));
    let action = action.unwrap().split('"').next().unwrap().to_owned();
    claire.post(&app, &action, &[]).await;
    claire
        .get(&app, "/recherches")
        .await
        .says("Vous ne gardez pas encore de recherche");
    let nothing = claire.get(&app, "/annonces").await;
    assert!(nothing.value("recherche").is_none(), "nothing is asked");
}

#[tokio::test]
async fn the_words_of_a_sel_find_each_other_there() {
    let (app, mut fatima) = App::with_mars().await;
    let mut jean = app.member("Jean").await;
    offer(&app, &mut jean, "Bugnes du carnaval", "members").await;
    app.settle().await;
    let list = "/annonces?q=oreillettes";
    let nothing = jean.get(&app, list).await;
    nothing.says("Aucune annonce ne parle encore");
    fatima.get(&app, "/demarrer/6").await;
    let alone = [("synonyms", "bugne\nestive, alpage")];
    let wrong = fatima.post(&app, "/demarrer/6", &alone).await;
    wrong
        .says("La ligne 1 ne dit qu’un mot")
        .says("estive, alpage");
    let typed = [("synonyms", "bugne, oreillette\nestive, alpage")];
    assert_eq!(fatima.post(&app, "/demarrer/6", &typed).await.status, 303);
    app.settle().await;
    jean.get(&app, list).await.says("Bugnes du carnaval");
}

#[tokio::test]
async fn all_news_are_counted_and_twenty_are_named() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let mut jean = app.member("Jean").await;
    keeps(&app, &mut claire, "/annonces?q=repassage", "daily").await;
    for number in 0..23 {
        offer(&app, &mut jean, &format!("Repassage {number}"), "members").await;
    }
    app.look().await;
    app.clock.pass(TimeDelta::days(1));
    app.look().await;
    let letters = told(&app).await;
    assert_eq!(letters.len(), 1);
    let named = letters[0].matches("Offre : Repassage").count();
    assert_eq!(named, 20, "{}", letters[0]);
    assert!(letters[0].contains("Voici 23 nouvelles annonces"));
    assert!(letters[0].contains("et 3 autres"), "{}", letters[0]);
    assert!(letters[0].contains("q=repassage&tri=date"));
}

#[tokio::test]
async fn a_town_that_nobody_knows_is_not_kept_and_tells_nothing() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let page = claire
        .get(&app, "/annonces?ou=sels&commune=Xyzzyx&rayon=25")
        .await;
    assert!(page.value("recherche").is_none(), "{}", page.text());
    page.says("Nous ne connaissons pas de commune nommée « Xyzzyx »")
        .says("Les distances partent de votre SEL")
        .says("à moins de 25 km d’Aubagne");
    let known = claire
        .get(&app, "/annonces?ou=sels&commune=Aubagne&rayon=25")
        .await;
    assert!(known.value("recherche").is_some(), "{}", known.text());
}
