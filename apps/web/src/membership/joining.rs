//! `/reunir/…`: where the way from the other SEL ends. Opening the link changes nothing.

use super::{Halted, PAGE, confirm, own};
use crate::application::form_code;
use crate::session::{browser, with_session};
use askama::Template;
use desk::link::Link;
use desk::membership::Refusal;
use desk::session::Secret;
use door::threshold::see_other_with;
use door::{Absent, Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::id::TokenId;

pub(super) fn routes(route: Route) -> Route {
    route.at("/reunir/:link", get(show).post(join))
}

#[derive(Template)]
#[template(path = "membership_join.html")]
struct JoinPage {
    frame: Frame,
    errors: Errors,
    action: String,
    lead: String,
    has_password: bool,
}

#[derive(Template)]
#[template(path = "membership_dead.html")]
struct DeadPage {
    frame: Frame,
    text: String,
}

/// The token of a link that has not run out.
fn token(absent: &Absent, link: &str) -> Result<TokenId, desk::Halt<Refusal>> {
    let (keys, now) = (&absent.guest.house.keys, absent.guest.visit.now);
    match Link::read(link, keys, now) {
        Ok(Link::Token(id)) => Ok(id),
        Err(desk::link::Dead::Expired) => Err(broken(desk::session::Refusal::Expired)),
        Ok(_) | Err(desk::link::Dead::Broken) => Err(broken(desk::session::Refusal::Broken)),
    }
}

fn broken(why: desk::session::Refusal) -> desk::Halt<Refusal> {
    desk::Halt::Refused(Refusal::Link(why))
}

/// The name of the SEL whose login would be kept.
async fn there(absent: &Absent, link: &str) -> Result<(TokenId, String), Halted> {
    let id = token(absent, link)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let name = desk::membership::look(pool, own(absent)?, id, now).await?;
    Ok((id, name))
}

#[handler]
async fn show(present: Present, Path(link): Path<String>) -> Answer {
    let (scope, absent) = present.part();
    drop(scope);
    match there(&absent, &link).await {
        Ok((_, name)) => Ok(shown(absent, &link, &name, Errors::none()).await?),
        Err(halted) => dead(absent, halted).await,
    }
}

async fn shown(
    absent: Absent,
    link: &str,
    there: &str,
    errors: Errors,
) -> Result<Response, Trouble> {
    let identity = own(&absent)?.identity_id;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let (_, has_password) = desk::membership::of_identity(pool, identity, now).await?;
    let names = [
        ("name", absent.member.full_name().into()),
        ("number", absent.member.number.into()),
        ("here", (&absent.guest.association.name).into()),
        ("there", there.into()),
    ];
    let lead = absent.words().say_with("membership-join-lead", &names);
    let code = form_code(&errors);
    let present = absent.back().await?;
    let response = page(&JoinPage {
        frame: Frame::present(&present, "membership-join-title", "").wrong(!errors.is_empty()),
        errors,
        action: format!("/reunir/{link}"),
        lead,
        has_password,
    })?;
    Ok(response.with_status(code).into_response())
}

/// A link that leads nowhere, or needs to lead nowhere any more.
async fn dead(absent: Absent, halted: Halted) -> Answer {
    let halt = match halted {
        Halted::Trouble(trouble) => return Err(trouble.into()),
        Halted::Refused(halt) => halt,
    };
    let refusal: Refusal = crate::failed(halt)?;
    let text = absent.words().refusal(&refusal, &absent.rules.unit);
    let present = absent.back().await?;
    let response = page(&DeadPage {
        frame: Frame::present(&present, "membership-title", ""),
        text,
    })?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

#[handler]
async fn join(fields: Fields, present: Present, Path(link): Path<String>) -> Answer {
    let (scope, absent) = present.part();
    drop(scope);
    let (id, name) = match there(&absent, &link).await {
        Ok(it) => it,
        Err(halted) => return dead(absent, halted).await,
    };
    match joined(&absent, &fields, id).await {
        Ok(secret) => {
            let names = [
                ("here", (&absent.guest.association.name).into()),
                ("there", name.into()),
            ];
            let flash = Flash::good(absent.words().say_with("membership-joined", &names));
            let response = see_other_with(&absent.guest.house, PAGE, &flash);
            Ok(with_session(response, &absent.guest.house, &secret))
        }
        Err(Halted::Refused(desk::Halt::Refused(
            refusal @ (Refusal::Password | Refusal::Stale),
        ))) => {
            let unit = &absent.rules.unit;
            let errors = Errors::of_refusals(absent.words(), &[refusal], unit);
            Ok(shown(absent, &link, &name, errors).await?)
        }
        Err(halted) => dead(absent, halted).await,
    }
}

async fn joined(absent: &Absent, fields: &Fields, id: TokenId) -> Result<Secret, Halted> {
    confirm(absent, fields).await?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let browser = browser(&absent.guest);
    Ok(desk::membership::join(pool, own(absent)?, id, browser, now).await?)
}
