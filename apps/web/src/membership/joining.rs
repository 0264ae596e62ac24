//! `/reunir/…` at the other SEL, and `/compte/sels/reunir/…` where it began. Opening either changes
//! nothing.

use super::{Halted, PAGE, confirm, lead, own, whom};
use askama::Template;
use desk::link::{Dead, Link};
use desk::membership::{Asking, Leading, Proof, Refusal};
use door::threshold::see_other_with;
use door::{Absent, Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::id::TokenId;

const BACK: &str = "/compte/sels/reunir/";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/reunir/:link", get(show).post(prove))
        .at("/compte/sels/reunir/:link", get(show_back).post(join))
}

#[derive(Template)]
#[template(path = "membership_join.html")]
struct JoinPage {
    frame: Frame,
    errors: Errors,
    action: String,
    lead: String,
    what: String,
    has_password: bool,
    button: String,
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
        Err(Dead::Expired) => Err(broken(desk::session::Refusal::Expired)),
        Ok(_) | Err(Dead::Broken) => Err(broken(desk::session::Refusal::Broken)),
    }
}

fn broken(why: desk::session::Refusal) -> desk::Halt<Refusal> {
    desk::Halt::Refused(Refusal::Link(why))
}

/// A sentence that names both.
fn said(absent: &Absent, key: &str, other: &Asking) -> String {
    let names = [
        ("me", whom(absent).into()),
        ("here", (&absent.guest.association.name).into()),
        ("who", (&other.who).into()),
        ("there", (&other.sel).into()),
    ];
    absent.words().say_with(key, &names)
}

/// Who asks, where this is a link to this SEL.
async fn asker(absent: &Absent, link: &str) -> Result<(TokenId, Asking), Halted> {
    let id = token(absent, link)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let asking = desk::membership::look(pool, own(absent)?, id, now).await?;
    Ok((id, asking))
}

#[handler]
async fn show(present: Present, Path(link): Path<String>) -> Answer {
    let absent = present.away();
    match asker(&absent, &link).await {
        Ok((_, asking)) => Ok(shown(absent, &link, &asking, Errors::none()).await?),
        Err(halted) => dead(absent, halted).await,
    }
}

async fn shown(
    absent: Absent,
    link: &str,
    asking: &Asking,
    errors: Errors,
) -> Result<Response, Trouble> {
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let has_password = desk::membership::has_password(pool, own(&absent)?, now).await?;
    let (lead, what) = (
        said(&absent, "membership-prove-lead", asking),
        said(&absent, "membership-prove-what", asking),
    );
    let code = errors.code();
    let present = absent.back().await?;
    let response = page(&JoinPage {
        button: present.words().say("membership-continue"),
        frame: Frame::present(&present, "membership-join-title", "").wrong(!errors.is_empty()),
        errors,
        action: format!("/reunir/{link}"),
        lead,
        what,
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
    let text = match refusal {
        Refusal::Link(_) => absent.words().say("membership-dead-lead"),
        other => absent.words().refusal(&other, &absent.rules.unit),
    };
    let present = absent.back().await?;
    let response = page(&DeadPage {
        frame: Frame::present(&present, "membership-title", ""),
        text,
    })?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

#[handler]
async fn prove(fields: Fields, present: Present, Path(link): Path<String>) -> Answer {
    let absent = present.away();
    let (id, asking) = match asker(&absent, &link).await {
        Ok(it) => it,
        Err(halted) => return dead(absent, halted).await,
    };
    match proved(&absent, &fields, id).await {
        Ok(leading) => Ok(lead(&absent.guest, &leading, BACK)?),
        Err(Halted::Refused(desk::Halt::Refused(
            refusal @ (Refusal::Password | Refusal::Stale),
        ))) => {
            let unit = &absent.rules.unit;
            let errors = Errors::of_refusals(absent.words(), &[refusal], unit);
            Ok(shown(absent, &link, &asking, errors).await?)
        }
        Err(halted) => dead(absent, halted).await,
    }
}

async fn proved(absent: &Absent, fields: &Fields, id: TokenId) -> Result<Leading, Halted> {
    confirm(absent, fields, Proof::Password).await?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let who = whom(absent);
    Ok(desk::membership::prove(pool, own(absent)?, (&who, id), now).await?)
}

#[handler]
async fn show_back(present: Present, Path(link): Path<String>) -> Answer {
    let absent = present.away();
    match back(&absent, &link).await {
        Ok(asking) => {
            let (lead, what) = (
                said(&absent, "membership-join-lead", &asking),
                said(&absent, "membership-join-what", &asking),
            );
            let present = absent.back().await?;
            Ok(page(&JoinPage {
                button: present.words().say("membership-join-yes"),
                frame: Frame::present(&present, "membership-join-title", ""),
                errors: Errors::none(),
                action: format!("{BACK}{link}"),
                lead,
                what,
                has_password: false,
            })?)
        }
        Err(halted) => dead(absent, halted).await,
    }
}

async fn back(absent: &Absent, link: &str) -> Result<Asking, Halted> {
    let id = token(absent, link)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    Ok(desk::membership::look_back(pool, own(absent)?, id, now).await?)
}

#[handler]
async fn join(_fields: Fields, present: Present, Path(link): Path<String>) -> Answer {
    let absent = present.away();
    match joined(&absent, &link).await {
        Ok(name) => {
            let names = [
                ("here", (&absent.guest.association.name).into()),
                ("there", name.into()),
            ];
            let flash = Flash::good(absent.words().say_with("membership-joined", &names));
            Ok(see_other_with(&absent.guest.house, PAGE, &flash))
        }
        Err(halted) => dead(absent, halted).await,
    }
}

async fn joined(absent: &Absent, link: &str) -> Result<String, Halted> {
    let id = token(absent, link)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    Ok(desk::membership::join(pool, own(absent)?, id, now).await?)
}
