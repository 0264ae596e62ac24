//! The statement of an account over a period: every movement, and the balance after it.

use std::ops::RangeInclusive;

use typst::foundations::{Dict, IntoValue};

use crate::text::{self, LABEL, NAME, SENTENCE};
use crate::{Failure, Folio, Sum, Total, press};

pub const ROWS: RangeInclusive<usize> = 0..=5_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Two small letters, `fr`.
    pub language: String,
    pub title: String,
    /// The name of the SEL.
    pub sel: String,
    pub member: String,
    /// The number of the member, with what stands before it: "n° 12".
    pub number: String,
    /// "Du 1er avril au 30 juin 2026".
    pub period: String,
    pub columns: Columns,
    pub opening: Sum,
    pub rows: Vec<Row>,
    pub total: Option<Total>,
    pub closing: Sum,
    pub folio: Folio,
}

/// What stands above each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub date: String,
    pub with: String,
    pub purpose: String,
    pub given: String,
    pub received: String,
    pub balance: String,
}

/// One movement; of `given` and `received` one is mostly empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub date: String,
    pub with: String,
    pub purpose: String,
    pub given: String,
    pub received: String,
    pub balance: String,
}

impl Statement {
    pub fn pdf(&self) -> Result<Vec<u8>, Failure> {
        text::count("rows", self.rows.len(), &ROWS)?;
        let mut values = self.names()?;
        let columns = text::cells("columns", LABEL, self.columns.cells())?;
        let rows = self.rows.iter().flat_map(Row::cells);
        let rows = text::cells("rows", SENTENCE, rows)?;
        values.insert("columns".into(), columns.into_value());
        values.insert("rows".into(), rows.into_value());
        values.insert("opening".into(), text::sum(&self.opening)?);
        values.insert("closing".into(), text::sum(&self.closing)?);
        let total = self.total.as_ref().map(text::total).transpose()?;
        values.insert("total".into(), total.into_value());
        values.insert("language".into(), text::language(&self.language)?);
        press::print("statement.typ", values)
    }

    fn names(&self) -> Result<Dict, Failure> {
        text::texts(
            NAME,
            [
                ("title", self.title.as_str()),
                ("sel", &self.sel),
                ("member", &self.member),
                ("number", &self.number),
                ("period", &self.period),
                ("page", &self.folio.page),
                ("of", &self.folio.of),
            ],
        )
    }
}

impl Columns {
    fn cells(&self) -> [&str; 6] {
        let Columns {
            date,
            with,
            purpose,
            given,
            received,
            balance,
        } = self;
        [date, with, purpose, given, received, balance]
    }
}

impl Row {
    fn cells(&self) -> [&str; 6] {
        let Row {
            date,
            with,
            purpose,
            given,
            received,
            balance,
        } = self;
        [date, with, purpose, given, received, balance]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SIGNS, folio, is_read_aloud, keep, last_page, pages, sum, total};

    fn row(at: usize) -> Row {
        let given = at.is_multiple_of(3);
        let amount = format!("{}", 15 + at % 40 * 5);
        Row {
            date: format!("{} mai 2026", at % 31 + 1),
            with: [
                "Jean Morel n°\u{a0}30",
                "Odette Rey n°\u{a0}7",
                "Nadia Ferrand n°\u{a0}18",
            ][at % 3]
                .to_owned(),
            purpose: [
                "Taille de deux rosiers",
                "Courses et un café",
                "Gâteau au citron",
            ][at % 3]
                .to_owned(),
            given: if given { amount.clone() } else { String::new() },
            received: if given { String::new() } else { amount },
            balance: format!("−{}", 330 + at),
        }
    }

    fn statement(rows: usize) -> Statement {
        Statement {
            language: "fr".to_owned(),
            title: "Relevé de compte".to_owned(),
            sel: "SEL de Mars".to_owned(),
            member: "Claire Aubert".to_owned(),
            number: "n°\u{a0}12".to_owned(),
            period: "Du 1er avril au 30 juin 2026, en grains".to_owned(),
            columns: Columns {
                date: "Date".to_owned(),
                with: "Avec".to_owned(),
                purpose: "Pour".to_owned(),
                given: "Donné".to_owned(),
                received: "Reçu".to_owned(),
                balance: "Solde".to_owned(),
            },
            opening: sum("Solde au 1er avril", "−240"),
            rows: (0..rows).map(row).collect(),
            total: Some(total("Total de la période", "1\u{a0}240", "1\u{a0}330")),
            closing: sum("Solde au 30 juin", "−330"),
            folio: folio(),
        }
    }

    #[test]
    fn what_went_through_an_account_is_read_again() {
        let pdf = statement(6).pdf().unwrap();
        keep("statement.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 1);
        for text in [
            "Relevé de compte SEL de Mars",
            "Claire Aubert n° 12",
            "Solde au 1er avril −240",
            "2 mai 2026 Odette Rey n° 7 Courses et un café 20 −331",
            "Total de la période 1 240 1 330",
            "Solde au 30 juin −330",
            "page 1 sur 1",
        ] {
            assert!(pages[0].contains(text), "{text}: {}", pages[0]);
        }
        is_read_aloud(&pdf, "fr");
    }

    #[test]
    fn the_columns_are_named_on_every_page() {
        let pdf = statement(80).pdf().unwrap();
        keep("statement-80.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 3);
        for (at, page) in pages.iter().enumerate() {
            assert!(page.contains("Date Avec Pour Donné Reçu Solde"), "{page}");
            assert!(page.contains(&format!("page {} sur 3", at + 1)), "{page}");
            assert!(page.contains("Claire Aubert"), "{page}");
        }
        assert!(pages[2].contains("Solde au 30 juin −330"));
        assert!(!pages[1].contains("Solde au"));
    }

    #[test]
    fn a_period_in_which_nothing_happened_has_a_statement() {
        let pages = pages(&statement(0).pdf().unwrap());
        assert!(pages[0].contains("Solde au 1er avril −240"));
        assert!(pages[0].contains("Solde au 30 juin −330"));
    }

    #[test]
    fn signs_are_printed_as_they_were_typed() {
        let mut statement = statement(3);
        statement.rows[1].purpose = SIGNS.to_owned();
        statement.title = "Relevé #strong[*1*] $x$".to_owned();
        statement.closing.label = "#panic(\"non\")".to_owned();
        let pdf = statement.pdf().unwrap();
        keep("statement-signs.pdf", &pdf);
        let page = pages(&pdf).remove(0);
        for text in [SIGNS, "Relevé #strong[*1*] $x$", "#panic(\"non\")"] {
            assert!(page.contains(text), "{text}: {page}");
        }
    }

    #[test]
    fn a_row_is_never_cut_in_two() {
        let mut statement = statement(60);
        for (at, row) in statement.rows.iter_mut().enumerate() {
            row.purpose = format!(
                "début{at} {} fin{at}",
                "et encore un mot ".repeat(at % 7 + 1)
            );
        }
        let pdf = statement.pdf().unwrap();
        keep("statement-long.pdf", &pdf);
        for page in pages(&pdf) {
            for at in 0..60 {
                let begins = page.contains(&format!("début{at} "));
                assert_eq!(begins, page.contains(&format!("fin{at} ")), "{at}: {page}");
            }
        }
    }

    #[test]
    fn words_without_an_end_stay_in_their_column() {
        let mut statement = statement(4);
        statement.rows[0].purpose = "x".repeat(400);
        statement.rows[1].with = "Marie-Bernadette de Saint-Exupéry-Montmorency n° 1234".to_owned();
        statement.rows[2].purpose =
            "https://exemple.fr/annonces/taille-de-rosiers?page=2".to_owned();
        statement.rows[3].balance = "−123\u{a0}456,78".to_owned();
        let pdf = statement.pdf().unwrap();
        keep("statement-wide.pdf", &pdf);
        let page = pages(&pdf).remove(0);
        assert_eq!(page.matches('x').count(), 403, "{page}");
    }

    #[test]
    fn five_thousand_rows_are_printed_and_one_more_is_not() {
        let pdf = statement(5_000).pdf().unwrap();
        keep("statement-5000.pdf", &pdf);
        let (count, last) = last_page(&pdf);
        assert!(count > 100);
        assert!(last.contains("−5329"), "{last}");
        let failure = statement(5_001).pdf().unwrap_err();
        assert_eq!(failure.to_string(), "5001 rows, and a paper has 0 to 5000");
    }

    #[test]
    fn a_text_has_a_longest_length() {
        let mut statement = statement(1);
        statement.rows[0].purpose = "é".repeat(400);
        assert!(statement.pdf().is_ok());
        statement.rows[0].purpose.push('é');
        let long = |what| Failure::Long {
            what,
            length: 401,
            most: 400,
        };
        assert_eq!(statement.pdf(), Err(long("rows")));
    }

    #[test]
    fn a_language_has_two_letters() {
        let mut statement = statement(0);
        statement.language = "français".to_owned();
        let failure = Failure::Language("français".to_owned());
        assert_eq!(statement.pdf(), Err(failure));
    }
}
