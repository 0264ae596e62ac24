//! Words for one thing.

use std::collections::HashMap;

use crate::analysis::{Analysis, Word};

/// What everybody's query is widened by.
const EVERYDAY: &str = include_str!("../assets/synonyms.fr.txt");
/// So many words, at the most, are one way of saying a thing.
const WORDS_MAX: usize = 4;

/// Another way of saying a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Synonym<'a> {
    pub(crate) words: &'a [Word],
    /// Whether it is only found by what was said, and does not say the same.
    pub(crate) is_led: bool,
}

/// Ways of saying a thing.
#[derive(Debug)]
struct Group {
    ways: Vec<Vec<Word>>,
    /// So many of them, the first, find the others; the rest is only found.
    leading: usize,
}

impl Group {
    fn leading(&self) -> &[Vec<Word>] {
        &self.ways[..self.leading]
    }
}

/// Words, and groups of words, that mean one thing.
#[derive(Debug, Default)]
pub(crate) struct Thesaurus {
    groups: Vec<Group>,
    /// From the stem of a first word to the group and the place in it.
    begins: HashMap<String, Vec<(usize, usize)>>,
}

impl Thesaurus {
    pub(crate) fn everyday(analysis: &Analysis) -> Self {
        let lines = EVERYDAY.lines().filter(|line| !line.starts_with('#'));
        Self::new(analysis, lines)
    }

    /// Reads lines: « vélo, bicyclette » count for each other, « vélo > rustine » for the first.
    pub(crate) fn new<'a>(analysis: &Analysis, lines: impl Iterator<Item = &'a str>) -> Self {
        let mut it = Self::default();
        for line in lines {
            let (leading, led) = line.split_once('>').unwrap_or((line, ""));
            let mut ways = ways(analysis, leading);
            let leading = ways.len();
            ways.extend(self::ways(analysis, led));
            if leading > 0 && ways.len() > 1 {
                it.add(Group { ways, leading });
            }
        }
        it
    }

    fn add(&mut self, group: Group) {
        let number = self.groups.len();
        for (place, way) in group.leading().iter().enumerate() {
            for stem in way.first().into_iter().flat_map(|word| &word.stems) {
                let begins = self.begins.entry(stem.clone()).or_default();
                if !begins.contains(&(number, place)) {
                    begins.push((number, place));
                }
            }
        }
        self.groups.push(group);
    }

    /// How many of these words, from the first on, say a thing of ours, and how else it is said.
    /// Stop words between them do not count, as a length they do.
    pub(crate) fn look_up(&self, words: &[Word]) -> (usize, Vec<Synonym<'_>>) {
        let mut best = 0;
        let mut synonyms: Vec<Synonym<'_>> = Vec::new();
        let stems = words.first().into_iter().flat_map(|word| &word.stems);
        let begun = stems.filter_map(|stem| self.begins.get(stem)).flatten();
        for (group, place) in begun {
            let Group { ways, leading } = &self.groups[*group];
            let length = said(&ways[*place], words);
            if length == 0 || length < best {
                continue;
            }
            if length > best {
                best = length;
                synonyms.clear();
            }
            let others = ways.iter().enumerate().filter(|(it, _)| it != place);
            for (it, words) in others {
                let is_led = it >= *leading;
                match synonyms.iter_mut().find(|known| known.words == words) {
                    Some(known) => known.is_led &= is_led,
                    None => synonyms.push(Synonym { words, is_led }),
                }
            }
        }
        (best, synonyms)
    }

    /// The words that something is said by in one word, and that are at most so many mistakes away.
    pub(crate) fn neighbours(&self, folded: &str, mistakes: u8) -> Vec<(&Word, u8)> {
        let words = self.groups.iter().flat_map(Group::leading);
        let mut near: Vec<(&Word, u8)> = words
            .filter_map(|way| match way.as_slice() {
                [only] => Some((only, mistakes_between(folded, &only.folded, mistakes)?)),
                _ => None,
            })
            .collect();
        near.sort_by(|(one, few), (other, more)| (few, &one.folded).cmp(&(more, &other.folded)));
        near.dedup_by(|(one, _), (other, _)| one.folded == other.folded);
        near
    }
}

fn ways(analysis: &Analysis, line: &str) -> Vec<Vec<Word>> {
    let telling = |way: &str| -> Vec<Word> {
        let words = analysis.words(way).into_iter();
        words.filter(|word| !word.is_stop_word()).collect()
    };
    let ways = line.split(',').map(telling);
    ways.filter(|way| (1..=WORDS_MAX).contains(&way.len()))
        .collect()
}

/// How many letters are too many, missing, wrong or exchanged between two words (Damerau and
/// Levenshtein, neighbours exchanged once); none where there are none or more than `most`.
fn mistakes_between(one: &str, other: &str, most: u8) -> Option<u8> {
    let letters = |word: &str| word.chars().count();
    if letters(one).abs_diff(letters(other)) > usize::from(most) {
        return None;
    }
    let count = u8::try_from(strsim::osa_distance(one, other)).ok()?;
    (1..=most).contains(&count).then_some(count)
}

/// How many of the words it takes to say this; 0 where they do not.
fn said(way: &[Word], words: &[Word]) -> usize {
    let mut at = 0;
    for wanted in way {
        let skipped = words[at..].iter().take_while(|word| word.is_stop_word());
        at += skipped.count();
        match words.get(at) {
            Some(word) if word.is_akin(wanted) => at += 1,
            _ => return 0,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(thesaurus: &Thesaurus, text: &str) -> (usize, Vec<String>) {
        let words = Analysis::new().words(text);
        let (length, ways) = thesaurus.look_up(&words);
        let said = |way: Synonym<'_>| -> String {
            let words = way.words.iter().map(|word| word.folded.as_str());
            let words: Vec<&str> = words.collect();
            words.join(" ")
        };
        (length, ways.into_iter().map(said).collect())
    }

    #[test]
    fn the_longest_words_that_say_a_thing_are_widened_by_the_others() {
        let analysis = Analysis::new();
        let lines = [
            "baby-sitting, garde d'enfants, nounou",
            "garde, gardiennage",
            "seul",
        ];
        let thesaurus = Thesaurus::new(&analysis, lines.into_iter());
        let all = |ways: &[&str]| ways.iter().map(|way| (*way).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            ways(&thesaurus, "gardes d'enfant le soir"),
            (2, all(&["baby sitting", "nounou"]))
        );
        assert_eq!(
            ways(&thesaurus, "garde du chien"),
            (1, all(&["gardiennage"]))
        );
        assert_eq!(ways(&thesaurus, "seul"), (0, all(&[])));
        assert_eq!(ways(&thesaurus, ""), (0, all(&[])));
    }

    #[test]
    fn what_is_only_found_finds_nothing_itself() {
        let analysis = Analysis::new();
        let thesaurus = Thesaurus::new(&analysis, ["vélo, bicyclette > rustine"].into_iter());
        let all = |ways: &[&str]| ways.iter().map(|way| (*way).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            ways(&thesaurus, "vélos"),
            (1, all(&["bicyclette", "rustine"]))
        );
        assert_eq!(ways(&thesaurus, "rustine"), (0, all(&[])));
    }

    #[test]
    fn a_mistyped_word_is_near_its_own() {
        let analysis = Analysis::new();
        let lines = ["jardinage, jardinier, entretien du jardin", "jardin, clos"];
        let thesaurus = Thesaurus::new(&analysis, lines.into_iter());
        let near = |typed, mistakes| -> Vec<(&str, u8)> {
            let near = thesaurus.neighbours(typed, mistakes).into_iter();
            near.map(|(word, mistakes)| (word.folded.as_str(), mistakes))
                .collect()
        };
        assert_eq!(near("jardinnage", 2), [("jardinage", 1)]);
        assert_eq!(near("jardiange", 1), [("jardinage", 1)]);
        assert_eq!(near("jardin", 1), []);
        assert_eq!(near("jadrni", 1), []);
        assert_eq!(near("jadrni", 2), [("jardin", 2)]);
    }

    #[test]
    fn the_everyday_ones_are_read() {
        let analysis = Analysis::new();
        let thesaurus = Thesaurus::everyday(&analysis);
        let (_, ways) = ways(&thesaurus, "bicyclette");
        assert!(ways.contains(&"velo".to_owned()), "{ways:?}");
    }
}
