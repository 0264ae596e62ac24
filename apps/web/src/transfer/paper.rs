//! A statement on paper.

use super::export::lines;
use super::row::other_side;
use super::{asked, named};
use crate::paper::{folio, paper, short};
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Flash, Present, Trouble};
use poem::{Route, get, handler};
use print::statement::{Columns, Row, Statement};
use print::{Sum, Total};
use store::transfer::Line;

pub(super) fn routes(route: Route) -> Route {
    route.at("/releve.pdf", get(statement))
}

#[handler]
async fn statement(mut present: Present, Query(query): Query) -> Answer {
    let asked = asked(&mut present, &query).await?;
    let lines = lines(&mut present, &asked).await?;
    let account = asked.account.id();
    let opening = store::transfer::balance_after(&mut present.scope, account, asked.span.after)
        .await
        .map_err(Trouble::from)?;
    let (words, unit) = (present.words(), &present.rules.unit);
    let closing = lines.last().map_or(opening, |line| line.balance);
    let sum = |key: &str, amount| Sum {
        label: words.say(key),
        amount: unit.amount(amount),
    };
    let given: i64 = lines.iter().map(|line| (-line.change).max(0)).sum();
    let received: i64 = lines.iter().map(|line| line.change.max(0)).sum();
    let today = present.guest.today();
    let it = Statement {
        language: words.language.as_str().to_owned(),
        title: words.say("statement-paper-title"),
        sel: present.guest.association.name.clone(),
        member: short(&named(&present, &asked.whose)),
        number: format!("n°\u{a0}{}", asked.whose.number),
        period: asked.period.said(words, today),
        columns: Columns {
            date: words.say("statement-date"),
            with: words.say("statement-csv-with"),
            purpose: words.say("statement-csv-label"),
            given: words.say("statement-csv-gave"),
            received: words.say("statement-csv-received"),
            balance: words.say("statement-balance"),
        },
        opening: sum("statement-paper-before", opening),
        rows: lines.iter().map(|line| row(&present, line)).collect(),
        total: Some(Total {
            label: words.say("statement-paper-total"),
            given: unit.figure(given),
            received: unit.figure(received),
        }),
        closing: sum("statement-paper-after", closing),
        folio: folio(words),
    };
    let name = format!("releve-{}.pdf", asked.whose.number);
    let absent = present.part().1;
    if let Some(response) = paper(&name, move || it.pdf()).await? {
        return Ok(response);
    }
    let flash = Flash::bad(absent.words().say("statement-paper-long"));
    let back = format!("/releve?{}", asked.period.query());
    Ok(see_other_with(&absent.guest.house, &back, &flash))
}

fn row(present: &Present, line: &Line) -> Row {
    let (words, unit) = (present.words(), &present.rules.unit);
    let amount = |wanted: bool| {
        if wanted {
            unit.figure(line.change.abs())
        } else {
            String::new()
        }
    };
    let who = match other_side(present, line) {
        (name, Some(number)) => format!("{name} (n°\u{a0}{number})"),
        (name, None) => name,
    };
    Row {
        date: words.day(line.done_on),
        with: who,
        purpose: line.label.clone(),
        given: amount(line.change < 0),
        received: amount(line.change > 0),
        balance: unit.figure(line.balance),
    }
}
