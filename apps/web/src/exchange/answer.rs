//! The page of an exchange, and the word that it waits for.

use crate::member::shown_name;
use askama::Template;
use askama::filters::Safe;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::amount::Unit;
use sel::exchange::Ending;
use sel::id::{ExchangeId, MemberId};
use sel::member::Right;
use store::exchange::Exchange;
use words::Words;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/echanges/:id", get(show))
        .at("/echanges/:id/accord", post(agree))
        .at("/echanges/:id/refus", post(refuse))
        .at("/echanges/:id/annulation", post(cancel))
}

#[derive(Template)]
#[template(path = "exchange.html")]
pub(super) struct ExchangePage {
    pub(super) frame: Frame,
    pub(super) said: Safe<String>,
    pub(super) state: String,
    /// Where the form with the two buttons goes; empty where nothing is to be answered.
    pub(super) base: String,
    pub(super) to_answer: bool,
    pub(super) to_cancel: bool,
    pub(super) mailed: bool,
}

/// The exchange as a sentence, payer first. `full` shows last names whatever the directory says.
pub(crate) fn said(
    words: Words,
    unit: &Unit,
    exchange: &Exchange,
    names: [String; 2],
) -> Safe<String> {
    let [payer, payee] = names;
    let day = exchange.done_on;
    door::frame::marked(
        words,
        "exchange-said",
        &[
            (
                "payer",
                format!("{payer}, n°\u{a0}{}", exchange.payer_number),
            ),
            (
                "payee",
                format!("{payee}, n°\u{a0}{}", exchange.payee_number),
            ),
            ("amount", unit.amount(exchange.amount)),
            ("label", exchange.label.clone()),
            (
                "day",
                format!("{} {}", words.weekday(day), day.format("%Y")),
            ),
        ],
    )
}

/// The names of both, as the directory shows them.
pub(crate) fn names(all: bool, rules: &sel::association::Rules, it: &Exchange) -> [String; 2] {
    [
        shown_name(all, rules, &it.payer_first, &it.payer_last),
        shown_name(all, rules, &it.payee_first, &it.payee_last),
    ]
}

pub(super) fn state(words: Words, exchange: &Exchange) -> String {
    let key = match exchange {
        Exchange {
            agreed_at: Some(_), ..
        } => "exchange-state-agreed",
        Exchange {
            refused_at: Some(_),
            ..
        } => "exchange-state-refused",
        Exchange {
            cancelled_at: Some(_),
            ..
        } => "exchange-state-cancelled",
        Exchange {
            expired_at: Some(_),
            ..
        } => "exchange-state-expired",
        _ => "exchange-state-waits",
    };
    let waits_for = if exchange.answer_by() == Some(exchange.payer_id()) {
        &exchange.payer_first
    } else {
        &exchange.payee_first
    };
    let reason = exchange.refusal.clone().unwrap_or_default();
    words.say_with(
        key,
        &[("name", waits_for.into()), ("reason", reason.into())],
    )
}

/// An exchange that this member may see: one's own, or any for who enters for others.
async fn visible(present: &mut Present, id: ExchangeId) -> Result<Exchange, Trouble> {
    let all = present.may(Right::EnterForOthers);
    store::exchange::by_id(&mut present.scope, id)
        .await?
        .filter(|exchange| all || exchange.concerns(present.member.id()))
        .ok_or(Trouble::NotFound)
}

fn read_id(text: &str) -> Result<ExchangeId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let exchange = visible(&mut present, read_id(&id)?).await?;
    let (words, actor) = (present.words(), present.scope.actor.clone());
    let speaks = |member: Option<MemberId>| {
        actor
            .as_ref()
            .zip(member)
            .is_some_and(|(actor, member)| actor.speaks_for(member))
    };
    let open = !exchange.has_ended();
    let all = present.may(Right::EnterForOthers);
    let names = names(all, &present.rules, &exchange);
    Ok(page(&ExchangePage {
        frame: Frame::present(&present, "exchange-page-title", "statement"),
        said: said(words, &present.rules.unit, &exchange, names),
        state: state(words, &exchange),
        base: format!("/echanges/{}", exchange.id()),
        to_answer: open && speaks(exchange.answer_by()),
        to_cancel: open && speaks(Some(exchange.proposed_for())),
        mailed: false,
    })?)
}

#[handler]
async fn agree(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    close(present, &id, Ending::Agreed, &fields).await
}

#[handler]
async fn refuse(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    close(present, &id, Ending::Refused, &fields).await
}

#[handler]
async fn cancel(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    close(present, &id, Ending::Cancelled, &fields).await
}

async fn close(mut present: Present, id: &str, ending: Ending, fields: &Fields) -> Answer {
    let exchange = visible(&mut present, read_id(id)?).await?;
    let Present {
        guest,
        scope,
        rules,
        ..
    } = present;
    let words = guest.visit.words;
    let closed = desk::exchange::close(scope, exchange.id(), ending, fields.get("reason")).await;
    let flash = match closed {
        Ok(exchange) => Flash::good(done(words, &rules.unit, &exchange, ending)),
        Err(halt) => Flash::bad(words.refusal(&crate::failed(halt)?, &rules.unit)),
    };
    let back = match fields.get("retour") {
        "" => "/releve",
        path => crate::language::local_path(path),
    };
    Ok(see_other_with(&guest.house, back, &flash))
}

pub(super) fn done(words: Words, unit: &Unit, exchange: &Exchange, ending: Ending) -> String {
    let key = match ending {
        Ending::Agreed => "exchange-agreed",
        Ending::Refused => "exchange-refused",
        Ending::Cancelled | Ending::Expired => "exchange-cancelled",
    };
    words.say_with(
        key,
        &[
            ("payer", (&exchange.payer_first).into()),
            ("payee", (&exchange.payee_first).into()),
            ("amount", unit.amount(exchange.amount).into()),
        ],
    )
}
