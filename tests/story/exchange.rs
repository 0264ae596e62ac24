//! Exchanges as people type them.

use super::{App, Person, Shown};

/// The form of an exchange on the day the stories begin. `side` is "donne" or "recois".
pub(crate) fn exchange<'a>(
    id: &'a str,
    side: &'a str,
    amount: &'a str,
    member: &'a str,
    label: &'a str,
) -> [(&'a str, &'a str); 6] {
    [
        ("id", id),
        ("side", side),
        ("amount", amount),
        ("member", member),
        ("label", label),
        ("date", "2026-06-15"),
    ]
}

impl Person {
    /// Opens an empty form. Gives its id.
    pub(crate) async fn exchange_id(&mut self, app: &App) -> String {
        self.get(app, "/echanges/nouveau").await.hidden("id")
    }

    /// Records an exchange (how much, with which number, what for), past the page that asks whether
    /// it is right. Gives its id.
    pub(crate) async fn records(&mut self, app: &App, side: &str, rest: [&str; 3]) -> String {
        let id = self.exchange_id(app).await;
        let [amount, member, label] = rest;
        let typed = exchange(&id, side, amount, member, label);
        let posted = self.post(app, "/echanges", &typed).await;
        assert_eq!(posted.location, "/releve", "{}", posted.text());
        id
    }

    /// Types an exchange, as far as the page that asks whether it is right.
    pub(crate) async fn reviews(&mut self, app: &App, side: &str, rest: [&str; 3]) -> Shown {
        let id = self.exchange_id(app).await;
        let [amount, member, label] = rest;
        let typed = exchange(&id, side, amount, member, label);
        self.post(app, "/echanges/relire", &typed).await
    }
}
