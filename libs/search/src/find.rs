//! Finding: the best notices of a page, why they were found, and how many there are.

mod forgive;
pub(crate) mod share;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use tantivy::DocId;
use uuid::Uuid;

use crate::analysis::Analysis;
use crate::asked::Holding;
use crate::evaluate::{Evaluation, View};
use crate::highlight::Why;
use crate::index::{Error, Index};
use crate::matches::{Counts, Gather, Gathered, Match, Order, Sieve, Weigh};
use crate::place::Ruler;
use crate::sought::{self, Thing};
use crate::thesaurus::Thesaurus;
use crate::viewer::Viewer;
use share::{Turn, beside};

/// No page of results is longer, and none begins later.
const LIMIT_MAX: usize = 50;
const OFFSET_MAX: usize = 10_000;
/// Where fewer notices than this have every word, those that have some are found too.
const ENOUGH: usize = 10;
/// In how many notices a short word stands that is a word of its own. In one alone it may be a
/// slip, or a rare word that hides what somebody is about to type.
const STANDING: usize = 3;
/// Where as many notices as this say a thing, what is only akin to it is not sought: nobody reads
/// so far. Few, in our own tests, which have few notices.
const PLENTY: usize = if cfg!(test) { 5 } else { 500 };

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Query<'a> {
    /// As typed: anything. Blank asks for everything; without a letter or digit, for nothing.
    pub words: &'a str,
    /// `offer` or `want`.
    pub kind: Option<&'a str>,
    /// A category's code.
    pub category: Option<&'a str>,
    pub urgent: bool,
    pub gift: bool,
    /// Published after this; seconds since 1970.
    pub since: Option<i64>,
    /// From where distances count (latitude and longitude, in degrees), and how far, in kilometres:
    /// any distance where none is said.
    pub near: Option<((f64, f64), Option<f64>)>,
    pub order: Order,
    /// Whether words are taken as typed: no mistake is forgiven.
    pub literal: bool,
    /// Further synonyms, a line a thing, between commas.
    pub synonyms: &'a [String],
    /// 10,000 at the most.
    pub offset: usize,
    /// At most 50 hits are given.
    pub limit: usize,
}

/// What is found: the best first, and newest first where words do not decide. Where next to
/// nothing has all the words, what has some of them follows, and is counted too.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many notices match, on all pages.
    pub total: usize,
    pub hits: Vec<Hit>,
    /// How many of each kind, had no kind been asked for; the most frequent first.
    pub kinds: Counts,
    /// How many of each category, had no category been asked for; the most frequent first.
    pub categories: Counts,
    pub urgent: usize,
    pub gifts: usize,
    /// How many of all have every word; the others, which follow, have some.
    pub whole: usize,
    /// Which words of a text are why it was found.
    pub why: Why,
}

/// A notice that is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub association_id: Uuid,
    pub notice_id: Uuid,
    /// How far from the place that was named.
    pub km: Option<f64>,
    /// Whether it has every word.
    pub whole: bool,
}

impl Index {
    /// Finds the notices that the viewer may see.
    pub fn find(&self, viewer: &Viewer, query: &Query<'_>) -> Result<Found, Error> {
        let turn = Turn::new(&self.turns);
        let mut things = self.read(query);
        if things.is_empty() && !query.words.trim().is_empty() {
            return Ok(Found::default());
        }
        let shown = self.shown();
        let full = || View::new(&shown, &self.fields, viewer, None);
        let view = if query.literal {
            // What is asked again and again reads no more than what is new.
            if things
                .iter_mut()
                .flat_map(Thing::typed)
                .any(|it| it.is_unfinished())
            {
                stand_alone(&full()?, &mut things)?;
            }
            View::new(&shown, &self.fields, viewer, query.since)?
        } else {
            let view = full()?;
            stand_alone(&view, &mut things)?;
            for thing in &mut things {
                self.forgive(&view, thing)?;
            }
            view.since(query.since)
        };
        let (gathered, whole) = first(&view, query, &mut things, &turn)?;
        let page = gathered.first.iter().enumerate();
        let page = page.skip(query.offset.min(OFFSET_MAX));
        let hits = page.take(query.limit.min(LIMIT_MAX)).map(|(at, it)| Hit {
            association_id: it.association_id,
            notice_id: it.notice_id,
            km: it.km,
            whole: at < whole,
        });
        Ok(Found {
            total: gathered.total,
            whole,
            hits: hits.collect(),
            kinds: gathered.kinds,
            categories: gathered.categories,
            urgent: gathered.urgent,
            gifts: gathered.gifts,
            why: Why::new(Arc::clone(&self.analysis), things),
        })
    }

    fn read(&self, query: &Query<'_>) -> Vec<Thing> {
        let analysis: &Analysis = &self.analysis;
        if query.synonyms.is_empty() || query.words.trim().is_empty() {
            return sought::read(analysis, &[&self.thesaurus], query.words);
        }
        let theirs = Thesaurus::new(analysis, query.synonyms.iter().map(String::as_str));
        sought::read(analysis, &[&theirs, &self.thesaurus], query.words)
    }
}

/// What has every word; where that is next to nothing, what has some of them after it. And how
/// many have every word.
fn first(
    view: &View<'_>,
    query: &Query<'_>,
    things: &mut [Thing],
    turn: &Turn<'_>,
) -> Result<(Gathered, usize), Error> {
    let scored = !things.is_empty() && query.order == Order::Best;
    let asked = asked(view.now(), query, scored);
    leave_akin(view, &asked, things)?;
    let evaluation = Evaluation::new(view, things, scored)?;
    let shares = view.shares(evaluation.threads(turn.idle()));
    let gather = |holding| {
        let of_share = |share: &Vec<_>| of_share((view, &evaluation), &asked, share, holding);
        let shares = beside(&shares, of_share).into_iter().flatten();
        let segments: Result<Vec<_>, Error> = shares.collect();
        segments.map(|segments| asked.together(segments))
    };
    let whole = gather(Holding::Every)?;
    let count = whole.total;
    let needed = things.iter().filter(|thing| thing.needed);
    let words: usize = needed.map(Thing::length).sum();
    // Filters that have counts do not change what is looked for, nor what the counts count.
    if whole.unfiltered >= ENOUGH || words < 2 {
        return Ok((whole, count));
    }
    let mut some = gather(Holding::Any)?;
    let id = |it: &Match| (it.association_id, it.notice_id);
    let known: HashSet<_> = whole.first.iter().map(id).collect();
    some.first.retain(|it| !known.contains(&id(it)));
    some.first.splice(0..0, whole.first);
    Ok((some, count))
}

/// What matches of a share, segment by segment.
fn of_share(
    (view, evaluation): (&View<'_>, &Evaluation<'_>),
    asked: &Gather<'_>,
    share: &[(usize, Range<DocId>)],
    holding: Holding,
) -> Vec<Result<Gathered, Error>> {
    let of_part = |part: &(usize, Range<DocId>)| {
        let mut gathered = asked.segment(&view.rows()[part.0]);
        let collect = |doc, row, score| gathered.collect(doc, row, score);
        evaluation.part(part.clone(), holding, collect)?;
        Ok(gathered.harvest())
    };
    share.iter().map(of_part).collect()
}

/// A short word that stands in some notices, as it is written, stands for no longer ones: « auto »
/// is not « autour ».
fn stand_alone(view: &View<'_>, things: &mut [Thing]) -> Result<(), Error> {
    for word in things.iter_mut().flat_map(Thing::typed) {
        if word.is_unfinished() && view.holds(&word.as_written(), STANDING)? == STANDING {
            word.prefix = false;
        }
    }
    Ok(())
}

/// Leaves out what is only akin to a thing of which there is plenty.
fn leave_akin(view: &View<'_>, asked: &Gather<'_>, things: &mut [Thing]) -> Result<(), Error> {
    let segments: Vec<_> = view.rows().iter().map(|rows| asked.segment(rows)).collect();
    for thing in things {
        if !thing.ways.iter().any(|way| way.is_led) {
            continue;
        }
        for way in thing.ways.iter().filter(|way| !way.is_led) {
            let [word] = way.words.as_slice() else {
                continue;
            };
            let passes = |ordinal: usize, row| segments[ordinal].passes(row);
            if view.count(word, PLENTY, passes)? == PLENTY {
                thing.ways.retain(|way| !way.is_led);
                break;
            }
        }
    }
    Ok(())
}

fn asked<'a>(now: i64, query: &Query<'a>, scored: bool) -> Gather<'a> {
    Gather {
        kind: query.kind,
        category: query.category,
        urgent: query.urgent,
        gift: query.gift,
        sieve: Sieve {
            since: query.since,
            within_km: query.near.and_then(|(_, most)| most),
        },
        weigh: Weigh {
            order: query.order,
            scored,
            now,
            near: query.near.map(|(at, _)| Ruler::at(at)),
        },
        keep: (query.offset.min(OFFSET_MAX) + query.limit.min(LIMIT_MAX)).max(ENOUGH),
    }
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
