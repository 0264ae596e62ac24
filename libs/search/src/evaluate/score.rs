//! Adds up the scores of a segment's documents, thing by thing, way by way, word by word.

use tantivy::Score;
use tantivy::schema::IndexRecordOption;

use super::postings::{LookedUp, Scored};
use super::{FoundThing, FoundWay, FoundWord, Stretch};
use crate::asked::{AROUND, Holding, TIE_BREAKER};
use crate::bits::{Bits, Ranked};

/// Scores by place, and which places have one.
#[derive(Debug)]
struct Sparse {
    scores: Vec<Score>,
    touched: Vec<usize>,
}

impl Sparse {
    fn new(length: usize) -> Sparse {
        Sparse {
            scores: vec![0.0; length],
            touched: Vec::new(),
        }
    }

    fn change(&mut self, place: usize, change: impl FnOnce(Score) -> Score) {
        let before = self.scores[place];
        if before == 0.0 {
            self.touched.push(place);
        }
        self.scores[place] = change(before);
    }

    /// Takes all scores out.
    fn drain(&mut self, mut take: impl FnMut(usize, Score)) {
        for place in self.touched.drain(..) {
            take(place, std::mem::take(&mut self.scores[place]));
        }
    }
}

/// The scores of the documents that were seen.
pub(super) struct Tally<'a> {
    stretch: &'a Stretch<'a>,
    seen: &'a Ranked,
    /// Of all things.
    total: Sparse,
    /// The best way of one thing.
    thing: Sparse,
    /// The words of one way.
    way: Sparse,
    /// The best term of one word, and the sum of its terms.
    best: Sparse,
    sum: Vec<Score>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(stretch: &'a Stretch<'a>, seen: &'a Ranked) -> Self {
        let length = seen.len();
        Self {
            stretch,
            seen,
            total: Sparse::new(length),
            thing: Sparse::new(length),
            way: Sparse::new(length),
            best: Sparse::new(length),
            sum: vec![0.0; length],
        }
    }

    /// In the order of the documents.
    pub(super) fn scores(self) -> Vec<Score> {
        self.total.scores
    }

    /// The best way of a thing counts; where any word is enough, each of its words besides.
    pub(super) fn add(&mut self, thing: &FoundThing, holding: Holding) -> tantivy::Result<()> {
        for way in &thing.ways {
            self.way(way)?;
        }
        let weight = if thing.needed { 1.0 } else { AROUND };
        let (total, best) = (&mut self.total, &mut self.thing);
        best.drain(|place, score| total.change(place, |it| it + weight * score));
        if holding == Holding::Any {
            for word in thing.apart() {
                self.word(word)?;
                let (total, way) = (&mut self.total, &mut self.way);
                way.drain(|place, score| total.change(place, |it| it + weight * score));
            }
        }
        Ok(())
    }

    fn way(&mut self, way: &FoundWay) -> tantivy::Result<()> {
        for word in &way.words {
            self.word(word)?;
        }
        let every: Option<Bits> = match way.words.len() {
            1 => None,
            _ => Some(way.bits(self.stretch)?),
        };
        let docs = self.seen;
        let (thing, sums) = (&mut self.thing, &mut self.way);
        let holds_every = |place| {
            let doc = docs.doc(place);
            every.as_ref().is_none_or(|bits| bits.holds(doc))
        };
        sums.drain(|place, score| {
            if holds_every(place) {
                thing.change(place, |it| it.max(way.weight * score));
            }
        });
        Ok(())
    }

    /// The best term of a word counts, and the others a little.
    fn word(&mut self, word: &FoundWord) -> tantivy::Result<()> {
        for found in &word.0 {
            self.term(found)?;
        }
        let (way, sum) = (&mut self.way, &mut self.sum);
        self.best.drain(|place, best| {
            let rest = std::mem::take(&mut sum[place]) - best;
            way.change(place, |it| it + best + TIE_BREAKER * rest);
        });
        Ok(())
    }

    fn term(&mut self, found: &LookedUp) -> tantivy::Result<()> {
        let lengths = self.stretch.segment.get_fieldnorms_reader(found.field)?;
        let (seen, best, sum) = (self.seen, &mut self.best, &mut self.sum);
        let mut add = |place, score: Score| {
            best.change(place, |it| it.max(score));
            sum[place] += score;
        };
        match &found.scored {
            Scored::Constant(score) => {
                let mut once = Bits::none(self.stretch.window.clone());
                let option = IndexRecordOption::Basic;
                found.each(self.stretch, option, |docs, _| {
                    once.extend(docs);
                })?;
                once.keep(seen.bits());
                once.iter()
                    .filter_map(|doc| seen.place(doc))
                    .for_each(|place| add(place, *score));
            }
            Scored::Bm25(weight) => {
                let option = IndexRecordOption::WithFreqs;
                found.each(self.stretch, option, |docs, often| {
                    for (doc, often) in docs.iter().zip(often) {
                        if let Some(place) = seen.place(*doc) {
                            add(place, weight.score(lengths.fieldnorm_id(*doc), *often));
                        }
                    }
                })?;
            }
        }
        Ok(())
    }
}
