//! People: how their names are written and shown, and how they are reached.

mod email;
mod phone;

pub use email::{EMAIL_LETTERS, Email};
pub use phone::{PHONE_DIGITS, Phone};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::refusal::Refused;

/// Letters of a first name, and of a last name.
pub const NAME_LETTERS: usize = 40;

/// Which of the two names a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    First,
    Last,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("a first name is needed")]
    Empty,
    #[error("the name is too long")]
    TooLong(Part),
    #[error("the name has letters that no name has")]
    BadLetters(Part),
    #[error("the e-mail address is not one")]
    BadEmail,
    #[error("the phone number is not one")]
    BadPhone,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Empty => "refusal-name-empty",
            Refusal::TooLong(_) => "refusal-name-long",
            Refusal::BadLetters(_) => "refusal-name-letters",
            Refusal::BadEmail => "refusal-email",
            Refusal::BadPhone => "refusal-phone",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Empty | Refusal::TooLong(Part::First) | Refusal::BadLetters(Part::First) => {
                "first_name"
            }
            Refusal::TooLong(Part::Last) | Refusal::BadLetters(Part::Last) => "last_name",
            Refusal::BadEmail => "email",
            Refusal::BadPhone => "phone",
        }
    }
}

/// What somebody is called. The last name may be empty: many are known by the first alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    pub first: String,
    pub last: String,
}

impl Name {
    /// Reads two names as typed: trimmed, spaces collapsed, at most 40 letters each.
    pub fn parse(first: &str, last: &str) -> Result<Name, Refusal> {
        let first = tidy(first, Part::First)?;
        if first.is_empty() {
            return Err(Refusal::Empty);
        }
        Ok(Name {
            first,
            last: tidy(last, Part::Last)?,
        })
    }

    /// "Claire Aubert".
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
            .trim_end()
            .to_owned()
    }

    /// A member's name as somebody reads it who may read the whole of it, or may not.
    pub fn shown(first: &str, last: &str, whole: bool) -> String {
        let name = Name {
            first: first.trim().to_owned(),
            last: last.trim().to_owned(),
        };
        if whole { name.full() } else { name.short() }
    }

    /// "Claire A.": as the others see a member who keeps the last name back.
    pub fn short(&self) -> String {
        match initial(&self.last) {
            Some(letter) => format!("{} {letter}.", self.first),
            None => self.first.clone(),
        }
    }

    /// Two capitals for the disc that stands for a photo: "CA", "ÉD". Without a last name they
    /// come from the first: "MC" for Marie-Claire, "OD" for Odette.
    pub fn initials(&self) -> String {
        let second = initial(&self.last).or_else(|| {
            let mut parts = self.first.split([' ', '-']).filter_map(initial);
            parts.nth(1).or_else(|| {
                self.first
                    .chars()
                    .filter(|letter| letter.is_alphabetic())
                    .nth(1)
                    .map(capital)
            })
        });
        [initial(&self.first), second]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn tidy(typed: &str, part: Part) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = |letter: char| letter.is_control() || matches!(letter, '<' | '>') || hides(letter);
    if name.contains(wrong) || !(name.is_empty() || name.contains(char::is_alphabetic)) {
        return Err(Refusal::BadLetters(part));
    }
    if name.chars().count() > NAME_LETTERS {
        return Err(Refusal::TooLong(part));
    }
    Ok(name)
}

/// Characters that nobody sees, or that turn the order of those around them.
fn hides(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

fn initial(name: &str) -> Option<String> {
    name.chars()
        .find(|letter| letter.is_alphabetic())
        .map(capital)
}

fn capital(letter: char) -> String {
    letter.to_uppercase().collect()
}

/// Which of the six tints, 1 to 6, a member's disc has: by the number, so it never changes.
pub fn tint(number: u32) -> u8 {
    match number % 6 {
        1 => 1,
        2 => 2,
        3 => 3,
        4 => 4,
        5 => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(first: &str, last: &str) -> Name {
        Name::parse(first, last).unwrap()
    }

    #[test]
    fn a_name_is_trimmed_and_its_spaces_collapsed() {
        let claire = name("  Claire \u{a0} Lise ", "\tde  la Tour ");
        assert_eq!(
            (claire.first.as_str(), claire.last.as_str()),
            ("Claire Lise", "de la Tour")
        );
    }

    #[test]
    fn an_empty_first_name_is_refused_but_not_an_empty_last_one() {
        assert_eq!(Name::parse(" ", "Aubert"), Err(Refusal::Empty));
        assert_eq!(name("Odette", " ").last, "");
    }

    #[test]
    fn each_name_has_forty_letters_at_most() {
        let (on, past) = ("é".repeat(40), "é".repeat(41));
        assert!(Name::parse(&on, &on).is_ok());
        assert_eq!(Name::parse(&past, ""), Err(Refusal::TooLong(Part::First)));
        assert_eq!(
            Name::parse("Claire", &past),
            Err(Refusal::TooLong(Part::Last))
        );
    }

    #[test]
    fn letters_that_no_name_has_are_refused() {
        for bad in [
            "Cl\u{7}aire",
            "<b>Claire",
            "a>b",
            "42",
            "- -",
            "\u{202e}eriaC",
            "Cla\u{200b}",
        ] {
            assert_eq!(
                Name::parse(bad, ""),
                Err(Refusal::BadLetters(Part::First)),
                "{bad:?}"
            );
            assert_eq!(
                Name::parse("Claire", bad),
                Err(Refusal::BadLetters(Part::Last)),
                "{bad:?}"
            );
        }
        assert!(Name::parse("Jean 2", "O’Neill-D’Arc").is_ok());
    }

    #[test]
    fn a_name_shows_in_full_or_short() {
        assert_eq!(name("Claire", "Aubert").full(), "Claire Aubert");
        assert_eq!(name("Claire", "Aubert").short(), "Claire A.");
        assert_eq!(name("Claire", "d’Estienne").short(), "Claire D.");
        assert_eq!(
            (name("Odette", "").full(), name("Odette", "").short()),
            same("Odette")
        );
    }

    fn same(text: &str) -> (String, String) {
        (text.to_owned(), text.to_owned())
    }

    #[test]
    fn initials_are_two_capitals_with_their_accents() {
        let cases = [
            ("Claire", "Aubert", "CA"),
            ("élodie", "d’Arc", "ÉD"),
            ("Odette", "", "OD"),
            ("Marie-Claire", "", "MC"),
            ("Jean Loup", "", "JL"),
            ("Ô", "", "Ô"),
        ];
        for (first, last, initials) in cases {
            assert_eq!(name(first, last).initials(), initials);
        }
    }

    #[test]
    fn tints_go_round_by_member_number() {
        let tints: Vec<u8> = (1..=7).map(tint).collect();
        assert_eq!(tints, [1, 2, 3, 4, 5, 6, 1]);
        assert_eq!(tint(0), 6);
        assert!((1..=6).contains(&tint(u32::MAX)));
    }

    #[test]
    fn a_refusal_names_the_field_to_mend() {
        assert_eq!(Refusal::Empty.field(), "first_name");
        assert_eq!(Refusal::TooLong(Part::Last).field(), "last_name");
        assert_eq!(Refusal::BadEmail.field(), "email");
        assert_eq!(Refusal::BadPhone.field(), "phone");
    }

    proptest! {
        #[test]
        fn a_name_that_passes_always_has_one_or_two_initials(first in "\\PC{0,50}") {
            if let Ok(name) = Name::parse(&first, "") {
                prop_assert!(!name.initials().is_empty());
            }
        }
    }
}
