//! `/connexion/cle`: coming in with a key of a device. The page's script asks what to ask the
//! device, and sends what that answers.

use super::{OF_AN_ORIGIN, WINDOW, count, form, with_session};
use crate::inside::Outside;
use desk::passkey::{Place, Refusal as Key};
use desk::staff::passkey::{self, Refusal};
use door::language::local_path;
use door::{Answer, Fields, Trouble, see_other};
use poem::web::Json;
use poem::{IntoResponse, Route, handler, post};
use sel::id::TokenId;
use serde_json::json;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/connexion/cle", post(ask))
        .at("/connexion/cle/fin", post(enter))
}

/// What keys are made for here: this host alone. A page of a SEL, which is a sibling, cannot ask
/// for them.
pub(crate) fn place(at: &Outside) -> Place {
    let site = &at.house.site;
    Place {
        domain: site.console_domain(),
        origin: site.console_url(""),
    }
}

#[handler]
async fn ask(at: Outside, _fields: Fields) -> Answer {
    let key = format!("console asked from {}", at.visit.origin);
    count(&at, &key, OF_AN_ORIGIN, WINDOW).await?;
    let (pool, place) = (&at.house.pool, place(&at));
    let question = passkey::ask(pool, (&place, &at.visit.visitor), at.visit.now)
        .await
        .map_err(Trouble::from)?;
    let link = question.id.to_string();
    Ok(Json(json!({ "options": question.options, "link": link })).into_response())
}

#[handler]
async fn enter(at: Outside, fields: Fields) -> Answer {
    let (house, place) = (&at.house, place(&at));
    let entered = match fields.id("link") {
        Some(id) => {
            let (asked, typed) = ((&place, at.visit.visitor.as_str()), fields.raw("answer"));
            passkey::enter(&house.pool, asked, (TokenId(id), typed), at.visit.now).await
        }
        None => Err(desk::Halt::Refused(Refusal::Key(Key::Wrong))),
    };
    match entered {
        Ok(secret) => {
            let back = see_other(local_path(fields.get("retour")));
            Ok(with_session(back, house, &secret))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let origin = &at.visit.origin;
            tracing::warn!(%origin, why = %refusal, "no passkey let anybody in at the console");
            form(&at, fields, at.errors(&[refusal]))
        }
    }
}
