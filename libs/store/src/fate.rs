//! What became of something that had to go out: a delivery, or the mail of a token.

use chrono::{DateTime, Utc};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    Again { at: DateTime<Utc>, reason: String },
    GivenUp { reason: String },
}

/// When it was delivered, when it is tried again, when it was given up, and why.
type Parts<'a> = (
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<&'a str>,
);

impl Fate {
    /// As the database keeps it.
    pub(crate) fn parts(&self, now: DateTime<Utc>) -> Parts<'_> {
        match self {
            Fate::Delivered => (Some(now), None, None, None),
            Fate::Again { at, reason } => (None, Some(*at), None, Some(reason)),
            Fate::GivenUp { reason } => (None, None, Some(now), Some(reason)),
        }
    }
}
