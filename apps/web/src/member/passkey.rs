//! `/compte/cles`: the passkeys that open one's login.

use crate::membership::{asks, doubts, own};
use crate::session::passkey::place;
use askama::Template;
use desk::link::Link;
use desk::membership::Proof;
use desk::passkey::{Question, Refusal};
use door::{Absent, Answer, Errors, Fields, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::PasskeyId;
use store::passkey::Passkey;

const PAGE: &str = "/compte/cles";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte/cles", get(show).post(ask))
        .at("/compte/cles/nouvelle", post(add))
        .at("/compte/cles/:id/retirer", post(remove))
}

struct Line {
    id: String,
    name: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "account_passkeys.html")]
struct ListPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    /// Whether the password is asked for.
    asks: bool,
}

#[derive(Template)]
#[template(path = "account_passkey_make.html")]
struct MakePage {
    frame: Frame,
    /// The question, as JSON.
    options: String,
    link: String,
    /// What the key is to be called.
    name: String,
}

fn line(absent: &Absent, it: &Passkey) -> Line {
    let (words, zone) = (absent.words(), &absent.guest.association.time_zone);
    let day = |at| words.near_day(words.local_day(at, zone), absent.guest.today());
    let added = day(it.added_at);
    let detail = match it.seen_at {
        _ if it.place != place(&absent.guest).domain => words.say("passkey-elsewhere"),
        None => words.say_with("passkey-never", &[("added", added.into())]),
        Some(seen) => {
            let names = [("added", added.into()), ("seen", day(seen).into())];
            words.say_with("passkey-since", &names)
        }
    };
    Line {
        id: it.id().to_string(),
        name: it.name.clone(),
        detail,
    }
}

#[handler]
async fn show(present: Present) -> Answer {
    let device = present.guest.visit.device.clone().unwrap_or_default();
    let fields = Fields::default().with("name", device);
    Ok(list(present.away(), fields, Errors::none()).await?)
}

async fn list(absent: Absent, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let all = desk::passkey::list(pool, own(&absent)?, now).await?;
    let asks = asks(&absent, Proof::PasswordOrFresh).await?;
    let lines = all.iter().map(|it| line(&absent, it)).collect();
    let code = errors.code();
    let present = absent.back().await?;
    let response = page(&ListPage {
        frame: Frame::present(&present, "passkey-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
        lines,
        asks,
    })?;
    Ok(response.with_status(code).into_response())
}

/// The list again, with why not.
async fn refused(absent: Absent, fields: Fields, halt: desk::Halt<Refusal>) -> Answer {
    let refusal = crate::failed(halt)?;
    let errors = Errors::of_refusals(absent.words(), &[refusal], &absent.rules.unit);
    Ok(list(absent, fields.instead("password", ""), errors).await?)
}

/// Makes sure that it is them; then the page that asks the device.
#[handler]
async fn ask(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    if let Some(errors) = doubts(&absent, &fields, Proof::PasswordOrFresh).await? {
        return Ok(list(absent, fields.instead("password", ""), errors).await?);
    }
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let member = &absent.member;
    let called = format!("{}, {}", member.full_name(), absent.guest.association.name);
    let unknown = absent.words().say("device-unknown");
    let name = Some(fields.get("name")).filter(|it| !it.is_empty());
    let named = (called.as_str(), name.unwrap_or(&unknown));
    let place = place(&absent.guest);
    let question = match desk::passkey::prepare(pool, own(&absent)?, &place, named, now).await {
        Ok(question) => question,
        Err(halt) => return refused(absent, fields, halt).await,
    };
    let link = signed(&absent, &question);
    let present = absent.back().await?;
    Ok(page(&MakePage {
        frame: Frame::present(&present, "passkey-make-title", ""),
        options: question.options.to_string(),
        link,
        name: fields.get("name").to_owned(),
    })?)
}

fn signed(absent: &Absent, question: &Question) -> String {
    Link::Token(question.id).sign(&absent.guest.house.keys, question.expires_at)
}

#[handler]
async fn add(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let Ok(Link::Token(id)) = Link::read(fields.get("link"), &house.keys, now) else {
        let dead = Refusal::Link(desk::session::Refusal::Expired);
        return refused(absent, fields, desk::Halt::Refused(dead)).await;
    };
    let (place, typed) = (place(&absent.guest), (id, fields.raw("answer")));
    match desk::passkey::add(&house.pool, own(&absent)?, &place, typed, now).await {
        Ok(()) => {
            let said = absent.words().say("passkey-added");
            crate::told::<Refusal>(&absent, Ok(said), PAGE)
        }
        Err(halt) => refused(absent, fields, halt).await,
    }
}

#[handler]
async fn remove(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    let id: PasskeyId = id.parse().map_err(|_| Trouble::NotFound)?;
    let absent = present.away();
    if let Some(errors) = doubts(&absent, &fields, Proof::PasswordOrFresh).await? {
        return Ok(list(absent, fields.instead("password", ""), errors).await?);
    }
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let another_way = absent.member.email.is_some();
    let domain = place(&absent.guest).domain;
    let which = (id, another_way, domain.as_str());
    let removed = desk::passkey::remove(pool, own(&absent)?, which, now).await;
    let done = removed.map(|()| absent.words().say("passkey-removed"));
    crate::told::<Refusal>(&absent, done, PAGE)
}
