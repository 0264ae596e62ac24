//! Which documents hold what is sought, and how well: term at a time.
//!
//! The engine's own queries walk document by document through unions of unions and score whatever
//! any word touches. Here the documents that hold everything are found first, as sets of bits, and
//! those that the viewer may not see fall out; only what is left is scored.

mod postings;
mod score;

use std::ops::Range;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Searcher, SegmentReader, Term};

use crate::asked::{Holding, leaves};
use crate::bits::{Bits, Ranked};
use crate::fields::Fields;
use crate::index::Shown;
use crate::sought::{Sought, Thing, Way};
use crate::viewer::{Sight, Viewer};
use postings::{Found, each_block};
use score::Tally;

/// What is sought, looked up in the dictionaries of all segments.
pub(crate) struct Evaluation<'a> {
    shown: &'a Shown,
    fields: &'a Fields,
    viewer: &'a Viewer,
    things: Vec<FoundThing>,
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
pub(crate) struct FoundWord(Vec<Found>);

impl<'a> Evaluation<'a> {
    pub(crate) fn new(
        shown: &'a Shown,
        fields: &'a Fields,
        viewer: &'a Viewer,
        things: &[Thing],
    ) -> tantivy::Result<Self> {
        let searcher = &shown.searcher;
        let word = |word: &Sought| FoundWord::new(searcher, fields, word);
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
            shown,
            fields,
            viewer,
            things,
        })
    }

    /// The documents of a segment that hold every needed thing, or any, and that the viewer may
    /// see, each with its score. All that they may see where nothing is sought.
    pub(crate) fn segment(
        &self,
        ordinal: usize,
        holding: Holding,
        mut collect: impl FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let segment = &self.shown.searcher.segment_readers()[ordinal];
        let Some(ground) = ground(segment, self.fields, self.viewer)? else {
            return Ok(());
        };
        let stretch = Stretch {
            segment,
            ordinal,
            window: ground.window(),
        };
        let matching = self.matching(&stretch, &ground, holding)?;
        let sight = Sight::new(self.viewer, &self.shown.rows[ordinal]);
        let mut seen = Bits::none(ground.window());
        let alive = segment.alive_bitset();
        for doc in matching.iter() {
            let is_alive = alive.is_none_or(|alive| alive.is_alive(doc));
            if is_alive && sight.sees(doc) {
                seen.insert(doc);
            }
        }
        let seen = Ranked::new(seen);
        let mut tally = Tally::new(&stretch, &seen);
        for thing in &self.things {
            tally.add(thing, holding)?;
        }
        for (doc, score) in seen.docs().iter().zip(tally.scores()) {
            collect(*doc, score);
        }
        Ok(())
    }

    fn matching(
        &self,
        stretch: &Stretch<'_>,
        ground: &Bits,
        holding: Holding,
    ) -> tantivy::Result<Bits> {
        let mut needed = self.things.iter().filter(|thing| thing.needed);
        let Some(first) = needed.next() else {
            return Ok(ground.clone());
        };
        let mut matching = first.bits(stretch, holding)?;
        for thing in needed {
            let bits = thing.bits(stretch, holding)?;
            match holding {
                Holding::Every => matching.keep(&bits),
                Holding::Any => matching.add(&bits),
            }
        }
        matching.keep(ground);
        Ok(matching)
    }
}

/// How many documents that the viewer may see hold a word; no more than `most` are counted.
pub(crate) fn holds(
    shown: &Shown,
    fields: &Fields,
    viewer: &Viewer,
    word: &Sought,
    most: usize,
) -> tantivy::Result<usize> {
    let word = FoundWord::new(&shown.searcher, fields, word)?;
    let mut count = 0;
    for (ordinal, segment) in shown.searcher.segment_readers().iter().enumerate() {
        let Some(ground) = ground(segment, fields, viewer)? else {
            continue;
        };
        let stretch = Stretch {
            segment,
            ordinal,
            window: ground.window(),
        };
        let mut bits = word.bits(&stretch)?;
        bits.keep(&ground);
        let sight = Sight::new(viewer, &shown.rows[ordinal]);
        let alive = segment.alive_bitset();
        for doc in bits.iter() {
            let is_alive = alive.is_none_or(|alive| alive.is_alive(doc));
            count += usize::from(is_alive && sight.sees(doc));
            if count == most {
                return Ok(count);
            }
        }
    }
    Ok(count)
}

/// The documents of the associations that are looked at, and the stretch where they stand: those
/// of one association are neighbours, mostly. None where there are none.
fn ground(
    segment: &SegmentReader,
    fields: &Fields,
    viewer: &Viewer,
) -> tantivy::Result<Option<Bits>> {
    let Some(within) = viewer.eyes.within() else {
        let all = Bits::all(0..segment.max_doc());
        return Ok((segment.max_doc() > 0).then_some(all));
    };
    let index = segment.inverted_index(fields.association)?;
    let everywhere = 0..segment.max_doc();
    let mut docs: Vec<DocId> = Vec::new();
    for id in within {
        let term = Term::from_field_bytes(fields.association, id.as_bytes());
        if let Some(mut postings) = index.read_block_postings(&term, IndexRecordOption::Basic)? {
            each_block(&mut postings, &everywhere, |some, _| docs.extend(some));
        }
    }
    let (Some(first), Some(last)) = (docs.iter().min(), docs.iter().max()) else {
        return Ok(None);
    };
    let mut ground = Bits::none(*first..last + 1);
    ground.extend(&docs);
    Ok(Some(ground))
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
    fn new(searcher: &Searcher, fields: &Fields, word: &Sought) -> tantivy::Result<Self> {
        let found = leaves(fields, word).into_iter();
        let found = found.map(|leaf| Found::new(searcher, leaf));
        Ok(Self(found.collect::<tantivy::Result<_>>()?))
    }

    fn bits(&self, stretch: &Stretch<'_>) -> tantivy::Result<Bits> {
        let mut bits = Bits::none(stretch.window.clone());
        for found in &self.0 {
            found.each(stretch, IndexRecordOption::Basic, |docs, _| {
                bits.extend(docs);
            })?;
        }
        Ok(bits)
    }
}
