//! `/bureau/journal`: what those in charge did, day by day.

use crate::member::shown_name;
use askama::Template;
use door::day::{self, Day};
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::journal::{RULES, Topic, topic};
use sel::member::Right;
use store::event::Act;
use words::Words;

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

#[derive(Template)]
#[template(path = "journal.html")]
struct JournalPage {
    frame: Frame,
    days: Vec<Day<Line>>,
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
        days: days(&present, &shown(&present, found.rows)),
        page_number: number,
        next: found.more.then_some(number + 1),
    })?)
}

/// Who asked to be a member and was refused is the business of those who decide it.
fn shown(present: &Present, acts: Vec<Act>) -> Vec<Act> {
    let decides = present.may(Right::Members) || present.may(Right::Settings);
    let is_shown = |act: &Act| decides || topic(&act.kind) != Some(Topic::Application);
    acts.into_iter().filter(is_shown).collect()
}

/// The acts under the days where the SEL is.
fn days(present: &Present, acts: &[Act]) -> Vec<Day<Line>> {
    let (words, today) = (present.words(), present.guest.today());
    let zone = &present.guest.association.time_zone;
    let day = |act: &Act| words.local_day(act.recorded_at, zone);
    let lines = acts.iter().map(|act| (day(act), line(present, act)));
    day::by_day(words, today, lines)
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
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let whom = name(
        &text(&act.whom_first),
        &text(&act.whom_last),
        act.whom_number,
    );
    let other = name(
        &text(&act.other_first),
        &text(&act.other_last),
        act.other_number,
    );
    let actor = name(&act.actor_first, &act.actor_last, Some(act.actor_number));
    let rules = rules(words, act);
    let names = [
        ("actor", actor.into()),
        ("whom", whom.into()),
        ("other", other.into()),
        ("title", title(act).into()),
        ("rights", rights(present, act).into()),
        ("rules", rules.join(", ").into()),
        ("count", rules.len().into()),
    ];
    // Who exchanged with whom is read by those who enter exchanges, and those who mediate.
    let is_between = matches!(topic(&act.kind), Some(Topic::Exchange | Topic::Crossing));
    let reads = present.may(Right::EnterForOthers) || present.may(Right::Mediate);
    let key = if is_between && !reads {
        "journal-among-others".to_owned()
    } else {
        format!("journal-{}", act.kind)
    };
    Line {
        said: words.say_with(&key, &names),
        href: href(present, act),
    }
}

/// Of a notice, as it was called then.
fn title(act: &Act) -> String {
    let then = act.detail["title"].as_str();
    then.or(act.title.as_deref()).unwrap_or_default().to_owned()
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

/// Which rules were changed: "les limites", "les annonces".
fn rules(words: Words, act: &Act) -> Vec<String> {
    let changed = act.detail["changed"].as_object();
    let is_changed = |columns: &[&str]| {
        let of = |column: &&str| changed.is_some_and(|it| it.contains_key(*column));
        columns.iter().any(of)
    };
    RULES
        .iter()
        .filter(|(_, columns)| is_changed(columns))
        .map(|(name, _)| words.say(&format!("journal-rule-{name}")))
        .collect()
}

/// Where it stands, for who may go there.
fn href(present: &Present, act: &Act) -> Option<String> {
    let id = act.subject_id;
    let (enters, mediates) = (Right::EnterForOthers, Right::Mediate);
    match topic(&act.kind)? {
        Topic::Member => Some(format!("/adherents/{id}")),
        Topic::Notice => Some(format!("/annonces/{id}")),
        Topic::Exchange if present.may(enters) => Some(format!("/echanges/{id}")),
        Topic::Crossing if present.may(enters) => Some(format!("/echanges/ailleurs/{id}")),
        Topic::Batch if present.may(enters) => Some(format!("/bureau/mouvements/{id}")),
        Topic::Sheet if present.may(enters) => Some(format!("/bureau/feuilles/{id}")),
        Topic::Dispute if present.may(mediates) => Some(format!("/desaccords/{id}")),
        Topic::Alliance if present.may(enters) || present.may(Right::Settings) => {
            Some(format!("/bureau/allies/{id}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sel::journal::{ACTS, RULES};
    use sel::member::Right;
    use words::{Language, Words};

    #[test]
    fn every_act_and_every_right_has_its_words() {
        let names = ["actor", "whom", "other", "title", "rights", "rules"];
        let mut names = names.map(|name| (name, name.into())).to_vec();
        names.push(("count", 1.into()));
        for language in [Language::French, Language::English] {
            let words = Words::new(language);
            for (kind, _) in ACTS {
                let said = words.say_with(&format!("journal-{kind}"), &names);
                assert!(said.contains("actor"), "{said}");
            }
            for (rules, _) in RULES {
                assert!(words.knows(&format!("journal-rule-{rules}")), "{rules}");
            }
            for right in Right::ALL {
                let name = right.as_str().replace('_', "-");
                assert!(words.knows(&format!("member-right-{name}")), "{name}");
            }
        }
    }
}
