//! A search that a member keeps, and how often they hear what is new.

use crate::refusal::{Fact, Refused};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc};
use thiserror::Error;

/// Searches that a member may keep.
pub const MOST: i64 = 20;
/// Letters of what the address of the list asks for.
const ADDRESS_LETTERS: usize = 1000;
/// At once is a few minutes later: several notices may come together.
const SOON: TimeDelta = TimeDelta::minutes(5);
/// When the letters of a day are written, in universal time: in the early morning of France.
const HOUR: u32 = 4;
/// They are spread over so many seconds.
const SPREAD_S: u64 = 5_400;

/// How often somebody is told what is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    Never,
    Soon,
    Daily,
    /// On Mondays.
    Weekly,
}

impl Rhythm {
    pub const ALL: [Rhythm; 4] = [Rhythm::Soon, Rhythm::Daily, Rhythm::Weekly, Rhythm::Never];

    pub fn as_str(self) -> &'static str {
        match self {
            Rhythm::Never => "never",
            Rhythm::Soon => "soon",
            Rhythm::Daily => "daily",
            Rhythm::Weekly => "weekly",
        }
    }

    pub fn parse(text: &str) -> Option<Rhythm> {
        Rhythm::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// When one looks next, after `now`; `place` tells the searches apart that are due together.
    pub fn due(self, now: DateTime<Utc>, place: u64) -> Option<DateTime<Utc>> {
        let seconds = i64::try_from(place % SPREAD_S).unwrap_or(0);
        let morning = |days: u64| {
            let day = now.date_naive() + Days::new(days);
            let at = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
            day.and_time(at).and_utc() + TimeDelta::seconds(seconds)
        };
        match self {
            Rhythm::Never => None,
            Rhythm::Soon => Some(now + SOON),
            Rhythm::Daily => [morning(0), morning(1)].into_iter().find(|at| *at > now),
            Rhythm::Weekly => {
                let to_monday = u64::from(now.weekday().num_days_from_monday());
                let days = (7 - to_monday) % 7;
                [morning(days), morning(days + 7)]
                    .into_iter()
                    .find(|at| *at > now)
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("nothing is asked")]
    AsksNothing,
    #[error("more than {MOST}")]
    Many,
    #[error("nobody would read the letters")]
    NoEmail,
    #[error("too long to be kept")]
    Long,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::AsksNothing => "refusal-search-asks-nothing",
            Refusal::Many => "refusal-search-many",
            Refusal::NoEmail => "refusal-search-no-email",
            Refusal::Long => "refusal-search-long",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::Many => vec![("most", Fact::Count(MOST))],
            _ => Vec::new(),
        }
    }
}

/// Decides whether a member may keep a search, who keeps `count` others.
pub fn save(address: &str, rhythm: Rhythm, count: i64, has_email: bool) -> Result<(), Refusal> {
    if address.is_empty() {
        return Err(Refusal::AsksNothing);
    }
    if address.len() > ADDRESS_LETTERS {
        return Err(Refusal::Long);
    }
    if count >= MOST {
        return Err(Refusal::Many);
    }
    if rhythm != Rhythm::Never && !has_email {
        return Err(Refusal::NoEmail);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_rhythm_is_due_in_its_time_and_always_later() {
        // A Saturday.
        let now = at("2026-11-28T10:00:00Z");
        assert_eq!(Rhythm::Never.due(now, 0), None);
        assert_eq!(Rhythm::Soon.due(now, 7), Some(at("2026-11-28T10:05:00Z")));
        assert_eq!(Rhythm::Daily.due(now, 60), Some(at("2026-11-29T04:01:00Z")));
        assert_eq!(
            Rhythm::Weekly.due(now, 60),
            Some(at("2026-11-30T04:01:00Z"))
        );
        let early = at("2026-11-30T03:00:00Z");
        assert_eq!(
            Rhythm::Daily.due(early, 0),
            Some(at("2026-11-30T04:00:00Z"))
        );
        assert_eq!(
            Rhythm::Weekly.due(early, 0),
            Some(at("2026-11-30T04:00:00Z"))
        );
        let monday = at("2026-11-30T04:00:00Z");
        assert_eq!(
            Rhythm::Weekly.due(monday, 0),
            Some(at("2026-12-07T04:00:00Z"))
        );
        for rhythm in [Rhythm::Soon, Rhythm::Daily, Rhythm::Weekly] {
            assert_eq!(Rhythm::parse(rhythm.as_str()), Some(rhythm));
            assert!(rhythm.due(now, u64::MAX).unwrap() > now);
        }
    }

    #[test]
    fn a_search_is_kept_that_asks_something_up_to_twenty() {
        let save = |address, rhythm, count, email| save(address, rhythm, count, email);
        assert_eq!(save("q=a", Rhythm::Daily, MOST - 1, true), Ok(()));
        assert_eq!(save("q=a", Rhythm::Daily, MOST, true), Err(Refusal::Many));
        assert_eq!(save("", Rhythm::Daily, 0, true), Err(Refusal::AsksNothing));
        assert_eq!(save("q=a", Rhythm::Soon, 0, false), Err(Refusal::NoEmail));
        assert_eq!(save("q=a", Rhythm::Never, 0, false), Ok(()));
        let long = "a".repeat(ADDRESS_LETTERS);
        assert_eq!(save(&long, Rhythm::Daily, 0, true), Ok(()));
        let longer = format!("{long}a");
        assert_eq!(save(&longer, Rhythm::Daily, 0, true), Err(Refusal::Long));
    }
}
