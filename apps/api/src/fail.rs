//! What goes wrong, as the document tells it: the same for everything that can be asked.

use door::Trouble;
use door::problem::{Fault, Mend};
use poem::http::StatusCode;
use poem_openapi::ApiResponse;
use poem_openapi::Object;
use poem_openapi::payload::{Json, Payload};
use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::Type;
use sel::refusal::Refused;

/// One thing to mend.
#[derive(Object)]
#[oai(rename = "Mend")]
struct Mended {
    /// The field of the request; empty where the whole of it is meant.
    field: String,
    /// Why, for programs: it never changes.
    code: String,
    /// Why, for people.
    detail: String,
}

/// RFC 9457.
#[derive(Object)]
struct Problem {
    /// `about:blank`: the status says all.
    #[oai(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    /// Names this request in the log of the host.
    request_id: String,
    errors: Vec<Mended>,
}

/// Why there is no answer.
pub(crate) struct Fail(poem::Error);

pub(crate) type Answer<T> = Result<Json<T>, Fail>;

impl From<Trouble> for Fail {
    fn from(trouble: Trouble) -> Fail {
        Fail(trouble.into())
    }
}

impl From<store::Error> for Fail {
    fn from(error: store::Error) -> Fail {
        Trouble::from(error).into()
    }
}

impl From<Fault> for Fail {
    fn from(fault: Fault) -> Fail {
        Fail(fault.into())
    }
}

impl From<finder::Error> for Fail {
    fn from(error: finder::Error) -> Fail {
        Trouble::Broken(error.to_string()).into()
    }
}

impl From<Fail> for poem::Error {
    fn from(fail: Fail) -> poem::Error {
        fail.0
    }
}

impl Fail {
    /// Something else stands under the id.
    pub(crate) fn conflict() -> Fail {
        Fail(poem::Error::from_status(StatusCode::CONFLICT))
    }

    /// A field that cannot be meant so: `why`, for whoever writes the program.
    pub(crate) fn of_field(field: &str, why: &str) -> Fail {
        let mend = Mend {
            field: field.to_owned(),
            code: format!("unreadable-{field}"),
            detail: why.to_owned(),
        };
        Fault::Refused(vec![mend]).into()
    }
}

/// The rules said no, or the world broke.
pub(crate) fn halted<R: Refused>(
    halt: desk::Halt<impl AsRef<[R]>>,
    fault: impl FnOnce(&[R]) -> Fault,
) -> Fail {
    match halt {
        desk::Halt::Refused(refusals) => fault(refusals.as_ref()).into(),
        desk::Halt::Failed(error) => error.into(),
    }
}

/// The statuses that any request may be answered with instead.
const STATUSES: [(u16, &str); 11] = [
    (400, "The request is malformed."),
    (401, "No access, or one that is over."),
    (403, "The access lacks a permission, or its member a right."),
    (
        404,
        "There is nothing here, or nothing that this access may see.",
    ),
    (405, "This address knows no such method."),
    (409, "Something else exists under this id."),
    (412, "It was changed meanwhile."),
    (413, "The request is too heavy."),
    (415, "The body is no JSON, or is compressed."),
    (422, "The rules say no: `errors` says why."),
    (429, "Too many requests."),
];

fn header(name: &str, description: &str) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required: false,
        deprecated: false,
        schema: String::schema_ref(),
    }
}

fn response(status: u16, description: &'static str) -> MetaResponse {
    let mut headers = vec![header("X-Request-Id", "Names this request.")];
    if status == 401 {
        headers.push(header("WWW-Authenticate", "`Bearer`"));
    }
    if status == 429 {
        headers.push(header("Retry-After", "In how many seconds to come again."));
    }
    MetaResponse {
        description,
        status: Some(status),
        status_range: None,
        content: vec![MetaMediaType {
            content_type: "application/problem+json",
            schema: Json::<Problem>::schema_ref(),
        }],
        headers,
    }
}

impl ApiResponse for Fail {
    fn meta() -> MetaResponses {
        let mut responses: Vec<_> = STATUSES.map(|(it, said)| response(it, said)).into();
        responses.push(response(500, "Something broke: `request_id` finds it."));
        MetaResponses { responses }
    }

    fn register(registry: &mut Registry) {
        <Json<Problem> as ApiResponse>::register(registry);
    }
}
