//! `/bureau/journal`: what those in charge did, day by day.

use crate::member::shown_name;
use askama::Template;
use chrono::NaiveDate;
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::journal::{Topic, topic};
use store::event::Act;

/// Acts of a page.
const ROWS: usize = 50;
const PAGES_MAX: usize = 1_000;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/bureau/journal", get(show))
}

struct Line {
    said: String,
    href: Option<String>,
}

struct Day {
    day: NaiveDate,
    heading: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "journal.html")]
struct JournalPage {
    frame: Frame,
    days: Vec<Day>,
    page_number: usize,
    next: Option<usize>,
}

#[handler]
async fn show(mut present: Present, Query(query): Query) -> Answer {
    if present.member.rights().is_empty() {
        return Err(Trouble::NotAllowed.into());
    }
    let number = query.get("page").parse().unwrap_or(1).clamp(1, PAGES_MAX);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let found = store::event::acts(&mut present.scope, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    Ok(page(&JournalPage {
        frame: Frame::present(&present, "journal-title", "desk"),
        days: days(&present, &found.rows),
        page_number: number,
        next: found.more.then_some(number + 1),
    })?)
}

/// The acts under the days where the SEL is.
fn days(present: &Present, acts: &[Act]) -> Vec<Day> {
    let (words, today) = (present.words(), present.guest.today());
    let mut days: Vec<Day> = Vec::new();
    for act in acts {
        let day = words.local_day(act.recorded_at, &present.guest.association.time_zone);
        if days.last().is_none_or(|last| last.day != day) {
            days.push(Day {
                day,
                heading: words.near_day(day, today),
                lines: Vec::new(),
            });
        }
        if let Some(last) = days.last_mut() {
            last.lines.push(line(present, act));
        }
    }
    days
}

fn line(present: &Present, act: &Act) -> Line {
    let words = present.words();
    let name = |first: &str, last: &str, number: Option<i32>| {
        let name = shown_name(true, &present.rules, first, last);
        match number {
            Some(number) => format!("{name} (n°\u{a0}{number})"),
            None => name,
        }
    };
    let whom = act.whom_first.as_deref().unwrap_or_default();
    let whom = name(
        whom,
        act.whom_last.as_deref().unwrap_or_default(),
        act.whom_number,
    );
    let actor = name(&act.actor_first, &act.actor_last, Some(act.actor_number));
    let names = [
        ("actor", actor.into()),
        ("whom", whom.into()),
        ("title", act.title.as_deref().unwrap_or_default().into()),
        ("rights", rights(present, act).into()),
    ];
    Line {
        said: words.say_with(&format!("journal-{}", act.kind), &names),
        href: href(act),
    }
}

/// What somebody may do since, where that is what was changed.
fn rights(present: &Present, act: &Act) -> String {
    let words = present.words();
    let names = act.detail["rights"].as_array();
    let names = names.into_iter().flatten().filter_map(|it| it.as_str());
    let said: Vec<String> = names
        .map(|name| words.say(&format!("member-right-{}", name.replace('_', "-"))))
        .collect();
    if said.is_empty() {
        words.say("journal-right-none")
    } else {
        said.join(", ")
    }
}

fn href(act: &Act) -> Option<String> {
    let id = act.subject_id;
    match topic(&act.kind)? {
        Topic::Member => Some(format!("/adherents/{id}")),
        Topic::Exchange => Some(format!("/echanges/{id}")),
        Topic::Notice => Some(format!("/annonces/{id}")),
        Topic::Batch => Some(format!("/bureau/mouvements/{id}")),
        Topic::Sheet => Some(format!("/bureau/feuilles/{id}")),
        Topic::Dispute => Some(format!("/desaccords/{id}")),
        Topic::Alliance => Some(format!("/bureau/allies/{id}")),
        Topic::Sel | Topic::Application | Topic::Mandate => None,
    }
}

#[cfg(test)]
mod tests {
    use sel::journal::ACTS;
    use sel::member::Right;
    use words::{Language, Words};

    #[test]
    fn every_act_and_every_right_has_its_words() {
        for language in [Language::French, Language::English] {
            let words = Words::new(language);
            for (kind, _) in ACTS {
                assert!(words.knows(&format!("journal-{kind}")), "{kind}");
            }
            for right in Right::ALL {
                let name = right.as_str().replace('_', "-");
                assert!(words.knows(&format!("member-right-{name}")), "{name}");
            }
        }
    }
}
