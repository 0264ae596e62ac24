//! Adds up the scores of a segment's documents, thing by thing, way by way, word by word.

use tantivy::Score;
use tantivy::schema::IndexRecordOption;

use super::postings::{LookedUp, Scored};
use super::{FoundThing, FoundWay, FoundWord, Stretch};
use crate::asked::{AROUND, Beginning, Holding, TIE_BREAKER};
use crate::bits::Ranked;

/// Values by place, and which places have one.
#[derive(Debug)]
struct Sparse<T> {
    values: Vec<T>,
    touched: Vec<usize>,
}

impl<T: Copy + Default + PartialEq> Sparse<T> {
    fn new(length: usize) -> Self {
        Self {
            values: vec![T::default(); length],
            touched: Vec::new(),
        }
    }

    fn change(&mut self, place: usize, change: impl FnOnce(&mut T)) {
        let value = &mut self.values[place];
        if *value == T::default() {
            self.touched.push(place);
        }
        change(value);
    }

    /// Takes all values out.
    fn drain(&mut self, mut take: impl FnMut(usize, T)) {
        for place in self.touched.drain(..) {
            take(place, std::mem::take(&mut self.values[place]));
        }
    }
}

/// The terms of one word that a document holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct OfWord {
    best: Score,
    sum: Score,
    /// In which fields a word begins so.
    begun: u8,
}

impl OfWord {
    fn add(&mut self, score: Score) {
        self.best = self.best.max(score);
        self.sum += score;
    }

    fn begin(&mut self, begins: Beginning) {
        if self.begun & begins.mark == 0 {
            self.begun |= begins.mark;
            self.add(begins.score);
        }
    }

    /// The best term counts, and the others a little.
    fn score(self) -> Score {
        self.best + TIE_BREAKER * (self.sum - self.best)
    }
}

/// The words of one way that a document holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct OfWay {
    score: Score,
    words: usize,
}

/// The scores of the documents that match.
pub(super) struct Tally<'a> {
    stretch: &'a Stretch<'a>,
    matching: &'a Ranked,
    /// Of all things.
    total: Vec<Score>,
    /// The best way of one thing.
    thing: Sparse<Score>,
    way: Sparse<OfWay>,
    word: Sparse<OfWord>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(stretch: &'a Stretch<'a>, matching: &'a Ranked) -> Self {
        let length = matching.len();
        Self {
            stretch,
            matching,
            total: vec![0.0; length],
            thing: Sparse::new(length),
            way: Sparse::new(length),
            word: Sparse::new(length),
        }
    }

    /// In the order of the documents.
    pub(super) fn scores(self) -> Vec<Score> {
        self.total
    }

    /// The best way of a thing counts; where any word is enough, each of its words besides.
    pub(super) fn add(&mut self, thing: &FoundThing, holding: Holding) -> tantivy::Result<()> {
        for way in &thing.ways {
            self.way(way)?;
        }
        let weight = if thing.needed { 1.0 } else { AROUND };
        let (total, best) = (&mut self.total, &mut self.thing);
        best.drain(|place, score| total[place] += weight * score);
        if holding == Holding::Any {
            for word in thing.apart() {
                self.terms(word)?;
                let total = &mut self.total;
                self.word
                    .drain(|place, word| total[place] += weight * word.score());
            }
        }
        Ok(())
    }

    /// A way counts where all its words are.
    fn way(&mut self, way: &FoundWay) -> tantivy::Result<()> {
        // Most ways are one word.
        if let [word] = way.words.as_slice() {
            self.terms(word)?;
            let thing = &mut self.thing;
            self.word.drain(|place, word| {
                thing.change(place, |it| *it = it.max(way.weight * word.score()));
            });
            return Ok(());
        }
        for word in &way.words {
            self.terms(word)?;
            let sums = &mut self.way;
            self.word.drain(|place, word| {
                sums.change(place, |it| {
                    it.score += word.score();
                    it.words += 1;
                });
            });
        }
        let thing = &mut self.thing;
        self.way.drain(|place, sum| {
            if sum.words == way.words.len() {
                thing.change(place, |it| *it = it.max(way.weight * sum.score));
            }
        });
        Ok(())
    }

    fn terms(&mut self, word: &FoundWord) -> tantivy::Result<()> {
        for found in &word.0 {
            self.term(found)?;
        }
        Ok(())
    }

    fn term(&mut self, found: &LookedUp) -> tantivy::Result<()> {
        let lengths = self.stretch.segment.get_fieldnorms_reader(found.field)?;
        let (matching, word) = (self.matching, &mut self.word);
        match &found.scored {
            Scored::Beginning(begins) => {
                let option = IndexRecordOption::Basic;
                found.each(self.stretch, option, |docs, _| {
                    matching.among(docs, |_, place| word.change(place, |it| it.begin(*begins)));
                })?;
            }
            Scored::Bm25(weight, begins) => {
                let option = IndexRecordOption::WithFreqs;
                found.each(self.stretch, option, |docs, often| {
                    matching.among(docs, |at, place| {
                        let length = lengths.fieldnorm_id(docs[at]);
                        let score = weight.score(length, often[at]);
                        word.change(place, |it| {
                            it.add(score);
                            if let Some(begins) = begins {
                                it.begin(*begins);
                            }
                        });
                    });
                })?;
            }
        }
        Ok(())
    }
}
