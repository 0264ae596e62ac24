//! The letters about an exchange, each to one of the two.

use super::Desk;
use crate::Unwritten;
use crate::letter::{Said, quoted};
use chrono::{DateTime, Utc};
use desk::link::Link;
use sel::exchange::Side;
use sel::id::ExchangeId;
use store::exchange::Exchange;
use words::Value;

impl Desk<'_> {
    pub(super) async fn exchange(&mut self, kind: &str) -> Result<Said, Unwritten> {
        let id = ExchangeId(self.told.subject_id);
        let exchange = store::exchange::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the exchange is gone"))?;
        let is_payer = exchange.payer_id() == self.recipient.id();
        let topic = match (kind, is_payer) {
            ("exchange_to_answer", _) => return self.to_answer(&exchange),
            ("exchange_entered_for_you", true) => "entered-gave",
            ("exchange_entered_for_you", false) => "entered",
            ("exchange_for_desk", _) => "desk",
            ("exchange_for_proxy", _) => "proxy",
            ("exchange_to_approve", _) => "approve",
            ("exchange_disallowed", _) => "disallowed",
            ("exchange_reversed", _) => "reversed",
            ("exchange_posted", true) => "gave",
            ("exchange_posted", false) => "posted",
            ("exchange_agreed", true) => "confirmed",
            ("exchange_agreed", false) => "agreed",
            ("exchange_refused", _) => "refused",
            ("exchange_cancelled", _) => "cancelled",
            ("exchange_left", _) => "dropped",
            ("exchange_expired", _) => "expired",
            _ => return Err(Unwritten::Needless("an unknown kind of letter")),
        };
        let asks = ["entered", "entered-gave", "desk", "proxy", "approve"];
        if asks.contains(&topic) && exchange.has_ended() {
            return Err(Unwritten::Needless("the exchange has ended"));
        }
        let names = self.names(&exchange).await?;
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        let quote = match topic {
            "refused" | "disallowed" => exchange.refusal.as_deref().map(quoted).unwrap_or_default(),
            "reversed" => exchange.reversal.as_deref().map(quoted).unwrap_or_default(),
            _ => Vec::new(),
        };
        let (button, path) = match topic {
            "desk" | "approve" => ("mail-desk-button", "/bureau".to_owned()),
            "proxy" => ("mail-answer-button", format!("/echanges/{id}")),
            "reversed" => ("mail-exchange-button", format!("/echanges/{id}")),
            _ => ("mail-statement-button", "/releve".to_owned()),
        };
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line"), say("next")],
            quote,
            button: self.words.say(button),
            url: self.url(&path),
            ..Said::default()
        })
    }

    /// Asks for somebody's word. The link answers without logging in, until it is too late.
    fn to_answer(&self, exchange: &Exchange) -> Result<Said, Unwritten> {
        let until = exchange
            .expires_at
            .filter(|until| !exchange.has_ended() && *until > self.scope.now)
            .ok_or(Unwritten::Needless("the exchange waits for no answer"))?;
        let link = Link::Answer {
            association_id: self.scope.association_id,
            exchange_id: exchange.id(),
            member_id: self.recipient.id(),
        };
        let topic = match exchange.asked() {
            Some(Side::Payee) => "confirm",
            _ => "answer",
        };
        let next = if exchange.agrees_alone {
            "mail-answer-alone"
        } else {
            "mail-answer-next"
        };
        let sentences = [
            format!("mail-{topic}-subject"),
            format!("mail-{topic}-line"),
            next.to_owned(),
        ];
        let facts = self.facts(exchange);
        Ok(self.asking("repondre-echange", link, until, &sentences, facts))
    }

    /// A letter whose link answers: its subject, line and next sentence by their keys, what they
    /// name.
    pub(super) fn asking(
        &self,
        path: &str,
        link: Link,
        until: DateTime<Utc>,
        [subject, line, next]: &[String; 3],
        mut names: Vec<(&'static str, Value)>,
    ) -> Said {
        let signed = link.sign(&self.worker.keys, until);
        let day = self.words.local_day(until, &self.association.time_zone);
        names.push(("until", Value::from(self.words.short_day(day))));
        let say = |key: &str| self.words.say_with(key, &names);
        Said {
            subject: say(subject),
            lines: vec![say(line), say(next)],
            button: say("mail-answer-button"),
            url: self.url(&format!("/{path}/{signed}")),
            small: say("mail-answer-small"),
            ..Said::default()
        }
    }

    /// What the sentences name, and who wrote it where that is a third.
    async fn names(
        &mut self,
        exchange: &Exchange,
    ) -> Result<Vec<(&'static str, Value)>, Unwritten> {
        let mut names = self.facts(exchange);
        let by = match self.told.actor_id() {
            Some(id) => store::member::by_id(&mut self.scope, id).await?,
            None => None,
        };
        let by = by.map(|member| self.name_of(&member)).unwrap_or_default();
        names.push(("by", Value::from(by)));
        Ok(names)
    }

    fn facts(&self, exchange: &Exchange) -> Vec<(&'static str, Value)> {
        let is_payer = exchange.payer_id() == self.recipient.id();
        let first = if is_payer {
            &exchange.payee_first
        } else {
            &exchange.payer_first
        };
        let payer = self.name(
            &exchange.payer_first,
            &exchange.payer_last,
            exchange.payer_number,
        );
        let payee = self.name(
            &exchange.payee_first,
            &exchange.payee_last,
            exchange.payee_number,
        );
        let other = if is_payer { &payee } else { &payer };
        vec![
            ("other", Value::from(other)),
            ("payee_first", Value::from(&exchange.payee_first)),
            ("first", Value::from(first)),
            ("payer_first", Value::from(&exchange.payer_first)),
            ("payer", Value::from(payer)),
            ("payee", Value::from(payee)),
            (
                "amount",
                Value::from(self.rules.unit.amount(exchange.amount)),
            ),
            ("label", Value::from(&exchange.label)),
            ("day", Value::from(self.words.short_day(exchange.done_on))),
        ]
    }
}
