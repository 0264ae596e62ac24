//! Ending the letters of a kept search from a letter, without logging in: a page with one button,
//! or the mail program by itself (RFC 8058).

use crate::mailed::opened;
use askama::Template;
use desk::link::{Dead, Link};
use door::threshold::STOP;
use door::{Answer, Frame, Guest, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Route, get, handler};
use sel::id::SavedSearchId;
use sel::saved_search::Rhythm;
use store::Scope;

pub(super) fn routes(route: Route) -> Route {
    route.at(format!("{STOP}:link"), get(ask).post(stop))
}

#[derive(Template)]
#[template(path = "saved_search_stop.html")]
struct StopPage {
    frame: Frame,
    text: String,
    /// Where the button goes; none once it is done.
    action: Option<String>,
}

async fn open(guest: &Guest, text: &str) -> Result<Result<(Scope, SavedSearchId), Dead>, Trouble> {
    let opened = match opened(guest, text).await? {
        Ok(opened) => opened,
        Err(dead) => return Ok(Err(dead)),
    };
    Ok(match opened.link {
        Link::Stop {
            saved_search_id, ..
        } => Ok((opened.scope, saved_search_id)),
        _ => Err(Dead::Broken),
    })
}

fn shown(guest: &Guest, key: &str, action: Option<String>) -> Result<poem::Response, Trouble> {
    page(&StopPage {
        frame: Frame::guest(guest, "search-stop-title"),
        text: guest.visit.words.say(key),
        action,
    })
}

fn dead(guest: &Guest, dead: Dead) -> Answer {
    let key = match dead {
        Dead::Broken => "refusal-link-broken",
        Dead::Expired => "search-stop-expired",
    };
    let response = shown(guest, key, None)?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

#[handler]
async fn ask(guest: Guest, Path(link): Path<String>) -> Answer {
    match open(&guest, &link).await? {
        Err(why) => dead(&guest, why),
        Ok(_) => Ok(shown(
            &guest,
            "search-stop-ask",
            Some(format!("{STOP}{link}")),
        )?),
    }
}

/// It comes from a button or from a mail program: nothing of the form is read.
#[handler]
async fn stop(guest: Guest, Path(link): Path<String>) -> Answer {
    let (scope, id) = match open(&guest, &link).await? {
        Ok(opened) => opened,
        Err(why) => return dead(&guest, why),
    };
    // One that is gone tells nothing either.
    match desk::saved_search::set_rhythm(scope, id, Rhythm::Never).await {
        Ok(()) | Err(desk::Halt::Refused(_)) => {}
        Err(desk::Halt::Failed(error)) => return Err(Trouble::from(error).into()),
    }
    Ok(shown(&guest, "search-stopped", None)?)
}
