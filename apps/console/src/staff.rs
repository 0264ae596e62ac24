//! `/equipe`: who runs the platform. Each act asks for a code: a browser that was left open does
//! none.

use crate::ZONE;
use crate::inside::{Inside, Reader};
use askama::Template;
use desk::staff::{By, Link};
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::StaffId;
use store::key::Vault;
use store::staff::Staff;
use store::{Console, Pool};

/// People of a page, and pages.
const ROWS: usize = 50;
const PAGES: usize = 1_000;

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/equipe", get(show))
        .at("/equipe/inviter", post(invite))
        .at("/equipe/:id/fin", get(ask).post(end))
}

struct Line {
    id: String,
    name: String,
    email: String,
    standing: String,
    is_me: bool,
}

#[derive(Template)]
#[template(path = "team.html")]
struct TeamPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    page: usize,
    more: bool,
}

#[derive(Template)]
#[template(path = "team_link.html")]
struct LinkPage {
    frame: Frame,
    link: String,
    until: String,
    /// Whether they have an access, which it makes anew.
    is_anew: bool,
}

#[derive(Template)]
#[template(path = "team_end.html")]
struct EndPage {
    frame: Frame,
    errors: Errors,
    id: String,
    name: String,
    email: String,
    /// Whether they can come in, or have no more than a link.
    is_ready: bool,
}

#[handler]
async fn show(reader: Reader, Query(query): Query) -> Answer {
    let Reader {
        inside,
        mut console,
    } = reader;
    let mut fields = Fields::default().with("page", query.get("page"));
    // Another link for somebody who is there already.
    if let Ok(id) = query.get("pour").parse() {
        let whom = somebody(&mut console, id).await?;
        fields = fields.with("name", whom.name).with("email", whom.email);
    }
    Ok(listed((console, &inside), fields, Errors::none()).await?)
}

async fn somebody(console: &mut Console, id: StaffId) -> Result<Staff, Trouble> {
    let found = store::staff::by_id(console, id).await?;
    found.ok_or(Trouble::NotFound)
}

async fn listed(
    (mut console, inside): (Console, &Inside),
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let number = fields.get("page").parse().unwrap_or(1).clamp(1, PAGES);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let found = store::staff::list(&mut console, offset, ROWS).await?;
    console.commit().await?;
    let code = errors.code();
    let response = page(&TeamPage {
        frame: inside
            .frame("console-team-title", "team")
            .wrong(!errors.is_empty()),
        errors,
        fields,
        lines: found.rows.into_iter().map(|it| line(inside, it)).collect(),
        page: number,
        more: found.more,
    })?;
    Ok(response.with_status(code).into_response())
}

fn line(inside: &Inside, it: Staff) -> Line {
    let (words, now) = (inside.at.visit.words, inside.at.visit.now);
    let day = |at| words.day(words.local_day(at, ZONE));
    let mut standing = match it.second_since {
        Some(since) => words.say_with(
            "console-team-ready",
            &[("day", day(since).into()), ("count", it.spare.into())],
        ),
        None => words.say("console-team-waiting"),
    };
    if let Some(until) = it.invited_until.filter(|until| *until > now) {
        let names = [
            ("day", day(until).into()),
            ("hour", words.hour(until, ZONE).into()),
        ];
        standing = format!("{standing} {}", words.say_with("console-team-link", &names));
    }
    Line {
        id: it.id().to_string(),
        is_me: it.id() == inside.staff.id(),
        name: it.name,
        email: it.email,
        standing,
    }
}

#[handler]
async fn invite(fields: Fields, inside: Inside) -> Answer {
    let at = &inside.at;
    let whom = (fields.get("name"), fields.get("email"));
    let act = async |pool: &Pool, vault: &Vault, by: By<'_>| {
        desk::staff::invite(pool, vault, Some(by), whom, at.visit.now).await
    };
    match inside.acts(&fields, act).await? {
        Ok(link) => Ok(handed_over(&inside, &link)?),
        Err(refusals) => {
            let reads = (at.console().await?, &inside);
            Ok(listed(reads, fields, at.errors(&refusals)).await?)
        }
    }
}

fn handed_over(inside: &Inside, link: &Link) -> Result<Response, Trouble> {
    let (words, until) = (inside.at.visit.words, link.expires_at);
    let names = [
        ("name", (&link.name).into()),
        ("day", words.day(words.local_day(until, ZONE)).into()),
        ("hour", words.hour(until, ZONE).into()),
    ];
    let path = format!("/entree/{}", link.secret.as_str());
    page(&LinkPage {
        frame: inside
            .frame("console-team-title", "team")
            .titled(words.say_with("console-team-invited", &names[..1])),
        link: inside.at.house.site.console_url(&path),
        until: words.say_with("console-team-until", &names),
        is_anew: link.is_anew,
    })
}

/// Whom an address is about.
async fn meant(reader: Reader, id: &str) -> Result<(Inside, Staff), Trouble> {
    let Reader {
        inside,
        mut console,
    } = reader;
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let whom = somebody(&mut console, id).await?;
    console.commit().await?;
    Ok((inside, whom))
}

#[handler]
async fn ask(reader: Reader, Path(id): Path<String>) -> Answer {
    let (inside, whom) = meant(reader, &id).await?;
    Ok(asked(&inside, whom, Errors::none())?)
}

fn asked(inside: &Inside, whom: Staff, errors: Errors) -> Result<Response, Trouble> {
    let (code, words) = (errors.code(), inside.at.visit.words);
    let title = words.say_with("console-end-title", &[("name", (&whom.name).into())]);
    let response = page(&EndPage {
        frame: inside
            .frame("console-team-title", "team")
            .titled(title)
            .wrong(!errors.is_empty()),
        errors,
        id: whom.id().to_string(),
        is_ready: whom.second_since.is_some(),
        name: whom.name,
        email: whom.email,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn end(fields: Fields, reader: Reader, Path(id): Path<String>) -> Answer {
    let (inside, whom) = meant(reader, &id).await?;
    let (id, now) = (whom.id(), inside.at.visit.now);
    let act = async |pool: &Pool, vault: &Vault, by: By<'_>| {
        desk::staff::end(pool, vault, by, id, now).await
    };
    if let Err(refusal) = inside.acts(&fields, act).await? {
        let errors = inside.at.errors(&[refusal]);
        return Ok(asked(&inside, whom, errors)?);
    }
    let words = inside.at.visit.words;
    let said = words.say_with("console-ended", &[("name", whom.name.into())]);
    let flash = Flash::good(said);
    Ok(see_other_with(&inside.at.house, "/equipe", &flash))
}
