//! What goes wrong at a door, and how it is answered. Status codes are known here and in the apps.

use poem::error::ResponseError;
use poem::http::{StatusCode, header};
use poem::{IntoResponse, Response};
use thiserror::Error;

/// Why there is no page. A refusal is none of these: it is a sentence on a page.
#[derive(Debug, Error)]
pub enum Trouble {
    /// There is no such page, or none for this person: the two are not told apart.
    #[error("not found")]
    NotFound,
    /// The person may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// A form came in from somebody who is logged in no longer.
    #[error("logged out meanwhile")]
    LoggedOut,
    /// A form that none of our pages showed to this visitor.
    #[error("a foreign form")]
    ForeignForm,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body is compressed or of an unknown type")]
    UnknownBody,
    #[error("too many tries")]
    TooMany,
    /// A link lets in nobody who is asked for a code.
    #[error("too many codes")]
    TooManyCodes,
    /// The world broke.
    #[error("{0}")]
    Broken(String),
}

impl Trouble {
    pub fn code(&self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::LoggedOut => StatusCode::UNAUTHORIZED,
            Trouble::NotAllowed | Trouble::ForeignForm => StatusCode::FORBIDDEN,
            Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::UnknownBody => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Trouble::TooMany | Trouble::TooManyCodes => StatusCode::TOO_MANY_REQUESTS,
            Trouble::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl ResponseError for Trouble {
    fn status(&self) -> StatusCode {
        self.code()
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Trouble {
        Trouble::Broken(error.to_string())
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Trouble {
        Trouble::Broken(error.to_string())
    }
}

/// What a handler answers.
pub type Answer = poem::Result<Response>;

/// Sends the browser to another page after a form.
pub fn see_other(to: &str) -> Response {
    Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, to)
        .finish()
}

/// An answer that is a page of HTML.
pub fn html(body: String) -> Response {
    poem::web::Html(body).into_response()
}

/// poem's own "not found" gets our page.
pub fn ours(error: poem::Error) -> poem::Error {
    if error.is::<poem::error::NotFoundError>() {
        Trouble::NotFound.into()
    } else {
        error
    }
}
