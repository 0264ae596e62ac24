//! The letter to somebody whose exchanges were copied from paper: all of them in one.

use super::Desk;
use crate::Unwritten;
use crate::letter::Said;
use sel::id::{ExchangeId, SheetId};
use store::exchange::Exchange;
use words::Value;

/// Exchanges that one letter names.
const NAMED: usize = 40;

impl Desk<'_> {
    pub(super) async fn sheet(&mut self) -> Result<Said, Unwritten> {
        let id = SheetId(self.told.subject_id);
        let sheet = store::sheet::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the sheet is gone"))?;
        let posted: Vec<ExchangeId> = self.told.detail["exchanges"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|id| id.as_str()?.parse().ok())
            .collect();
        let me = self.recipient.id();
        let mine = store::exchange::of_these(&mut self.scope, &posted, me, NAMED + 1).await?;
        if mine.is_empty() {
            return Err(Unwritten::Needless("none of the exchanges is theirs"));
        }
        let by = match self.told.actor_id() {
            Some(id) => store::member::by_id(&mut self.scope, id).await?,
            None => None,
        };
        let by = by.map(|member| self.name_of(&member)).unwrap_or_default();
        let names = [
            ("title", Value::from(&sheet.title)),
            ("by", Value::from(by)),
            ("count", Value::from(mine.len())),
        ];
        let say = |part: &str| self.words.say_with(&format!("mail-sheet-{part}"), &names);
        let mut quote: Vec<String> = mine.iter().take(NAMED).map(|it| self.line(it)).collect();
        if mine.len() > NAMED {
            quote.push(say("more"));
        }
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line")],
            small: say("next"),
            quote,
            button: self.words.say("mail-statement-button"),
            url: self.url("/releve"),
            ..Said::default()
        })
    }

    fn line(&self, it: &Exchange) -> String {
        let gave = it.payer_id() == self.recipient.id();
        let (first, last, number) = if gave {
            (&it.payee_first, &it.payee_last, it.payee_number)
        } else {
            (&it.payer_first, &it.payer_last, it.payer_number)
        };
        let key = if gave {
            "mail-sheet-gave"
        } else {
            "mail-sheet-received"
        };
        self.words.say_with(
            key,
            &[
                ("name", self.name(first, last, number).into()),
                ("amount", self.rules.unit.amount(it.amount).into()),
                ("label", (&it.label).into()),
                ("day", self.words.short_day(it.done_on).into()),
            ],
        )
    }
}
