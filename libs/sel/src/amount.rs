//! Units of account: what a SEL calls them, how they are typed and how they are shown.

use crate::refusal::{Fact, Refused};
use thiserror::Error;

/// The largest amount that one exchange may move, in whole units. Far above any real exchange, far
/// below where sums of `i64` would overflow.
pub const LARGEST: i64 = 1_000_000;

/// The unit of a SEL. Amounts everywhere are `i64` counts of its smallest part: with `decimals` 2,
/// 150 is one and a half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub one: String,
    pub many: String,
    pub per_hour: u32,
    pub decimals: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("no amount")]
    Empty,
    #[error("not a number")]
    NotANumber,
    #[error("zero")]
    Zero,
    #[error("negative")]
    Negative,
    #[error("too large")]
    TooLarge,
    #[error("more decimals than the unit has")]
    TooFine { decimals: u8 },
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Empty => "refusal-amount-empty",
            Refusal::NotANumber => "refusal-amount-not-a-number",
            Refusal::Zero => "refusal-amount-zero",
            Refusal::Negative => "refusal-amount-negative",
            Refusal::TooLarge => "refusal-amount-too-large",
            Refusal::TooFine { decimals: 0 } => "refusal-amount-not-divisible",
            Refusal::TooFine { .. } => "refusal-amount-too-fine",
        }
    }

    fn field(&self) -> &'static str {
        "amount"
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::TooFine { decimals } => vec![("decimals", Fact::Count((*decimals).into()))],
            _ => Vec::new(),
        }
    }
}

/// "1.000" and "12.345.678" are thousands, as many write them; "1.5" is one and a half.
fn without_thousands(digits: &str) -> String {
    let mut groups = digits.split('.');
    let first = groups.next().unwrap_or_default();
    let (mut count, mut full) = (0, true);
    for group in groups {
        count += 1;
        full &= group.len() == 3;
    }
    if count > 0 && full && (1..=3).contains(&first.len()) && first != "0" {
        digits.replace('.', "")
    } else {
        digits.to_owned()
    }
}

/// Whether a unit of this name can only be worth an hour.
pub fn names_the_hour(one: &str) -> bool {
    matches!(
        crate::folded::folded(one).as_str(),
        "heure" | "heures" | "hour" | "hours"
    )
}

impl Unit {
    /// How many of the smallest part make one unit.
    pub fn scale(&self) -> i64 {
        10_i64.pow(u32::from(self.decimals))
    }

    /// The smallest parts that an hour is worth.
    pub fn hour(&self) -> i64 {
        i64::from(self.per_hour) * self.scale()
    }

    /// Whether this unit is the hour itself: "1 heure" then needs no word on what an hour is worth.
    pub fn is_the_hour(&self) -> bool {
        self.per_hour == 1 && names_the_hour(&self.one)
    }

    /// Reads what a person typed: "90", "1 240", "1,5", "60 grains". Answers smallest parts.
    pub fn parse(&self, typed: &str) -> Result<i64, Refusal> {
        let amount = self.parse_signed(typed)?;
        match amount {
            0 => Err(Refusal::Zero),
            a if a < 0 => Err(Refusal::Negative),
            a if a > LARGEST * self.scale() => Err(Refusal::TooLarge),
            a => Ok(a),
        }
    }

    /// As [`Unit::parse`], with zero and negative amounts allowed: limits and gifts are typed so.
    pub fn parse_signed(&self, typed: &str) -> Result<i64, Refusal> {
        let bare = self.without_name(typed);
        let (negative, digits) = match bare.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.to_owned()),
            None => (false, bare.strip_prefix('+').unwrap_or(&bare).to_owned()),
        };
        if digits.is_empty() {
            return Err(Refusal::Empty);
        }
        let digits = without_thousands(&digits);
        let (whole, part) = digits.split_once([',', '.']).unwrap_or((&digits, ""));
        if !(whole
            .chars()
            .chain(part.chars())
            .all(|c| c.is_ascii_digit())
            && (!whole.is_empty() || !part.is_empty()))
        {
            return Err(Refusal::NotANumber);
        }
        let part = part.trim_end_matches('0');
        if part.len() > usize::from(self.decimals) {
            return Err(Refusal::TooFine {
                decimals: self.decimals,
            });
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 9 {
            return Err(Refusal::TooLarge);
        }
        let number = |text: &str| {
            if text.is_empty() {
                Ok(0)
            } else {
                text.parse::<i64>()
            }
        };
        let padded = format!("{part:0<width$}", width = usize::from(self.decimals));
        let whole = number(whole).map_err(|_| Refusal::NotANumber)?;
        let part = number(&padded).map_err(|_| Refusal::NotANumber)?;
        let amount = whole * self.scale() + part;
        Ok(if negative { -amount } else { amount })
    }

    fn without_name(&self, typed: &str) -> String {
        let lower = typed.trim().to_lowercase();
        let bare = lower
            .strip_suffix(&self.many.to_lowercase())
            .or_else(|| lower.strip_suffix(&self.one.to_lowercase()))
            .unwrap_or(&lower);
        bare.chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// The figure alone, as French shows it: "1 240", "−2 000", "1,50". The minus is U+2212, the
    /// thousands stand apart by a no-break space.
    pub fn figure(&self, amount: i64) -> String {
        let scale = self.scale().unsigned_abs();
        let size = amount.unsigned_abs();
        let mut figure = String::new();
        if amount < 0 {
            figure.push('\u{2212}');
        }
        let digits = (size / scale).to_string();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                figure.push('\u{a0}');
            }
            figure.push(digit);
        }
        if self.decimals > 0 && !size.is_multiple_of(scale) {
            let width = usize::from(self.decimals);
            figure.push_str(&format!(",{:0width$}", size % scale));
        }
        figure
    }

    /// The figure with a sign on both sides of zero, for statements: "+60", "−90".
    pub fn signed(&self, amount: i64) -> String {
        if amount > 0 {
            format!("+{}", self.figure(amount))
        } else {
            self.figure(amount)
        }
    }

    /// The figure and the unit: "90 grains", "1 grain".
    pub fn amount(&self, amount: i64) -> String {
        format!("{}\u{a0}{}", self.figure(amount), self.name(amount))
    }

    /// The name that goes with an amount. French counts 0, 1 and 1,5 as one.
    pub fn name(&self, amount: i64) -> &str {
        if amount.unsigned_abs() < 2 * self.scale().unsigned_abs() {
            &self.one
        } else {
            &self.many
        }
    }

    /// What a form's field shows: no thousands' space, a plain minus.
    pub fn plain(&self, amount: i64) -> String {
        self.figure(amount)
            .replace('\u{a0}', "")
            .replace('\u{2212}', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grain() -> Unit {
        Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        }
    }

    fn hour() -> Unit {
        Unit {
            one: "heure".into(),
            many: "heures".into(),
            per_hour: 1,
            decimals: 2,
        }
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, amount) in [
            ("90", 90),
            (" 90 ", 90),
            ("1 240", 1240),
            ("1\u{a0}240", 1240),
            ("60 grains", 60),
            ("1 grain", 1),
            ("007", 7),
            ("+5", 5),
            ("90,0", 90),
        ] {
            assert_eq!(grain().parse(typed), Ok(amount), "{typed}");
        }
        for (typed, amount) in [
            ("1,5", 150),
            ("1.50", 150),
            (",25", 25),
            ("2", 200),
            ("0,05", 5),
        ] {
            assert_eq!(hour().parse(typed), Ok(amount), "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (typed, refusal) in [
            ("", Refusal::Empty),
            ("   ", Refusal::Empty),
            ("grains", Refusal::Empty),
            ("-", Refusal::Empty),
            ("une heure", Refusal::NotANumber),
            ("1h30", Refusal::NotANumber),
            ("1,5,0", Refusal::NotANumber),
            (",", Refusal::NotANumber),
            ("0", Refusal::Zero),
            ("-60", Refusal::Negative),
            ("\u{2212}60", Refusal::Negative),
            ("1,5", Refusal::TooFine { decimals: 0 }),
            ("99999999999999999999", Refusal::TooLarge),
        ] {
            assert_eq!(grain().parse(typed), Err(refusal), "{typed}");
        }
        assert_eq!(hour().parse("1,555"), Err(Refusal::TooFine { decimals: 2 }));
    }

    #[test]
    fn the_largest_amount_passes_and_one_more_does_not() {
        assert_eq!(grain().parse("1000000"), Ok(LARGEST));
        assert_eq!(grain().parse("1000001"), Err(Refusal::TooLarge));
    }

    #[test]
    fn figures_are_shown_in_french() {
        assert_eq!(grain().figure(1240), "1\u{a0}240");
        assert_eq!(grain().figure(-2000), "\u{2212}2\u{a0}000");
        assert_eq!(grain().amount(1), "1\u{a0}grain");
        assert_eq!(grain().amount(-90), "\u{2212}90\u{a0}grains");
        assert_eq!(hour().amount(150), "1,50\u{a0}heure");
        assert_eq!(hour().amount(200), "2\u{a0}heures");
        assert_eq!(grain().signed(60), "+60");
        assert_eq!(grain().signed(0), "0");
    }

    #[test]
    fn thousands_may_stand_apart_by_points() {
        for (typed, amount) in [("1.000", 1000), ("12.345", 12_345), ("1 000", 1000)] {
            assert_eq!(grain().parse(typed), Ok(amount), "{typed}");
        }
        for typed in ["1.5", "0.500", "12.34"] {
            assert_eq!(grain().parse(typed), Err(Refusal::TooFine { decimals: 0 }));
        }
        assert_eq!(hour().parse("1.5"), Ok(150));
        assert_eq!(hour().parse("0.25"), Ok(25));
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed_again(amount in 1..LARGEST, fine in any::<bool>()) {
            let unit = if fine { hour() } else { grain() };
            prop_assert_eq!(unit.parse(&unit.figure(amount)), Ok(amount));
            prop_assert_eq!(unit.parse(&unit.amount(amount)), Ok(amount));
            prop_assert_eq!(unit.parse_signed(&unit.plain(-amount)), Ok(-amount));
        }
    }
}
