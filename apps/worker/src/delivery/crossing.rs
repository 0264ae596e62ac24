//! The letters about exchanges with other SELs, and about alliances.

use super::Desk;
use crate::Unwritten;
use crate::letter::{Said, quoted};
use desk::link::Link;
use sel::exchange::Side;
use sel::id::{AllianceId, CrossingId};
use store::crossing::Crossing;
use words::Value;

impl Desk<'_> {
    pub(super) async fn alliance(&mut self, kind: &str) -> Result<Said, Unwritten> {
        let id = AllianceId(self.told.subject_id);
        let it = store::alliance::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the alliance is gone"))?;
        let names = [
            ("name", Value::from(&it.name)),
            ("code", Value::from(&it.code)),
        ];
        let topic = kind.replace('_', "-");
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line"), say("next")],
            button: self.words.say("mail-alliance-button"),
            url: self.url(&format!("/bureau/allies/{id}")),
            ..Said::default()
        })
    }

    pub(super) async fn crossing(&mut self, kind: &str) -> Result<Said, Unwritten> {
        let id = CrossingId(self.told.subject_id);
        let it = store::crossing::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the exchange is gone"))?;
        let pays = it.side() == Side::Payer;
        let topic = match kind {
            "crossing_to_answer" => return self.to_answer_abroad(&it),
            "crossing_posted" if pays => "gave",
            "crossing_posted" => "received",
            "crossing_entered" => "entered",
            "crossing_agreed" => "agreed",
            "crossing_refused" => "refused",
            "crossing_cancelled" => "cancelled",
            "crossing_expired" => "expired",
            "crossing_reversed" => "reversed",
            "crossing_for_desk" => "desk",
            _ => return Err(Unwritten::Needless("an unknown kind of letter")),
        };
        if matches!(topic, "entered" | "desk") && it.has_ended() {
            return Err(Unwritten::Needless("the exchange has ended"));
        }
        let names = self.names_abroad(&it);
        let key = |part: &str| format!("mail-crossing-{topic}-{part}");
        let say = |part: &str| self.words.say_with(&key(part), &names);
        let quote = match topic {
            "refused" => it.refusal.as_deref().map(quoted).unwrap_or_default(),
            "reversed" => it.reversal.as_deref().map(quoted).unwrap_or_default(),
            _ => Vec::new(),
        };
        let (button, path) = match topic {
            "desk" | "reversed" | "received" => {
                ("mail-exchange-button", format!("/echanges/ailleurs/{id}"))
            }
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
    fn to_answer_abroad(&self, it: &Crossing) -> Result<Said, Unwritten> {
        let until = it
            .expires_at
            .filter(|until| !it.has_ended() && *until > self.scope.now)
            .ok_or(Unwritten::Needless("the exchange waits for no answer"))?;
        let link = Link::Crossing {
            association_id: self.scope.association_id,
            crossing_id: it.id(),
            member_id: self.recipient.id(),
        };
        let topic = match it.side() {
            Side::Payer => "answer",
            Side::Payee => "confirm",
        };
        let sentences = [
            format!("mail-crossing-{topic}-subject"),
            format!("mail-crossing-{topic}-line"),
            "mail-answer-next".to_owned(),
        ];
        let names = self.names_abroad(it);
        Ok(self.asking("repondre-ailleurs", link, until, &sentences, names))
    }

    fn names_abroad(&self, it: &Crossing) -> Vec<(&'static str, Value)> {
        let own = self.name(&it.member_first, &it.member_last, it.member_number);
        let other = outsider(&it.other_name, &it.reference(), &it.other_sel);
        let (payer, payee) = match it.side() {
            Side::Payer => (&own, &other),
            Side::Payee => (&other, &own),
        };
        vec![
            ("payer", Value::from(payer)),
            ("payee", Value::from(payee)),
            ("own", Value::from(&it.member_first)),
            ("first", Value::from(&it.other_name)),
            ("other", Value::from(&other)),
            ("amount", Value::from(self.rules.unit.amount(it.amount))),
            ("label", Value::from(&it.label)),
            ("day", Value::from(self.words.short_day(it.done_on))),
        ]
    }
}

/// "Bob (MARS-0042, SEL de Mars)".
pub(super) fn outsider(name: &str, reference: &str, sel: &str) -> String {
    format!("{name} ({reference}, {sel})")
}
