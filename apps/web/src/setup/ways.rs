//! The page of the settings that the guided start leaves out: how an exchange may be recorded.

use super::{Step, Steps, frame};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble};
use poem::Response;
use sel::association::{Rules, Ways};
use words::Words;

/// What is chosen from for how long an answer is waited for, in days, and within how many days an
/// exchange like another is asked about.
const ANSWER_DAYS: std::ops::RangeInclusive<i32> = 5..=90;
const ALIKE_DAYS: std::ops::RangeInclusive<i16> = 0..=60;

#[derive(Template)]
#[template(path = "setup_ways.html")]
struct WaysPage {
    frame: Frame,
    steps: Steps,
    errors: Errors,
    fields: Fields,
    /// The days after which no answer is a yes, and what is said of each.
    days: Vec<(String, String)>,
}

pub(super) fn typed(rules: &Rules) -> Fields {
    let ways = &rules.ways;
    let allowed = [
        ("demande", ways.payee_asks),
        ("feuilles", ways.slips),
        ("mandats", ways.proxies),
    ];
    let alone = if ways.payer_alone { "seul" } else { "deux" };
    let silence = ways
        .agree_days
        .map_or_else(|| "non".to_owned(), |days| days.to_string());
    let fields = Fields::default()
        .with("payer", alone)
        .with("silence", silence)
        .with("answer_days", rules.answer_days.to_string())
        .with("alike_days", ways.alike_days.to_string());
    allowed
        .into_iter()
        .filter(|(_, is_allowed)| *is_allowed)
        .fold(fields, |fields, (name, _)| fields.with("ways", name))
}

pub(super) fn page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let words = present.words();
    let mut days = vec![("non".to_owned(), words.say("setup-silence-no"))];
    days.extend(Ways::AGREE_DAYS.into_iter().map(|count| {
        let said = words.say_with("setup-silence-days", &[("days", count.into())]);
        (count.to_string(), said)
    }));
    door::page(&WaysPage {
        frame: frame(present, Step::Ways, &errors),
        steps: Steps::of(present, Step::Ways),
        errors,
        fields,
        days,
    })
}

/// The rules with what was chosen.
pub(super) fn read(present: &Present, fields: &Fields) -> Result<Rules, Errors> {
    ruled(present.words(), &present.rules, fields)
}

fn ruled(words: Words, old: &Rules, fields: &Fields) -> Result<Rules, Errors> {
    let mut errors = Errors::none();
    let answer_days = fields.get("answer_days").parse().ok();
    let answer_days = answer_days.filter(|days| ANSWER_DAYS.contains(days));
    if answer_days.is_none() {
        errors.add("answer_days", words.say("setup-answer-days-wrong"));
    }
    let alike_days = fields.get("alike_days").parse().ok();
    let alike_days = alike_days.filter(|days| ALIKE_DAYS.contains(days));
    if alike_days.is_none() {
        errors.add("alike_days", words.say("setup-alike-days-wrong"));
    }
    let agree_days = fields.get("silence").parse().ok();
    let agree_days = agree_days.filter(|days| Ways::AGREE_DAYS.contains(days));
    let (Some(answer_days), Some(alike_days)) = (answer_days, alike_days) else {
        return Err(errors);
    };
    Ok(Rules {
        answer_days,
        ways: Ways {
            payer_alone: fields.get("payer") != "deux",
            payee_asks: fields.ticked("ways", "demande"),
            agree_days,
            slips: fields.ticked("ways", "feuilles"),
            proxies: fields.ticked("ways", "mandats"),
            alike_days,
        },
        ..old.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::amount::Unit;

    fn rules() -> Rules {
        Rules::usual(Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        })
    }

    #[test]
    fn what_stands_can_be_sent_back_unchanged() {
        for payer_alone in [true, false] {
            let mut rules = rules();
            rules.ways.payer_alone = payer_alone;
            rules.ways.agree_days = Some(14);
            let typed = typed(&rules);
            assert_eq!(ruled(Words::default(), &rules, &typed), Ok(rules));
        }
    }

    #[test]
    fn days_stay_within_their_bounds() {
        let ruled_by = |body: &str| {
            let fields = Fields::parse(body.as_bytes());
            ruled(Words::default(), &rules(), &fields)
        };
        assert!(ruled_by("answer_days=5&alike_days=0").is_ok());
        assert!(ruled_by("answer_days=90&alike_days=60").is_ok());
        let errors = ruled_by("answer_days=4&alike_days=61").unwrap_err();
        assert!(errors.of("answer_days").is_some() && errors.of("alike_days").is_some());
        let rules = ruled_by("answer_days=30&alike_days=7&silence=11").unwrap();
        assert_eq!(rules.ways.agree_days, None);
    }
}
