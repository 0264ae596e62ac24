//! What keeps the console apart.

use super::{begun, invited};
use crate::crawl::routes;
use crate::story::{App, MARS, Person, offer};
use chrono::TimeDelta;
use poem::http::header;
use sqlx::{AssertSqlSafe, Executor};
use store::association::overview::{self, State};
use store::{Console, Pool};

/// Why the database refuses this to a login that takes this role: by the name of the wall, or by
/// what it says.
async fn refused(pool: &Pool, role: &str, statement: &str) -> String {
    let mut transaction = pool.begin().await.unwrap();
    let role = format!("set local role {role}");
    transaction.execute(AssertSqlSafe(role)).await.unwrap();
    let done = transaction
        .execute(AssertSqlSafe(statement.to_owned()))
        .await;
    let error = done.expect_err(statement);
    let error = error.as_database_error().unwrap();
    error.constraint().unwrap_or(error.message()).to_owned()
}

#[tokio::test]
async fn the_database_itself_lets_nobody_in_without_a_second_proof() {
    let app = App::open().await;
    invited(&app).await;
    let pool = &app.database.staff;
    let session = "insert into staff_session (session_hash, staff_id, started_at, seen_at, \
        expires_at) select '\\x00', staff_id, now(), now(), now() from staff";
    let why = refused(pool, "saline_console", session).await;
    assert_eq!(why, "no_session_without_a_second");
    let password = "update staff set password_hash = 'x'";
    let why = refused(pool, "saline_console", password).await;
    assert_eq!(why, "password_comes_with_a_second");
}

#[tokio::test]
async fn the_console_reads_nothing_of_a_sel_and_a_sel_nothing_of_the_console() {
    let app = App::open().await;
    for statement in [
        "select from member",
        "select from notice",
        "select from exchange",
        "select from identity",
        "select from session",
        "select from passkey",
        "select from signing_key",
        "select latitude from association",
        "delete from staff_act",
        "update staff_act set kind = 'begun'",
    ] {
        let why = refused(&app.database.staff, "saline_console", statement).await;
        assert!(why.starts_with("permission denied"), "{statement}: {why}");
    }
    let (web, work) = (&app.database.web, &app.database.work);
    for table in [
        "",
        "_invitation",
        "_spare_code",
        "_session",
        "_passkey",
        "_question",
        "_act",
    ] {
        for (pool, role) in [
            (web, "saline_door"),
            (web, "saline_member"),
            (web, "saline_follower"),
            (work, "saline_worker"),
            (work, "saline_member"),
            (work, "saline_queue"),
        ] {
            for statement in ["select from staff", "delete from staff"] {
                let why = refused(pool, role, &format!("{statement}{table}")).await;
                assert!(
                    why.starts_with("permission denied"),
                    "{role} {table}: {why}"
                );
            }
        }
    }
    let console = "set local role saline_console";
    let mut transaction = web.begin().await.unwrap();
    assert!(transaction.execute(console).await.is_err());
}

#[tokio::test]
async fn the_console_lists_sels_with_counts_and_no_name_of_a_member() {
    let (app, mut fatima) = App::with_mars().await;
    offer(&app, &mut fatima, "Confitures", "members").await;
    fatima
        .records(&app, "donne", ["30", "2", "Un gâteau"])
        .await;
    app.founder_of(
        ("clos", "Le Clos"),
        ("Bernadette", "Roux", "b@exemple.fr"),
        1,
    )
    .await;
    let link = invited(&app).await;
    let (mut ines, _, _) = begun(&app, &link).await;
    let page = ines.get(&app, "/").await;
    page.says(
        "SEL de Mars MARS · Aubagne Adhérents : 4 Annonces : 1 Dernier échange : aujourd’hui",
    );
    page.says("Toutes 2")
        .says("Ouvertes 1")
        .says("En préparation 1");
    for name in ["Fatima", "Claire", "Bernadette", "exemple.fr", "Hub", "HUB"] {
        assert!(!page.text().contains(name), "{name}");
    }
    let found = ines.get(&app, "/?q=clo&etat=").await;
    found.says("Le Clos");
    assert!(!found.text().contains("SEL de Mars"));
    // However it is spelt.
    let found = ines.get(&app, "/?q=S%C3%89L++D%27mars").await;
    found.says("Nous ne trouvons aucune association");
    ines.get(&app, "/?q=s%C3%A9l++DE-mars")
        .await
        .says("SEL de Mars");
    let none = ines.get(&app, "/?q=%25").await;
    none.says("Nous ne trouvons aucune association pour « % »");
    let beyond = ines.get(&app, "/?etat=ouverts&page=2").await;
    beyond.says("Aucune association ici. Les voir toutes");
    let elsewhere = ines.get(&app, "/?q=mars&etat=en-route").await;
    elsewhere.says("Toutes 1").says("Aucune association ici.");
    // The last opened comes first, page by page.
    let mut console = Console::begin(&app.database.staff, app.clock.now())
        .await
        .unwrap();
    for (offset, slug, more) in [(0, "clos", true), (1, "mars", false)] {
        let asked = ("", State::All);
        let page = overview::list(&mut console, asked, (offset, 1)).await;
        let (_, page) = page.unwrap();
        assert_eq!((page.rows[0].slug.as_str(), page.more), (slug, more));
    }
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

#[tokio::test]
async fn whatever_becomes_of_a_page_its_session_was_in_use() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, _, _) = begun(&app, &link).await;
    let nothing = "019eca4b-0000-7000-8000-00000000dead";
    let pages = routes::of_console();
    let pages = pages.iter().filter(|it| it.method == "GET");
    let looks = pages
        .filter(|it| it.path != "/readyz")
        .map(|it| it.with(nothing));
    let looks: Vec<String> = looks
        .chain(["/equipe?pour=".to_owned() + nothing])
        .collect();
    assert!(looks.len() >= 7, "{looks:?}");
    for path in looks {
        app.clock.pass(TimeDelta::minutes(31));
        ines.get(&app, &path).await;
        app.clock.pass(TimeDelta::minutes(31));
        assert_eq!(ines.get(&app, "/").await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn where_there_is_no_page_one_sets_out_from_home() {
    let app = App::open().await;
    // What people type before a name leads on; and the page that says no has its style.
    let led = Person::on("www").get(&app, "/annonces?q=miel").await;
    assert_eq!(led.location, "http://localhost:8080/annonces?q=miel");
    let style = Person::on("docs").get(&app, "/static/saline.css").await;
    assert_eq!(style.status, 200);
    for (slug, home) in [
        ("console", "/"),
        ("", "http://localhost:8080/"),
        ("personne", "http://localhost:8080/"),
    ] {
        let mut person = Person::on(slug);
        let missing = person.get(&app, "/nulle-part").await;
        assert_eq!(missing.status, 404, "{slug}");
        let button = format!("class=\"button\" href=\"{home}\"");
        assert!(missing.html.contains(&button), "{slug}: {}", missing.html);
    }
}

/// What anybody may open at the console.
const OPEN: [&str; 6] = [
    "/readyz",
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
            // The same host, and the token of nobody.
            let typed = [("csrf_token", "AAAA")];
            let forged = ines.posting(&app, &path).form(&typed).send().await;
            assert_eq!(forged.0.status(), 403, "{path}");
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
            if posts {
                shown.says("Vous n’êtes plus dans la console");
            }
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
