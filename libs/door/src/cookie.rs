//! Cookies: host-only, Lax, HttpOnly. Where TLS is they are Secure and named `__Host-…`: no browser
//! takes one of that name from a sibling host, nor over an open line.

use crate::house::House;
use poem::Response;
use poem::http::{HeaderMap, HeaderValue, header};

/// The session of a member on one SEL's host.
pub const SESSION: &str = "saline_session";
/// A visitor, so that forms can be tied to whoever loaded them.
pub const VISIT: &str = "saline_visit";
/// A sentence for the next page.
pub const FLASH: &str = "saline_flash";
/// The language that somebody chose.
pub const LANGUAGE: &str = "saline_langue";

fn prefix(secure: bool) -> &'static str {
    if secure { "__Host-" } else { "" }
}

/// The value of a cookie that the browser sent.
pub fn read<'a>(headers: &'a HeaderMap, name: &str, secure: bool) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| key.strip_prefix(prefix(secure)) == Some(name))
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

/// The header that sets a cookie for so many seconds. Values are letters, digits, `-`, `_`, `.`.
pub fn set(name: &str, value: &str, seconds: u64, secure: bool) -> HeaderValue {
    let (prefix, secure) = (prefix(secure), if secure { "; Secure" } else { "" });
    let text = format!(
        "{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    );
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The header that takes a cookie away.
pub fn clear(name: &str, secure: bool) -> HeaderValue {
    set(name, "", 0, secure)
}

/// The answer, with the secret of a session that has just begun, for so many seconds.
pub fn with_session(mut response: Response, house: &House, secret: &str, seconds: u64) -> Response {
    let set = set(SESSION, secret, seconds, house.site.is_secure());
    response.headers_mut().append(header::SET_COOKIE, set);
    response
}

/// The answer, with the secret of a session taken away.
pub fn without_session(mut response: Response, house: &House) -> Response {
    let clear = clear(SESSION, house.site.is_secure());
    response.headers_mut().append(header::SET_COOKIE, clear);
    response
}
