//! The page of an exchange, and the word that it waits for.

use super::telling::{Telling, state, warned};
use crate::member::{sees_balance, shown_name};
use askama::Template;
use askama::filters::Safe;
use door::{Answer, Fields, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::amount::Unit;
use sel::exchange::{self, Ending, Side};
use sel::id::ExchangeId;
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
pub(crate) struct ExchangePage {
    pub(crate) frame: Frame,
    pub(crate) said: Safe<String>,
    pub(crate) state: String,
    /// What the payer should know before agreeing.
    pub(crate) warning: Option<String>,
    /// Where the form with the two buttons goes; empty where nothing is to be answered.
    pub(crate) base: String,
    pub(crate) to_answer: bool,
    /// Otherwise one may only refuse.
    pub(crate) may_agree: bool,
    pub(crate) to_cancel: bool,
    pub(crate) mailed: bool,
    pub(crate) after: After,
}

/// What can be done about an exchange that is recorded.
#[derive(Default)]
pub(crate) struct After {
    /// Whether the reader may undo it, and gives back what they received themselves.
    pub(crate) reverses: bool,
    pub(crate) gives_back: bool,
    /// Whether the reader may say that it is not right.
    pub(crate) disputes: bool,
    /// The dispute about it, and whether it is open.
    pub(crate) dispute: Option<(String, bool)>,
    /// Where it stood on paper.
    pub(crate) paper: Vec<String>,
}

/// An exchange that this member may see: one's own, that of somebody one helps, or any for who
/// enters for others or mediates.
pub(super) async fn visible(present: &mut Present, id: ExchangeId) -> Result<Exchange, Trouble> {
    let all = present.may(Right::EnterForOthers) || present.may(Right::Mediate);
    let actor = present.scope.actor.clone();
    let is_one = |two| actor.is_some_and(|actor| sel::dispute::is_one(&actor, two));
    store::exchange::by_id(&mut present.scope, id)
        .await?
        .filter(|it| all || is_one([it.payer_id(), it.payee_id()]))
        .ok_or(Trouble::NotFound)
}

async fn after(present: &mut Present, exchange: &Exchange) -> Result<After, Trouble> {
    let words = present.words();
    let dispute = store::dispute::of_exchange(&mut present.scope, exchange.id()).await?;
    let Some(actor) = present.scope.actor.clone() else {
        return Ok(After::default());
    };
    let is_open = dispute.as_ref().is_some_and(|it| !it.has_ended());
    let recorded = desk::reversal::recorded(exchange, is_open);
    let shown = dispute.filter(|it| it.case().takes_part(&actor));
    let mut paper = Vec::new();
    if let Some(slip) = &exchange.slip {
        paper.push(words.say_with("exchange-slip", &[("slip", slip.into())]));
    }
    if exchange.proposed_by() != exchange.proposed_for() {
        let by = store::member::by_id(&mut present.scope, exchange.proposed_by()).await?;
        let all = !present.member.rights().is_empty();
        let name = by.map(|by| shown_name(all, &present.rules, &by.first_name, &by.last_name));
        let name = name.unwrap_or_default();
        paper.push(words.say_with("statement-written-by", &[("name", name.into())]));
    }
    Ok(After {
        reverses: exchange::may_reverse(&recorded, &actor),
        gives_back: exchange::gives_back(&recorded, &actor),
        disputes: recorded.stands
            && !is_open
            && sel::dispute::is_one(&actor, [recorded.payer_id, recorded.payee_id]),
        dispute: shown.map(|it| (it.id().to_string(), !it.has_ended())),
        paper,
    })
}

pub(super) fn read_id(text: &str) -> Result<ExchangeId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let exchange = visible(&mut present, read_id(&id)?).await?;
    let words = present.words();
    let may = |ending: Ending| {
        let actor = present.scope.actor.as_ref();
        let may = actor.is_some_and(|it| exchange::may_close(&exchange.pending(), it, ending));
        may && !exchange.has_ended()
    };
    let (to_answer, to_cancel) = (may(Ending::Agreed), may(Ending::Cancelled));
    let me = present.member.id();
    let asks = exchange
        .asked()
        .filter(|_| to_answer && exchange.answer_by() == Some(me));
    let all = present.may(Right::EnterForOthers);
    let said = Telling::to(&present, all, &exchange, asks).said(&exchange);
    let gives = to_answer && exchange.asked() != Some(Side::Payee);
    let warning = if gives && sees_balance(&present, exchange.payer_id()) {
        let account = store::account::of_member(&mut present.scope, exchange.payer_id())
            .await
            .map_err(Trouble::from)?;
        let seen = (account.standing(), exchange.payer_id() == me);
        warned(words, &present.rules, &exchange, seen)
    } else {
        None
    };
    let after = after(&mut present, &exchange).await?;
    Ok(page(&ExchangePage {
        frame: Frame::present(&present, "exchange-page-title", "statement"),
        said,
        state: state(words, &exchange, asks.is_some()),
        after,
        warning,
        base: format!("/echanges/{}", exchange.id()),
        to_answer,
        may_agree: true,
        to_cancel,
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
    let (scope, absent) = present.part();
    let words = absent.words();
    let closed = desk::exchange::close(scope, exchange.id(), ending, fields.get("reason")).await;
    let back = match fields.get("retour") {
        "" => "/releve",
        path => door::language::local_path(path),
    };
    let said = closed.map(|it| done(words, &absent.rules.unit, &it, ending));
    crate::told(&absent, said, back)
}

pub(super) fn done(words: Words, unit: &Unit, exchange: &Exchange, ending: Ending) -> String {
    let key = match ending {
        Ending::Agreed if exchange.agreed_at.is_none() => "exchange-agreed-approval",
        Ending::Agreed | Ending::Approval => "exchange-agreed",
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
