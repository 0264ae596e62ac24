//! `/connexion/cle`: coming in with a key of a device. The page's script asks what to ask the
//! device, and sends what that answers.

use super::{entered, form};
use crate::inside::Outside;
use crate::tries;
use desk::passkey::{Place, Refusal as Key};
use desk::staff::{Refusal, passkey};
use door::{Answer, Fields, Trouble};
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
    tries::from_here(&at, "question").await?;
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
    let done = match fields.id("link") {
        Some(id) => {
            let (asked, typed) = ((&place, at.visit.visitor.as_str()), fields.raw("answer"));
            passkey::enter(&house.pool, asked, (TokenId(id), typed), at.visit.now).await
        }
        None => Err(desk::Halt::Refused(Refusal::Key(Key::Wrong))),
    };
    match done {
        Ok(secret) => entered(&at, &secret, fields.get("retour")).await,
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let origin = &at.visit.origin;
            tracing::warn!(%origin, why = %refusal, "no passkey let anybody in at the console");
            form(&at, fields, at.errors(&[refusal]))
        }
    }
}
