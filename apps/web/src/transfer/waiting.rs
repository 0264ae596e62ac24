//! What waits for an answer, beside a statement and on a page of its own.

use super::other_than;
use crate::exchange::Telling;
use askama::Template;
use askama::filters::Safe;
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::exchange::Side;
use sel::id::MemberId;
use sel::member::Right;
use store::exchange::Exchange;

const ROWS: usize = 20;

pub(super) fn routes(route: Route) -> Route {
    route.at("/releve/en-attente", get(waiting))
}

/// A pending exchange.
pub(super) struct Waiting {
    pub(super) url: String,
    pub(super) said: Safe<String>,
    pub(super) mine: bool,
    pub(super) name: String,
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

#[handler]
async fn waiting(mut present: Present, Query(query): Query) -> Answer {
    let whose = crate::member::spoken_for(&mut present, query.get("pour")).await?;
    let (me, other) = (whose.id(), other_than(&present, &whose));
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 500);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let pending = store::exchange::pending_of(&mut present.scope, me, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    let abroad = if number == 1 {
        abroad(&mut present, me).await?
    } else {
        Vec::new()
    };
    Ok(page(&WaitingPage {
        frame: Frame::present(&present, "statement-pending", "statement"),
        other,
        pending: abroad
            .into_iter()
            .chain(shown(&present, &pending.rows))
            .collect(),
        page_number: number,
        next: pending.more.then_some(number + 1),
    })?)
}

/// What waits with members of other SELs: few at any time.
pub(super) async fn abroad(present: &mut Present, of: MemberId) -> Result<Vec<Waiting>, Trouble> {
    let pending = store::crossing::pending_of(&mut present.scope, of, ROWS).await?;
    let me = present.member.id();
    Ok(pending
        .rows
        .iter()
        .map(|it| Waiting {
            url: format!("/echanges/ailleurs/{}", it.id()),
            said: crate::crossing::said(present, it),
            mine: it.answered_here && of == me,
            name: if it.answered_here {
                it.member_first.clone()
            } else {
                it.other_name.clone()
            },
        })
        .collect())
}

pub(super) fn shown(present: &Present, pending: &[Exchange]) -> Vec<Waiting> {
    let me = present.member.id();
    let all = present.may(Right::EnterForOthers);
    let line = |exchange: &Exchange| {
        let mine = exchange.answer_by() == Some(me);
        Waiting {
            url: format!("/echanges/{}", exchange.id()),
            said: Telling::to(present, all, exchange, exchange.asked().filter(|_| mine))
                .said(exchange),
            mine,
            name: match exchange.asked() {
                Some(Side::Payee) => exchange.payee_first.clone(),
                Some(Side::Payer) => exchange.payer_first.clone(),
                None => present.words().say("statement-desk"),
            },
        }
    };
    pending.iter().map(line).collect()
}
