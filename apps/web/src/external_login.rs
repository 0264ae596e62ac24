//! `/connexion/avec/…`, `/connexion/retour`: coming in with an account elsewhere.
//!
//! The provider sends everybody back to the platform's own host, which knows by the state at which
//! SEL the dance began and sends them on there. That answer is a GET and logs in all the same: it
//! ends what a form began, once, in the browser that sent the form.

mod account;
mod back;
mod way;

pub(crate) use back::{own_back, platform_routes};
pub(crate) use way::{Offer, has_some, of_sel, offers};

use crate::Rooms;
use crate::session::{browser, entering};
use askama::Template;
use back::{BACK, token};
use desk::external_login::{Dance, Opening, Unlinked};
use desk::link::Link;
use desk::session::Refusal;
use door::form::Query;
use door::language::local_path;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Guest, Trouble, page, see_other};
use gateways::Failure;
use gateways::login::{Provider, Returned, Who};
use poem::web::{Data, Path};
use poem::{Response, Route, get, handler, post};
use std::sync::Arc;
use store::external_login::Account;
use way::way;

pub(crate) fn routes(route: Route) -> Route {
    account::routes(route)
        .at("/connexion/avec/:provider", post(begin))
        .at("/connexion/retour", get(end))
        .at("/connexion/retour/:slug", get(end_own))
        .at("/connexion/relier/:link", get(unknown))
}

#[derive(Template)]
#[template(path = "external_going.html")]
struct GoingPage {
    frame: Frame,
    lead: String,
    address: String,
    /// Whether the browser goes there by itself.
    at_once: bool,
}

#[handler]
async fn begin(
    guest: Guest,
    Data(rooms): Data<&Arc<Rooms>>,
    Path(key): Path<String>,
    fields: Fields,
) -> Answer {
    crate::session::tries::of_question(&guest).await?;
    let back = local_path(fields.get("retour"));
    Ok(go(&guest, rooms, (&key, back), None).await?)
}

/// Leads to a provider by a page, not by a redirection: the answer to a form may redirect to our
/// own hosts only. `session` is that which wants an account linked.
async fn go(
    guest: &Guest,
    rooms: &Rooms,
    (key, back): (&str, &str),
    session: Option<&str>,
) -> Result<Response, Trouble> {
    let way = way(guest, rooms, key).await?;
    let provider = &way.provider;
    let (house, now) = (&guest.house, guest.visit.now);
    let number = desk::external_login::number(now);
    let state = Link::Token(number.0).sign(&house.keys, number.1);
    let redirect = house.site.platform_url(&way.back(guest));
    let begun = match rooms.logins.begin(way.named(), &redirect, &state).await {
        Ok(begun) => begun,
        Err(failure) => return Ok(failed(guest, provider, &failure, session.is_some())),
    };
    let dance = Dance {
        provider: provider.key.clone(),
        nonce: begun.nonce,
        verifier: begun.verifier,
        back: back.to_owned(),
    };
    let (here, visitor) = (guest.association.id(), guest.visit.visitor.as_str());
    let kept = (dance, visitor, session);
    desk::external_login::keep(&house.pool, here, number, kept, now).await?;
    let names = [("provider", (&provider.name).into())];
    let lead = guest.visit.words.say_with("external-going-lead", &names);
    going(guest, lead, begun.address, true)
}

/// A page that leads away: by itself, or at the press of its link alone.
pub(crate) fn going(
    guest: &Guest,
    lead: String,
    address: String,
    at_once: bool,
) -> Result<Response, Trouble> {
    page(&GoingPage {
        frame: Frame::guest(guest, "external-going-title"),
        lead,
        address,
        at_once,
    })
}

/// A provider that did not answer, or not as it should. The log has why.
fn failed(guest: &Guest, provider: &Provider, failure: &Failure, links: bool) -> Response {
    let key = match failure {
        Failure::Later(_) => "external-later",
        Failure::Never(_) => "external-never",
    };
    tracing::warn!(provider = provider.key, %failure, "somebody could not log in elsewhere");
    back_again(guest, provider, key, links)
}

/// Back where one can log in otherwise, or where the account was to be linked, with a word of why.
fn back_again(guest: &Guest, provider: &Provider, why: &str, links: bool) -> Response {
    let names = [("provider", (&provider.name).into())];
    let text = guest.visit.words.say_with(why, &names);
    let to = if links { account::PAGE } else { "/connexion" };
    see_other_with(&guest.house, to, &Flash::bad(text))
}

#[handler]
async fn end(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, Query(query): Query) -> Answer {
    ended(guest, rooms, &query, BACK).await
}

#[handler]
async fn end_own(
    guest: Guest,
    Data(rooms): Data<&Arc<Rooms>>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    ended(guest, rooms, &query, &own_back(&slug)).await
}

/// The end of a dance, by the path that the browser came back to.
async fn ended(guest: Guest, rooms: &Rooms, query: &Fields, path: &str) -> Answer {
    let (house, now) = (&guest.house, guest.visit.now);
    let token = match token(house, &guest.visit, query) {
        Ok(token) => token,
        Err(refusal) => return crate::session::dead(guest, refusal).await,
    };
    let here = guest.association.id();
    let whose = (guest.visit.visitor.as_str(), guest.visit.session.as_deref());
    let resumed = desk::external_login::resume(&house.pool, here, token, whose, now).await;
    let (dance, links) = match resumed {
        Ok(resumed) => resumed,
        Err(halt) => return crate::session::dead(guest, crate::failed(halt)?).await,
    };
    let way = way(&guest, rooms, &dance.provider).await?;
    let provider = &way.provider;
    if way.back(&guest) != path {
        return crate::session::dead(guest, Refusal::Broken).await;
    }
    if query.get("code").is_empty() {
        // Somebody thought better of it there.
        return Ok(back_again(&guest, provider, "external-refused", links));
    }
    let issuer = Some(query.get("iss")).filter(|it| !it.is_empty());
    let returned = Returned {
        code: query.get("code"),
        issuer,
        nonce: &dance.nonce,
        verifier: &dance.verifier,
    };
    let redirect = house.site.platform_url(path);
    match rooms.logins.end(way.named(), &redirect, returned).await {
        Ok(who) if links => account::link(guest, provider, &who).await,
        Ok(who) => Ok(enter(&guest, provider, &who, &dance.back).await?),
        Err(failure) => Ok(failed(&guest, provider, &failure, links)),
    }
}

/// An account elsewhere. To its owner it is called by its address, or else by the provider alone.
fn account<'a>(provider: &'a Provider, who: &'a Who) -> Account<'a> {
    let email = who.email.as_deref().filter(|it| it.len() <= 320);
    Account {
        provider: &provider.key,
        issuer: &provider.issuer,
        subject: &who.subject,
        label: email.unwrap_or(&provider.name),
    }
}

async fn enter(
    guest: &Guest,
    provider: &Provider,
    who: &Who,
    back: &str,
) -> Result<Response, Trouble> {
    let (house, now) = (&guest.house, guest.visit.now);
    let here = guest.association.id();
    let account = account(provider, who);
    let vouched = who.email.as_deref().filter(|_| who.email_is_verified);
    let browser = browser(guest);
    let known = (account, vouched, who.proved_at);
    match desk::external_login::enter(&house.pool, here, known, browser, now).await? {
        Opening::In(entered) => Ok(entering(see_other(back), house, &entered, back)),
        Opening::Elsewhere => {
            let names = [
                ("provider", (&provider.name).into()),
                ("sel", (&guest.association.name).into()),
            ];
            let text = guest.visit.words.say_with("external-elsewhere", &names);
            Ok(see_other_with(house, "/connexion", &Flash::bad(text)))
        }
        Opening::Unknown => {
            let account = Unlinked {
                provider: provider.key.clone(),
                issuer: provider.issuer.clone(),
                subject: who.subject.clone(),
                label: account.label.to_owned(),
            };
            let visitor = &guest.visit.visitor;
            let kept = desk::external_login::put_by(&house.pool, here, account, visitor, now);
            let (id, expires_at) = kept.await?;
            let link = Link::Token(id).sign(&house.keys, expires_at);
            Ok(see_other(&format!("/connexion/relier/{link}")))
        }
    }
}

#[derive(Template)]
#[template(path = "external_unknown.html")]
struct UnknownPage {
    frame: Frame,
    lead: String,
    next: String,
}

/// An account that opens nothing yet, and what to do about it.
#[handler]
async fn unknown(guest: Guest, Data(rooms): Data<&Arc<Rooms>>, Path(link): Path<String>) -> Answer {
    let account = match account::put_by(&guest, &link).await? {
        Ok((_, account)) => account,
        Err(refusal) => return crate::session::dead(guest, refusal).await,
    };
    let provider = way(&guest, rooms, &account.provider).await?.provider;
    let names = [
        ("provider", (&provider.name).into()),
        ("label", (&account.label).into()),
    ];
    let back = format!("{}/relier/{link}", account::PAGE);
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    Ok(page(&UnknownPage {
        frame: Frame::guest(&guest, "external-unknown-title"),
        lead: guest.visit.words.say_with("external-unknown-lead", &names),
        next: format!("/connexion?retour={back}"),
    })?)
}
