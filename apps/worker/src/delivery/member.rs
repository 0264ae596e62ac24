//! The letters about a member's own affairs: a mandate, limits, leaving.

use super::Desk;
use crate::Unwritten;
use crate::letter::Said;
use sel::id::{BatchId, MandateId};
use words::Value;

impl Desk<'_> {
    pub(super) async fn mandate(&mut self, kind: &str) -> Result<Said, Unwritten> {
        let id = MandateId(self.told.subject_id);
        let it = store::mandate::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the mandate is gone"))?;
        let is_proxy = it.proxy_id() == self.recipient.id();
        let topic = match (kind, is_proxy) {
            ("mandate_recorded", true) => "mandate-to-proxy",
            ("mandate_recorded", false) => "mandate-to-member",
            _ => "mandate-ended",
        };
        let proxy = self.name(&it.proxy_first, &it.proxy_last, it.proxy_number);
        let member = self.name(&it.member_first, &it.member_last, it.member_number);
        let names = [
            ("proxy", Value::from(proxy)),
            ("member", Value::from(member)),
            ("day", Value::from(self.words.day(it.signed_on))),
        ];
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line"), say("next")],
            button: self.words.say("mail-home-button"),
            url: self.url("/"),
            ..Said::default()
        })
    }

    pub(super) async fn batch(&mut self, kind: &str) -> Result<Said, Unwritten> {
        let id = BatchId(self.told.subject_id);
        let it = store::batch::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the batch is gone"))?;
        let me = self.recipient.id();
        let share = store::batch::share_of(&mut self.scope, id, me).await?;
        if kind == "batch_posted" && it.reversed_at.is_some() {
            return Err(Unwritten::Needless("the batch is undone"));
        }
        let topic = match kind {
            "batch_reversed" => "batch-undone",
            _ if share < 0 => "batch-gave",
            _ => "batch-received",
        };
        let names = [
            ("label", Value::from(&it.label)),
            ("amount", Value::from(self.rules.unit.amount(share.abs()))),
            ("by", Value::from(&it.decider_first)),
        ];
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line")],
            button: self.words.say("mail-statement-button"),
            url: self.url("/releve"),
            ..Said::default()
        })
    }

    pub(super) async fn shared(&mut self) -> Result<Said, Unwritten> {
        let me = self.recipient.id();
        let account = store::account::of_member(&mut self.scope, me).await?;
        let others = store::account::sharers(&mut self.scope, account.id(), me).await?;
        if others.is_empty() {
            return Err(Unwritten::Needless("the account is shared no longer"));
        }
        let named: Vec<String> = others
            .iter()
            .map(|(number, name)| format!("{name} (n°\u{a0}{number})"))
            .collect();
        let names = [("others", Value::from(named.join(", ")))];
        let say = |part: &str| self.words.say_with(&format!("mail-shared-{part}"), &names);
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line")],
            button: self.words.say("mail-statement-button"),
            url: self.url("/releve"),
            ..Said::default()
        })
    }

    pub(super) async fn limits(&mut self) -> Result<Said, Unwritten> {
        let account = store::account::of_member(&mut self.scope, self.recipient.id()).await?;
        let standing = account.standing();
        let (limits, unit) = (&self.rules.limits, &self.rules.unit);
        let none = || self.words.say("limit-none");
        let limit = |it: Option<i64>| it.map_or_else(none, |it| unit.amount(it));
        let names = [
            ("floor", Value::from(limit(limits.floor_of(standing)))),
            ("ceiling", Value::from(limit(limits.ceiling_of(standing)))),
        ];
        let topic = if standing.own.is_some() {
            "limits-own"
        } else {
            "limits-usual"
        };
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line")],
            button: self.words.say("mail-statement-button"),
            url: self.url("/releve"),
            ..Said::default()
        })
    }

    /// A letter about how somebody logs in.
    pub(super) fn login(&self, kind: &str) -> Said {
        let told = |name: &str| self.told.detail[name].as_str().unwrap_or_default();
        let names = [
            ("sel", Value::from(&self.association.name)),
            ("other", Value::from(told("sel"))),
            ("label", Value::from(told("label"))),
        ];
        let topic = kind.replace('_', "-");
        let say = |part: &str| self.words.say_with(&format!("mail-{topic}-{part}"), &names);
        let path = match kind {
            "login_joined" | "login_parted" => "/compte/sels",
            "login_linked" | "login_unlinked" => "/compte/connexions",
            "access_given" => "/compte/acces",
            "webhook_stopped" => "/bureau/webhooks",
            _ => "/compte/appareils",
        };
        Said {
            subject: say("subject"),
            lines: vec![say("line"), say("next")],
            button: self.words.say("mail-account-button"),
            url: self.url(path),
            ..Said::default()
        }
    }

    pub(super) fn farewell(&self) -> Said {
        let moved = self.told.detail["moved"].as_i64().unwrap_or(0);
        let names = [
            ("sel", Value::from(&self.association.name)),
            (
                "amount",
                Value::from(self.rules.unit.amount(moved.saturating_abs())),
            ),
        ];
        let settled = match moved {
            0 => "mail-left-even",
            moved if moved < 0 => "mail-left-gave",
            _ => "mail-left-received",
        };
        let say = |key: &str| self.words.say_with(key, &names);
        Said {
            subject: say("mail-left-subject"),
            lines: vec![say("mail-left-line"), say(settled), say("mail-left-next")],
            button: say("mail-left-button"),
            url: self.url("/"),
            ..Said::default()
        }
    }
}
