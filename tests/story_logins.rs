//! Logging in, on which devices, and in which SELs.

use crate::story::{App, MARS, Person};
use chrono::TimeDelta;

pub(crate) const CLAIRE: &str = "claire@exemple.fr";

/// Logs in through a mailed link.
pub(crate) async fn logs_in(app: &App, slug: &str, email: &str) -> Person {
    let mut person = Person::on(slug);
    person.get(app, "/connexion").await;
    person
        .post(app, "/connexion/lien", &[("login", email)])
        .await;
    let link = app.link_to(email, "/entrer/").await;
    person.get(app, &link).await;
    let entered = person.post(app, &link, &[]).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
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
    let others = fatima.post(&app, &end, &[]).await;
    assert_eq!(others.location, "/compte/appareils");
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

const ANA: &str = "ana@exemple.fr";
pub(crate) const CATS: &str = "trois petits chats";

/// SEL du Port, which Ana founded.
async fn port(app: &App) -> Person {
    let ana = ("Ana", "Costa", ANA);
    app.founder_of(("port", "SEL du Port"), ana, 4).await
}

/// The path of an address of this SEL.
fn path_at(slug: &str, address: &str) -> String {
    let host = format!("http://{slug}.localhost:8080");
    let path = address.strip_prefix(&host);
    path.unwrap_or_else(|| panic!("{address} is none of {slug}"))
        .to_owned()
}

/// Asks, at SEL de Mars, that the login open another SEL too. Gives the path there.
async fn asks(app: &App, person: &mut Person, sel: &str, password: &str) -> String {
    person.get(app, "/compte/sels").await;
    let typed = [("sel", sel), ("password", password)];
    let asked = person.post(app, "/compte/sels", &typed).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    path_at(sel, &asked.location)
}

/// Proves, at SEL du Port, who somebody is there. Gives the path back.
async fn proves(app: &App, person: &mut Person, path: &str) -> String {
    person.get(app, path).await;
    let proved = person.post(app, path, &[]).await;
    assert_eq!(proved.status, 303, "{}", proved.text());
    path_at(MARS, &proved.location)
}

/// Claire, whose login opens SEL de Mars and SEL du Port, where she is Ana.
pub(crate) async fn joined(app: &App) -> (Person, Person) {
    let mut claire = logs_in(app, MARS, CLAIRE).await;
    let mut ana = port(app).await;
    let path = asks(app, &mut claire, "port", "").await;
    let back = proves(app, &mut ana, &path).await;
    claire.get(app, &back).await;
    let done = claire.post(app, &back, &[]).await;
    assert_eq!(done.location, "/compte/sels", "{}", done.text());
    (claire, ana)
}

/// Claire goes to SEL du Port by a ticket: her session there.
pub(crate) async fn at_port(app: &App, claire: &mut Person) -> Person {
    claire.get(app, "/compte/sels").await;
    let gone = claire.post(app, "/compte/sels/port/aller", &[]).await;
    let ticket = path_at("port", &gone.location);
    let mut there = Person::on("port");
    there.get(app, &ticket).await;
    assert_eq!(there.post(app, &ticket, &[]).await.status, 303);
    there
}

pub(crate) async fn subjects(app: &App, to: &str) -> Vec<String> {
    let letters = app.letters(to).await.into_iter();
    letters.map(|it| it.subject).collect()
}

#[tokio::test]
async fn one_login_opens_two_sels_once_somebody_proved_who_they_are_in_both() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let mut ana = port(&app).await;
    claire.get(&app, "/compte/mot-de-passe").await;
    let chosen = [("new_password", CATS)];
    claire.post(&app, "/compte/mot-de-passe", &chosen).await;
    claire.get(&app, "/compte/sels").await;
    let wrong = [("sel", "port"), ("password", "autre chose")];
    let refused = claire.post(&app, "/compte/sels", &wrong).await;
    refused.says("Ce n’est pas votre mot de passe");
    assert_eq!(refused.value("sel").as_deref(), Some("port"));
    let path = asks(&app, &mut claire, "port", CATS).await;
    let stranger = Person::on("port").get(&app, &path).await;
    assert!(stranger.location.starts_with("/connexion?retour="));
    let asked = ana.get(&app, &path).await;
    asked
        .says("Claire (n° 2), au SEL de Mars, demande que sa connexion serve aussi au SEL du Port");
    asked.says("où vous êtes Ana Costa (n° 1)");
    let back = proves(&app, &mut ana, &path).await;
    ana.get(&app, "/").await.says("Bonjour Ana");
    let page = claire.get(&app, &back).await;
    page.says("servira aussi au SEL du Port, où vous êtes Ana Costa (n° 1)");
    let done = claire.post(&app, &back, &[]).await;
    assert_eq!(done.location, "/compte/sels", "{}", done.text());
    let list = claire.get(&app, "/compte/sels").await;
    list.says("une seule connexion ouvre").says("SEL du Port");
    assert_eq!(claire.get(&app, &back).await.status, 410);
    // The other login is over: its session and its links.
    let home = ana.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
    let told = |subject: &String| subject.contains("votre connexion sert aussi");
    for (to, sel) in [(CLAIRE, "SEL de Mars"), (ANA, "SEL du Port")] {
        let subjects = subjects(&app, to).await;
        let told: Vec<_> = subjects.iter().filter(|it| told(it)).collect();
        assert_eq!(told.len(), 1, "{subjects:?}");
        let other = if to == ANA {
            "SEL de Mars"
        } else {
            "SEL du Port"
        };
        assert!(
            told[0].starts_with(sel) && told[0].ends_with(other),
            "{told:?}"
        );
    }
    // The number there opens with the password from here.
    let mut browser = Person::on("port");
    browser.get(&app, "/connexion").await;
    let typed = [("login", "1"), ("password", CATS)];
    assert_eq!(browser.post(&app, "/connexion", &typed).await.status, 303);
    browser.get(&app, "/").await.says("Bonjour Ana");
    // And from here one goes there.
    claire.get(&app, "/compte/sels").await;
    let gone = claire.post(&app, "/compte/sels/port/aller", &[]).await;
    let ticket = path_at("port", &gone.location);
    let mut phone = Person::on("port");
    phone.get(&app, &ticket).await.says("Bonjour Ana");
    assert_eq!(phone.post(&app, &ticket, &[]).await.status, 303);
    phone.get(&app, "/").await.says("Bonjour Ana");
    let nowhere = claire.post(&app, "/compte/sels/baie/aller", &[]).await;
    assert_eq!(nowhere.status, 404);
}

#[tokio::test]
async fn a_link_that_somebody_else_sent_puts_nobody_under_their_login() {
    let (app, mut fatima) = App::with_mars().await;
    let mut jean = logs_in(&app, MARS, "jean@exemple.fr").await;
    let mut ana = port(&app).await;
    let sent = asks(&app, &mut jean, "port", "").await;
    let back = proves(&app, &mut ana, &sent).await;
    // Who sent it does not know the way back; who knows it has not asked.
    assert_eq!(jean.get(&app, &sent).await.status, 410);
    let guessed = format!("/compte/sels{sent}");
    assert_eq!(jean.get(&app, &guessed).await.status, 410);
    let elsewhere = fatima.get(&app, &back).await;
    assert_eq!(elsewhere.says("demandé ailleurs").status, 410);
    assert_eq!(fatima.post(&app, &back, &[]).await.status, 410);
    let mut same = logs_in(&app, MARS, "jean@exemple.fr").await;
    same.get(&app, &back).await;
    assert_eq!(same.post(&app, &back, &[]).await.status, 410);
    ana.get(&app, "/").await.says("Bonjour Ana");
    let list = ana.get(&app, "/compte/sels").await;
    assert!(!list.text().contains("Mars"), "{}", list.text());
    // A session that ended asks for nothing any more.
    let second = asks(&app, &mut jean, "port", "").await;
    jean.get(&app, "/compte").await;
    jean.post(&app, "/deconnexion", &[]).await;
    assert_eq!(ana.get(&app, &second).await.status, 410);
}

#[tokio::test]
async fn who_has_no_password_proves_themselves_by_having_come_in_just_now() {
    let (app, _) = App::with_mars().await;
    let (mut claire, _) = joined(&app).await;
    app.clock.pass(TimeDelta::minutes(20));
    claire.get(&app, "/compte/sels").await;
    let late = claire.post(&app, "/compte/sels", &[("sel", "lune")]).await;
    late.says("Votre session est ouverte depuis un moment");
    // Nor does going to the other SEL make it newer.
    let mut there = at_port(&app, &mut claire).await;
    there.get(&app, "/compte/sels/separer").await;
    let late = there.post(&app, "/compte/sels/separer", &[]).await;
    late.says("Votre session est ouverte depuis un moment");
}

#[tokio::test]
async fn a_login_that_was_joined_is_parted_again_with_all_ways_in() {
    let (app, _) = App::with_mars().await;
    let (mut claire, _) = joined(&app).await;
    claire.get(&app, "/compte/sels").await;
    let gone = claire.post(&app, "/compte/sels/port/aller", &[]).await;
    let kept_back = path_at("port", &gone.location);
    let mut ana = at_port(&app, &mut claire).await;
    ana.get(&app, "/compte/sels/separer").await.says("Séparer");
    let parted = ana.post(&app, "/compte/sels/separer", &[]).await;
    assert_eq!(parted.location, "/compte/mot-de-passe", "{}", parted.text());
    let list = ana.get(&app, "/compte/sels").await;
    assert!(!list.text().contains("Mars"), "{}", list.text());
    claire.get(&app, "/").await.says("Bonjour Claire");
    assert_eq!(Person::on("port").get(&app, &kept_back).await.status, 410);
    let told = |subject: &String| subject.contains("ne sert plus");
    for to in [CLAIRE, ANA] {
        assert!(subjects(&app, to).await.iter().any(told), "{to}");
    }
    // A link for somebody of the same SEL is one to nowhere.
    claire.get(&app, "/compte/sels").await;
    let here = claire.post(&app, "/compte/sels", &[("sel", "mars")]).await;
    here.says("Vous y êtes déjà");
    let nobody = claire.post(&app, "/compte/sels", &[("sel", "lune")]).await;
    nobody.says("Aucun SEL ne porte ce nom");
}

#[tokio::test]
async fn a_ticket_opens_nothing_once_its_session_is_over() {
    let (app, _) = App::with_mars().await;
    let (mut claire, _) = joined(&app).await;
    claire.get(&app, "/compte/sels").await;
    let gone = claire.post(&app, "/compte/sels/port/aller", &[]).await;
    let ticket = path_at("port", &gone.location);
    claire.get(&app, "/compte").await;
    claire.post(&app, "/deconnexion", &[]).await;
    let mut thief = Person::on("port");
    thief.get(&app, &ticket).await;
    assert_eq!(thief.post(&app, &ticket, &[]).await.status, 410);
}
