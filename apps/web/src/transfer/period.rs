//! The part of a statement that is shown: the last months, a year, from day to day, or all.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeZone, Utc};
use door::Fields;
use words::Words;

/// Months of the statement that is shown where nothing is chosen.
const MONTHS: u32 = 3;
/// Years that can be chosen by name, this one included.
const YEARS: i32 = 3;

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) kind: Kind,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing was chosen.
    Usual,
    Recent,
    Year(i32),
    Between,
    All,
}

/// A period to choose.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) query: String,
    pub(super) is_current: bool,
}

impl Period {
    pub(super) fn read(query: &Fields, today: NaiveDate) -> Period {
        let day = |name: &str| query.get(name).parse::<NaiveDate>().ok();
        let (from, to) = (day("du"), day("au"));
        if from.is_some() || to.is_some() {
            // The other way round means the same.
            let (from, to) = match (from, to) {
                (Some(from), Some(to)) if from > to => (Some(to), Some(from)),
                both => both,
            };
            return Period {
                kind: Kind::Between,
                from,
                to,
            };
        }
        match query.get("periode") {
            "tout" => Period::all(),
            "3-mois" => Period::recent(Kind::Recent, today),
            year => match year
                .parse::<i32>()
                .ok()
                .filter(|y| (1990..3000).contains(y))
            {
                Some(year) => Period {
                    kind: Kind::Year(year),
                    from: NaiveDate::from_ymd_opt(year, 1, 1),
                    to: NaiveDate::from_ymd_opt(year, 12, 31),
                },
                None => Period::recent(Kind::Usual, today),
            },
        }
    }

    fn recent(kind: Kind, today: NaiveDate) -> Period {
        Period {
            kind,
            from: today.checked_sub_months(Months::new(MONTHS)),
            to: None,
        }
    }

    pub(super) fn all() -> Period {
        Period {
            kind: Kind::All,
            from: None,
            to: None,
        }
    }

    /// As the form has it.
    pub(super) fn fields(&self, today: NaiveDate) -> Fields {
        let from = self.from.map(|day| day.to_string()).unwrap_or_default();
        Fields::default()
            .with("du", from)
            .with("au", self.to.unwrap_or(today).to_string())
    }

    /// As an address says it.
    pub(super) fn query(&self) -> String {
        match self.kind {
            Kind::Usual | Kind::Recent => "periode=3-mois".to_owned(),
            Kind::All => "periode=tout".to_owned(),
            Kind::Year(year) => format!("periode={year}"),
            Kind::Between => {
                let day = |day: Option<NaiveDate>| day.map(|it| it.to_string()).unwrap_or_default();
                format!("du={}&au={}", day(self.from), day(self.to))
            }
        }
    }

    /// The first moment in it, and the first after it, where the SEL is.
    pub(super) fn moments(&self, zone: &str) -> (DateTime<Utc>, DateTime<Utc>) {
        let from = self
            .from
            .map_or(DateTime::<Utc>::MIN_UTC, |day| start(day, zone));
        let after = self.to.and_then(|day| day.checked_add_days(Days::new(1)));
        let until = after.map_or(DateTime::<Utc>::MAX_UTC, |day| start(day, zone));
        (from.max(EARLIEST), until.min(LATEST))
    }

    /// Its last day, where that is over.
    pub(super) fn closed(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.to.filter(|day| *day < today)
    }

    /// "Du 1er avril 2026 à aujourd’hui".
    pub(super) fn said(&self, words: Words, today: NaiveDate) -> String {
        let day = |day: NaiveDate| words.day(day).into();
        match (self.from, self.closed(today)) {
            (None, None) => words.say("statement-all"),
            (Some(from), None) => words.say_with("statement-since", &[("from", day(from))]),
            (None, Some(to)) => words.say_with("statement-until", &[("to", day(to))]),
            (Some(from), Some(to)) => {
                words.say_with("statement-between", &[("from", day(from)), ("to", day(to))])
            }
        }
    }

    pub(super) fn choices(&self, words: Words, today: NaiveDate) -> Vec<Choice> {
        let mut periods = vec![Period::recent(Kind::Recent, today)];
        periods.extend((0..YEARS).map(|back| Period {
            kind: Kind::Year(today.year() - back),
            from: None,
            to: None,
        }));
        periods.push(Period::all());
        let current = self.query();
        let choice = |it: Period| Choice {
            label: match it.kind {
                Kind::Year(year) => year.to_string(),
                Kind::All => words.say("statement-tab-all"),
                _ => words.say_with("statement-tab-recent", &[("months", MONTHS.into())]),
            },
            is_current: it.query() == current,
            query: it.query(),
        };
        periods.into_iter().map(choice).collect()
    }
}

/// What the database holds as a moment.
const EARLIEST: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;
const LATEST: DateTime<Utc> = match DateTime::<Utc>::from_timestamp(253_402_300_799, 0) {
    Some(at) => at,
    None => DateTime::<Utc>::MAX_UTC,
};

/// The first moment of a day, where the SEL is.
pub(crate) fn start(day: NaiveDate, zone: &str) -> DateTime<Utc> {
    let zone: chrono_tz::Tz = zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let midnight = day.and_hms_opt(0, 0, 0).unwrap_or_default();
    zone.from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(query: &str) -> Period {
        Period::read(&Fields::parse(query.as_bytes()), day("2026-06-15"))
    }

    #[test]
    fn a_period_is_read_as_it_is_written() {
        for query in [
            "periode=3-mois",
            "periode=2025",
            "periode=tout",
            "du=2026-01-02&au=2026-02-03",
            "du=&au=2026-02-03",
        ] {
            assert_eq!(read(query).query(), query);
        }
        assert_eq!(read("").kind, Kind::Usual);
        assert_eq!(read("periode=hier").kind, Kind::Usual);
        assert_eq!(read("").from, Some(day("2026-03-15")));
        let turned = read("du=2026-02-03&au=2026-01-02");
        assert_eq!(turned.from, Some(day("2026-01-02")));
    }

    #[test]
    fn a_day_belongs_to_its_period_from_midnight_to_midnight_where_the_sel_is() {
        let (from, until) = read("du=2026-06-01&au=2026-06-01").moments("Europe/Paris");
        assert_eq!(from.to_rfc3339(), "2026-05-31T22:00:00+00:00");
        assert_eq!(until.to_rfc3339(), "2026-06-01T22:00:00+00:00");
    }
}
