//! `/connexion/cle`: logging in with a passkey. The page's script asks what to ask the device, and
//! sends what that answers.

use super::{browser, refused, tries, with_session};
use crate::Rooms;
use desk::link::Link;
use desk::passkey::{Place, Refusal};
use door::language::local_path;
use door::{Answer, Fields, Guest, see_other};
use poem::web::{Data, Json};
use poem::{IntoResponse, Route, handler, post};
use serde_json::json;
use std::sync::Arc;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/connexion/cle", post(ask))
        .at("/connexion/cle/fin", post(enter))
}

/// What passkeys are made for here.
pub(crate) fn place(guest: &Guest) -> Place {
    let (site, here) = (&guest.house.site, &guest.association);
    Place {
        domain: site.passkey_domain(here),
        origin: site.home_url(here, ""),
    }
}

#[handler]
async fn ask(guest: Guest, _fields: Fields) -> Answer {
    tries::of_question(&guest).await?;
    let (house, now) = (&guest.house, guest.visit.now);
    let (place, here) = (place(&guest), guest.association.id());
    let asking = (&place, guest.visit.visitor.as_str());
    let question = desk::passkey::ask(&house.pool, here, asking, now)
        .await
        .map_err(door::Trouble::from)?;
    let link = Link::Token(question.id).sign(&house.keys, question.expires_at);
    Ok(Json(json!({ "options": question.options, "link": link })).into_response())
}

#[handler]
async fn enter(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, fields: Fields) -> Answer {
    let (house, now) = (&guest.house, guest.visit.now);
    let Ok(Link::Token(id)) = Link::read(fields.get("link"), &house.keys, now) else {
        let dead = Refusal::Link(desk::session::Refusal::Expired);
        return refused(&guest, rooms, fields, dead).await;
    };
    let (place, here) = (place(&guest), guest.association.id());
    let asked = (&place, guest.visit.visitor.as_str());
    let typed = (id, fields.raw("answer"));
    let browser = browser(&guest);
    match desk::passkey::enter(&house.pool, here, asked, typed, browser, now).await {
        Ok(secret) => {
            let back = local_path(fields.get("retour"));
            Ok(with_session(see_other(back), house, &secret))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let (sel, origin) = (&guest.association.slug, &guest.visit.origin);
            tracing::info!(%sel, %origin, why = %refusal, "no passkey let anybody in");
            refused(&guest, rooms, fields, refusal).await
        }
    }
}
