//! Beyond the limits: warned where the SEL warns, refused where it refuses, nothing typed lost.

use crate::story::{App, MARS, Person, Shown, exchange};

const ROSES: &str = "taille de rosiers";

/// Claire gives Jean this many grains, as far as the page that asks whether it is right.
async fn review(app: &App, claire: &mut Person, amount: &str) -> Shown {
    claire.reviews(app, "donne", [amount, "3", ROSES]).await
}

fn typed<'a>(id: &'a str, amount: &'a str) -> [(&'a str, &'a str); 6] {
    exchange(id, "donne", amount, "3", ROSES)
}

#[tokio::test]
async fn where_the_sel_warns_one_may_go_on() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let at = review(&app, &mut claire, "2000").await;
    assert!(!at.text().contains("La limite du SEL"), "{}", at.text());
    let past = review(&app, &mut claire, "2001").await;
    assert_eq!(past.status, 200);
    past.says("vous mène à −2 001 grains. La limite du SEL est de −2 000 grains");
    let id = past.hidden("id");
    let posted = claire.post(&app, "/echanges", &typed(&id, "2001")).await;
    assert_eq!(posted.location, "/releve");
    claire.get(&app, "/releve").await.says("−2 001");
}

#[tokio::test]
async fn who_agrees_beyond_the_limit_is_told_before_on_every_page() {
    let (app, _) = App::with_mars().await;
    let mut jean = app.member("Jean").await;
    let asked = ["2100", "2", "un pull"];
    let id = jean.records(&app, "recois", asked).await;
    let warning = "vous mène à −2 100 grains. La limite du SEL est de −2 000 grains";
    let mut claire = app.member("Claire").await;
    claire.get(&app, "/").await.says(warning);
    claire
        .get(&app, &format!("/echanges/{id}"))
        .await
        .says(warning)
        .says("Jean (n° 3) a écrit : vous lui donnez 2 100 grains");
    let link = app.link_to("claire@exemple.fr", "/repondre-echange/").await;
    Person::on(MARS).get(&app, &link).await.says(warning);
    // What waits is counted, and said to be.
    let counted = review(&app, &mut claire, "1").await;
    counted.says("à −2 101 grains, en comptant ce qui attend une réponse");
    // The desk does not answer for who has an e-mail.
    let mut fatima = app.member("Fatima").await;
    let shown = fatima.get(&app, &format!("/echanges/{id}")).await;
    assert!(
        !shown.text().contains("Oui, c’est juste"),
        "{}",
        shown.text()
    );
    claire
        .post(&app, &format!("/echanges/{id}/accord"), &[])
        .await;
    claire
        .get(&app, "/")
        .await
        .says("au-delà de la limite du SEL");
}

#[tokio::test]
async fn where_the_sel_refuses_nothing_is_written_and_nothing_is_lost() {
    let (app, mut fatima) = App::with_mars().await;
    let rules = [
        ("floor", "2000"),
        ("ceiling", "500"),
        ("policy", "refuser"),
        ("credit", "0"),
    ];
    fatima.get(&app, "/demarrer/2").await;
    assert_eq!(fatima.post(&app, "/demarrer/2", &rules).await.status, 303);
    let mut claire = app.member("Claire").await;
    let past = review(&app, &mut claire, "2001").await;
    assert_eq!(past.status, 422);
    past.says("mènerait à −2 001 grains. La limite du SEL est de −2 000 grains");
    assert_eq!(past.value("amount").as_deref(), Some("2001"));
    assert_eq!(past.value("label").as_deref(), Some("taille de rosiers"));
    // Past the page that asks, the answer is the same.
    let id = past.hidden("id");
    let forced = claire.post(&app, "/echanges", &typed(&id, "2001")).await;
    assert_eq!(forced.status, 422);
    let ceiling = review(&app, &mut claire, "501").await;
    assert_eq!(ceiling.says("La limite du SEL est de").status, 422);
    let at = review(&app, &mut claire, "500").await;
    assert_eq!(at.status, 200, "{}", at.text());
    let statement = claire.get(&app, "/releve").await;
    assert!(
        !statement.text().contains("rosiers"),
        "{}",
        statement.text()
    );
}
