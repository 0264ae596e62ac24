//! `/equipe`: who runs the platform. Each act asks for a code: a browser that was left open does
//! none.

use crate::ZONE;
use crate::inside::Inside;
use crate::tries;
use askama::Template;
use desk::staff::By;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Route, get, handler, post};
use sel::id::StaffId;
use sel::staff::Refusal;
use store::Console;
use store::staff::Staff;

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
async fn show(inside: Inside, Query(query): Query) -> Answer {
    let mut fields = Fields::default().with("page", query.get("page"));
    // Another link for somebody who is there already.
    if let Ok(id) = query.get("pour").parse::<StaffId>() {
        let whom = somebody(&inside, id).await?;
        fields = fields.with("name", whom.name).with("email", whom.email);
    }
    listed(&inside, fields, Errors::none()).await
}

async fn somebody(inside: &Inside, id: StaffId) -> Result<Staff, Trouble> {
    let at = &inside.at;
    let mut console = Console::begin(&at.house.pool, at.visit.now).await?;
    let found = store::staff::by_id(&mut console, id).await?;
    console.commit().await?;
    found.ok_or(Trouble::NotFound)
}

async fn listed(inside: &Inside, fields: Fields, errors: Errors) -> Answer {
    let at = &inside.at;
    let number = fields.get("page").parse().unwrap_or(1).clamp(1, PAGES);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let mut console = Console::begin(&at.house.pool, at.visit.now)
        .await
        .map_err(Trouble::from)?;
    let found = store::staff::list(&mut console, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    console.commit().await.map_err(Trouble::from)?;
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

/// Who acts, with the code that they typed.
pub(crate) async fn by<'a>(inside: &Inside, fields: &'a Fields) -> Result<By<'a>, Trouble> {
    let id = inside.staff.id();
    tries::of_code_inside(&inside.at, id).await?;
    let code = fields.get("code");
    Ok(By { id, code })
}

#[handler]
async fn invite(fields: Fields, inside: Inside) -> Answer {
    let by = by(&inside, &fields).await?;
    let at = &inside.at;
    let (house, words) = (&at.house, at.visit.words);
    let whom = (fields.get("name"), fields.get("email"));
    let vault = house.keys.vault();
    match desk::staff::invite(&house.pool, vault, Some(by), whom, at.visit.now).await {
        Ok(link) => {
            tries::forgive_code_inside(at, by.id).await;
            let path = format!("/entree/{}", link.secret.as_str());
            let until = link.expires_at;
            let names = [
                ("name", link.name.into()),
                ("day", words.day(words.local_day(until, ZONE)).into()),
                ("hour", words.hour(until, ZONE).into()),
            ];
            let title = words.say_with("console-team-invited", &names[..1]);
            Ok(page(&LinkPage {
                frame: inside.frame("console-team-title", "team").titled(title),
                link: house.site.console_url(&path),
                until: words.say_with("console-team-until", &names),
                is_anew: link.is_anew,
            })?)
        }
        Err(halt) => {
            let refusals = crate::failed(halt)?;
            if !refusals.contains(&Refusal::Code) {
                tries::forgive_code_inside(at, by.id).await;
            }
            listed(&inside, fields, at.errors(&refusals)).await
        }
    }
}

#[handler]
async fn ask(inside: Inside, Path(id): Path<String>) -> Answer {
    let id: StaffId = id.parse().map_err(|_| Trouble::NotFound)?;
    asked(&inside, id, Errors::none()).await
}

async fn asked(inside: &Inside, id: StaffId, errors: Errors) -> Answer {
    let whom = somebody(inside, id).await?;
    let (code, words) = (errors.code(), inside.at.visit.words);
    let title = words.say_with("console-end-title", &[("name", (&whom.name).into())]);
    let response = page(&EndPage {
        frame: inside
            .frame("console-team-title", "team")
            .titled(title)
            .wrong(!errors.is_empty()),
        errors,
        id: id.to_string(),
        name: whom.name,
        email: whom.email,
        is_ready: whom.second_since.is_some(),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn end(fields: Fields, inside: Inside, Path(id): Path<String>) -> Answer {
    let id: StaffId = id.parse().map_err(|_| Trouble::NotFound)?;
    let whom = somebody(&inside, id).await?;
    let by = by(&inside, &fields).await?;
    let (house, now) = (&inside.at.house, inside.at.visit.now);
    match desk::staff::end(&house.pool, house.keys.vault(), by, id, now).await {
        Ok(()) => {
            tries::forgive_code_inside(&inside.at, by.id).await;
            let words = inside.at.visit.words;
            let said = words.say_with("console-ended", &[("name", whom.name.into())]);
            Ok(see_other_with(house, "/equipe", &Flash::good(said)))
        }
        Err(halt) => {
            let refusal: Refusal = crate::failed(halt)?;
            if refusal != Refusal::Code {
                tries::forgive_code_inside(&inside.at, by.id).await;
            }
            let errors = inside.at.errors(&[refusal]);
            asked(&inside, id, errors).await
        }
    }
}
