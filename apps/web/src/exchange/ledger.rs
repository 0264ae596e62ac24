//! `/bureau/echanges`: every exchange of a month, for who keeps the accounts.

mod abroad;

use super::telling::{Telling, state};
use crate::transfer::download;
use askama::Template;
use askama::filters::Safe;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use door::form::Query;
use door::{Answer, Fields, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::member::Right;
use store::exchange::{Reviewed, State, Sum};

/// Exchanges of a page, and of a file.
const ROWS: usize = 50;
const FILE_ROWS: usize = 20_000;
/// Those with other SELs, on the page.
const ABROAD: usize = 200;
/// Months that can be chosen.
const MONTHS: u32 = 13;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau/echanges", get(show))
        .at("/bureau/echanges.csv", get(table))
}

struct Line {
    href: String,
    said: Safe<String>,
    state: String,
    written: String,
}

struct Choice {
    value: String,
    label: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "exchange_ledger.html")]
struct LedgerPage {
    frame: Frame,
    months: Vec<Choice>,
    states: Vec<Choice>,
    sum: String,
    /// How many of them count, and how many wait.
    parts: String,
    lines: Vec<Line>,
    /// With members of other SELs, the first of them.
    abroad: Vec<Line>,
    abroad_more: bool,
    query: String,
    page_number: usize,
    next: Option<usize>,
}

const STATES: [(&str, State); 5] = [
    ("tous", State::All),
    ("attente", State::Waiting),
    ("inscrits", State::Agreed),
    ("annules", State::Reversed),
    ("abandonnes", State::Dropped),
];

/// What was chosen.
struct Asked {
    /// The first day of the month.
    month: NaiveDate,
    state: (&'static str, State),
    moments: (DateTime<Utc>, DateTime<Utc>),
}

fn asked(present: &Present, query: &Fields) -> Result<Asked, Trouble> {
    if !present.may(Right::EnterForOthers) {
        return Err(Trouble::NotAllowed);
    }
    let today = present.guest.today();
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let month = format!("{}-01", query.get("mois"))
        .parse()
        .ok()
        .filter(|month: &NaiveDate| (1990..3000).contains(&month.year()))
        .map_or_else(|| first(today), first);
    let state = STATES
        .into_iter()
        .find(|(name, _)| *name == query.get("etat"))
        .unwrap_or(STATES[0]);
    let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
    let zone = &present.guest.association.time_zone;
    let start = |day| crate::transfer::start_of(day, zone);
    Ok(Asked {
        month,
        state,
        moments: (start(month), start(next)),
    })
}

fn month_name(month: NaiveDate) -> String {
    format!("{}-{:02}", month.year(), month.month())
}

#[handler]
async fn show(mut present: Present, Query(query): Query) -> Answer {
    let asked = asked(&present, &query)?;
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 1_000);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let scope = &mut present.scope;
    let found = store::exchange::review(scope, asked.moments, asked.state.1, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    let sum = store::exchange::sum(scope, asked.moments)
        .await
        .map_err(Trouble::from)?;
    let abroad = store::crossing::review(scope, asked.moments, asked.state.1, ABROAD)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let first = present.guest.today().with_day(1).unwrap_or_default();
    let months = (0..MONTHS)
        .filter_map(|back| first.checked_sub_months(Months::new(back)))
        .map(|month| Choice {
            value: month_name(month),
            label: words.month(month),
            is_current: month == asked.month,
        })
        .collect();
    let states = STATES
        .into_iter()
        .map(|(name, _)| Choice {
            value: name.to_owned(),
            label: words.say(&format!("ledger-state-{name}")),
            is_current: name == asked.state.0,
        })
        .collect();
    Ok(page(&LedgerPage {
        frame: Frame::present(&present, "ledger-title", "desk"),
        months,
        states,
        sum: words.say_with("ledger-sum", &[("count", sum.count.into())]),
        parts: parts(&present, sum),
        lines: found.rows.iter().map(|it| line(&present, it)).collect(),
        abroad: abroad
            .rows
            .iter()
            .map(|it| abroad::line(&present, it))
            .collect(),
        abroad_more: abroad.more,
        query: format!("mois={}&etat={}", month_name(asked.month), asked.state.0),
        page_number: number,
        next: found.more.then_some(number + 1),
    })?)
}

fn parts(present: &Present, sum: Sum) -> String {
    if sum.count == 0 {
        return String::new();
    }
    let words = present.words();
    let amount = present.rules.unit.amount(sum.units);
    let standing = [("count", sum.standing.into()), ("amount", amount.into())];
    let standing = words.say_with("ledger-sum-standing", &standing);
    let waiting = words.say_with("ledger-sum-waiting", &[("count", sum.waiting.into())]);
    format!("{standing} {waiting}").trim_end().to_owned()
}

fn line(present: &Present, it: &Reviewed) -> Line {
    let words = present.words();
    let exchange = &it.exchange;
    Line {
        href: format!("/echanges/{}", exchange.id()),
        said: Telling::to(present, true, exchange, None).said(exchange),
        state: state(words, exchange, false),
        written: written(present, it),
    }
}

/// Who wrote it down, for whom, when, on which paper, about what.
fn written(present: &Present, it: &Reviewed) -> String {
    let exchange = &it.exchange;
    let other = exchange.proposed_by() != exchange.proposed_for();
    let whom = if exchange.proposed_for() == exchange.payer_id() {
        &exchange.payer_first
    } else {
        &exchange.payee_first
    };
    let by = numbered(&it.writer_first, it.writer_number);
    [
        Some(noted(
            present,
            by,
            other.then_some(whom),
            exchange.proposed_at,
        )),
        it.sheet_title.clone(),
        on_slip(present, exchange.slip.as_deref()),
        it.category.clone(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

fn numbered(first_name: &str, number: i32) -> String {
    format!("{first_name} n°\u{a0}{number}")
}

/// "Noté par Nadia n° 18 pour Odette le 3 juin".
fn noted(present: &Present, by: String, whom: Option<&String>, at: DateTime<Utc>) -> String {
    let words = present.words();
    let day = words.local_day(at, &present.guest.association.time_zone);
    let key = if whom.is_some() {
        "ledger-by-for"
    } else {
        "ledger-by"
    };
    let names = [
        ("by", by.into()),
        ("name", whom.cloned().unwrap_or_default().into()),
        ("day", words.short_day(day).into()),
    ];
    words.say_with(key, &names)
}

fn on_slip(present: &Present, slip: Option<&str>) -> Option<String> {
    let said = |slip: &str| {
        let names = [("slip", slip.into())];
        present.words().say_with("exchange-slip", &names)
    };
    slip.map(said)
}

#[handler]
async fn table(mut present: Present, Query(query): Query) -> Answer {
    let asked = asked(&present, &query)?;
    let scope = &mut present.scope;
    let found = store::exchange::review(scope, asked.moments, asked.state.1, 0, FILE_ROWS)
        .await
        .map_err(Trouble::from)?;
    let abroad = store::crossing::review(scope, asked.moments, asked.state.1, FILE_ROWS)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let heads = [
        "day", "payer", "payee", "amount", "label", "state", "written", "slip", "category",
    ];
    let mut rows = vec![
        heads
            .iter()
            .map(|head| words.say(&format!("ledger-csv-{head}")))
            .collect(),
    ];
    rows.extend(found.rows.iter().map(|it| {
        let exchange = &it.exchange;
        vec![
            exchange.done_on.to_string(),
            exchange.payer_number.to_string(),
            exchange.payee_number.to_string(),
            present.rules.unit.plain(exchange.amount),
            exchange.label.clone(),
            state(words, exchange, false),
            written(&present, it),
            exchange.slip.clone().unwrap_or_default(),
            it.category.clone().unwrap_or_default(),
        ]
    }));
    rows.extend(abroad.rows.iter().map(|it| abroad::row(&present, it)));
    let name = format!("echanges-{}.csv", month_name(asked.month));
    Ok(download(&name, &rows)?)
}
