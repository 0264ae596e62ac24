//! Slips of three parts, one for who gives, one for who receives, one for the accounts. The same
//! exchange is written on all three, which are then cut apart.

use std::ops::RangeInclusive;

use typst::foundations::IntoValue;

use crate::text::{self, LABEL, NAME};
use crate::{Failure, press};

/// Slips of one printing; a page has three.
pub const COUNT: RangeInclusive<usize> = 1..=300;
/// Where their numbers may begin.
pub const FIRST: RangeInclusive<usize> = 1..=999_999;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slips {
    /// Two small letters, `fr`.
    pub language: String,
    /// What the file is called by those who open it; it is not printed.
    pub title: String,
    /// The name of the SEL.
    pub sel: String,
    /// The number of the first slip; the others follow one by one.
    pub first: usize,
    pub count: usize,
    /// Whose part it is: of who gives, of who receives, of who keeps the accounts.
    pub parts: [String; 3],
    pub labels: Labels,
}

/// The words of a slip, in the order in which they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// Before the number of the slip: "Bordereau n°".
    pub slip: String,
    pub date: String,
    /// "Je soussigné(e)".
    pub payer: String,
    /// Before the number of a member: "n°".
    pub number: String,
    /// "donne".
    pub gives: String,
    /// What follows the amount: "grains".
    pub unit: String,
    /// "à".
    pub payee: String,
    /// "pour".
    pub purpose: String,
    pub signature: String,
}

impl Slips {
    pub fn pdf(&self) -> Result<Vec<u8>, Failure> {
        text::count("slips", self.count, &COUNT)?;
        text::count("as the first number", self.first, &FIRST)?;
        let names = [("title", self.title.as_str()), ("sel", &self.sel)];
        let mut values = text::texts(NAME, names)?;
        let labels = &self.labels;
        values.extend(text::texts(
            LABEL,
            [
                ("slip", labels.slip.as_str()),
                ("date", &labels.date),
                ("payer", &labels.payer),
                ("number", &labels.number),
                ("gives", &labels.gives),
                ("unit", &labels.unit),
                ("payee", &labels.payee),
                ("purpose", &labels.purpose),
                ("signature", &labels.signature),
            ],
        )?);
        let parts = text::cells("parts", LABEL, self.parts.iter().map(String::as_str))?;
        values.insert("parts".into(), parts.into_value());
        values.insert("first".into(), self.first.into_value());
        values.insert("count".into(), self.count.into_value());
        values.insert("language".into(), text::language(&self.language)?);
        press::print("slip.typ", values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{is_read_aloud, keep, last_page, pages};

    fn slips(first: usize, count: usize) -> Slips {
        Slips {
            language: "fr".to_owned(),
            title: "Bordereaux d’échange".to_owned(),
            sel: "SEL de Mars".to_owned(),
            first,
            count,
            parts: ["Pour qui donne", "Pour qui reçoit", "Pour les comptes"].map(str::to_owned),
            labels: Labels {
                slip: "Bordereau n°".to_owned(),
                date: "Date".to_owned(),
                payer: "Je soussigné(e)".to_owned(),
                number: "n°".to_owned(),
                gives: "donne".to_owned(),
                unit: "grains".to_owned(),
                payee: "à".to_owned(),
                purpose: "pour".to_owned(),
                signature: "Signature".to_owned(),
            },
        }
    }

    #[test]
    fn each_slip_has_three_parts_with_its_number() {
        let pdf = slips(98, 7).pdf().unwrap();
        keep("slip.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 3);
        for number in 98..105 {
            let page = &pages[(number - 98) / 3];
            let numbered = format!("Bordereau n° {number} ");
            assert_eq!(page.matches(&numbered).count(), 3, "{page}");
        }
        for part in &slips(1, 1).parts {
            assert_eq!(pages[0].matches(part).count(), 3, "{part}: {}", pages[0]);
        }
        is_read_aloud(&pdf, "fr");
    }

    #[test]
    fn signs_and_long_words_are_printed_as_they_were_typed() {
        let mut slips = slips(999_999, 3);
        slips.labels.unit = "#cailloux *blancs* $1$".to_owned();
        slips.sel = "Système <d’échange> local de la #haute vallée *1*".to_owned();
        slips.labels.payer = "Moi qui signe, \"adhérent\" @ici".to_owned();
        let pdf = slips.pdf().unwrap();
        keep("slip-long.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 1);
        for text in [&slips.labels.unit, &slips.sel, &slips.labels.payer] {
            assert_eq!(pages[0].matches(text).count(), 9, "{text}: {}", pages[0]);
        }
    }

    #[test]
    fn the_longest_words_keep_to_their_slip() {
        let mut slips = slips(999_998, 6);
        slips.sel = "Système d’échange local des habitants de la haute vallée et des bords du lac"
            .to_owned();
        let long = "quarante lettres, et pas une seule moins";
        let labels = &mut slips.labels;
        for label in [
            &mut labels.slip,
            &mut labels.date,
            &mut labels.payer,
            &mut labels.number,
            &mut labels.gives,
            &mut labels.unit,
            &mut labels.payee,
            &mut labels.purpose,
            &mut labels.signature,
        ] {
            long.clone_into(label);
        }
        let pdf = slips.pdf().unwrap();
        keep("slip-longest.pdf", &pdf);
        assert_eq!(pages(&pdf).len(), 2);
        slips.labels.unit.push('!');
        assert!(slips.pdf().is_err());
    }

    #[test]
    fn the_same_values_make_the_same_bytes() {
        assert_eq!(slips(1, 3).pdf(), slips(1, 3).pdf());
    }

    #[test]
    fn one_to_three_hundred_slips_are_printed_at_a_time() {
        assert_eq!(last_page(&slips(1, 300).pdf().unwrap()).0, 100);
        assert!(slips(1, 0).pdf().is_err());
        assert!(slips(1, 301).pdf().is_err());
        assert!(slips(0, 1).pdf().is_err());
        assert!(slips(1_000_000, 1).pdf().is_err());
    }
}
