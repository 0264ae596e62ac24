//! A member who posts exchanges, one after the other.

use crate::chance::Chance;
use crate::client::{Client, hidden};
use crate::people::Sel;
use crate::say::Trouble;

/// A member who posts exchanges.
pub(super) struct Poster {
    client: Client,
    form: String,
    today: String,
    amount: &'static str,
    /// Members with numbers below this receive.
    receiving_below: u32,
    /// The code of another SEL, where they are its members.
    there: Option<String>,
    chance: Chance,
}

impl Poster {
    pub(super) fn ready(mut client: Client, sel: &Sel) -> Result<Poster, Trouble> {
        let page = client.get("/echanges/nouveau").unwrap_or_default();
        let missing = || Trouble::new(format!("{}: no form to post with", sel.slug));
        let form = hidden(&page.body, "csrf_token").ok_or_else(missing)?;
        let id = hidden(&page.body, "id").ok_or_else(missing)?;
        let days = page.body.split_once("name=\"date\"");
        let day = days.and_then(|(_, rest)| rest.split_once("<option value=\""));
        let today = day.and_then(|(_, rest)| rest.split_once('"'));
        Ok(Poster {
            form: form.to_owned(),
            today: today.ok_or_else(missing)?.0.to_owned(),
            amount: sel.amount,
            receiving_below: sel.posting_from,
            there: None,
            chance: Chance::of(id),
            client,
        })
    }

    /// Gives to members of the SEL with this code.
    pub(super) fn paying_members_of(self, code: &str) -> Poster {
        Poster {
            there: Some(code.to_owned()),
            ..self
        }
    }

    /// Gives the smallest amount to somebody. Says whether it was acknowledged.
    pub(super) fn post(&mut self) -> bool {
        let payee = 2 + self.chance.below(self.receiving_below - 2);
        let payee = match &self.there {
            Some(code) => format!("{code}-{payee:04}"),
            None => payee.to_string(),
        };
        let id = self.chance.id();
        let fields = [
            ("csrf_token", self.form.as_str()),
            ("id", &id),
            ("side", "donne"),
            ("amount", self.amount),
            ("member", &payee),
            ("label", "coup de main"),
            ("date", &self.today),
        ];
        self.client
            .post("/echanges", &fields)
            .is_some_and(|answer| answer.status == 303 && answer.location == "/releve")
    }
}
