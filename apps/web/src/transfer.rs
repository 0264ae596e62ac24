//! My statement: the balance, what waits, and every movement with the balance after it.

use crate::exchange::Telling;
use crate::home::{Balance, balance};
use askama::Template;
use askama::filters::Safe;
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::exchange::Side;
use sel::member::Right;
use store::exchange::Exchange;
use store::member::Member;
use store::transfer::Line;
use words::Words;

/// Lines of a page of the statement; pending exchanges shown above it, and on a page of their own.
const LINES: usize = 20;
const PENDING: usize = 5;
const ROWS: usize = 20;

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/releve", get(show))
        .at("/releve/en-attente", get(waiting))
}

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
    frame: Frame,
    balance: Balance,
    pending: Vec<Waiting>,
    more_pending: bool,
    lines: Vec<Row>,
    unit: String,
    /// Where the older lines are.
    older: Option<i64>,
    /// Whether this is not the newest page.
    is_older: bool,
    /// Whose it is, and of which day, where it is on paper.
    printed: String,
    /// Whose it is, where it is not one's own: the name, and the number for links.
    other: Option<(String, i32)>,
}

/// A pending exchange.
struct Waiting {
    id: String,
    said: Safe<String>,
    mine: bool,
    name: String,
}

/// All that waits, where it is more than the statement shows.
#[derive(Template)]
#[template(path = "statement_waiting.html")]
struct WaitingPage {
    frame: Frame,
    other: Option<(String, i32)>,
    pending: Vec<Waiting>,
    page_number: usize,
    next: Option<usize>,
}

/// One line, ready to show.
struct Row {
    /// Where the exchange is told, for a movement that settled one.
    url: Option<String>,
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
    let whose = whose(&mut present, query.get("pour")).await?;
    let (me, other) = (whose.id(), other_than(&present, &whose));
    let scope = &mut present.scope;
    let account = store::account::of_member(scope, me)
        .await
        .map_err(Trouble::from)?;
    let statement = store::transfer::statement(scope, account.id(), before, LINES)
        .await
        .map_err(Trouble::from)?;
    let pending = store::exchange::pending_of(scope, me, 0, PENDING)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let older = statement
        .rows
        .last()
        .filter(|_| statement.more)
        .map(|line| line.sequence);
    let mut balance = balance(words, &present.rules, account.standing());
    let mut frame = Frame::present(&present, "statement-title", "statement");
    if other.is_some() {
        // The sentence speaks to whose balance it is.
        balance.sentence.clear();
        let name = (&whose.first_name).into();
        frame = frame.titled(words.say_with("statement-title-of", &[("name", name)]));
    }
    Ok(page(&StatementPage {
        frame,
        balance,
        other,
        more_pending: pending.more,
        pending: shown(&present, &pending.rows),
        lines: statement
            .rows
            .iter()
            .map(|line| row(&present, line))
            .collect(),
        unit: present.rules.unit.many.clone(),
        older,
        is_older: before.is_some(),
        printed: words.say_with(
            "statement-printed",
            &[
                ("name", whose.full_name().into()),
                ("number", whose.number.into()),
                ("day", words.day(present.guest.today()).into()),
            ],
        ),
    })?)
}

/// Whose statement it is: one's own, that of somebody who gave a mandate, or, for who enters for
/// others, that of a member without e-mail.
async fn whose(present: &mut Present, number: &str) -> Result<Member, Trouble> {
    let member = crate::member::spoken_for(present, number).await?;
    let actor = present.scope.actor.as_ref();
    let helps = actor.is_some_and(|actor| actor.helps(member.id()));
    // Whoever has an e-mail reads their own.
    if member.id() != present.member.id() && member.email.is_some() && !helps {
        return Err(Trouble::NotAllowed);
    }
    Ok(member)
}

fn other_than(present: &Present, whose: &Member) -> Option<(String, i32)> {
    let name = || format!("{} (n°\u{a0}{})", whose.full_name(), whose.number);
    (whose.id() != present.member.id()).then(|| (name(), whose.number))
}

#[handler]
async fn waiting(mut present: Present, Query(query): Query) -> Answer {
    let whose = whose(&mut present, query.get("pour")).await?;
    let (me, other) = (whose.id(), other_than(&present, &whose));
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 500);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let pending = store::exchange::pending_of(&mut present.scope, me, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    Ok(page(&WaitingPage {
        frame: Frame::present(&present, "statement-pending", "statement"),
        other,
        pending: shown(&present, &pending.rows),
        page_number: number,
        next: pending.more.then_some(number + 1),
    })?)
}

fn shown(present: &Present, pending: &[Exchange]) -> Vec<Waiting> {
    let me = present.member.id();
    let all = present.may(Right::EnterForOthers);
    let line = |exchange: &Exchange| {
        let mine = exchange.answer_by() == Some(me);
        Waiting {
            id: exchange.id().to_string(),
            said: Telling::to(present, all, exchange, exchange.asked().filter(|_| mine))
                .said(exchange),
            mine,
            name: match exchange.asked() {
                Some(Side::Payee) => exchange.payee_first.clone(),
                Some(Side::Payer) => exchange.payer_first.clone(),
                None => String::new(),
            },
        }
    };
    pending.iter().map(line).collect()
}

fn row(present: &Present, line: &Line) -> Row {
    let (words, unit) = (present.words(), &present.rules.unit);
    let url = line.exchange_id().map(|id| format!("/echanges/{id}"));
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

/// The other side, and who wrote it down where somebody else did.
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

fn other(words: Words, present: &Present, line: &Line) -> String {
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
