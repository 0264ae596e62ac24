//! The words of the index: which of them a mistyped one may have been meant to be.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term};

use crate::fields::Fields;

/// Longer lists of neighbours are cut, the most frequent first: long enough for a viewer's own
/// words to stand in it among everybody's.
const NEIGHBOURS_MAX: usize = 100;

/// A word of the index that is so many mistakes away from a typed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Neighbour {
    pub(crate) folded: String,
    pub(crate) mistakes: u8,
    frequency: u32,
}

/// The words at most so many mistakes away from `folded`, itself left out: the nearest first, and
/// the most frequent of those. Two mistakes are forgiven behind a right first letter only: people
/// seldom miss it, and the dictionary is then not read from end to end.
///
/// They are words of everybody's notices: whoever shows one asks first whether its reader may see
/// it.
pub(crate) fn neighbours(
    searcher: &Searcher,
    fields: &Fields,
    folded: &str,
    mistakes: u8,
) -> tantivy::Result<Vec<Neighbour>> {
    let mut found: HashMap<String, Neighbour> = HashMap::new();
    for mistakes in 1..=mistakes {
        let first = folded.chars().next().filter(|_| mistakes > 1);
        for field in [fields.title_folded, fields.rest_folded] {
            let term = Term::from_field_text(field, folded);
            let automaton = FuzzyTermQuery::new(term, mistakes, true).automaton()?;
            for segment in searcher.segment_readers() {
                let words = segment.inverted_index(field)?;
                let mut stream = words.terms().search(&automaton);
                if let Some(first) = first {
                    let after = char::from_u32(u32::from(first) + 1).unwrap_or(first);
                    stream = stream.ge(first.to_string()).lt(after.to_string());
                }
                let mut stream = stream.into_stream()?;
                while stream.advance() {
                    let Ok(word) = std::str::from_utf8(stream.key()) else {
                        continue;
                    };
                    let neighbour = found.entry(word.to_owned()).or_insert(Neighbour {
                        folded: word.to_owned(),
                        mistakes,
                        frequency: 0,
                    });
                    if neighbour.mistakes == mistakes {
                        neighbour.frequency += stream.value().doc_freq;
                    }
                }
            }
        }
    }
    found.remove(folded);
    let mut found: Vec<Neighbour> = found.into_values().collect();
    found.sort_unstable_by(|one, other| {
        let rank = |it: &Neighbour| (it.mistakes, u32::MAX - it.frequency);
        let (one_rank, other_rank) = (rank(one), rank(other));
        one_rank
            .cmp(&other_rank)
            .then_with(|| one.folded.cmp(&other.folded))
    });
    found.truncate(NEIGHBOURS_MAX);
    Ok(found)
}
