//! Asking to join a SEL, and what the board does about it.

mod answer;
mod board;
mod invitation;

pub(crate) use answer::dialled;

use askama::Template;
use chrono::TimeDelta;
use desk::application::Asked;
use door::form::Query;
use door::visit::present;
use door::{Answer, Errors, Fields, Frame, Guest, Trouble, page, see_other};
use poem::{IntoResponse, Response, Route, get, handler};
use sel::application::Draft;
use sel::id::ApplicationId;

/// Requests of one origin within [`WINDOW`]: a family fits, a machine does not.
const REQUESTS: u32 = 30;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

pub(crate) fn routes(route: Route) -> Route {
    let route = board::routes(answer::routes(invitation::routes(route)));
    route
        .at("/adherer", get(show).post(ask))
        .at("/adherer/merci", get(thanks))
}

#[derive(Template)]
#[template(path = "application.html")]
struct ApplicationPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "application_thanks.html")]
struct ThanksPage {
    frame: Frame,
    lead: String,
    next: String,
}

/// What was typed about a person, whatever page asked for it.
pub(crate) fn draft(guest: &Guest, fields: &Fields) -> Draft {
    let typed = |name: &str| fields.get(name).to_owned();
    Draft {
        first_name: typed("first_name"),
        last_name: typed("last_name"),
        email: typed("email"),
        phone: typed("phone"),
        place: typed("place"),
        about: typed("about"),
        country: guest.association.country.clone(),
    }
}

#[handler]
async fn show(guest: Guest) -> Answer {
    match present(guest).await? {
        Ok(_) => Ok(see_other("/inviter")),
        Err(guest) => {
            let id = desk::fresh::id(guest.visit.now).to_string();
            let fields = Fields::default().with("id", id);
            Ok(form(&guest, fields, Errors::none())?)
        }
    }
}

fn form(guest: &Guest, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let (wrong, code) = (!errors.is_empty(), errors.code());
    let response = page(&ApplicationPage {
        frame: Frame::guest(guest, "application-title").wrong(wrong),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn ask(guest: Guest, fields: Fields) -> Answer {
    let id = ApplicationId(fields.id("id").ok_or(Trouble::NotFound)?);
    let key = format!("application from {}", guest.visit.origin);
    guest.count(&key, REQUESTS, WINDOW).await?;
    let scope = guest.scope().await.map_err(Trouble::from)?;
    let words = guest.visit.words;
    let language = words.language.as_str();
    match desk::application::ask(scope, id, &draft(&guest, &fields), None, language).await {
        Ok(Asked::Waits) => Ok(see_other("/adherer/merci")),
        Ok(Asked::LetIn) => Ok(see_other("/adherer/merci?lien=oui")),
        Err(halt) => {
            let refusals = crate::failed(halt)?;
            guest.house.limiter.forgive(&key).await;
            let errors = Errors::of_refusals(words, &refusals, &door::errors::no_unit());
            Ok(form(&guest, fields, errors)?)
        }
    }
}

#[handler]
async fn thanks(guest: Guest, Query(query): Query) -> Answer {
    let words = guest.visit.words;
    let sel = [("sel", (&guest.association.name).into())];
    let (lead, next) = if query.ticked("lien", "oui") {
        ("application-let-in", "application-let-in-next")
    } else {
        ("application-waits", "application-waits-next")
    };
    Ok(page(&ThanksPage {
        frame: Frame::guest(&guest, "application-thanks-title"),
        lead: words.say_with(lead, &sel),
        next: words.say_with(next, &sel),
    })?)
}
