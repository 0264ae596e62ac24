//! The page of an exchange, and the word that it waits for.

use crate::member::shown_name;
use askama::Template;
use askama::filters::Safe;
use chrono::NaiveDate;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::amount::Unit;
use sel::association::Rules;
use sel::exchange::{self, Ending, Whose};
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
pub(super) struct ExchangePage {
    pub(super) frame: Frame,
    pub(super) said: Safe<String>,
    pub(super) state: String,
    /// What the payer should know before agreeing.
    pub(super) warning: Option<String>,
    /// Where the form with the two buttons goes; empty where nothing is to be answered.
    pub(super) base: String,
    pub(super) to_answer: bool,
    pub(super) to_cancel: bool,
    pub(super) mailed: bool,
}

/// How an exchange is told: to whom, in which names, on which day.
pub(crate) struct Telling<'a> {
    pub(crate) words: Words,
    pub(crate) rules: &'a Rules,
    pub(crate) names: [String; 2],
    pub(crate) today: NaiveDate,
    /// Told to the payer whose word it waits for.
    pub(crate) asks_payer: bool,
}

impl<'a> Telling<'a> {
    /// To a member who is here; `all` shows last names whatever the directory says.
    pub(crate) fn to(present: &'a Present, all: bool, it: &Exchange, asks_payer: bool) -> Self {
        Telling {
            words: present.words(),
            rules: &present.rules,
            names: names(all, &present.rules, it),
            today: present.guest.today(),
            asks_payer,
        }
    }

    /// The exchange as a sentence, payer first.
    pub(crate) fn said(self, exchange: &Exchange) -> Safe<String> {
        let [payer, payee] = self.names;
        let numbered = |name: String, number: i32| format!("{name} (n°\u{a0}{number})");
        let names = [
            ("payer", numbered(payer, exchange.payer_number)),
            ("payee", numbered(payee, exchange.payee_number)),
            ("amount", self.rules.unit.amount(exchange.amount)),
            ("label", exchange.label.clone()),
            ("day", self.words.near_day(exchange.done_on, self.today)),
        ];
        if self.asks_payer {
            return door::frame::marked(self.words, "exchange-said-you", &names);
        }
        door::frame::marked(self.words, "exchange-said", &names)
    }
}

/// Where agreeing would lead the payer, if beyond the floor.
pub(crate) fn warned(
    words: Words,
    rules: &Rules,
    exchange: &Exchange,
    (balance, is_reader): (i64, bool),
) -> Option<String> {
    let whose = Whose {
        first_name: exchange.payer_first.clone(),
        is_reader,
    };
    let warning = exchange::answer_warning(balance, exchange.amount, rules, whose)?;
    let (key, facts) = warning.sentence(rules.limits.policy);
    Some(words.facts(key, facts, &rules.unit))
}

/// The names of both, as the directory shows them.
pub(crate) fn names(all: bool, rules: &Rules, it: &Exchange) -> [String; 2] {
    [
        shown_name(all, rules, &it.payer_first, &it.payer_last),
        shown_name(all, rules, &it.payee_first, &it.payee_last),
    ]
}

pub(super) fn state(words: Words, exchange: &Exchange, asks_reader: bool) -> String {
    let key = match exchange {
        Exchange {
            agreed_at: Some(_), ..
        } => "exchange-state-agreed",
        Exchange {
            refused_at: Some(_),
            ..
        } => match &exchange.refusal {
            Some(_) => "exchange-state-refused-why",
            None => "exchange-state-refused",
        },
        Exchange {
            cancelled_at: Some(_),
            ..
        } => "exchange-state-cancelled",
        Exchange {
            expired_at: Some(_),
            ..
        } => "exchange-state-expired",
        _ if asks_reader => "exchange-state-waits-you",
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
    let words = present.words();
    let may = |ending: Ending| {
        let actor = present.scope.actor.as_ref();
        let may = actor.is_some_and(|it| exchange::may_close(&exchange.pending(), it, ending));
        may && !exchange.has_ended()
    };
    let (to_answer, to_cancel) = (may(Ending::Agreed), may(Ending::Cancelled));
    let is_payer = exchange.payer_id() == present.member.id();
    let all = present.may(Right::EnterForOthers);
    let said = Telling::to(&present, all, &exchange, to_answer && is_payer).said(&exchange);
    let warning = if to_answer {
        let account = store::account::of_member(&mut present.scope, exchange.payer_id())
            .await
            .map_err(Trouble::from)?;
        let seen = (account.balance, is_payer);
        warned(words, &present.rules, &exchange, seen)
    } else {
        None
    };
    Ok(page(&ExchangePage {
        frame: Frame::present(&present, "exchange-page-title", "statement"),
        said,
        state: state(words, &exchange, to_answer && is_payer),
        warning,
        base: format!("/echanges/{}", exchange.id()),
        to_answer,
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
