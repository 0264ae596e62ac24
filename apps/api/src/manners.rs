//! What every answer has, whatever it answers: what is left of the limit, an ETag, and a problem
//! where something went wrong. The id of the request is the threshold's.

use crate::caller::{REQUESTS, WINDOW};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use door::limiter::Standing;
use door::{Trouble, Visit, problem};
use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, IntoResponse, Middleware, Request, Response};
use serde_json::{Value, json};
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

/// The addresses of the document, and which methods each knows.
#[derive(Clone)]
pub(crate) struct Manners(Arc<Vec<(Vec<String>, String)>>);

impl Manners {
    pub(crate) fn of(document: &str) -> Manners {
        let read: Value = serde_json::from_str(document).unwrap_or_default();
        let paths = read["paths"].as_object().into_iter().flatten();
        let known = paths.map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            let names: Vec<String> = methods.map(|(name, _)| name.to_uppercase()).collect();
            let segments = path.split('/').map(str::to_owned);
            (segments.collect(), names.join(", "))
        });
        Manners(Arc::new(known.collect()))
    }

    /// The methods of an address.
    fn allowed(&self, path: &str) -> Option<&str> {
        let asked: Vec<&str> = path.split('/').collect();
        let is_one = |known: &[String]| {
            let alike = |(it, asked): (&String, &&str)| it.starts_with('{') || it == asked;
            known.len() == asked.len() && known.iter().zip(&asked).all(alike)
        };
        let mut known = self.0.iter();
        let found = known.find(|(segments, _)| is_one(segments));
        found.map(|(_, methods)| methods.as_str())
    }
}

impl<E: Endpoint> Middleware<E> for Manners {
    type Output = Mannered<E>;

    fn transform(&self, inner: E) -> Mannered<E> {
        Mannered(inner, self.clone())
    }
}

pub(crate) struct Mannered<E>(E, Manners);

/// Bytes of a request's body.
const LONGEST: usize = 64 * 1024;

/// Reads a body before anybody else does: it ends somewhere, and no value in it is `null`, which
/// means nothing here.
async fn body(request: &mut Request) -> poem::Result<()> {
    let whole = request.take_body().into_bytes_limit(LONGEST).await;
    let whole = whole.map_err(|_| poem::Error::from(Trouble::TooLarge))?;
    // What is no JSON is told so by who reads it.
    let read: Value = serde_json::from_slice(&whole).unwrap_or(Value::Bool(true));
    if holds_null(&read) {
        let why = "`null` is no value: leave the field out";
        return Err(poem::Error::from_string(why, StatusCode::BAD_REQUEST));
    }
    request.set_body(whole);
    Ok(())
}

fn holds_null(it: &Value) -> bool {
    match it {
        Value::Null => true,
        Value::Array(all) => all.iter().any(holds_null),
        Value::Object(all) => all.values().any(holds_null),
        _ => false,
    }
}

impl<E: Endpoint> Endpoint for Mannered<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let Some(visit) = request.extensions().get::<Visit>().cloned() else {
            return Err(poem::Error::from_status(StatusCode::INTERNAL_SERVER_ERROR));
        };
        let count = Arc::new(Count::default());
        request.extensions_mut().insert(Arc::clone(&count));
        let reads = request.method() == Method::GET;
        // A tag is that of a body.
        let has_body = request.method() != Method::HEAD;
        let path = request.uri().path().to_owned();
        let known = request.headers().get(header::IF_NONE_MATCH).cloned();
        let answered = match body(&mut request).await {
            Ok(()) => self.0.call(request).await,
            Err(error) => Err(error),
        };
        let mut response = match answered {
            Ok(output) => output.into_response(),
            Err(error) if error.is_from_response() => error.into_response(),
            Err(error) => problem::answer(&error, &visit),
        };
        // A file of the viewer says by itself how long it is good.
        let is_told = has_body
            && matches!(response.status(), StatusCode::OK | StatusCode::CREATED)
            && !response.headers().contains_key(header::CACHE_CONTROL);
        if is_told {
            response = tagged(response, known.as_ref().filter(|_| reads)).await?;
        }
        if response.status() == StatusCode::METHOD_NOT_ALLOWED
            && let Some(methods) = self.1.allowed(&path)
            && let Ok(methods) = HeaderValue::from_str(methods)
        {
            response.headers_mut().insert(header::ALLOW, methods);
        }
        let headers = response.headers_mut();
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-cache"));
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

/// Says in the document what every answer has.
pub(crate) fn describe(document: &mut Value) {
    let header = |says: &str| json!({ "description": says, "schema": { "type": "string" } });
    let tag = header("The tag of what was read.");
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, methods) in paths {
        for (method, it) in methods.as_object_mut().into_iter().flatten() {
            let reads = method == "get";
            if reads {
                it["responses"]["304"] = json!({
                    "description": "It is what the program has: `If-None-Match` named its tag.",
                });
                let known = json!({
                    "name": "If-None-Match",
                    "in": "header",
                    "description": "The tag of what the program has.",
                    "schema": { "type": "string" },
                });
                match it["parameters"].as_array_mut() {
                    Some(all) => all.push(known),
                    None => it["parameters"] = json!([known]),
                }
            }
            for (status, answer) in it["responses"].as_object_mut().into_iter().flatten() {
                let headers = &mut answer["headers"];
                headers["X-Request-Id"] = header("What to name when asking about this request.");
                // What is refused before it is known who asks counts for nobody.
                if !matches!(status.as_str(), "401" | "413" | "415") {
                    headers["RateLimit"] = header("What is left of the limit, and until when.");
                }
                if matches!(status.as_str(), "200" | "201" | "304") {
                    headers["ETag"] = tag.clone();
                }
                if status == "429" {
                    headers["Retry-After"] = header("In so many seconds.");
                }
            }
        }
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

/// Whether a list of tags, as a program sends it back, holds this one. A proxy that compresses
/// makes a tag weak. It still says what the text was, before it was compressed: so it counts in
/// `If-None-Match`, as RFC 9110 has it, and in `If-Match`, which would else fail behind it.
pub(crate) fn holds(list: &str, tag: &str) -> bool {
    let strong = |it: &str| it.trim().trim_start_matches("W/") == tag;
    list.trim() == "*" || list.split(',').any(strong)
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
    fn an_address_knows_its_methods() {
        let known = r#"{"paths":{"/a/{id}":{"get":{},"put":{}},"/a":{"post":{}}}}"#;
        let manners = Manners::of(known);
        assert_eq!(manners.allowed("/a/7"), Some("GET, PUT"));
        assert_eq!(manners.allowed("/a"), Some("POST"));
        assert_eq!(manners.allowed("/b"), None);
    }

    #[test]
    fn a_tag_is_found_in_a_list() {
        let tag = tag(b"body");
        assert!(holds(&tag, &tag));
        assert!(holds(&format!("\"x\", {tag}"), &tag));
        assert!(holds(&format!("\"x\", W/{tag}"), &tag));
        assert!(holds("*", &tag));
        assert!(!holds("\"x\"", &tag));
        assert!(!holds("", &tag));
        assert_ne!(super::tag(b"another"), tag);
    }
}
