//! Gathers what matches: the best notices of a page, and how many there are of each sort.
//!
//! One pass serves all, since the filters by kind and category are no part of the engine's query:
//! the counts by kind heed only the filter by category, and the other way round. Memory is bounded
//! by the page; time by what matches.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};
use uuid::Uuid;

use crate::fields::{CATEGORY, KIND};
use crate::place::Ruler;

mod labels;
mod weigh;

use labels::Labels;
use weigh::{Columns, Sieve, Traits, Weigh};

/// In which order notices are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What answers best; distance and freshness count too. Without words the newest.
    #[default]
    Best,
    Newest,
    /// From the place that was named; the newest where none was.
    Nearest,
}

/// The collector: which filters apply, and how many notices are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gather<'a> {
    pub(crate) kind: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    pub(crate) urgent: bool,
    pub(crate) gift: bool,
    /// Published after this; seconds since 1970.
    pub(crate) since: Option<i64>,
    pub(crate) near: Option<Ruler>,
    pub(crate) within_km: Option<f64>,
    pub(crate) order: Order,
    /// Without words there is no score, and the newest come first.
    pub(crate) scored: bool,
    /// Seconds since 1970.
    pub(crate) now: i64,
    /// So many of the first notices are kept.
    pub(crate) keep: usize,
}

/// A notice that matches words and filters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    score: Score,
    published_at: i64,
    pub(crate) association_id: Uuid,
    pub(crate) notice_id: Uuid,
    /// From the place that was named.
    pub(crate) km: Option<f64>,
}

/// The greater comes first: better, then newer; the id decides between twins, so that pages never
/// overlap.
impl Ord for Match {
    fn cmp(&self, other: &Self) -> Ordering {
        let last = |it: &Self| (it.published_at, it.notice_id, it.association_id);
        let by_score = self.score.total_cmp(&other.score);
        by_score.then_with(|| last(self).cmp(&last(other)))
    }
}

impl PartialOrd for Match {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Match {}

pub(crate) type Counts = Vec<(String, usize)>;

/// The first of what matches, in order, and the counts, greatest first.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) total: usize,
    pub(crate) first: Vec<Match>,
    pub(crate) kinds: Counts,
    pub(crate) categories: Counts,
    pub(crate) urgent: usize,
    pub(crate) gifts: usize,
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = reader.fast_fields();
        Ok(Segment {
            kinds: Labels::new(columns.str(KIND)?, self.kind)?,
            categories: Labels::new(columns.str(CATEGORY)?, self.category)?,
            sieve: Sieve {
                urgent: self.urgent,
                gift: self.gift,
                since: self.since,
                within_km: self.within_km,
            },
            weigh: Weigh {
                order: self.order,
                scored: self.scored,
                now: self.now,
                near: self.near,
            },
            columns: Columns::of(reader)?,
            keep: self.keep,
            first: BinaryHeap::new(),
            total: 0,
            urgent: 0,
            gifts: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for segment in segments {
            let segment = segment?;
            all.first.extend(segment.first);
            all.kinds.extend(segment.kinds);
            all.categories.extend(segment.categories);
            all.total += segment.total;
            all.urgent += segment.urgent;
            all.gifts += segment.gifts;
        }
        all.first.sort_unstable_by(|one, other| other.cmp(one));
        all.first.truncate(self.keep);
        all.kinds = added(all.kinds);
        all.categories = added(all.categories);
        Ok(all)
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
    kinds: Labels,
    categories: Labels,
    sieve: Sieve,
    weigh: Weigh,
    columns: Columns,
    keep: usize,
    /// The least of them on top.
    first: BinaryHeap<Reverse<Match>>,
    total: usize,
    urgent: usize,
    gifts: usize,
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let (of_kind, of_category) = (self.kinds.fits(doc), self.categories.fits(doc));
        if !of_kind && !of_category {
            return;
        }
        let traits = self.traits(doc);
        if !self.sieve.passes(&traits) {
            return;
        }
        if of_category {
            self.kinds.count(doc);
        }
        if of_kind {
            self.categories.count(doc);
        }
        if of_kind && of_category {
            self.total += 1;
            self.urgent += usize::from(traits.urgent);
            self.gifts += usize::from(traits.gift);
            self.keep(doc, self.weigh.weight(score, &traits), &traits);
        }
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        Ok(Gathered {
            total: self.total,
            first: self.first.into_iter().map(|Reverse(it)| it).collect(),
            kinds: self.kinds.counts()?,
            categories: self.categories.counts()?,
            urgent: self.urgent,
            gifts: self.gifts,
        })
    }
}

impl Segment {
    fn traits(&self, doc: DocId) -> Traits {
        let columns = &self.columns;
        let km = self.weigh.near.as_ref().and_then(|near| {
            Some(near.km(columns.latitude.first(doc)?, columns.longitude.first(doc)?))
        });
        Traits {
            published_at: columns.published_at.first(doc).unwrap_or_default(),
            urgent: columns.urgent.first(doc).unwrap_or_default(),
            gift: columns.gift.first(doc).unwrap_or_default(),
            km,
        }
    }

    fn keep(&mut self, doc: DocId, score: Score, traits: &Traits) {
        let least = self.first.peek().filter(|_| self.first.len() >= self.keep);
        // Most notices end here, their ids unread.
        let is_less = least.is_some_and(|Reverse(least)| {
            (score, traits.published_at) < (least.score, least.published_at)
        });
        if is_less || self.keep == 0 {
            return;
        }
        self.first.push(Reverse(Match {
            score,
            published_at: traits.published_at,
            association_id: self.columns.association.id(doc),
            notice_id: self.columns.notice.id(doc),
            km: traits.km,
        }));
        if self.first.len() > self.keep {
            self.first.pop();
        }
    }
}
