//! What was exchanged with one SEL in a quarter: the page, and the file that both sides compare.

use super::one::found;
use crate::transfer::download;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use door::form::Query;
use door::{Answer, Present, Trouble};
use poem::web::Path;
use poem::{Route, get, handler};
use store::alliance::Alliance;
use store::crossing::Line;
use words::Words;

/// Lines of a page, and of a file.
const ROWS: usize = 200;
pub(super) const FILE_ROWS: usize = 20_000;
/// Quarters that can be chosen.
const QUARTERS: u32 = 8;

pub(super) fn routes(route: Route) -> Route {
    route.at("/bureau/allies/:id/bordereau.csv", get(table))
}

/// Three months, by their first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quarter(NaiveDate);

impl Quarter {
    fn of(day: NaiveDate) -> Quarter {
        let month = (day.month0() / 3) * 3 + 1;
        Quarter(NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day))
    }

    /// Reads "2026-4"; the quarter of `today` where it is none.
    pub(super) fn read(typed: &str, today: NaiveDate) -> Quarter {
        let parts = typed.split_once('-');
        let parts = parts.and_then(|(year, part)| Some((year.parse().ok()?, part.parse().ok()?)));
        parts
            .filter(|(year, part)| (1990..3000).contains(year) && (1..=4_u32).contains(part))
            .and_then(|(year, part)| NaiveDate::from_ymd_opt(year, part * 3 - 2, 1))
            .map_or_else(|| Quarter::of(today), Quarter)
    }

    pub(super) fn value(self) -> String {
        format!("{}-{}", self.0.year(), self.0.month0() / 3 + 1)
    }

    /// As the name of a file says it.
    pub(super) fn file(self) -> String {
        self.value().replace('-', "-T")
    }

    /// "De juillet à septembre 2026".
    pub(super) fn said(self, words: Words) -> String {
        let last = self.0.checked_add_months(Months::new(2)).unwrap_or(self.0);
        let names = [
            ("from", words.month_name(self.0).into()),
            ("to", words.month(last).into()),
        ];
        words.say_with("alliance-quarter", &names)
    }

    fn before(self) -> Quarter {
        Quarter::of(self.0.pred_opt().unwrap_or(self.0))
    }

    pub(super) fn moments(self, zone: &str) -> (DateTime<Utc>, DateTime<Utc>) {
        let next = self.0.checked_add_months(Months::new(3)).unwrap_or(self.0);
        let start = |day| crate::transfer::start_of(day, zone);
        (start(self.0), start(next))
    }
}

pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_current: bool,
}

pub(super) struct Row {
    pub(super) url: String,
    pub(super) day: String,
    pub(super) date: String,
    pub(super) own: String,
    pub(super) other: String,
    pub(super) label: String,
    pub(super) given: String,
    pub(super) received: String,
}

/// A quarter, ready to show.
pub(super) struct Shown {
    pub(super) quarter: String,
    pub(super) query: String,
    pub(super) choices: Vec<Choice>,
    pub(super) rows: Vec<Row>,
    pub(super) more: bool,
    pub(super) given: String,
    pub(super) received: String,
    /// Given less received, before and after.
    pub(super) before: String,
    pub(super) after: String,
}

impl Shown {
    pub(super) async fn read(
        present: &mut Present,
        it: &Alliance,
        quarter: Quarter,
    ) -> Result<Shown, Trouble> {
        let zone = present.guest.association.time_zone.clone();
        let moments = quarter.moments(&zone);
        let scope = &mut present.scope;
        let sums = store::crossing::sums(scope, it.id(), moments).await?;
        let lines = store::crossing::tally(scope, it.id(), moments, ROWS).await?;
        let (words, unit) = (present.words(), &present.rules.unit);
        let mut choices = vec![Quarter::of(present.guest.today())];
        for _ in 1..QUARTERS {
            choices.extend(choices.last().map(|last| last.before()));
        }
        let row = |line: &Line| row(present, it, line);
        Ok(Shown {
            quarter: quarter.said(words),
            query: format!("trimestre={}", quarter.value()),
            choices: choices
                .into_iter()
                .map(|choice| Choice {
                    value: choice.value(),
                    label: choice.said(words),
                    is_current: choice == quarter,
                })
                .collect(),
            rows: lines.rows.iter().map(row).collect(),
            more: lines.more,
            given: unit.amount(sums.given),
            received: unit.amount(sums.received),
            before: unit.amount(sums.opening()),
            after: unit.amount(sums.closing()),
        })
    }
}

pub(super) fn row(present: &Present, it: &Alliance, line: &Line) -> Row {
    let (words, unit) = (present.words(), &present.rules.unit);
    let amount = |wanted: bool| {
        if wanted {
            unit.figure(line.amount)
        } else {
            String::new()
        }
    };
    let label = if line.is_reversal {
        format!("{}{}", desk::reversal::LABEL, line.label)
    } else {
        line.label.clone()
    };
    let reference = sel::alliance::named(&it.code, line.other_number);
    Row {
        url: format!("/echanges/ailleurs/{}", line.id()),
        day: words.short_day(line.done_on),
        date: line.done_on.to_string(),
        own: format!(
            "{} {} (n°\u{a0}{})",
            line.member_first, line.member_last, line.member_number
        ),
        other: format!("{} ({reference})", line.other_name),
        label,
        given: amount(line.gives),
        received: amount(!line.gives),
    }
}

#[handler]
async fn table(mut present: Present, Path(id): Path<String>, Query(query): Query) -> Answer {
    let it = found(&mut present, &id).await?;
    let quarter = Quarter::read(query.get("trimestre"), present.guest.today());
    let zone = present.guest.association.time_zone.clone();
    let moments = quarter.moments(&zone);
    let lines = store::crossing::tally(&mut present.scope, it.id(), moments, FILE_ROWS)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let heads = [
        "day", "noted", "own", "other", "name", "label", "given", "received", "slip",
    ];
    let mut rows: Vec<Vec<String>> = vec![
        heads
            .iter()
            .map(|head| words.say(&format!("alliance-csv-{head}")))
            .collect(),
    ];
    let own_code = present.guest.association.code.clone();
    rows.extend(lines.rows.iter().map(|line| {
        let shown = row(&present, &it, line);
        let plain = |wanted: bool| {
            if wanted {
                present.rules.unit.plain(line.amount)
            } else {
                String::new()
            }
        };
        vec![
            line.done_on.to_string(),
            words.local_day(line.at, &zone).to_string(),
            sel::alliance::named(&own_code, Some(line.member_number)),
            sel::alliance::named(&it.code, line.other_number),
            line.other_name.clone(),
            shown.label,
            plain(line.gives),
            plain(!line.gives),
            line.slip.clone().unwrap_or_default(),
        ]
    }));
    let name = format!("bordereau-{}-{}.csv", it.code, quarter.file());
    Ok(download(&name, &rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_quarter_is_three_months_where_the_sel_is() {
        let quarter = Quarter::of(day("2026-11-27"));
        assert_eq!(quarter.value(), "2026-4");
        assert_eq!(quarter.before().value(), "2026-3");
        assert_eq!(Quarter::read("2025-1", day("2026-11-27")).value(), "2025-1");
        for odd in ["", "2026-5", "2026", "x-1", "2026-0"] {
            assert_eq!(Quarter::read(odd, day("2026-11-27")), quarter, "{odd}");
        }
        let (from, until) = quarter.moments("Europe/Paris");
        assert_eq!(from.to_rfc3339(), "2026-09-30T22:00:00+00:00");
        assert_eq!(until.to_rfc3339(), "2026-12-31T23:00:00+00:00");
    }
}
