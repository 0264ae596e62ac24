//! Phone numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Refusal;

/// Digits of a phone number: short ones of a village exchange, long ones by ITU-T E.164.
pub const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// A phone number as it is dialled: French ones by their ten digits ("0639980012"), others with +
/// and the country where it is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Where French numbers of ten digits are dialled from abroad: overseas, or else +33. The numbers
/// that begin with 063998 are kept for fiction, in metropolitan France (Arcep).
const FRENCH_CODES: [(&str, &[&str]); 5] = [
    ("33", &["063998"]),
    ("262", &["0262", "0263", "0269", "0639", "0692", "0693"]),
    ("590", &["0590", "0690", "0691"]),
    ("594", &["0594", "0694"]),
    ("596", &["0596", "0696", "0697"]),
];
const MAINLAND_CODE: &str = "33";

/// France and the overseas parts that dial by ten digits.
const FRENCH_COUNTRIES: [&str; 8] = ["FR", "RE", "YT", "GP", "MQ", "GF", "BL", "MF"];

/// The neighbours' codes, and what stands before a number dialled inside the country.
const NEIGHBOURS: [(&str, &str, &str); 4] = [
    ("BE", "32", "0"),
    ("CH", "41", "0"),
    ("LU", "352", ""),
    ("MC", "377", ""),
];

impl Phone {
    /// Reads a number typed in France, with spaces, dots, slashes, hyphens or brackets.
    pub fn parse(typed: &str) -> Result<Phone, Refusal> {
        Phone::parse_in(typed, "FR")
    }

    /// Reads a number typed in a SEL of this country (ISO 3166-1): a Belgian 0470 is not French.
    pub fn parse_in(typed: &str, country: &str) -> Result<Phone, Refusal> {
        let dialled = without_signs(typed);
        let abroad = dialled
            .strip_prefix('+')
            .or_else(|| dialled.strip_prefix("00"));
        let bare = without_signs(&typed.replace("(0)", ""));
        let digits = match abroad {
            Some(_) => bare
                .strip_prefix('+')
                .or_else(|| bare.strip_prefix("00"))
                .unwrap_or(&bare),
            None => &dialled,
        };
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits || !PHONE_DIGITS.contains(&digits.len()) {
            return Err(Refusal::BadPhone);
        }
        // In France a number that begins with 0 has ten digits: one cut short reaches nobody.
        let is_home = abroad.is_none() && FRENCH_COUNTRIES.contains(&country);
        let is_cut = is_home && digits.starts_with('0');
        if is_cut && digits.len() != 10 {
            return Err(Refusal::BadPhone);
        }
        let home = NEIGHBOURS
            .iter()
            .find(|(neighbour, ..)| *neighbour == country);
        let number = match (abroad, home) {
            (Some(_), _) => french(digits).unwrap_or_else(|| format!("+{digits}")),
            // No number of Luxembourg or Monaco begins with 0: this one is French.
            (None, Some((_, _, ""))) if is_french(digits) => digits.to_owned(),
            (None, Some((_, code, trunk))) => match digits.strip_prefix(trunk) {
                Some(rest) => format!("+{code}{rest}"),
                None => digits.to_owned(),
            },
            (None, None) => digits.to_owned(),
        };
        Ok(Phone(number))
    }

    /// A number as it was kept: the same wherever it is read, and not held against the rules for
    /// typing again.
    pub fn kept(text: &str) -> Phone {
        Phone(without_signs(text))
    }

    /// As one types it in a SEL of this country: a French number there with its +33, so that typing
    /// it again means the same.
    pub fn typed_in(&self, country: &str) -> String {
        let is_at_home = FRENCH_COUNTRIES.contains(&country) || self.0.starts_with('+');
        if is_at_home || !is_french(&self.0) {
            return self.to_string();
        }
        Phone(self.href().trim_start_matches("tel:").to_owned()).to_string()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a link that dials: "tel:+33639980012".
    pub fn href(&self) -> String {
        match self.0.strip_prefix('0') {
            Some(rest) if is_french(&self.0) => format!("tel:+{}{rest}", french_code(&self.0)),
            _ => format!("tel:{}", self.0),
        }
    }
}

fn without_signs(typed: &str) -> String {
    let is_sign = |letter: char| letter.is_whitespace() || ".,-‑–/()".contains(letter);
    typed.chars().filter(|&letter| !is_sign(letter)).collect()
}

/// The ten digits of a French number, from its digits after the +.
fn french(digits: &str) -> Option<String> {
    FRENCH_CODES.iter().find_map(|(code, _)| {
        let number = format!("0{}", digits.strip_prefix(code)?.trim_start_matches('0'));
        (is_french(&number) && french_code(&number) == *code).then_some(number)
    })
}

fn is_french(number: &str) -> bool {
    number.len() == 10 && number.starts_with('0') && !number.starts_with("00")
}

fn french_code(number: &str) -> &'static str {
    FRENCH_CODES
        .iter()
        .find(|(_, starts)| starts.iter().any(|start| number.starts_with(start)))
        .map_or(MAINLAND_CODE, |(code, _)| code)
}

/// By pairs with plain spaces, as one says a number: "06 39 98 00 12", "+32 470 12 34 56".
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self.0.strip_prefix('+') {
            Some(digits) => {
                let (country, number) = digits.split_at(country_digits(digits));
                write!(f, "+{country} ")?;
                number
            }
            None => &self.0,
        };
        let (head, pairs) = number.split_at(if number.len() % 2 == 1 { 3 } else { 2 });
        f.write_str(head)?;
        for (place, digit) in pairs.chars().enumerate() {
            f.write_str(if place % 2 == 0 { " " } else { "" })?;
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// How the country codes of three digits begin (ITU-T E.164).
const LONG_CODES: &str =
    "21 22 23 24 25 26 28 29 35 37 38 42 50 59 67 68 69 80 83 85 87 88 89 96 97 99";

fn country_digits(digits: &str) -> usize {
    if digits.starts_with(['1', '7']) {
        1
    } else if LONG_CODES.split(' ').any(|start| digits.starts_with(start)) {
        3
    } else {
        2
    }
}

impl TryFrom<String> for Phone {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Phone::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phone(typed: &str) -> Phone {
        Phone::parse(typed).unwrap()
    }

    #[test]
    fn a_french_number_is_one_however_it_is_typed() {
        let typings = [
            "06 39 98 00 12",
            "06.39.98.00.12",
            "0639980012",
            "06-39-98-00-12",
            "06/39/98/00/12",
            "+33 6 39 98 00 12",
            "+33 (0)6 39 98 00 12",
            "0033 6 39 98 00 12",
            "(06) 39 98 00 12",
            "+33639980012",
            "06\u{a0}39\u{202f}98 00 12",
            "+33 06 39 98 00 12",
        ];
        for typed in typings {
            let number = phone(typed);
            assert_eq!(number.as_str(), "0639980012", "{typed}");
            assert_eq!(number.to_string(), "06 39 98 00 12");
            assert_eq!(number.href(), "tel:+33639980012");
        }
    }

    #[test]
    fn what_was_kept_is_typed_again_as_the_same_number() {
        for (country, typed, kept) in [
            ("FR", "06 39 98 00 12", "0639980012"),
            ("RE", "0692 12 34 56", "0692123456"),
            ("BE", "+33 6 39 98 00 12", "0639980012"),
            ("BE", "0470 12 34 56", "+32470123456"),
            ("LU", "06 39 98 00 12", "0639980012"),
            ("LU", "621 123 456", "+352621123456"),
            ("MC", "+33 6 39 98 00 12", "0639980012"),
        ] {
            let phone = Phone::parse_in(typed, country).unwrap();
            assert_eq!(phone.as_str(), kept, "{typed} in {country}");
            let again = Phone::kept(kept).typed_in(country);
            assert_eq!(
                Phone::parse_in(&again, country),
                Ok(phone),
                "{again} in {country}"
            );
        }
        assert!(Phone::parse_in("0692 123", "RE").is_err());
        assert!(Phone::parse("06 39 98 00").is_err());
    }

    #[test]
    fn overseas_numbers_are_dialled_by_their_own_code() {
        assert_eq!(phone("0692 12 34 56").href(), "tel:+262692123456");
        assert_eq!(phone("+590 690 12 34 56").to_string(), "06 90 12 34 56");
        assert_eq!(phone("0639 01 23 45").href(), "tel:+262639012345");
    }

    #[test]
    fn foreign_numbers_keep_their_country() {
        let cases = [
            ("+32 470 12 34 56", "+32 470 12 34 56"),
            ("0041 79 123 45 67", "+41 791 23 45 67"),
            ("+352 621 123 456", "+352 621 12 34 56"),
            ("+41 (0)22 123 45 67", "+41 221 23 45 67"),
            ("+1 212 555 0100", "+1 21 25 55 01 00"),
        ];
        for (typed, shown) in cases {
            assert_eq!(phone(typed).to_string(), shown);
            assert_eq!(
                phone(typed).href(),
                format!("tel:{}", shown.replace(' ', ""))
            );
        }
    }

    #[test]
    fn a_number_belongs_to_the_country_where_it_is_typed() {
        let href = |typed, country| Phone::parse_in(typed, country).unwrap().href();
        assert_eq!(href("0470 12 34 56", "BE"), "tel:+32470123456");
        assert_eq!(href("079 123 45 67", "CH"), "tel:+41791234567");
        assert_eq!(href("621 123 456", "LU"), "tel:+352621123456");
        assert_eq!(href("+33 6 39 98 00 12", "BE"), "tel:+33639980012");
        assert_eq!(href("0470 12 34 56", "FR"), "tel:+33470123456");
    }

    #[test]
    fn a_number_has_six_to_fifteen_digits() {
        assert_eq!(phone("12 34 56").to_string(), "12 34 56");
        assert_eq!(Phone::parse("12 34 5"), Err(Refusal::BadPhone));
        assert!(Phone::parse(&"1".repeat(15)).is_ok());
        assert_eq!(Phone::parse(&"1".repeat(16)), Err(Refusal::BadPhone));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            " ",
            "+",
            "06 39 98 OO 12",
            "06+39980012",
            "claire",
            "06 39 98 00 12 (soir)",
        ] {
            assert_eq!(Phone::parse(typed), Err(Refusal::BadPhone), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_number_shown_reads_back_as_itself(typed in "(\\+|00?)?[1-9][0-9]{5,14}") {
            if let Ok(number) = Phone::parse(&typed) {
                prop_assert_eq!(Phone::parse(&number.to_string()), Ok(number));
            }
        }
    }
}
