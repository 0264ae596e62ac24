//! `/connexion`: coming in with address, password and code, all three at once; and leaving.

pub(crate) mod passkey;

use crate::inside::Outside;
use askama::Template;
use chrono::TimeDelta;
use desk::session::Secret;
use desk::staff::LIFE;
use door::form::Query;
use door::language::local_path;
use door::{Answer, Errors, Fields, Frame, House, Trouble, cookie, page, see_other};
use poem::http::header;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::StaffId;

/// Tries within [`WINDOW`]: from one origin, from around it, of one address from one origin, and of
/// one address from anywhere.
const OF_AN_ORIGIN: u32 = 20;
const FROM_AROUND: u32 = 60;
const OF_BOTH: u32 = 10;
const OF_AN_ADDRESS: u32 = 100;
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Codes of who knows the password, right or wrong, within [`WINDOW`] and in a day.
const CODES: u32 = 10;
const CODES_A_DAY: u32 = 50;
const DAY: TimeDelta = TimeDelta::days(1);

pub(crate) fn routes(route: Route) -> Route {
    passkey::routes(route)
        .at("/connexion", get(show).post(log_in))
        .at("/deconnexion", post(log_out))
}

#[derive(Template)]
#[template(path = "session.html")]
struct LoginPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
}

fn form(at: &Outside, fields: Fields, errors: Errors) -> Answer {
    let code = errors.code();
    let response = page(&LoginPage {
        frame: Frame::platform(&at.visit, "console-login-title").wrong(!errors.is_empty()),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn show(at: Outside, Query(query): Query) -> Answer {
    let back = local_path(query.get("retour")).to_owned();
    if at.staff().await?.is_some() {
        return Ok(see_other(&back));
    }
    let fields = Fields::default().with("retour", back);
    form(&at, fields, Errors::none())
}

/// Counts a try of this key. Too many are stopped before anything is looked up.
pub(crate) async fn count(
    at: &Outside,
    key: &str,
    most: u32,
    window: TimeDelta,
) -> Result<(), Trouble> {
    let limiter = &at.house.limiter;
    if limiter.allows(key, most, window, at.visit.now).await {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

async fn count_login(at: &Outside, address: &str) -> Result<(), Trouble> {
    let (origin, around) = (&at.visit.origin, &at.visit.around);
    let origins = format!("console from {origin}");
    count(at, &origins, OF_AN_ORIGIN, WINDOW).await?;
    let arounds = format!("console from around {around}");
    count(at, &arounds, FROM_AROUND, WINDOW).await?;
    let both = format!("console {address} from {origin}");
    count(at, &both, OF_BOTH, WINDOW).await?;
    let addresses = format!("console {address}");
    count(at, &addresses, OF_AN_ADDRESS, WINDOW).await
}

/// Whether another code of this person is looked at.
pub(crate) async fn allows_code(at: &Outside, id: StaffId) -> bool {
    let (limiter, now) = (&at.house.limiter, at.visit.now);
    let lately = format!("console codes of {id}");
    let today = format!("console codes of {id} in a day");
    limiter.allows(&lately, CODES, WINDOW, now).await
        && limiter.allows(&today, CODES_A_DAY, DAY, now).await
}

#[handler]
async fn log_in(at: Outside, fields: Fields) -> Answer {
    let address: String = fields.get("email").to_lowercase();
    let address: String = address.chars().take(100).collect();
    count_login(&at, &address).await?;
    let (house, now) = (&at.house, at.visit.now);
    let typed = (address.as_str(), fields.raw("password"), fields.get("code"));
    let allowed = async |id| allows_code(&at, id).await;
    let entered = desk::staff::log_in(&house.pool, house.keys.vault(), typed, allowed, now).await;
    match entered {
        Ok(secret) => {
            let back = see_other(local_path(fields.get("retour")));
            Ok(with_session(back, house, &secret))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let origin = &at.visit.origin;
            tracing::warn!(%origin, why = %refusal, "nobody was let in at the console");
            form(&at, fields, at.errors(&[refusal]))
        }
    }
}

/// The answer, with the cookie of a session that has just begun.
pub(crate) fn with_session(mut response: Response, house: &House, secret: &Secret) -> Response {
    let seconds = LIFE.num_seconds().unsigned_abs();
    let secure = house.site.is_secure();
    let set = cookie::set(cookie::SESSION, secret.as_str(), seconds, secure);
    response.headers_mut().append(header::SET_COOKIE, set);
    response
}

#[handler]
async fn log_out(at: Outside, _fields: Fields) -> Answer {
    if let Some(secret) = &at.visit.session {
        desk::staff::end_session(&at.house.pool, secret, at.visit.now)
            .await
            .map_err(Trouble::from)?;
    }
    let mut response = see_other("/connexion");
    let clear = cookie::clear(cookie::SESSION, at.house.site.is_secure());
    response.headers_mut().append(header::SET_COOKIE, clear);
    Ok(response)
}
