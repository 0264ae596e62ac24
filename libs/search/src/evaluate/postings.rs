//! The documents under a term, or under all terms that begin so, segment by segment.

use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader};

use super::Stretch;
use crate::asked::{Beginning, Leaf, Weight};
use crate::index::Shown;

/// So many terms that begin alike are read of a segment, further ones are left out: more than the
/// French words that begin with two letters, mistyped ones included.
const BEGINNINGS_MAX: usize = 20_000;
/// So many terms are kept, each of a kilobyte.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2047);

/// How a document is scored under a term.
pub(super) enum Scored {
    Bm25(Bm25Weight, Option<Beginning>),
    Beginning(Beginning),
}

/// Where a term stands, segment by segment, and what it weighs.
#[derive(Clone)]
struct Term {
    infos: Arc<[Vec<TermInfo>]>,
    weight: Bm25Weight,
}

/// The terms that were looked up last in one state of the index: people ask for the same words, and
/// each has dozens of terms. Beginnings are not kept.
pub(crate) struct Terms(Mutex<LruCache<(Field, String), Term>>);

impl Default for Terms {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Terms {
    fn get(&self, searcher: &Searcher, leaf: Leaf<'_>) -> tantivy::Result<Term> {
        let key = (leaf.field, leaf.text.to_owned());
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(term) = kept().get(&key) {
            return Ok(term.clone());
        }
        let infos = infos(searcher, leaf)?;
        let frequency = infos.iter().flatten().map(|info| u64::from(info.doc_freq));
        let weight = bm25(searcher, leaf.field, frequency.sum())?;
        let term = Term { infos, weight };
        kept().put(key, term.clone());
        Ok(term)
    }
}

/// A term that was looked up.
pub(super) struct LookedUp {
    pub(super) field: Field,
    pub(super) scored: Scored,
    /// As [`Leaf`] has it.
    pub(super) only_weighs: bool,
    /// Segment by segment.
    infos: Arc<[Vec<TermInfo>]>,
}

impl LookedUp {
    pub(super) fn new(shown: &Shown, leaf: Leaf<'_>) -> tantivy::Result<LookedUp> {
        let (scored, infos) = match leaf.weight {
            Weight::Beginning(begins) => (Scored::Beginning(begins), infos(&shown.searcher, leaf)?),
            Weight::Term(boost, begins) => {
                let Term { infos, weight } = shown.terms.get(&shown.searcher, leaf)?;
                (Scored::Bm25(weight.boost_by(boost), begins), infos)
            }
        };
        Ok(LookedUp {
            field: leaf.field,
            scored,
            only_weighs: leaf.only_weighs,
            infos,
        })
    }

    /// How many documents hold the term, those that were deleted included.
    pub(super) fn postings(&self) -> usize {
        let infos = self.infos.iter().flatten();
        infos.map(|info| info.doc_freq as usize).sum()
    }

    /// Gives the documents of a window, block by block, with how often they hold the term.
    pub(super) fn each(
        &self,
        stretch: &Stretch<'_>,
        option: IndexRecordOption,
        mut give: impl FnMut(&[DocId], &[u32]),
    ) -> tantivy::Result<()> {
        let all = |docs: &[DocId], often: &[u32]| {
            give(docs, often);
            ControlFlow::Continue(())
        };
        self.until(stretch, option, all).map(|_| ())
    }

    /// The same, until told to stop.
    pub(super) fn until(
        &self,
        stretch: &Stretch<'_>,
        option: IndexRecordOption,
        mut give: impl FnMut(&[DocId], &[u32]) -> ControlFlow<()>,
    ) -> tantivy::Result<ControlFlow<()>> {
        let infos = &self.infos[stretch.ordinal];
        if infos.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let index = stretch.segment.inverted_index(self.field)?;
        for info in infos {
            let mut postings = index.read_block_postings_from_terminfo(info, option)?;
            if each_block(&mut postings, &stretch.window, &mut give).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Gives the documents of a window, block by block, with how often they hold the term where that
/// is read, until told to stop.
pub(super) fn each_block(
    postings: &mut BlockSegmentPostings,
    window: &Range<DocId>,
    mut give: impl FnMut(&[DocId], &[u32]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut from = postings.seek(window.start);
    loop {
        let docs = postings.docs().get(from..).unwrap_or_default();
        let Some(last) = docs.last() else {
            return ControlFlow::Continue(());
        };
        let is_last = *last >= window.end;
        let count = docs.partition_point(|doc| *doc < window.end);
        let often = postings.freqs().get(from..).unwrap_or_default();
        give(&docs[..count], often)?;
        if is_last {
            return ControlFlow::Continue(());
        }
        postings.advance();
        from = 0;
    }
}

fn infos(searcher: &Searcher, leaf: Leaf<'_>) -> tantivy::Result<Arc<[Vec<TermInfo>]>> {
    let segments = searcher.segment_readers().iter();
    segments.map(|segment| infos_of(segment, leaf)).collect()
}

fn infos_of(segment: &SegmentReader, leaf: Leaf<'_>) -> tantivy::Result<Vec<TermInfo>> {
    let index = segment.inverted_index(leaf.field)?;
    let dictionary = index.terms();
    match leaf.weight {
        Weight::Term(..) => Ok(dictionary.get(leaf.text)?.into_iter().collect()),
        Weight::Beginning(_) => {
            let mut terms = dictionary.range().gt(leaf.text).into_stream()?;
            let mut infos = Vec::new();
            while infos.len() < BEGINNINGS_MAX
                && terms.advance()
                && terms.key().starts_with(leaf.text.as_bytes())
            {
                infos.push(terms.value().clone());
            }
            Ok(infos)
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "an average need not be exact")]
fn bm25(searcher: &Searcher, field: Field, frequency: u64) -> tantivy::Result<Bm25Weight> {
    let docs = searcher.total_num_docs()?;
    let words = searcher.total_num_tokens(field)?;
    let mean = words as f32 / docs.max(1) as f32;
    Ok(Bm25Weight::for_one_term_without_explain(
        frequency.min(docs),
        docs,
        mean,
    ))
}
