//! `/compte/connexions`: the accounts elsewhere that open one's login.

use super::way::way;
use super::{account, go, offers};
use crate::Rooms;
use crate::membership::{asks, doubts, own};
use crate::session::passkey::place;
use askama::Template;
use desk::external_login::{Refusal, Unlinked};
use desk::link::Link;
use desk::membership::Proof;
use desk::session::Refusal as Dead;
use door::threshold::see_other_with;
use door::visit::present;
use door::{
    Absent, Answer, Errors, Fields, Flash, Frame, Guest, Present, Trouble, page, see_other,
};
use gateways::login::{Provider, Who};
use poem::web::{Data, Path};
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::{ExternalLoginId, TokenId};
use sel::login_provider::id_of;
use std::sync::Arc;
use store::external_login::ExternalLogin;

pub(crate) const PAGE: &str = "/compte/connexions";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte/connexions", get(show))
        .at("/compte/connexions/avec/:provider", post(ask))
        .at("/compte/connexions/:id/delier", post(unlink))
        .at(
            "/compte/connexions/relier/:link",
            get(waiting).post(link_waiting),
        )
}

struct Line {
    id: String,
    name: String,
    label: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "external_logins.html")]
struct ListPage {
    frame: Frame,
    errors: Errors,
    /// Whose login it is.
    whose: String,
    lines: Vec<Line>,
    offers: Vec<super::Offer>,
    /// Whether the password is asked for.
    asks: bool,
}

#[handler]
async fn show(present: Present, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    Ok(list(present.away(), rooms, Errors::none()).await?)
}

fn line(absent: &Absent, offers: &[super::Offer], it: &ExternalLogin) -> Line {
    let (words, zone) = (absent.words(), &absent.guest.association.time_zone);
    let day = |at| words.near_day(words.local_day(at, zone), absent.guest.today());
    let names = [
        ("linked", day(it.linked_at).into()),
        ("seen", day(it.seen_at).into()),
    ];
    let known = offers.iter().find(|known| known.key == it.provider);
    Line {
        id: it.id().to_string(),
        name: match known {
            Some(known) => known.name.clone(),
            // One of another SEL of this login.
            None if id_of(&it.provider).is_some() => words.say("external-of-a-sel"),
            None => it.provider.clone(),
        },
        label: it.label.clone(),
        detail: words.say_with("external-since", &names),
    }
}

async fn list(absent: Absent, rooms: &Rooms, errors: Errors) -> Result<Response, Trouble> {
    let own = own(&absent)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let all = desk::external_login::list(pool, own, now).await?;
    let asks = asks(&absent, Proof::PasswordOrFresh).await?;
    let offers = offers(&absent.guest, rooms).await?;
    let lines = all.iter().map(|it| line(&absent, &offers, it)).collect();
    let code = errors.code();
    let names = [
        ("name", absent.member.full_name().into()),
        ("number", absent.member.number.into()),
    ];
    let whose = absent.words().say_with("external-whose", &names);
    let present = absent.back().await?;
    let response = page(&ListPage {
        whose,
        frame: Frame::present(&present, "external-title", "").wrong(!errors.is_empty()),
        errors,
        lines,
        offers,
        asks,
    })?;
    Ok(response.with_status(code).into_response())
}

/// Begins the dance whose end has an account open the login.
#[handler]
async fn ask(
    fields: Fields,
    present: Present,
    Data(rooms): Data<&Arc<Rooms>>,
    Path(key): Path<String>,
) -> Answer {
    let absent = present.away();
    crate::session::tries::of_question(&absent.guest).await?;
    if let Some(errors) = doubts(&absent, &fields, Proof::PasswordOrFresh).await? {
        return Ok(list(absent, rooms, errors).await?);
    }
    let session = Some(own(&absent)?.secret);
    Ok(go(&absent.guest, rooms, (&key, PAGE), session).await?)
}

/// The end of that dance, in the session that asked.
pub(super) async fn link(guest: Guest, provider: &Provider, who: &Who) -> Answer {
    let Ok(present) = present(guest).await? else {
        return Ok(see_other("/connexion"));
    };
    let absent = present.away();
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let linked = desk::external_login::link(pool, own(&absent)?, account(provider, who), now).await;
    let words = absent.words();
    let names = [("provider", (&provider.name).into())];
    let done = linked.map(|()| words.say_with("external-linked", &names));
    crate::told::<Refusal>(&absent, done, PAGE)
}

#[handler]
async fn unlink(
    fields: Fields,
    present: Present,
    Data(rooms): Data<&Arc<Rooms>>,
    Path(id): Path<String>,
) -> Answer {
    let id: ExternalLoginId = id.parse().map_err(|_| Trouble::NotFound)?;
    let absent = present.away();
    if let Some(errors) = doubts(&absent, &fields, Proof::PasswordOrFresh).await? {
        return Ok(list(absent, rooms, errors).await?);
    }
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let another_way = absent.member.email.is_some();
    let domain = place(&absent.guest).domain;
    let which = (id, another_way, domain.as_str());
    let unlinked = desk::external_login::unlink(pool, own(&absent)?, which, now).await;
    let done = unlinked.map(|()| absent.words().say("external-unlinked"));
    crate::told::<Refusal>(&absent, done, PAGE)
}

#[derive(Template)]
#[template(path = "external_link.html")]
struct LinkPage {
    frame: Frame,
    errors: Errors,
    action: String,
    lead: String,
    button: String,
    /// Whether the password is asked for.
    asks: bool,
}

/// The account that this browser put by.
pub(super) async fn put_by(
    guest: &Guest,
    text: &str,
) -> Result<Result<(TokenId, Unlinked), Dead>, Trouble> {
    let (house, now) = (&guest.house, guest.visit.now);
    let Ok(Link::Token(id)) = Link::read(text, &house.keys, now) else {
        return Ok(Err(Dead::Broken));
    };
    let (here, visitor) = (guest.association.id(), guest.visit.visitor.as_str());
    let found = desk::external_login::look_at(&house.pool, here, (id, visitor), now).await;
    match found {
        Ok(account) => Ok(Ok((id, account))),
        Err(halt) => Ok(Err(crate::failed(halt)?)),
    }
}

/// Logged in again, with an account that waits to be linked.
#[handler]
async fn waiting(
    present: Present,
    Data(rooms): Data<&Arc<Rooms>>,
    Path(link): Path<String>,
) -> Answer {
    ask_to_link(present.away(), rooms, &link, Errors::none()).await
}

async fn ask_to_link(absent: Absent, rooms: &Rooms, link: &str, errors: Errors) -> Answer {
    let account = match put_by(&absent.guest, link).await? {
        Ok((_, account)) => account,
        Err(refusal) => return crate::session::dead(absent.guest, refusal).await,
    };
    let provider = way(&absent.guest, rooms, &account.provider).await?.provider;
    let names = [
        ("provider", (&provider.name).into()),
        ("label", (&account.label).into()),
        ("name", absent.member.full_name().into()),
        ("number", absent.member.number.into()),
    ];
    let words = absent.words();
    let (lead, button) = (
        words.say_with("external-link-lead", &names),
        words.say_with("external-link-yes", &names),
    );
    let (asks, code) = (asks(&absent, Proof::PasswordOrFresh).await?, errors.code());
    let present = absent.back().await?;
    let response = page(&LinkPage {
        frame: Frame::present(&present, "external-link-title", "").wrong(!errors.is_empty()),
        action: format!("{PAGE}/relier/{link}"),
        errors,
        lead,
        button,
        asks,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn link_waiting(
    fields: Fields,
    present: Present,
    Data(rooms): Data<&Arc<Rooms>>,
    Path(link): Path<String>,
) -> Answer {
    let absent = present.away();
    let id = match put_by(&absent.guest, &link).await? {
        Ok((id, _)) => id,
        Err(refusal) => return crate::session::dead(absent.guest, refusal).await,
    };
    if let Some(errors) = doubts(&absent, &fields, Proof::PasswordOrFresh).await? {
        return ask_to_link(absent, rooms, &link, errors).await;
    }
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let put_by = (id, absent.guest.visit.visitor.as_str());
    match desk::external_login::link_put_by(&house.pool, own(&absent)?, put_by, now).await {
        Ok(account) => {
            let provider = way(&absent.guest, rooms, &account.provider).await?.provider;
            let names = [("provider", (&provider.name).into())];
            let said = absent.words().say_with("external-linked", &names);
            Ok(see_other_with(house, "/", &Flash::good(said)))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let errors = Errors::of_refusals(absent.words(), &[refusal], &absent.rules.unit);
            Ok(list(absent, rooms, errors).await?)
        }
    }
}
