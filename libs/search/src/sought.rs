//! What is sought: from typed words to the engine's query, and back to the words of a text.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, Query,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use uuid::Uuid;

use crate::analysis::{Analysis, Word};
use crate::fields::Fields;

/// Of a query, so many characters and so many words are read; the rest is ignored.
const QUERY_CHARACTERS_MAX: usize = 200;
const QUERY_WORDS_MAX: usize = 8;

/// From how many letters on the word being typed, and any word, also stands for longer ones.
const LAST_PREFIX_LETTERS_MIN: usize = 2;
const PREFIX_LETTERS_MIN: usize = 4;
/// From how many letters on one typing mistake is forgiven. Never in a number: 2023 is not 2024.
const FUZZY_LETTERS_MIN: usize = 4;
/// Up to how many letters a mistake is forgiven only where the word as written finds nothing:
/// short words have too many neighbours (« pain » and « main », « livre » and « libre »).
const CROWDED_LETTERS_MAX: usize = 5;

/// How much a match weighs: stems and exact words multiply the engine's score, beginnings and
/// mistakes count for themselves, and for less than a word well written.
const TITLE_STEM: f32 = 3.0;
const CATEGORY_STEM: f32 = 2.0;
const TEXT_STEM: f32 = 1.0;
const TITLE_EXACT: f32 = 4.0;
const REST_EXACT: f32 = 1.5;
const STOP_WORD: f32 = 1.0;
const TITLE_PREFIX: f32 = 0.6;
const REST_PREFIX: f32 = 0.3;
const TITLE_FUZZY: f32 = 0.2;
const REST_FUZZY: f32 = 0.1;
/// What the lesser matches of a word add to its best one.
const TIE_BREAKER: f32 = 0.3;

/// Who looks, and when. What they may see is decided from this value alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    pub association_id: Uuid,
    /// Associations whose shared notices they see besides.
    pub allies: Vec<Uuid>,
    /// Seconds since 1970: what has run out by then is not found.
    pub now: i64,
}

/// How many of the sought words a notice must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    Every,
    Any,
}

/// One sought word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sought {
    folded: String,
    stems: Vec<String>,
    prefix: bool,
    fuzzy: bool,
}

impl Sought {
    /// The sought words of a query. Stop words are left out, unless there is nothing else.
    pub(crate) fn read(analysis: &Analysis, typed: &str) -> Vec<Self> {
        let typed: String = typed.chars().take(QUERY_CHARACTERS_MAX).collect();
        let mut words = analysis.words(&typed);
        if words.iter().any(|word| !word.is_stop_word()) {
            words.retain(|word| !word.is_stop_word());
        }
        words.truncate(QUERY_WORDS_MAX);
        let last = words.len().saturating_sub(1);
        let sought = |(place, word)| Self::new(word, place == last);
        words.into_iter().enumerate().map(sought).collect()
    }

    fn new(word: Word, last: bool) -> Self {
        let letters = word.folded.chars().count();
        let is_number = word.folded.contains(char::is_numeric);
        Self {
            prefix: letters >= PREFIX_LETTERS_MIN || (last && letters >= LAST_PREFIX_LETTERS_MIN),
            fuzzy: letters >= FUZZY_LETTERS_MIN && !is_number,
            folded: word.folded,
            stems: word.stems,
        }
    }

    /// The same word without forgiveness, if it is so short that forgiveness needs a reason.
    pub(crate) fn as_written(&self) -> Option<Self> {
        let is_crowded = self.folded.chars().count() <= CROWDED_LETTERS_MAX;
        (self.fuzzy && is_crowded).then(|| Self {
            fuzzy: false,
            ..self.clone()
        })
    }

    /// Whether a word of a text is why its notice was found.
    pub(crate) fn matches(&self, word: &Word) -> bool {
        if word.is_stop_word() {
            return self.folded == word.folded;
        }
        self.folded == word.folded
            || self.stems.iter().any(|stem| word.stems.contains(stem))
            || (self.prefix && word.folded.starts_with(&self.folded))
            || (self.fuzzy && is_one_mistake(&self.folded, &word.folded))
    }

    fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for stem in &self.stems {
            ways.push(word(fields.title_stem, stem, TITLE_STEM));
            ways.push(word(fields.category_stem, stem, CATEGORY_STEM));
            ways.push(word(fields.text_stem, stem, TEXT_STEM));
        }
        if self.stems.is_empty() {
            ways.push(word(fields.stop_words, &self.folded, STOP_WORD));
        }
        ways.push(word(fields.title_folded, &self.folded, TITLE_EXACT));
        ways.push(word(fields.rest_folded, &self.folded, REST_EXACT));
        if self.prefix {
            ways.push(prefix(fields.title_folded, &self.folded, TITLE_PREFIX));
            ways.push(prefix(fields.rest_folded, &self.folded, REST_PREFIX));
        }
        if self.fuzzy {
            ways.push(fuzzy(fields.title_folded, &self.folded, TITLE_FUZZY));
            ways.push(fuzzy(fields.rest_folded, &self.folded, REST_FUZZY));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
    }
}

/// The one way to a query of the engine: what the viewer may see, and in it what is sought;
/// everything when nothing is.
pub(crate) fn query(
    fields: &Fields,
    viewer: &Viewer,
    sought: &[Sought],
    holding: Holding,
) -> BooleanQuery {
    let words = sought.iter().map(|sought| sought.query(fields));
    let mut clauses = vec![(Occur::Must, visible(fields, viewer))];
    match holding {
        Holding::Every => clauses.extend(words.map(|word| (Occur::Must, word))),
        Holding::Any => {
            let any = BooleanQuery::union(words.collect());
            clauses.push((Occur::Must, Box::new(any)));
        }
    }
    BooleanQuery::new(clauses)
}

/// What the viewer may see: the notices of their association and those that allies share, that
/// have not run out. It weighs nothing.
fn visible(fields: &Fields, viewer: &Viewer) -> Box<dyn Query> {
    let now = Term::from_field_i64(fields.expires_at, viewer.now);
    let later = RangeQuery::new(Bound::Excluded(now), Bound::Unbounded);
    let both = BooleanQuery::intersection(vec![readable(fields, viewer), Box::new(later)]);
    Box::new(ConstScoreQuery::new(Box::new(both), 0.0))
}

/// Their association's, and of their allies' what is shared.
fn readable(fields: &Fields, viewer: &Viewer) -> Box<dyn Query> {
    let of = |id: &Uuid| Term::from_field_bytes(fields.association, id.as_bytes());
    let own = TermQuery::new(of(&viewer.association_id), IndexRecordOption::Basic);
    if viewer.allies.is_empty() {
        return Box::new(own);
    }
    let shared = Term::from_field_bool(fields.shared, true);
    let shared = TermQuery::new(shared, IndexRecordOption::Basic);
    let allies = TermSetQuery::new(viewer.allies.iter().map(of));
    let theirs = BooleanQuery::intersection(vec![Box::new(allies), Box::new(shared)]);
    Box::new(BooleanQuery::union(vec![Box::new(own), Box::new(theirs)]))
}

fn word(field: Field, text: &str, boost: f32) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), boost))
}

fn prefix(field: Field, text: &str, score: f32) -> Box<dyn Query> {
    let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, text), 0, true);
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}

fn fuzzy(field: Field, text: &str, score: f32) -> Box<dyn Query> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, text), 1, true);
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}

/// Whether two words are the same but for one letter too many, missing, wrong, or two neighbours
/// exchanged: what the engine's automaton accepts.
fn is_one_mistake(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    match (&one[same..], &other[same..]) {
        ([], rest) | (rest, []) => rest.len() <= 1,
        (one @ [a, one_tail @ ..], other @ [b, other_tail @ ..]) => {
            let wrong = one_tail == other_tail;
            let too_many = one_tail == other || one == other_tail;
            let exchanged = one_tail.first() == Some(b)
                && other_tail.first() == Some(a)
                && one_tail[1..] == other_tail[1..];
            wrong || too_many || exchanged
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Vec<Sought> {
        Sought::read(&Analysis::new(), typed)
    }

    fn words(typed: &str) -> Vec<String> {
        read(typed)
            .into_iter()
            .map(|sought| sought.folded)
            .collect()
    }

    #[test]
    fn stop_words_are_left_out_unless_there_is_nothing_else() {
        assert_eq!(words("le tri de la cave"), ["tri", "cave"]);
        assert_eq!(words("où est le"), ["ou", "est", "le"]);
    }

    #[test]
    fn eight_words_are_read_and_the_ninth_is_not() {
        assert_eq!(
            words("un deux trois quatre cinq six sept huit neuf").len(),
            8
        );
        assert_eq!(words("bal bol bel col cal sol sel mur").len(), 8);
        assert_eq!(words("bal bol bel col cal sol sel mur vis").len(), 8);
    }

    #[test]
    fn two_hundred_characters_are_read_and_no_more() {
        let on_it = format!("{}vis", " ".repeat(197));
        assert_eq!(words(&on_it), ["vis"]);
        let past_it = format!("{}vis", " ".repeat(198));
        assert_eq!(words(&past_it), ["vi"]);
    }

    #[test]
    fn the_last_word_stands_for_longer_ones_from_two_letters_on() {
        let prefixes = |typed| -> Vec<bool> {
            let sought = read(typed);
            sought.iter().map(|sought| sought.prefix).collect()
        };
        assert_eq!(prefixes("x"), [false]);
        assert_eq!(prefixes("vi"), [true]);
        assert_eq!(prefixes("vis mur"), [false, true]);
        assert_eq!(prefixes("cave mur"), [true, true]);
    }

    #[test]
    fn mistakes_are_forgiven_from_four_letters_on_and_never_in_a_number() {
        let forgiven = |typed: &str| read(typed)[0].fuzzy;
        assert!(!forgiven("vis"));
        assert!(forgiven("cave"));
        assert!(!forgiven("2024"));
    }

    #[test]
    fn a_short_word_is_forgiven_with_reason_only() {
        let needs_reason = |typed: &str| read(typed)[0].as_written().is_some();
        assert!(!needs_reason("vis"));
        assert!(needs_reason("cave"));
        assert!(needs_reason("caves"));
        assert!(!needs_reason("caveau"));
    }

    #[test]
    fn one_mistake_is_one_letter_or_two_neighbours() {
        for mistaken in [
            "cave", "cav", "caves", "cavé", "xcave", "ave", "cvae", "caev",
        ] {
            assert!(is_one_mistake("cave", mistaken), "{mistaken}");
            assert!(is_one_mistake(mistaken, "cave"), "{mistaken}");
        }
        for other in ["ca", "cavern", "vcae", "acev", "evac", ""] {
            assert!(!is_one_mistake("cave", other), "{other}");
            assert!(!is_one_mistake(other, "cave"), "{other}");
        }
    }
}
