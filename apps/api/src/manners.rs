//! What every answer has, whatever it answers: the id of the request, what is left of the limit, an
//! ETag, and a problem where something went wrong.

use crate::caller::{REQUESTS, WINDOW};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use door::limiter::Standing;
use door::{Visit, problem};
use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, IntoResponse, Middleware, Request, Response};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// What was counted of a request, once it was known whose it is.
#[derive(Default)]
pub(crate) struct Count(OnceLock<Standing>);

impl Count {
    pub(crate) fn set(&self, standing: Standing) {
        // It is counted once a request.
        let _ = self.0.set(standing);
    }
}

pub(crate) struct Manners;

impl<E: Endpoint> Middleware<E> for Manners {
    type Output = Mannered<E>;

    fn transform(&self, inner: E) -> Mannered<E> {
        Mannered(inner)
    }
}

pub(crate) struct Mannered<E>(E);

impl<E: Endpoint> Endpoint for Mannered<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let Some(visit) = request.extensions().get::<Visit>().cloned() else {
            return Err(poem::Error::from_status(StatusCode::INTERNAL_SERVER_ERROR));
        };
        let count = Arc::new(Count::default());
        request.extensions_mut().insert(Arc::clone(&count));
        let reads = request.method() == Method::GET;
        let known = request.headers().get(header::IF_NONE_MATCH).cloned();
        let mut response = match self.0.call(request).await {
            Ok(output) => output.into_response(),
            Err(error) if error.is_from_response() => error.into_response(),
            Err(error) => problem::answer(&error, &visit),
        };
        if reads && response.status() == StatusCode::OK {
            response = tagged(response, known.as_ref()).await?;
        }
        let headers = response.headers_mut();
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
        if let Ok(id) = HeaderValue::from_str(&visit.reference) {
            headers.insert(HeaderName::from_static("x-request-id"), id);
        }
        if let Some(standing) = count.0.get() {
            limited(
                headers,
                *standing,
                (standing.until - visit.now).num_seconds(),
            );
        }
        Ok(response)
    }
}

/// As draft-ietf-httpapi-ratelimit-headers has them.
fn limited(headers: &mut HeaderMap, standing: Standing, seconds: i64) {
    let policy = format!("\"access\";q={REQUESTS};w={}", WINDOW.num_seconds());
    let left = format!("\"access\";r={};t={}", standing.left, seconds.max(0));
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// The tag of what is in a body.
pub(crate) fn tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..12]))
}

/// Whether a list of tags, as a program sends it back, holds this one.
pub(crate) fn holds(list: &str, tag: &str) -> bool {
    let bare = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|it| bare(it) == tag)
}

async fn tagged(response: Response, known: Option<&HeaderValue>) -> poem::Result<Response> {
    let (mut parts, body) = response.into_parts();
    let bytes = body.into_bytes().await?;
    let tag = tag(&bytes);
    let is_known = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| holds(known, &tag));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Ok(Response::from_parts(parts, Body::empty()));
    }
    Ok(Response::from_parts(parts, Body::from_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list() {
        let tag = tag(b"body");
        assert!(holds(&tag, &tag));
        assert!(holds(&format!("\"x\", W/{tag}"), &tag));
        assert!(holds("*", &tag));
        assert!(!holds("\"x\"", &tag));
        assert!(!holds("", &tag));
        assert_ne!(super::tag(b"another"), tag);
    }
}
