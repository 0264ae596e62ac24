//! Logging in with a password, asking for a link instead, and logging out.

mod link;
pub(crate) mod passkey;
mod second;
pub(crate) mod tries;

pub(crate) use link::dead;

use crate::Rooms;
use crate::external_login::{Offer, offers};
use askama::Template;
use desk::link::Link;
use desk::session::{Browser, Entered, SESSION_DAYS, Secret};
use door::form::Query;
use door::language::local_path;
use door::visit::present;
use door::{Answer, Errors, Fields, Frame, Guest, House, Trouble, cookie, page, see_other};
use poem::web::Data;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::refusal::Refused;
use std::sync::Arc;

const DAY_SECONDS: u64 = 24 * 3600;

pub(crate) fn routes(route: Route) -> Route {
    passkey::routes(second::routes(link::routes(route)))
        .at("/connexion", get(show).post(log_in))
        .at("/connexion/lien", post(request_link))
        .at("/deconnexion", post(log_out))
}

#[derive(Template)]
#[template(path = "session.html")]
struct LoginPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    offers: Vec<Offer>,
}

#[derive(Template)]
#[template(path = "session_sent.html")]
struct SentPage {
    frame: Frame,
}

#[handler]
async fn show(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, Query(query): Query) -> Answer {
    let back = local_path(query.get("retour")).to_owned();
    match present(guest).await? {
        Ok(_) => Ok(see_other(&back)),
        Err(guest) => {
            let fields = Fields::default().with("retour", back);
            Ok(form(&guest, rooms, fields, Errors::none()).await?)
        }
    }
}

async fn form(
    guest: &Guest,
    rooms: &Rooms,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let (wrong, code) = (!errors.is_empty(), errors.code());
    let response = page(&LoginPage {
        frame: Frame::guest(guest, "session-title").wrong(wrong),
        errors,
        fields,
        offers: offers(guest, rooms).await?,
    })?;
    Ok(response.with_status(code).into_response())
}

/// The form again, with the login as it was typed and no password.
async fn refused(guest: &Guest, rooms: &Rooms, fields: Fields, refusal: impl Refused) -> Answer {
    let unit = door::errors::no_unit();
    let errors = Errors::of_refusals(guest.visit.words, &[refusal], &unit);
    Ok(form(guest, rooms, fields, errors).await?)
}

#[handler]
async fn log_in(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, fields: Fields) -> Answer {
    let typed = fields.get("login");
    tries::of_password(&guest, typed).await?;
    let (house, now) = (&guest.house, guest.visit.now);
    let here = guest.association.id();
    let password = fields.raw("password");
    match desk::session::log_in(&house.pool, here, (typed, password), browser(&guest), now).await {
        Ok(entered) => {
            tries::forget_password(&guest, typed).await;
            let back = local_path(fields.get("retour"));
            Ok(entering(see_other(back), house, &entered, back))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let (sel, origin) = (&guest.association.slug, &guest.visit.origin);
            tracing::info!(%sel, %origin, why = %refusal, "nobody was let in");
            refused(&guest, rooms, fields, refusal).await
        }
    }
}

/// From where this visit would log in.
pub(crate) fn browser(guest: &Guest) -> Browser<'_> {
    Browser {
        name: guest.visit.device.as_deref(),
        session: guest.visit.session.as_deref(),
        // The name of such a host is somebody else's, who might read what comes there.
        alone: guest.visit.is_at_home || guest.association.host.is_some(),
    }
}

/// The answer, once logged in; or the way to where the second proof is asked for, and from there to
/// `back`.
pub(crate) fn entering(
    response: Response,
    house: &House,
    entered: &Entered,
    back: &str,
) -> Response {
    match entered {
        Entered::In(secret) => with_session(response, house, secret),
        Entered::Second(token, expires_at) => {
            let link = Link::Token(*token).sign(&house.keys, *expires_at);
            let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            see_other(&format!("/connexion/code/{link}?retour={back}"))
        }
    }
}

/// The answer, with the cookie of a session that has just begun.
pub(crate) fn with_session(response: Response, house: &House, secret: &Secret) -> Response {
    let seconds = SESSION_DAYS * DAY_SECONDS;
    cookie::with_session(response, house, secret.as_str(), seconds)
}

/// Where a mailed link leads on to: somebody else may have asked for it, and sent it. It does not
/// lead to where one links an account of one's own, but to the end of that where it has begun in
/// this browser.
fn way_back(asked: &str) -> &str {
    let path = local_path(asked);
    let links = path.starts_with("/compte/connexions");
    if links && !path.starts_with("/compte/connexions/relier/") {
        "/"
    } else {
        path
    }
}

/// Says the same thing whether or not somebody is known under what was typed.
#[handler]
async fn request_link(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, fields: Fields) -> Answer {
    let typed = fields.get("login");
    tries::of_link(&guest, typed).await?;
    let (pool, now) = (&guest.house.pool, guest.visit.now);
    let (here, back) = (guest.association.id(), way_back(fields.get("retour")));
    match desk::session::request_link(pool, here, (typed, back), now).await {
        Ok(()) => Ok(page(&SentPage {
            frame: Frame::guest(&guest, "session-sent-title"),
        })?),
        Err(halt) => refused(&guest, rooms, fields, crate::failed(halt)?).await,
    }
}

#[handler]
async fn log_out(guest: Guest, _fields: Fields) -> Answer {
    if let Some(secret) = &guest.visit.session {
        desk::session::log_out(&guest.house.pool, secret, guest.visit.now)
            .await
            .map_err(Trouble::from)?;
    }
    Ok(cookie::without_session(see_other("/"), &guest.house))
}
