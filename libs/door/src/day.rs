//! What happened, under the days on which it did.

use chrono::NaiveDate;
use words::Words;

/// A day, and what a page shows of it.
#[derive(Debug)]
pub struct Day<T> {
    day: NaiveDate,
    /// "samedi 13 juin".
    pub heading: String,
    pub lines: Vec<T>,
}

/// The lines under their days, both in the order in which they come.
pub fn by_day<T>(
    words: Words,
    today: NaiveDate,
    lines: impl Iterator<Item = (NaiveDate, T)>,
) -> Vec<Day<T>> {
    let mut days: Vec<Day<T>> = Vec::new();
    for (day, line) in lines {
        match days.last_mut() {
            Some(last) if last.day == day => last.lines.push(line),
            _ => days.push(Day {
                day,
                heading: words.near_day(day, today),
                lines: vec![line],
            }),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Language;

    #[test]
    fn what_happened_stands_under_its_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (today, before) = (day("2026-06-15"), day("2025-06-14"));
        let lines = [(today, 1), (today, 2), (before, 3)];
        let words = Words::new(Language::French);
        let days = by_day(words, today, lines.into_iter());
        let seen: Vec<(&str, &[i32])> = days
            .iter()
            .map(|it| (it.heading.as_str(), it.lines.as_slice()))
            .collect();
        let expected = [
            ("lundi 15\u{a0}juin", &[1, 2][..]),
            ("samedi 14\u{a0}juin 2025", &[3]),
        ];
        assert_eq!(seen, expected);
    }
}
