//! `/connexion`: coming in with address, password and code, all three at once; and leaving.

pub(crate) mod passkey;

use crate::inside::Outside;
use crate::tries;
use askama::Template;
use desk::session::Secret;
use desk::staff::LIFE;
use door::form::Query;
use door::language::local_path;
use door::{Answer, Errors, Fields, Frame, House, Trouble, cookie, page, see_other};
use poem::{IntoResponse, Response, Route, get, handler, post};
use std::time::Duration;
use tokio::time::Instant;

/// How long it takes to be refused, at the least: hashing takes longer than all that follows, but a
/// little more where the password was right.
const PACE: Duration = Duration::from_millis(300);

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
    if at.is_inside().await? {
        return Ok(see_other(&back));
    }
    let fields = Fields::default().with("retour", back);
    form(&at, fields, Errors::none())
}

#[handler]
async fn log_in(at: Outside, fields: Fields) -> Answer {
    let begun = Instant::now();
    tries::of_password(&at, fields.get("email")).await?;
    let (house, now) = (&at.house, at.visit.now);
    let (email, password) = (fields.get("email"), fields.raw("password"));
    let typed = (email, password, fields.get("code"));
    let mut whose = None;
    let allowed = async |id| {
        whose = Some(id);
        tries::allows_code(&at, id).await
    };
    let vault = house.keys.vault();
    match desk::staff::log_in(&house.pool, vault, typed, allowed, now).await {
        Ok(secret) => {
            if let Some(id) = whose {
                tries::forgive_code(&at, id).await;
            }
            entered(&at, &secret, fields.get("retour")).await
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let origin = &at.visit.origin;
            tracing::warn!(%origin, why = %refusal, "nobody was let in at the console");
            tokio::time::sleep_until(begun + PACE).await;
            form(&at, fields, at.errors(&[refusal]))
        }
    }
}

/// On to where somebody wanted; the session that this browser had before ends.
async fn entered(at: &Outside, secret: &Secret, back: &str) -> Answer {
    if let Some(before) = &at.visit.session {
        desk::staff::end_session(&at.house.pool, before, at.visit.now)
            .await
            .map_err(Trouble::from)?;
    }
    Ok(with_session(see_other(local_path(back)), &at.house, secret))
}

/// The answer, with the cookie of a session that has just begun.
pub(crate) fn with_session(response: Response, house: &House, secret: &Secret) -> Response {
    let seconds = LIFE.num_seconds().unsigned_abs();
    cookie::with_session(response, house, secret.as_str(), seconds)
}

#[handler]
async fn log_out(at: Outside, _fields: Fields) -> Answer {
    if let Some(secret) = &at.visit.session {
        desk::staff::end_session(&at.house.pool, secret, at.visit.now)
            .await
            .map_err(Trouble::from)?;
    }
    Ok(cookie::without_session(see_other("/connexion"), &at.house))
}
