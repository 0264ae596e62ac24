//! `/journal`: what was done at the console, day by day.

use crate::ZONE;
use crate::inside::Reader;
use askama::Template;
use door::day::{self, Day};
use door::form::Query;
use door::{Answer, Frame, Trouble, page};
use poem::{Response, Route, get, handler};
use store::staff::act::Act;
use words::Words;

/// Acts of a page, and pages.
const ROWS: usize = 50;
const PAGES: usize = 10_000;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/journal", get(show))
}

#[derive(Template)]
#[template(path = "journal.html")]
struct JournalPage {
    frame: Frame,
    days: Vec<Day<String>>,
    page: usize,
    more: bool,
}

#[handler]
async fn show(reader: Reader, Query(query): Query) -> Answer {
    let number = query.get("page").parse().unwrap_or(1).clamp(1, PAGES);
    Ok(shown(reader, number).await?)
}

async fn shown(reader: Reader, number: usize) -> Result<Response, Trouble> {
    let Reader {
        inside,
        mut console,
    } = reader;
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let found = store::staff::act::list(&mut console, offset, ROWS).await?;
    console.commit().await?;
    let (words, now) = (inside.at.visit.words, inside.at.visit.now);
    let lines = found.rows.iter();
    let lines = lines.map(|act| (words.local_day(act.acted_at, ZONE), said(words, act)));
    page(&JournalPage {
        frame: inside.frame("console-journal-title", "journal"),
        days: day::by_day(words, words.local_day(now, ZONE), lines),
        page: number,
        more: found.more,
    })
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
