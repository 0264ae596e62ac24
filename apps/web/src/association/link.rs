//! The mailed link that opens a SEL. Following it shows what will be opened; its button opens it.

use askama::Template;
use desk::association::NotOpened;
use desk::link::{Dead, Link};
use desk::session::Refusal;
use door::errors::no_unit;
use door::{Answer, Fields, Frame, House, Trouble, Visit, page, see_other};
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{IntoResponse, Response, Route, get, handler};
use sel::association::Opening;
use sel::id::TokenId;
use std::sync::Arc;
use store::token::Purpose;

pub(super) fn routes(route: Route) -> Route {
    route.at("/ouvrir/:link", get(show).post(open))
}

#[derive(Template)]
#[template(path = "opening_link.html")]
struct LinkPage {
    frame: Frame,
    link: String,
    name: String,
    address: String,
    place: String,
    unit: String,
    founder: String,
}

#[derive(Template)]
#[template(path = "opening_dead.html")]
struct DeadPage {
    frame: Frame,
    reason: String,
    is_used: bool,
}

#[handler]
async fn show(visit: Visit, Data(house): Data<&Arc<House>>, Path(link): Path<String>) -> Answer {
    let id = match read(&visit, house, &link) {
        Ok(id) => id,
        Err(refusal) => return Ok(dead(&visit, refusal)?),
    };
    let token =
        match desk::session::look(&house.pool, None, (id, &[Purpose::Opening]), visit.now).await {
            Ok(token) => token,
            Err(halt) => return Ok(dead(&visit, crate::failed(halt)?)?),
        };
    let Some(opening) = desk::association::described(&token) else {
        return Ok(dead(&visit, Refusal::Broken)?);
    };
    let address = house.site.association_url(opening.slug.as_str(), "");
    let title = visit
        .words
        .say_with("opening-link-title", &[("name", (&opening.name).into())]);
    Ok(page(&LinkPage {
        frame: Frame::platform(&visit, "opening-title").titled(title),
        link,
        address,
        place: opening.place.name,
        unit: opening.unit_many,
        founder: format!("{} {}", opening.first_name, opening.last_name),
        name: opening.name,
    })?)
}

#[handler]
async fn open(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Path(link): Path<String>,
    _fields: Fields,
) -> Answer {
    let id = match read(&visit, house, &link) {
        Ok(id) => id,
        Err(refusal) => return Ok(dead(&visit, refusal)?),
    };
    match desk::association::open(&house.pool, id, visit.now).await {
        Ok(opened) => {
            let ticket = Link::Token(opened.ticket).sign(&house.keys, opened.ticket_expires_at);
            let path = format!("/entrer/{ticket}");
            house.forget_slug(&opened.slug);
            Ok(see_other(&house.site.association_url(&opened.slug, &path)))
        }
        Err(halt) => match crate::failed(halt)? {
            NotOpened::Link(refusal) => Ok(dead(&visit, refusal)?),
            NotOpened::Taken(opening) => {
                let fields = again(&opening);
                let shown = super::Shown {
                    choices: Vec::new(),
                    chosen: Some(opening.place.name.clone()),
                };
                let refusals = [sel::association::Refusal::Taken];
                Ok(super::refused(&visit, house, fields, &refusals, shown).await?)
            }
        },
    }
}

fn read(visit: &Visit, house: &House, link: &str) -> Result<TokenId, Refusal> {
    match Link::read(link, &house.keys, visit.now) {
        Ok(Link::Token(id)) => Ok(id),
        Ok(_) | Err(Dead::Broken) => Err(Refusal::Broken),
        Err(Dead::Expired) => Err(Refusal::Expired),
    }
}

/// The form as it was typed then, for a new address.
fn again(opening: &Opening) -> Fields {
    Fields::default()
        .with("name", &opening.name)
        .with("slug", opening.slug.as_str())
        .with("locality", &opening.place.name)
        .with("locality_for", &opening.place.name)
        .with("locality_id", opening.place.geoname_id.to_string())
        .with("unit", &opening.unit_one)
        .with("first_name", &opening.first_name)
        .with("last_name", &opening.last_name)
        .with("email", opening.email.as_str())
}

fn dead(visit: &Visit, refusal: Refusal) -> Result<Response, Trouble> {
    let shown = DeadPage {
        frame: Frame::platform(visit, "opening-dead-title"),
        reason: visit.words.refusal(&refusal, &no_unit()),
        is_used: refusal == Refusal::Used,
    };
    Ok(page(&shown)?.with_status(StatusCode::GONE).into_response())
}
