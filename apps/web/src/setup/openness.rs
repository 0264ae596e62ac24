//! The fourth page: who sees what, and who lets newcomers in.

use super::{Step, Steps, frame};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble};
use poem::Response;
use sel::association::{Admission, Rules};
use sel::member::{Audience, Directory, Outside};
use sel::notice::Reach;
use words::Words;

#[derive(Template)]
#[template(path = "setup_openness.html")]
struct OpennessPage {
    frame: Frame,
    steps: Steps,
    errors: Errors,
    fields: Fields,
}

pub(super) fn typed(rules: &Rules) -> Fields {
    let directory = &rules.directory;
    let shown = [
        ("noms", directory.last_names),
        ("telephones", directory.phones),
        ("quartiers", directory.places),
        ("courriels", directory.emails),
    ];
    let fields = Fields::default()
        .with("balances", rules.balances_shown_to.as_str())
        .with("admission", rules.admission.as_str())
        .with("outside", directory.outside.as_str())
        .with("reach", rules.notice_reach.as_str());
    let fields = if rules.notices_unlisted {
        fields
    } else {
        fields.with("listed", "oui")
    };
    shown
        .into_iter()
        .filter(|(_, is_shown)| *is_shown)
        .fold(fields, |fields, (name, _)| fields.with("directory", name))
}

pub(super) fn page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    door::page(&OpennessPage {
        frame: frame(present, Step::Openness, &errors),
        steps: Steps::of(present, Step::Openness),
        errors,
        fields,
    })
}

/// The rules with what was chosen.
pub(super) fn read(present: &Present, fields: &Fields) -> Result<Rules, Errors> {
    ruled(present.words(), &present.rules, fields)
}

fn ruled(words: Words, old: &Rules, fields: &Fields) -> Result<Rules, Errors> {
    let audience = Audience::parse(fields.get("balances"));
    let admission = Admission::parse(fields.get("admission"));
    let (Some(balances_shown_to), Some(admission)) = (audience, admission) else {
        let mut errors = Errors::none();
        if audience.is_none() {
            errors.add("balances", words.say("setup-balances-choose"));
        }
        if admission.is_none() {
            errors.add("admission", words.say("setup-admission-choose"));
        }
        return Err(errors);
    };
    Ok(Rules {
        notice_reach: Reach::parse(fields.get("reach")).unwrap_or(old.notice_reach),
        notices_unlisted: !fields.ticked("listed", "oui"),
        balances_shown_to,
        admission,
        directory: Directory {
            last_names: fields.ticked("directory", "noms"),
            phones: fields.ticked("directory", "telephones"),
            places: fields.ticked("directory", "quartiers"),
            emails: fields.ticked("directory", "courriels"),
            outside: Outside::parse(fields.get("outside")).unwrap_or(old.directory.outside),
        },
        ..old.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::amount::Unit;
    use sel::limit::{Limits, Policy};

    fn rules() -> Rules {
        let unit = Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        };
        Rules {
            limits: Limits {
                floor: None,
                ceiling: None,
                policy: Policy::Warn,
            },
            balances_shown_to: Audience::Board,
            admission: Admission::Open,
            setup_step: 4,
            ..Rules::usual(unit)
        }
    }

    #[test]
    fn what_stands_can_be_sent_back_unchanged() {
        let typed = typed(&rules());
        assert_eq!(ruled(Words::default(), &rules(), &typed), Ok(rules()));
    }

    #[test]
    fn what_is_not_chosen_is_asked_for() {
        let errors = ruled(Words::default(), &rules(), &Fields::default()).unwrap_err();
        assert!(errors.of("balances").is_some() && errors.of("admission").is_some());
    }
}
