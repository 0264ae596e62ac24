//! Texts in the manner of the written notices: words follow each other as they do there (a chain of
//! pairs of words), with names of people and localities, and a typing mistake now and then, so that
//! words are as many and as unequal as people's are.

use crate::chance::Chance;
use crate::written::{Line, written};
use anyhow::Result;
use sel::place::Place;
use std::collections::HashMap;

const FIRST_NAMES: &str = include_str!("../../assets/first-names.fr.txt");
const SURNAMES: &str = include_str!("../../assets/surnames.fr.txt");

/// Words of a sentence, and letters of a title and a body, at the most.
const SENTENCE_WORDS: usize = 16;
const TITLE_LETTERS: usize = 70;
const BODY_LETTERS: usize = 400;
/// In a thousand words, so many are mistyped.
const MISTYPED: usize = 4;

/// A notice, as far as its text goes.
pub(super) struct Text {
    pub(super) kind: String,
    pub(super) rubric: String,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) units_mode: String,
    pub(super) units: String,
}

/// Words that follow each other.
#[derive(Debug, Default)]
struct Chain {
    begins: Vec<String>,
    follows: HashMap<String, Vec<String>>,
}

#[derive(Debug)]
pub(super) struct Texts {
    lines: Vec<Line>,
    bodies: Chain,
    first_names: Vec<&'static str>,
    surnames: Vec<&'static str>,
}

impl Texts {
    pub(super) fn read() -> Result<Texts> {
        let lines = written()?;
        let mut bodies = Chain::default();
        for line in &lines {
            for sentence in line.text.split_inclusive(['.', '!', '?']) {
                bodies.learn(sentence);
            }
        }
        let names = |text: &'static str| text.lines().filter(|name| !name.is_empty()).collect();
        Ok(Texts {
            lines,
            bodies,
            first_names: names(FIRST_NAMES),
            surnames: names(SURNAMES),
        })
    }

    pub(super) fn name(&self, chance: &mut Chance) -> (String, String) {
        let first = (*chance.pick(&self.first_names)).to_owned();
        (first, (*chance.pick(&self.surnames)).to_owned())
    }

    pub(super) fn notice(&self, chance: &mut Chance, towns: &[Place]) -> Text {
        let line = chance.pick(&self.lines);
        let mut title = line.title.clone();
        if chance.happens(15) {
            title = format!("{title}, {}", chance.pick(towns).name);
        }
        let mut body = line.text.clone();
        if chance.happens(70) {
            body = self.bodies.sentences(chance);
        }
        if chance.happens(12) {
            body = format!("{body} Du côté de {}.", chance.pick(towns).name);
        }
        if chance.happens(12) {
            body = format!("{body} Demander {}.", chance.pick(&self.first_names));
        }
        Text {
            kind: line.kind.clone(),
            rubric: line.category.clone(),
            title: cut(&mistyped(&title, chance), TITLE_LETTERS),
            body: cut(&mistyped(&body, chance), BODY_LETTERS),
            units_mode: line.units_mode.clone(),
            units: line.units.clone(),
        }
    }
}

impl Chain {
    fn learn(&mut self, sentence: &str) {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        if let Some(first) = words.first() {
            self.begins.push((*first).to_owned());
        }
        for pair in words.windows(2) {
            let follows = self.follows.entry(pair[0].to_owned()).or_default();
            follows.push(pair[1].to_owned());
        }
    }

    fn sentences(&self, chance: &mut Chance) -> String {
        let count = 2 + chance.below(2);
        let sentences = (0..count).map(|_| self.sentence(chance));
        sentences.collect::<Vec<_>>().join(" ")
    }

    fn sentence(&self, chance: &mut Chance) -> String {
        let mut words = vec![chance.pick(&self.begins).as_str()];
        while words.len() < SENTENCE_WORDS {
            let last = words[words.len() - 1];
            match self.follows.get(last) {
                Some(next) if !last.ends_with(['.', '!', '?']) => {
                    words.push(chance.pick(next).as_str());
                }
                _ => break,
            }
        }
        words.join(" ")
    }
}

/// The text with two letters exchanged here and there.
fn mistyped(text: &str, chance: &mut Chance) -> String {
    let word = |word: &str, chance: &mut Chance| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > 4 && chance.below(1000) < MISTYPED {
            let at = 1 + chance.below(letters.len() - 2);
            letters.swap(at, at + 1);
        }
        letters.into_iter().collect::<String>()
    };
    let words = text.split(' ').map(|it| word(it, chance));
    words.collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}
