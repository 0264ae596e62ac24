//! `/oauth/authorize`: agreeing that a program that somebody else wrote gets access.

mod device;

use crate::external_login::going;
use crate::member::permission_words;
use crate::membership::{asks, doubts, own};
use askama::Template;
use desk::grant::{Agreed, Client};
use desk::link::Link;
use desk::membership::Proof;
use door::form::Query;
use door::{Absent, Answer, Errors, Fields, Frame, Guest, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Json;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::access::{Permission, offered};
use serde_json::{Value, json};

pub(crate) fn routes(route: Route) -> Route {
    device::routes(route)
        .at("/oauth/authorize", get(consent).post(answer))
        .at("/.well-known/oauth-authorization-server", get(metadata))
}

#[derive(Template)]
#[template(path = "grant.html")]
struct ConsentPage {
    frame: Frame,
    errors: Errors,
    lead: String,
    /// To where the browser goes afterwards; empty for a device.
    back: String,
    may: Vec<String>,
    action: &'static str,
    /// What was asked, for the form to send along.
    hidden: Vec<(&'static str, String)>,
    asks: bool,
}

#[derive(Template)]
#[template(path = "grant_wrong.html")]
struct WrongPage {
    frame: Frame,
}

/// RFC 8414.
#[handler]
async fn metadata(guest: Guest) -> Json<Value> {
    let (house, slug) = (&guest.house, &guest.association.slug);
    let at = |path: &str| house.site.association_url(slug, path);
    let scopes = Permission::ALL.map(Permission::as_str);
    Json(json!({
        "issuer": at(""),
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at("/api/v1/oauth/token"),
        "registration_endpoint": at("/api/v1/oauth/register"),
        "revocation_endpoint": at("/api/v1/oauth/revoke"),
        "device_authorization_endpoint": at("/api/v1/oauth/device"),
        "service_documentation": at("/api/v1/docs"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "grant_types_supported":
            ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// What a program asked of the browser, read and found right so far.
struct Asked {
    client: Client,
    client_id: String,
    redirect: String,
    state: String,
    challenge: String,
    permissions: Vec<Permission>,
}

/// Why nothing is asked of anybody.
enum Wrong {
    /// Nobody knows to whom one would go back.
    Here,
    /// To be told where the program is: this error, with its state.
    There(&'static str),
}

/// Where a program is told how it went.
fn back(guest: &Guest, redirect: &str, pairs: &[(&str, &str)]) -> String {
    let issuer = guest
        .house
        .site
        .association_url(&guest.association.slug, "");
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    query.append_pair("iss", &issuer);
    let mark = if redirect.contains('?') { '&' } else { '?' };
    format!("{redirect}{mark}{}", query.finish())
}

fn read(absent: &Absent, it: &Fields) -> Result<Asked, Wrong> {
    let guest = &absent.guest;
    let id = it.raw("client_id");
    let client = Client::read(id, &guest.house.keys, guest.association.id()).ok_or(Wrong::Here)?;
    let redirect = it.raw("redirect_uri");
    if !client.redirects.iter().any(|known| known == redirect) {
        return Err(Wrong::Here);
    }
    let challenge = it.raw("code_challenge");
    let is_hash = challenge.len() == 43 && it.raw("code_challenge_method") == "S256";
    if it.raw("response_type") != "code" {
        return Err(Wrong::There("unsupported_response_type"));
    }
    if !is_hash || it.raw("state").len() > 500 {
        return Err(Wrong::There("invalid_request"));
    }
    let asked: Option<Vec<_>> = it
        .raw("scope")
        .split_ascii_whitespace()
        .map(Permission::parse)
        .collect();
    let asked = asked.ok_or(Wrong::There("invalid_scope"))?;
    let permissions = lent(absent, &asked);
    if permissions.is_empty() {
        return Err(Wrong::There("invalid_scope"));
    }
    Ok(Asked {
        client,
        client_id: id.to_owned(),
        redirect: redirect.to_owned(),
        state: it.raw("state").to_owned(),
        challenge: challenge.to_owned(),
        permissions,
    })
}

/// Of what is asked, that which this member has to give.
fn lent(absent: &Absent, asked: &[Permission]) -> Vec<Permission> {
    let offered = absent.actor().map_or_else(Vec::new, offered);
    offered
        .into_iter()
        .filter(|it| asked.contains(it))
        .collect()
}

async fn wrong(absent: Absent, fields: &Fields, wrong: &Wrong) -> Answer {
    match wrong {
        Wrong::Here => {
            let present = absent.back().await?;
            let response = page(&WrongPage {
                frame: Frame::present(&present, "grant-wrong-title", ""),
            })?;
            Ok(response
                .with_status(StatusCode::BAD_REQUEST)
                .into_response())
        }
        Wrong::There(error) => {
            let pairs = [("error", *error), ("state", fields.raw("state"))];
            let address = back(&absent.guest, fields.raw("redirect_uri"), &pairs);
            Ok(leave(&absent.guest, address, *error == "access_denied")?)
        }
    }
}

/// Back to the program. Nobody is sent there at once who has not pressed a button here: anybody may
/// introduce a program, and send others to this page.
fn leave(guest: &Guest, address: String, at_once: bool) -> Result<Response, Trouble> {
    going(
        guest,
        guest.visit.words.say("grant-going-lead"),
        address,
        at_once,
    )
}

#[handler]
async fn consent(present: Present, Query(query): Query) -> Answer {
    let absent = present.away();
    match read(&absent, &query) {
        Ok(asked) => ask(absent, asked, Errors::none()).await,
        Err(why) => wrong(absent, &query, &why).await,
    }
}

async fn ask(absent: Absent, asked: Asked, errors: Errors) -> Answer {
    let hidden = vec![
        ("client_id", asked.client_id),
        ("redirect_uri", asked.redirect.clone()),
        ("state", asked.state),
        ("code_challenge", asked.challenge),
        ("code_challenge_method", "S256".to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", scope(&asked.permissions)),
    ];
    let host = asked
        .redirect
        .split("://")
        .nth(1)
        .unwrap_or(&asked.redirect);
    let host = host.split(['/', '?']).next().unwrap_or_default().to_owned();
    let asked = (asked.client.name.as_str(), asked.permissions.as_slice());
    consented(absent, asked, (host, "/oauth/authorize", hidden), errors).await
}

fn scope(permissions: &[Permission]) -> String {
    let all: Vec<&str> = permissions.iter().map(|it| it.as_str()).collect();
    all.join(" ")
}

/// The page that asks.
async fn consented(
    absent: Absent,
    (name, permissions): (&str, &[Permission]),
    (back, action, hidden): (String, &'static str, Vec<(&'static str, String)>),
    errors: Errors,
) -> Answer {
    let words = absent.words();
    let names = [
        ("name", name.into()),
        ("sel", (&absent.guest.association.name).into()),
        ("me", absent.member.full_name().into()),
    ];
    let may = permissions.iter().map(|it| permission_words(words, *it));
    let (asks, code) = (asks(&absent, Proof::Here).await?, errors.code());
    let present = absent.back().await?;
    let response = page(&ConsentPage {
        frame: Frame::present(&present, "grant-title", "").wrong(!errors.is_empty()),
        errors,
        lead: words.say_with("grant-lead", &names),
        back,
        may: may.collect(),
        action,
        hidden,
        asks,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn answer(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    let asked = match read(&absent, &fields) {
        Ok(asked) => asked,
        Err(why) => return wrong(absent, &fields, &why).await,
    };
    if fields.get("answer") != "oui" {
        return wrong(absent, &fields, &Wrong::There("access_denied")).await;
    }
    if let Some(errors) = doubts(&absent, &fields, Proof::Here).await? {
        return ask(absent, asked, errors).await;
    }
    let own = own(&absent)?;
    crate::session::tries::of_access(&absent, own.identity_id).await?;
    let agreed = Agreed {
        client_id: &asked.client_id,
        name: &asked.client.name,
        redirect: &asked.redirect,
        challenge: &asked.challenge,
        permissions: &asked.permissions,
    };
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let whose = (own.association_id, own.member_id, own.identity_id);
    let (id, expires_at) = desk::grant::agree(&house.pool, whose, agreed, now)
        .await
        .map_err(Trouble::from)?;
    let code = Link::Token(id).sign(&house.keys, expires_at);
    let pairs = [("code", code.as_str()), ("state", &asked.state)];
    let address = back(&absent.guest, &asked.redirect, &pairs);
    Ok(leave(&absent.guest, address, true)?)
}
