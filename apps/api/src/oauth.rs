//! `/oauth/…`: how programs that others wrote get access (OAuth 2.1). They introduce themselves,
//! somebody agrees on a page of the SEL, and the access is fetched here.

use crate::caller::count_origin;
use chrono::TimeDelta;
use desk::grant::{self, Client, Fetched, INTERVAL, Refusal};
use desk::link::Link;
use door::problem::Fault;
use door::{Fields, Guest, Trouble};
use poem::http::{StatusCode, header};
use poem::web::Json;
use poem::{IntoResponse, Response, Route, handler, post};
use sel::access::Permission;
use sel::id::{DeviceRequestId, TokenId};
use serde::Deserialize;
use serde_json::{Value, json};

const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Introductions and devices of one origin in an hour.
const AN_HOUR: u32 = 60;
const NAME_LETTERS: usize = 60;
const REDIRECTS: usize = 5;
const REDIRECT_LETTERS: usize = 300;

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/oauth/register", post(register))
        .at("/oauth/token", post(token))
        .at("/oauth/device", post(device))
        .at("/oauth/revoke", post(revoke))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header(header::CACHE_CONTROL, "no-store")
        .body(body.to_string())
}

fn wrong(error: &str, why: &str) -> Response {
    let body = json!({ "error": error, "error_description": why });
    answer(StatusCode::BAD_REQUEST, &body)
}

/// Counts what writes something for a stranger.
async fn count(guest: &Guest) -> Result<(), Fault> {
    let key = format!("oauth from {}", guest.visit.origin);
    let counted = guest.count(&key, AN_HOUR, TimeDelta::hours(1)).await;
    counted.map_err(|_| Fault::TooMany(3600))
}

#[derive(Deserialize)]
struct Introduction {
    client_name: String,
    #[serde(default)]
    redirect_uris: Vec<String>,
}

/// Whether a browser may be sent there: by TLS, to the person's own machine, or to a program that
/// has claimed the name of a domain.
fn may_return(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !"<>\"'\\`{}|^#".contains(c);
    if address.len() > REDIRECT_LETTERS || !address.chars().all(plain) {
        return false;
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    let host = rest.trim_start_matches('/').split(['/', '?']).next();
    let host = host.unwrap_or_default();
    let named = !host.is_empty() && !host.contains('@');
    match scheme {
        "https" => rest.starts_with("//") && named,
        "http" => {
            let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
            rest.starts_with("//") && matches!(bare, "127.0.0.1" | "[::1]" | "localhost")
        }
        scheme => scheme.contains('.') && rest.starts_with('/'),
    }
}

/// RFC 7591, for programs without a secret. Nothing is kept: the name that they get says all.
#[handler]
async fn register(guest: Guest, Json(it): Json<Introduction>) -> poem::Result<Response> {
    count(&guest).await?;
    let name = it.client_name.split_whitespace().collect::<Vec<_>>();
    let name = name.join(" ");
    if !(1..=NAME_LETTERS).contains(&name.chars().count()) {
        return Ok(wrong(
            "invalid_client_metadata",
            "client_name: 1 to 60 letters",
        ));
    }
    if it.redirect_uris.len() > REDIRECTS || !it.redirect_uris.iter().all(|it| may_return(it)) {
        return Ok(wrong(
            "invalid_redirect_uri",
            "redirect_uris: five that may be returned to",
        ));
    }
    let client = Client {
        name: name.clone(),
        redirects: it.redirect_uris.clone(),
        association: guest.association.id(),
    };
    let id = client.id(&guest.house.keys).map_err(Trouble::from)?;
    let body = json!({
        "client_id": id,
        "client_name": name,
        "redirect_uris": it.redirect_uris,
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", DEVICE],
        "response_types": ["code"],
    });
    Ok(answer(StatusCode::CREATED, &body))
}

fn client(guest: &Guest, id: &str) -> Option<Client> {
    Client::read(id, &guest.house.keys, guest.association.id())
}

fn scopes(text: &str) -> Option<Vec<Permission>> {
    let all: Option<Vec<_>> = text
        .split_ascii_whitespace()
        .map(Permission::parse)
        .collect();
    all.filter(|all| !all.is_empty())
}

fn fetched(it: &Fetched, now: chrono::DateTime<chrono::Utc>) -> Response {
    let scope: Vec<&str> = it.permissions.iter().map(|it| it.as_str()).collect();
    let body = json!({
        "access_token": it.secret,
        "token_type": "Bearer",
        "expires_in": (it.expires_at - now).num_seconds(),
        "scope": scope.join(" "),
    });
    answer(StatusCode::OK, &body)
}

fn refused(refusal: Refusal) -> Response {
    match refusal {
        Refusal::InvalidGrant => wrong("invalid_grant", "it is none, is over, or was used"),
        Refusal::Pending => wrong("authorization_pending", "nobody has answered yet"),
        Refusal::SlowDown => wrong("slow_down", "every five seconds is enough"),
        Refusal::Denied => wrong("access_denied", "somebody said no"),
        Refusal::Expired => wrong("expired_token", "nobody answered in time"),
        Refusal::Many => wrong("temporarily_unavailable", "many devices wait already"),
    }
}

#[handler]
async fn token(guest: Guest, sent: Vec<u8>) -> poem::Result<Response> {
    let fields = Fields::parse(&sent);
    count_origin(&guest).await?;
    if client(&guest, fields.raw("client_id")).is_none() {
        return Ok(wrong("invalid_client", "this SEL knows no such program"));
    }
    match fields.raw("grant_type") {
        "authorization_code" => by_code(&guest, &fields).await,
        DEVICE => by_device(&guest, &fields).await,
        _ => Ok(wrong("unsupported_grant_type", "a code, or a device's")),
    }
}

async fn by_code(guest: &Guest, fields: &Fields) -> poem::Result<Response> {
    let (house, now) = (&guest.house, guest.visit.now);
    let Ok(Link::Token(code)) = Link::read(fields.raw("code"), &house.keys, now) else {
        return Ok(refused(Refusal::InvalidGrant));
    };
    let shown = (
        fields.raw("client_id"),
        fields.raw("redirect_uri"),
        fields.raw("code_verifier"),
    );
    let here = guest.association.id();
    match grant::fetch(&house.pool, here, code, shown, now).await {
        Ok(it) => Ok(fetched(&it, now)),
        Err(desk::Halt::Refused(refusal)) => Ok(refused(refusal)),
        Err(desk::Halt::Failed(error)) => Err(Trouble::from(error).into()),
    }
}

async fn by_device(guest: &Guest, fields: &Fields) -> poem::Result<Response> {
    let (house, now) = (&guest.house, guest.visit.now);
    // A device's code is signed as any link is, and lives as long.
    let read = Link::read(fields.raw("device_code"), &house.keys, now);
    let id = match read {
        Ok(Link::Token(id)) => DeviceRequestId(id.0),
        Err(desk::link::Dead::Expired) => return Ok(refused(Refusal::Expired)),
        _ => return Ok(refused(Refusal::InvalidGrant)),
    };
    let scope = guest.scope().await.map_err(Trouble::from)?;
    match grant::fetch_device(scope, fields.raw("client_id"), id).await {
        Ok(it) => Ok(fetched(&it, now)),
        Err(desk::Halt::Refused(refusal)) => Ok(refused(refusal)),
        Err(desk::Halt::Failed(error)) => Err(Trouble::from(error).into()),
    }
}

/// RFC 8628.
#[handler]
async fn device(guest: Guest, sent: Vec<u8>) -> poem::Result<Response> {
    let fields = Fields::parse(&sent);
    count(&guest).await?;
    let Some(client) = client(&guest, fields.raw("client_id")) else {
        return Ok(wrong("invalid_client", "this SEL knows no such program"));
    };
    let Some(permissions) = scopes(fields.raw("scope")) else {
        return Ok(wrong("invalid_scope", "one or several permissions"));
    };
    let scope = guest.scope().await.map_err(Trouble::from)?;
    let id = fields.raw("client_id");
    let shown = match grant::begin_device(scope, id, &client.name, &permissions).await {
        Ok(shown) => shown,
        Err(desk::Halt::Refused(refusal)) => return Ok(refused(refusal)),
        Err(desk::Halt::Failed(error)) => return Err(Trouble::from(error).into()),
    };
    let (house, slug) = (&guest.house, &guest.association.slug);
    let page = house.site.association_url(slug, "/appareil");
    let code = Link::Token(TokenId(shown.id.0)).sign(&house.keys, shown.expires_at);
    let body = json!({
        "device_code": code,
        "user_code": shown.user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?code={}", shown.user_code),
        "expires_in": (shown.expires_at - guest.visit.now).num_seconds(),
        "interval": INTERVAL,
    });
    Ok(answer(StatusCode::OK, &body))
}

/// RFC 7009: whoever holds a secret may end it.
#[handler]
async fn revoke(guest: Guest, sent: Vec<u8>) -> poem::Result<Response> {
    let fields = Fields::parse(&sent);
    count_origin(&guest).await?;
    let scope = guest.scope().await.map_err(Trouble::from)?;
    let given_up = grant::give_up(scope, fields.raw("token")).await;
    given_up.map_err(Trouble::from)?;
    Ok(answer(StatusCode::OK, &json!({})).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_sent_back_by_tls_or_to_ones_own_machine() {
        for good in [
            "https://exemple.fr/retour",
            "http://127.0.0.1:8912/cb",
            "http://localhost/cb",
            "fr.exemple.app:/retour",
        ] {
            assert!(may_return(good), "{good}");
        }
        for not in [
            "http://exemple.fr/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://a@exemple.fr/",
            "https://exemple.fr/#x",
            "https://exemple.fr/\"><script>",
            "http://localhost.exemple.fr/",
            "",
        ] {
            assert!(!may_return(not), "{not}");
        }
    }
}
