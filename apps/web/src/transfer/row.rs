//! One line of a statement, in words.

use door::Present;
use sel::member::Right;
use store::transfer::Line;
use words::Words;

/// One line, ready to show.
pub(super) struct Row {
    /// Where the exchange is told, for a movement that settled one.
    pub(super) url: Option<String>,
    pub(super) day: String,
    pub(super) date: String,
    pub(super) label: String,
    pub(super) with: String,
    pub(super) change: String,
    pub(super) after: String,
}

pub(super) fn row(present: &Present, line: &Line, is_linked: bool) -> Row {
    let (words, unit) = (present.words(), &present.rules.unit);
    let url = match (line.exchange_id(), line.crossing_id()) {
        (Some(id), _) => Some(format!("/echanges/{id}")),
        (None, Some(id)) => Some(format!("/echanges/ailleurs/{id}")),
        _ => None,
    };
    let url = url.filter(|_| is_linked);
    Row {
        url,
        day: words.day(line.done_on),
        date: line.done_on.to_string(),
        label: line.label.clone(),
        with: with(words, present, line),
        change: unit.signed(line.change),
        after: unit.figure(line.balance),
    }
}

/// The other side, on which sheet, and when it was noted where that is another day.
fn with(words: Words, present: &Present, line: &Line) -> String {
    let zone = &present.guest.association.time_zone;
    let posted = words.local_day(line.posted_at, zone);
    let mut other = other(words, present, line);
    if let Some(title) = &line.sheet_title {
        other = format!("{other} · {title}");
    }
    if posted == line.done_on {
        return other;
    }
    // The lines stand in the order in which they were written: the day of the exchange may jump.
    let day = words.short_day(posted);
    let noted = words.say_with("statement-noted-on", &[("day", day.into())]);
    format!("{other} · {noted}")
}

/// The other side, and who wrote it down where somebody else did.
fn other(words: Words, present: &Present, line: &Line) -> String {
    let (name, number) = other_side(present, line);
    let other = match number {
        Some(number) => format!("{name} n°\u{a0}{number}"),
        None => name,
    };
    match (&line.writer_first, line.writer_number) {
        (Some(writer), Some(number)) => {
            let by = format!("{writer} n°\u{a0}{number}");
            let written = words.say_with("statement-written-by", &[("name", by.into())]);
            format!("{other} · {written}")
        }
        _ => other,
    }
}

/// The name of the other side, and the number where it is a member.
pub(super) fn other_side(present: &Present, line: &Line) -> (String, Option<i32>) {
    if let (Some(name), Some(code)) = (&line.outside_name, &line.outside_code) {
        let reference = sel::alliance::named(code, line.outside_number);
        return (format!("{name} ({reference})"), None);
    }
    match (&line.other_first, line.other_number) {
        (Some(first), Some(number)) => {
            let all = present.may(Right::EnterForOthers);
            let last = line.other_last.as_deref().unwrap_or_default();
            let name = crate::member::shown_name(all, &present.rules, first, last);
            (name, Some(number))
        }
        _ if line.other_kind == "solidarity" => (present.words().say("statement-solidarity"), None),
        _ => (present.guest.association.name.clone(), None),
    }
}
