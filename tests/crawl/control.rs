//! That the crawl knocks at doors which open to somebody.

use super::asking::asks;
use super::routes::{self, Ids, RouteOf};
use super::{
    ELSEWHERE, NOT_CRAWLED, NOTHING, asked_of, between, owner, pairs_of, rows_of, with_password,
};
use crate::story::{App, Person};
use crate::story_logins::logs_in;
use crate::tenancy::cast::{self, Cast};

/// Where even those whose things they are get no answer here, and why.
const SHUT_TO_ALL: [&str; 20] = [
    // No ids of a SEL's things: a dance, a letter of the demo, a step.
    "GET /connexion/retour/:slug",
    "GET /courriels/:id",
    "GET /demarrer/:step",
    "POST /demarrer/:step",
    // Who has come in is described by nobody else: `story_desk` shows what is done before.
    "POST /adherents/:id/courriel",
    "GET /adherents/:id/modifier",
    "POST /adherents/:id/modifier",
    // It ends by who is none of the two: `corrections.test.js`.
    "POST /desaccords/:id/fin",
    // What ends something says so whether there was something or not; and an older address leads
    // to today's, whatever it names.
    "GET /allies/:code/annonces/:id",
    "POST /bureau/connexion/:id/fin",
    "POST /compte/acces/:id/fin",
    "POST /compte/cles/:id/retirer",
    "POST /compte/connexions/:id/delier",
    "POST /recherches/:id/retirer",
    // What is public of other SELs, seen from here: `story_showcase` shows that it is.
    "GET /sels/:code/annonces/:id",
    "POST /sels/:code/annonces/:id/ecrire",
    "GET /sels/:code/annonces/:id/photos/:photo/:size",
    "GET /photos/:sel/:notice/:photo/:size",
    "GET /vitrine/:address",
    "GET /vitrine/:address/murmurations.json",
];

/// How the addresses end that end something.
const ENDS: [&str; 5] = ["/fin", "/retirer", "/depart", "/delier", "/fermer"];

/// Whether the route answers somebody about one of these.
async fn opens(app: &App, route: &RouteOf, all: &[Ids<'_>], people: &[Person]) -> bool {
    for these in all {
        for person in people {
            app.clock.pass(between(route));
            let plain = asks(app, person, route, *these).await;
            let out = plain
                .headers
                .iter()
                .any(|(_, it)| it.starts_with("/connexion?"));
            if out || plain.status >= 500 || matches!(plain.status, 403 | 404 | 410 | 429) {
                continue;
            }
            // An answer that is the same for an id of nothing would be none.
            let blind = ELSEWHERE.iter().any(|(it, _)| route.path.starts_with(it));
            if !blind || asks(app, person, route, NOTHING).await != plain {
                return true;
            }
        }
    }
    false
}

/// The crawl would find nothing where a route says no to everybody: so those whose things they are
/// ask, too, and each route answers one of them about something.
#[tokio::test]
async fn whose_it_is_gets_an_answer() {
    let app = App::open().await;
    let moon = Cast::enter(&app.database, "sel-de-lune").await;
    let mut connection = owner(&app.database).await;
    let sel = moon.association.0;
    let (ids, _) = rows_of(&mut connection, sel).await;
    let pairs = pairs_of(&mut connection, sel).await;
    let sel = sel.to_string();
    for id in &ids {
        let key = format!("{sel}/{id}/grande.jpg");
        app.files().put(&key, b"\xff\xd8\xff").await.unwrap();
    }
    app.clock.pass(cast::moment() - app.clock.now());
    let mut routes = routes::of_pages();
    let is_asked = |it: &RouteOf| it.has_id() && !it.path.contains("/:link");
    routes.retain(|it| is_asked(it) && !NOT_CRAWLED.contains(&it.path.as_str()));
    // What ends a thing comes after what else is done about it.
    let ends = |it: &RouteOf| ENDS.iter().any(|end| it.path.ends_with(end));
    routes.sort_by_key(|it| (it.method.clone(), ends(it), it.path.clone()));
    let mut people = Vec::new();
    // Claire looks before Jean has come in: then nobody reads his details any more.
    for (name, acts) in [("claire", false), ("jean", true)] {
        let email = format!("{name}@sel-de-lune.exemple.fr");
        // The letters of before are sent before.
        app.settle().await;
        let mut person = logs_in(&app, "sel-de-lune", &email).await;
        with_password(&app, &mut person).await;
        people.push(person);
        let mut shut = Vec::new();
        for route in &routes {
            let all = asked_of(route, (&ids, &pairs), &sel);
            let is_asked = acts || route.method == "GET";
            if !is_asked || !opens(&app, route, &all, &people).await {
                shut.push(route.clone());
            }
        }
        routes = shut;
    }
    let mut shut: Vec<String> = routes
        .iter()
        .map(|it| format!("{} {}", it.method, it.path))
        .filter(|it| !SHUT_TO_ALL.contains(&it.as_str()))
        .collect();
    shut.sort();
    assert!(shut.is_empty(), "{shut:#?}");
}
