//! Two SELs that trade: what each allows the other, and what an hour of one is worth in the other.

use crate::amount::Unit;
use crate::id::{AllianceId, AssociationId};
use crate::member::{Actor, Right};
use crate::refusal::Refused;
use thiserror::Error;

mod reference;

pub use reference::{Code, Reference, named};

/// What the hub counts in an hour.
pub const HOUR_SECONDS: i64 = 3600;
/// Hours that each side allows where nobody changes it: enough for the first exchanges of many,
/// little enough to notice.
pub const USUAL_CAP_HOURS: i64 = 100;
/// The largest cap, in hours.
pub const LARGEST_CAP_HOURS: i64 = 100_000;

/// How an alliance stands, seen from one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// We asked, they have not answered.
    Asked,
    /// They asked, and wait for our answer.
    Waits,
    Stands,
    /// We paused it.
    Paused,
    /// They paused it.
    PausedThere,
    Refused,
    Ended,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Waits => "waits",
            State::Stands => "stands",
            State::Paused => "paused",
            State::PausedThere => "paused-there",
            State::Refused => "refused",
            State::Ended => "ended",
        }
    }

    /// Whether it may become something else.
    pub fn is_over(self) -> bool {
        matches!(self, State::Refused | State::Ended)
    }
}

/// An alliance as the rules need to know it. Caps and totals are in seconds, promises counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bond {
    pub alliance_id: AllianceId,
    /// The other SEL, where it is on the platform.
    pub ally_id: Option<AssociationId>,
    pub name: String,
    pub state: State,
    pub unit: Unit,
    /// Whether a payer's word alone is enough there, and whether a payee may ask.
    pub payer_alone: bool,
    pub payee_asks: bool,
    pub cap_out: i64,
    pub cap_in: i64,
    /// What our members gave theirs and received from them.
    pub given: i64,
    pub received: i64,
    pub held_out: i64,
    pub held_in: i64,
}

impl Bond {
    /// What our members may still give there, in seconds.
    pub fn left_out(&self) -> i64 {
        self.cap_out - (self.given - self.received) - self.held_out
    }

    /// What our members may still receive from there, in seconds.
    pub fn left_in(&self) -> i64 {
        self.cap_in - (self.received - self.given) - self.held_in
    }

    /// What they owe us where it is positive, and we them where it is negative, in seconds: each
    /// unit that our members received from theirs is owed by them.
    pub fn balance(&self) -> i64 {
        self.received - self.given
    }
}

/// Seconds in smallest parts of a unit, towards zero: so a cap never promises more than is left.
pub fn units_of(seconds: i64, unit: &Unit) -> i64 {
    let units = i128::from(seconds) * i128::from(unit.hour()) / i128::from(HOUR_SECONDS);
    i64::try_from(units).unwrap_or(i64::MAX)
}

/// The same to the nearest: what was given and received is told so.
pub fn nearest_units(seconds: i64, unit: &Unit) -> i64 {
    let units = i128::from(seconds) * i128::from(unit.hour());
    i64::try_from(nearest(units, i128::from(HOUR_SECONDS))).unwrap_or(i64::MAX)
}

/// Smallest parts of a unit in seconds, to the nearest, and at least one.
pub fn seconds_of(amount: i64, unit: &Unit) -> i64 {
    let hour = i128::from(unit.hour());
    let seconds = nearest(i128::from(amount) * i128::from(HOUR_SECONDS), hour);
    i64::try_from(seconds).unwrap_or(i64::MAX).max(1)
}

/// A fraction to the nearest whole, halves to the even one.
fn nearest(above: i128, below: i128) -> i128 {
    let (whole, rest) = (above / below, above % below);
    match (2 * rest).cmp(&below) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole % 2,
    }
}

/// Why an alliance is not asked for or changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("no SEL was named")]
    NoSel,
    #[error("no SEL answers to this name")]
    UnknownSel { typed: String },
    #[error("the SEL itself")]
    Oneself,
    #[error("the two are allied, or one has asked")]
    Known { name: String },
    #[error("it does not stand so that it could change so")]
    Changed,
    #[error("a cap is no number of units")]
    BadCap { field: &'static str },
    #[error("no name")]
    NoName,
    #[error("the name is too long")]
    LongName,
    #[error("no code of 3 to 10 letters and digits")]
    BadCode,
    #[error("another SEL has this code")]
    TakenCode,
    #[error("a SEL of the platform has this code")]
    PlatformCode,
    #[error("several SELs answer to this")]
    ManySels { typed: String },
    #[error("an hour is worth between 1 and 10000")]
    BadHour,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::NoSel => "refusal-ally-empty",
            Refusal::UnknownSel { .. } => "refusal-ally-unknown",
            Refusal::Oneself => "refusal-ally-oneself",
            Refusal::Known { .. } => "refusal-ally-known",
            Refusal::Changed => "refusal-alliance-changed",
            Refusal::BadCap { .. } => "refusal-alliance-cap",
            Refusal::NoName => "refusal-sel-name-empty",
            Refusal::LongName => "refusal-sel-name-long",
            Refusal::BadCode => "refusal-ally-code",
            Refusal::TakenCode => "refusal-ally-code-taken",
            Refusal::PlatformCode => "refusal-ally-code-platform",
            Refusal::ManySels { .. } => "refusal-ally-many",
            Refusal::BadHour => "refusal-hour",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NotAllowed | Refusal::Changed => "",
            Refusal::NoSel
            | Refusal::UnknownSel { .. }
            | Refusal::ManySels { .. }
            | Refusal::Oneself
            | Refusal::Known { .. } => "ally",
            Refusal::BadCap { field } => field,
            Refusal::NoName | Refusal::LongName => "name",
            Refusal::BadCode | Refusal::TakenCode | Refusal::PlatformCode => "code",
            Refusal::BadHour => "per_hour",
        }
    }

    fn facts(&self) -> Vec<(&'static str, crate::refusal::Fact)> {
        use crate::refusal::Fact;
        match self {
            Refusal::UnknownSel { typed } | Refusal::ManySels { typed } => {
                vec![("typed", Fact::Text(typed.clone()))]
            }
            Refusal::Known { name } => vec![("name", Fact::Text(name.clone()))],
            _ => Vec::new(),
        }
    }
}

/// What each way may come to, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    pub out: i64,
    pub r#in: i64,
}

/// Reads both caps, typed in the unit of the SEL.
pub fn caps(out: &str, inward: &str, unit: &Unit) -> Result<Caps, Vec<Refusal>> {
    let one = |typed: &str, field| {
        let largest = unit.hour().saturating_mul(LARGEST_CAP_HOURS);
        match unit.parse_signed(typed) {
            Ok(0) => Ok(0),
            Ok(amount) if (1..=largest).contains(&amount) => Ok(seconds_of(amount, unit)),
            _ => Err(Refusal::BadCap { field }),
        }
    };
    match (one(out, "cap_out"), one(inward, "cap_in")) {
        (Ok(out), Ok(inward)) => Ok(Caps { out, r#in: inward }),
        (out, inward) => Err(out.err().into_iter().chain(inward.err()).collect()),
    }
}

/// Whether `actor` speaks for the SEL towards others.
pub fn may_change(actor: &Actor) -> bool {
    actor.may(Right::Settings)
}

/// Whether `actor` sees what was exchanged with others, and enters slips of theirs.
pub fn may_review(actor: &Actor) -> bool {
    actor.may(Right::EnterForOthers) || actor.may(Right::Settings)
}

/// A SEL that is on no platform, as its slips name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub name: String,
    pub code: Code,
    /// What an hour is worth there, in its units.
    pub per_hour: u32,
}

/// Reads what was typed of a SEL that is on no platform.
pub fn partner(name: &str, code: &str, per_hour: &str) -> Result<Partner, Vec<Refusal>> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match name.chars().count() {
        0 => Err(Refusal::NoName),
        n if n > crate::association::NAME_LETTERS => Err(Refusal::LongName),
        _ => Ok(name),
    };
    let code = Code::parse(code).ok_or(Refusal::BadCode);
    let per_hour = per_hour
        .trim()
        .parse()
        .ok()
        .filter(|units| (1..=10_000).contains(units))
        .ok_or(Refusal::BadHour);
    match (name, code, per_hour) {
        (Ok(name), Ok(code), Ok(per_hour)) => Ok(Partner {
            name,
            code,
            per_hour,
        }),
        (name, code, per_hour) => {
            let all = [name.err(), code.err(), per_hour.err()];
            Err(all.into_iter().flatten().collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(per_hour: u32, decimals: u8) -> Unit {
        Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour,
            decimals,
        }
    }

    #[test]
    fn an_hour_is_as_many_seconds_whatever_it_is_called() {
        assert_eq!(seconds_of(60, &unit(60, 0)), 3600);
        assert_eq!(seconds_of(150, &unit(1, 2)), 5400);
        assert_eq!(units_of(5400, &unit(1, 2)), 150);
        assert_eq!(units_of(59, &unit(60, 0)), 0);
        assert_eq!(nearest_units(59, &unit(60, 0)), 1);
    }

    #[test]
    fn halves_go_to_the_even_second_and_nothing_becomes_none() {
        // Three parts in two seconds.
        let fine = unit(7200, 0);
        assert_eq!(seconds_of(1, &fine), 1);
        assert_eq!(seconds_of(3, &fine), 2);
        assert_eq!(seconds_of(5, &fine), 2);
    }

    #[test]
    fn what_is_promised_counts_against_both_caps() {
        let bond = Bond {
            alliance_id: AllianceId(uuid::Uuid::nil()),
            ally_id: None,
            name: "SEL de Vénus".into(),
            state: State::Stands,
            unit: unit(60, 0),
            payer_alone: true,
            payee_asks: true,
            cap_out: 3600,
            cap_in: 7200,
            given: 1800,
            received: 600,
            held_out: 300,
            held_in: 60,
        };
        assert_eq!(bond.left_out(), 3600 - 1200 - 300);
        assert_eq!(bond.left_in(), 7200 + 1200 - 60);
        assert_eq!(bond.balance(), -1200);
    }

    #[test]
    fn caps_are_typed_in_units_and_both_are_looked_at() {
        let grain = unit(60, 0);
        assert_eq!(
            caps("6 000", "0", &grain),
            Ok(Caps {
                out: 360_000,
                r#in: 0
            })
        );
        let wrong = caps("beaucoup", "-1", &grain).unwrap_err();
        assert_eq!(
            wrong,
            [
                Refusal::BadCap { field: "cap_out" },
                Refusal::BadCap { field: "cap_in" }
            ]
        );
        let largest = (60 * LARGEST_CAP_HOURS).to_string();
        assert!(caps(&largest, "1", &grain).is_ok());
        let more = (60 * LARGEST_CAP_HOURS + 1).to_string();
        assert!(caps(&more, "1", &grain).is_err());
    }

    #[test]
    fn a_sel_on_no_platform_has_a_name_a_code_and_an_hour() {
        let partner = partner(" SEL  de Nacre ", "nacre", "60").unwrap();
        assert_eq!(partner.name, "SEL de Nacre");
        assert_eq!(partner.code.as_str(), "NACRE");
        let wrong = super::partner("", "é", "0").unwrap_err();
        assert_eq!(wrong, [Refusal::NoName, Refusal::BadCode, Refusal::BadHour]);
    }
}
