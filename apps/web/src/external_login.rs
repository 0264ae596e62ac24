//! `/connexion/avec/…`, `/connexion/retour`: coming in with an account elsewhere.
//!
//! The provider sends everybody back to the platform's own host, which knows by the state at which
//! SEL the dance began and sends them on there. That answer is a GET and logs in all the same: it
//! ends what a form began, once, in the browser that sent the form.

mod account;
mod way;

pub(crate) use way::{Offer, has_some, of_sel, offers};

use crate::Rooms;
use crate::language::local_path;
use crate::session::{browser, entering};
use askama::Template;
use desk::external_login::{Dance, Opening, Unlinked};
use desk::link::Link;
use desk::session::Refusal;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Guest, House, Trouble, Visit, page, see_other};
use gateways::Failure;
use gateways::login::{Provider, Returned, Who};
use poem::http::Uri;
use poem::web::{Data, Path};
use poem::{Response, Route, get, handler, post};
use sel::id::TokenId;
use std::sync::Arc;
use store::external_login::Account;
use way::way;

/// Where a provider of the host sends the browser back to, on the platform's host and then on the
/// SEL's. A SEL's own comes back to another path: what one provider was sent is never shown to
/// another, who might be anybody (mix-up, RFC 9700).
const BACK: &str = "/connexion/retour";

/// Where the providers of this SEL send the browser back to.
pub(crate) fn own_back(slug: &str) -> String {
    format!("{BACK}/{slug}")
}

pub(crate) fn routes(route: Route) -> Route {
    account::routes(route)
        .at("/connexion/avec/:provider", post(begin))
        .at(BACK, get(end))
        .at("/connexion/retour/:slug", get(end_own))
        .at("/connexion/relier/:link", get(unknown))
}

pub(crate) fn platform_routes(route: Route) -> Route {
    route
        .at(BACK, get(send_on))
        .at("/connexion/retour/:slug", get(send_on_own))
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

/// The token of the state that came back.
fn token(house: &House, visit: &Visit, query: &Fields) -> Result<TokenId, Refusal> {
    match Link::read(query.get("state"), &house.keys, visit.now) {
        Ok(Link::Token(token)) => Ok(token),
        _ => Err(Refusal::Broken),
    }
}

/// On the platform's host: sends the browser on to the SEL where the dance began, with all that the
/// provider said.
#[handler]
async fn send_on(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Query(query): Query,
    uri: &Uri,
) -> Answer {
    let slug = began_at(house, &visit, &query).await?;
    Ok(sent_on(house, &slug, BACK, uri))
}

/// The same of a SEL's own provider, to that SEL alone.
#[handler]
async fn send_on_own(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Path(own): Path<String>,
    Query(query): Query,
    uri: &Uri,
) -> Answer {
    let slug = began_at(house, &visit, &query).await?;
    if slug != own {
        return Err(Trouble::NotFound.into());
    }
    Ok(sent_on(house, &slug, &own_back(&slug), uri))
}

async fn began_at(house: &House, visit: &Visit, query: &Fields) -> Result<String, Trouble> {
    let token = token(house, visit, query).map_err(|_| Trouble::NotFound)?;
    let slug = desk::external_login::began_at(&house.pool, token, visit.now).await?;
    slug.ok_or(Trouble::NotFound)
}

fn sent_on(house: &House, slug: &str, path: &str, uri: &Uri) -> Response {
    let query = uri.query().unwrap_or_default();
    see_other(&house.site.association_url(slug, &format!("{path}?{query}")))
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
        shut @ (Opening::Elsewhere | Opening::Several) => {
            let key = match shut {
                Opening::Several => "external-several",
                _ => "external-elsewhere",
            };
            let names = [
                ("provider", (&provider.name).into()),
                ("sel", (&guest.association.name).into()),
            ];
            let text = guest.visit.words.say_with(key, &names);
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
