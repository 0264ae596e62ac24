//! A second proof of who somebody is.

use crate::story::{App, MARS, Person};
use crate::story_logins::{CATS, CLAIRE, logs_in};
use chrono::TimeDelta;

/// What an application with this secret shows now.
pub(crate) fn shown_code(app: &App, letters: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(letters.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(app.clock.now().timestamp()).unwrap();
    totp.generate(now).to_string()
}

/// Sets a second proof up. Gives the secret in letters, and the spare codes.
pub(crate) async fn doubly(app: &App, person: &mut Person) -> (String, Vec<String>) {
    let page = person.get(app, "/compte/second").await;
    let letters = page.text();
    let (_, letters) = letters.split_once("recopiez cette clé : ").unwrap();
    let (letters, _) = letters.split_once(" Ouvrir l’application").unwrap();
    let code = shown_code(app, letters);
    let typed = [("password", CATS), ("code", &code)];
    let done = person.post(app, "/compte/second", &typed).await;
    done.says("Vos codes de secours");
    let codes = done.html.split("<li class=\"tel\">").skip(1);
    let codes = codes.map(|it| it.split('<').next().unwrap().to_owned());
    (letters.to_owned(), codes.collect())
}

/// Claire, logged in, with a password.
pub(crate) async fn with_password(app: &App) -> Person {
    let mut claire = logs_in(app, MARS, CLAIRE).await;
    claire.get(app, "/compte/mot-de-passe").await;
    let chosen = [("new_password", CATS)];
    claire.post(app, "/compte/mot-de-passe", &chosen).await;
    claire
}

/// Claire, whose password was right, on another phone, and where her code is asked for.
pub(crate) async fn asked_for_a_code(app: &App) -> (Person, String) {
    let mut phone = Person::on(MARS);
    phone.get(app, "/connexion").await;
    let typed = [("login", CLAIRE), ("password", CATS)];
    let asked = phone.post(app, "/connexion", &typed).await;
    let path = asked.location.split('?').next().unwrap().to_owned();
    phone.get(app, &path).await;
    (phone, path)
}

#[tokio::test]
async fn a_second_proof_is_asked_at_every_login_and_each_code_opens_once() {
    let (app, _) = App::with_mars().await;
    let mut claire = with_password(&app).await;
    claire.get(&app, "/compte/second").await;
    let wrong = [("password", CATS), ("code", "000000")];
    let refused = claire.post(&app, "/compte/second", &wrong).await;
    refused.says("n’est pas le bon, ou il a déjà servi");
    let (letters, codes) = doubly(&app, &mut claire).await;
    assert_eq!(codes.len(), 8);
    let page = claire.get(&app, "/compte/second").await;
    page.says("Il vous reste 8 codes de secours");
    assert!(!page.text().contains("recopiez cette clé"));
    // By password, and by link: neither is enough.
    let typed = [("login", CLAIRE), ("password", CATS)];
    let mut phone = Person::on(MARS);
    phone.get(&app, "/connexion?retour=/annonces").await;
    let typed = [typed[0], typed[1], ("retour", "/annonces")];
    let asked = phone.post(&app, "/connexion", &typed).await;
    assert!(
        asked.location.starts_with("/connexion/code/"),
        "{}",
        asked.location
    );
    let home = phone.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
    let path = asked.location.split('?').next().unwrap().to_owned();
    let page = phone.get(&app, &asked.location).await;
    assert_eq!(page.hidden("retour"), "/annonces");
    // The code that put it in place does not open.
    let used = shown_code(&app, &letters);
    let again = phone.post(&app, &path, &[("code", &used)]).await;
    again.says("n’est pas le bon, ou il a déjà servi");
    app.clock.pass(TimeDelta::minutes(2));
    let code = shown_code(&app, &letters);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let typed = [("code", spaced.as_str()), ("retour", "/annonces")];
    let entered = phone.post(&app, &path, &typed).await;
    assert_eq!(entered.location, "/annonces", "{}", entered.text());
    phone.get(&app, "/").await.says("Bonjour Claire");
    let mut other = Person::on(MARS);
    other.get(&app, &path).await;
    app.clock.pass(TimeDelta::minutes(1));
    let code = shown_code(&app, &letters);
    let spent = other.post(&app, &path, &[("code", &code)]).await;
    assert_eq!(spent.status, 410, "{}", spent.text());
}

#[tokio::test]
async fn a_spare_code_opens_once_and_a_second_proof_is_given_up_with_a_last_one() {
    let (app, _) = App::with_mars().await;
    let mut claire = with_password(&app).await;
    let (letters, codes) = doubly(&app, &mut claire).await;
    let mut other = Person::on(MARS);
    other.get(&app, "/connexion").await;
    other
        .post(&app, "/connexion/lien", &[("login", CLAIRE)])
        .await;
    let link = app.link_to(CLAIRE, "/entrer/").await;
    other.get(&app, &link).await;
    let asked = other.post(&app, &link, &[]).await;
    let path = asked.location.split('?').next().unwrap().to_owned();
    other.get(&app, &path).await;
    let spare = codes[3].to_uppercase();
    let entered = other.post(&app, &path, &[("code", &spare)]).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    let page = other.get(&app, "/compte/second").await;
    page.says("Il vous reste 7 codes de secours");
    // What is meant is said first: no key does it by itself.
    let unsaid = [("password", CATS), ("code", &spare)];
    let asked = other.post(&app, "/compte/second/autrement", &unsaid).await;
    asked.says("Dites ce que vous voulez faire");
    let typed = [("what", "fin"), ("password", CATS), ("code", &spare)];
    let spent = other.post(&app, "/compte/second/autrement", &typed).await;
    spent.says("n’est pas le bon, ou il a déjà servi");
    app.clock.pass(TimeDelta::minutes(1));
    let code = shown_code(&app, &letters);
    let typed = [("what", "fin"), ("password", CATS), ("code", &code)];
    let ended = other.post(&app, "/compte/second/autrement", &typed).await;
    assert_eq!(ended.location, "/compte", "{}", ended.text());
    let mut again = Person::on(MARS);
    again.get(&app, "/connexion").await;
    let typed = [("login", CLAIRE), ("password", CATS)];
    again.post(&app, "/connexion", &typed).await;
    again.get(&app, "/").await.says("Bonjour Claire");
}

#[tokio::test]
async fn no_other_way_leads_around_a_second_proof() {
    let (app, _) = App::with_mars().await;
    let mut claire = with_password(&app).await;
    let mut library = logs_in(&app, MARS, CLAIRE).await;
    let (letters, _) = doubly(&app, &mut claire).await;
    // What was open elsewhere is not any more, and all hear of it.
    let home = library.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
    let told = app.letters(CLAIRE).await;
    assert!(
        told[0]
            .subject
            .contains("seconde vérification est en place")
    );
    claire.get(&app, "/compte/sels").await;
    let alone = claire.post(&app, "/compte/sels/separer", &[("password", CATS)]);
    let alone = alone.await;
    assert_eq!(alone.location, "/compte/sels", "{}", alone.text());
    claire.get(&app, "/compte/second").await.says("En place");
    app.clock.pass(TimeDelta::minutes(20));
    claire.get(&app, "/compte/sels").await;
    let typed = [("sel", "mars"), ("password", CATS)];
    let late = claire.post(&app, "/compte/sels", &typed).await;
    late.says("Votre session est ouverte depuis un moment");
    // Codes are counted, right or wrong.
    let (mut phone, path) = asked_for_a_code(&app).await;
    for _ in 0..20 {
        let wrong = phone.post(&app, &path, &[("code", "000000")]).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text());
    }
    let code = shown_code(&app, &letters);
    let late = phone.post(&app, &path, &[("code", &code)]).await;
    assert_eq!(late.status, 429, "{}", late.text());
    // A link would ask for a code, too.
    assert!(!late.text().contains("courriel"), "{}", late.text());
}

#[tokio::test]
async fn who_lost_everything_is_let_in_by_the_host() {
    let (app, _) = App::with_mars().await;
    let mut claire = with_password(&app).await;
    doubly(&app, &mut claire).await;
    app.settle().await;
    app.clock.pass(TimeDelta::minutes(1));
    let now = app.clock.now();
    let web = &app.database.web;
    let unknown = desk::membership::release(web, MARS, 99, now).await;
    assert!(!unknown.unwrap());
    let released = desk::membership::release(web, MARS, 2, now).await;
    assert!(released.unwrap());
    let home = claire.get(&app, "/").await;
    assert!(!home.text().contains("Bonjour"), "{}", home.text());
    let told = app.letters(CLAIRE).await;
    assert!(
        told[0].subject.contains("votre propre connexion"),
        "{:?}",
        told[0]
    );
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    claire.get(&app, "/").await.says("Bonjour Claire");
}
