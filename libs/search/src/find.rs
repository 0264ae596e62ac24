//! Finding: the best notices of a page, why they were found, and how many there are.

use std::slice;

use tantivy::collector::Count;
use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument};
use uuid::Uuid;

use crate::highlight::{self, Piece};
use crate::index::{Error, Index};
use crate::matches::{Counts, Gather, Gathered, Match};
use crate::sought::{self, Holding, Sought, Viewer};

/// No page of results is longer.
const LIMIT_MAX: usize = 50;

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// As typed: anything. Blank asks for everything; without a letter or digit, for nothing.
    pub words: &'a str,
    /// `offer` or `want`.
    pub kind: Option<&'a str>,
    /// A category's code.
    pub category: Option<&'a str>,
    pub offset: usize,
    /// At most 50 hits are given.
    pub limit: usize,
}

/// What is found: the best first, and newest first where words do not decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many notices match, on all pages.
    pub total: usize,
    pub hits: Vec<Hit>,
    /// How many of each kind, had no kind been asked for; the most frequent first.
    pub kinds: Counts,
    /// How many of each category, had no category been asked for; the most frequent first.
    pub categories: Counts,
    /// No notice has all the words: these have some.
    pub loosened: bool,
}

/// A notice that is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub association_id: Uuid,
    pub notice_id: Uuid,
    pub title: Vec<Piece>,
    /// About 160 characters of the text, around the first word found.
    pub snippet: Vec<Piece>,
}

impl Index {
    /// Finds the notices that the viewer may see.
    pub fn find(&self, viewer: &Viewer, query: &Query<'_>) -> Result<Found, Error> {
        let mut sought = Sought::read(&self.analysis, query.words);
        if sought.is_empty() && !query.words.trim().is_empty() {
            return Ok(Found::default());
        }
        let searcher = self.reader.searcher();
        for word in &mut sought {
            self.take_as_written(&searcher, viewer, word)?;
        }
        let gather = |holding| self.gather(&searcher, viewer, query, &sought, holding);
        let mut gathered = gather(Holding::Every)?;
        let mut loosened = false;
        if gathered.is_bare() && sought.len() > 1 {
            gathered = gather(Holding::Any)?;
            loosened = !gathered.is_bare();
        }
        let page = gathered.matches.iter().skip(query.offset);
        let page = page.take(query.limit.min(LIMIT_MAX));
        Ok(Found {
            total: gathered.matches.len(),
            hits: page
                .map(|found| self.hit(&searcher, found, &sought))
                .collect::<Result<_, Error>>()?,
            kinds: gathered.kinds,
            categories: gathered.categories,
            loosened,
        })
    }

    /// Forgives a short word no mistake when the viewer's notices hold it as it is written.
    fn take_as_written(
        &self,
        searcher: &Searcher,
        viewer: &Viewer,
        word: &mut Sought,
    ) -> Result<(), Error> {
        if let Some(as_written) = word.as_written() {
            let only = slice::from_ref(&as_written);
            let query = sought::query(&self.fields, viewer, only, Holding::Every);
            if searcher.search(&query, &Count)? > 0 {
                *word = as_written;
            }
        }
        Ok(())
    }

    fn gather(
        &self,
        searcher: &Searcher,
        viewer: &Viewer,
        query: &Query<'_>,
        sought: &[Sought],
        holding: Holding,
    ) -> Result<Gathered, Error> {
        let gather = Gather {
            kind: query.kind,
            category: query.category,
            scored: !sought.is_empty(),
        };
        let query = sought::query(&self.fields, viewer, sought, holding);
        Ok(searcher.search(&query, &gather)?)
    }

    fn hit(&self, searcher: &Searcher, found: &Match, sought: &[Sought]) -> Result<Hit, Error> {
        let document: TantivyDocument = searcher.doc(found.address)?;
        let stored = |field| document.get_first(field).and_then(|value| value.as_str());
        let title = stored(self.fields.title).unwrap_or_default();
        let text = stored(self.fields.text).unwrap_or_default();
        let association = document.get_first(self.fields.association);
        let association = association.and_then(|value| value.as_bytes());
        Ok(Hit {
            association_id: association
                .and_then(|bytes| Uuid::from_slice(bytes).ok())
                .unwrap_or_default(),
            notice_id: found.notice_id,
            title: highlight::whole(&self.analysis, sought, title),
            snippet: highlight::snippet(&self.analysis, sought, text),
        })
    }
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
