//! What a SEL shows to visitors: who and where, how it works, how to join, and some of the notices
//! that it shows to everybody. No member's name.

use crate::Rooms;
use crate::notice::Row;
use crate::platform::place::at;
use crate::showcase::newest;
use askama::Template;
use door::{Answer, Frame, Guest, Trouble, page};
use poem::Route;
use sel::association::{Admission, Rules};
use sel::notice::Reach;
use words::Words;

/// Notices on the portal.
const NOTICES: usize = 4;

/// The first page of a SEL answers at `/` through the member's own first page.
pub(crate) fn routes(route: Route) -> Route {
    route
}

#[derive(Template)]
#[template(path = "portal.html")]
struct PortalPage {
    frame: Frame,
    heading: String,
    members: String,
    unit: String,
    /// What a minute or an hour is worth.
    worth: String,
    /// Some of what everybody may see.
    notices: Vec<Row>,
    questions: Vec<Question>,
    join: String,
}

struct Question {
    asked: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "portal_waiting.html")]
struct WaitingPage {
    frame: Frame,
    text: String,
}

/// The portal, for whoever is not logged in.
pub(crate) async fn show(guest: Guest, rooms: &Rooms) -> Answer {
    let words = guest.visit.words;
    let association = &guest.association;
    let place = at(words, &association.place_name);
    if association.ready_at.is_none() {
        let names = [("name", (&association.name).into()), ("at", place.into())];
        return Ok(page(&WaitingPage {
            frame: Frame::guest(&guest, "portal-waiting-title"),
            text: words.say_with("portal-waiting-text", &names),
        })?);
    }
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    drop(scope);
    let notices = match rules.notice_reach {
        Reach::Public if !rules.notices_unlisted => newest(&guest, rooms, NOTICES).await?,
        _ => Vec::new(),
    };
    let heading = words.say_with("portal-h1", &[("at", place.clone().into())]);
    let members = words.say_with(
        "portal-members",
        &[
            ("name", (&association.name).into()),
            ("count", association.member_count.into()),
        ],
    );
    Ok(page(&PortalPage {
        frame: Frame::guest(&guest, "portal-title")
            .titled(words.say_with("portal-title", &[("at", place.into())])),
        heading,
        members,
        unit: rules.unit.many.clone(),
        worth: worth(words, &rules),
        notices,
        questions: questions(words, &rules),
        join: words.say(match rules.admission {
            Admission::Board => "portal-join-board",
            Admission::Members => "portal-join-members",
            Admission::Open => "portal-join-open",
        }),
    })?)
}

/// "Une minute vaut 1 grain", where it does; else what an hour is worth.
fn worth(words: Words, rules: &Rules) -> String {
    let unit = &rules.unit;
    let hour = unit.amount(unit.hour());
    if unit.per_hour == 60 {
        let minute = unit.amount(unit.scale());
        let names = [("minute", minute.into()), ("hour", hour.into())];
        return words.say_with("portal-worth-minute", &names);
    }
    words.say_with("portal-worth-hour", &[("hour", hour.into())])
}

/// What people ask, and what the rules of this SEL answer.
fn questions(words: Words, rules: &Rules) -> Vec<Question> {
    let unit = &rules.unit;
    let of_the_unit = [("unit", (&unit.many).into())];
    let ask = |key: &str, answer: String| Question {
        asked: words.say_with(&format!("portal-ask-{key}"), &of_the_unit),
        answer,
    };
    let say = |key: &str| words.say_with(&format!("portal-answer-{key}"), &of_the_unit);
    let below = match rules.limits.floor {
        Some(floor) => words.say_with(
            "portal-answer-below-limit",
            &[
                ("amount", unit.amount(floor).into()),
                ("time", words.time(floor, unit.hour()).into()),
            ],
        ),
        None => say("below"),
    };
    let mut questions = vec![
        ask("nothing", say("nothing")),
        ask("barter", say("barter")),
        ask("below", below),
        ask("internet", say("internet")),
        ask("seen", say("seen")),
    ];
    if rules.starting_credit > 0 {
        let credit = unit.amount(rules.starting_credit);
        let answer = words.say_with("portal-answer-credit", &[("amount", credit.into())]);
        questions.push(ask("credit", answer));
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::amount::Unit;
    use sel::limit::{Limits, Policy};

    use words::Language;

    fn rules(per_hour: u32, decimals: u8) -> Rules {
        let unit = Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour,
            decimals,
        };
        Rules {
            limits: Limits {
                floor: Some(-2000),
                ceiling: None,
                policy: Policy::Warn,
            },
            setup_step: 5,
            ..Rules::usual(unit)
        }
    }

    #[test]
    fn a_minute_is_named_only_where_it_is_worth_one_unit() {
        let french = Words::new(Language::French);
        let said = worth(french, &rules(60, 0));
        assert!(said.contains("minute vaut 1\u{a0}grain"), "{said}");
        let said = worth(french, &rules(4, 2));
        assert!(
            !said.contains("minute") && said.contains("4\u{a0}grains"),
            "{said}"
        );
    }

    #[test]
    fn a_gift_at_the_start_is_mentioned_where_there_is_one() {
        let mut rules = rules(60, 0);
        let count = questions(Words::default(), &rules).len();
        rules.starting_credit = 60;
        assert_eq!(questions(Words::default(), &rules).len(), count + 1);
    }

    #[test]
    fn every_question_has_its_words_in_both_languages() {
        for language in [Language::French, Language::English] {
            for question in questions(Words::new(language), &rules(60, 0)) {
                for text in [&question.asked, &question.answer] {
                    assert!(!text.starts_with('['), "{text}");
                }
            }
        }
    }
}
