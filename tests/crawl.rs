//! Every route, with every id of another SEL, as everybody: the answer is that for an id that does
//! not exist anywhere, byte for byte, and nothing of the other SEL changes.

mod asking;
mod control;
mod links;
pub(crate) mod routes;
mod times;

use crate::story::{App, MARS, Person, gives};
use crate::story_logins::CATS;
use crate::tenancy::cast::Cast;
use crate::tenancy::catalogue;
use asking::{Plain, asks, program_asks};
use chrono::TimeDelta;
use routes::{Ids, RouteOf};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};
use std::collections::BTreeSet;
use store::testing::Database;
use uuid::Uuid;

/// An id of nothing, as new as the others.
const NOTHING: &str = "019eca4b-0000-7000-8000-00000000dead";

/// What ends the session that asks, or has no answer but to somebody in particular.
const NOT_CRAWLED: [&str; 9] = [
    "/deconnexion",
    "/compte/appareils/fin",
    "/compte/quitter",
    "/compte/sels/separer",
    "/connexion",
    "/connexion/lien",
    // Questions and secrets that nobody can guess, made from no id.
    "/connexion/cle",
    "/compte/cles",
    "/compte/acces",
];

/// Whose rows name two things that stand in one address.
const TWO_IN_ONE: [&str; 2] = ["notice_photo", "webhook_call"];

/// The pairs of ids in one row, of those tables.
async fn pairs_of(connection: &mut PgConnection, sel: Uuid) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for table in TWO_IN_ONE {
        let statement = format!("select t::text from {table} t where association_id = $1");
        let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(statement))
            .bind(sel)
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        for (row,) in rows {
            let words = row.split(['(', ')', ',']);
            let ids: Vec<&str> = words.filter(|it| it.parse::<Uuid>().is_ok()).collect();
            for one in &ids {
                let others = ids.iter().filter(|it| *it != one);
                pairs.extend(others.map(|it| ((*one).to_owned(), (*it).to_owned())));
            }
        }
    }
    pairs
}

/// All ids that rows of this SEL have, and a digest of the rows.
async fn rows_of(connection: &mut PgConnection, sel: Uuid) -> (BTreeSet<String>, String) {
    let mut ids = BTreeSet::new();
    let mut digests = Vec::new();
    for table in catalogue::tables(connection).await.unwrap() {
        let name = table.name;
        let statement = format!(
            "select coalesce(string_agg(t::text, chr(10) order by t::text), '') from {name} t \
             where association_id = $1"
        );
        let (rows,): (String,) = sqlx::query_as(AssertSqlSafe(statement))
            .bind(sel)
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        let is_id = |word: &&str| word.len() == 36 && word.parse::<Uuid>().is_ok();
        let words = rows.split(['(', ')', ',', '\n', '"', '{', '}']);
        ids.extend(words.filter(is_id).map(str::to_owned));
        digests.push(format!("{name}: {rows}"));
    }
    ids.remove(&sel.to_string());
    (ids, digests.join("\n"))
}

fn verdict(whose: &str, route: &RouteOf, found: (&Plain, &Plain)) -> Option<String> {
    let (theirs, nothing) = found;
    let name = format!("{whose}: {} {}", route.method, route.path);
    if theirs != nothing {
        let mut lines = theirs.body.lines().zip(nothing.body.lines());
        let line = lines.find(|(a, b)| a != b);
        let mut headers = theirs.headers.iter().zip(&nothing.headers);
        let header = headers.find(|(a, b)| a != b);
        let (theirs, nothing) = (theirs.status, nothing.status);
        return Some(format!(
            "{name}: {theirs} instead of {nothing}: {line:?} {header:?}"
        ));
    }
    let odd = route.has_id() && !is_shut(whose, route, theirs.status);
    odd.then(|| format!("{name}: {}", theirs.status))
}

/// Where the answer is another than 403 or 404, and why. It says nothing of the id.
const ELSEWHERE: [(&str, u16); 11] = [
    // Ending what is not there is no mistake: it is over.
    ("/compte/acces/:id/fin", 303),
    ("/compte/appareils/:id/fin", 303),
    ("/recherches/:id/retirer", 303),
    ("/bureau/connexion/:id/fin", 303),
    // The list says in a sentence that nobody left under it.
    ("/adherents/:id/retour", 303),
    // And so it does of a search that is nobody's.
    ("/recherches/:id/rythme", 303),
    // An older address leads to today's, whatever it names.
    ("/allies/:code/annonces/:id", 303),
    // A passkey or an account elsewhere that is gone opens nothing: it is over.
    ("/compte/connexions/:id/delier", 303),
    ("/compte/cles/:id/retirer", 303),
    // Who they are is asked first.
    ("/compte/connexions/avec/", 422),
    // A dance that did not begin here.
    ("/connexion/retour/:slug", 410),
];

fn is_shut(whose: &str, route: &RouteOf, status: u16) -> bool {
    let known = |(path, its): &(&str, u16)| route.path.starts_with(path) && *its == status;
    match status {
        403 | 404 => true,
        // A link that is none.
        410 if route.path.contains("/:link") => true,
        // To where one logs in.
        303 | 401 if whose == "stranger" => true,
        _ => ELSEWHERE.iter().any(known),
    }
}

/// Those who look, by what they may. They have a password, which proves who they are.
async fn people(app: &App, fatima: &Person) -> Vec<(&'static str, Person)> {
    let mut stranger = Person::on(MARS);
    stranger.get(app, "/connexion").await;
    let (mut claire, mut fatima) = (app.member("Claire").await, fatima.clone());
    for person in [&mut claire, &mut fatima] {
        with_password(app, person).await;
    }
    vec![
        ("stranger", stranger),
        ("member", claire),
        ("board", fatima),
    ]
}

async fn with_password(app: &App, person: &mut Person) {
    person.get(app, "/compte/mot-de-passe").await;
    let typed = [("new_password", CATS)];
    let done = person.post(app, "/compte/mot-de-passe", &typed).await;
    assert_eq!(done.location, "/", "{}", done.text());
}

/// What is asked of a route: one thing each, or two that hang together.
fn asked_of<'a>(
    route: &RouteOf,
    (ids, pairs): (&'a BTreeSet<String>, &'a BTreeSet<(String, String)>),
    sel: &'a str,
) -> Vec<Ids<'a>> {
    if route.has_two() {
        let both = |(one, other): &'a (String, String)| Ids { one, other, sel };
        return pairs.iter().map(both).collect();
    }
    let it = |one: &'a String| Ids {
        one,
        other: one,
        sel,
    };
    ids.iter().map(it).collect()
}

const PERMISSIONS: [&str; 6] = [
    "notices.read",
    "notices.write",
    "members.read",
    "account.read",
    "exchanges.write",
    "rights",
];

/// How long to wait between two tries of the same: what some routes are asked is counted.
fn between(route: &RouteOf) -> TimeDelta {
    let is_at = |path: &str| route.path.starts_with(path);
    match route.method.as_str() {
        "POST" if is_at("/appareil") => TimeDelta::hours(1),
        "POST" if is_at("/compte/") || is_at("/connexion/") => TimeDelta::minutes(2),
        _ => TimeDelta::zero(),
    }
}

async fn owner(database: &Database) -> PgConnection {
    database.administrator().connect().await.unwrap()
}

async fn code_of(connection: &mut PgConnection, sel: Uuid) -> String {
    let (code,) = sqlx::query_as("select code from association where association_id = $1")
        .bind(sel)
        .fetch_one(connection)
        .await
        .unwrap();
    code
}

#[tokio::test]
async fn an_id_of_another_sel_is_an_id_of_nothing() {
    let (app, mut fatima) = App::with_mars().await;
    let people = people(&app, &fatima).await;
    let mut claire = app.member("Claire").await;
    let programs = [
        (
            "program",
            gives(&app, &mut claire, MARS, &PERMISSIONS[..5]).await,
        ),
        (
            "program of the board",
            gives(&app, &mut fatima, MARS, &PERMISSIONS).await,
        ),
    ];
    let moon = Cast::enter(&app.database, "sel-de-lune").await;
    let mut connection = owner(&app.database).await;
    let (ids, before) = rows_of(&mut connection, moon.association.0).await;
    assert!(ids.len() > 30, "{} ids", ids.len());
    let pairs = pairs_of(&mut connection, moon.association.0).await;
    let sel = moon.association.0.to_string();
    assert_eq!(code_of(&mut connection, moon.association.0).await, "SELD");
    let mut found = Vec::new();
    let mut asked = 0;
    for route in routes::of_pages() {
        if NOT_CRAWLED.contains(&route.path.as_str()) || (route.method == "GET" && !route.has_id())
        {
            continue;
        }
        for (whose, person) in &people {
            // Limits are not what is tried here.
            app.clock.pass(TimeDelta::minutes(20));
            let nothing = asks(&app, person, &route, NOTHING).await;
            for these in asked_of(&route, (&ids, &pairs), &sel) {
                app.clock.pass(between(&route));
                let theirs = asks(&app, person, &route, these).await;
                asked += 1;
                found.extend(verdict(whose, &route, (&theirs, &nothing)));
            }
        }
    }
    // What is recorded under an id is there afterwards.
    let mut of_programs = routes::of_programs();
    of_programs.sort_by_key(|it| it.method == "POST" && it.path.ends_with("/exchanges"));
    for route in of_programs {
        if route.method == "GET" && !route.has_id() || route.path.ends_with(":number") {
            continue;
        }
        for (whose, program) in &programs {
            app.clock.pass(TimeDelta::minutes(2));
            let nothing = program_asks(&app, program, &route, NOTHING).await;
            for id in &ids {
                app.clock.pass(TimeDelta::seconds(2));
                let theirs = program_asks(&app, program, &route, id).await;
                asked += 1;
                found.extend(verdict(whose, &route, (&theirs, &nothing)));
            }
        }
    }
    let (_, after) = rows_of(&mut connection, moon.association.0).await;
    println!("{asked} requests with {} ids of another SEL", ids.len());
    assert!(after == before, "the other SEL was changed");
    let count = found.len();
    // One of each kind is enough to see.
    found.dedup_by(|a, b| a.split(": ").take(2).eq(b.split(": ").take(2)));
    assert!(found.is_empty(), "{count} findings:\n{}", found.join("\n"));
}
