//! Texts as they come, made fit for paper.

use std::ops::RangeInclusive;

use typst::foundations::{Array, Dict, IntoValue, Value};

use crate::{Failure, Sum, Total, press};

/// Characters of a heading, and of the name of a SEL.
pub(crate) const NAME: usize = 80;
/// Characters of a word or two beside a line, or above a column.
pub(crate) const LABEL: usize = 40;
/// Characters of a sentence, and of what stands in a table.
pub(crate) const SENTENCE: usize = 400;

/// Words longer than this may be broken anywhere; shorter ones at their syllables.
const UNBROKEN: usize = 24;
const PIECE: usize = 8;
const BREAK_HERE: char = '\u{200b}';
/// Stands for a character that no font of ours draws.
const UNKNOWN: char = '□';

pub(crate) fn texts<const N: usize>(
    most: usize,
    pairs: [(&'static str, &str); N],
) -> Result<Dict, Failure> {
    pairs
        .into_iter()
        .map(|(name, text)| Ok((name.into(), value(name, text, most)?)))
        .collect()
}

/// The texts of a row, or of some, one after the other.
pub(crate) fn cells<'a>(
    what: &'static str,
    most: usize,
    texts: impl IntoIterator<Item = &'a str>,
) -> Result<Array, Failure> {
    let values = texts.into_iter().map(|text| value(what, text, most));
    values.collect()
}

pub(crate) fn sum(sum: &Sum) -> Result<Value, Failure> {
    let texts = [("label", sum.label.as_str()), ("amount", &sum.amount)];
    Ok(self::texts(NAME, texts)?.into_value())
}

pub(crate) fn total(total: &Total) -> Result<Value, Failure> {
    let texts = [
        ("label", total.label.as_str()),
        ("given", &total.given),
        ("received", &total.received),
    ];
    Ok(self::texts(NAME, texts)?.into_value())
}

fn value(what: &'static str, text: &str, most: usize) -> Result<Value, Failure> {
    let length = text.chars().count();
    if length > most {
        return Err(Failure::Long { what, length, most });
    }
    Ok(fit(text).into_value())
}

pub(crate) fn count(
    what: &'static str,
    asked: usize,
    bounds: &RangeInclusive<usize>,
) -> Result<(), Failure> {
    if bounds.contains(&asked) {
        return Ok(());
    }
    Err(Failure::Count {
        what,
        asked,
        least: *bounds.start(),
        most: *bounds.end(),
    })
}

/// Two small letters, `fr` or `en`.
pub(crate) fn language(code: &str) -> Result<Value, Failure> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(code.into_value());
    }
    Err(Failure::Language(code.to_owned()))
}

/// On one line, in characters that are drawn, with places to break words that nobody could.
fn fit(text: &str) -> String {
    let mut fitted = String::with_capacity(text.len());
    for (at, word) in text.split(is_space).enumerate() {
        if at > 0 {
            fitted.push(' ');
        }
        let word: Vec<char> = word.chars().filter_map(drawn).collect();
        let size = if word.len() > UNBROKEN {
            PIECE
        } else {
            UNBROKEN
        };
        for (at, piece) in word.chunks(size).enumerate() {
            if at > 0 {
                fitted.push(BREAK_HERE);
            }
            fitted.extend(piece);
        }
    }
    fitted
}

/// Spaces at which a line may end: a no-break space is not one of them.
fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn drawn(c: char) -> Option<char> {
    match c {
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}' => Some(c),
        _ if is_unseen(c) => None,
        _ if press::draws(c) => Some(c),
        _ => Some(UNKNOWN),
    }
}

/// Control characters, the joints of emoji, and marks that turn the rest of a line around.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_ligatures_and_no_break_spaces_stay() {
        let text = "À l’œuvre «\u{a0}cœur\u{a0}», n°\u{a0}12, ÿ Ÿ æ Æ, −1\u{202f}240 €, e\u{301}";
        assert_eq!(fit(text), text);
    }

    #[test]
    fn a_text_stays_on_one_line_and_in_its_direction() {
        assert_eq!(fit("un\ndeux\ttrois\u{0}"), "un deux trois");
        assert_eq!(fit("\u{2068}Claire\u{2069} \u{202e}draw"), "Claire draw");
    }

    #[test]
    fn what_no_font_draws_leaves_a_box() {
        assert_eq!(fit("gâteau 🎂 et 樹"), "gâteau □ et □");
        assert_eq!(fit("Ελένη и Иван"), "Ελένη и Иван");
    }

    #[test]
    fn only_words_of_more_than_24_letters_are_broken() {
        assert_eq!(fit(&"é".repeat(24)), "é".repeat(24));
        let broken = fit(&"é".repeat(25));
        assert_eq!(broken.split(BREAK_HERE).count(), 4);
        assert_eq!(broken.replace(BREAK_HERE, ""), "é".repeat(25));
    }

    #[test]
    fn every_character_there_is_can_be_printed() {
        let all: Vec<char> = ('\u{0}'..='\u{2ffff}').collect();
        let texts: Vec<String> = all.chunks(400).map(|some| some.iter().collect()).collect();
        let texts = texts.iter().map(String::as_str);
        let cells = cells(
            "rows",
            400,
            texts.filter(|text| fit(text).contains(|c| c != UNKNOWN)),
        );
        let texts = [
            ("title", "Tout"),
            ("sel", "Tout"),
            ("page", "page"),
            ("of", "sur"),
        ];
        let mut values = super::texts(NAME, texts).unwrap();
        values
            .extend(super::texts(NAME, [("member", ""), ("number", ""), ("period", "")]).unwrap());
        let sum = || Sum {
            label: "Fin".to_owned(),
            amount: String::new(),
        };
        values.insert("opening".into(), super::sum(&sum()).unwrap());
        values.insert("closing".into(), super::sum(&sum()).unwrap());
        values.insert("total".into(), Value::None);
        values.insert("language".into(), language("fr").unwrap());
        values.insert("columns".into(), Array::new().into_value());
        values.insert("rows".into(), cells.unwrap().into_value());
        let pdf = press::print("statement.typ", values).unwrap();
        assert!(pdf.starts_with(b"%PDF"));
    }
}
