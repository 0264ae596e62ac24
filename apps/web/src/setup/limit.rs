//! The second page: how far one goes below and above zero, and what newcomers receive.

use super::{Step, Steps, frame};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble};
use poem::Response;
use sel::amount::{LARGEST, Refusal, Unit};
use sel::association::{Rules, default_floor, limits};
use sel::limit::Policy;
use words::Words;

#[derive(Template)]
#[template(path = "setup_limits.html")]
struct LimitsPage {
    frame: Frame,
    steps: Steps,
    errors: Errors,
    fields: Fields,
    unit: String,
    /// The usual floor, in units and as time.
    usual: String,
    /// What stands now, as time.
    floor_time: Option<String>,
}

pub(super) fn typed(rules: &Rules) -> Fields {
    let unit = &rules.unit;
    let plain = |limit: Option<i64>| limit.map_or_else(String::new, |it| unit.plain(it.abs()));
    Fields::default()
        .with("floor", plain(rules.limits.floor))
        .with("ceiling", plain(rules.limits.ceiling))
        .with("policy", policy_name(rules.limits.policy))
        .with("credit", unit.plain(rules.starting_credit))
}

fn policy_name(policy: Policy) -> &'static str {
    match policy {
        Policy::Warn => "prevenir",
        Policy::Approve => "accepter",
        Policy::Refuse => "refuser",
    }
}

pub(super) fn page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let (words, unit) = (present.words(), &present.rules.unit);
    let usual = default_floor(unit);
    let time = |amount: i64| words.time(amount, unit.hour());
    door::page(&LimitsPage {
        frame: frame(present, Step::Limits, &errors),
        steps: Steps::of(present, Step::Limits),
        unit: unit.many.clone(),
        usual: words.say_with(
            "setup-floor-usual",
            &[
                ("amount", unit.amount(usual.abs()).into()),
                ("time", time(usual).into()),
            ],
        ),
        floor_time: present
            .rules
            .limits
            .floor
            .map(|floor| words.say_with("setup-floor-now", &[("time", time(floor).into())])),
        errors,
        fields,
    })
}

/// The rules with the limits that were typed.
pub(super) fn read(present: &Present, fields: &Fields) -> Result<Rules, Errors> {
    ruled(present.words(), &present.rules, fields)
}

fn ruled(words: Words, old: &Rules, fields: &Fields) -> Result<Rules, Errors> {
    let unit = &old.unit;
    let mut errors = Errors::none();
    let mut amount = |field: &'static str| {
        read_amount(unit, fields.get(field)).unwrap_or_else(|refusal| {
            errors.add(field, said(words, refusal, unit));
            None
        })
    };
    // A floor is below zero and a ceiling above: a sign typed before one of them changes nothing.
    let (floor, ceiling) = (amount("floor"), amount("ceiling"));
    let credit = amount("credit").unwrap_or(0);
    let policy = match fields.get("policy") {
        "refuser" => Policy::Refuse,
        "accepter" => Policy::Approve,
        _ => Policy::Warn,
    };
    let limits = limits(floor, ceiling, policy);
    if credit < 0 {
        errors.add("credit", words.say("setup-credit-negative"));
    }
    if limits.ceiling.is_some_and(|ceiling| credit > ceiling) {
        errors.add("credit", words.say("setup-credit-above"));
    }
    if policy == Policy::Refuse && limits.floor == Some(0) && credit == 0 {
        errors.add("floor", words.say("setup-floor-stuck"));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Rules {
        limits,
        starting_credit: credit,
        ..old.clone()
    })
}

fn read_amount(unit: &Unit, typed: &str) -> Result<Option<i64>, Refusal> {
    match unit.parse_signed(typed) {
        Ok(amount) if amount.abs() > LARGEST * unit.scale() => Err(Refusal::TooLarge),
        Ok(amount) => Ok(Some(amount)),
        Err(Refusal::Empty) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

fn said(words: Words, refusal: Refusal, unit: &Unit) -> String {
    match refusal {
        Refusal::TooLarge => {
            let most = unit.amount(LARGEST * unit.scale());
            words.say_with("setup-amount-large", &[("amount", most.into())])
        }
        other => words.refusal(&other, unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use sel::limit::Limits;

    fn rules() -> Rules {
        let unit = Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        };
        Rules {
            limits: Limits {
                floor: Some(-2000),
                ceiling: None,
                policy: Policy::Warn,
            },
            setup_step: 2,
            ..Rules::usual(unit)
        }
    }

    fn ruled_by(body: &str) -> Result<Rules, Errors> {
        ruled(Words::default(), &rules(), &Fields::parse(body.as_bytes()))
    }

    #[test]
    fn what_stands_can_be_sent_back_unchanged() {
        let typed = typed(&rules());
        assert_eq!(ruled(Words::default(), &rules(), &typed), Ok(rules()));
    }

    #[test]
    fn a_floor_is_below_zero_with_or_without_its_sign_and_may_be_missing() {
        for typed in ["1500", "-1500", "1 500 grains"] {
            let rules = ruled_by(&format!("floor={typed}")).unwrap();
            assert_eq!(rules.limits.floor, Some(-1500), "{typed}");
        }
        let rules = ruled_by("floor=&ceiling=&credit=&policy=refuser").unwrap();
        assert_eq!((rules.limits.floor, rules.limits.ceiling), (None, None));
        assert_eq!(rules.starting_credit, 0);
        assert_eq!(rules.limits.policy, Policy::Refuse);
    }

    #[test]
    fn a_gift_is_at_most_the_ceiling_and_never_below_zero() {
        assert!(ruled_by("ceiling=100&credit=100").is_ok());
        for body in ["ceiling=100&credit=101", "credit=-1"] {
            assert!(ruled_by(body).unwrap_err().of("credit").is_some(), "{body}");
        }
    }

    #[test]
    fn the_largest_limit_passes_and_one_more_does_not() {
        assert!(ruled_by(&format!("floor={LARGEST}")).is_ok());
        let errors = ruled_by(&format!("floor={}&ceiling=beaucoup", LARGEST + 1)).unwrap_err();
        assert!(errors.of("floor").is_some() && errors.of("ceiling").is_some());
    }
}
