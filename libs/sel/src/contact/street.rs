//! Street addresses in a text: a number, a kind of street, and a name.

use super::{is_at, run, spaces, word};

/// Kinds of streets. The second are words of other meanings too ("3 cours de guitare", "1 place de
/// libre"): after them a capital letter is asked for.
const STREETS: &str = "rue avenue av ave boulevard bd bld boul chemin impasse imp allee allees \
    quai traverse route rte square montee ruelle faubourg lotissement residence esplanade sentier";
const DOUBTFUL_STREETS: &str = "cours place pl passage ch villa cite hameau promenade venelle";
const SMALL_WORDS: [&str; 10] = ["de", "du", "des", "d", "la", "le", "les", "l", "aux", "au"];
/// Words of a name after its first.
const LONGEST_NAME: usize = 4;
/// What goes on with a sentence instead of naming a street.
const NO_NAMES: &str = "plus moins a et ou pour par en est sont avec sans dans sur qui que \
    libre libres chez si ce cette une un";

pub(super) fn end(text: &[char], at: usize) -> Option<usize> {
    let number = run(text, at, |letter| letter.is_ascii_digit());
    if !(1..=4).contains(&(number - at)) || follows_hour(text, at) {
        return None;
    }
    let (street, street_end) = street_at(text, number)?;
    let is_one = number - at == 1 && text[at] == '1';
    let has = |list: &str| list.split(' ').any(|known| known == street);
    // Two places are "places": "12 place" can only be an address.
    let sure = has(STREETS) || street == "place" && !is_one;
    if !sure && !has(DOUBTFUL_STREETS) {
        return None;
    }
    let dot = if is_at(text, street_end, ".") {
        street_end + 1
    } else {
        street_end
    };
    let (name, end) = name_at(text, dot)?;
    let is_named = text[name].is_uppercase() || sure;
    is_named.then(|| with_capitals(text, end))
}

/// The minutes of "10 h 30 place Castellane" and "10:30" are no house number.
fn follows_hour(text: &[char], at: usize) -> bool {
    let before: Vec<char> = text[..at]
        .iter()
        .rev()
        .copied()
        .skip_while(|letter| letter.is_whitespace())
        .take(2)
        .collect();
    match before.as_slice() {
        ['h' | 'H', second, ..] => !second.is_alphabetic(),
        [':', second, ..] => second.is_ascii_digit(),
        _ => false,
    }
}

/// The kind of street after the number, "bis" and comma passed over.
fn street_at(text: &[char], number: usize) -> Option<(String, usize)> {
    let mut here = spaces(text, number);
    let (first, end) = word(text, here);
    if matches!(
        first.as_str(),
        "bis" | "ter" | "quater" | "a" | "b" | "c" | "d" | "e" | "f"
    ) {
        here = spaces(text, end);
    }
    if is_at(text, here, ",") {
        here = spaces(text, here + 1);
    }
    let (street, end) = word(text, here);
    (here > number && !street.is_empty()).then_some((street, end))
}

/// The first word of a street's name after its small words, from where to where.
fn name_at(text: &[char], street_end: usize) -> Option<(usize, usize)> {
    let mut here = spaces(text, street_end);
    if here == street_end {
        return None;
    }
    let (mut written, mut end) = word(text, here);
    while SMALL_WORDS.contains(&written.as_str()) {
        let apostrophe = run(text, end, |letter| matches!(letter, '\'' | '’'));
        here = spaces(text, apostrophe);
        (written, end) = word(text, here);
    }
    if written.is_empty() {
        end = run(text, here, |letter| letter.is_ascii_digit());
        let (month, month_end) = word(text, spaces(text, end));
        return (end > here && month.len() > 2).then_some((here, month_end));
    }
    let end = run(text, here, |letter| {
        letter.is_alphanumeric() || "-'’".contains(letter)
    });
    let known = NO_NAMES.split_whitespace().any(|other| other == written);
    (!known || text[here].is_uppercase()).then_some((here, end))
}

/// A name goes on while its words have capitals: "rue Jean Jaurès".
fn with_capitals(text: &[char], mut end: usize) -> usize {
    for _ in 0..LONGEST_NAME {
        let next = spaces(text, end);
        let word_end = run(text, next, |letter| {
            letter.is_alphabetic() || "-'’".contains(letter)
        });
        if next == end || word_end == next || !text[next].is_uppercase() {
            break;
        }
        end = word_end;
    }
    end
}
