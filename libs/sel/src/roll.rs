//! Everybody of a SEL at hand, to find who is meant by a number or a name.

use crate::alliance::Reference;
use crate::exchange::Refusal;
use crate::folded::folded;
use crate::id::{AccountId, MemberId};
use crate::limit::Standing;

/// One member, as much as naming them takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub member_id: MemberId,
    /// Where their exchanges go to; the same for those who share one.
    pub account_id: AccountId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub has_left: bool,
    pub has_email: bool,
    pub standing: Standing,
}

impl Entry {
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim_end()
            .to_owned()
    }
}

/// All members who ever were, by number.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    entries: Vec<Entry>,
    folded: Vec<String>,
}

impl Roll {
    pub fn of(mut entries: Vec<Entry>) -> Roll {
        entries.sort_by_key(|entry| entry.number);
        let folded = entries.iter().map(|it| folded(&it.full_name())).collect();
        Roll { entries, folded }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn by_id(&self, id: MemberId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.member_id == id)
    }

    /// Whom "30", "n° 30", "Jean Morel (n° 30)", "jean" or "MOREL Jean" means.
    pub fn find(&self, typed: &str) -> Result<&Entry, Refusal> {
        let unknown = || Refusal::UnknownMember {
            typed: typed.trim().to_owned(),
        };
        let sought = Sought::parse(typed);
        match sought {
            Sought::Nobody if typed.trim().is_empty() => Err(Refusal::NoMember),
            Sought::Nobody => Err(unknown()),
            Sought::Number(number) => self
                .entries
                .binary_search_by_key(&number, |entry| entry.number)
                .ok()
                .and_then(|place| self.entries.get(place))
                .ok_or_else(unknown),
            Sought::Words(words) => {
                let mut found = self.entries.iter().zip(&self.folded).filter(|(it, name)| {
                    !it.has_left && words.iter().all(|word| begins(name, word))
                });
                match (found.next(), found.next()) {
                    (Some((entry, _)), None) => Ok(entry),
                    (Some(_), Some(_)) => Err(Refusal::SeveralMembers),
                    (None, _) => Err(unknown()),
                }
            }
        }
    }
}

/// Whether a word of a folded name begins so.
fn begins(name: &str, word: &str) -> bool {
    name.split(' ').any(|part| part.starts_with(word))
}

/// What somebody typed to name a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    Nobody,
    Number(i32),
    /// Beginnings of the words of a name, folded, in any order.
    Words(Vec<String>),
}

impl Sought {
    pub fn parse(typed: &str) -> Sought {
        // "BAIE-1" is nobody of this SEL, whoever has that number here.
        if Reference::is_meant(typed) {
            return Sought::Nobody;
        }
        if let Some(number) = number(typed) {
            return Sought::Number(number);
        }
        let words: Vec<String> = folded(typed).split(' ').map(str::to_owned).collect();
        if words.iter().all(String::is_empty) {
            return Sought::Nobody;
        }
        Sought::Words(words)
    }
}

/// The number in what was typed: "30", "n° 30", "Jean Morel (n° 30)", "Jean Morel 30".
fn number(typed: &str) -> Option<i32> {
    let typed = typed.trim().trim_end_matches([')', '.']).trim_end();
    let rest = typed.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = typed.get(rest.len()..)?;
    let apart = rest.is_empty() || !rest.ends_with(char::is_alphanumeric);
    let apart = apart || matches!(rest.trim_start(), "n" | "N");
    apart.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn entry(number: i32, first_name: &str, last_name: &str) -> Entry {
        Entry {
            member_id: MemberId(Uuid::from_u128(number.unsigned_abs().into())),
            account_id: AccountId(Uuid::from_u128(number.unsigned_abs().into())),
            number,
            first_name: first_name.into(),
            last_name: last_name.into(),
            has_left: false,
            has_email: true,
            standing: Standing::default(),
        }
    }

    fn roll() -> Roll {
        let mut gone = entry(3, "Jean", "Petit");
        gone.has_left = true;
        Roll::of(vec![
            entry(30, "Jean", "Morel"),
            entry(7, "Odette", "Rey"),
            entry(18, "Nadia", "Ferrand-Morel"),
            gone,
        ])
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (typed, found) in [
            ("30", Some(30)),
            (" n° 30 ", Some(30)),
            ("n30", Some(30)),
            ("Jean Morel (n°\u{a0}30)", Some(30)),
            ("Jean Morel, 30", Some(30)),
            ("Jean", None),
            ("Jean2", None),
            ("99999999999", None),
            ("", None),
        ] {
            assert_eq!(number(typed), found, "{typed}");
        }
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_in_any_order() {
        let roll = roll();
        for (typed, found) in [
            ("jean", 30),
            ("MOREL Jean", 30),
            ("mor je", 30),
            ("Óde", 7),
            ("ferrand", 18),
        ] {
            assert_eq!(roll.find(typed).unwrap().number, found, "{typed}");
        }
        assert_eq!(roll.find("morel"), Err(Refusal::SeveralMembers));
        let unknown = |typed: &str| Refusal::UnknownMember {
            typed: typed.into(),
        };
        assert_eq!(roll.find("77"), Err(unknown("77")));
        assert_eq!(roll.find("petit"), Err(unknown("petit")));
        assert_eq!(roll.find("  "), Err(Refusal::NoMember));
    }

    #[test]
    fn a_number_finds_who_has_left_so_that_the_page_can_say_so() {
        assert!(roll().find("3").unwrap().has_left);
    }
}
