//! What everybody may see of a SEL: its pages, and what they tell machines.

use crate::story::{App, MARS, PORT, Person, Shown, offer};
use sel::id::{NoticeId, PhotoId};
use sel::member::Actor;
use serde_json::Value;

/// Fatima lets notices go to everybody; search engines may list them where `listed`.
async fn opens(app: &App, fatima: &mut Person, listed: bool) {
    lets(app, fatima, "public", listed).await;
}

async fn lets(app: &App, fatima: &mut Person, reach: &str, listed: bool) {
    let path = "/demarrer/4";
    let page = fatima.get(app, path).await;
    let typed = page.typed();
    let kept = typed
        .iter()
        .filter(|(name, _)| !["reach", "listed"].contains(&name.as_str()));
    let mut typed: Vec<(&str, &str)> = kept.map(|(n, v)| (n.as_str(), v.as_str())).collect();
    typed.push(("reach", reach));
    if listed {
        typed.push(("listed", "oui"));
    }
    assert_eq!(fatima.post(app, path, &typed).await.status, 303);
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

/// The path on the host of the SEL that a page links to first.
fn first_link(page: &Shown) -> String {
    let host = format!("http://{MARS}.localhost:{PORT}");
    let rest = between(&page.html, &format!("href=\"{host}/vitrine/"), "\"");
    format!("/vitrine/{rest}")
}

#[tokio::test]
async fn what_everybody_may_see_has_pages_of_its_own_and_nothing_else_has() {
    let (app, mut fatima) = App::with_mars().await;
    opens(&app, &mut fatima, true).await;
    let mut claire = app.member("Claire").await;
    let inside = offer(&app, &mut claire, "Repassage d’été", "public").await;
    let hidden = offer(&app, &mut claire, "Couture entre nous", "platform").await;
    app.settle().await;
    let (mut visitor, mut passer) = (Person::on(MARS), Person::on(""));
    for page in [
        visitor.get(&app, "/vitrine").await,
        visitor.get(&app, "/").await,
        visitor.get(&app, "/vitrine/cadre").await,
        passer.get(&app, "/annonces?q=repassage").await,
        passer.get(&app, "/annonces?commune=Aubagne&rayon=10").await,
    ] {
        page.says("Repassage d’été");
        assert!(!page.text().contains("Couture"), "{}", page.text());
        assert!(!page.text().contains("Claire"), "{}", page.text());
    }
    let path = first_link(&passer.get(&app, "/annonces").await);
    assert!(path.starts_with("/vitrine/repassage-d-ete-"), "{path}");
    let page = visitor.get(&app, &path).await;
    page.says("Repassage d’été").says("Laisser mon nom");
    assert!(!page.text().contains("Claire") && !page.html.contains("noindex"));
    let card = between(&page.html, "<meta property=\"og:title\" content=\"", "\"");
    assert!(card.ends_with("Repassage d’été"), "{card}");
    let said = between(
        &page.html,
        "<script type=\"application/ld+json\">",
        "</script>",
    );
    let said: Value = serde_json::from_str(said).unwrap();
    assert_eq!(said["@type"], "Offer");
    assert_eq!(said["description"], "Le vendredi, </script> et en musique.");
    assert_eq!(said["url"], format!("http://{MARS}.localhost:{PORT}{path}"));
    let (_, id) = path.rsplit_once('-').unwrap();
    let moved = visitor
        .get(&app, &format!("/vitrine/autre-titre-{id}"))
        .await;
    assert_eq!(
        (moved.status, moved.location.as_str()),
        (301, path.as_str())
    );
    assert_eq!(visitor.get(&app, &inside).await.location, path);
    let first = visitor.get(&app, &hidden).await.location;
    assert!(first.starts_with("/connexion?retour="), "{first}");
    claire
        .get(&app, &path)
        .await
        .says("Voir l’annonce entre adhérents");
    claire.get(&app, &inside).await;
    claire.post(&app, &format!("{inside}/pause"), &[]).await;
    assert_eq!(visitor.get(&app, &path).await.status, 404);
    for path in ["/vitrine", "/", "/vitrine/cadre", "/sitemap.xml"] {
        let page = visitor.get(&app, path).await;
        assert!(!page.html.contains("epassage"), "{path}");
    }
}

#[tokio::test]
async fn machines_read_what_is_public_in_their_own_forms() {
    let (app, mut fatima) = App::with_mars().await;
    opens(&app, &mut fatima, true).await;
    let mut claire = app.member("Claire").await;
    offer(&app, &mut claire, "Repassage", "public").await;
    app.settle().await;
    let mut robot = Person::on(MARS);
    let map = robot.get(&app, "/sitemap.xml").await;
    let url = between(&map.html, "/vitrine/", "<").to_owned();
    assert!(url.starts_with("repassage-"), "{url}");
    let robots = robot.get(&app, "/robots.txt").await;
    assert!(robots.html.contains(&format!(
        "Sitemap: http://{MARS}.localhost:{PORT}/sitemap.xml"
    )));
    let list = robot.get(&app, "/vitrine/murmurations.json").await;
    let list: Value = serde_json::from_str(&list.html).unwrap();
    let url = list["data"][0]["profile_url"].as_str().unwrap();
    let (_, path) = url.split_once(&format!("localhost:{PORT}")).unwrap();
    let document = robot.get(&app, path).await;
    let document: Value = serde_json::from_str(&document.html).unwrap();
    assert_eq!(document["linked_schemas"][0], "offers_wants_schema-v0.1.0");
    assert_eq!(document["exchange_type"], "offer");
    let form = document["contact_details"]["contact_form"].as_str();
    assert!(form.unwrap().contains("/vitrine/repassage-"));
    let frame = robot.get(&app, "/vitrine/cadre").await;
    let policy = frame.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors *"), "{policy}");
    assert!(!frame.headers.contains_key("set-cookie"));
    let other = robot.get(&app, "/vitrine").await;
    let policy = other.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    opens(&app, &mut fatima, false).await;
    let map = robot.get(&app, "/sitemap.xml").await;
    assert!(!map.html.contains("/vitrine"), "{}", map.html);
    let page = robot
        .get(
            &app,
            &format!("/vitrine/{}", path.split('/').nth(2).unwrap()),
        )
        .await;
    assert!(
        page.html
            .contains("<meta name=\"robots\" content=\"noindex\">")
    );
}

#[tokio::test]
async fn the_platform_shows_where_sels_are_and_how_far_its_index_is() {
    let (app, _) = App::with_mars().await;
    let mut passer = Person::on("");
    let map = passer.get(&app, "/carte").await;
    map.says("Un SEL est ouvert").says("SEL de Mars");
    assert_eq!(map.html.matches("<circle").count(), 1);
    let land = passer.get(&app, "/carte/fond.svg").await;
    assert!(land.html.contains("<path d=\"M"), "{}", land.html);
    let ready = passer.get(&app, "/readyz").await;
    assert_eq!(ready.status, 200);
    assert!(
        ready.html.starts_with("search_index_lag_events 0"),
        "{}",
        ready.html
    );
}

/// Gives Claire's notice a photo, as its form would. Answers where everybody finds it.
async fn with_photo(app: &App, path: &str) -> String {
    let id: NoticeId = path.rsplit('/').next().unwrap().parse().unwrap();
    let now = app.clock.now();
    let mut door = store::Door::begin(&app.database.web, now).await.unwrap();
    let mars = store::association::by_slug(&mut door, MARS).await.unwrap();
    drop(door);
    let sel = mars.unwrap().id();
    let mut scope = store::Scope::begin(&app.database.web, sel, None, now)
        .await
        .unwrap();
    let notice = store::notice::by_id(&mut scope, id).await.unwrap().unwrap();
    scope.actor = Some(Actor {
        association_id: sel,
        member_id: notice.member_id(),
        rights: Vec::new(),
        helped: Vec::new(),
    });
    let photo = PhotoId(desk::fresh::id(now));
    desk::notice::add_photo(&mut scope, id, photo, (8, 6))
        .await
        .unwrap();
    scope.commit().await.unwrap();
    let key = format!("{sel}/{photo}/petite.jpg");
    app.files().put(&key, b"a photo").await.unwrap();
    format!("/photos/{sel}/{id}/{photo}/petite")
}

#[tokio::test]
async fn a_photo_is_everybodys_as_long_as_its_notice_is() {
    let (app, mut fatima) = App::with_mars().await;
    opens(&app, &mut fatima, true).await;
    let mut claire = app.member("Claire").await;
    let shown = offer(&app, &mut claire, "Repassage", "public").await;
    let kept = offer(&app, &mut claire, "Couture", "platform").await;
    app.settle().await;
    let (photo, other) = (
        with_photo(&app, &shown).await,
        with_photo(&app, &kept).await,
    );
    let mut passers = [Person::on(""), Person::on(MARS)];
    for passer in &mut passers {
        let found = passer.get(&app, &photo).await;
        assert_eq!((found.status, found.html.as_str()), (200, "a photo"));
        assert_eq!(
            found.headers["cross-origin-resource-policy"],
            "cross-origin"
        );
        assert_eq!(passer.get(&app, &other).await.status, 404);
    }
    // The photo of one notice under the name of another.
    let (here, _) = photo.split_once("/petite").unwrap();
    let (here, _) = here.rsplit_once('/').unwrap();
    let (there, _) = other.split_once("/petite").unwrap();
    let (_, foreign) = there.rsplit_once('/').unwrap();
    let mixed = format!("{here}/{foreign}/petite");
    assert_eq!(passers[0].get(&app, &mixed).await.status, 404);
    claire.get(&app, &shown).await;
    claire.post(&app, &format!("{shown}/pause"), &[]).await;
    assert_eq!(passers[0].get(&app, &photo).await.status, 404);
}

#[tokio::test]
async fn a_sel_that_closes_its_showcase_counts_nothing_from_then_on() {
    let (app, mut fatima) = App::with_mars().await;
    opens(&app, &mut fatima, true).await;
    let mut claire = app.member("Claire").await;
    offer(&app, &mut claire, "Repassage", "public").await;
    app.settle().await;
    let mut visitor = Person::on(MARS);
    visitor.get(&app, "/vitrine").await.says("Toutes 1");
    lets(&app, &mut fatima, "members", true).await;
    // The index has not heard of it yet.
    for path in ["/vitrine", "/vitrine?q=repassage"] {
        let closed = visitor.get(&app, path).await;
        closed.says("Ce SEL garde ses annonces pour ses adhérents");
        assert!(!closed.text().contains("Toutes"), "{}", closed.text());
        assert!(closed.html.contains("noindex"));
    }
}

#[tokio::test]
async fn a_town_that_is_mistyped_is_asked_about() {
    let (app, _) = App::with_mars().await;
    let mut passer = Person::on("");
    let page = passer
        .get(&app, "/annonces?commune=Aubagnne&rayon=25")
        .await;
    page.says("Voici les annonces de partout")
        .says("Vouliez-vous dire")
        .says("Aubagne");
    let chosen = passer
        .get(&app, "/annonces?commune=Aubagne&lieu=3037044&rayon=25")
        .await;
    chosen.says("à moins de 25 km d’Aubagne");
    passer.get(&app, "/?commune=Aubagnne").await.says("Aubagne");
}
