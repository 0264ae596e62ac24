//! Opening a SEL: a form, a mailed link, one button.

mod link;

use crate::Rooms;
use crate::platform::place::{self, Choice, Found};
use askama::Template;
use chrono::TimeDelta;
use door::errors::no_unit;
use door::{Answer, Errors, Fields, Frame, House, Trouble, Visit, page, see_other};
use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::association::{Draft, Refusal, Spot};
use sel::place::Place;
use sel::slug::{Slug, suggest};
use std::sync::Arc;
use store::Door;

/// Links that one visitor may ask for in an hour, whatever the addresses.
const ASKED_AN_HOUR: u32 = 20;
/// What one types, by the names of the fields.
const TYPED: [&str; 8] = [
    "name",
    "locality",
    "locality_id",
    "locality_for",
    "unit",
    "first_name",
    "last_name",
    "email",
];

pub(crate) fn routes(route: Route) -> Route {
    link::routes(route)
        .at("/ouvrir", get(start).post(ask))
        .at("/ouvrir/envoye", get(sent))
}

#[derive(Template)]
#[template(path = "opening.html")]
struct OpeningPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    domain: String,
    /// An address that is free, where the wanted one is not.
    free: Option<String>,
    choices: Vec<Choice>,
    /// The locality chosen among several of one name.
    chosen: Option<String>,
}

/// What the form shows about the typed locality.
#[derive(Default)]
struct Shown {
    choices: Vec<Choice>,
    chosen: Option<String>,
}

#[derive(Template)]
#[template(path = "opening_sent.html")]
struct SentPage {
    frame: Frame,
    has_mailbox: bool,
}

#[handler]
async fn start(visit: Visit, Data(house): Data<&Arc<House>>) -> Answer {
    let form = OpeningPage {
        frame: Frame::platform(&visit, "opening-title"),
        errors: Errors::none(),
        fields: Fields::default(),
        domain: house.site.authority(),
        free: None,
        choices: Vec::new(),
        chosen: None,
    };
    Ok(page(&form)?)
}

#[handler]
async fn sent(visit: Visit, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    Ok(page(&SentPage {
        frame: Frame::platform(&visit, "opening-sent-title"),
        has_mailbox: rooms.mailbox.is_some(),
    })?)
}

#[handler]
async fn ask(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Data(rooms): Data<&Arc<Rooms>>,
    fields: Fields,
) -> Answer {
    let draft = draft(&fields);
    let (place, shown) = locality(&visit, rooms, &fields);
    let language = visit.words.language.as_str();
    let key = format!("opening {}", visit.origin);
    let window = TimeDelta::hours(1);
    let limiter = &house.limiter;
    if !limiter.allows(&key, ASKED_AN_HOUR, window, visit.now).await {
        return Err(Trouble::TooMany.into());
    }
    match desk::association::ask(&house.pool, &draft, place, language, visit.now).await {
        Ok(_) => Ok(see_other("/ouvrir/envoye")),
        Err(halt) => {
            let refusals = crate::failed(halt)?;
            house.limiter.forgive(&key).await;
            let fields = kept(&fields, &draft.slug);
            Ok(refused(&visit, house, fields, &refusals, shown).await?)
        }
    }
}

/// What was typed; without an address, that of the name.
fn draft(fields: &Fields) -> Draft {
    let name = fields.get("name").to_owned();
    let slug = match fields.get("slug") {
        "" => suggest(&name).map(String::from).unwrap_or_default(),
        typed => typed.to_owned(),
    };
    Draft {
        name,
        slug,
        unit: fields.get("unit").to_owned(),
        first_name: fields.get("first_name").to_owned(),
        last_name: fields.get("last_name").to_owned(),
        email: fields.get("email").to_owned(),
    }
}

/// The fields again, with the address that was tried.
fn kept(fields: &Fields, slug: &str) -> Fields {
    TYPED
        .into_iter()
        .fold(Fields::default().with("slug", slug), |kept, name| {
            kept.with(name, fields.get(name))
        })
}

/// The place of the SEL: the chosen one, as long as the name it was chosen for still stands.
fn locality(visit: &Visit, rooms: &Rooms, fields: &Fields) -> (Result<Spot, Refusal>, Shown) {
    let mut shown = Shown::default();
    let typed = fields.get("locality");
    if typed == fields.get("locality_for") {
        let chosen = fields.get("locality_id").parse().ok();
        if let Some(place) = chosen.and_then(|id| rooms.places.get(id)) {
            let detail = place::detail(visit.words, place);
            shown.chosen = Some(format!("{}, {detail}", place.name));
            return (spot(place), shown);
        }
    }
    let spot = match place::find(&rooms.places, typed) {
        Found::Nothing => Err(Refusal::NoPlace),
        Found::One(place) => spot(place),
        Found::Many(places) => {
            shown.choices = place::choices(visit.words, &rooms.places, &places);
            Err(Refusal::ManyPlaces)
        }
        Found::Nearly(places) => {
            shown.choices = place::choices(visit.words, &rooms.places, &places);
            Err(Refusal::NoPlace)
        }
    };
    (spot, shown)
}

fn spot(place: &Place) -> Result<Spot, Refusal> {
    Ok(Spot {
        name: place.name.clone(),
        country: place.country.clone(),
        geoname_id: i32::try_from(place.geoname_id).map_err(|_| Refusal::NoPlace)?,
        latitude: place.latitude,
        longitude: place.longitude,
    })
}

/// The form again, with what is to mend and an address that is free.
async fn refused(
    visit: &Visit,
    house: &House,
    fields: Fields,
    refusals: &[Refusal],
    shown: Shown,
) -> Result<Response, Trouble> {
    let errors = Errors::of_refusals(visit.words, refusals, &no_unit());
    let wants_another = refusals.iter().any(|refusal| {
        matches!(
            refusal,
            Refusal::Taken | Refusal::Slug(sel::slug::Refusal::Reserved)
        )
    });
    let free = if wants_another {
        free(visit, house, &fields).await?
    } else {
        None
    };
    let form = OpeningPage {
        frame: Frame::platform(visit, "opening-title").wrong(true),
        errors,
        fields,
        domain: house.site.authority(),
        free,
        choices: shown.choices,
        chosen: shown.chosen,
    };
    Ok(page(&form)?
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

async fn free(visit: &Visit, house: &House, fields: &Fields) -> Result<Option<String>, Trouble> {
    let mut door = Door::begin(&house.pool, visit.now).await?;
    for slug in others(
        fields.get("slug"),
        fields.get("name"),
        fields.get("locality"),
    ) {
        if store::association::slug_is_free(&mut door, slug.as_str()).await? {
            return Ok(Some(slug.into()));
        }
    }
    Ok(None)
}

/// Addresses in place of one that cannot be had, the nicest first.
fn others(slug: &str, name: &str, locality: &str) -> Vec<Slug> {
    let slug = slug.trim().to_ascii_lowercase();
    let place = suggest(locality).map(String::from).unwrap_or_default();
    let numbered = (2..=9).map(|number| format!("{slug}-{number}"));
    let of_the_name = suggest(name).map(String::from).into_iter();
    of_the_name
        .chain([format!("sel-{slug}"), format!("{slug}-{place}")])
        .chain(numbered)
        .filter(|other| *other != slug)
        .filter_map(|other| Slug::parse(&other).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_address_is_that_of_the_name() {
        let typed = Fields::default().with("name", "SEL de Mars");
        assert_eq!(draft(&typed).slug, "mars");
        assert_eq!(draft(&typed.with("slug", "Planète")).slug, "Planète");
        assert_eq!(draft(&Fields::default()).slug, "");
    }

    #[test]
    fn what_was_typed_is_kept_and_the_tried_address_with_it() {
        let typed = Fields::default().with("name", "Mars").with("slug", "");
        let kept = kept(&typed, "mars");
        assert_eq!((kept.get("name"), kept.get("slug")), ("Mars", "mars"));
    }

    #[test]
    fn other_addresses_are_proposed_and_each_is_valid() {
        let names: Vec<String> = others("mars", "SEL de Mars", "Marseille")
            .into_iter()
            .map(String::from)
            .take(3)
            .collect();
        assert_eq!(names, ["sel-mars", "mars-marseille", "mars-2"]);
        assert_eq!(
            others("admin", "SEL du Moulin", "")
                .first()
                .map(Slug::as_str),
            Some("moulin")
        );
    }
}
