//! A member who posts exchanges, one after the other.

use super::people::Sel;
use crate::client::{Client, hidden};
use crate::say::Trouble;

/// A member who posts exchanges.
pub(super) struct Poster {
    client: Client,
    form: String,
    today: String,
    amount: &'static str,
    /// Members with numbers below this receive.
    receiving_below: u32,
    chance: Chance,
}

impl Poster {
    pub(super) fn ready(mut client: Client, sel: &Sel) -> Result<Poster, Trouble> {
        let page = client.get("/echanges/nouveau").unwrap_or_default();
        let missing = || Trouble::new(format!("{}: no form to post with", sel.slug));
        let form = hidden(&page.body, "form").ok_or_else(missing)?;
        let id = hidden(&page.body, "id").ok_or_else(missing)?;
        let days = page.body.split_once("name=\"date\"");
        let day = days.and_then(|(_, rest)| rest.split_once("<option value=\""));
        let today = day.and_then(|(_, rest)| rest.split_once('"'));
        Ok(Poster {
            form: form.to_owned(),
            today: today.ok_or_else(missing)?.0.to_owned(),
            amount: sel.amount,
            receiving_below: sel.posting_from,
            chance: Chance::of(id),
            client,
        })
    }

    /// Gives the smallest amount to somebody. Says whether it was acknowledged.
    pub(super) fn post(&mut self) -> bool {
        let payee = 2 + self.chance.below(self.receiving_below - 2);
        let (id, payee) = (self.chance.id(), payee.to_string());
        let fields = [
            ("form", self.form.as_str()),
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

/// Numbers that look random enough to choose members and ids (xorshift64*).
struct Chance {
    state: u64,
    /// The moment of the ids: their first 48 bits.
    moment: u128,
}

impl Chance {
    /// Begins at an id of a form: at its moment, with its random part.
    fn of(id: &str) -> Chance {
        let digits: String = id.chars().filter(char::is_ascii_hexdigit).collect();
        let id = u128::from_str_radix(&digits, 16).unwrap_or(1);
        let tail = u64::try_from(id & u128::from(u64::MAX)).unwrap_or(1);
        Chance {
            state: tail | 1,
            moment: id >> 80,
        }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: u32) -> u32 {
        u32::try_from((self.next() >> 32) % u64::from(most)).unwrap_or(0)
    }

    /// A UUID of version 7, as the forms carry it.
    fn id(&mut self) -> String {
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        let id = (self.moment << 80)
            | (0x7 << 76)
            | ((random >> 52) & (0xfff << 64))
            | (0x2 << 62)
            | (random & 0x3fff_ffff_ffff_ffff);
        let hex = format!("{id:032x}");
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex[part].to_owned());
        parts.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_7_and_differ() {
        let mut chance = Chance::of("0199c2f0-0000-7000-8000-00000000abcd");
        let (one, two) = (chance.id(), chance.id());
        assert_ne!(one, two);
        assert!(one.starts_with("0199c2f0-0000-7"), "{one}");
        assert_eq!(one.len(), 36);
        assert!(matches!(&one[19..20], "8" | "9" | "a" | "b"), "{one}");
        assert!(chance.below(5) < 5);
    }
}
