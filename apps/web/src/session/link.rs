//! `/entrer/…`: a link that logs somebody in. Opening it changes nothing; its one button does.

use askama::Template;
use desk::link::{Dead, Link};
use desk::session::Refusal;
use door::language::local_path;
use door::threshold::see_other_with;
use door::visit::present;
use door::{Answer, Fields, Flash, Frame, Guest, Trouble, page, see_other};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Route, get, handler};
use sel::id::TokenId;
use sel::member::Right;
use store::member::Member;
use store::token::Purpose;

pub(super) fn routes(route: Route) -> Route {
    route.at("/entrer/:link", get(show).post(enter))
}

#[derive(Template)]
#[template(path = "session_link.html")]
struct LinkPage {
    frame: Frame,
    action: String,
    lead: String,
    button: String,
}

#[derive(Template)]
#[template(path = "session_dead.html")]
struct DeadPage {
    frame: Frame,
    text: String,
    /// Somebody who is logged in already needs no other link.
    is_inside: bool,
}

/// A link that still works: whom it lets in, and why.
struct Open {
    token: TokenId,
    purpose: Purpose,
    member: Member,
    /// Where to go from there.
    back: String,
    /// Whether the member opens a SEL that has no rules yet.
    founds: bool,
}

/// Reads the link without using it.
async fn open(guest: &Guest, text: &str) -> Result<Result<Open, Refusal>, Trouble> {
    let token = match Link::read(text, &guest.house.keys, guest.visit.now) {
        Ok(Link::Token(token)) => token,
        Ok(_) | Err(Dead::Broken) => return Ok(Err(Refusal::Broken)),
        Err(Dead::Expired) => return Ok(Err(Refusal::Expired)),
    };
    let purposes = [Purpose::Login, Purpose::Welcome, Purpose::Ticket];
    let (pool, now) = (&guest.house.pool, guest.visit.now);
    let (here, meant) = (Some(guest.association.id()), (token, &purposes[..]));
    let found = match desk::session::look(pool, here, meant, now).await {
        Ok(found) => found,
        Err(halt) => return Ok(Err(crate::failed(halt)?)),
    };
    let Some(member_id) = found.member_id() else {
        return Ok(Err(Refusal::Broken));
    };
    let mut scope = guest.scope().await?;
    let member = store::member::by_id(&mut scope, member_id)
        .await?
        .filter(|member| member.left_at.is_none());
    let (Some(member), Some(purpose)) = (member, found.purpose()) else {
        return Ok(Err(Refusal::Broken));
    };
    let founds = guest.association.ready_at.is_none() && member.rights().contains(&Right::Settings);
    let back = local_path(found.detail["back"].as_str().unwrap_or("/")).to_owned();
    Ok(Ok(Open {
        token,
        purpose,
        member,
        back,
        founds,
    }))
}

#[handler]
async fn show(guest: Guest, Path(link): Path<String>) -> Answer {
    let it = match open(&guest, &link).await? {
        Ok(it) => it,
        Err(refusal) => return dead(guest, refusal).await,
    };
    let words = guest.visit.words;
    let opens = it.founds && it.purpose == Purpose::Ticket;
    let (title, lead, button) = if opens {
        (
            words.say("session-opened-title"),
            "session-opened-lead",
            "session-opened-button",
        )
    } else {
        let name = it.member.first_name.clone();
        let title = words.say_with("session-link-title", &[("name", name.into())]);
        (title, "session-link-lead", "session-enter")
    };
    let names = [
        ("sel", (&guest.association.name).into()),
        ("name", (&it.member.first_name).into()),
        ("number", it.member.number.into()),
    ];
    Ok(page(&LinkPage {
        frame: Frame::guest(&guest, "session-title").titled(title),
        action: format!("/entrer/{link}"),
        lead: words.say_with(lead, &names),
        button: words.say(button),
    })?)
}

/// A link that leads nowhere any more, and how to get another.
pub(crate) async fn dead(guest: Guest, refusal: Refusal) -> Answer {
    let unit = door::errors::no_unit();
    let text = guest.visit.words.refusal(&refusal, &unit);
    let (frame, is_inside) = match present(guest).await? {
        Ok(present) => (Frame::present(&present, "session-dead-title", ""), true),
        Err(guest) => (Frame::guest(&guest, "session-dead-title"), false),
    };
    let response = page(&DeadPage {
        frame,
        text,
        is_inside,
    })?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

#[handler]
async fn enter(guest: Guest, Path(link): Path<String>, _fields: Fields) -> Answer {
    let it = match open(&guest, &link).await? {
        Ok(it) => it,
        Err(refusal) => return dead(guest, refusal).await,
    };
    let house = &guest.house;
    let here = guest.association.id();
    let entered = desk::session::follow(
        &house.pool,
        here,
        it.token,
        super::browser(&guest),
        guest.visit.now,
    )
    .await;
    let entered = match entered {
        Ok((entered, _)) => entered,
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            return dead(guest, refusal).await;
        }
    };
    let is_first = it.purpose == Purpose::Welcome || it.member.identity_id().is_none();
    let response = if it.founds {
        see_other("/demarrer/1")
    } else if is_first {
        let names = [
            ("name", it.member.first_name.into()),
            ("number", it.member.number.into()),
        ];
        let text = guest.visit.words.say_with("session-welcome", &names);
        see_other_with(
            house,
            "/compte/mot-de-passe?bienvenue=oui",
            &Flash::good(text),
        )
    } else {
        see_other(&it.back)
    };
    Ok(super::entering(response, house, &entered, &it.back))
}
