//! A set of the documents of a stretch of a segment.

use std::ops::Range;

use tantivy::DocId;

const BITS: u32 = u64::BITS;
/// So many documents are looked up at a time.
const LOOKED_AT: usize = 128;

/// Documents of a window, a bit each. Only documents of the window are given.
#[derive(Debug, Clone)]
pub(crate) struct Bits {
    window: Range<DocId>,
    blocks: Vec<u64>,
}

impl Bits {
    pub(crate) fn none(window: Range<DocId>) -> Bits {
        let blocks = window.len().div_ceil(BITS as usize);
        Bits {
            blocks: vec![0; blocks],
            window,
        }
    }

    pub(crate) fn window(&self) -> Range<DocId> {
        self.window.clone()
    }

    /// Those of a part of the window that begins at a block's beginning.
    pub(crate) fn part(&self, part: &Range<DocId>) -> Bits {
        let block = |doc: DocId| (doc - self.window.start).div_ceil(BITS) as usize;
        Bits {
            window: part.clone(),
            blocks: self.blocks[block(part.start)..block(part.end)].to_vec(),
        }
    }

    /// The window in so many parts at the most, for [`part`](Self::part).
    pub(crate) fn parts(&self, many: usize) -> impl Iterator<Item = Range<DocId>> {
        let blocks = self.blocks.len().div_ceil(many.max(1)).max(1);
        let length = u32::try_from(blocks)
            .unwrap_or(u32::MAX)
            .saturating_mul(BITS);
        let Range { start, end } = self.window;
        let starts = (start..end).step_by(length as usize);
        starts.map(move |start| start..start.saturating_add(length).min(end))
    }

    /// Adds a document of the window.
    pub(crate) fn insert(&mut self, doc: DocId) {
        let at = doc - self.window.start;
        self.blocks[(at / BITS) as usize] |= 1 << (at % BITS);
    }

    /// Adds documents of the window.
    pub(crate) fn extend(&mut self, docs: &[DocId]) {
        for doc in docs {
            self.insert(*doc);
        }
    }

    /// Keeps what the other has too. Both are of one window.
    pub(crate) fn keep(&mut self, other: &Bits) {
        for (block, others) in self.blocks.iter_mut().zip(&other.blocks) {
            *block &= others;
        }
    }

    /// Adds what the other has. Both are of one window.
    pub(crate) fn add(&mut self, other: &Bits) {
        for (block, others) in self.blocks.iter_mut().zip(&other.blocks) {
            *block |= others;
        }
    }

    pub(crate) fn holds(&self, doc: DocId) -> bool {
        let at = doc - self.window.start;
        self.blocks[(at / BITS) as usize] & (1 << (at % BITS)) != 0
    }

    /// The documents, the least first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        let blocks = self
            .blocks
            .iter()
            .zip((self.window.start..).step_by(BITS as usize));
        blocks.flat_map(|(block, start)| {
            let mut left = *block;
            std::iter::from_fn(move || {
                let next = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (next < BITS).then_some(start + next)
            })
        })
    }
}

/// The same set, counted: which place each document has in it.
#[derive(Debug)]
pub(crate) struct Ranked {
    bits: Bits,
    /// How many documents come before each block.
    before: Vec<u32>,
    docs: Vec<DocId>,
}

impl Ranked {
    pub(crate) fn new(bits: Bits) -> Ranked {
        let mut count = 0;
        let before = bits.blocks.iter().map(|block| {
            let before = count;
            count += block.count_ones();
            before
        });
        Ranked {
            before: before.collect(),
            docs: bits.iter().collect(),
            bits,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.docs.len()
    }

    /// The documents in their order.
    pub(crate) fn docs(&self) -> &[DocId] {
        &self.docs
    }

    /// Which of these documents of the window are in the set, by their places among them, and their
    /// places in the set.
    pub(crate) fn among(&self, docs: &[DocId], mut give: impl FnMut(usize, usize)) {
        for (start, docs) in (0..).step_by(LOOKED_AT).zip(docs.chunks(LOOKED_AT)) {
            // No branch here: half of them would be guessed wrong. The remainder changes nothing
            // and spares the check of the bounds.
            let (mut found, mut count) = ([0; LOOKED_AT], 0);
            for (at, doc) in docs.iter().enumerate() {
                found[count % LOOKED_AT] = at;
                count += usize::from(self.bits.holds(*doc));
            }
            for at in &found[..count] {
                give(start + at, self.place(docs[*at]));
            }
        }
    }

    /// The place of a document of the set.
    fn place(&self, doc: DocId) -> usize {
        let at = doc - self.bits.window.start;
        let (block, bit) = ((at / BITS) as usize, 1_u64 << (at % BITS));
        let place = self.before[block] + (self.bits.blocks[block] & (bit - 1)).count_ones();
        place as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bits(start: DocId, docs: &BTreeSet<DocId>) -> Bits {
        let mut bits = Bits::none(start..start + 300);
        for doc in docs {
            bits.insert(*doc);
        }
        bits
    }

    proptest! {
        #[test]
        fn they_are_a_set_that_counts(
            one in prop::collection::btree_set(70_u32..370, 0..60),
            other in prop::collection::btree_set(70_u32..370, 0..60),
        ) {
            let mut both = bits(70, &one);
            both.keep(&bits(70, &other));
            let expected: Vec<_> = one.intersection(&other).copied().collect();
            prop_assert_eq!(both.iter().collect::<Vec<_>>(), expected);
            let mut all = bits(70, &one);
            all.add(&bits(70, &other));
            let expected: Vec<_> = one.union(&other).copied().collect();
            prop_assert_eq!(all.iter().collect::<Vec<_>>(), expected.clone());
            let ranked = Ranked::new(all);
            let mut found = Vec::new();
            let docs: Vec<DocId> = (70..370).collect();
            ranked.among(&docs, |at, place| found.push((docs[at], place)));
            prop_assert_eq!(found, expected.into_iter().zip(0..).collect::<Vec<_>>());
        }
    }
}
