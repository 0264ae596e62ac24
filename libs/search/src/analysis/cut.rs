//! Where the words of a French text begin and end.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

const APOSTROPHES: [char; 6] = ['\'', '’', '‘', 'ʼ', '`', '´'];

/// What French writes before an apostrophe and means as a word of its own.
const ELIDED: [&str; 13] = [
    "l", "d", "j", "s", "n", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];

/// Cuts at whatever is neither a letter nor a digit, leaves elided words out, and takes an accent
/// written as a character of its own (as some phones send it) for a part of its word.
#[derive(Clone, Default)]
pub(super) struct FrenchWords {
    token: Token,
}

pub(super) struct FrenchStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for FrenchWords {
    type TokenStream<'a> = FrenchStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FrenchStream<'a> {
        self.token.reset();
        FrenchStream {
            text,
            at: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for FrenchStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(skipped) = self.text[self.at..].find(is_letter) {
            let start = self.at + skipped;
            let word = self.text[start..]
                .split(|c| !is_letter(c) && !is_loose_accent(c))
                .next()
                .unwrap_or_default();
            self.at = start + word.len();
            if is_elided(word, &self.text[self.at..]) {
                continue;
            }
            self.token.offset_from = start;
            self.token.offset_to = self.at;
            self.token.position = self.token.position.wrapping_add(1);
            self.token.text.clear();
            let written = word.chars().filter(|c| !is_loose_accent(*c));
            self.token.text.extend(written);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !APOSTROPHES.contains(&c) && !is_loose_accent(c)
}

fn is_loose_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_elided(word: &str, after: &str) -> bool {
    let mut after = after.chars();
    after.next().is_some_and(|c| APOSTROPHES.contains(&c))
        && after.next().is_some_and(is_letter)
        && ELIDED
            .iter()
            .any(|elided| word.eq_ignore_ascii_case(elided))
}
