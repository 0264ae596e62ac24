//! Phone numbers in a text: French, Belgian and Swiss ones, and whatever begins with a +.

use super::{is_at, run, spaces};

/// Country codes, and how many digits follow them.
const COUNTRIES: [(&str, usize, usize); 9] = [
    ("33", 9, 9),
    ("32", 8, 9),
    ("41", 9, 9),
    ("352", 6, 9),
    ("377", 8, 9),
    ("262", 9, 9),
    ("590", 9, 9),
    ("594", 9, 9),
    ("596", 9, 9),
];
const LONGEST_PHONE: usize = 15;

/// The digits of a number that stand together.
struct Group {
    length: usize,
    /// Where it ends.
    end: usize,
    /// Whether a slash leads to the next group.
    slash: bool,
}

pub(super) fn end(text: &[char], at: usize) -> Option<usize> {
    let plus = is_at(text, at, "+");
    let start = if plus { spaces(text, at + 1) } else { at };
    if !plus && at > 1 && text[at - 2].is_ascii_digit() && ".,/-+".contains(text[at - 1]) {
        return None;
    }
    let (digits, groups) = groups(text, start);
    let mut end = None;
    let mut length = 0;
    for (place, group) in groups.iter().enumerate() {
        length += group.length;
        let (digits, groups) = (&digits[..length], &groups[..=place]);
        let abroad = if plus {
            Some(digits)
        } else {
            digits.strip_prefix("00")
        };
        let is_phone = match abroad {
            Some(digits) => is_foreign(digits, plus),
            None => is_national(digits, groups),
        };
        if is_phone {
            end = Some(group.end);
        }
    }
    end.filter(|&end| !text.get(end).is_some_and(|letter| letter.is_alphanumeric()))
}

fn groups(text: &[char], at: usize) -> (String, Vec<Group>) {
    let (mut digits, mut groups) = (String::new(), Vec::new());
    let mut here = at;
    while digits.len() <= LONGEST_PHONE {
        let end = run(text, here, |letter| letter.is_ascii_digit());
        if end == here {
            break;
        }
        digits.extend(&text[here..end]);
        let next = gap(text, end);
        let slash = text[end..next].contains(&'/');
        groups.push(Group {
            length: end - here,
            end,
            slash,
        });
        here = next;
    }
    (digits, groups)
}

/// What may stand between two groups: spaces, one sign, or the (0) that is not dialled.
fn gap(text: &[char], at: usize) -> usize {
    let bracket = if is_at(text, at, ")") { at + 1 } else { at };
    let start = spaces(text, bracket);
    let sign = match text.get(start) {
        Some('.' | '-' | '/' | '·' | '‑' | '–') => start + 1,
        Some('(') if is_at(text, start, "(0)") => start + 3,
        _ => start,
    };
    spaces(text, sign)
}

fn is_foreign(digits: &str, plus: bool) -> bool {
    match COUNTRIES.iter().find(|(code, ..)| digits.starts_with(code)) {
        Some((code, least, most)) => {
            let rest = &digits[code.len()..];
            let rest = rest.strip_prefix('0').unwrap_or(rest);
            (*least..=*most).contains(&rest.len())
        }
        None => plus && (9..=LONGEST_PHONE).contains(&digits.len()),
    }
}

/// Ten digits after a 0 (France, Swiss numbers, Belgian mobiles), or nine grouped as in Belgium.
fn is_national(digits: &str, groups: &[Group]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.length).collect();
    let slashes = groups[..groups.len() - 1]
        .iter()
        .filter(|group| group.slash)
        .count();
    let first_slash_only = slashes == 1 && groups[0].slash;
    // A day, a month and a year have slashes too, and something after the year has none.
    let is_date = lengths == [2, 2, 4, 2]
        || !(slashes == 0 || first_slash_only || slashes == groups.len() - 1);
    let one_by_one = lengths.iter().all(|&length| length == 1);
    match digits.len() {
        _ if !digits.starts_with('0') || digits.starts_with("00") || is_date => false,
        9 => matches!(
            lengths.as_slice(),
            [2, 3, 2, 2] | [3, 2, 2, 2] | [2, 7] | [3, 6]
        ),
        10 => lengths[0] >= 2 || one_by_one,
        _ => false,
    }
}
