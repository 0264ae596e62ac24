//! `/journal`: what was done at the console, day by day.

use crate::ZONE;
use crate::inside::Inside;
use askama::Template;
use chrono::NaiveDate;
use door::form::Query;
use door::{Answer, Frame, Trouble, page};
use poem::{Route, get, handler};
use store::Console;
use store::staff::act::Act;
use words::Words;

/// Acts of a page, and pages.
const ROWS: usize = 50;
const PAGES: usize = 10_000;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/journal", get(show))
}

struct Day {
    day: NaiveDate,
    heading: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "journal.html")]
struct JournalPage {
    frame: Frame,
    days: Vec<Day>,
    page: usize,
    more: bool,
}

#[handler]
async fn show(inside: Inside, Query(query): Query) -> Answer {
    let number = query.get("page").parse().unwrap_or(1).clamp(1, PAGES);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let visit = &inside.at.visit;
    let mut console = Console::begin(&inside.at.house.pool, visit.now)
        .await
        .map_err(Trouble::from)?;
    let found = store::staff::act::list(&mut console, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    console.commit().await.map_err(Trouble::from)?;
    let today = visit.words.local_day(visit.now, ZONE);
    Ok(page(&JournalPage {
        frame: inside.frame("console-journal-title", "journal"),
        days: days(visit.words, &found.rows, today),
        page: number,
        more: found.more,
    })?)
}

fn days(words: Words, acts: &[Act], today: NaiveDate) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for act in acts {
        let day = words.local_day(act.acted_at, ZONE);
        if days.last().is_none_or(|last| last.day != day) {
            days.push(Day {
                day,
                heading: words.near_day(day, today),
                lines: Vec::new(),
            });
        }
        if let Some(last) = days.last_mut() {
            last.lines.push(said(words, act));
        }
    }
    days
}

fn said(words: Words, act: &Act) -> String {
    let machine = words.say("console-machine");
    let names = [
        ("hour", words.hour(act.acted_at, ZONE).into()),
        ("actor", act.staff_name.as_ref().unwrap_or(&machine).into()),
        ("whom", (&act.whom_name).into()),
    ];
    let kind = act.kind.replace('_', "-");
    words.say_with(&format!("console-act-{kind}"), &names)
}

#[cfg(test)]
mod tests {
    use store::staff::act::Kind;
    use words::{Language, Words};

    #[test]
    fn every_act_has_its_words() {
        let names = ["hour", "actor", "whom"].map(|name| (name, name.into()));
        for language in [Language::French, Language::English] {
            let words = Words::new(language);
            for kind in Kind::ALL {
                let key = format!("console-act-{}", kind.as_str().replace('_', "-"));
                let said = words.say_with(&key, &names);
                assert!(said.starts_with("hour"), "{said}");
            }
        }
    }
}
