//! `/acces`: the keys of devices that let one in, beside password and code.

use crate::ZONE;
use crate::inside::Inside;
use crate::session::passkey::place;
use crate::staff::by;
use crate::tries;
use askama::Template;
use desk::Halt;
use desk::passkey::Refusal as Key;
use desk::staff::{Refusal, passkey};
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Route, get, handler, post};
use sel::id::{PasskeyId, TokenId};
use sel::staff::Refusal as Staff;
use store::staff::passkey::Passkey;

const PAGE: &str = "/acces";

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/acces", get(show).post(ask))
        .at("/acces/cle", post(add))
        .at("/acces/refaire", post(renew))
        .at("/acces/cles/:id/retirer", post(remove))
}

struct Line {
    id: String,
    name: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "access.html")]
struct AccessPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    /// Who it is, and how many spare codes are left.
    name: String,
    email: String,
    spare: String,
}

#[derive(Template)]
#[template(path = "access_make.html")]
struct MakePage {
    frame: Frame,
    /// The question, as JSON.
    options: String,
    link: String,
}

#[handler]
async fn show(inside: Inside) -> Answer {
    let device = inside.at.visit.device.clone().unwrap_or_default();
    let fields = Fields::default().with("name", device);
    listed(&inside, fields, Errors::none()).await
}

async fn listed(inside: &Inside, fields: Fields, errors: Errors) -> Answer {
    let at = &inside.at;
    let all = passkey::list(&at.house.pool, inside.staff.id(), at.visit.now)
        .await
        .map_err(Trouble::from)?;
    let code = errors.code();
    let response = page(&AccessPage {
        frame: inside
            .frame("console-access-title", "access")
            .wrong(!errors.is_empty()),
        errors,
        fields,
        name: inside.staff.name.clone(),
        email: inside.staff.email.clone(),
        spare: at
            .visit
            .words
            .say_with("console-spare", &[("count", inside.staff.spare.into())]),
        lines: all.iter().map(|it| line(inside, it)).collect(),
    })?;
    Ok(response.with_status(code).into_response())
}

fn line(inside: &Inside, it: &Passkey) -> Line {
    let (words, now) = (inside.at.visit.words, inside.at.visit.now);
    let today = words.local_day(now, ZONE);
    let day = |at| words.near_day(words.local_day(at, ZONE), today);
    let added = ("added", day(it.added_at).into());
    let detail = match it.seen_at {
        None => words.say_with("passkey-never", &[added]),
        Some(seen) => words.say_with("passkey-since", &[added, ("seen", day(seen).into())]),
    };
    Line {
        id: it.id().to_string(),
        name: it.name.clone(),
        detail,
    }
}

/// The page again, with why not.
async fn refused(inside: &Inside, fields: Fields, refusal: Refusal) -> Answer {
    let errors = inside.at.errors(&[refusal]);
    listed(inside, fields.instead("code", ""), errors).await
}

/// The same, where a code was counted: one that was not wrong counts no more.
async fn stopped(inside: &Inside, fields: Fields, halt: Halt<Refusal>) -> Answer {
    let refusal = crate::failed(halt)?;
    if refusal != Refusal::Staff(Staff::Code) {
        tries::forgive_code_inside(&inside.at, inside.staff.id()).await;
    }
    refused(inside, fields, refusal).await
}

/// The secret of the session of who is in.
fn secret(inside: &Inside) -> Result<&str, Trouble> {
    inside.at.visit.session.as_deref().ok_or(Trouble::LoggedOut)
}

#[handler]
async fn ask(fields: Fields, inside: Inside) -> Answer {
    let (at, place) = (&inside.at, place(&inside.at));
    let by = (by(&inside, &fields).await?, secret(&inside)?);
    let wanted = (&place, inside.staff.email.as_str(), fields.get("name"));
    let vault = at.house.keys.vault();
    match passkey::prepare(&at.house.pool, vault, by, wanted, at.visit.now).await {
        Ok(question) => {
            tries::forgive_code_inside(at, inside.staff.id()).await;
            Ok(page(&MakePage {
                frame: inside.frame("passkey-make-title", "access"),
                options: question.options.to_string(),
                link: question.id.to_string(),
            })?)
        }
        Err(halt) => stopped(&inside, fields, halt).await,
    }
}

#[handler]
async fn add(fields: Fields, inside: Inside) -> Answer {
    let (at, place) = (&inside.at, place(&inside.at));
    let Some(id) = fields.id("link") else {
        return refused(&inside, fields, Refusal::Key(Key::Wrong)).await;
    };
    let whose = (inside.staff.id(), secret(&inside)?);
    let typed = (TokenId(id), fields.raw("answer"));
    match passkey::add(&at.house.pool, whose, &place, typed, at.visit.now).await {
        Ok(()) => {
            let said = at.visit.words.say("passkey-added");
            Ok(see_other_with(&at.house, PAGE, &Flash::good(said)))
        }
        Err(halt) => refused(&inside, fields, crate::failed(halt)?).await,
    }
}

#[handler]
async fn remove(fields: Fields, inside: Inside, Path(id): Path<String>) -> Answer {
    let id: PasskeyId = id.parse().map_err(|_| Trouble::NotFound)?;
    let at = &inside.at;
    let (by, vault) = (by(&inside, &fields).await?, at.house.keys.vault());
    match passkey::remove(&at.house.pool, vault, by, id, at.visit.now).await {
        Ok(()) => {
            tries::forgive_code_inside(at, by.id).await;
            let said = at.visit.words.say("passkey-removed");
            Ok(see_other_with(&at.house, PAGE, &Flash::good(said)))
        }
        Err(halt) => stopped(&inside, fields, halt).await,
    }
}

/// A link for oneself, opened at once: another phone, another password.
#[handler]
async fn renew(fields: Fields, inside: Inside) -> Answer {
    let (at, staff) = (&inside.at, &inside.staff);
    let by = by(&inside, &fields).await?;
    let (vault, whom) = (
        at.house.keys.vault(),
        (staff.name.as_str(), staff.email.as_str()),
    );
    match desk::staff::invite(&at.house.pool, vault, Some(by), whom, at.visit.now).await {
        Ok(link) => {
            tries::forgive_code_inside(at, by.id).await;
            Ok(see_other(&format!("/entree/{}", link.secret.as_str())))
        }
        Err(halt) => {
            let first = halt.map(|all| Refusal::Staff(all.first().copied().unwrap_or(Staff::Code)));
            stopped(&inside, fields, first).await
        }
    }
}
