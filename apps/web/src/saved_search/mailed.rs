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
use sel::saved_search::Rhythm;
use store::Scope;
use store::saved_search::SavedSearch;

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

/// The search that a mailed link is about, as it stands.
async fn open(guest: &Guest, text: &str) -> Result<Result<(Scope, SavedSearch), Dead>, Trouble> {
    let mut opened = match opened(guest, text).await? {
        Ok(opened) => opened,
        Err(dead) => return Ok(Err(dead)),
    };
    let Link::Stop {
        saved_search_id, ..
    } = opened.link
    else {
        return Ok(Err(Dead::Broken));
    };
    let found = store::saved_search::by_id(&mut opened.scope, saved_search_id).await?;
    Ok(found.map(|it| (opened.scope, it)).ok_or(Dead::Expired))
}

fn shown(guest: &Guest, text: String, action: Option<String>) -> Result<poem::Response, Trouble> {
    page(&StopPage {
        frame: Frame::guest(guest, "search-stop-title"),
        text,
        action,
    })
}

fn dead(guest: &Guest, dead: Dead) -> Answer {
    let key = match dead {
        Dead::Broken => "refusal-link-broken",
        Dead::Expired => "search-stop-expired",
    };
    let response = shown(guest, guest.visit.words.say(key), None)?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

fn about(guest: &Guest, key: &str, search: &SavedSearch) -> String {
    let names = [("search", (&search.said).into())];
    guest.visit.words.say_with(key, &names)
}

#[handler]
async fn ask(guest: Guest, Path(link): Path<String>) -> Answer {
    let search = match open(&guest, &link).await? {
        Ok((_, search)) => search,
        Err(why) => return dead(&guest, why),
    };
    if search.rhythm() == Rhythm::Never {
        return Ok(shown(
            &guest,
            about(&guest, "search-stopped", &search),
            None,
        )?);
    }
    let text = about(&guest, "search-stop-ask", &search);
    Ok(shown(&guest, text, Some(format!("{STOP}{link}")))?)
}

/// It comes from a button or from a mail program: nothing of the form is read.
#[handler]
async fn stop(guest: Guest, Path(link): Path<String>) -> Answer {
    let (scope, search) = match open(&guest, &link).await? {
        Ok(opened) => opened,
        Err(why) => return dead(&guest, why),
    };
    // One that was removed meanwhile tells nothing either.
    match desk::saved_search::set_rhythm(scope, search.id(), Rhythm::Never).await {
        Ok(()) | Err(desk::Halt::Refused(_)) => {}
        Err(desk::Halt::Failed(error)) => return Err(Trouble::from(error).into()),
    }
    Ok(shown(
        &guest,
        about(&guest, "search-stopped", &search),
        None,
    )?)
}
