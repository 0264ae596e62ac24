//! From a text to its words, the French way.

mod cut;

use std::ops::Range;

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, Stemmer, StopWordFilter,
    TextAnalyzer, Token, TokenStream,
};

use cut::FrenchWords;

/// Longer words, in bytes, are neither indexed nor found: they are addresses and accidents.
const WORD_LENGTH_MAX: usize = 40;

/// From how many letters on a word may be a plural that the stemmer does not know.
const PLURAL_LENGTH_MIN: usize = 4;

/// Stop words that the engine's list lacks, some as people type them in a hurry.
const FURTHER_STOP_WORDS: [&str; 12] = [
    "a", "aujourd", "ca", "ça", "est", "etais", "etait", "etes", "hui", "là", "meme", "où",
];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands in the text, in bytes.
    pub(crate) span: Range<usize>,
    /// Lower case, without accents.
    pub(crate) folded: String,
    /// The stem of the word as written and, where they differ, that of the word without accents,
    /// and that of its singular; none for a stop word, nor where they were not asked for. All are
    /// indexed and all are asked for: « électricité » and « electricite » have different stems, and
    /// must meet.
    pub(crate) stems: Vec<String>,
    /// The place among them of that of the word without accents.
    bare: usize,
}

impl Word {
    pub(crate) fn is_stop_word(&self) -> bool {
        self.stems.is_empty()
    }

    /// The stem of the word without accents: every word that is written so has it.
    pub(crate) fn bare_stem(&self) -> Option<&String> {
        self.stems.get(self.bare)
    }

    /// Whether it has a stem of the other.
    pub(crate) fn is_akin(&self, other: &Word) -> bool {
        self.folded == other.folded || self.stems.iter().any(|stem| other.stems.contains(stem))
    }
}

/// What joins the parts of « porte-bébé ».
const HYPHENS: [&str; 4] = ["-", "\u{2010}", "\u{2011}", "\u{2013}"];

/// How many of the words from here on hyphens join: 1 where none follows.
pub(crate) fn joined(text: &str, words: &[Word]) -> usize {
    let is_joined = |pair: &&[Word]| {
        let between = text.get(pair[0].span.end..pair[1].span.start);
        between.is_some_and(|between| HYPHENS.contains(&between))
    };
    words.windows(2).take_while(is_joined).count() + 1
}

/// The stems of a word that starts there, and which of them is that without accents.
#[derive(Default)]
struct Stems {
    start: usize,
    stems: Vec<String>,
    bare: usize,
}

/// The chains of analysis. The accents are folded after the stemmer, which needs them. Folding
/// turns « ʜ » into a capital, which the stemmer takes for a mark of its own: lower case twice.
pub(crate) struct Analysis {
    folded: TextAnalyzer,
    stem: TextAnalyzer,
    bare_stem: TextAnalyzer,
}

impl Analysis {
    pub(crate) fn new() -> Self {
        let words = || {
            TextAnalyzer::builder(FrenchWords::default())
                .filter(RemoveLongFilter::limit(WORD_LENGTH_MAX + 1))
                .filter(LowerCaser)
        };
        let telling = || {
            let usual = StopWordFilter::new(Language::French)
                .unwrap_or_else(|| StopWordFilter::remove(Vec::new()));
            let further = StopWordFilter::remove(FURTHER_STOP_WORDS.map(String::from));
            words().filter(usual).filter(further)
        };
        Self {
            folded: words()
                .filter(AsciiFoldingFilter)
                .filter(LowerCaser)
                .build(),
            stem: telling()
                .filter(Stemmer::new(Language::French))
                .filter(AsciiFoldingFilter)
                .filter(LowerCaser)
                .build(),
            bare_stem: telling()
                .filter(AsciiFoldingFilter)
                .filter(LowerCaser)
                .filter(Stemmer::new(Language::French))
                .build(),
        }
    }

    /// The words of `text`, in order.
    pub(crate) fn words(&self, text: &str) -> Vec<Word> {
        let mut stems = self.stems(text).into_iter().peekable();
        self.cut(text, |token| {
            stems.next_if(|stems| stems.start == token.offset_from)
        })
    }

    /// Further stems of a word that was typed without accents: who types « couturiere » may mean
    /// « couturière », which has another one.
    pub(crate) fn accented_stems(&self, text: &str, word: &Word) -> Vec<String> {
        let written = &text[word.span.clone()];
        if word.is_stop_word() || !written.is_ascii() {
            return Vec::new();
        }
        let accented = accented(&word.folded).into_iter();
        let stems = accented.flat_map(|accented| self.stems(&accented));
        let stems = stems.flat_map(|it| it.stems);
        stems.filter(|stem| !word.stems.contains(stem)).collect()
    }

    /// The words of `text`, in order, those alone with their stems whose first letter may be that
    /// of a word that is sought: a stem begins as its word does, and stemming is what costs. The
    /// others look like stop words.
    pub(crate) fn words_beginning(&self, text: &str, begins: &[char]) -> Vec<Word> {
        self.cut(text, |token| {
            let is_sought = token.text.starts_with(begins);
            let written = &text[token.offset_from..token.offset_to];
            is_sought.then(|| self.stems(written).pop()).flatten()
        })
    }

    /// The words of `text`, with the stems that are given for them.
    fn cut(&self, text: &str, mut stems: impl FnMut(&Token) -> Option<Stems>) -> Vec<Word> {
        let mut chain = self.folded.clone();
        let mut folded = chain.token_stream(text);
        let mut words = Vec::new();
        while let Some(token) = folded.next() {
            let Stems { stems, bare, .. } = stems(token).unwrap_or_default();
            words.push(Word {
                span: token.offset_from..token.offset_to,
                folded: token.text.clone(),
                stems,
                bare,
            });
        }
        words
    }

    /// The words that `text` writes with hyphens, as if written without: « covoiturage » of
    /// « co-voiturage ».
    pub(crate) fn compounds(&self, text: &str, words: &[Word]) -> Vec<Word> {
        let mut compounds = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let parts = joined(text, &words[at..]);
            if parts > 1 {
                compounds.extend(self.compound(text, &words[at..at + parts]));
            }
            at += parts;
        }
        compounds
    }

    /// These words written as one; none where that would be too long a word.
    pub(crate) fn compound(&self, text: &str, parts: &[Word]) -> Option<Word> {
        let (first, last) = (parts.first()?, parts.last()?);
        let written: String = parts.iter().map(|part| &text[part.span.clone()]).collect();
        let word = self.words(&written).pop()?;
        Some(Word {
            span: first.span.start..last.span.end,
            ..word
        })
    }

    /// The stems of each telling word. Both chains drop the same words.
    fn stems(&self, text: &str) -> Vec<Stems> {
        let (mut chain, mut bare_chain) = (self.stem.clone(), self.bare_stem.clone());
        let mut stream = chain.token_stream(text);
        let mut bare_stream = bare_chain.token_stream(text);
        let mut stems = Vec::new();
        while let (Some(token), Some(bare)) = (stream.next(), bare_stream.next()) {
            let mut both = vec![token.text.clone()];
            if bare.text != token.text {
                both.push(bare.text.clone());
            }
            let bare_place = both.len() - 1;
            if let Some(one) = singular(&bare.text) {
                both.push(one.to_owned());
            }
            stems.push(Stems {
                start: token.offset_from,
                stems: both,
                bare: bare_place,
            });
        }
        stems
    }
}

/// How a word that was typed without accents may be written, where its end tells the stemmer more
/// with an accent.
fn accented(folded: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 4] = [
        ("ite", "ité"),
        ("ites", "ités"),
        ("iere", "ière"),
        ("ieres", "ières"),
    ];
    let ended = |(bare, accented): &(&str, &str)| {
        let beginning = folded.strip_suffix(bare)?;
        Some(format!("{beginning}{accented}"))
    };
    ENDINGS.iter().find_map(ended)
}

/// What the stemmer leaves of a plural that it does not know: « vélos », « bijoux ».
fn singular(stem: &str) -> Option<&str> {
    const ENDINGS: [(&str, char); 5] = [
        ("as", 's'),
        ("is", 's'),
        ("os", 's'),
        ("us", 's'),
        ("ux", 'x'),
    ];
    let is_long = stem.len() >= PLURAL_LENGTH_MIN;
    let plural = ENDINGS.iter().find(|(ending, _)| stem.ends_with(ending));
    plural
        .filter(|_| is_long)
        .and_then(|(_, letter)| stem.strip_suffix(*letter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let words = Analysis::new().words(text);
        words.into_iter().map(|word| word.folded).collect()
    }

    fn stems(text: &str) -> Vec<String> {
        let words = Analysis::new().words(text);
        words.into_iter().flat_map(|word| word.stems).collect()
    }

    #[test]
    fn an_elided_word_is_left_out_whatever_its_apostrophe() {
        assert_eq!(folded("L’école d'Aubagne"), ["ecole", "aubagne"]);
        assert_eq!(folded("lʼété jusqu`ici"), ["ete", "ici"]);
        assert_eq!(folded("aujourd’hui"), ["aujourd", "hui"]);
    }

    #[test]
    fn a_letter_alone_is_a_word_unless_an_apostrophe_and_a_word_follow() {
        assert_eq!(
            folded("vitamine C, plan d'"),
            ["vitamine", "c", "plan", "d"]
        );
    }

    #[test]
    fn accents_fall_after_the_stem_is_found() {
        assert_eq!(stems("Échanges de légumes"), stems("echange legume"));
        assert_eq!(stems("électricité"), ["electr", "electricit"]);
    }

    #[test]
    fn what_was_typed_without_accents_has_the_stem_that_they_give_too() {
        let analysis = Analysis::new();
        let further = |typed: &str| analysis.accented_stems(typed, &analysis.words(typed)[0]);
        assert_eq!(further("electricite"), ["electr"]);
        assert_eq!(further("activites"), ["activ"]);
        assert_eq!(further("couturiere"), ["couturi"]);
        for word in ["visite", "électricité", "lumière", "le"] {
            assert!(further(word).is_empty(), "{word}");
        }
    }

    #[test]
    fn plurals_that_the_stemmer_leaves_meet_their_singular() {
        for (many, one) in [
            ("vélos", "vélo"),
            ("pianos", "piano"),
            ("bijoux", "bijou"),
            ("jeux", "jeu"),
            ("sofas", "sofa"),
            ("gâteaux", "gâteau"),
        ] {
            let one = stems(one);
            assert!(stems(many).iter().any(|stem| one.contains(stem)), "{many}");
        }
        assert_eq!(stems("jus"), ["jus"]);
    }

    #[test]
    fn an_accent_of_its_own_belongs_to_its_word() {
        assert_eq!(folded("de\u{301}me\u{301}nagement"), ["demenagement"]);
        assert!(folded("\u{363} \u{301}").is_empty());
    }

    #[test]
    fn words_with_hyphens_are_one_word_too() {
        let analysis = Analysis::new();
        let text = "Co-voiturage, porte-à-porte – et week end";
        let compounds = analysis.compounds(text, &analysis.words(text));
        let said: Vec<_> = compounds
            .iter()
            .map(|word| (word.folded.as_str(), &text[word.span.clone()]))
            .collect();
        assert_eq!(
            said,
            [
                ("covoiturage", "Co-voiturage"),
                ("porteaporte", "porte-à-porte")
            ]
        );
    }

    #[test]
    fn small_capitals_are_letters_as_others() {
        assert_eq!(folded("ʜᴀʟʟᴇ"), ["halle"]);
        assert_eq!(stems("ʜ"), ["h"]);
    }

    #[test]
    fn joined_letters_are_taken_apart() {
        assert_eq!(folded("cœur"), ["coeur"]);
    }

    #[test]
    fn stop_words_have_no_stem_with_or_without_accents() {
        assert!(stems("à même le sol").iter().all(|stem| stem == "sol"));
        assert_eq!(stems("a meme le sol"), ["sol"]);
        assert_eq!(stems("un fût"), ["fut"]);
    }

    #[test]
    fn a_word_of_forty_bytes_is_kept_and_a_longer_one_is_not() {
        assert_eq!(folded(&"a".repeat(40)).len(), 1);
        assert_eq!(folded(&"a".repeat(41)).len(), 0);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_words_that_it_holds(text in ".*") {
            let analysis = Analysis::new();
            for word in analysis.words(&text) {
                let written = text.get(word.span.clone());
                prop_assert!(written.is_some_and(|written| !written.is_empty()));
                let begins: Vec<char> = word.folded.chars().take(1).collect();
                let is_begun = |stem: &String| stem.starts_with(begins.as_slice());
                prop_assert!(word.stems.iter().all(is_begun), "{word:?}");
                prop_assert!(analysis.words_beginning(&text, &begins).contains(&word));
            }
        }

        #[test]
        fn french_words_are_stemmed_alone_as_in_their_text(
            text in "(l'|d’|qu')?[a-zàâçéèêëîïôöùûüœ]{1,9}( (l'|d’)?[A-ZÉÈÀŒ]?[a-zéœ-]{1,9}){0,4}",
        ) {
            let analysis = Analysis::new();
            for word in analysis.words(&text) {
                let begins: Vec<char> = word.folded.chars().take(1).collect();
                prop_assert!(analysis.words_beginning(&text, &begins).contains(&word), "{word:?}");
            }
        }
    }
}
