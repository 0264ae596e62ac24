//! The platform's own pages: what it is, and finding a SEL.

mod map;
pub(crate) mod place;

use crate::Rooms;
use askama::Template;
use door::form::Query;
use door::{Answer, Fields, Frame, House, Trouble, Visit, page};
use place::{Choice, Found};
use poem::web::Data;
use poem::{Route, get, handler};
use sel::slug::{Slug, suggest};
use std::sync::Arc;
use store::Door;
use store::association::Association;
use words::Words;

/// How far a SEL may be and still be near, in kilometres.
const NEAR_KM: f64 = 100.0;
/// SELs shown near a place, and of the newest on the first page.
const NEAR: usize = 60;
const LATEST: i64 = 6;
/// Letters that are looked for.
const SOUGHT_LETTERS: usize = 100;

pub(crate) fn routes(route: Route) -> Route {
    map::routes(route)
        .at("/", get(home))
        .at("/connexion", get(login))
}

/// A SEL as the lists show it.
struct Row {
    url: String,
    letter: String,
    name: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "platform.html")]
struct HomePage {
    frame: Frame,
    sought: String,
    latest: Vec<Row>,
}

#[derive(Template)]
#[template(path = "platform_find.html")]
struct FindPage {
    frame: Frame,
    heading: String,
    sought: String,
    /// Those whose name or address was typed.
    named: Vec<Row>,
    near_title: String,
    near: Vec<Row>,
    choices: Vec<Choice>,
    /// Why there is nothing, or nothing near.
    nothing: Option<String>,
}

#[derive(Template)]
#[template(path = "platform_login.html")]
struct LoginPage {
    frame: Frame,
    sought: String,
}

#[handler]
async fn home(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Data(rooms): Data<&Arc<Rooms>>,
    Query(query): Query,
) -> Answer {
    if query.has("lieu") || !query.get("commune").is_empty() {
        return Ok(find(&visit, house, rooms, &query).await?);
    }
    let mut door = Door::begin(&house.pool, visit.now)
        .await
        .map_err(Trouble::from)?;
    let (latest, _) = store::association::latest(&mut door, LATEST)
        .await
        .map_err(Trouble::from)?;
    let words = visit.words;
    Ok(page(&HomePage {
        frame: Frame::platform(&visit, "platform-title"),
        sought: String::new(),
        latest: latest
            .iter()
            .map(|association| row(house, words, association, None))
            .collect(),
    })?)
}

#[handler]
async fn login(visit: Visit) -> Answer {
    Ok(page(&LoginPage {
        frame: Frame::platform(&visit, "platform-login-title"),
        sought: String::new(),
    })?)
}

/// The SELs of the typed name, and those near the typed or chosen place.
async fn find(
    visit: &Visit,
    house: &House,
    rooms: &Rooms,
    query: &Fields,
) -> Result<poem::Response, Trouble> {
    let words = visit.words;
    let typed: String = query.get("commune").chars().take(SOUGHT_LETTERS).collect();
    let found = if query.has("lieu") {
        let chosen = query.get("lieu").parse().ok();
        let place = chosen.and_then(|id| rooms.places.get(id));
        Found::One(place.ok_or(Trouble::NotFound)?)
    } else {
        place::find(&rooms.places, &typed)
    };
    let mut door = Door::begin(&house.pool, visit.now).await?;
    let named = named(&mut door, house, &typed).await?;
    let mut shown = FindPage {
        frame: Frame::platform(visit, "platform-find-title"),
        heading: words.say("platform-find-title"),
        sought: typed.clone(),
        named: Vec::new(),
        near_title: String::new(),
        near: Vec::new(),
        choices: Vec::new(),
        nothing: None,
    };
    match found {
        Found::Nothing | Found::Nearly(_) if named.is_some() => {}
        Found::Nothing => {
            let text = words.say_with("platform-find-nothing", &[("typed", typed.into())]);
            shown.nothing = Some(text);
        }
        Found::Nearly(places) => {
            let text = words.say_with("notices-town-maybe", &[("typed", typed.into())]);
            shown.nothing = Some(text);
            shown.choices = place::choices(words, &rooms.places, &places);
        }
        Found::Many(places) => shown.choices = place::choices(words, &rooms.places, &places),
        Found::One(place) => {
            let at = (place.latitude, place.longitude);
            let near = store::association::near(&mut door, at, NEAR_KM, NEAR).await?;
            let named_id = named.as_ref().map(Association::id);
            shown.near = near
                .iter()
                .filter(|near| Some(near.association.id()) != named_id)
                .map(|near| row(house, words, &near.association, Some(near.km)))
                .collect();
            let of = [("place", (&place.name).into())];
            shown.near_title = words.say_with("platform-find-near", &of);
            shown.sought.clone_from(&place.name);
            if shown.near.is_empty() && named.is_none() {
                shown.nothing = Some(words.say_with("platform-find-none-near", &of));
            }
        }
    }
    if named.is_none() && !shown.near.is_empty() {
        shown.heading = std::mem::take(&mut shown.near_title);
    }
    shown.frame = shown.frame.titled(shown.heading.clone());
    shown.named = named
        .iter()
        .map(|association| row(house, words, association, None))
        .collect();
    page(&shown)
}

/// The SEL whose address or name was typed.
async fn named(door: &mut Door, house: &House, typed: &str) -> store::Result<Option<Association>> {
    for slug in slugs(house, typed) {
        if let Some(found) = store::association::by_slug(door, slug.as_str()).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The addresses that may be meant: a whole one, its first word, or that of a name.
fn slugs(house: &House, typed: &str) -> Vec<Slug> {
    let host = typed
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .split('/')
        .next()
        .unwrap_or_default();
    let whole = match house.site.read_host(host) {
        door::site::Host::Association(slug) => Slug::parse(&slug).ok(),
        _ => None,
    };
    let mut slugs: Vec<Slug> = [whole, Slug::parse(typed).ok(), suggest(typed)]
        .into_iter()
        .flatten()
        .collect();
    slugs.dedup();
    slugs
}

fn row(house: &House, words: Words, association: &Association, km: Option<f64>) -> Row {
    let members = words.say_with(
        "platform-members",
        &[("count", association.member_count.into())],
    );
    let mut detail = vec![association.place_name.clone()];
    match km {
        Some(km) if km < 1.0 => detail.push(words.say("platform-km-here")),
        Some(km) => {
            let km = format!("{km:.0}");
            detail.push(words.say_with("platform-km", &[("km", km.into())]));
        }
        None => {}
    }
    detail.push(members);
    Row {
        url: house.site.home_url(association, "/"),
        letter: door::frame::letter(&association.name),
        name: association.name.clone(),
        detail: detail.join(" · "),
    }
}
