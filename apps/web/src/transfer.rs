//! My statement: the balance, what waits, and every movement with the balance after it.

mod export;
mod paper;
mod period;
mod row;
mod waiting;

pub(crate) use export::download;
pub(crate) use period::start as start_of;

use crate::home::{Balance, balance};
use askama::Template;
use chrono::NaiveDate;
use door::form::Query;
use door::{Answer, Fields, Frame, Present, Trouble, page};
use period::{Choice, Kind, Period};
use poem::{Route, get, handler};
use row::{Row, row};
use sel::amount::Unit;
use sel::id::MemberId;
use sel::limit::Standing;
use sel::member::Right;
use store::Scope;
use store::account::Account;
use store::member::Member;
use store::transfer::Span;
use waiting::{Waiting, abroad, shown};
use words::Words;

/// Lines of a page of the statement; pending exchanges shown above it, and on a page of their own.
const LINES: usize = 20;
const PENDING: usize = 5;

pub(crate) fn routes(route: Route) -> Route {
    paper::routes(waiting::routes(export::routes(route))).at("/releve", get(show))
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
    /// "Du 1er avril à aujourd’hui", and how many lines that is.
    heading: String,
    count: String,
    /// The period, and whose statement it is, as an address says them.
    query: String,
    pour: String,
    choices: Vec<Choice>,
    fields: Fields,
    is_between: bool,
    has_any: bool,
    /// What the account stood at before the oldest line, where that one is shown.
    opening: Option<Opening>,
    /// The balance at the end of a period that is over.
    closing: Option<String>,
    /// Where the older lines are.
    older: Option<i64>,
    /// Whether this is not the newest page.
    is_older: bool,
    /// Whose it is, and of which day, where it is on paper.
    printed: String,
    /// Whose it is, where it is not one's own: the name, and the number for links.
    other: Option<(String, i32)>,
}

struct Opening {
    day: String,
    balance: String,
}

/// What a statement is of: whose account, which of its transfers.
struct Asked {
    whose: Member,
    account: Account,
    period: Period,
    span: Span,
}

async fn asked(present: &mut Present, query: &Fields) -> Result<Asked, Trouble> {
    let whose = whose(present, query.get("pour")).await?;
    let zone = present.guest.association.time_zone.clone();
    let scope = &mut present.scope;
    let account = store::account::of_member(scope, whose.id()).await?;
    let mut period = Period::read(query, present.guest.today());
    let mut span = span(present, &account, &period, &zone).await?;
    // Where nothing was chosen and nothing happened lately, what there is is shown.
    if period.kind == Kind::Usual && span.count() == 0 && account.transfer_count > 0 {
        period = Period::all();
        span = whole(&account);
    }
    Ok(Asked {
        whose,
        account,
        period,
        span,
    })
}

fn whole(account: &Account) -> Span {
    Span {
        after: 0,
        to: account.transfer_count,
    }
}

async fn span(
    present: &mut Present,
    account: &Account,
    period: &Period,
    zone: &str,
) -> Result<Span, Trouble> {
    if period.from.is_none() && period.to.is_none() {
        return Ok(whole(account));
    }
    let moments = period.moments(zone);
    Ok(store::transfer::span(&mut present.scope, account.id(), moments).await?)
}

fn speaks_for(scope: &Scope, member: MemberId) -> bool {
    let actor = scope.actor.as_ref();
    actor.is_some_and(|actor| actor.speaks_for(member))
}

/// What waits for this member, where the reader may speak for them, and whether there is more.
async fn pending(
    present: &mut Present,
    member: MemberId,
    speaks: bool,
) -> Result<(Vec<Waiting>, bool), Trouble> {
    if !speaks {
        return Ok((Vec::new(), false));
    }
    let pending = store::exchange::pending_of(&mut present.scope, member, 0, PENDING).await?;
    let mut waiting = shown(present, &pending.rows);
    waiting.extend(abroad(present, member).await?);
    Ok((waiting, pending.more))
}

/// The balance as this reader may see it: what the board decided about one account is not for
/// everybody.
fn seen(present: &Present, account: &Account, speaks: bool) -> Balance {
    let standing = account.standing();
    let standing = Standing {
        own: standing.own.filter(|_| speaks),
        ..standing
    };
    balance(present.words(), &present.rules, standing)
}

/// Whose statement it is stands in the title, where it is somebody else's.
fn frame(present: &Present, whose: Option<&Member>) -> Frame {
    let frame = Frame::present(present, "statement-title", "statement");
    match whose {
        Some(whose) => {
            let name = [("name", (&whose.first_name).into())];
            frame.titled(present.words().say_with("statement-title-of", &name))
        }
        None => frame,
    }
}

#[handler]
async fn show(mut present: Present, Query(query): Query) -> Answer {
    let asked = asked(&mut present, &query).await?;
    let (whose, account) = (&asked.whose, &asked.account);
    let other = other_than(&present, whose);
    let before = query.get("avant").parse::<i64>().ok();
    let to = before.map_or(asked.span.to, |before| {
        asked.span.to.min(before.saturating_sub(1))
    });
    let page_span = Span { to, ..asked.span };
    let scope = &mut present.scope;
    let statement = store::transfer::statement(scope, account.id(), page_span, LINES)
        .await
        .map_err(Trouble::from)?;
    let speaks = speaks_for(scope, whose.id());
    let (waiting, more_pending) = pending(&mut present, whose.id(), speaks).await?;
    let scope = &mut present.scope;
    let opening = store::transfer::balance_after(scope, account.id(), asked.span.after)
        .await
        .map_err(Trouble::from)?;
    let (words, today) = (present.words(), present.guest.today());
    let (unit, period) = (&present.rules.unit, &asked.period);
    let older = statement
        .rows
        .last()
        .filter(|_| statement.more)
        .map(|line| line.sequence);
    let last = statement.rows.first().map_or(opening, |it| it.balance);
    let closing = period.closed(today).filter(|_| before.is_none());
    let mut balance = seen(&present, account, speaks);
    let frame = frame(&present, other.as_ref().map(|_| whose));
    if other.is_some() {
        // The sentence speaks to whose balance it is.
        balance.sentence.clear();
    }
    let pour = other
        .as_ref()
        .map(|(_, number)| format!("&pour={number}"))
        .unwrap_or_default();
    Ok(page(&StatementPage {
        frame,
        balance,
        other,
        more_pending,
        pending: waiting,
        lines: statement
            .rows
            .iter()
            .map(|line| row(&present, line, speaks))
            .collect(),
        unit: unit.many.clone(),
        is_older: before.is_some(),
        heading: period.said(words, today),
        closing: closing.map(|day| say_closing(words, unit, day, last)),
        query: format!("{}{pour}", period.query()),
        choices: period.choices(words, today),
        pour,
        fields: period.fields(today),
        is_between: period.kind == Kind::Between,
        count: words.say_with("statement-count", &[("count", asked.span.count().into())]),
        has_any: account.transfer_count > 0,
        opening: older.is_none().then(|| Opening {
            day: period.from.map(|day| words.day(day)).unwrap_or_default(),
            balance: unit.figure(opening),
        }),
        older,
        printed: printed(words, (named(&present, whose), whose.number), today),
    })?)
}

fn say_closing(words: Words, unit: &Unit, day: NaiveDate, balance: i64) -> String {
    words.say_with(
        "statement-closing",
        &[
            ("day", words.day(day).into()),
            ("balance", unit.amount(balance).into()),
        ],
    )
}

/// Whose it is, and of which day, on paper.
fn printed(words: Words, (name, number): (String, i32), today: NaiveDate) -> String {
    words.say_with(
        "statement-printed",
        &[
            ("name", name.into()),
            ("number", number.into()),
            ("day", words.day(today).into()),
        ],
    )
}

/// Whose statement it is: one's own, that of somebody who gave a mandate, or, for who enters for
/// others, that of a member without e-mail. Where the SEL opens all statements, anybody's.
async fn whose(present: &mut Present, number: &str) -> Result<Member, Trouble> {
    if present.rules.balances_shown_to.opens_statements()
        && let Ok(number) = number.parse()
    {
        let member = store::member::by_number(&mut present.scope, number).await?;
        return member
            .filter(|member| member.left_at.is_none())
            .ok_or(Trouble::NotFound);
    }
    let member = crate::member::spoken_for(present, number).await?;
    let actor = present.scope.actor.as_ref();
    let helps = actor.is_some_and(|actor| actor.helps(member.id()));
    // Whoever has an e-mail reads their own.
    if member.id() != present.member.id() && member.email.is_some() && !helps {
        return Err(Trouble::NotAllowed);
    }
    Ok(member)
}

/// The name of whose statement it is, as this reader may read it.
fn named(present: &Present, whose: &Member) -> String {
    let all = present.may(Right::EnterForOthers);
    crate::member::shown_name(all, &present.rules, &whose.first_name, &whose.last_name)
}

fn other_than(present: &Present, whose: &Member) -> Option<(String, i32)> {
    let name = || format!("{} (n°\u{a0}{})", named(present, whose), whose.number);
    (whose.id() != present.member.id()).then(|| (name(), whose.number))
}
