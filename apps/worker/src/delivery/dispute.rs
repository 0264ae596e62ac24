//! The letters about a disagreement.

use super::Desk;
use crate::Unwritten;
use crate::letter::{Said, quoted};
use sel::id::{DisputeId, MessageId};
use store::dispute::Dispute;
use words::Value;

impl Desk<'_> {
    pub(super) async fn dispute(&mut self, kind: &str) -> Result<Said, Unwritten> {
        let gone = Unwritten::Needless("the dispute is gone");
        let subject = self.told.subject_id;
        let (id, word) = if kind == "dispute_message" {
            let found = store::dispute::message(&mut self.scope, MessageId(subject)).await?;
            let (id, word) = found.ok_or(gone)?;
            (id, Some(word))
        } else {
            (DisputeId(subject), None)
        };
        let gone = Unwritten::Needless("the dispute is gone");
        let it = store::dispute::by_id(&mut self.scope, id)
            .await?
            .ok_or(gone)?;
        let exchange = store::exchange::by_id(&mut self.scope, it.exchange_id())
            .await?
            .ok_or(Unwritten::Needless("the exchange is gone"))?;
        let topic = topic(kind, &it);
        let from = match &word {
            Some(word) => &word.author_first,
            None => &it.opener_first,
        };
        let names = [
            ("from", Value::from(from)),
            (
                "by",
                Value::from(it.closer_first.clone().unwrap_or_default()),
            ),
            ("label", Value::from(&exchange.label)),
            (
                "amount",
                Value::from(self.rules.unit.amount(exchange.amount)),
            ),
        ];
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        let quote = match (kind, &word) {
            ("dispute_opened", _) => quoted(&it.reason),
            (_, Some(word)) => quoted(&word.body),
            _ => it.outcome.as_deref().map(quoted).unwrap_or_default(),
        };
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line")],
            quote,
            button: self.words.say("mail-dispute-button"),
            url: self.url(&format!("/desaccords/{id}")),
            ..Said::default()
        })
    }
}

fn topic(kind: &str, it: &Dispute) -> &'static str {
    match kind {
        "dispute_opened" => "dispute-opened",
        "dispute_message" => "dispute-message",
        _ if it.upheld_at.is_some() => "dispute-upheld",
        _ if it.reversed_at.is_some() => "dispute-reversed",
        _ => "dispute-withdrawn",
    }
}
