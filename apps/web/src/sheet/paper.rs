//! Paper to be filled in by hand: the blank sheet of a fair, and numbered slips of three parts.

use super::allowed;
use crate::paper::{folio, paper};
use askama::Template;
use door::form::Query;
use door::{Answer, Errors, Fields, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response, Route, get, handler};
use print::sheet::{Columns, Person, Roll, Sheet};
use print::slip::{Labels, Slips};
use sel::member::Right;

/// Lines of a blank sheet: two pages.
const LINES: usize = 40;
/// Slips where nothing else is asked for: ten pages.
const USUAL_SLIPS: usize = 30;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau/papier", get(show).post(slips))
        .at("/bureau/feuille-vierge.pdf", get(blank))
}

#[derive(Template)]
#[template(path = "paper.html")]
struct PaperPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
}

#[handler]
async fn show(mut present: Present) -> Answer {
    allowed(&present)?;
    let next = store::setting::next_slip(&mut present.scope)
        .await
        .map_err(Trouble::from)?;
    let fields = Fields::default()
        .with("first", next.to_string())
        .with("count", USUAL_SLIPS.to_string());
    Ok(shown(&present, fields, Errors::none())?)
}

fn shown(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&PaperPage {
        frame: Frame::present(present, "paper-title", "desk").wrong(!errors.is_empty()),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

/// The blank sheet, with everybody's number on its last page where that is wanted.
#[handler]
async fn blank(mut present: Present, Query(query): Query) -> Answer {
    allowed(&present)?;
    let wants_roll = query.ticked("liste", "oui");
    let roll = if wants_roll {
        Some(roll(&mut present).await?)
    } else {
        None
    };
    let words = present.words();
    let unit = [("unit", (&present.rules.unit.many).into())];
    let it = Sheet {
        language: words.language.as_str().to_owned(),
        title: words.say("paper-sheet-title"),
        sel: present.guest.association.name.clone(),
        advice: words.say_with("paper-sheet-advice", &unit),
        date: words.say("paper-date"),
        day: String::new(),
        columns: Columns {
            number: words.say("paper-number"),
            gives: words.say_with("paper-gives", &unit),
            receives: words.say("paper-receives"),
            amount: words.say("paper-amount"),
            purpose: words.say("paper-purpose"),
            initials: words.say("paper-initials"),
        },
        lines: LINES,
        roll,
        folio: folio(words),
    };
    drop(present);
    let file = paper("feuille-vierge.pdf", move || it.pdf()).await?;
    Ok(file.ok_or(Trouble::NotFound)?)
}

async fn roll(present: &mut Present) -> Result<Roll, Trouble> {
    let everybody = store::member::roll(&mut present.scope).await?;
    let words = present.words();
    let all = present.may(Right::EnterForOthers);
    let here = everybody.entries().iter().filter(|entry| !entry.has_left);
    let person = |entry: &sel::roll::Entry| Person {
        number: entry.number.to_string(),
        name: crate::member::shown_name(all, &present.rules, &entry.first_name, &entry.last_name),
    };
    Ok(Roll {
        title: words.say("paper-roll-title"),
        number: words.say("paper-number"),
        name: words.say("paper-name"),
        people: here.map(person).collect(),
    })
}

/// So many slips from a number on; the next ones go on from there.
#[handler]
async fn slips(fields: Fields, mut present: Present) -> Answer {
    allowed(&present)?;
    let words = present.words();
    let mut errors = Errors::none();
    let number = |name: &str| fields.get(name).parse::<usize>().ok();
    let first = number("first").filter(|first| print::slip::FIRST.contains(first));
    let count = number("count").filter(|count| print::slip::COUNT.contains(count));
    if first.is_none() {
        errors.add("first", words.say("refusal-paper-first"));
    }
    if count.is_none() {
        errors.add("count", words.say("refusal-paper-count"));
    }
    let (Some(first), Some(count)) = (first, count) else {
        return Ok(shown(&present, fields, errors)?);
    };
    let it = Slips {
        language: words.language.as_str().to_owned(),
        title: words.say("paper-slips-title"),
        sel: present.guest.association.name.clone(),
        first,
        count,
        parts: ["payer", "payee", "desk"].map(|part| words.say(&format!("paper-part-{part}"))),
        labels: Labels {
            slip: words.say("sheet-slip"),
            date: words.say("paper-date"),
            payer: words.say("paper-payer"),
            number: words.say("paper-number"),
            gives: words.say("paper-gives-many"),
            unit: present.rules.unit.many.clone(),
            payee: words.say("paper-payee"),
            purpose: words.say("paper-purpose"),
            signature: words.say("paper-signature"),
        },
    };
    let next = i32::try_from(first + count).unwrap_or(i32::MAX);
    store::setting::slips_printed(&mut present.scope, next)
        .await
        .map_err(Trouble::from)?;
    present.scope.commit().await.map_err(Trouble::from)?;
    let file = paper("bordereaux.pdf", move || it.pdf()).await?;
    Ok(file.ok_or(Trouble::NotFound)?)
}
