//! From a letter to the lines that a server takes.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, Utc};
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::{Address, Letter};
use crate::Failure;

/// The longest name and the longest subject, in characters; the rest is cut.
const MAX_HEADER_CHARS: usize = 250;

/// # Errors
/// [`Failure::Never`] when an address or the date cannot stand in a letter.
pub(super) fn compose(letter: &Letter) -> Result<Message, Failure> {
    let from = mailbox(&letter.from)?;
    if !letter.from.address.is_ascii() {
        // The Message-ID is made of it, and every server on the way has to understand it.
        return Err(Failure::Never("the sender's address is not ASCII".into()));
    }
    let to = mailbox(&letter.to)?;
    // Stated, not read back from the headers: who gets the letter never depends on parsing names.
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()])
        .map_err(|error| Failure::Never(format!("no envelope: {error}")))?;
    let message_id = format!("<{}@{}>", letter.letter_id, from.email.domain());
    let mut message = Message::builder()
        .envelope(envelope)
        .message_id(Some(message_id))
        .date(date(letter.at)?)
        .from(from)
        .to(to)
        .subject(one_line(&letter.subject, MAX_HEADER_CHARS))
        .raw_header(automatic());
    if let Some(reply_to) = &letter.reply_to {
        message = message.reply_to(mailbox(reply_to)?);
    }
    if let Some(url) = &letter.stop_url {
        let url = one_line(url, MAX_HEADER_CHARS);
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{url}>")))
            .raw_header(header(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".into(),
            ));
    }
    let text = with_plain_line_breaks(&letter.text);
    let html = with_plain_line_breaks(&letter.html);
    message
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| Failure::Never(format!("no message: {error}")))
}

/// Everything that would end a line becomes a space, and at most `max_chars` characters stay.
pub(super) fn one_line(text: &str, max_chars: usize) -> String {
    let line: String = text
        .chars()
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .take(max_chars)
        .collect();
    line.trim().to_owned()
}

fn mailbox(address: &Address) -> Result<Mailbox, Failure> {
    let invalid = || Failure::Never(format!("not a valid address: {:?}", address.address));
    // RFC 5321 (4.1.2) allows more between quotes; nobody has such an address, and each of these
    // characters has a meaning of its own in a command or in a header.
    let strange = |c: char| c.is_whitespace() || c.is_control() || "\"\\<>".contains(c);
    if address.address.contains(strange) {
        return Err(invalid());
    }
    let email = address.address.parse().map_err(|_| invalid())?;
    let name = one_line(&address.name, MAX_HEADER_CHARS);
    Ok(Mailbox::new(
        Some(name).filter(|name| !name.is_empty()),
        email,
    ))
}

/// Tells other programs not to answer (RFC 3834, section 5).
fn automatic() -> HeaderValue {
    header("Auto-Submitted", "auto-generated".to_owned())
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// A header's date has four digits for the year, and the library counts from 1970.
fn date(at: DateTime<Utc>) -> Result<SystemTime, Failure> {
    if (1970..=9999).contains(&at.year()) {
        Ok(at.into())
    } else {
        Err(Failure::Never(format!("no date for a letter: {at}")))
    }
}

/// A lone carriage return ends a line for some servers and not for others: none is left.
fn with_plain_line_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{address, letter};
    use super::*;

    fn written(letter: &Letter) -> String {
        String::from_utf8(compose(letter).unwrap().formatted()).unwrap()
    }

    /// The header lines, folded ones joined.
    fn headers(letter: &Letter) -> Vec<String> {
        let written = written(letter);
        let (head, _) = written.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ");
        unfolded.split("\r\n").map(str::to_owned).collect()
    }

    fn names(letter: &Letter) -> Vec<String> {
        headers(letter)
            .iter()
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect()
    }

    const NAMES: [&str; 8] = [
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];

    #[test]
    fn a_letter_has_the_headers_it_should() {
        let headers = headers(&letter(1));
        for line in [
            "Message-ID: <00000000-0000-0000-0000-000000000001@mars.example.org>",
            "Date: Sun, 15 Jun 2025 15:06:40 +0000",
            "From: \"SEL de Mars\" <sel@mars.example.org>",
            "To: Claire <claire@example.org>",
            "Subject: Votre =?utf-8?b?w6ljaGFuZ2U=?=",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(headers.iter().any(|header| header == line), "{headers:#?}");
        }
        assert_eq!(names(&letter(1)), NAMES);
    }

    #[test]
    fn a_letter_says_the_same_as_text_and_as_html() {
        let written = written(&letter(1));
        assert!(written.contains("multipart/alternative"));
        let text = written.find("text/plain; charset=utf-8").unwrap();
        let html = written.find("text/html; charset=utf-8").unwrap();
        assert!(text < html, "the last form is the one that is shown");
    }

    #[test]
    fn answers_go_where_reply_to_says() {
        let mut answered = letter(1);
        answered.reply_to = Some(address("", "jean@example.org"));
        let headers = headers(&answered);
        assert!(headers.contains(&"Reply-To: jean@example.org".to_owned()));
    }

    #[test]
    fn a_retry_carries_the_same_message_id() {
        assert_eq!(headers(&letter(7))[0], headers(&letter(7))[0]);
        assert_ne!(headers(&letter(7))[0], headers(&letter(8))[0]);
    }

    #[test]
    fn a_line_break_in_the_subject_makes_no_header() {
        let mut forged = letter(1);
        forged.subject = "Bonjour\r\nBcc: eve@example.org\r\n\r\n<h1>".to_owned();
        assert_eq!(names(&forged), NAMES);
        let subject = "Subject: Bonjour  Bcc: eve@example.org    <h1>".to_owned();
        assert!(headers(&forged).contains(&subject));
    }

    #[test]
    fn a_line_break_in_a_name_makes_no_header() {
        let mut forged = letter(1);
        forged.to.name = "Claire\nBcc: eve@example.org".to_owned();
        forged.from.name = "Mars\rBcc: eve@example.org".to_owned();
        assert_eq!(names(&forged), NAMES);
    }

    #[test]
    fn a_name_that_looks_like_addresses_adds_no_recipient() {
        let mut forged = letter(1);
        forged.to.name = "x\" <eve@example.org>, y <z@example.org>".to_owned();
        let message = compose(&forged).unwrap();
        assert_eq!(
            message.envelope().to(),
            ["claire@example.org".parse().unwrap()]
        );
        assert_eq!(names(&forged), NAMES);
    }

    #[test]
    fn an_empty_name_leaves_the_address_alone() {
        let mut nameless = letter(1);
        nameless.to.name = " \n ".to_owned();
        assert!(headers(&nameless).contains(&"To: claire@example.org".to_owned()));
    }

    #[test]
    fn addresses_that_are_none_are_refused_for_good() {
        for wrong in [
            "",
            "claire",
            "@example.org",
            "claire@",
            "claire@example.org\r\nRCPT TO:<eve@example.org>",
            "claire@example.org\n",
            " claire@example.org",
            "claire@exa mple.org",
            "<claire@example.org>",
            "claire@example.org>",
            "\"claire smith\"@example.org",
            "\"claire\"@example.org",
            "claire@example.org, eve@example.org",
            "claire@example..org",
            "claire\u{2028}@example.org",
        ] {
            let mut to = letter(1);
            to.to.address = wrong.to_owned();
            let mut from = letter(1);
            from.from.address = wrong.to_owned();
            let mut reply_to = letter(1);
            reply_to.reply_to = Some(address("", wrong));
            for letter in [to, from, reply_to] {
                let composed = compose(&letter).map(|_| ());
                assert!(matches!(composed, Err(Failure::Never(_))), "{wrong:?}");
            }
        }
    }

    #[test]
    fn a_sender_outside_ascii_is_refused_for_good() {
        let mut accented = letter(1);
        accented.from.address = "sel@épicerie.example.org".to_owned();
        assert!(matches!(compose(&accented), Err(Failure::Never(_))));
    }

    #[test]
    fn a_subject_is_cut_at_250_characters() {
        assert_eq!(one_line(&"é".repeat(250), 250), "é".repeat(250));
        assert_eq!(one_line(&"é".repeat(251), 250), "é".repeat(250));
        let mut endless = letter(1);
        endless.subject = "x".repeat(5000);
        assert!(written(&endless).lines().all(|line| line.len() <= 998));
    }

    #[test]
    fn a_date_beyond_four_digits_is_refused_for_good() {
        for (at, fine) in [
            (DateTime::UNIX_EPOCH, true),
            (DateTime::from_timestamp(-1, 0).unwrap(), false),
            (DateTime::from_timestamp(253_402_300_799, 0).unwrap(), true),
            (DateTime::from_timestamp(253_402_300_800, 0).unwrap(), false),
        ] {
            let mut dated = letter(1);
            dated.at = at;
            assert_eq!(compose(&dated).is_ok(), fine, "{at}");
        }
    }

    #[test]
    fn no_lone_carriage_return_or_line_feed_is_left() {
        let mut mixed = letter(1);
        mixed.text = "un\rdeux\ntrois\r\n.\r\nquatre\n.\r".to_owned();
        let written = written(&mixed).replace("\r\n", "");
        assert!(!written.contains(['\r', '\n']));
    }

    proptest! {
        #[test]
        fn no_name_and_no_subject_ever_adds_a_header(
            from in any::<String>(),
            to in any::<String>(),
            subject in any::<String>(),
        ) {
            let mut any = letter(1);
            any.from.name = from;
            any.to.name = to;
            any.subject = subject;
            prop_assert_eq!(names(&any), NAMES);
        }

        #[test]
        fn no_awkward_name_is_refused(name in "[a-z\"\\\\ ,;:<>@().=?_\\[\\]é]{0,40}") {
            let mut awkward = letter(1);
            awkward.from.name.clone_from(&name);
            awkward.to.name = name;
            prop_assert_eq!(names(&awkward), NAMES);
            prop_assert!(written(&awkward).is_ascii());
        }
    }
}
