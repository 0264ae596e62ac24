//! The console: who comes in, and who does not.

mod limits;
mod races;
mod walls;

use crate::story::{App, Person, Shown};
use crate::story_logins::CATS;
use crate::story_second::shown_code;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sqlx::{ConnectOptions, PgConnection};
use store::key::{Keyring, MasterKey};

pub(crate) const INES: &str = "ines@exemple.fr";

/// A link for Inès, made at the machine.
pub(crate) async fn invited(app: &App) -> String {
    let keys = Keyring::of_console(&MasterKey::from_bytes([9; 32]));
    let (pool, whom) = (&app.database.staff, ("Inès Caron", INES));
    let link = desk::staff::invite(pool, keys.vault(), None, whom, app.clock.now()).await;
    format!("/entree/{}", link.unwrap().secret.as_str())
}

/// What an application needs, as the page of a link shows it.
fn letters(page: &Shown) -> String {
    let text = page.text();
    let (_, letters) = text.split_once("recopiez cette clé : ").unwrap();
    letters
        .split(" Ouvrir l’application")
        .next()
        .unwrap()
        .to_owned()
}

/// Somebody who opened this link and made their access: themselves, the secret of their
/// application, their spare codes.
pub(crate) async fn begun(app: &App, link: &str) -> (Person, String, Vec<String>) {
    let mut ines = Person::on("console");
    let page = ines.get(app, link).await;
    let (letters, sealed) = (letters(&page), page.hidden("sealed"));
    let code = shown_code(app, &letters);
    let typed = [("new_password", CATS), ("code", &code), ("sealed", &sealed)];
    let done = ines.post(app, link, &typed).await;
    done.says("Vos codes de secours");
    let codes = done.html.split("<li class=\"tel\">").skip(1);
    let codes = codes.map(|it| it.split('<').next().unwrap().to_owned());
    let codes = codes.collect();
    (ines, letters, codes)
}

/// Tries to come in with these three, in a fresh browser.
pub(crate) async fn tries(
    app: &App,
    (email, password, code): (&str, &str, &str),
) -> (Person, Shown) {
    let mut person = Person::on("console");
    person.get(app, "/connexion").await;
    let typed = [("email", email), ("password", password), ("code", code)];
    let shown = person.post(app, "/connexion", &typed).await;
    (person, shown)
}

/// To look at what the database keeps.
async fn administrator(app: &App) -> PgConnection {
    let mut connection = app.database.administrator().connect().await.unwrap();
    sqlx::raw_sql("set role saline_owner")
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

/// The path of the link that a page hands over.
fn path_of(page: &Shown) -> String {
    let text = page.text();
    let (_, path) = text.split_once("console.localhost:8080").unwrap();
    path.split(' ').next().unwrap().to_owned()
}

/// The next code of an application.
pub(crate) fn next_code(app: &App, letters: &str) -> String {
    app.clock.pass(TimeDelta::minutes(1));
    shown_code(app, letters)
}

#[tokio::test]
async fn nobody_comes_in_without_a_password_and_a_code() {
    let app = App::open().await;
    let link = invited(&app).await;
    let mut ines = Person::on("console");
    // A scanner opens the link three times; nothing happens.
    for _ in 0..3 {
        ines.get(&app, &link).await.says("Bonjour Inès Caron");
    }
    // Whoever opened it before has seen another key.
    let before = letters(&ines.get(&app, &link).await);
    let page = ines.get(&app, &link).await;
    let (secret, sealed) = (letters(&page), page.hidden("sealed"));
    assert_ne!(before, secret);
    let code = shown_code(&app, &secret);
    let broken: String = sealed.chars().rev().collect();
    for (password, code, sealed, keeps) in [
        (CATS, "", sealed.as_str(), true),
        (CATS, "000000", &sealed, true),
        ("court", &code, &sealed, true),
        ("ines caron", &code, &sealed, true),
        (CATS, &code, "", false),
        (CATS, &code, &broken, false),
    ] {
        let typed = [
            ("new_password", password),
            ("code", code),
            ("sealed", sealed),
        ];
        let refused = ines.post(&app, &link, &typed).await;
        assert_eq!(refused.status, 422, "{password} {code}: {}", refused.text());
        // Nobody has to set their application up again.
        assert_eq!(letters(&refused) == secret, keeps);
        assert_eq!(ines.get(&app, "/").await.location, "/connexion?retour=%2F");
    }
    let (mut ines, secret, spare) = begun(&app, &link).await;
    assert_eq!(spare.len(), 8);
    ines.get(&app, "/").await.says("Aucune association");
    // The link is used up, the first code too.
    assert_eq!(Person::on("console").get(&app, &link).await.status, 410);
    let used = shown_code(&app, &secret);
    let fresh = next_code(&app, &secret);
    for wrong in [
        (INES, CATS, ""),
        (INES, CATS, used.as_str()),
        (INES, "", fresh.as_str()),
        (INES, "trois petits chiens", fresh.as_str()),
        ("autre@exemple.fr", CATS, fresh.as_str()),
    ] {
        let (mut person, refused) = tries(&app, wrong).await;
        refused.says("L’adresse, le mot de passe ou le code n’est pas le bon");
        assert_eq!(refused.status, 422);
        assert_eq!(person.get(&app, "/equipe").await.status, 303);
    }
    // None of those took the code. Spaces and capitals do not count.
    let (mut phone, entered) = tries(&app, ("Ines@Exemple.fr ", CATS, &fresh)).await;
    assert_eq!((entered.status, entered.location.as_str()), (303, "/"));
    phone
        .get(&app, "/journal")
        .await
        .says("Inès Caron (ines@exemple.fr) entre, avec mot de passe et code");
    let (_, again) = tries(&app, (INES, CATS, &fresh)).await;
    assert_eq!(again.status, 422);
    // A spare code opens once.
    assert_eq!(tries(&app, (INES, CATS, &spare[0])).await.1.status, 303);
    assert_eq!(tries(&app, (INES, CATS, &spare[0])).await.1.status, 422);
}

#[tokio::test]
async fn a_session_at_the_console_ends_when_it_is_not_used_and_after_half_a_day() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, secret, _) = begun(&app, &link).await;
    for _ in 0..11 {
        app.clock.pass(TimeDelta::minutes(59));
        assert_eq!(ines.get(&app, "/").await.status, 200);
    }
    for _ in 0..2 {
        app.clock.pass(TimeDelta::minutes(59));
    }
    assert_eq!(ines.get(&app, "/").await.status, 303);
    let code = next_code(&app, &secret);
    let (mut ines, _) = tries(&app, (INES, CATS, &code)).await;
    app.clock.pass(TimeDelta::minutes(60));
    assert_eq!(ines.get(&app, "/").await.status, 303);
    let code = next_code(&app, &secret);
    let (mut ines, _) = tries(&app, (INES, CATS, &code)).await;
    for _ in 0..12 {
        app.clock.pass(TimeDelta::minutes(59));
        ines.get(&app, "/").await;
    }
    app.clock.pass(TimeDelta::minutes(12));
    assert_eq!(ines.get(&app, "/").await.status, 303);
    // Leaving ends it where somebody kept the cookie.
    let code = next_code(&app, &secret);
    let (mut ines, _) = tries(&app, (INES, CATS, &code)).await;
    ines.get(&app, "/").await;
    let mut kept = ines.clone();
    assert_eq!(ines.post(&app, "/deconnexion", &[]).await.status, 303);
    assert_eq!(kept.get(&app, "/").await.status, 303);
}

#[tokio::test]
async fn the_team_invites_and_closes_with_a_code_each_time() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, secret, _) = begun(&app, &link).await;
    ines.get(&app, "/equipe").await.says("Il reste 8 codes");
    let malo = [("name", "Malo Kerjean"), ("email", "malo@exemple.fr")];
    let refused = ines.post(&app, "/equipe/inviter", &malo).await;
    refused.says("n’est pas le bon");
    // What was typed is still there.
    assert_eq!(refused.value("name").as_deref(), Some("Malo Kerjean"));
    let code = next_code(&app, &secret);
    let bad = [("name", ""), ("email", "malo"), ("code", &code)];
    let refused = ines.post(&app, "/equipe/inviter", &bad).await;
    refused
        .says("Écrivez un nom")
        .says("Ce n’est pas une adresse");
    let typed = [malo[0], malo[1], ("code", &code)];
    let made = ines.post(&app, "/equipe/inviter", &typed).await;
    let path = path_of(made.says("Un lien pour Malo Kerjean"));
    ines.get(&app, "/equipe")
        .await
        .says("L’accès n’est pas encore en place. Un lien sert");
    let (mut malo, _, _) = begun(&app, &path).await;
    malo.get(&app, "/journal")
        .await
        .says("Malo Kerjean (malo@exemple.fr) a mis en place son accès");
    // One's own is closed by others, with a code of theirs.
    let page = ines.get(&app, "/equipe").await;
    let path = page.link("/equipe/0");
    ines.get(&app, &path)
        .await
        .says("Fermer l’accès de Malo Kerjean");
    malo.get(&app, "/equipe").await;
    let own = malo.post(&app, &path, &[]).await;
    own.says("C’est votre propre accès");
    let refused = ines.post(&app, &path, &[("code", &code)]).await;
    refused.says("n’est pas le bon");
    assert_eq!(malo.get(&app, "/").await.status, 200);
    let code = next_code(&app, &secret);
    let closed = ines.post(&app, &path, &[("code", &code)]).await;
    assert_eq!(closed.location, "/equipe", "{}", closed.text());
    assert_eq!(malo.get(&app, "/").await.status, 303);
    let page = ines.get(&app, "/equipe").await;
    page.says("L’accès de Malo Kerjean est fermé");
    assert!(!page.text().contains("malo@exemple.fr"));
    assert_eq!(ines.get(&app, &path).await.status, 404);
}

#[tokio::test]
async fn whoever_is_called_otherwise_since_has_done_no_other_things() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, secret, _) = begun(&app, &link).await;
    let code = next_code(&app, &secret);
    ines.get(&app, "/equipe").await;
    let typed = [("name", "Quelqu’un"), ("email", INES), ("code", &code)];
    let made = ines.post(&app, "/equipe/inviter", &typed).await;
    let path = path_of(&made);
    // Until the link is opened, who is there keeps their name.
    let page = ines.get(&app, "/equipe").await;
    assert!(!page.text().contains("Quelqu’un"));
    let (mut again, _, _) = begun(&app, &path).await;
    again.get(&app, "/equipe").await.says("Quelqu’un");
    let journal = again.get(&app, "/journal").await;
    journal.says("Quelqu’un (ines@exemple.fr) a refait son accès");
    journal.says("Inès Caron (ines@exemple.fr) a fait un lien pour Inès Caron (ines");
}

#[tokio::test]
async fn another_link_makes_an_access_anew_and_ends_the_old_one() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, secret, spare) = begun(&app, &link).await;
    let first = invited(&app).await;
    let earlier = Person::on("console")
        .get(&app, &first)
        .await
        .hidden("sealed");
    let second = invited(&app).await;
    // One link a person, and the old access holds until it is used.
    assert_eq!(Person::on("console").get(&app, &first).await.status, 410);
    assert_eq!(ines.get(&app, "/").await.status, 200);
    let (mut again, other_secret, _) = begun(&app, &second).await;
    assert_eq!(again.get(&app, "/").await.status, 200);
    assert_eq!(ines.get(&app, "/").await.status, 303);
    let old = next_code(&app, &secret);
    assert_eq!(tries(&app, (INES, CATS, &old)).await.1.status, 422);
    assert_eq!(tries(&app, (INES, CATS, &spare[1])).await.1.status, 422);
    let new = shown_code(&app, &other_secret);
    assert_eq!(tries(&app, (INES, CATS, &new)).await.1.status, 303);
    // What the database keeps of a secret, sealed, nobody has shown to them by sending it in.
    let link = invited(&app).await;
    let kept: (Vec<u8>,) = sqlx::query_as("select second_sealed from staff")
        .fetch_one(&mut administrator(&app).await)
        .await
        .unwrap();
    let kept = URL_SAFE_NO_PAD.encode(kept.0);
    let mut thief = Person::on("console");
    thief.get(&app, &link).await;
    for sealed in [kept.as_str(), &earlier] {
        let typed = [("new_password", CATS), ("code", "1"), ("sealed", sealed)];
        let refused = thief.post(&app, &link, &typed).await;
        assert_eq!(refused.status, 422);
        assert_ne!(letters(&refused), other_secret);
    }
    // One that nobody opened runs out.
    let link = invited(&app).await;
    app.clock.pass(TimeDelta::hours(24));
    assert_eq!(Person::on("console").get(&app, &link).await.status, 410);
}
