//! `/acces`: the keys of devices that let one in, beside password and code.

use crate::ZONE;
use crate::inside::{Inside, Reader};
use crate::session::passkey::place;
use askama::Template;
use desk::passkey::Refusal as Key;
use desk::staff::{By, passkey};
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::{PasskeyId, TokenId};
use sel::refusal::Refused;
use store::key::Vault;
use store::staff::passkey::Passkey;
use store::{Console, Pool};

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
async fn show(reader: Reader) -> Answer {
    let Reader { inside, console } = reader;
    let device = inside.at.visit.device.clone().unwrap_or_default();
    let fields = Fields::default().with("name", device);
    Ok(listed((console, &inside), fields, Errors::none()).await?)
}

async fn listed(
    (mut console, inside): (Console, &Inside),
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let all = store::staff::passkey::list(&mut console, inside.staff.id()).await?;
    console.commit().await?;
    let (code, words) = (errors.code(), inside.at.visit.words);
    let response = page(&AccessPage {
        frame: inside
            .frame("console-access-title", "access")
            .wrong(!errors.is_empty()),
        errors,
        fields,
        lines: all.iter().map(|it| line(inside, it)).collect(),
        name: inside.staff.name.clone(),
        email: inside.staff.email.clone(),
        spare: words.say_with("console-spare", &[("count", inside.staff.spare.into())]),
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
async fn refused(inside: &Inside, fields: Fields, refusals: &[impl Refused]) -> Answer {
    let errors = inside.at.errors(refusals);
    let reads = (inside.at.console().await?, inside);
    Ok(listed(reads, fields.instead("code", ""), errors).await?)
}

/// The secret of the session of who is in.
fn secret(inside: &Inside) -> Result<&str, Trouble> {
    inside.at.visit.session.as_deref().ok_or(Trouble::LoggedOut)
}

#[handler]
async fn ask(fields: Fields, inside: Inside) -> Answer {
    let (place, secret, now) = (place(&inside.at), secret(&inside)?, inside.at.visit.now);
    let wanted = (&place, inside.staff.email.as_str(), fields.get("name"));
    let act = async |pool: &Pool, vault: &Vault, by: By<'_>| {
        passkey::prepare(pool, vault, (by, secret), wanted, now).await
    };
    match inside.acts(&fields, act).await? {
        Ok(question) => Ok(page(&MakePage {
            frame: inside.frame("passkey-make-title", "access"),
            options: question.options.to_string(),
            link: question.id.to_string(),
        })?),
        Err(refusal) => refused(&inside, fields, &[refusal]).await,
    }
}

#[handler]
async fn add(fields: Fields, inside: Inside) -> Answer {
    let (at, place) = (&inside.at, place(&inside.at));
    let Some(id) = fields.id("link") else {
        return refused(&inside, fields, &[Key::Wrong]).await;
    };
    let whose = (inside.staff.id(), secret(&inside)?);
    let typed = (TokenId(id), fields.raw("answer"));
    match passkey::add(&at.house.pool, whose, &place, typed, at.visit.now).await {
        Ok(()) => {
            let said = at.visit.words.say("passkey-added");
            Ok(see_other_with(&at.house, PAGE, &Flash::good(said)))
        }
        Err(halt) => refused(&inside, fields, &[crate::failed(halt)?]).await,
    }
}

#[handler]
async fn remove(fields: Fields, inside: Inside, Path(id): Path<String>) -> Answer {
    let id: PasskeyId = id.parse().map_err(|_| Trouble::NotFound)?;
    let at = &inside.at;
    let act = async |pool: &Pool, vault: &Vault, by: By<'_>| {
        passkey::remove(pool, vault, by, id, at.visit.now).await
    };
    match inside.acts(&fields, act).await? {
        Ok(()) => {
            let said = at.visit.words.say("passkey-removed");
            Ok(see_other_with(&at.house, PAGE, &Flash::good(said)))
        }
        Err(refusal) => refused(&inside, fields, &[refusal]).await,
    }
}

/// A link for oneself, opened at once: another phone, another password.
#[handler]
async fn renew(fields: Fields, inside: Inside) -> Answer {
    let (staff, now) = (&inside.staff, inside.at.visit.now);
    let whom = (staff.name.as_str(), staff.email.as_str());
    let act = async |pool: &Pool, vault: &Vault, by: By<'_>| {
        desk::staff::invite(pool, vault, Some(by), whom, now).await
    };
    match inside.acts(&fields, act).await? {
        Ok(link) => Ok(see_other(&format!("/entree/{}", link.secret.as_str()))),
        Err(refusals) => refused(&inside, fields, &refusals).await,
    }
}
