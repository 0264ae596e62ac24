//! What goes on paper: plain values in, the bytes of a PDF out.
//!
//! * [`Sheet`](sheet::Sheet) is the empty list of a local fair, to be filled in by hand.
//! * [`Slips`](slip::Slips) are numbered papers of three parts, to be cut out.
//! * [`Statement`](statement::Statement) lists what went through an account over a period.
//! * [`Tally`](tally::Tally) lists what two SELs exchanged over a quarter.
//!
//! A paper knows its layout and nothing else. Whoever asks for it brings every word in the
//! reader's language, and days and amounts as they are to be read; an empty text leaves its place
//! blank. Texts are values, never markup: `#`, `*` and `<` come out as they were typed.
//!
//! All papers are A4 and black on white, leave the margins that a home printer needs, and are
//! tagged for those who listen to them (PDF/UA-1).
//!
//! Setting type takes processor time: call it from `spawn_blocking`.

mod press;
pub mod sheet;
pub mod slip;
pub mod statement;
pub mod tally;
#[cfg(test)]
mod testing;
mod text;

/// Why there is no paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Fewer or more of something than a paper has.
    #[error("{asked} {what}, and a paper has {least} to {most}")]
    Count {
        what: &'static str,
        asked: usize,
        least: usize,
        most: usize,
    },
    /// A text too long for its place; lengths are in characters.
    #[error("`{what}` has {length} characters, {most} at most")]
    Long {
        what: &'static str,
        length: usize,
        most: usize,
    },
    /// Not the two small letters of a language.
    #[error("`{0}` is no language")]
    Language(String),
    /// A layout is wrong: no value should bring this about.
    #[error("cannot set the type: {0}")]
    Press(String),
}

/// The words around the number of a page: "page" 1 "sur" 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folio {
    pub page: String,
    pub of: String,
}

/// An amount and what it is: "Solde au 30 juin", "−330".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub label: String,
    pub amount: String,
}

/// What was given and received in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub label: String,
    pub given: String,
    pub received: String,
}
