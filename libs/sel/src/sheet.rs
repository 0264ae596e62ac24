//! A sheet of exchanges that were written on paper: of a local fair, or a stack of slips. One line
//! is one exchange: who gives the units, who receives them, how many, for what.

use crate::exchange::{Refusal, Warning, day};
use crate::id::{ExchangeId, MemberId};
use crate::member::{Actor, Right};
use crate::refusal::{Fact, Refused};
use chrono::NaiveDate;

mod check;

pub use check::{Desk, ask, check};

/// Lines of one sheet. A longer stack goes on a second one.
pub const LINES: usize = 300;
/// Letters of a sheet's title.
pub const TITLE_LETTERS: usize = 80;
/// Letters of a box that are kept: more than any of them takes.
pub const BOX_LETTERS: usize = 400;
/// Letters of the number on a slip.
pub const SLIP_LETTERS: usize = 30;

/// What kind of paper it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The list of a local fair, all of one day.
    Fair,
    /// Slips, each with a number and a day of its own.
    Slips,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Fair => "fair",
            Kind::Slips => "slips",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        [Kind::Fair, Kind::Slips]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// What a new sheet is called, and of which day it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub kind: Kind,
    pub title: String,
    pub done_on: NaiveDate,
    sealed: (),
}

/// Decides whether `actor` may open a sheet so. An empty title becomes `usual`.
pub fn open(
    actor: &Actor,
    kind: Kind,
    title: &str,
    usual: &str,
    done_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Opened, Vec<Refusal>> {
    if !actor.may(Right::EnterForOthers) {
        return Err(vec![Refusal::NotAllowed]);
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if title.is_empty() {
        usual.to_owned()
    } else {
        title
    };
    let long = (title.chars().count() > TITLE_LETTERS).then_some(Refusal::LongTitle);
    match (
        done_on
            .ok_or(Refusal::BadDate)
            .and_then(|it| day(it, today)),
        long,
    ) {
        (Ok(done_on), None) => Ok(Opened {
            kind,
            title,
            done_on,
            sealed: (),
        }),
        (day, long) => Err(long.into_iter().chain(day.err()).collect()),
    }
}

/// A line as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub payer: String,
    pub payee: String,
    pub amount: String,
    pub label: String,
    pub slip: String,
    pub day: String,
    /// The person said that it is another exchange than the one it is like.
    pub is_another: bool,
}

impl Typed {
    /// Whether nothing was typed in it.
    pub fn is_empty(&self) -> bool {
        self.boxes().iter().all(|typed| typed.trim().is_empty())
    }

    fn boxes(&self) -> [&str; 6] {
        [
            &self.payer,
            &self.payee,
            &self.amount,
            &self.label,
            &self.slip,
            &self.day,
        ]
    }
}

/// A box of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Payer,
    Payee,
    Amount,
    Label,
    Slip,
    Day,
}

/// What is wrong with a line, and in which of its boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub place: Cell,
    pub why: Refusal,
}

impl Refused for Wrong {
    fn key(&self) -> &'static str {
        // On a sheet somebody else than the two is writing.
        match &self.why {
            Refusal::Oneself => "refusal-sheet-oneself",
            Refusal::NoMember if self.place == Cell::Payer => "refusal-sheet-no-payer",
            Refusal::NoMember => "refusal-sheet-no-payee",
            Refusal::UnknownMember { typed } if typed.parse::<i32>().is_ok() => {
                "refusal-sheet-number"
            }
            Refusal::UnknownMember { .. } => "refusal-sheet-name",
            Refusal::HasLeft { .. } => "refusal-sheet-left",
            Refusal::ForOneself { .. } => "refusal-sheet-for-oneself",
            Refusal::BadDate => "refusal-sheet-day",
            Refusal::NoLabel => "refusal-sheet-label",
            Refusal::Amount(crate::amount::Refusal::Empty) => "refusal-sheet-amount",
            Refusal::Amount(crate::amount::Refusal::NotANumber) => "refusal-sheet-not-a-number",
            why => why.key(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        self.why.facts()
    }
}

/// A line that may be posted. Only [`check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    pub line_id: ExchangeId,
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    /// Minor units, positive.
    pub amount: i64,
    pub label: String,
    pub slip: Option<String>,
    pub done_on: NaiveDate,
    /// Where it leads the two beyond a limit: said, not refused, since it has happened.
    pub warnings: Vec<Warning>,
    sealed: (),
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Empty,
    Ready(Ready),
    Wrong(Vec<Wrong>),
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
