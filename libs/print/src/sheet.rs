//! The blank sheet of a local fair: one line an exchange, filled in with a pen.

use std::ops::RangeInclusive;

use typst::foundations::{Dict, IntoValue};

use crate::text::{self, LABEL, NAME, SENTENCE};
use crate::{Failure, Folio, press};

/// Lines to write on; a page has twenty.
pub const LINES: RangeInclusive<usize> = 1..=200;
/// Members of the list that follows.
pub const PEOPLE: RangeInclusive<usize> = 0..=5_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Two small letters, `fr`.
    pub language: String,
    pub title: String,
    /// The name of the SEL.
    pub sel: String,
    /// A sentence that says how to fill the sheet in.
    pub advice: String,
    /// What stands before the day.
    pub date: String,
    /// The day, or nothing: a line to write it on.
    pub day: String,
    pub columns: Columns,
    pub lines: usize,
    /// Who has which number, on pages of its own, for whoever types the sheet.
    pub roll: Option<Roll>,
    pub folio: Folio,
}

/// What stands above each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub number: String,
    /// Who gives the units.
    pub gives: String,
    /// Who receives the units.
    pub receives: String,
    /// How many, with the name of the unit.
    pub amount: String,
    /// For what.
    pub purpose: String,
    pub initials: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    pub title: String,
    /// What stands above the numbers.
    pub number: String,
    /// What stands above the names.
    pub name: String,
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub number: String,
    pub name: String,
}

impl Sheet {
    pub fn pdf(&self) -> Result<Vec<u8>, Failure> {
        text::count("lines", self.lines, &LINES)?;
        let names = [
            ("title", self.title.as_str()),
            ("sel", &self.sel),
            ("date", &self.date),
            ("day", &self.day),
            ("page", &self.folio.page),
            ("of", &self.folio.of),
        ];
        let mut values = text::texts(NAME, names)?;
        let advice = text::texts(SENTENCE, [("advice", self.advice.as_str())])?;
        values.extend(advice);
        let columns = &self.columns;
        let columns = [
            columns.number.as_str(),
            &columns.gives,
            &columns.receives,
            &columns.amount,
            &columns.purpose,
            &columns.initials,
        ];
        let columns = text::cells("columns", LABEL, columns)?;
        values.insert("columns".into(), columns.into_value());
        values.insert("lines".into(), self.lines.into_value());
        values.insert("language".into(), text::language(&self.language)?);
        let roll = self.roll.as_ref().map(Roll::values).transpose()?;
        values.insert("roll".into(), roll.into_value());
        press::print("sheet.typ", values)
    }
}

impl Roll {
    fn values(&self) -> Result<Dict, Failure> {
        text::count("people", self.people.len(), &PEOPLE)?;
        let mut values = text::texts(NAME, [("title", self.title.as_str())])?;
        let heads = [self.number.as_str(), &self.name];
        values.insert(
            "heads".into(),
            text::cells("heads", LABEL, heads)?.into_value(),
        );
        let people = self
            .people
            .iter()
            .flat_map(|it| [it.number.as_str(), &it.name]);
        let people = text::cells("people", SENTENCE, people)?;
        values.insert("people".into(), people.into_value());
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SIGNS, folio, is_read_aloud, keep, last_page, pages};

    fn sheet(lines: usize) -> Sheet {
        Sheet {
            language: "fr".to_owned(),
            title: "Échanges de la bourse".to_owned(),
            sel: "SEL de Mars".to_owned(),
            advice: "Un échange par ligne. Écrivez le numéro, ou le nom si vous l’avez oublié."
                .to_owned(),
            date: "Date\u{a0}:".to_owned(),
            day: String::new(),
            columns: Columns {
                number: "N°".to_owned(),
                gives: "Qui donne les grains".to_owned(),
                receives: "Qui les reçoit".to_owned(),
                amount: "Combien de grains".to_owned(),
                purpose: "Pour quoi".to_owned(),
                initials: "Initiales".to_owned(),
            },
            lines,
            roll: None,
            folio: folio(),
        }
    }

    fn roll(people: usize) -> Roll {
        let names = [
            "Fatima Benali",
            "Hélène Vidal",
            "Jean-Baptiste Lefebvre-Dumontier",
        ];
        Roll {
            title: "Les adhérents et leurs numéros".to_owned(),
            number: "n°".to_owned(),
            name: "nom".to_owned(),
            people: (1..=people)
                .map(|number| Person {
                    number: number.to_string(),
                    name: names[number % 3].to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn lines_are_numbered_twenty_a_page_under_the_same_head() {
        let pdf = sheet(60).pdf().unwrap();
        keep("sheet.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 3);
        for (at, page) in pages.iter().enumerate() {
            assert!(page.contains("Échanges de la bourse SEL de Mars"), "{page}");
            assert!(
                page.contains("Qui donne les grains Qui les reçoit"),
                "{page}"
            );
            assert!(page.contains(&format!("page {} sur 3", at + 1)), "{page}");
            let (first, last) = (at * 20 + 1, at * 20 + 20);
            assert!(page.contains(&format!(" {first} {} ", first + 1)), "{page}");
            assert!(page.contains(&format!(" {} {last} ", last - 1)), "{page}");
        }
        is_read_aloud(&pdf, "fr");
    }

    #[test]
    fn the_list_of_members_follows_on_a_page_of_its_own() {
        let mut sheet = sheet(21);
        sheet.day = "samedi 13 juin 2026".to_owned();
        sheet.roll = Some(roll(140));
        let pdf = sheet.pdf().unwrap();
        keep("sheet-roll.pdf", &pdf);
        let pages = pages(&pdf);
        assert_eq!(pages.len(), 4);
        for (at, text) in [
            (0, "Date : samedi 13 juin 2026"),
            (2, "Les adhérents et leurs numéros"),
            (2, "n° nom 1 Hélène Vidal"),
            (3, "Les adhérents et leurs numéros"),
            (3, "n° nom 121 Hélène Vidal"),
        ] {
            assert!(pages[at].contains(text), "{text}: {}", pages[at]);
        }
    }

    #[test]
    fn a_list_of_five_thousand_members_is_printed() {
        let mut sheet = sheet(1);
        sheet.roll = Some(roll(5_000));
        let pdf = sheet.pdf().unwrap();
        assert!(last_page(&pdf).1.contains("5000"));
        sheet.roll = Some(roll(5_001));
        assert!(sheet.pdf().is_err());
    }

    #[test]
    fn signs_are_printed_as_they_were_typed() {
        let mut sheet = sheet(1);
        sheet.advice = SIGNS.to_owned();
        sheet.sel = "Le #SEL *d’ici*".to_owned();
        let page = pages(&sheet.pdf().unwrap()).remove(0);
        assert!(page.contains(SIGNS), "{page}");
        assert!(page.contains("Le #SEL *d’ici*"), "{page}");
    }

    #[test]
    fn long_words_leave_twenty_lines_on_a_page() {
        let mut sheet = sheet(40);
        sheet.title =
            "Échanges de la bourse de printemps et des voisins de la vallée, à la salle".to_owned();
        sheet.sel = "Système d’échange local des Hauts-de-Sainte-Victoire".to_owned();
        sheet.advice = "Écrivez lisiblement, en capitales si besoin. ".repeat(8);
        sheet.columns.gives = "Qui donne les grains, numéro ou nom".to_owned();
        sheet.columns.amount = "Combien de cailloux blancs".to_owned();
        let pdf = sheet.pdf().unwrap();
        keep("sheet-long.pdf", &pdf);
        assert_eq!(pages(&pdf).len(), 2);
    }

    #[test]
    fn a_sheet_has_one_to_two_hundred_lines() {
        let count = |lines| sheet(lines).pdf().map(|pdf| pages(&pdf).len());
        assert_eq!(count(1), Ok(1));
        assert_eq!(count(200), Ok(10));
        assert!(count(0).is_err());
        assert!(count(201).is_err());
    }
}
