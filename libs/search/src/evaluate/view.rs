//! What a viewer may see of each segment.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, SegmentReader, Term};

use super::postings::each_block;
use super::{FoundWord, Stretch};
use crate::bits::Bits;
use crate::fields::Fields;
use crate::index::Shown;
use crate::rows::{Row, Rows};
use crate::sought::Sought;
use crate::viewer::{Sight, Viewer};

/// What a viewer may see, segment by segment: looked up once for all that a search asks.
pub(crate) struct View<'a> {
    pub(super) shown: &'a Shown,
    pub(super) fields: &'a Fields,
    viewer: &'a Viewer,
    grounds: Vec<Option<Ground<'a>>>,
}

/// The documents of a segment that are looked at, those of too near a reach for the most part left
/// out, and who looks at them.
pub(super) struct Ground<'a> {
    pub(super) bits: Bits,
    rows: &'a Rows,
    sight: Sight,
    alive: Option<&'a AliveBitSet>,
}

impl Ground<'_> {
    /// Whether one of these documents is seen.
    fn sees(&self, doc: DocId, row: Row) -> bool {
        self.alive.is_none_or(|alive| alive.is_alive(doc)) && self.sight.sees(row)
    }

    /// Gives those of these documents that are seen, each with its place among all.
    pub(super) fn seen(
        &self,
        docs: impl IntoIterator<Item = DocId>,
        mut give: impl FnMut(usize, DocId, Row),
    ) {
        let mut place = 0;
        self.rows.each(docs, |doc, row| {
            if self.sees(doc, row) {
                give(place, doc, row);
            }
            place += 1;
        });
    }
}

impl<'a> View<'a> {
    pub(crate) fn new(
        shown: &'a Shown,
        fields: &'a Fields,
        viewer: &'a Viewer,
        since: Option<i64>,
    ) -> tantivy::Result<Self> {
        let segments = shown.searcher.segment_readers().iter().zip(&shown.rows);
        let ground = |(segment, rows): (&'a SegmentReader, &'a Arc<Rows>)| {
            if is_older(rows, since) {
                return Ok(None);
            }
            let bits = looked_at(segment, rows, fields, viewer)?;
            Ok(bits.map(|bits| Ground {
                bits,
                sight: Sight::new(viewer, rows),
                rows,
                alive: segment.alive_bitset(),
            }))
        };
        Ok(Self {
            grounds: segments.map(ground).collect::<tantivy::Result<_>>()?,
            shown,
            fields,
            viewer,
        })
    }

    /// The same without the segments in which all is older.
    pub(crate) fn since(mut self, since: Option<i64>) -> Self {
        for (ground, rows) in self.grounds.iter_mut().zip(&self.shown.rows) {
            if is_older(rows, since) {
                *ground = None;
            }
        }
        self
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.shown.searcher
    }

    pub(crate) fn rows(&self) -> &[Arc<Rows>] {
        &self.shown.rows
    }

    pub(crate) fn now(&self) -> i64 {
        self.viewer.now
    }

    /// What is looked at of a segment; none where nothing is.
    pub(super) fn ground(&self, ordinal: usize) -> Option<&Ground<'a>> {
        self.grounds[ordinal].as_ref()
    }

    pub(super) fn stretch(&self, ordinal: usize, window: Range<DocId>) -> Stretch<'a> {
        Stretch {
            segment: &self.shown.searcher.segment_readers()[ordinal],
            ordinal,
            window,
        }
    }

    /// All that is looked at in so many shares: the places of segments, and a stretch of each.
    pub(crate) fn shares(&self, count: usize) -> Vec<Vec<(usize, Range<DocId>)>> {
        let mut shares = vec![Vec::new(); count];
        for (ordinal, ground) in self.grounds.iter().enumerate() {
            let parts = ground.iter().flat_map(|it| it.bits.parts(count));
            for (share, part) in shares.iter_mut().zip(parts) {
                share.push((ordinal, part));
            }
        }
        shares
    }

    /// How many documents that the viewer may see hold a word; no more than `most` are counted.
    pub(crate) fn holds(&self, word: &Sought, most: usize) -> tantivy::Result<usize> {
        self.count(word, most, |_, _| true)
    }

    /// The same of those that pass, by the place of their segment and their row.
    pub(crate) fn count(
        &self,
        word: &Sought,
        most: usize,
        passes: impl Fn(usize, Row) -> bool,
    ) -> tantivy::Result<usize> {
        let word = FoundWord::new(self.shown, self.fields, word)?;
        let mut seen: Vec<(usize, DocId)> = Vec::new();
        for ordinal in 0..self.grounds.len() {
            let Some(ground) = self.ground(ordinal) else {
                continue;
            };
            let stretch = self.stretch(ordinal, ground.bits.window());
            for found in word.finding() {
                let enough = found.until(&stretch, IndexRecordOption::Basic, |docs, _| {
                    let looked_at = docs.iter().filter(|doc| ground.bits.holds(**doc));
                    let visible = looked_at.filter(|doc| {
                        let row = ground.rows.row(**doc);
                        ground.sees(**doc, row) && passes(ordinal, row)
                    });
                    seen.extend(visible.take(most).map(|doc| (ordinal, *doc)));
                    if seen.len() >= most {
                        seen.sort_unstable();
                        seen.dedup();
                    }
                    if seen.len() < most {
                        ControlFlow::Continue(())
                    } else {
                        ControlFlow::Break(())
                    }
                })?;
                if enough.is_break() {
                    return Ok(most);
                }
            }
        }
        seen.sort_unstable();
        seen.dedup();
        Ok(seen.len())
    }
}

fn is_older(rows: &Rows, since: Option<i64>) -> bool {
    since.is_some_and(|since| i64::from(rows.newest) <= since)
}

/// The documents that are looked at, and the stretch where they stand: those of one association
/// are neighbours, mostly. None where there are none.
fn looked_at(
    segment: &SegmentReader,
    rows: &Rows,
    fields: &Fields,
    viewer: &Viewer,
) -> tantivy::Result<Option<Bits>> {
    let everywhere = 0..segment.max_doc();
    let index = segment.inverted_index(fields.association)?;
    let mut docs: Vec<DocId> = Vec::new();
    for id in viewer.eyes.near() {
        let term = Term::from_field_bytes(fields.association, id.as_bytes());
        if let Some(mut postings) = index.read_block_postings(&term, IndexRecordOption::Basic)? {
            let _ = each_block(&mut postings, &everywhere, |some, _| {
                docs.extend(some);
                ControlFlow::Continue(())
            });
        }
    }
    if let Some(far) = viewer.eyes.far(rows) {
        let mut looked_at = far.clone();
        looked_at.extend(&docs);
        return Ok((!everywhere.is_empty()).then_some(looked_at));
    }
    let (Some(first), Some(last)) = (docs.iter().min(), docs.iter().max()) else {
        return Ok(None);
    };
    let mut looked_at = Bits::none(*first..last + 1);
    looked_at.extend(&docs);
    Ok(Some(looked_at))
}
