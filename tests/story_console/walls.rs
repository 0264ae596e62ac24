//! What keeps the console apart.

use super::{begun, invited};
use crate::crawl::routes;
use crate::story::{App, MARS, Person};
use poem::http::header;
use sqlx::{AssertSqlSafe, ConnectOptions};

#[tokio::test]
async fn the_database_itself_lets_nobody_in_without_a_second_proof() {
    let app = App::open().await;
    invited(&app).await;
    let mut administrator = app.database.administrator().connect().await.unwrap();
    let refused = async |connection: &mut sqlx::PgConnection, statement: &str| {
        let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
            .execute(connection)
            .await;
        let error = done.unwrap_err();
        let error = error.as_database_error().unwrap();
        error.constraint().unwrap_or(error.message()).to_owned()
    };
    let session = "set role saline_console; insert into staff_session (session_hash, staff_id, \
        started_at, seen_at, expires_at) select '\\x00', staff_id, now(), now(), now() from staff";
    let why = refused(&mut administrator, session).await;
    assert_eq!(why, "no_session_without_a_second");
    let password = "set role saline_console; update staff set password_hash = 'x'";
    let why = refused(&mut administrator, password).await;
    assert_eq!(why, "password_comes_with_a_second");
    // Nor does it let the console look into a SEL, or forget what was done.
    for statement in [
        "select from member",
        "select from notice",
        "select from exchange",
        "select from identity",
        "select from session",
        "select from signing_key",
        "select latitude from association",
        "select from passkey",
        "delete from staff_act",
        "update staff_act set kind = 'begun'",
    ] {
        let statement = format!("set role saline_console; {statement}");
        let why = refused(&mut administrator, &statement).await;
        assert!(why.starts_with("permission denied"), "{statement}: {why}");
    }
}

#[tokio::test]
async fn the_console_lists_sels_with_counts_and_no_name_of_a_member() {
    let (app, _) = App::with_mars().await;
    app.founder_of(
        ("clos", "Le Clos"),
        ("Bernadette", "Roux", "b@exemple.fr"),
        1,
    )
    .await;
    let link = invited(&app).await;
    let (mut ines, _, _) = begun(&app, &link).await;
    let page = ines.get(&app, "/").await;
    page.says("SEL de Mars MARS · Aubagne Adhérents : 4 Annonces : 0 Dernier échange : aucun");
    page.says("Toutes 2")
        .says("Ouvertes 1")
        .says("En préparation 1");
    for name in ["Fatima", "Claire", "Bernadette", "exemple.fr", "Hub", "HUB"] {
        assert!(!page.text().contains(name), "{name}");
    }
    let found = ines.get(&app, "/?q=clo&etat=").await;
    found.says("Le Clos");
    assert!(!found.text().contains("SEL de Mars"));
    let none = ines.get(&app, "/?q=%25").await;
    none.says("Nous ne trouvons aucune association pour « % »");
    ines.get(&app, "/?etat=ouverts&page=2").await;
}

#[tokio::test]
async fn no_session_of_a_sel_opens_the_console_and_none_of_the_console_a_sel() {
    let (app, fatima) = App::with_mars().await;
    let mut there = fatima.replayed_on("console");
    assert_eq!(there.get(&app, "/").await.location, "/connexion?retour=%2F");
    let link = invited(&app).await;
    let (mut ines, _, _) = begun(&app, &link).await;
    ines.get(&app, "/").await;
    let mut here = ines.replayed_on(MARS);
    assert_eq!(here.get(&app, "/compte").await.status, 303);
    // Elsewhere there is no such page, and there is none of theirs at the console.
    assert_eq!(here.get(&app, "/equipe").await.status, 404);
    assert_eq!(ines.get(&app, "/annonces").await.status, 404);
    assert_eq!(ines.get(&app, "/api/v1/me").await.status, 404);
    assert_eq!(Person::on("").get(&app, "/equipe").await.status, 404);
}

/// What anybody may open at the console.
const OPEN: [&str; 5] = [
    "/connexion",
    "/connexion/cle",
    "/connexion/cle/fin",
    "/deconnexion",
    "/entree/:link",
];

#[tokio::test]
async fn every_route_of_the_console_is_shut_to_strangers_and_to_forms_from_elsewhere() {
    let (app, fatima) = App::with_mars().await;
    let link = invited(&app).await;
    let (mut ines, _, _) = begun(&app, &link).await;
    ines.get(&app, "/").await;
    let routes = routes::of_console();
    assert!(routes.len() >= 10, "{routes:?}");
    let nothing = "019eca4b-0000-7000-8000-00000000dead";
    for route in &routes {
        let path = route.with(nothing);
        let posts = route.method == "POST";
        let foreign = app.client.post(&path);
        let foreign = foreign
            .header(header::HOST, "console.localhost:8080")
            .header(header::ORIGIN, "http://mars.localhost:8080");
        if posts {
            assert_eq!(foreign.send().await.0.status(), 403, "{path}");
        }
        if OPEN.contains(&route.path.as_str()) {
            continue;
        }
        for person in [Person::on("console"), fatima.replayed_on("console")] {
            let mut person = person;
            person.get(&app, "/connexion").await;
            let shown = if posts {
                person.post(&app, &path, &[]).await
            } else {
                person.get(&app, &path).await
            };
            let shut = if posts { 401 } else { 303 };
            assert_eq!(shown.status, shut, "{} {path}", route.method);
        }
        // Inside, an id of nobody is that of nothing.
        if route.has_id() {
            let shown = if posts {
                ines.post(&app, &path, &[]).await
            } else {
                ines.get(&app, &path).await
            };
            // Taking a key away asks first who it is.
            let shut = if path.starts_with("/acces/") {
                422
            } else {
                404
            };
            assert_eq!(shown.status, shut, "{path}");
        }
    }
}
