//! My statement: the balance, what waits, and every movement with the balance after it.

use crate::exchange::{names, said};
use crate::home::{Balance, balance};
use askama::Template;
use askama::filters::Safe;
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::member::Right;
use store::transfer::Line;
use words::Words;

/// Lines of a page of the statement, and pending exchanges shown above it.
const LINES: usize = 20;
const PENDING: i64 = 20;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/releve", get(show))
}

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
    frame: Frame,
    balance: Balance,
    pending: Vec<Waiting>,
    lines: Vec<Row>,
    unit: String,
    /// Where the older lines are.
    older: Option<i64>,
    /// Whether this is not the newest page.
    is_older: bool,
}

/// A pending exchange.
struct Waiting {
    id: String,
    said: Safe<String>,
    mine: bool,
    name: String,
}

/// One line, ready to show.
struct Row {
    day: String,
    date: String,
    label: String,
    with: String,
    change: String,
    after: String,
}

#[handler]
async fn show(mut present: Present, Query(query): Query) -> Answer {
    let before = query.get("avant").parse::<i64>().ok();
    let me = present.member.id();
    let scope = &mut present.scope;
    let account = store::account::of_member(scope, me)
        .await
        .map_err(Trouble::from)?;
    let statement = store::transfer::statement(scope, account.id(), before, LINES)
        .await
        .map_err(Trouble::from)?;
    let pending = store::exchange::pending_of(scope, me, PENDING)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let all = present.may(Right::EnterForOthers);
    let pending = pending
        .iter()
        .map(|exchange| {
            let names = names(all, &present.rules, exchange);
            Waiting {
                id: exchange.id().to_string(),
                said: said(words, &present.rules.unit, exchange, names),
                mine: exchange.answer_by() == Some(me),
                name: exchange.payer_first.clone(),
            }
        })
        .collect();
    let older = statement
        .rows
        .last()
        .filter(|_| statement.more)
        .map(|line| line.sequence);
    Ok(page(&StatementPage {
        frame: Frame::present(&present, "statement-title", "statement"),
        balance: balance(words, &present.rules, account.standing()),
        pending,
        lines: statement
            .rows
            .iter()
            .map(|line| row(&present, line))
            .collect(),
        unit: present.rules.unit.many.clone(),
        older,
        is_older: before.is_some(),
    })?)
}

fn row(present: &Present, line: &Line) -> Row {
    let (words, unit) = (present.words(), &present.rules.unit);
    Row {
        day: words.day(line.done_on),
        date: line.done_on.to_string(),
        label: line.label.clone(),
        with: with(words, present, line),
        change: unit.signed(line.change),
        after: unit.figure(line.balance),
    }
}

/// The other side, and who wrote it down where somebody else did.
fn with(words: Words, present: &Present, line: &Line) -> String {
    let other = match (&line.other_first, line.other_number) {
        (Some(first), Some(number)) => {
            let all = present.may(Right::EnterForOthers);
            let last = line.other_last.as_deref().unwrap_or_default();
            let name = crate::member::shown_name(all, &present.rules, first, last);
            format!("{name} n°\u{a0}{number}")
        }
        _ => present.guest.association.name.clone(),
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
