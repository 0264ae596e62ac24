//! What is sought: from typed words to what each of them may mean.

use std::ops::Range;

use crate::analysis::Word;
use crate::thesaurus::Synonym;

mod read;

pub(crate) use read::read;

/// From how many letters on the word being typed, and any word, also stands for longer ones.
const LAST_PREFIX_LETTERS_MIN: usize = 2;
const PREFIX_LETTERS_MIN: usize = 5;
/// From how many letters on one typing mistake is forgiven, and two. Never in a number: 2023 is
/// not 2024.
const ONE_MISTAKE_LETTERS_MIN: usize = 4;
const TWO_MISTAKES_LETTERS_MIN: usize = 8;

/// A word of a phrase is one of so many that follow the word before it.
const PHRASE_GAP: usize = 2;

/// How much a synonym weighs beside the word itself, what it may mean with accents, and a mistaken
/// word by its mistakes.
const SYNONYM: f32 = 0.4;
const ACCENTED: f32 = 0.3;
const MISTAKES: [f32; 3] = [1.0, 0.8, 0.4];

/// How much a word weighs that was typed with so many mistakes.
pub(crate) fn mistaken(mistakes: u8) -> f32 {
    MISTAKES[usize::from(mistakes.min(2))]
}

/// A thing that is sought: a word, or words that mean one thing. Each way of saying it counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Thing {
    pub(crate) ways: Vec<Way>,
    /// Whether what is found must have it, where it must have everything.
    pub(crate) needed: bool,
}

/// Words that say a thing together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub(crate) words: Vec<Sought>,
    pub(crate) weight: f32,
    /// Whether it is only found by what was typed, and does not say the same.
    pub(crate) is_led: bool,
}

impl Way {
    /// Whether a word of a text is one of it.
    pub(crate) fn matches(&self, word: &Word) -> bool {
        self.words.iter().any(|sought| sought.matches(word))
    }

    /// Where a text has its words, of which there are several, in their order and next to each
    /// other but for a stop word: « chambre à air ».
    pub(crate) fn phrase(&self, text: &[Word]) -> Option<Range<usize>> {
        let [first, rest @ ..] = self.words.as_slice() else {
            return None;
        };
        if rest.is_empty() {
            return None;
        }
        text.iter().enumerate().find_map(|(at, begin)| {
            if !first.matches(begin) {
                return None;
            }
            let mut last = at;
            for word in rest {
                let near = text.iter().enumerate().skip(last + 1).take(PHRASE_GAP);
                last = near.into_iter().find(|(_, it)| word.matches(it))?.0;
            }
            Some(begin.span.start..text[last].span.end)
        })
    }

    /// Another way to say what was typed, or what may have been meant, which weighs so much. It
    /// is sought by its stem, and as it is written in titles alone: there are many of them.
    pub(crate) fn synonym(synonym: Synonym<'_>, weight: f32) -> Self {
        let by_stem = |word: &Word| {
            let mut sought = Sought::exactly(word);
            for form in &mut sought.forms {
                form.stems = word.bare_stem().cloned().into_iter().collect();
                form.is_stem = !form.stems.is_empty();
            }
            sought
        };
        Self {
            words: synonym.words.iter().map(by_stem).collect(),
            weight: SYNONYM * weight,
            is_led: synonym.is_led,
        }
    }
}

/// One sought word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sought {
    /// The word as typed, and then those that it may be a mistake for.
    pub(crate) forms: Vec<Form>,
    /// Whether it also stands for longer words.
    pub(crate) prefix: bool,
    /// How many mistakes may be forgiven.
    pub(crate) mistakes: u8,
}

/// A word in the two shapes that the index has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    pub(crate) folded: String,
    pub(crate) stems: Vec<String>,
    /// Whether only its stems are sought.
    pub(crate) is_stem: bool,
    pub(crate) weight: f32,
}

impl Form {
    fn is_of(&self, word: &Word) -> bool {
        self.folded == word.folded
            || (!word.is_stop_word() && self.stems.iter().any(|stem| word.stems.contains(stem)))
    }
}

impl Sought {
    fn typed(word: &Word, is_last: bool) -> Self {
        let letters = word.folded.chars().count();
        let is_number = word.folded.contains(char::is_numeric);
        let mistakes = match letters {
            _ if is_number => 0,
            TWO_MISTAKES_LETTERS_MIN.. => 2,
            ONE_MISTAKE_LETTERS_MIN.. => 1,
            _ => 0,
        };
        Self {
            prefix: letters >= PREFIX_LETTERS_MIN
                || (is_last && letters >= LAST_PREFIX_LETTERS_MIN),
            mistakes,
            ..Self::exactly(word)
        }
    }

    /// No more than the word itself.
    fn exactly(word: &Word) -> Self {
        Self {
            forms: vec![Form {
                folded: word.folded.clone(),
                stems: word.stems.clone(),
                is_stem: false,
                weight: 1.0,
            }],
            prefix: false,
            mistakes: 0,
        }
    }

    pub(crate) fn folded(&self) -> &str {
        self.forms.first().map_or("", |form| &form.folded)
    }

    /// Whether it stands for longer words only while it is the last that was typed.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.prefix && self.folded().chars().count() < PREFIX_LETTERS_MIN
    }

    /// The word alone as it was typed, without its stems and what it may stand for.
    pub(crate) fn as_written(&self) -> Self {
        let mut forms = self.forms.clone();
        forms.truncate(1);
        for form in &mut forms {
            form.stems.clear();
        }
        Self {
            forms,
            prefix: false,
            mistakes: 0,
        }
    }

    /// The stems that it has if it is meant with the accents that it lacks.
    fn with_accents(&mut self, stems: Vec<String>) {
        if !stems.is_empty() {
            self.forms.push(Form {
                folded: self.folded().to_owned(),
                stems,
                is_stem: true,
                weight: ACCENTED,
            });
        }
    }

    /// Another word that may have been meant, so many mistakes away.
    pub(crate) fn may_be(&mut self, word: &Word, mistakes: u8) {
        self.forms.push(Form {
            folded: word.folded.clone(),
            stems: word.stems.clone(),
            is_stem: false,
            weight: mistaken(mistakes),
        });
    }

    /// The first letters of all words that it stands for.
    pub(crate) fn begins(&self) -> impl Iterator<Item = char> {
        let forms = self.forms.iter();
        let texts = forms.flat_map(|form| form.stems.iter().chain([&form.folded]));
        texts.filter_map(|text| text.chars().next())
    }

    /// Whether a word of a text is why its notice was found.
    fn matches(&self, word: &Word) -> bool {
        self.forms.iter().any(|form| form.is_of(word)) || self.is_typed(word)
    }

    fn is_typed(&self, word: &Word) -> bool {
        self.forms.first().is_some_and(|form| form.is_of(word))
            || (self.prefix && !word.is_stop_word() && word.folded.starts_with(self.folded()))
    }
}

impl Thing {
    /// The ways that a text may say it: as it was typed, and by synonyms of which the text has all
    /// words.
    pub(crate) fn told_by<'a>(&'a self, text: &'a [Word]) -> impl Iterator<Item = &'a Way> {
        let is_whole = |way: &Way| {
            let holds = |sought: &Sought| text.iter().any(|word| sought.matches(word));
            way.words.len() == 1 || way.words.iter().all(holds)
        };
        let ways = self.ways.iter().enumerate();
        ways.filter(move |(at, way)| *at == 0 || is_whole(way))
            .map(|(_, way)| way)
    }

    /// Whether a word of a text is one that was typed, or begins so.
    pub(crate) fn is_typed(&self, word: &Word) -> bool {
        let words = self.ways.first().map_or(&[] as &[Sought], |way| &way.words);
        words.iter().any(|sought| sought.is_typed(word))
    }

    /// The word, where it was one that was typed.
    pub(crate) fn only(&self) -> Option<&Sought> {
        match self.ways.first()?.words.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// How many words were typed for it.
    pub(crate) fn length(&self) -> usize {
        self.ways.first().map_or(0, |way| way.words.len())
    }

    /// The words that were typed.
    pub(crate) fn typed(&mut self) -> &mut [Sought] {
        self.ways
            .first_mut()
            .map_or(&mut [], |way| way.words.as_mut_slice())
    }
}

#[cfg(test)]
#[path = "sought_tests.rs"]
mod tests;
