//! What every request passes first: whose host this is, who comes, in which language; and what
//! every answer gets last: cookies, headers, a page for an error.

mod guard;
mod home;

use crate::apology::told;
use crate::cookie;
use crate::device;
use crate::frame::Flash;
use crate::house::House;
use crate::limiter;
use crate::problem;
use crate::site::Host;
use crate::trouble::Trouble;
use crate::visit::Visit;
use home::home;
use poem::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response};
use std::sync::Arc;
use words::{Language, Words};

/// How long a visitor's cookie lives, in seconds.
const VISIT_SECONDS: u64 = 30 * 24 * 3600;

#[derive(Clone, Debug)]
pub struct Threshold(pub Arc<House>);

impl<E: Endpoint> Middleware<E> for Threshold {
    type Output = Crossing<E>;

    fn transform(&self, inner: E) -> Crossing<E> {
        Crossing {
            inner,
            house: Arc::clone(&self.0),
        }
    }
}

#[derive(Debug)]
pub struct Crossing<E> {
    inner: E,
    house: Arc<House>,
}

impl<E: Endpoint> Endpoint for Crossing<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let house = &self.house;
        let mut visit = visit_of(house, &request);
        let crossed = admit(house, &request, &mut visit).await;
        request.extensions_mut().insert(Arc::clone(house));
        request.extensions_mut().insert(visit.clone());
        let had_flash = visit.flash.is_some() && request.method().is_safe();
        let answer = match crossed {
            Ok(()) if let Some(home) = home(house, &request, &visit) => Ok(home),
            Ok(()) => self
                .inner
                .call(request)
                .await
                .map(IntoResponse::into_response),
            Err(trouble) => Err(trouble.into()),
        };
        let mut response = match answer {
            Ok(response) => response,
            Err(error) if visit.is_program && !error.is_from_response() => {
                problem::answer(&error, &visit)
            }
            Err(error) => told(error, house, &visit).await,
        };
        if visit.is_program
            && let Ok(id) = HeaderValue::from_str(&visit.reference)
        {
            let name = HeaderName::from_static("x-request-id");
            response.headers_mut().insert(name, id);
        }
        let is_page = response
            .content_type()
            .is_some_and(|kind| kind.starts_with("text/html"));
        let secure = house.site.is_secure();
        let embedded = response.extensions().get::<Embedded>().is_some();
        if is_page && !embedded {
            // Each page renews it: a form that it shows can be sent for the whole time.
            let set = cookie::set(cookie::VISIT, &visit.visitor, VISIT_SECONDS, secure);
            response.headers_mut().append(header::SET_COOKIE, set);
            if had_flash {
                let clear = cookie::clear(cookie::FLASH, secure);
                response.headers_mut().append(header::SET_COOKIE, clear);
            }
        }
        let pictured = response.extensions().get::<Pictured>().is_some();
        let allowed = (is_page, embedded, pictured);
        guard::guard(response.headers_mut(), house, allowed, visit.is_at_home);
        Ok(response)
    }
}

/// Marks a page whose style holds its pictures inside: the viewer of the document of our API, which
/// others wrote.
#[derive(Clone, Copy, Debug)]
pub struct Pictured;

/// Marks an answer that any site may show in a page of its own: a page in a frame, which has no
/// form and sets no cookie, or a photo.
#[derive(Clone, Copy, Debug)]
pub struct Embedded;

/// What can be known without asking anybody.
fn visit_of(house: &House, request: &Request) -> Visit {
    let headers = request.headers();
    let read = |name| cookie::read(headers, name, house.site.is_secure());
    let chosen = read(cookie::LANGUAGE).and_then(Language::parse);
    let accepted = || {
        let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::accepted(header)
    };
    let visitor = read(cookie::VISIT)
        .filter(|visitor| visitor.len() <= 64)
        .map_or_else(|| uuid_text(&store::key::secret()), ToOwned::to_owned);
    let forwarded = forwarded(headers);
    let is_program = request.uri().path().starts_with(PROGRAMS);
    let from = request
        .remote_addr()
        .as_socket_addr()
        .map(|address| house.proxies.visitor(address.ip(), &forwarded));
    Visit {
        association: None,
        is_at_home: false,
        is_console: house.is_console,
        words: Words::new(chosen.or_else(accepted).unwrap_or_default()),
        now: house.clock.now(),
        session: read(cookie::SESSION)
            .filter(|_| !is_program)
            .map(ToOwned::to_owned),
        form_token: house.keys.form_token(&visitor),
        visitor,
        path: path_back_to(request),
        came_from: came_from(request).and_then(|from| local(&from)),
        flash: read(cookie::FLASH).and_then(Flash::decode),
        reference: uuid_text(&store::key::secret())[..8].to_owned(),
        device: device::told(headers),
        is_program,
        from_loopback: from.is_none_or(|ip| ip.is_loopback()),
        origin: from.map_or_else(String::new, limiter::bearer),
        around: from.map_or_else(String::new, limiter::around),
    }
}

/// A page that answers a form cannot be asked for again: one goes back to where the form stood.
fn path_back_to(request: &Request) -> String {
    let found = if request.method().is_safe() {
        local(request.uri())
    } else {
        came_from(request)
            .filter(|from| from.path() != request.uri().path())
            .and_then(|from| local(&from))
    };
    found.unwrap_or_else(|| "/".to_owned())
}

/// The page where the link or the form stood. Browsers say it to their own host only, as our pages
/// ask of them.
fn came_from(request: &Request) -> Option<Uri> {
    let from = request.headers().get(header::REFERER)?;
    let from: Uri = from.to_str().ok()?.parse().ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    (from.authority()?.as_str() == host).then_some(from)
}

fn local(uri: &Uri) -> Option<String> {
    let path = uri.path_and_query().map(ToString::to_string);
    path.filter(|path| path.starts_with('/') && !path.starts_with("//"))
}

/// All that proxies wrote, in their order; where there are several such headers they are one list.
fn forwarded(headers: &HeaderMap) -> String {
    let values = headers.get_all("x-forwarded-for").iter();
    let texts: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    texts.join(",")
}

fn uuid_text(secret: &[u8; 32]) -> String {
    secret
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Here mail programs post by themselves (RFC 8058), from no page of ours: the signed link in the
/// path says all, and nothing else is done than what it says.
pub const STOP: &str = "/alerte/";

/// Here programs ask, each with its own access: no cookie of a browser counts, so that no page
/// elsewhere can ask in anybody's name.
const PROGRAMS: &str = "/api/";

/// The host that a request names: "mars.saline.example:8080".
pub fn host_of(request: &Request) -> String {
    let authority = request.uri().authority().map(ToString::to_string);
    let named = || {
        Some(
            request
                .headers()
                .get(header::HOST)?
                .to_str()
                .ok()?
                .to_owned(),
        )
    };
    authority.or_else(named).unwrap_or_default()
}

/// Whether the request may come in at all.
async fn admit(house: &House, request: &Request, visit: &mut Visit) -> Result<(), Trouble> {
    let host = host_of(request);
    // The page that says that nobody is here looks like a page.
    let is_asset = request.uri().path().starts_with("/static/");
    match house.site.read_host(&host) {
        Host::Console if house.is_console => {}
        _ if house.is_console => return Err(Trouble::NotFound),
        // The name that people type before it is led on.
        Host::Platform | Host::Www => {}
        Host::Association(slug) => {
            visit.association = house.association(&slug).await?;
            if visit.association.is_none() && !is_asset {
                return Err(Trouble::NotFound);
            }
        }
        Host::Other(name) => {
            visit.association = house.at_home(&name).await?;
            visit.is_at_home = visit.association.is_some();
            if !visit.is_at_home && !is_asset {
                return Err(Trouble::NotFound);
            }
        }
        Host::Console | Host::Unknown if is_asset => {}
        Host::Console | Host::Unknown => return Err(Trouble::NotFound),
    }
    if request.method().is_safe() {
        return Ok(());
    }
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Trouble::UnknownBody);
    }
    if request.uri().path().starts_with(STOP) || visit.is_program {
        return Ok(());
    }
    if is_same_origin(request.headers(), &host, &house.site.scheme) {
        Ok(())
    } else {
        Err(Trouble::ForeignForm)
    }
}

/// An unsafe request must come from a page of the very same host. The SELs are siblings on one
/// domain: `same-site` is not enough.
fn is_same_origin(headers: &HeaderMap, host: &str, scheme: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => text(header::ORIGIN)
            .is_some_and(|origin| origin.eq_ignore_ascii_case(&format!("{scheme}://{host}"))),
    }
}

/// Sends the browser on, with a sentence for the next page.
pub fn see_other_with(house: &House, to: &str, flash: &Flash) -> Response {
    let mut response = crate::trouble::see_other(to);
    let set = cookie::set(cookie::FLASH, &flash.encode(), 60, house.site.is_secure());
    response.headers_mut().append(header::SET_COOKIE, set);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use poem::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_the_very_same_host_may_send_a_form() {
        let ours = |pairs| is_same_origin(&headers(pairs), "mars.localhost:8080", "http");
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("sec-fetch-site", "none")]));
        assert!(!ours(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://mars.localhost:8080")
        ]));
        assert!(ours(&[("origin", "http://mars.localhost:8080")]));
        assert!(!ours(&[("origin", "http://clos.localhost:8080")]));
        assert!(!ours(&[("origin", "https://mars.localhost:8080")]));
        assert!(!ours(&[]));
    }
}
