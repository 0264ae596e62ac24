//! Which documents hold what is sought, and how well: term at a time.
//!
//! The engine's own queries walk document by document through unions of unions and score whatever
//! any word touches. Here the documents that hold everything are found first, as sets of bits, and
//! those of too near a reach fall out; only what is left is scored. What has run out or was deleted
//! falls out last.

mod postings;
mod score;
mod view;

use std::ops::Range;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader};

use crate::asked::{Holding, leaves};
use crate::bits::{Bits, Ranked};
use crate::fields::Fields;
use crate::index::Shown;
use crate::rows::Row;
use crate::sought::{Sought, Thing, Way};
use postings::LookedUp;
pub(crate) use postings::Terms;
use score::Tally;
pub(crate) use view::View;

/// So many postings are worth a thread of their own.
const SHARE_POSTINGS: usize = if cfg!(test) { 2 } else { 5_000 };

/// What is sought, looked up in the dictionaries of all segments.
pub(crate) struct Evaluation<'a> {
    view: &'a View<'a>,
    things: Vec<FoundThing>,
    scored: bool,
}

/// Where one looks: a stretch of a segment.
pub(crate) struct Stretch<'a> {
    segment: &'a SegmentReader,
    ordinal: usize,
    window: Range<DocId>,
}

struct FoundThing {
    ways: Vec<FoundWay>,
    needed: bool,
}

struct FoundWay {
    words: Vec<FoundWord>,
    weight: f32,
}

/// Under which terms a word stands.
struct FoundWord(Vec<LookedUp>);

impl<'a> Evaluation<'a> {
    pub(crate) fn new(view: &'a View<'a>, things: &[Thing], scored: bool) -> tantivy::Result<Self> {
        let word = |word: &Sought| FoundWord::new(view.shown, view.fields, word);
        let way = |way: &Way| {
            let words = way.words.iter().map(word).collect::<tantivy::Result<_>>()?;
            Ok(FoundWay {
                words,
                weight: way.weight,
            })
        };
        let thing = |thing: &Thing| {
            let ways = thing.ways.iter().map(way).collect::<tantivy::Result<_>>()?;
            Ok(FoundThing {
                ways,
                needed: thing.needed,
            })
        };
        let things = things.iter().map(thing).collect::<tantivy::Result<_>>()?;
        Ok(Self {
            view,
            things,
            scored,
        })
    }

    /// On how many of these threads it is worth being done: to start one takes as long as some
    /// thousands of postings.
    pub(crate) fn threads(&self, idle: usize) -> usize {
        let ways = self.things.iter().flat_map(|thing| &thing.ways);
        let words = ways.flat_map(|way| &way.words);
        let terms = words.flat_map(|word| &word.0);
        let postings: usize = terms.map(LookedUp::postings).sum();
        (postings / SHARE_POSTINGS).clamp(1, idle)
    }

    /// The documents of a part of a segment that hold every needed thing, or any, and that the
    /// viewer may see, each with its score. All that they may see where nothing is sought.
    pub(crate) fn part(
        &self,
        (ordinal, window): (usize, Range<DocId>),
        holding: Holding,
        mut collect: impl FnMut(DocId, Row, Score),
    ) -> tantivy::Result<()> {
        let Some(ground) = self.view.ground(ordinal) else {
            return Ok(());
        };
        let looked_at = ground.bits.part(&window);
        let stretch = self.view.stretch(ordinal, window);
        let matching = self.matching(&stretch, looked_at, holding)?;
        if !self.scored {
            ground.seen(matching.iter(), |_, doc, row| collect(doc, row, 0.0));
            return Ok(());
        }
        let matching = Ranked::new(matching);
        let mut tally = Tally::new(&stretch, &matching);
        for thing in &self.things {
            tally.add(thing, holding)?;
        }
        let (docs, scores) = (matching.docs().iter().copied(), tally.scores());
        ground.seen(docs, |place, doc, row| collect(doc, row, scores[place]));
        Ok(())
    }

    fn matching(
        &self,
        stretch: &Stretch<'_>,
        looked_at: Bits,
        holding: Holding,
    ) -> tantivy::Result<Bits> {
        let mut needed = self.things.iter().filter(|thing| thing.needed);
        let Some(first) = needed.next() else {
            return Ok(looked_at);
        };
        let mut matching = first.bits(stretch, holding)?;
        for thing in needed {
            let bits = thing.bits(stretch, holding)?;
            match holding {
                Holding::Every => matching.keep(&bits),
                Holding::Any => matching.add(&bits),
            }
        }
        matching.keep(&looked_at);
        Ok(matching)
    }
}

impl FoundThing {
    /// The documents that hold it; where any is enough, those too that hold one of the words by
    /// which it is said.
    fn bits(&self, stretch: &Stretch<'_>, holding: Holding) -> tantivy::Result<Bits> {
        let mut all = Bits::none(stretch.window.clone());
        for way in &self.ways {
            all.add(&way.bits(stretch)?);
        }
        if holding == Holding::Any {
            for word in self.apart() {
                all.add(&word.bits(stretch)?);
            }
        }
        Ok(all)
    }

    /// Its words, where it takes several to say it.
    fn apart(&self) -> &[FoundWord] {
        match self.ways.first() {
            Some(way) if way.words.len() > 1 => &way.words,
            _ => &[],
        }
    }
}

impl FoundWay {
    /// The documents that hold all its words.
    fn bits(&self, stretch: &Stretch<'_>) -> tantivy::Result<Bits> {
        let mut words = self.words.iter();
        let Some(first) = words.next() else {
            return Ok(Bits::none(stretch.window.clone()));
        };
        let mut bits = first.bits(stretch)?;
        for word in words {
            bits.keep(&word.bits(stretch)?);
        }
        Ok(bits)
    }
}

impl FoundWord {
    fn new(shown: &Shown, fields: &Fields, word: &Sought) -> tantivy::Result<Self> {
        let found = leaves(fields, word).into_iter();
        let found = found.map(|leaf| LookedUp::new(shown, leaf));
        Ok(Self(found.collect::<tantivy::Result<_>>()?))
    }

    /// The terms by which it is found.
    fn finding(&self) -> impl Iterator<Item = &LookedUp> {
        self.0.iter().filter(|found| !found.only_weighs)
    }

    fn bits(&self, stretch: &Stretch<'_>) -> tantivy::Result<Bits> {
        let mut bits = Bits::none(stretch.window.clone());
        for found in self.finding() {
            found.each(stretch, IndexRecordOption::Basic, |docs, _| {
                bits.extend(docs);
            })?;
        }
        Ok(bits)
    }
}
