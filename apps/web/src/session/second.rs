//! `/connexion/code/…`: the second proof of a login, where one is asked.

use askama::Template;
use desk::link::{Dead, Link};
use desk::second::Entering;
use desk::session::Refusal;
use door::form::Query;
use door::language::local_path;
use door::{Answer, Errors, Fields, Frame, Guest, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::id::IdentityId;
use store::token::{Purpose, Token};

pub(super) fn routes(route: Route) -> Route {
    route.at("/connexion/code/:link", get(show).post(enter))
}

#[derive(Template)]
#[template(path = "session_second.html")]
struct SecondPage {
    frame: Frame,
    errors: Errors,
    action: String,
    back: String,
}

fn shown(guest: &Guest, link: &str, back: &str, errors: Errors) -> Result<Response, Trouble> {
    let (wrong, code) = (!errors.is_empty(), errors.code());
    let response = page(&SecondPage {
        frame: Frame::guest(guest, "second-login-title").wrong(wrong),
        errors,
        action: format!("/connexion/code/{link}"),
        back: back.to_owned(),
    })?;
    Ok(response.with_status(code).into_response())
}

/// The token of a login here that lacks its second proof.
async fn waiting(guest: &Guest, link: &str) -> Result<Result<Token, Refusal>, Trouble> {
    let (house, now) = (&guest.house, guest.visit.now);
    let id = match Link::read(link, &house.keys, now) {
        Ok(Link::Token(id)) => id,
        Err(Dead::Expired) => return Ok(Err(Refusal::Expired)),
        Ok(_) | Err(Dead::Broken) => return Ok(Err(Refusal::Broken)),
    };
    let here = Some(guest.association.id());
    match desk::session::look(&house.pool, here, (id, &[Purpose::Second]), now).await {
        Ok(token) => Ok(Ok(token)),
        Err(halt) => Ok(Err(crate::failed(halt)?)),
    }
}

#[handler]
async fn show(guest: Guest, Path(link): Path<String>, Query(query): Query) -> Answer {
    match waiting(&guest, &link).await? {
        Ok(_) => {
            let back = local_path(query.get("retour")).to_owned();
            Ok(shown(&guest, &link, &back, Errors::none())?)
        }
        Err(refusal) => super::link::dead(guest, refusal).await,
    }
}

#[handler]
async fn enter(guest: Guest, Path(link): Path<String>, fields: Fields) -> Answer {
    let token = match waiting(&guest, &link).await? {
        Ok(token) => token,
        Err(refusal) => return super::link::dead(guest, refusal).await,
    };
    // Counted by whom it is: who knows the password gets as many links as they like.
    let whom = token.detail["identity_id"].as_str();
    let whom: Option<IdentityId> = whom.and_then(|it| it.parse().ok());
    super::tries::of_code(&guest, whom.ok_or(Trouble::NotFound)?).await?;
    let (house, here, now) = (&guest.house, guest.association.id(), guest.visit.now);
    let browser = super::browser(&guest);
    let proof = (token.id(), fields.get("code"));
    let vault = house.keys.vault();
    let entered = desk::session::second_proof(&house.pool, vault, here, proof, browser, now).await;
    let back = local_path(fields.get("retour"));
    match entered {
        Ok(secret) => Ok(super::with_session(see_other(back), house, &secret)),
        Err(halt) => match crate::failed(halt)? {
            Entering::Link(refusal) => super::link::dead(guest, refusal).await,
            Entering::Code(refusal) => {
                let (sel, origin) = (&guest.association.slug, &guest.visit.origin);
                tracing::info!(%sel, %origin, why = %refusal, "no second proof let anybody in");
                let unit = door::errors::no_unit();
                let errors = Errors::of_refusals(guest.visit.words, &[refusal], &unit);
                Ok(shown(&guest, &link, back, errors)?)
            }
        },
    }
}
