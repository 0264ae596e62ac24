//! Mistyped words: what they may have been meant to be.

use std::slice;

use crate::dictionary;
use crate::evaluate::View;
use crate::index::{Error, Index};
use crate::sought::{self, Sought, Thing, Way};

/// Up to how many letters a mistake is forgiven only where the word as written finds nothing:
/// short words have too many neighbours (« pain » and « main », « livre » and « libre »).
const CROWDED_LETTERS_MAX: usize = 5;
/// A longer word that finds fewer notices than this is looked for with other endings as well, of so
/// many letters at the most: it is no mistake, « massage » is not « message ».
const FEW: usize = 3;
const ENDING_LETTERS_MAX: usize = 3;
/// So many words that a mistaken one may be are looked for, and of so many also what they are
/// called otherwise.
const CORRECTIONS_MAX: usize = 4;
const MEANT_MAX: usize = 2;

impl Index {
    /// Takes words that find nothing, or next to nothing, for mistakes, and looks for what they
    /// may have been meant to be.
    pub(super) fn forgive(&self, view: &View<'_>, thing: &mut Thing) -> Result<(), Error> {
        let mut doubtful = false;
        for word in thing.typed() {
            if word.mistakes == 0 {
                continue;
            }
            match doubt(view, word)? {
                Doubt::None => {}
                Doubt::Ending => self.correct(view, word, Some(ENDING_LETTERS_MAX))?,
                Doubt::Mistake => {
                    doubtful = true;
                    self.correct(view, word, None)?;
                }
            }
        }
        if doubtful && let Some(word) = thing.only() {
            let meant = self.thesaurus.neighbours(word.folded(), word.mistakes);
            let meant: Vec<_> = meant.into_iter().take(MEANT_MAX).collect();
            for (word, mistakes) in meant {
                let (_, synonyms) = self.thesaurus.look_up(slice::from_ref(word));
                let weight = sought::mistaken(mistakes);
                let ways = synonyms.into_iter().map(|it| Way::synonym(it, weight));
                thing.ways.extend(ways);
            }
        }
        Ok(())
    }

    /// Adds the words that this one may have been meant to be; where an ending is named, those that
    /// differ in so many last letters at the most, and are about as long.
    fn correct(
        &self,
        view: &View<'_>,
        word: &mut Sought,
        ending: Option<usize>,
    ) -> Result<(), Error> {
        let typed = word.folded().to_owned();
        let neighbours =
            dictionary::neighbours(view.searcher(), &self.fields, &typed, word.mistakes)?;
        let begins = ending.map(|letters| beginning(&typed, letters));
        let length = |word: &str| word.chars().count();
        let is_akin = |other: &str| {
            begins.as_ref().is_none_or(|begins| {
                other.starts_with(begins) && length(other).abs_diff(length(&typed)) <= 1
            })
        };
        let akin = neighbours.into_iter();
        let mut found = 0;
        for neighbour in akin.filter(|it| is_akin(&it.folded)) {
            let mut meant = word.clone();
            meant.prefix = false;
            meant.forms.clear();
            if let Some(word) = self.analysis.words(&neighbour.folded).pop() {
                meant.may_be(&word, neighbour.mistakes);
            }
            // A word that stands in notices of others only is nobody's business.
            if view.holds(&meant, 1)? > 0 {
                word.forms.append(&mut meant.forms);
                found += 1;
            }
            if found == CORRECTIONS_MAX {
                break;
            }
        }
        Ok(())
    }
}

/// Whether a word may not be what was meant.
enum Doubt {
    None,
    /// It stands in next to no notice.
    Ending,
    /// It stands in none.
    Mistake,
}

fn doubt(view: &View<'_>, word: &Sought) -> Result<Doubt, Error> {
    let is_crowded = word.folded().chars().count() <= CROWDED_LETTERS_MAX;
    Ok(match view.holds(word, FEW)? {
        0 => Doubt::Mistake,
        1..FEW if !is_crowded => Doubt::Ending,
        _ => Doubt::None,
    })
}

/// All but so many last letters.
fn beginning(word: &str, letters: usize) -> String {
    let kept = word.chars().count().saturating_sub(letters);
    word.chars().take(kept).collect()
}

#[cfg(test)]
mod tests {
    use crate::Query;
    use crate::notices::*;

    #[test]
    fn one_typing_mistake_is_forgiven() {
        let index = filled();
        assert_eq!(find(&index, "rosirs"), [1]);
        assert_eq!(find(&index, "repasage"), [3]);
        assert_eq!(find(&index, "espganol"), [6]);
        assert_eq!(find(&index, "rsirs"), []);
    }

    #[test]
    fn a_short_word_is_forgiven_its_mistake_only_where_it_is_missing() {
        let index = filled();
        let retitled = |number, title: &str| {
            let mut retitled = entry(MARS_ID, number);
            retitled.title = title.to_owned();
            put(retitled)
        };
        let breads = vec![retitled(1, "Pain d’épices"), retitled(2, "Un coup de main")];
        index.apply(breads, "14").unwrap();
        assert_eq!(find(&index, "pain"), [1]);
        assert_eq!(find(&index, "bain"), [2, 1]);
        assert_eq!(find(&index, "couer"), [11]);
        index.apply(vec![remove(1)], "15").unwrap();
        assert_eq!(find(&index, "pain"), [2]);
    }

    #[test]
    fn a_stop_word_is_no_beginning_and_no_mistake_of_another_word() {
        let index = filled();
        assert_eq!(find(&index, "danse"), []);
        assert_eq!(find(&index, "ave"), []);
    }

    #[test]
    fn two_mistakes_are_forgiven_in_a_long_word() {
        let index = filled();
        assert_eq!(find(&index, "covoiturrages"), [8]);
        assert_eq!(find(&index, "covoituraje"), [8]);
        assert_eq!(find(&index, "covuatirage"), []);
    }

    #[test]
    fn a_word_that_stands_somewhere_is_tried_with_other_endings_and_is_no_other_word() {
        let index = filled();
        let mut massage = entry(MARS_ID, 1);
        massage.title = "Massage du dos".to_owned();
        let mut message = entry(MARS_ID, 2);
        message.title = "Un message à écrire".to_owned();
        index.apply(vec![put(massage), put(message)], "14").unwrap();
        assert_eq!(find(&index, "massage"), [1]);
        assert_eq!(find(&index, "masage"), [1]);
        index.apply(vec![remove(1)], "15").unwrap();
        assert_eq!(find(&index, "massage"), [2]);
        let literal = Query {
            literal: true,
            ..asking("massage")
        };
        assert!(is_nothing(&index.find(&MARS, &literal).unwrap()));
    }
}
