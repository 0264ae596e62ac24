//! Logging in with a password, asking for a link instead, and logging out.

mod link;
mod second;

pub(crate) use link::dead;

use crate::Rooms;
use crate::application::form_code;
use crate::external_login::{Offer, offers};
use crate::language::local_path;
use askama::Template;
use chrono::TimeDelta;
use desk::link::Link;
use desk::session::{Browser, Entered, Login, Refusal, SESSION_DAYS, Secret};
use door::form::Query;
use door::visit::present;
use door::{Absent, Answer, Errors, Fields, Frame, Guest, House, Trouble, cookie, page, see_other};
use poem::http::header;
use poem::web::Data;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::IdentityId;
use std::sync::Arc;

/// Tries of one login from one origin, of one login from anywhere, and of one origin, within
/// [`WINDOW`]. Whoever tries somebody else's number keeps that person out no longer than it takes
/// many origins to do so.
const TRIES: u32 = 10;
const TRIES_OF_A_LOGIN: u32 = 100;
const TRIES_OF_AN_ORIGIN: u32 = 60;
/// Codes of one login, right or wrong. Only who gave the first proof can use them up.
const CODES: u32 = 20;
const ACCESSES_A_DAY: u32 = 30;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

const DAY_SECONDS: u64 = 24 * 3600;

pub(crate) fn routes(route: Route) -> Route {
    second::routes(link::routes(route))
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
            Ok(form(&guest, rooms, fields, Errors::none())?)
        }
    }
}

fn form(guest: &Guest, rooms: &Rooms, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let (wrong, code) = (!errors.is_empty(), form_code(&errors));
    let response = page(&LoginPage {
        frame: Frame::guest(guest, "session-title").wrong(wrong),
        errors,
        fields,
        offers: offers(rooms),
    })?;
    Ok(response.with_status(code).into_response())
}

/// The form again, with the login as it was typed and no password.
fn refused(guest: &Guest, rooms: &Rooms, fields: Fields, refusal: Refusal) -> Answer {
    let unit = door::errors::no_unit();
    let errors = Errors::of_refusals(guest.visit.words, &[refusal], &unit);
    Ok(form(guest, rooms, fields, errors)?)
}

/// Under which key the tries of a login are counted: however it is typed, it is the same.
fn limit_key(guest: &Guest, typed: &str) -> String {
    let login = match Login::parse(typed) {
        Ok(Login::Number(number)) => number.to_string(),
        Ok(Login::Email(email)) => email.chars().take(100).collect(),
        Err(_) => String::new(),
    };
    format!("login {} {login}", guest.association.slug)
}

fn of_both(guest: &Guest, key: &str) -> String {
    format!("{key} from {}", guest.visit.origin)
}

/// Counts a try; too many are stopped before anything is looked up.
fn count(guest: &Guest, key: &str) -> Result<(), Trouble> {
    let (limiter, now) = (&guest.house.limiter, guest.visit.now);
    let origin = format!("login from {}", guest.visit.origin);
    let both = of_both(guest, key);
    let allowed = limiter.allows(&origin, TRIES_OF_AN_ORIGIN, WINDOW, now)
        && limiter.allows(&both, TRIES, WINDOW, now)
        && limiter.allows(key, TRIES_OF_A_LOGIN, WINDOW, now);
    if allowed {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// Counts a dance that begins with a provider of logins: each asks another server.
pub(crate) fn count_from(guest: &Guest) -> Result<(), Trouble> {
    let key = format!("external from {}", guest.visit.origin);
    let (limiter, now) = (&guest.house.limiter, guest.visit.now);
    if limiter.allows(&key, TRIES_OF_AN_ORIGIN, WINDOW, now) {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// Counts a try of somebody who is logged in to prove that they are whose session it is.
pub(crate) fn count_confirming(absent: &Absent, identity: IdentityId) -> Result<(), Trouble> {
    let (limiter, now) = (&absent.guest.house.limiter, absent.guest.visit.now);
    if limiter.allows(&confirming(identity), TRIES, WINDOW, now) {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// Counts a code of this login, wherever it is typed; a right one is counted too.
pub(crate) fn count_code(guest: &Guest, identity: IdentityId) -> Result<(), Trouble> {
    let key = format!("second {identity}");
    if guest
        .house
        .limiter
        .allows(&key, CODES, WINDOW, guest.visit.now)
    {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// Counts a short code that somebody typed: it has eight letters.
pub(crate) fn count_typed(guest: &Guest) -> Result<(), Trouble> {
    let (limiter, now) = (&guest.house.limiter, guest.visit.now);
    let key = format!("code typed from {}", guest.visit.origin);
    if limiter.allows(&key, TRIES, WINDOW, now) {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// Counts an access that this login gives to a program: each writes a letter.
pub(crate) fn count_given(absent: &Absent, identity: IdentityId) -> Result<(), Trouble> {
    let (limiter, now) = (&absent.guest.house.limiter, absent.guest.visit.now);
    let key = format!("access given by {identity}");
    if limiter.allows(&key, ACCESSES_A_DAY, TimeDelta::days(1), now) {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// What follows success.
pub(crate) fn forget_confirming(absent: &Absent, identity: IdentityId) {
    absent.guest.house.limiter.forget(&confirming(identity));
}

fn confirming(identity: IdentityId) -> String {
    format!("confirming {identity}")
}

#[handler]
async fn log_in(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, fields: Fields) -> Answer {
    let typed = fields.get("login");
    let key = limit_key(&guest, typed);
    count(&guest, &key)?;
    let (house, now) = (&guest.house, guest.visit.now);
    let here = guest.association.id();
    let password = fields.raw("password");
    match desk::session::log_in(&house.pool, here, (typed, password), browser(&guest), now).await {
        Ok(entered) => {
            house.limiter.forget(&key);
            house.limiter.forget(&of_both(&guest, &key));
            let back = local_path(fields.get("retour"));
            Ok(entering(see_other(back), house, &entered, back))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let (sel, origin) = (&guest.association.slug, &guest.visit.origin);
            tracing::info!(%sel, %origin, why = %refusal, "nobody was let in");
            refused(&guest, rooms, fields, refusal)
        }
    }
}

/// From where this visit would log in.
pub(crate) fn browser(guest: &Guest) -> Browser<'_> {
    Browser {
        name: guest.visit.device.as_deref(),
        session: guest.visit.session.as_deref(),
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
pub(crate) fn with_session(mut response: Response, house: &House, secret: &Secret) -> Response {
    let seconds = SESSION_DAYS * DAY_SECONDS;
    let secure = house.site.is_secure();
    let set = cookie::set(cookie::SESSION, secret.as_str(), seconds, secure);
    response.headers_mut().append(header::SET_COOKIE, set);
    response
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
    count(&guest, &format!("link, {}", limit_key(&guest, typed)))?;
    let (pool, now) = (&guest.house.pool, guest.visit.now);
    let (here, back) = (guest.association.id(), way_back(fields.get("retour")));
    match desk::session::request_link(pool, here, (typed, back), now).await {
        Ok(()) => Ok(page(&SentPage {
            frame: Frame::guest(&guest, "session-sent-title"),
        })?),
        Err(halt) => refused(&guest, rooms, fields, crate::failed(halt)?),
    }
}

#[handler]
async fn log_out(guest: Guest, _fields: Fields) -> Answer {
    if let Some(secret) = &guest.visit.session {
        desk::session::log_out(&guest.house.pool, secret, guest.visit.now)
            .await
            .map_err(Trouble::from)?;
    }
    let mut response = see_other("/");
    let clear = cookie::clear(cookie::SESSION, guest.house.site.is_secure());
    response.headers_mut().append(header::SET_COOKIE, clear);
    Ok(response)
}
