//! What a list of notices shows, whoever looks: what was found, how to narrow it, and how to turn
//! its pages.

use super::chip::{Chip, chips, ways_on};
use super::choice::{Choice, Group, Rubric, groups, tabs};
use super::shelf::Shelf;
use super::town::{Distance, Town, distances};
use crate::notice::asked::Asked;
use crate::notice::row::Row;
use door::Frame;

pub(crate) struct Listing {
    pub(crate) words: String,
    pub(crate) tabs: Vec<Choice>,
    pub(crate) groups: Vec<Group>,
    /// Where not all is near.
    pub(crate) town: Option<Town>,
    pub(crate) distances: Vec<Distance>,
    pub(crate) chips: Vec<Chip>,
    pub(crate) ways_on: Vec<Chip>,
    pub(crate) found: String,
    /// What else was looked for.
    pub(crate) others: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// What has some of the words only, and what is said of it.
    pub(crate) further: Vec<Row>,
    pub(crate) some: String,
    pub(crate) page_number: usize,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl Listing {
    pub(crate) fn of(
        frame: &Frame,
        asked: &Asked,
        rubrics: &[Rubric],
        (shelf, town): (Shelf, Option<Town>),
        allied: bool,
    ) -> Listing {
        let chosen = rubrics.iter().find(|rubric| rubric.code == asked.rubric);
        Listing {
            words: asked.words.clone(),
            tabs: tabs(frame, asked, &shelf),
            groups: groups(frame, asked, rubrics, &shelf, town.as_ref()),
            distances: distances(frame, asked),
            chips: chips(frame, asked, chosen, town.as_ref()),
            ways_on: ways_on(frame, asked, allied),
            found: found(frame, asked, &shelf),
            others: others(frame, &shelf.others),
            some: some(frame, &shelf),
            page_number: asked.page,
            previous: (asked.page > 1).then(|| asked.at_page(asked.page - 1)),
            next: shelf.more.then(|| asked.at_page(asked.page + 1)),
            rows: shelf.rows,
            further: shelf.further,
            town,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.further.is_empty()
    }
}

/// How many there are; where some have every word, how many of these.
fn found(frame: &Frame, asked: &Asked, shelf: &Shelf) -> String {
    if asked.words.is_empty() {
        return frame.t1("notices-count", "count", shelf.total);
    }
    let count = shelf.whole.min(shelf.total);
    let key = if count == 0 {
        "notices-found-none"
    } else {
        "notices-found"
    };
    frame.t2(key, "count", count, "words", &asked.words)
}

/// What is said of those that have some of the words only.
fn some(frame: &Frame, shelf: &Shelf) -> String {
    let count = shelf.total.saturating_sub(shelf.whole);
    frame.t1("notices-some", "count", count)
}

fn others(frame: &Frame, others: &[String]) -> Option<String> {
    let said: Vec<String> = others
        .iter()
        .map(|word| frame.t1("notices-quoted", "word", word))
        .collect();
    (!said.is_empty()).then(|| frame.t1("notices-others", "words", said.join(", ")))
}
