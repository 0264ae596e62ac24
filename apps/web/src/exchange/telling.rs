//! An exchange in words: what was given for what, and where it stands.

use crate::member::shown_name;
use askama::filters::Safe;
use chrono::{DateTime, NaiveDate, Utc};
use door::Present;
use sel::association::Rules;
use sel::exchange::{self, Side, Whose};
use sel::limit::Standing;
use store::exchange::Exchange;
use words::Words;

/// How an exchange is told: to whom, in which names, on which day.
pub(crate) struct Telling<'a> {
    pub(crate) words: Words,
    pub(crate) rules: &'a Rules,
    pub(crate) names: [String; 2],
    pub(crate) today: NaiveDate,
    /// The side of the reader, whose word it waits for.
    pub(crate) asks: Option<Side>,
}

impl<'a> Telling<'a> {
    /// To a member who is here; `all` shows last names whatever the directory says.
    pub(crate) fn to(present: &'a Present, all: bool, it: &Exchange, asks: Option<Side>) -> Self {
        Telling {
            words: present.words(),
            rules: &present.rules,
            names: names(all, &present.rules, it),
            today: present.guest.today(),
            asks,
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
        let key = match self.asks {
            Some(Side::Payer) => "exchange-said-you",
            Some(Side::Payee) => "exchange-said-you-receive",
            None => "exchange-said",
        };
        door::frame::marked(self.words, key, &names)
    }
}

/// Where agreeing would lead the payer, if beyond the floor.
pub(crate) fn warned(
    words: Words,
    rules: &Rules,
    exchange: &Exchange,
    seen: (Standing, bool),
) -> Option<String> {
    warned_of(words, rules, (&exchange.payer_first, exchange.amount), seen)
}

/// The same, by the payer's name and what they would give; and whether the payer reads it.
pub(crate) fn warned_of(
    words: Words,
    rules: &Rules,
    (first_name, amount): (&str, i64),
    (standing, is_reader): (Standing, bool),
) -> Option<String> {
    let whose = Whose {
        first_name: first_name.to_owned(),
        is_reader,
    };
    let warning = exchange::answer_warning(standing, amount, rules, whose)?;
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

fn state_key(exchange: &Exchange, asks_reader: bool) -> &'static str {
    let is = |at: Option<DateTime<Utc>>| at.is_some();
    match exchange {
        it if is(it.reversed_at) => "exchange-state-reversed",
        it if is(it.agreed_at) => "exchange-state-agreed",
        it if is(it.refused_at) && it.refusal.is_some() => "exchange-state-refused-why",
        it if is(it.refused_at) => "exchange-state-refused",
        it if is(it.cancelled_at) => "exchange-state-cancelled",
        it if is(it.expired_at) => "exchange-state-expired",
        it if is(it.approval_asked_at) => "exchange-state-approval",
        _ if asks_reader => "exchange-state-waits-you",
        it if it.agrees_alone => "exchange-state-waits-alone",
        _ => "exchange-state-waits",
    }
}

pub(super) fn state(words: Words, exchange: &Exchange, asks_reader: bool) -> String {
    let key = state_key(exchange, asks_reader);
    let waits_for = if exchange.answer_by() == Some(exchange.payer_id()) {
        &exchange.payer_first
    } else {
        &exchange.payee_first
    };
    let reason = exchange.reversal.as_ref().or(exchange.refusal.as_ref());
    let until = exchange.expires_at.map(|at| at.date_naive());
    words.say_with(
        key,
        &[
            ("name", waits_for.into()),
            (
                "reason",
                reason.map(String::as_str).unwrap_or_default().into(),
            ),
            (
                "until",
                until
                    .map(|day| words.short_day(day))
                    .unwrap_or_default()
                    .into(),
            ),
        ],
    )
}
