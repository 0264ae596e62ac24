//! The first page: the unit, what an hour is worth, and the SEL's colour.

use super::{Step, Steps, frame, is_ready};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble};
use poem::Response;
use sel::amount::{Unit, names_the_hour};
use sel::association::{Refusal, Rules, UNIT_LETTERS, default_floor, unit_names, worth_of_an_hour};
use sel::colour::{Rgb, accent};
use words::Words;

/// What an hour is worth where one does not say otherwise.
const USUAL: [u32; 2] = [60, 1];
const OTHER: &str = "autre";

/// The field that says so to the page; what is saved goes by the accounts.
const SETTLED: &str = "settled";

#[derive(Template)]
#[template(path = "setup_unit.html")]
struct UnitPage {
    frame: Frame,
    steps: Steps,
    errors: Errors,
    fields: Fields,
    /// What an hour is worth, once that is settled.
    settled_hour: Option<String>,
    colour: String,
}

/// The fields as the SEL stands.
fn typed(present: &Present) -> Fields {
    let unit = &present.rules.unit;
    let fields = Fields::default()
        .with("unit", &unit.one)
        .with("units", &unit.many)
        .with("colour", &present.guest.association.colour);
    if USUAL.contains(&unit.per_hour) {
        fields.with("hour", unit.per_hour.to_string())
    } else {
        fields
            .with("hour", OTHER)
            .with("per_hour", unit.per_hour.to_string())
    }
}

/// What stands now; with a mark where what an hour is worth cannot change any more.
pub(super) async fn standing(present: &mut Present) -> Result<Fields, Trouble> {
    let fields = typed(present);
    if store::account::is_any_used(&mut present.scope).await? {
        return Ok(fields.with(SETTLED, "oui"));
    }
    Ok(fields)
}

pub(super) fn page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let (words, unit) = (present.words(), &present.rules.unit);
    let hour = || {
        let amount = unit.amount(unit.hour());
        words.say_with("setup-hour-settled", &[("amount", amount.into())])
    };
    door::page(&UnitPage {
        frame: frame(present, Step::Unit, &errors),
        steps: Steps::of(present, Step::Unit),
        settled_hour: (is_ready(present) || fields.ticked(SETTLED, "oui")).then(hour),
        colour: worn(words, &present.guest.association.colour),
        errors,
        fields,
    })
}

/// What becomes of the chosen colour, in words.
fn worn(words: Words, colour: &str) -> String {
    let Ok(chosen) = colour.parse::<Rgb>() else {
        return String::new();
    };
    let worn = accent(chosen).accent;
    let key = if worn == chosen {
        "setup-colour-kept"
    } else {
        "setup-colour-darkened"
    };
    let names = [
        ("chosen", chosen.to_string().into()),
        ("worn", worn.to_string().into()),
    ];
    words.say_with(key, &names)
}

/// Reads the page and paints the SEL; answers its new rules.
pub(super) async fn save(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<Rules, Errors>, Trouble> {
    let words = present.words();
    let mut errors = Errors::none();
    let is_settled = is_ready(present) || store::account::is_any_used(&mut present.scope).await?;
    let unit = match read(fields, &present.rules.unit, is_settled) {
        Ok(unit) => unit,
        Err(wrong) => {
            for (field, refusal) in wrong {
                errors.add(field, words.refusal(&refusal, &present.rules.unit));
            }
            present.rules.unit.clone()
        }
    };
    let colour = fields.get("colour").parse::<Rgb>();
    let Ok(colour) = colour else {
        errors.add("colour", words.say("setup-colour-unknown"));
        return Ok(Err(errors));
    };
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    if colour.to_string() != present.guest.association.colour
        && let Err(halt) = desk::association::paint(&mut present.scope, colour).await
    {
        crate::failed(halt)?;
        return Err(Trouble::NotAllowed);
    }
    Ok(Ok(counted_in(&present.rules, unit)))
}

/// The unit as typed. What an hour is worth is settled when the SEL opens: from then on accounts
/// are kept in it.
fn read(
    fields: &Fields,
    old: &Unit,
    is_settled: bool,
) -> Result<Unit, Vec<(&'static str, Refusal)>> {
    let mut wrong = Vec::new();
    let one = tidy(fields.get("unit"));
    let guessed = unit_names(&one);
    let many = tidy(fields.get("units"));
    if let Err(refusal) = &guessed {
        wrong.push(("unit", refusal.clone()));
    }
    if many.chars().count() > UNIT_LETTERS {
        wrong.push(("units", Refusal::LongUnit));
    }
    let worth = match fields.get("hour") {
        _ if is_settled => Ok((old.per_hour, old.decimals)),
        OTHER => worth_of_an_hour(fields.get("per_hour")),
        // A number that was typed is meant: it is not dropped without a word.
        _ if is_other_hour(fields.get("per_hour"), old) => Err(Refusal::TwoHours),
        chosen => worth_of_an_hour(chosen),
    };
    let worth = worth.and_then(|(per_hour, decimals)| {
        if per_hour != 1 && names_the_hour(&one) {
            Err(Refusal::HourOfHours)
        } else {
            Ok((per_hour, decimals))
        }
    });
    if let Err(refusal) = &worth {
        wrong.push(("per_hour", refusal.clone()));
    }
    match (guessed, worth) {
        (Ok((_, plural)), Ok((per_hour, decimals))) if wrong.is_empty() => Ok(Unit {
            many: if many.is_empty() { plural } else { many },
            one,
            per_hour,
            decimals,
        }),
        _ => Err(wrong),
    }
}

/// Whether another worth of an hour was typed than the one that stands.
fn is_other_hour(typed: &str, old: &Unit) -> bool {
    !typed.is_empty() && typed != old.per_hour.to_string()
}

fn tidy(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rules in this unit. Where an hour is worth something else than before, the usual floor stays
/// the usual one, and all other amounts stay the same time.
fn counted_in(old: &Rules, unit: Unit) -> Rules {
    let mut rules = old.clone();
    if unit.hour() != old.unit.hour() {
        let (now, then) = (unit.hour(), old.unit.hour());
        rules.limits.floor = old.limits.floor.map(|floor| {
            if floor == default_floor(&old.unit) {
                default_floor(&unit)
            } else {
                floor * now / then
            }
        });
        rules.limits.ceiling = old.limits.ceiling.map(|amount| amount * now / then);
        rules.starting_credit = old.starting_credit * now / then;
    }
    rules.unit = unit;
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    use sel::limit::{Limits, Policy};

    fn grain() -> Unit {
        Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        }
    }

    fn form(body: &str) -> Fields {
        Fields::parse(body.as_bytes())
    }

    #[test]
    fn the_unit_is_read_with_its_plural_and_its_worth() {
        let unit = read(&form("unit=clou&units=&hour=60"), &grain(), false).unwrap();
        assert_eq!((unit.one.as_str(), unit.many.as_str()), ("clou", "clous"));
        assert_eq!((unit.per_hour, unit.decimals), (60, 0));
        let unit = read(
            &form("unit=pas&units=pas&hour=autre&per_hour=4"),
            &grain(),
            false,
        );
        let unit = unit.unwrap();
        assert_eq!((unit.one.as_str(), unit.many.as_str()), ("pas", "pas"));
        assert_eq!((unit.per_hour, unit.decimals), (4, 2));
    }

    #[test]
    fn a_number_that_was_typed_is_not_dropped() {
        let wrong = read(&form("unit=pas&hour=60&per_hour=20"), &grain(), false);
        assert_eq!(wrong.unwrap_err(), [("per_hour", Refusal::TwoHours)]);
        assert!(read(&form("unit=pas&hour=1&per_hour=60"), &grain(), false).is_ok());
    }

    #[test]
    fn an_hour_is_settled_once_the_sel_is_open() {
        let unit = read(&form("unit=grain&hour=1"), &grain(), true).unwrap();
        assert_eq!((unit.per_hour, unit.decimals), (60, 0));
    }

    #[test]
    fn all_that_is_wrong_with_a_unit_is_said_at_once() {
        let long = "a".repeat(UNIT_LETTERS + 1);
        let body = format!("unit=&units={long}&hour=autre&per_hour=0");
        let wrong = read(&form(&body), &grain(), false).unwrap_err();
        let expected = [
            ("unit", Refusal::NoUnit),
            ("units", Refusal::LongUnit),
            ("per_hour", Refusal::BadHour),
        ];
        assert_eq!(wrong, expected);
        let on = "a".repeat(UNIT_LETTERS);
        assert!(
            read(
                &form(&format!("unit=a&units={on}&hour=60")),
                &grain(),
                false
            )
            .is_ok()
        );
    }

    #[test]
    fn another_worth_of_an_hour_keeps_the_time() {
        let old = Rules {
            limits: Limits {
                floor: Some(-600),
                ceiling: Some(3000),
                policy: Policy::Warn,
            },
            starting_credit: 120,
            ..Rules::usual(grain())
        };
        let hour = Unit {
            per_hour: 1,
            decimals: 2,
            ..grain()
        };
        let usual = Rules {
            limits: Limits {
                floor: Some(default_floor(&old.unit)),
                ..old.limits
            },
            ..old.clone()
        };
        let floor = counted_in(&usual, hour.clone()).limits.floor;
        assert_eq!(floor, Some(default_floor(&hour)));
        let rules = counted_in(&old, hour);
        assert_eq!(rules.limits.floor, Some(-1000));
        assert_eq!(rules.limits.ceiling, Some(5000));
        assert_eq!(rules.starting_credit, 200);
        let renamed = Unit {
            many: "graines".into(),
            ..grain()
        };
        assert_eq!(counted_in(&old, renamed).limits, old.limits);
    }
}
