//! Phone numbers, e-mail addresses, street addresses and links inside a text that others will
//! read. Their author is warned before it is published: what is typed into a text is not protected
//! by the choices one makes about one's own directory entry. Amounts, dates and hours are left
//! alone, since a warning that cries wolf is not read.

mod phone;
mod street;

use crate::folded::folded;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Phone,
    Email,
    Address,
    Link,
}

/// A contact and how it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub text: String,
}

/// The contacts of a text, in its order, none within another.
pub fn contacts_in(text: &str) -> Vec<Found> {
    let text: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match contact_at(&text, at) {
            Some((kind, end)) => {
                found.push(Found {
                    kind,
                    text: text[at..end].iter().collect(),
                });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads a contact from a place in the text; answers the place after it.
type Reader = fn(&[char], usize) -> Option<usize>;

fn contact_at(text: &[char], at: usize) -> Option<(Kind, usize)> {
    if at > 0 && text[at - 1].is_alphanumeric() {
        return None;
    }
    let readers: [(Kind, Reader); 4] = [
        (Kind::Link, link_end),
        (Kind::Email, email_end),
        (Kind::Phone, phone::end),
        (Kind::Address, street::end),
    ];
    readers
        .into_iter()
        .find_map(|(kind, read)| read(text, at).map(|end| (kind, end)))
}

/// Nothing that is looked for goes on for longer, so the time taken grows with the text alone.
const LONGEST_RUN: usize = 256;

/// The end of the letters from here on that belong together.
fn run(text: &[char], at: usize, belongs: impl Fn(char) -> bool) -> usize {
    let letters = text.iter().skip(at).take(LONGEST_RUN);
    at + letters.take_while(|&&letter| belongs(letter)).count()
}

/// Contacts do not go on over the end of a line.
fn spaces(text: &[char], at: usize) -> usize {
    run(text, at, |letter| letter.is_whitespace() && letter != '\n')
}

fn word(text: &[char], at: usize) -> (String, usize) {
    let end = run(text, at, char::is_alphabetic);
    (folded(&text[at..end].iter().collect::<String>()), end)
}

fn is_at(text: &[char], at: usize, sign: &str) -> bool {
    let mut letters = text[at.min(text.len())..].iter();
    sign.chars().all(|sign| {
        letters
            .next()
            .is_some_and(|letter| letter.eq_ignore_ascii_case(&sign))
    })
}

fn link_end(text: &[char], at: usize) -> Option<usize> {
    let start = ["https://", "http://", "www."]
        .into_iter()
        .find(|s| is_at(text, at, s))?;
    let host = at + start.len();
    let mut end = run(text, host, |letter| {
        !letter.is_whitespace() && !"<>\"«»".contains(letter)
    });
    while end > host && ".,;:!?…)]'’".contains(text[end - 1]) {
        end -= 1;
    }
    (end > host).then_some(end)
}

/// The longest part before the @ that mail allows (RFC 5321).
const MAILBOX_LETTERS: usize = 64;

fn email_end(text: &[char], at: usize) -> Option<usize> {
    if !text[at].is_alphanumeric() {
        return None;
    }
    let in_mailbox = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
    let mut mailbox = run(text, at, in_mailbox);
    while let Some(next) = dot(text, mailbox) {
        mailbox = run(text, next, in_mailbox);
        if mailbox == next || mailbox - at > MAILBOX_LETTERS {
            return None;
        }
    }
    if mailbox - at > MAILBOX_LETTERS {
        return None;
    }
    let sign = spaces(text, mailbox);
    if is_at(text, sign, "@") {
        return domain_end(text, spaces(text, sign + 1));
    }
    let bare = ["arobase", "arobas", "arobaze", "arrobase"];
    let bracketed = ["arobase", "arobas", "at", "a", "@"];
    domain_end(text, spelled(text, mailbox, &bare, &bracketed)?)
}

/// Names with dots between, written or spelled; the last of at least two letters.
fn domain_end(text: &[char], at: usize) -> Option<usize> {
    let label_end = |at| run(text, at, |letter| letter.is_alphanumeric() || letter == '-');
    let mut here = label_end(at);
    let mut end = None;
    while here > at {
        let dotted = is_at(text, here, ".").then_some(here + 1);
        let Some(label) = dotted.or_else(|| dot(text, here)) else {
            break;
        };
        here = label_end(label);
        if here == label {
            break;
        }
        if here - label >= 2
            && text[label..here]
                .iter()
                .all(|letter| letter.is_alphabetic())
        {
            end = Some(here);
        }
    }
    end
}

/// A dot written as a word.
fn dot(text: &[char], at: usize) -> Option<usize> {
    spelled(text, at, &["point", "dot"], &["point", "dot", "."])
}

/// Reads a sign written as a word: " arobase " between spaces, or "(at)" in brackets.
fn spelled(text: &[char], at: usize, bare: &[&str], bracketed: &[&str]) -> Option<usize> {
    let start = spaces(text, at);
    if text
        .get(start)
        .is_some_and(|letter| "([{<".contains(*letter))
    {
        let inside = spaces(text, start + 1);
        let end = run(text, inside, |letter| {
            letter.is_alphabetic() || "@.".contains(letter)
        });
        let closing = spaces(text, end);
        let written: String = text[inside..end].iter().collect();
        let closed = text
            .get(closing)
            .is_some_and(|letter| ")]}>".contains(*letter));
        let known = bracketed.contains(&folded(&written).as_str());
        return (closed && known).then(|| spaces(text, closing + 1));
    }
    let (written, end) = word(text, start);
    let next = spaces(text, end);
    (start > at && next > end && bare.contains(&written.as_str())).then_some(next)
}

#[cfg(test)]
#[path = "contact_tests.rs"]
mod tests;
