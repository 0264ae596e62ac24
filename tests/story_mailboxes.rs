//! Two people with one mailbox: what tells them apart.

use crate::story::{App, MARS, Person, Shown};
use crate::story_logins::{CATS, CLAIRE};

/// Luc (n° 5), who reads Claire's mailbox, too.
async fn luc(app: &App, fatima: &mut Person) {
    let path = "/bureau/adherents/nouveau";
    let page = fatima.get(app, path).await;
    let id = page.hidden("id");
    let typed = [
        ("id", id.as_str()),
        ("first_name", "Luc"),
        ("email", CLAIRE),
    ];
    assert_eq!(fatima.post(app, path, &typed).await.status, 303);
    app.settle().await;
}

/// The links of the newest two letters of that mailbox, by whom they are for.
async fn links(app: &App) -> Vec<(String, String)> {
    let letters = app.letters(CLAIRE).await;
    let newest = letters.iter().take(2);
    let link = |text: &str| {
        let at = text.split_once("/entrer/").unwrap().1;
        format!("/entrer/{}", at.split_whitespace().next().unwrap())
    };
    newest.map(|it| (it.text.clone(), link(&it.text))).collect()
}

async fn logs_in(app: &App, login: &str, password: &str) -> (Person, Shown) {
    let mut person = Person::on(MARS);
    person.get(app, "/connexion").await;
    let typed = [("login", login), ("password", password)];
    let shown = person.post(app, "/connexion", &typed).await;
    (person, shown)
}

#[tokio::test]
async fn each_has_a_link_a_password_and_a_number_of_their_own() {
    let (app, mut fatima) = App::with_mars().await;
    luc(&app, &mut fatima).await;
    let mut person = Person::on(MARS);
    person.get(&app, "/connexion").await;
    let asked = [("login", CLAIRE)];
    person.post(&app, "/connexion/lien", &asked).await;
    // One letter each, which says whose it is; each lets in whom it is for.
    let both = links(&app).await;
    assert_eq!(both.len(), 2);
    let mut people = Vec::new();
    for (name, number) in [("Claire", "n° 2"), ("Luc", "n° 5")] {
        let is_theirs = |(text, _): &&(String, String)| text.contains(name);
        let (text, link) = both.iter().find(is_theirs).unwrap();
        let text = text.replace('\u{a0}', " ");
        assert!(text.contains(number), "{text}");
        let mut person = Person::on(MARS);
        person.get(&app, link).await;
        assert_eq!(person.post(&app, link, &[]).await.status, 303);
        person.get(&app, "/").await.says(&format!("Bonjour {name}"));
        people.push(person);
    }
    let choose = async |person: &mut Person, password: &str| {
        person.get(&app, "/compte/mot-de-passe").await;
        let typed = [("new_password", password)];
        let done = person.post(&app, "/compte/mot-de-passe", &typed).await;
        assert_eq!(done.location, "/", "{}", done.text());
    };
    choose(&mut people[0], CATS).await;
    choose(&mut people[1], "quatre grands chiens").await;
    for (password, name) in [(CATS, "Claire"), ("quatre grands chiens", "Luc")] {
        let (mut person, _) = logs_in(&app, CLAIRE, password).await;
        person.get(&app, "/").await.says(&format!("Bonjour {name}"));
    }
    // With the same password, the number tells.
    choose(&mut people[1], CATS).await;
    let (_, several) = logs_in(&app, CLAIRE, CATS).await;
    assert_eq!(several.status, 422);
    several.says("votre numéro d’adhérent");
    for (number, name) in [("2", "Claire"), ("5", "Luc")] {
        let (mut person, _) = logs_in(&app, number, CATS).await;
        person.get(&app, "/").await.says(&format!("Bonjour {name}"));
    }
    // By number, one letter.
    let before = app.letters(CLAIRE).await.len();
    person.get(&app, "/connexion").await;
    person
        .post(&app, "/connexion/lien", &[("login", "5")])
        .await;
    app.settle().await;
    assert_eq!(app.letters(CLAIRE).await.len(), before + 1);
}
