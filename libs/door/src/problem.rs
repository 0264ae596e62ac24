//! What a program is told where something goes wrong: `application/problem+json` (RFC 9457).

use crate::trouble::Trouble;
use crate::visit::Visit;
use poem::error::ResponseError;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{Error, Response};
use sel::amount::Unit;
use sel::refusal::Refused;
use serde_json::{Value, json};
use thiserror::Error;
use words::Words;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The field; empty where the whole is meant.
    pub field: String,
    /// Always the same, for programs.
    pub code: String,
    /// In the language that was asked for.
    pub detail: String,
}

/// Why a program does not get what it asked for, beside what goes wrong with pages.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Nobody's secret, or one that is over.
    #[error("no access")]
    NoAccess,
    /// The access does not allow this.
    #[error("the access lacks {0}")]
    Lacks(&'static str),
    /// The rules say no.
    #[error("the rules say no")]
    Refused(Vec<Mend>),
    /// It is not what the program believed it to be.
    #[error("it was changed meanwhile")]
    Changed,
    /// Again in so many seconds.
    #[error("too many, for {0} seconds")]
    TooMany(u64),
}

impl ResponseError for Fault {
    fn status(&self) -> StatusCode {
        match self {
            Fault::NoAccess => StatusCode::UNAUTHORIZED,
            Fault::Lacks(_) => StatusCode::FORBIDDEN,
            Fault::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Changed => StatusCode::PRECONDITION_FAILED,
            Fault::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl Fault {
    /// The refusals of a rule, amounts in the SEL's unit; `named` gives the fields the names that
    /// programs know.
    pub fn of_refusals<R: Refused>(
        words: Words,
        refusals: &[R],
        unit: &Unit,
        named: fn(&'static str) -> &'static str,
    ) -> Fault {
        let mend = |it: &R| Mend {
            field: named(it.field()).to_owned(),
            code: it.key().trim_start_matches("refusal-").to_owned(),
            detail: words.refusal(it, unit),
        };
        Fault::Refused(refusals.iter().map(mend).collect())
    }
}

/// What is said beside the status. What poem says of a body that it could not read helps who wrote
/// that, and names nothing of ours.
fn detail(error: &Error, visit: &Visit) -> String {
    let (words, status) = (visit.words, error.status());
    let key = format!("problem-{}", status.as_u16());
    let names = [("reference", (&visit.reference).into())];
    match error.downcast_ref::<Fault>() {
        Some(Fault::Lacks(permission)) => {
            words.say_with("problem-lacks", &[("permission", (*permission).into())])
        }
        _ if error.is::<Trouble>() || error.is::<Fault>() || status.is_server_error() => {
            words.say_with(&key, &names)
        }
        _ if words.knows(&key) && status != StatusCode::BAD_REQUEST => words.say_with(&key, &names),
        _ => error.to_string(),
    }
}

fn mend(error: &Error) -> Value {
    let Some(Fault::Refused(all)) = error.downcast_ref::<Fault>() else {
        return json!([]);
    };
    let one = |it: &Mend| json!({ "field": it.field, "code": it.code, "detail": it.detail });
    all.iter().map(one).collect()
}

/// The answer to a program. A failure is logged here, once, with the reference that it names.
pub fn answer(error: &Error, visit: &Visit) -> Response {
    let status = error.status();
    if status.is_server_error() {
        let path = visit.path.split('?').next().unwrap_or_default();
        tracing::error!(reference = %visit.reference, path, "{error}");
    }
    crate::apology::log_shut(status, visit);
    let told = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": detail(error, visit),
        "request_id": visit.reference,
        "errors": mend(error),
    });
    let mut response = Response::builder()
        .status(status)
        .content_type("application/problem+json")
        .body(told.to_string());
    let headers = response.headers_mut();
    if status == StatusCode::UNAUTHORIZED {
        let how = HeaderValue::from_static("Bearer realm=\"saline\"");
        headers.insert(header::WWW_AUTHENTICATE, how);
    }
    let wait = match error.downcast_ref::<Fault>() {
        Some(Fault::TooMany(seconds)) => Some(*seconds),
        _ => (status == StatusCode::TOO_MANY_REQUESTS).then_some(60),
    };
    if let Some(wait) = wait {
        headers.insert(header::RETRY_AFTER, wait.into());
    }
    response
}
