//! `/bureau/feuilles`: sheets of exchanges that stood on paper.

mod grid;
mod import;
mod paper;
mod row;

use crate::exchange::{DayChoice, chosen_day, days};
use askama::Template;
use desk::sheet::Checked;
use door::form::Query;
use door::{Answer, Errors, Fields, Frame, Present, Trouble, page, see_other};
use poem::{IntoResponse, Response, Route, get, handler};
use sel::id::SheetId;
use sel::member::Right;
use sel::sheet::Kind;
use store::sheet::Sheet;
use words::Words;

/// Sheets on a page of the list.
const SHEETS: usize = 30;

pub(crate) fn routes(route: Route) -> Route {
    paper::routes(import::routes(grid::routes(route))).at("/bureau/feuilles", get(list).post(open))
}

struct Line {
    id: String,
    title: String,
    kind: String,
    state: String,
}

#[derive(Template)]
#[template(path = "sheet_list.html")]
struct ListPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    days: Vec<DayChoice>,
    sheets: Vec<Line>,
    /// The sheets that were put away.
    away: bool,
    /// No sheet to show: opening one is all there is to do.
    alone: bool,
    page_number: usize,
    next: Option<usize>,
}

pub(crate) fn allowed(present: &Present) -> Result<(), Trouble> {
    if present.may(Right::EnterForOthers) && present.rules.ways.slips {
        Ok(())
    } else {
        Err(Trouble::NotAllowed)
    }
}

/// The sheet of this address, for who may type on it.
async fn found(present: &mut Present, id: &str) -> Result<Sheet, Trouble> {
    allowed(present)?;
    let id: SheetId = id.parse().map_err(|_| Trouble::NotFound)?;
    store::sheet::by_id(&mut present.scope, id)
        .await?
        .ok_or(Trouble::NotFound)
}

#[handler]
async fn list(present: Present, Query(query): Query) -> Answer {
    allowed(&present)?;
    let id = desk::fresh::id(present.guest.visit.now).to_string();
    let fields = Fields::default()
        .with("id", id)
        .with("kind", Kind::Fair.as_str())
        .with("date", present.guest.today().to_string());
    let away = query.ticked("rangees", "oui");
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 500);
    Ok(shown(present, fields, Errors::none(), (away, number)).await?)
}

async fn shown(
    mut present: Present,
    fields: Fields,
    errors: Errors,
    (away, number): (bool, usize),
) -> Result<Response, Trouble> {
    let offset = i64::try_from((number - 1) * SHEETS).unwrap_or(i64::MAX);
    let sheets = store::sheet::list(&mut present.scope, away, offset, SHEETS).await?;
    let words = present.words();
    let (wrong, code) = (!errors.is_empty(), errors.code());
    let response = page(&ListPage {
        frame: Frame::present(&present, "sheet-list-title", "desk").wrong(wrong),
        days: days(words, present.guest.today(), fields.get("date")),
        errors,
        fields,
        sheets: sheets.rows.iter().map(|it| line(&present, it)).collect(),
        away,
        alone: !away && number == 1 && sheets.rows.is_empty(),
        page_number: number,
        next: sheets.more.then_some(number + 1),
    })?;
    Ok(response.with_status(code).into_response())
}

fn line(present: &Present, it: &Sheet) -> Line {
    let words = present.words();
    let amount = present.rules.unit.amount(it.units);
    let state = words.say_with(
        "sheet-state",
        &[
            ("posted", it.posted.into()),
            ("amount", amount.into()),
            ("waiting", it.waiting.into()),
        ],
    );
    Line {
        id: it.id().to_string(),
        title: it.title.clone(),
        kind: words.say(kind_key(it.kind())),
        state: format!("{} · {state}", words.day(it.done_on)),
    }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Fair => "sheet-kind-fair",
        Kind::Slips => "sheet-kind-slips",
    }
}

/// What a sheet is called where nobody named it.
fn usual_title(words: Words, kind: Kind, day: Option<chrono::NaiveDate>) -> String {
    let key = match kind {
        Kind::Fair => "sheet-usual-fair",
        Kind::Slips => "sheet-usual-slips",
    };
    let day = day.map(|day| words.weekday(day)).unwrap_or_default();
    words.say_with(key, &[("day", day.into())])
}

#[handler]
async fn open(fields: Fields, present: Present) -> Answer {
    allowed(&present)?;
    let id = SheetId(fields.id("id").ok_or(Trouble::NotFound)?);
    let kind = Kind::parse(fields.get("kind")).unwrap_or(Kind::Fair);
    let (words, today) = (present.words(), present.guest.today());
    let day = chosen_day(&fields);
    let usual = usual_title(words, kind, day);
    let (scope, absent) = present.part();
    let titles = (fields.get("title"), usual.as_str());
    match desk::sheet::open(scope, id, kind, titles, day, today).await {
        Ok(_) => Ok(see_other(&format!("/bureau/feuilles/{id}#payer-1"))),
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt).await?;
            Ok(shown(present, fields, errors, (false, 1)).await?)
        }
    }
}

/// Puts a sheet away, or takes it out again, with all that is typed on it.
async fn put_away(present: Present, it: &Sheet, away: bool) -> Answer {
    let (scope, absent) = present.part();
    let key = if away { "sheet-away" } else { "sheet-back" };
    let title = [("title", (&it.title).into())];
    let done = desk::sheet::put_away(scope, it.id(), away).await;
    let done = done.map(|()| absent.words().say_with(key, &title));
    crate::told(&absent, done, "/bureau/feuilles")
}

/// What is on the sheet now, checked.
async fn checked(present: &mut Present, it: &Sheet) -> Result<Checked, Trouble> {
    let today = present.guest.today();
    match desk::sheet::check(&mut present.scope, it, today).await {
        Ok(checked) => Ok(checked),
        Err(halt) => {
            crate::failed(halt)?;
            Err(Trouble::NotAllowed)
        }
    }
}
