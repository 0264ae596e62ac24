//! A statement as a file for a spreadsheet.

use super::row::other_side;
use super::{Asked, asked};
use door::form::Query;
use door::{Answer, Present, Trouble};
use poem::http::header;
use poem::{Response, Route, get, handler};
use store::transfer::{Line, Span};
use words::Words;

/// Lines that are read at a time, and that a file holds at most.
const STEP: usize = 1_000;
const LINES: usize = 50_000;
/// Spreadsheets know UTF-8 by it.
const MARK: &str = "\u{feff}";

pub(super) fn routes(route: Route) -> Route {
    route.at("/releve.csv", get(table))
}

/// All lines of a statement, the oldest first.
pub(super) async fn lines(present: &mut Present, asked: &Asked) -> Result<Vec<Line>, Trouble> {
    let mut lines = Vec::new();
    let mut span = asked.span;
    loop {
        let account = asked.account.id();
        let page = store::transfer::statement(&mut present.scope, account, span, STEP).await?;
        let last = page.rows.last().map(|line| line.sequence);
        lines.extend(page.rows);
        match last {
            Some(last) if page.more && lines.len() < LINES => {
                span = Span {
                    to: last - 1,
                    ..span
                };
            }
            _ => break,
        }
    }
    lines.reverse();
    Ok(lines)
}

#[handler]
async fn table(mut present: Present, Query(query): Query) -> Answer {
    let asked = asked(&mut present, &query).await?;
    let lines = lines(&mut present, &asked).await?;
    let words = present.words();
    let heads = [
        "day", "noted", "label", "with", "number", "gave", "received", "balance",
    ];
    let mut rows = vec![
        heads
            .iter()
            .map(|head| words.say(&format!("statement-csv-{head}")))
            .collect(),
    ];
    rows.extend(lines.iter().map(|line| row(&present, words, line)));
    let name = format!("releve-{}.csv", asked.whose.number);
    Ok(download(&name, &rows)?)
}

fn row(present: &Present, words: Words, line: &Line) -> Vec<String> {
    let unit = &present.rules.unit;
    let (name, number) = other_side(present, line);
    let zone = &present.guest.association.time_zone;
    let amount = |wanted: bool| {
        if wanted {
            unit.plain(line.change.abs())
        } else {
            String::new()
        }
    };
    vec![
        line.done_on.to_string(),
        words.local_day(line.posted_at, zone).to_string(),
        line.label.clone(),
        name,
        number.map(|it| it.to_string()).unwrap_or_default(),
        amount(line.change < 0),
        amount(line.change > 0),
        unit.plain(line.balance),
    ]
}

/// Rows as a file to keep. Values parted by semicolons, as spreadsheets here expect.
pub(crate) fn download(name: &str, rows: &[Vec<String>]) -> Result<Response, Trouble> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(Vec::new());
    let broken = |error: csv::Error| Trouble::Broken(format!("a table was not written: {error}"));
    for row in rows {
        writer
            .write_record(row.iter().map(|value| harmless(value)))
            .map_err(broken)?;
    }
    let body = writer
        .into_inner()
        .map_err(|error| Trouble::Broken(format!("a table was not written: {error}")))?;
    let body = [MARK.as_bytes(), &body].concat();
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/csv; charset=utf-8")
        .header(
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        )
        .header(header::CACHE_CONTROL, "no-store")
        .body(body))
}

/// A text that a spreadsheet does not take for a formula (OWASP, CSV injection). Numbers stay.
fn harmless(value: &str) -> String {
    let is_number = value
        .trim_start_matches('-')
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == ',');
    if !is_number && value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{value}")
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_text_and_a_number_stays_one() {
        for (value, kept) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-x", "'-x"),
            ("-12,50", "-12,50"),
            ("taille", "taille"),
            ("", ""),
        ] {
            assert_eq!(harmless(value), kept);
        }
    }
}
