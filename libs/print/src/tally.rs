//! What the members of two SELs exchanged over a quarter, to be signed by both.

use std::ops::RangeInclusive;

use typst::foundations::IntoValue;

use crate::text::{self, LABEL, NAME, SENTENCE};
use crate::{Failure, Folio, Sum, Total, press};

pub const ROWS: RangeInclusive<usize> = 0..=5_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Two small letters, `fr`.
    pub language: String,
    pub title: String,
    /// The name of the SEL that prints.
    pub ours: String,
    /// The name of the other.
    pub theirs: String,
    /// "2e trimestre 2026".
    pub quarter: String,
    /// A sentence about what an hour is here and there.
    pub rates: String,
    pub columns: Columns,
    pub rows: Vec<Row>,
    pub total: Total,
    pub before: Sum,
    pub after: Sum,
    /// Ours, then theirs.
    pub signatures: [Signature; 2],
    pub folio: Folio,
}

/// What stands above each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub date: String,
    pub ours: String,
    pub theirs: String,
    pub purpose: String,
    pub given: String,
    pub received: String,
}

/// One exchange; of `given` and `received`, seen from our SEL, one is mostly empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub date: String,
    /// Our member.
    pub ours: String,
    /// Their member.
    pub theirs: String,
    pub purpose: String,
    pub given: String,
    pub received: String,
}

/// A box to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// "Pour le SEL de Mars".
    pub name: String,
    /// "Date et signature".
    pub advice: String,
}

impl Tally {
    pub fn pdf(&self) -> Result<Vec<u8>, Failure> {
        text::count("rows", self.rows.len(), &ROWS)?;
        let names = [
            ("title", self.title.as_str()),
            ("ours", &self.ours),
            ("theirs", &self.theirs),
            ("quarter", &self.quarter),
            ("page", &self.folio.page),
            ("of", &self.folio.of),
        ];
        let mut values = text::texts(NAME, names)?;
        values.extend(text::texts(SENTENCE, [("rates", self.rates.as_str())])?);
        let columns = text::cells("columns", LABEL, self.columns.cells())?;
        let rows = text::cells("rows", SENTENCE, self.rows.iter().flat_map(Row::cells))?;
        let signatures = self.signatures.iter();
        let signatures = signatures.flat_map(|it| [it.name.as_str(), &it.advice]);
        let signatures = text::cells("signatures", 2 * NAME, signatures)?;
        values.insert("columns".into(), columns.into_value());
        values.insert("rows".into(), rows.into_value());
        values.insert("total".into(), text::total(&self.total)?.into_value());
        values.insert("before".into(), text::sum(&self.before)?);
        values.insert("after".into(), text::sum(&self.after)?);
        values.insert("signatures".into(), signatures.into_value());
        values.insert("language".into(), text::language(&self.language)?);
        press::print("tally.typ", values)
    }
}

impl Columns {
    fn cells(&self) -> [&str; 6] {
        let Columns {
            date,
            ours,
            theirs,
            purpose,
            given,
            received,
        } = self;
        [date, ours, theirs, purpose, given, received]
    }
}

impl Row {
    fn cells(&self) -> [&str; 6] {
        let Row {
            date,
            ours,
            theirs,
            purpose,
            given,
            received,
        } = self;
        [date, ours, theirs, purpose, given, received]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SIGNS, folio, is_read_aloud, keep, last_page, pages, sum, total};

    fn row(at: usize) -> Row {
        let given = at.is_multiple_of(2);
        Row {
            date: format!("{} mai 2026", at % 31 + 1),
            ours: "Claire Aubert n°\u{a0}12".to_owned(),
            theirs: "Yann Le\u{a0}Goff n°\u{a0}104".to_owned(),
            purpose: ["Une nuit chez l’habitant", "Cours de voile"][at % 2].to_owned(),
            given: if given {
                "120".to_owned()
            } else {
                String::new()
            },
            received: if given {
                String::new()
            } else {
                "45".to_owned()
            },
        }
    }

    fn tally(rows: usize) -> Tally {
        let sign = |name: &str| Signature {
            name: name.to_owned(),
            advice: "Date et signature".to_owned(),
        };
        Tally {
            language: "fr".to_owned(),
            title: "Échanges entre deux SEL".to_owned(),
            ours: "SEL de Mars".to_owned(),
            theirs: "SEL de la Baie".to_owned(),
            quarter: "2e trimestre 2026".to_owned(),
            rates: "Une heure vaut 60 grains à Marseille et 60 galets à Saint-Brieuc.".to_owned(),
            columns: Columns {
                date: "Date".to_owned(),
                ours: "Chez nous".to_owned(),
                theirs: "Chez eux".to_owned(),
                purpose: "Pour".to_owned(),
                given: "Donné".to_owned(),
                received: "Reçu".to_owned(),
            },
            rows: (0..rows).map(row).collect(),
            total: total("Total du trimestre", "1\u{a0}240", "890"),
            before: sum("Solde avant le trimestre", "−150"),
            after: sum("Solde après le trimestre", "−500"),
            signatures: [sign("Pour le SEL de Mars"), sign("Pour le SEL de la Baie")],
            folio: folio(),
        }
    }

    #[test]
    fn what_two_sels_exchanged_is_read_again() {
        let pdf = tally(8).pdf().unwrap();
        keep("tally.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 1);
        for text in [
            "Échanges entre deux SEL",
            "2e trimestre 2026",
            "Une heure vaut 60 grains à Marseille",
            "Date Chez nous Chez eux Pour Donné Reçu",
            "2 mai 2026 Claire Aubert n° 12 Yann Le Goff n° 104 Cours de voile 45",
            "Total du trimestre 1 240 890",
            "Solde avant le trimestre −150",
            "Solde après le trimestre −500",
            "Pour le SEL de la Baie Date et signature",
            "page 1 sur 1",
        ] {
            assert!(pages[0].contains(text), "{text}: {}", pages[0]);
        }
        is_read_aloud(&pdf, "fr");
    }

    #[test]
    fn the_columns_are_named_on_every_page_and_it_is_signed_on_the_last() {
        let pdf = tally(85).pdf().unwrap();
        keep("tally-85.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 3);
        for (at, page) in pages.iter().enumerate() {
            assert!(page.contains("Date Chez nous Chez eux Pour"), "{page}");
            assert!(page.contains(&format!("page {} sur 3", at + 1)), "{page}");
            assert_eq!(page.contains("Date et signature"), at == 2, "{page}");
        }
    }

    #[test]
    fn signs_are_printed_as_they_were_typed() {
        let mut tally = tally(2);
        tally.rates = SIGNS.to_owned();
        tally.rows[0].purpose = format!("{SIGNS} {SIGNS}");
        tally.theirs = "SEL #1 <de *la* Baie>".to_owned();
        let pdf = tally.pdf().unwrap();
        keep("tally-signs.pdf", &pdf);
        let page = pages(&pdf).remove(0);
        assert_eq!(page.matches("$1$ *gras* _cinq_").count(), 3, "{page}");
        assert!(page.contains("SEL #1 <de *la* Baie>"), "{page}");
    }

    #[test]
    fn a_quarter_without_exchanges_has_a_tally() {
        let pages = pages(&tally(0).pdf().unwrap());
        assert!(pages[0].contains("Solde après le trimestre −500"));
    }

    #[test]
    fn five_thousand_rows_are_printed_and_one_more_is_not() {
        let (count, last) = last_page(&tally(5_000).pdf().unwrap());
        assert!(count > 100);
        assert!(last.contains("Solde après le trimestre"), "{last}");
        assert!(tally(5_001).pdf().is_err());
    }
}
