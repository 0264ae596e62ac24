//! Gathers what matches: the best notices of a page, and how many there are by kind and category.
//!
//! One pass serves all three, since the filters by kind and category are no part of the engine's
//! query: the counts by kind heed only the filter by category, and the other way round. The pass
//! is bounded by the notices of one association, a few thousand, and those of its allies.

use std::cmp::Ordering;
use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};
use uuid::Uuid;

use crate::fields::{CATEGORY, ID_HIGH, ID_LOW, KIND, PUBLISHED_AT, URGENT};

/// How much nearer to the top an urgent notice stands, among those found by words.
const URGENT_BOOST: f32 = 1.1;

/// The collector: which filters apply, and whether words were sought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gather<'a> {
    pub(crate) kind: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    /// Without words there is no score, and the newest come first.
    pub(crate) scored: bool,
}

/// A notice that matches words and filters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    score: Score,
    published_at: i64,
    pub(crate) notice_id: Uuid,
    pub(crate) address: DocAddress,
}

impl Match {
    /// Best first, then newest first; the id decides between twins, so that pages never overlap.
    fn order(&self, other: &Self) -> Ordering {
        let recency = |this: &Self| (this.published_at, this.notice_id);
        other
            .score
            .total_cmp(&self.score)
            .then_with(|| recency(other).cmp(&recency(self)))
    }
}

pub(crate) type Counts = Vec<(String, usize)>;

/// All that matches, in order, and the counts, greatest first.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) matches: Vec<Match>,
    pub(crate) kinds: Counts,
    pub(crate) categories: Counts,
}

impl Gathered {
    /// Whether there is nothing to show, nor any other filter under which there would be.
    pub(crate) fn is_bare(&self) -> bool {
        self.matches.is_empty() && self.kinds.is_empty() && self.categories.is_empty()
    }
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Segment> {
        let columns = reader.fast_fields();
        Ok(Segment {
            ordinal,
            scored: self.scored,
            kinds: Labels::new(columns.str(KIND)?, self.kind)?,
            categories: Labels::new(columns.str(CATEGORY)?, self.category)?,
            published_at: columns.i64(PUBLISHED_AT)?,
            urgent: columns.bool(URGENT)?,
            id_high: columns.u64(ID_HIGH)?,
            id_low: columns.u64(ID_LOW)?,
            matches: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut matches = Vec::new();
        let (mut kinds, mut categories) = (Vec::new(), Vec::new());
        for segment in segments {
            let segment = segment?;
            matches.extend(segment.matches);
            kinds.extend(segment.kinds);
            categories.extend(segment.categories);
        }
        matches.sort_unstable_by(Match::order);
        Ok(Gathered {
            matches,
            kinds: added(kinds),
            categories: added(categories),
        })
    }
}

/// The same labels of several segments become one, the most frequent first.
fn added(counts: Counts) -> Counts {
    let mut sums = HashMap::new();
    for (label, count) in counts {
        *sums.entry(label).or_default() += count;
    }
    let mut sums: Counts = sums.into_iter().collect();
    sums.sort_unstable_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    sums
}

/// What one segment of the index gives.
pub(crate) struct Segment {
    ordinal: SegmentOrdinal,
    scored: bool,
    kinds: Labels,
    categories: Labels,
    published_at: Column<i64>,
    urgent: Column<bool>,
    id_high: Column<u64>,
    id_low: Column<u64>,
    matches: Vec<Match>,
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let (of_kind, of_category) = (self.kinds.fits(doc), self.categories.fits(doc));
        if of_category {
            self.kinds.count(doc);
        }
        if of_kind {
            self.categories.count(doc);
        }
        if of_kind && of_category {
            let found = self.found(doc, score);
            self.matches.push(found);
        }
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        Ok(Gathered {
            matches: self.matches,
            kinds: self.kinds.counts()?,
            categories: self.categories.counts()?,
        })
    }
}

impl Segment {
    fn found(&self, doc: DocId, score: Score) -> Match {
        let urgent = self.urgent.first(doc).unwrap_or_default();
        let boost = if urgent { URGENT_BOOST } else { 1.0 };
        Match {
            score: if self.scored { score * boost } else { 0.0 },
            published_at: self.published_at.first(doc).unwrap_or_default(),
            notice_id: Uuid::from_u64_pair(
                self.id_high.first(doc).unwrap_or_default(),
                self.id_low.first(doc).unwrap_or_default(),
            ),
            address: DocAddress::new(self.ordinal, doc),
        }
    }
}

/// A column of labels: kinds or categories.
struct Labels {
    column: Option<StrColumn>,
    wanted: Wanted,
    counts: HashMap<u64, usize>,
}

enum Wanted {
    All,
    /// The label's place in the segment's dictionary, if the segment knows it.
    One(Option<u64>),
}

impl Labels {
    fn new(column: Option<StrColumn>, wanted: Option<&str>) -> tantivy::Result<Self> {
        let wanted = match (wanted, &column) {
            (None, _) => Wanted::All,
            (Some(_), None) => Wanted::One(None),
            (Some(label), Some(column)) => Wanted::One(column.dictionary().term_ord(label)?),
        };
        Ok(Self {
            column,
            wanted,
            counts: HashMap::new(),
        })
    }

    fn label(&self, doc: DocId) -> Option<u64> {
        self.column.as_ref()?.ords().first(doc)
    }

    fn fits(&self, doc: DocId) -> bool {
        match self.wanted {
            Wanted::All => true,
            Wanted::One(label) => label.is_some() && label == self.label(doc),
        }
    }

    fn count(&mut self, doc: DocId) {
        if let Some(label) = self.label(doc) {
            *self.counts.entry(label).or_default() += 1;
        }
    }

    fn counts(self) -> tantivy::Result<Counts> {
        let Some(column) = self.column else {
            return Ok(Vec::new());
        };
        let counts = self.counts.into_iter().map(|(label, count)| {
            let mut text = String::new();
            column.ord_to_str(label, &mut text)?;
            Ok((text, count))
        });
        counts.collect()
    }
}
