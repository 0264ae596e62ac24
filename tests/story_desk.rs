//! What the board does: entering people, inviting them, correcting what was typed.

use crate::story::{App, MARS, Person, offer};

#[tokio::test]
async fn somebody_entered_twice_is_asked_about_once() {
    let (app, mut fatima) = App::with_mars().await;
    let page = fatima.get(&app, "/bureau/adherents/nouveau").await;
    let id = page.hidden("id");
    let typed = [
        ("id", id.as_str()),
        ("first_name", "ODETTE"),
        ("phone", "06 39 98 00 31"),
    ];
    let path = "/bureau/adherents/nouveau";
    let asked = fatima.post(&app, path, &typed).await;
    assert_eq!(
        asked.says("Odette (n° 4) est déjà dans votre SEL").status,
        422
    );
    assert_eq!(asked.value("phone").as_deref(), Some("06 39 98 00 31"));
    let sure: Vec<_> = typed.into_iter().chain([("another", "oui")]).collect();
    assert_eq!(fatima.post(&app, path, &sure).await.status, 303);
    fatima.get(&app, "/adherents?q=odette").await.says("n° 5");
    let cut = [
        ("id", id.as_str()),
        ("first_name", "Ali"),
        ("phone", "06 39 98 00"),
    ];
    let cut = fatima.post(&app, path, &cut).await;
    assert_eq!(cut.says("ne semble pas complet").status, 422);
}

#[tokio::test]
async fn an_invitation_to_somebody_who_is_here_says_so() {
    let (app, mut fatima) = App::with_mars().await;
    let form = fatima.get(&app, "/inviter").await;
    let id = form.hidden("id");
    let typed = [("id", id.as_str()), ("email", "Claire@exemple.fr")];
    assert_eq!(fatima.post(&app, "/inviter", &typed).await.status, 303);
    let link = app.link_to("claire@exemple.fr", "/invitation/").await;
    let shown = Person::on(MARS).get(&app, &link).await;
    shown.says("le SEL connaît déjà Claire (n° 2)");
}

#[tokio::test]
async fn a_price_that_stands_in_a_notice_settles_what_an_hour_is_worth() {
    let app = App::open().await;
    let mut ana = app.founder("essai", 3).await;
    let page = ana.get(&app, "/annonces/nouvelle").await;
    let (id, category) = (page.hidden("id"), page.first_choice("category"));
    let typed = [
        ("id", id.as_str()),
        ("kind", "offer"),
        ("category", category.as_str()),
        ("title", "Confitures"),
        ("units_mode", "fixed"),
        ("units", "30"),
    ];
    let path = "/annonces/nouvelle";
    assert_eq!(ana.post(&app, path, &typed).await.status, 303);
    let page = ana.get(&app, "/demarrer/1").await;
    page.says("Cela ne change plus");
}

#[tokio::test]
async fn an_address_with_a_slip_is_corrected_by_the_board() {
    let (app, mut fatima) = App::with_mars().await;
    let page = fatima.get(&app, "/bureau/adherents/nouveau").await;
    let id = page.hidden("id");
    let typed = [
        ("id", id.as_str()),
        ("first_name", "Ginette"),
        ("email", "ginette@exmple.fr"),
    ];
    let posted = fatima.post(&app, "/bureau/adherents/nouveau", &typed).await;
    let path = format!("{}/courriel", posted.location);
    let wrong = app.link_to("ginette@exmple.fr", "/entrer/").await;
    fatima.get(&app, &path).await.says("Le courriel de Ginette");
    let typed = [("email", "ginette@")];
    let refused = fatima.post(&app, &path, &typed).await;
    assert_eq!(refused.says("ne semble pas complète").status, 422);
    let typed = [("email", "ginette@exemple.fr")];
    assert_eq!(fatima.post(&app, &path, &typed).await.status, 303);
    let mut stranger = Person::on(MARS);
    stranger.get(&app, &wrong).await;
    let shut = stranger.post(&app, &wrong, &[]).await;
    assert_eq!(shut.status, 410, "{}", shut.text());
    let right = app.link_to("ginette@exemple.fr", "/entrer/").await;
    let mut ginette = Person::on(MARS);
    ginette.get(&app, &right).await;
    assert_eq!(ginette.post(&app, &right, &[]).await.status, 303);
    // From now on the address is her own.
    assert_eq!(fatima.get(&app, &path).await.status, 403);
}

#[tokio::test]
async fn what_those_in_charge_do_is_read_again_by_them_alone() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let path = offer(&app, &mut claire, "Repassage du vendredi", "members").await;
    fatima.get(&app, &path).await;
    fatima.post(&app, &format!("{path}/fermer"), &[]).await;
    claire.get(&app, &path).await;
    let own = offer(&app, &mut fatima, "Cours de guitare", "members").await;
    fatima.get(&app, &own).await;
    fatima.post(&app, &format!("{own}/pause"), &[]).await;
    // What she changes of the rules, and what she does to an exchange of two others.
    let done = fatima.sets(&app, "/demarrer/2", ("floor", "-600")).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let mut typed = fatima.get(&app, "/demarrer/3").await.typed();
    let first = typed.iter().position(|(name, _)| name == "categories");
    typed.remove(first.unwrap());
    let typed: Vec<_> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fatima.post(&app, "/demarrer/3", &typed).await;
    let paid = claire.records(&app, "donne", ["60", "3", "Ourlets"]).await;
    let undo = format!("/echanges/{paid}/inverse");
    fatima.get(&app, &undo).await;
    let undone = fatima.post(&app, &undo, &[("reason", "Doublon")]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    let journal = fatima.get(&app, "/bureau/journal").await;
    journal
        .says("Fatima Benali (n° 1) a inscrit Odette (n° 4)")
        .says("Fatima Benali (n° 1) a choisi les rubriques")
        .says("a changé les réglages : les limites des comptes")
        .says("a annulé un échange entre Claire (n° 2) et Jean (n° 3)")
        .says("a retiré l’annonce « Repassage du vendredi » de Claire");
    // What two did among themselves is theirs.
    assert!(!journal.text().contains("a noté un échange"));
    assert!(!journal.text().contains("guitare"), "{}", journal.text());
    assert_eq!(claire.get(&app, "/bureau/journal").await.status, 403);
}
