//! Shows why a notice was found: texts cut into pieces, the found words apart. Never HTML: whoever
//! writes the page escapes.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::sought::{Sought, Thing, Way};

/// About how long a snippet is, and how much of it precedes the first found word; in characters.
const SNIPPET_LENGTH: usize = 160;
const SNIPPET_LEAD: usize = 40;

/// A piece of a text; `found` where it is a word that was sought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub found: bool,
}

/// Why notices were found: tells which words of a text were sought.
#[derive(Clone, Default)]
pub struct Why(Option<Sayings>);

#[derive(Clone)]
struct Sayings {
    analysis: Arc<Analysis>,
    things: Vec<Thing>,
    /// The first letters of all their words.
    begins: Vec<char>,
}

impl fmt::Debug for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let things = self.0.as_ref().map(|sayings| &sayings.things);
        f.debug_tuple("Why").field(&things).finish()
    }
}

impl Why {
    pub(crate) fn new(analysis: Arc<Analysis>, things: Vec<Thing>) -> Why {
        let ways = things.iter().flat_map(|thing| &thing.ways);
        let words = ways.flat_map(|way| &way.words);
        let mut begins: Vec<char> = words.flat_map(Sought::begins).collect();
        begins.sort_unstable();
        begins.dedup();
        Why((!things.is_empty()).then_some(Sayings {
            analysis,
            things,
            begins,
        }))
    }

    /// Reads a text for the words that were sought.
    pub fn read<'a>(&self, text: &'a str) -> Read<'a> {
        let mut read = Read {
            text,
            spans: Vec::new(),
            others: Vec::new(),
        };
        let Some(sayings) = &self.0 else {
            return read;
        };
        let Sayings {
            analysis, things, ..
        } = sayings;
        let words = analysis.words_beginning(text, &sayings.begins);
        let compounds = analysis.compounds(text, &words);
        let ways: Vec<&Way> = things
            .iter()
            .flat_map(|thing| thing.told_by(&words))
            .collect();
        for (at, word) in words.iter().chain(&compounds).enumerate() {
            if !ways.iter().any(|way| way.matches(word)) {
                continue;
            }
            read.spans.push(word.span.clone());
            let is_typed = things.iter().any(|thing| thing.is_typed(word));
            let is_phrase = |way: &&&Way| way.words.len() > 1 && way.matches(word);
            if at < words.len() && !is_typed && !ways.iter().any(|way| is_phrase(&way)) {
                read.others.push(text[word.span.clone()].to_lowercase());
            }
        }
        let phrases = ways.iter().filter_map(|way| way.phrase(&words));
        let typed = |span: &Range<usize>| {
            let mut inside = words.iter().filter(|it| span.contains(&it.span.start));
            inside.any(|word| things.iter().any(|thing| thing.is_typed(word)))
        };
        let phrases = phrases.filter(|span| !typed(span));
        for phrase in phrases.map(|span| text[span].to_lowercase()) {
            if !read.others.contains(&phrase) {
                read.others.push(phrase);
            }
        }
        // Where a compound was found and a part of it too, the whole is shown.
        let order = |span: &Range<usize>| (span.start, usize::MAX - span.end);
        read.spans.sort_unstable_by_key(order);
        read
    }
}

/// A text, and where it has words that were sought.
#[derive(Debug, Clone)]
pub struct Read<'a> {
    text: &'a str,
    spans: Vec<Range<usize>>,
    others: Vec<String>,
}

impl Read<'_> {
    /// The whole text in pieces.
    pub fn whole(&self) -> Vec<Piece> {
        let mut pieces = Pieces::default();
        pieces.cut(self.text, 0..self.text.len(), &self.spans);
        pieces.0
    }

    /// About 160 characters: the surroundings of the first found word, or else the beginning of
    /// the text, in pieces.
    pub fn snippet(&self) -> Vec<Piece> {
        let text = self.text;
        let window = window(text, self.spans.first().cloned().unwrap_or(0..0));
        let (cut_before, cut_after) = (window.start > 0, window.end < text.trim_end().len());
        let mut pieces = Pieces::default();
        if cut_before && !text[..window.start].trim().is_empty() {
            pieces.push("…", false);
        }
        pieces.cut(text, window, &self.spans);
        if cut_after {
            pieces.push("…", false);
        }
        pieces.0
    }

    /// The words that were found and not typed so: synonyms, and what a mistyped word may have
    /// been meant to be. As they are written there.
    pub fn others(&self) -> &[String] {
        &self.others
    }
}

/// What to show of a text so that `focus` is read in its context: cut between words, unless a
/// single word is longer than the window.
fn window(text: &str, focus: Range<usize>) -> Range<usize> {
    let mut start = back(text, focus.start, SNIPPET_LEAD);
    let mut end = ahead(text, start, SNIPPET_LENGTH);
    if end == text.len() {
        start = start.min(back(text, end, SNIPPET_LENGTH));
    }
    if start > 0 && !text[..start].ends_with(char::is_whitespace) {
        let lead = &text[start..focus.start];
        start = match lead.find(char::is_whitespace) {
            Some(space) => start + space,
            None => focus.start,
        };
    }
    if end < text.len() && !text[end..].starts_with(char::is_whitespace) {
        let trail = &text[focus.end.min(end)..end];
        end -= trail
            .rfind(char::is_whitespace)
            .map_or(0, |space| trail.len() - space);
    }
    let shown = &text[start..end];
    start += shown.len() - shown.trim_start().len();
    start..start + shown.trim().len()
}

/// The place so many characters before `place`, or the beginning.
fn back(text: &str, place: usize, characters: usize) -> usize {
    let mut places = text[..place].char_indices().rev();
    places.nth(characters - 1).map_or(0, |(place, _)| place)
}

/// The place so many characters after `place`, or the end.
fn ahead(text: &str, place: usize, characters: usize) -> usize {
    let mut places = text[place..].char_indices();
    places
        .nth(characters)
        .map_or(text.len(), |(further, _)| place + further)
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn cut(&mut self, text: &str, window: Range<usize>, spans: &[Range<usize>]) {
        let mut at = window.start;
        for span in spans {
            if span.start >= at && span.end <= window.end {
                self.push(&text[at..span.start], false);
                self.push(&text[span.clone()], true);
                at = span.end;
            }
        }
        self.push(&text[at..window.end], false);
    }

    /// Neighbours of the same sort become one piece.
    fn push(&mut self, text: &str, found: bool) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.found == found => last.text.push_str(text),
            _ => self.0.push(Piece {
                text: text.to_owned(),
                found,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sought;

    /// The pieces on one line, the found ones in brackets.
    fn line(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| {
            if piece.found {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(show).collect()
    }

    fn why(typed: &str) -> Why {
        let analysis = Analysis::new();
        let things = sought::read(&analysis, &[], typed);
        Why::new(Arc::new(analysis), things)
    }

    fn title(typed: &str, text: &str) -> String {
        line(&why(typed).read(text).whole())
    }

    fn around(typed: &str, text: &str) -> String {
        line(&why(typed).read(text).snippet())
    }

    #[test]
    fn words_found_by_stem_or_beginning_stand_apart() {
        let text = "Tailler les rosiers, L’ÉCOLE d’à côté";
        assert_eq!(
            title("taille", text),
            "[Tailler] les rosiers, L’ÉCOLE d’à côté"
        );
        assert_eq!(title("voiturage", "Co-voiturage"), "Co-[voiturage]");
        assert_eq!(title("covoiturage", "Le co-voiturage"), "Le [co-voiturage]");
        assert_eq!(
            title("ecol", text),
            "Tailler les rosiers, L’[ÉCOLE] d’à côté"
        );
        assert_eq!(title("", text), text);
        assert_eq!(title("école", ""), "");
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(
            around("cave", "  Une cave à vider.\n"),
            "Une [cave] à vider."
        );
        assert_eq!(around("", "Une cave à vider."), "Une cave à vider.");
    }

    #[test]
    fn a_long_text_is_cut_between_words_around_the_first_found_one() {
        let before = "Nous cherchons depuis longtemps du monde pour nous aider. ".repeat(5);
        let text = format!("{before}Il y a des framboises à cueillir. {before}");
        let shown = around("framboise", &text);
        assert!(
            shown.starts_with("…du monde pour nous aider. Il y a des [framboises] à"),
            "{shown}"
        );
        assert!(shown.ends_with("depuis longtemps du…"), "{shown}");
        assert!((120..=164).contains(&shown.chars().count()), "{shown}");
    }

    #[test]
    fn without_a_found_word_the_beginning_is_shown() {
        let shown = around("zinc", &"du bois à fendre ".repeat(30));
        assert!(shown.starts_with("du bois à fendre du bois"), "{shown}");
        assert!(shown.ends_with("du bois…"), "{shown}");
    }

    #[test]
    fn at_the_end_of_a_text_the_snippet_reaches_back() {
        let text = format!("{}une framboise", "du bois à fendre ".repeat(30));
        let shown = around("framboise", &text);
        assert!(
            shown.starts_with('…') && shown.ends_with("fendre une [framboise]"),
            "{shown}"
        );
        assert!(shown.chars().count() > 140, "{shown}");
    }

    #[test]
    fn an_endless_word_is_cut_inside() {
        assert_eq!(around("", &"é".repeat(500)).chars().count(), 161);
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_text(typed in ".*", text in ".*") {
            let pieces = why(&typed).read(&text).whole();
            let again: String = pieces.into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(again, text);
        }

        #[test]
        fn a_snippet_is_never_much_longer_than_said(
            text in "[a-eé ]{0,600}",
            typed in "[a-e]{1,3}",
        ) {
            prop_assert!(around(&typed, &text).replace(['[', ']'], "").chars().count() <= 162);
        }
    }
}
