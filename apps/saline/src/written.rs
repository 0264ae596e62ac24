//! The notices that were written down, of which the town and the seed are made.

use anyhow::Result;
use serde::Deserialize;

const WRITTEN: &str = include_str!("../assets/notices.fr.csv");

/// A notice as it was written down.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Line {
    pub(crate) kind: String,
    pub(crate) category: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) units_mode: String,
    pub(crate) units: String,
    pub(crate) urgent: u8,
    /// Months in which it makes sense, separated by semicolons; all where empty.
    pub(crate) season: String,
}

pub(crate) fn written() -> Result<Vec<Line>> {
    let mut rows = csv::Reader::from_reader(WRITTEN.as_bytes());
    Ok(rows.deserialize().collect::<Result<_, _>>()?)
}
