//! Where somebody stands: a figure, a reassuring sentence, a place between the limits.

use sel::association::Rules;
use sel::limit::Standing;
use words::Words;

/// Where somebody stands, in words.
pub(crate) struct Balance {
    pub(crate) figure: String,
    pub(crate) spoken: String,
    pub(crate) unit: String,
    pub(crate) sentence: String,
    pub(crate) scale: Scale,
}

/// The balance between the limits, in hundredths of the width.
pub(crate) struct Scale {
    pub(crate) label: String,
    pub(crate) zero: String,
    pub(crate) here: String,
    pub(crate) low: String,
    pub(crate) high: String,
    /// Where the limits are.
    pub(crate) marks: Vec<String>,
    /// Whether zero is far enough from both ends to be written.
    pub(crate) has_room: bool,
}

/// The balance as a figure, a reassuring sentence and a place between the limits.
pub(crate) fn balance(words: Words, rules: &Rules, standing: Standing) -> Balance {
    let (unit, balance) = (&rules.unit, standing.balance);
    let hour = unit.hour();
    let time = words.time(balance, hour);
    // Where the SEL gave units to start with, a balance does not tell what was given and received.
    let floor = rules.limits.floor_of(standing);
    let key = match balance {
        b if floor.is_some_and(|floor| b < floor) => "balance-beyond",
        b if rules.starting_credit > 0 && b < 0 => "balance-below",
        _ if rules.starting_credit > 0 => "balance-worth",
        b if b.abs() * 2 < hour => "balance-even",
        b if b < 0 => "balance-received",
        b if b >= 15 * hour => "balance-much",
        _ => "balance-given",
    };
    let limit = unit.amount(floor.unwrap_or_default());
    let sentence = words.say_with(
        key,
        &[
            ("time", time.into()),
            ("unit", (&unit.many).into()),
            ("limit", limit.into()),
        ],
    );
    let figure = unit.figure(balance);
    let spoken = unit
        .amount(balance)
        .replace('\u{2212}', &format!("{} ", words.say("minus")));
    Balance {
        spoken,
        figure,
        unit: unit.name(balance).to_owned(),
        sentence,
        scale: scale(words, rules, standing),
    }
}

/// The scale runs from the floor to the ceiling; where one is missing, as far as the other, or as
/// far as the balance itself.
fn scale(words: Words, rules: &Rules, standing: Standing) -> Scale {
    let (unit, balance) = (&rules.unit, standing.balance);
    let limits = &rules.limits;
    let (floor, ceiling) = (limits.floor_of(standing), limits.ceiling_of(standing));
    let wide = balance.abs().max(unit.hour());
    let low = floor
        .unwrap_or_else(|| -ceiling.unwrap_or(wide))
        .min(balance);
    let high = ceiling
        .unwrap_or_else(|| floor.map_or(wide, i64::abs))
        .max(balance);
    let span = (high - low).max(1);
    // Tenths of a percent, between 2 % and 98 % of the width.
    let place = |at: i64| {
        let tenths = 20 + (at - low) * 960 / span;
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    let end = |limit: Option<i64>, at: i64| match limit {
        // Beyond the limit, the end is where the balance is; the limit has its own mark.
        Some(limit) if limit != at => unit.signed(at),
        Some(limit) => words.say_with("balance-limit", &[("amount", unit.signed(limit).into())]),
        None => unit.signed(at),
    };
    let label = words.say_with(
        "balance-scale",
        &[
            ("balance", unit.amount(balance).into()),
            ("low", unit.figure(low).into()),
            ("high", unit.figure(high).into()),
        ],
    );
    Scale {
        label,
        zero: place(0),
        here: place(balance),
        low: end(floor, low),
        high: end(ceiling, high),
        has_room: (200..=800).contains(&((0 - low) * 1000 / span)),
        marks: [floor, ceiling].into_iter().flatten().map(place).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::amount::Unit;

    use sel::limit::{Limits, Policy};

    use words::Language;

    fn rules(floor: Option<i64>, ceiling: Option<i64>) -> Rules {
        let unit = Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        };
        Rules {
            limits: Limits {
                floor,
                ceiling,
                policy: Policy::Warn,
            },
            setup_step: 5,
            ..Rules::usual(unit)
        }
    }

    fn of(balance_: i64, floor: Option<i64>, ceiling: Option<i64>) -> Balance {
        let standing = Standing {
            balance: balance_,
            ..Standing::default()
        };
        balance(
            Words::new(Language::French),
            &rules(floor, ceiling),
            standing,
        )
    }

    #[test]
    fn a_balance_below_zero_is_said_as_time_received() {
        let it = of(-240, Some(-2000), Some(2000));
        assert_eq!(it.figure, "\u{2212}240");
        assert!(
            it.sentence
                .starts_with("Vous avez reçu 4\u{a0}heures de plus"),
            "{}",
            it.sentence
        );
        assert_eq!(
            (it.scale.zero.as_str(), it.scale.here.as_str()),
            ("50.0%", "44.2%")
        );
    }

    #[test]
    fn units_that_the_sel_gave_are_not_said_to_be_earned() {
        let given = Rules {
            starting_credit: 120,
            ..rules(None, None)
        };
        let standing = Standing {
            balance: 120,
            ..Standing::default()
        };
        let it = balance(Words::new(Language::French), &given, standing);
        assert_eq!(it.sentence, "Ce solde vaut 2\u{a0}heures de coups de main.");
    }

    #[test]
    fn the_scale_stays_within_its_width_whatever_the_balance() {
        for (balance, floor, ceiling) in [
            (0, None, None),
            (5000, Some(-2000), Some(2000)),
            (-5000, Some(-2000), None),
            (1, Some(0), Some(0)),
        ] {
            let scale = of(balance, floor, ceiling).scale;
            for place in [&scale.zero, &scale.here] {
                let place: f64 = place.trim_end_matches('%').parse().unwrap();
                assert!((2.0..=98.0).contains(&place), "{balance}: {place}");
            }
        }
    }
}
