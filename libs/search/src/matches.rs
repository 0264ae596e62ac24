//! Gathers what matches: the best notices of a page, and how many there are of each sort.
//!
//! One pass serves all, since the filters that have counts are no part of what is evaluated: each
//! count heeds the filters but its own. Memory is bounded by the page; time by what matches.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use tantivy::{DocId, Score};
use uuid::Uuid;

use crate::rows::{Row, Rows};

mod weigh;

pub(crate) use weigh::{Sieve, Weigh};

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

/// What is gathered: which filters apply, how notices are put in order, how many are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gather<'a> {
    pub(crate) kind: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    pub(crate) urgent: bool,
    pub(crate) gift: bool,
    pub(crate) sieve: Sieve,
    pub(crate) weigh: Weigh,
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
    /// How many match but for the filters that have counts.
    pub(crate) unfiltered: usize,
    pub(crate) total: usize,
    pub(crate) first: Vec<Match>,
    pub(crate) kinds: Counts,
    pub(crate) categories: Counts,
    pub(crate) urgent: usize,
    pub(crate) gifts: usize,
}

impl Gather<'_> {
    pub(crate) fn segment<'r>(&self, rows: &'r Rows) -> Segment<'r> {
        Segment {
            kinds: Labels::new(&rows.kinds, self.kind),
            categories: Labels::new(&rows.categories, self.category),
            traits: (self.urgent, self.gift),
            sieve: self.sieve,
            weigh: self.weigh,
            km: self.weigh.near.map_or_else(Vec::new, |near| {
                let homes = rows.homes.iter();
                homes.map(|home| near.km(home.at.0, home.at.1)).collect()
            }),
            rows,
            keep: self.keep,
            first: BinaryHeap::new(),
            unfiltered: 0,
            total: 0,
            urgent: 0,
            gifts: 0,
        }
    }

    /// All segments together.
    pub(crate) fn together(&self, segments: Vec<Gathered>) -> Gathered {
        let mut all = Gathered::default();
        for segment in segments {
            all.first.extend(segment.first);
            all.kinds.extend(segment.kinds);
            all.categories.extend(segment.categories);
            all.unfiltered += segment.unfiltered;
            all.total += segment.total;
            all.urgent += segment.urgent;
            all.gifts += segment.gifts;
        }
        all.first.sort_unstable_by(|one, other| other.cmp(one));
        all.first.truncate(self.keep);
        all.kinds = added(all.kinds);
        all.categories = added(all.categories);
        all
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
pub(crate) struct Segment<'r> {
    kinds: Labels<'r>,
    categories: Labels<'r>,
    /// Whether only urgent ones are asked for, and only gifts.
    traits: (bool, bool),
    sieve: Sieve,
    weigh: Weigh,
    /// How far the homes are from the place that was named, in their order; empty where none was.
    km: Vec<f64>,
    rows: &'r Rows,
    keep: usize,
    /// The least of them on top.
    first: BinaryHeap<Reverse<Match>>,
    unfiltered: usize,
    total: usize,
    urgent: usize,
    gifts: usize,
}

impl Segment<'_> {
    pub(crate) fn collect(&mut self, doc: DocId, row: Row, score: Score) {
        let km = self.km(row);
        if !self.sieve.passes(&row, km) {
            return;
        }
        self.unfiltered += 1;
        let (of_kind, of_category) = (
            self.kinds.fits(row.kind.into()),
            self.categories.fits(row.category.into()),
        );
        let (is_urgent, is_gift) = (row.is_urgent(), row.is_gift());
        let (of_urgency, of_giving) = (!self.traits.0 || is_urgent, !self.traits.1 || is_gift);
        if of_category && of_urgency && of_giving {
            self.kinds.count(row.kind.into());
        }
        if of_kind && of_urgency && of_giving {
            self.categories.count(row.category.into());
        }
        if of_kind && of_category {
            self.urgent += usize::from(is_urgent && of_giving);
            self.gifts += usize::from(is_gift && of_urgency);
        }
        if of_kind && of_category && of_urgency && of_giving {
            self.total += 1;
            let least = self.first.peek().filter(|_| self.first.len() >= self.keep);
            // Most notices end here, unweighed: exponentials cost.
            if least.is_none_or(|Reverse(least)| self.weigh.most(score) >= least.score) {
                self.keep(doc, self.weigh.weight(score, &row, km), &row, km);
            }
        }
    }

    /// Whether a document with such a row is of what is asked for.
    pub(crate) fn passes(&self, row: Row) -> bool {
        self.sieve.passes(&row, self.km(row))
            && (!self.traits.0 || row.is_urgent())
            && (!self.traits.1 || row.is_gift())
            && self.kinds.fits(row.kind.into())
            && self.categories.fits(row.category.into())
    }

    fn km(&self, row: Row) -> Option<f64> {
        self.km.get(row.home as usize).copied()
    }

    pub(crate) fn harvest(self) -> Gathered {
        Gathered {
            unfiltered: self.unfiltered,
            total: self.total,
            first: self.first.into_iter().map(|Reverse(it)| it).collect(),
            kinds: self.kinds.counts(),
            categories: self.categories.counts(),
            urgent: self.urgent,
            gifts: self.gifts,
        }
    }

    fn keep(&mut self, doc: DocId, score: Score, row: &Row, km: Option<f64>) {
        let published_at = i64::from(row.published_at);
        let least = self.first.peek().filter(|_| self.first.len() >= self.keep);
        // Most notices end here, their ids unread.
        let is_less = least.is_some_and(|Reverse(least)| {
            (score, published_at) < (least.score, least.published_at)
        });
        if is_less || self.keep == 0 {
            return;
        }
        self.first.push(Reverse(Match {
            score,
            published_at,
            association_id: self.rows.association_id(doc),
            notice_id: self.rows.notice_id(doc),
            km,
        }));
        if self.first.len() > self.keep {
            self.first.pop();
        }
    }
}

/// The kinds or the categories of a segment, by their places.
struct Labels<'r> {
    names: &'r [String],
    wanted: Wanted,
    counts: Vec<usize>,
}

enum Wanted {
    All,
    /// The label's place, if the segment knows it.
    One(Option<usize>),
}

impl<'r> Labels<'r> {
    fn new(names: &'r [String], wanted: Option<&str>) -> Self {
        Self {
            wanted: match wanted {
                None => Wanted::All,
                Some(label) => Wanted::One(names.iter().position(|name| name == label)),
            },
            counts: vec![0; names.len()],
            names,
        }
    }

    fn fits(&self, label: usize) -> bool {
        match self.wanted {
            Wanted::All => true,
            Wanted::One(wanted) => wanted == Some(label),
        }
    }

    fn count(&mut self, label: usize) {
        if let Some(count) = self.counts.get_mut(label) {
            *count += 1;
        }
    }

    fn counts(self) -> Counts {
        let counts = self.names.iter().cloned().zip(self.counts);
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

#[cfg(test)]
#[path = "matches_tests.rs"]
mod tests;
