//! Days as people write them on paper.

use chrono::{Datelike, NaiveDate};

/// Reads "13/6", "13/06/26", "13.6.2026", "13-06-2026" or "2026-06-13". Without a year it is the
/// last such day that is not after `today`.
pub fn parse(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let typed = typed.trim();
    if let Ok(day) = typed.parse::<NaiveDate>() {
        return Some(day);
    }
    let mut parts = typed
        .split(['/', '.', '-', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<u32>().ok());
    let day = parts.next()??;
    let month = parts.next()??;
    let year = match parts.next() {
        Some(year) => Some(i32::try_from(year?).ok()?),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    match year {
        Some(short @ 0..=99) => NaiveDate::from_ymd_opt(2000 + short, month, day),
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => (0..8)
            .filter_map(|back| NaiveDate::from_ymd_opt(today.year() - back, month, day))
            .find(|day| *day <= today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_stands_on_paper() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        let today = day(2026, 6, 15).unwrap();
        for (typed, read) in [
            ("13/6", day(2026, 6, 13)),
            (" 13/06/26 ", day(2026, 6, 13)),
            ("13.6.2026", day(2026, 6, 13)),
            ("13-06-2026", day(2026, 6, 13)),
            ("13 6", day(2026, 6, 13)),
            ("2026-06-13", day(2026, 6, 13)),
            ("20/12", day(2025, 12, 20)),
            ("29/2", day(2024, 2, 29)),
            ("32/1", None),
            ("13", None),
            ("13/6/26/1", None),
            ("treize juin", None),
            ("", None),
        ] {
            assert_eq!(parse(typed, today), read, "{typed}");
        }
    }
}
