//! Days and durations, as one says them.

use crate::{Language, Words};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Tz;

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Words {
    /// "13 juin 2026", "1er avril 2026".
    pub fn day(&self, day: NaiveDate) -> String {
        format!("{} {}", self.short_day(day), day.year())
    }

    /// "13 juin".
    pub fn short_day(&self, day: NaiveDate) -> String {
        let month = day.month0() as usize;
        match self.language {
            Language::French if day.day() == 1 => format!("1er\u{a0}{}", MONTHS_FR[month]),
            Language::French => format!("{}\u{a0}{}", day.day(), MONTHS_FR[month]),
            Language::English => format!("{}\u{a0}{}", day.day(), MONTHS_EN[month]),
        }
    }

    /// "juin 2026".
    pub fn month(&self, day: NaiveDate) -> String {
        format!("{} {}", self.month_name(day), day.year())
    }

    /// "juin".
    pub fn month_name(&self, day: NaiveDate) -> &'static str {
        let month = day.month0() as usize;
        match self.language {
            Language::French => MONTHS_FR[month],
            Language::English => MONTHS_EN[month],
        }
    }

    /// "samedi 13 juin" in the year of `today`, "samedi 13 juin 2025" in another.
    pub fn near_day(&self, day: NaiveDate, today: NaiveDate) -> String {
        if day.year() == today.year() {
            return self.weekday(day);
        }
        format!("{} {}", self.weekday(day), day.year())
    }

    /// "samedi 13 juin".
    pub fn weekday(&self, day: NaiveDate) -> String {
        let name = match (self.language, day.weekday()) {
            (Language::French, Weekday::Mon) => "lundi",
            (Language::French, Weekday::Tue) => "mardi",
            (Language::French, Weekday::Wed) => "mercredi",
            (Language::French, Weekday::Thu) => "jeudi",
            (Language::French, Weekday::Fri) => "vendredi",
            (Language::French, Weekday::Sat) => "samedi",
            (Language::French, Weekday::Sun) => "dimanche",
            (Language::English, Weekday::Mon) => "Monday",
            (Language::English, Weekday::Tue) => "Tuesday",
            (Language::English, Weekday::Wed) => "Wednesday",
            (Language::English, Weekday::Thu) => "Thursday",
            (Language::English, Weekday::Fri) => "Friday",
            (Language::English, Weekday::Sat) => "Saturday",
            (Language::English, Weekday::Sun) => "Sunday",
        };
        format!("{name} {}", self.short_day(day))
    }

    /// The day of a moment, where the SEL is.
    pub fn local_day(&self, at: DateTime<Utc>, zone: &str) -> NaiveDate {
        local(at, zone)
    }

    /// The hour of a moment, where the SEL is: "14 h 05", "14:05".
    pub fn hour(&self, at: DateTime<Utc>, zone: &str) -> String {
        let at = at.with_timezone(&known(zone));
        match self.language {
            Language::French => format!("{}\u{a0}h\u{a0}{:02}", at.hour(), at.minute()),
            Language::English => format!("{:02}:{:02}", at.hour(), at.minute()),
        }
    }

    /// An amount of units as time: "4 heures", "1 h 30", "20 minutes". `hour` is what an hour is
    /// worth, both in the same parts; the sign is left out.
    pub fn time(&self, units: i64, hour: i64) -> String {
        let minutes = units.unsigned_abs().saturating_mul(60) / hour.unsigned_abs().max(1);
        let (hours, minutes) = (minutes / 60, minutes % 60);
        match (self.language, hours, minutes) {
            (Language::French, 0, 0 | 1) => format!("{minutes}\u{a0}minute"),
            (Language::English, 0, 1) => "1\u{a0}minute".to_owned(),
            (_, 0, minutes) => format!("{minutes}\u{a0}minutes"),
            (Language::French, 1, 0) => "1\u{a0}heure".to_owned(),
            (Language::English, 1, 0) => "1\u{a0}hour".to_owned(),
            (Language::French, hours, 0) => format!("{hours}\u{a0}heures"),
            (Language::English, hours, 0) => format!("{hours}\u{a0}hours"),
            (_, hours, minutes) => format!("{hours}\u{a0}h\u{a0}{minutes:02}"),
        }
    }
}

fn local(at: DateTime<Utc>, zone: &str) -> NaiveDate {
    at.with_timezone(&known(zone)).date_naive()
}

fn known(zone: &str) -> Tz {
    zone.parse().unwrap_or(chrono_tz::Europe::Paris)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french() -> Words {
        Words::new(Language::French)
    }

    #[test]
    fn days_are_said_in_french() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(french().day(day(2026, 6, 13)), "13\u{a0}juin 2026");
        assert_eq!(french().day(day(2026, 4, 1)), "1er\u{a0}avril 2026");
        assert_eq!(french().weekday(day(2026, 6, 13)), "samedi 13\u{a0}juin");
    }

    #[test]
    fn units_are_said_as_time() {
        for (units, said) in [
            (240, "4\u{a0}heures"),
            (-240, "4\u{a0}heures"),
            (60, "1\u{a0}heure"),
            (90, "1\u{a0}h\u{a0}30"),
            (65, "1\u{a0}h\u{a0}05"),
            (20, "20\u{a0}minutes"),
            (1, "1\u{a0}minute"),
        ] {
            assert_eq!(french().time(units, 60), said);
        }
        assert_eq!(french().time(150, 100), "1\u{a0}h\u{a0}30");
    }

    #[test]
    fn a_day_begins_where_the_sel_is() {
        let late = "2026-06-13T23:30:00Z".parse().unwrap();
        assert_eq!(local(late, "Europe/Paris").day(), 14);
        assert_eq!(local(late, "America/Martinique").day(), 13);
        assert_eq!(local(late, "Nowhere").day(), 14);
    }
}
