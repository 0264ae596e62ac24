//! What somebody sees where there is no page for them.

use crate::frame::{Frame, page};
use crate::house::House;
use crate::trouble::Trouble;
use crate::visit::{Guest, Present, Visit, present};
use askama::Template;
use poem::Response;
use poem::http::StatusCode;
use std::sync::Arc;

/// The page of an error. A failure is logged here, once, with the reference that the page shows.
pub(crate) async fn told(error: poem::Error, house: &Arc<House>, visit: &Visit) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    let status = error.status();
    if status.is_server_error() {
        tracing::error!(reference = %visit.reference, path = %place(&visit.path), "{error}");
    }
    log_shut(status, visit);
    let trouble = error.downcast_ref::<Trouble>();
    let foreign = matches!(trouble, Some(Trouble::ForeignForm));
    let kind = match status {
        _ if matches!(trouble, Some(Trouble::TooManyCodes)) => "codes",
        StatusCode::UNAUTHORIZED => "out",
        StatusCode::FORBIDDEN if foreign => "foreign",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::PAYLOAD_TOO_LARGE => "large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::BAD_REQUEST => "body",
        StatusCode::TOO_MANY_REQUESTS => "many",
        status if status.is_server_error() => "broken",
        _ => "missing",
    };
    let title = key(visit, kind, "title");
    let frame = match inside(house, visit, status).await {
        Some(present) => Frame::present(&present, &title, ""),
        None => Frame::platform(visit, &title),
    };
    let text = visit.words.say_with(
        &key(visit, kind, "text"),
        &[("reference", visit.reference.clone().into())],
    );
    let heading = frame.title.clone();
    let mut response = page(&ErrorPage {
        frame,
        heading,
        text,
        home: home(house, visit),
        to_login: kind == "out",
    })
    .unwrap_or_else(|_| Response::builder().body("Saline"));
    response.set_status(status);
    response
}

/// The sentence of an error; at the console its own, where it has one.
fn key(visit: &Visit, kind: &str, part: &str) -> String {
    let own = format!("console-{kind}-{part}");
    if visit.is_console && visit.words.knows(&own) {
        return own;
    }
    format!("error-{kind}-{part}")
}

/// Where one sets out from again: at the address of no SEL, the platform's.
fn home(house: &House, visit: &Visit) -> String {
    if visit.association.is_some() || visit.is_console {
        "/".to_owned()
    } else {
        house.site.platform_url("/")
    }
}

/// A door that stays shut leaves a line, by which whoever keeps the house sees that somebody knocks
/// at many: what was refused, where, to which origin.
pub(crate) fn log_shut(status: StatusCode, visit: &Visit) {
    let shut = [
        StatusCode::UNAUTHORIZED,
        StatusCode::FORBIDDEN,
        StatusCode::TOO_MANY_REQUESTS,
    ];
    if shut.contains(&status) {
        let sel = visit.association.as_ref().map(|it| it.slug.as_str());
        tracing::info!(
            status = status.as_u16(),
            sel = sel.unwrap_or_default(),
            path = %place(&visit.path),
            origin = visit.origin,
            "shut"
        );
    }
}

/// The member who meets an error, so that the page keeps their places. Nobody where the world
/// broke: it may break again.
async fn inside(house: &Arc<House>, visit: &Visit, status: StatusCode) -> Option<Present> {
    let association = visit.association.clone()?;
    if status.is_server_error() || visit.session.is_none() {
        return None;
    }
    let guest = Guest {
        house: Arc::clone(house),
        visit: visit.clone(),
        association,
    };
    present(guest).await.ok()?.ok()
}

/// Where it was, for the log: the first part of the path. What follows may be a link that lets
/// whoever holds it in, or what somebody was looking for.
fn place(path: &str) -> &str {
    let bare = path.split('?').next().unwrap_or_default();
    let end = bare
        .char_indices()
        .skip(1)
        .find(|(_, c)| *c == '/')
        .map(|(at, _)| at);
    &bare[..end.unwrap_or(bare.len())]
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: String,
    text: String,
    home: String,
    to_login: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_not_logged() {
        assert_eq!(place("/entrer/AAAAsecret?x=1"), "/entrer");
        assert_eq!(place("/annonces?q=nom"), "/annonces");
        assert_eq!(place("/"), "/");
    }
}
