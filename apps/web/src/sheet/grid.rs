//! The grid itself: typing, checking, posting.

use super::row::{Row, rows, sent};
use super::{checked, found, import, kind_key};
use askama::Template;
use askama::filters::Safe;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Guest, Present, Trouble, page, see_other};
use poem::web::Path;
use poem::{Response, Route, get, handler};
use sel::amount::Unit;
use sel::exchange::Refusal;
use sel::id::ExchangeId;
use sel::sheet::{Kind, LINES, Typed};
use store::sheet::Sheet;

/// Rows that one presses for at a time.
const MORE: usize = 10;

pub(super) fn routes(route: Route) -> Route {
    route.at("/bureau/feuilles/:id", get(show).post(save))
}

/// A member as the list of suggestions has them.
struct Name {
    number: i32,
    name: String,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetPage {
    frame: Frame,
    id: String,
    title: String,
    kind: String,
    intro: String,
    /// Whether lines have a slip and a day of their own.
    is_slips: bool,
    is_away: bool,
    unit: String,
    decimals: u8,
    rows: Vec<Row>,
    names: Vec<Name>,
    /// What is to revise: the box and the sentence.
    wrong: Vec<(String, String)>,
    wrong_title: String,
    ready: usize,
    ready_said: String,
    rest_said: String,
    post_said: String,
    posted: Vec<Recorded>,
    posted_title: String,
}

/// An exchange of this sheet.
struct Recorded {
    id: String,
    said: Safe<String>,
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>, Query(query): Query) -> Answer {
    let it = found(&mut present, &id).await?;
    let wanted = query.get("lignes").parse().unwrap_or(0);
    let checked = checked(&mut present, &it).await?;
    let recorded = store::exchange::of_sheet(&mut present.scope, it.id(), LINES)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let rows = rows(&present, &checked, wanted);
    let wrong = revisions(&present, &rows);
    let unit = &present.rules.unit;
    let (ready, units) = checked
        .ready()
        .fold((0_usize, 0), |(n, sum), line| (n + 1, sum + line.amount));
    let empty = rows.len() - ready - checked.wrong();
    let count = |key: &str, names: &[(&'static str, words::Value)]| words.say_with(key, names);
    Ok(page(&SheetPage {
        frame: Frame::present(&present, "sheet-list-title", "desk")
            .titled(&it.title)
            .wrong(!wrong.is_empty()),
        id: it.id().to_string(),
        title: it.title.clone(),
        kind: words.say(kind_key(it.kind())),
        intro: words.say(if it.kind() == Kind::Slips {
            "sheet-intro-slips"
        } else {
            "sheet-intro-fair"
        }),
        is_slips: it.kind() == Kind::Slips,
        is_away: it.put_away_at.is_some(),
        unit: unit.many.clone(),
        decimals: unit.decimals,
        names: names(&checked),
        wrong_title: count("sheet-wrong", &[("count", checked.wrong().into())]),
        wrong,
        ready,
        ready_said: count(
            "sheet-ready",
            &[
                ("count", ready.into()),
                ("amount", unit.amount(units).into()),
            ],
        ),
        rest_said: count(
            "sheet-rest",
            &[("wrong", checked.wrong().into()), ("empty", empty.into())],
        ),
        post_said: count("sheet-post", &[("count", ready.into())]),
        posted_title: count(
            "sheet-posted",
            &[
                ("count", recorded.len().into()),
                ("amount", unit.amount(it.units).into()),
            ],
        ),
        posted: recorded
            .iter()
            .map(|exchange| Recorded {
                id: exchange.id().to_string(),
                said: crate::exchange::Telling::to(&present, true, exchange, None).said(exchange),
            })
            .collect(),
        rows,
    })?)
}

fn names(checked: &desk::sheet::Checked) -> Vec<Name> {
    let here = checked.roll.entries().iter().filter(|it| !it.has_left);
    here.map(|entry| Name {
        number: entry.number,
        name: entry.full_name(),
    })
    .collect()
}

/// "Ligne 4 : aucun adhérent n’a le n° 77", each with the box it leads to.
fn revisions(present: &Present, rows: &[Row]) -> Vec<(String, String)> {
    let words = present.words();
    rows.iter()
        .flat_map(|row| row.errors().map(move |error| (row.number, error)))
        .map(|(number, (name, said))| {
            let names = [("line", number.into()), ("said", said.into())];
            let text = words.say_with("sheet-line-wrong", &names);
            (format!("{name}-{number}"), text)
        })
        .collect()
}

#[handler]
async fn save(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let mut lines = sent(&fields);
    let mut left = 0;
    let here = format!("/bureau/feuilles/{}", it.id());
    match fields.get("action") {
        "enregistrer" => return post(present, &it, &lines).await,
        "coller" => {
            let pasted = import::read(fields.raw("paste"), it.kind());
            lines.retain(|(_, typed)| !typed.is_empty());
            let posted = usize::try_from(it.posted).unwrap_or(LINES);
            let room = LINES.saturating_sub(lines.len() + posted);
            left = pasted.len().saturating_sub(room);
            let fresh = || ExchangeId(desk::fresh::id(present.guest.visit.now));
            lines.extend(pasted.into_iter().take(room).map(|typed| (fresh(), typed)));
        }
        _ => {}
    }
    if too_many(&it, &lines) {
        let unit = &present.rules.unit;
        return Ok(refused(&present.guest, unit, &here, &Refusal::LongSheet));
    }
    let (scope, absent) = present.part();
    if let Err(halt) = desk::sheet::keep(scope, it.id(), &lines).await {
        let refusal = crate::failed(halt)?;
        return Ok(refused(&absent.guest, &absent.rules.unit, &here, &refusal));
    }
    let away = match fields.get("action") {
        "ranger" => Some(true),
        "reprendre" => Some(false),
        _ => None,
    };
    if let Some(away) = away {
        return super::put_away(absent.back().await?, &it, away).await;
    }
    let last = lines.iter().rposition(|(_, typed)| !typed.is_empty());
    let next = last.map_or(1, |place| place + 2);
    let to = match fields.get("action") {
        "lignes" => format!("{here}?lignes={}#payer-{next}", lines.len() + MORE),
        "fichier" => format!("{here}/fichier"),
        _ => format!("{here}#payer-{next}"),
    };
    if left > 0 {
        let words = absent.words();
        let flash = Flash::bad(words.say_with("sheet-left", &[("count", left.into())]));
        return Ok(see_other_with(&absent.guest.house, &to, &flash));
    }
    Ok(see_other(&to))
}

/// Whether the sheet would have more lines than one holds, with those that are exchanges already.
fn too_many(it: &Sheet, lines: &[(ExchangeId, Typed)]) -> bool {
    let filled = lines.iter().filter(|(_, typed)| !typed.is_empty()).count();
    let posted = usize::try_from(it.posted).unwrap_or(usize::MAX);
    filled.saturating_add(posted) > LINES
}

fn refused(guest: &Guest, unit: &Unit, to: &str, refusal: &Refusal) -> Response {
    let flash = Flash::bad(guest.visit.words.refusal(refusal, unit));
    see_other_with(&guest.house, to, &flash)
}

async fn post(present: Present, it: &Sheet, lines: &[(ExchangeId, Typed)]) -> Answer {
    let today = present.guest.today();
    let to = format!("/bureau/feuilles/{}", it.id());
    let (scope, absent) = present.part();
    let words = absent.words();
    let unit = &absent.rules.unit;
    match desk::sheet::post(scope, it, lines, today).await {
        Ok(posted) => {
            let key = if posted.exchanges == 0 {
                "sheet-none-posted"
            } else {
                "sheet-done"
            };
            let names = [
                ("count", posted.exchanges.into()),
                ("amount", unit.amount(posted.units).into()),
            ];
            let text = words.say_with(key, &names);
            let flash = if posted.exchanges == 0 {
                Flash::bad(text)
            } else {
                Flash::good(text)
            };
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            Ok(refused(&absent.guest, unit, &to, &refusal))
        }
    }
}
