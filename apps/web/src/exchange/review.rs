//! The exchange read again, before it is written down.

use super::{abroad, acting_for, draft, read, refused};
use crate::member::sees_balance;
use askama::Template;
use door::{Answer, Fields, Frame, Present, Trouble, page};
use poem::handler;
use sel::exchange::{Refusal, Side};
use store::member::Member;

#[derive(Template)]
#[template(path = "exchange_review.html")]
pub(crate) struct ReviewPage {
    pub(crate) frame: Frame,
    pub(crate) fields: Fields,
    pub(crate) said: askama::filters::Safe<String>,
    pub(crate) warnings: Vec<String>,
    /// Whether one like it stands already.
    pub(crate) is_asked: bool,
    /// Now and afterwards, for who may see it.
    pub(crate) balances: Option<Balances>,
    pub(crate) acting_for: Option<String>,
    pub(crate) note: String,
}

pub(crate) struct Balances {
    pub(crate) whose: String,
    pub(crate) now: String,
    pub(crate) after: String,
}

/// "Votre solde aujourd’hui", or whose it is.
pub(crate) fn whose_balance(present: &Present, mine: &Member) -> String {
    let words = present.words();
    if mine.id() == present.member.id() {
        return words.say("exchange-balance-now");
    }
    let name = (&mine.first_name).into();
    words.say_with("exchange-balance-now-of", &[("name", name)])
}

/// « Est-ce bien cela ? »
#[handler]
pub(super) async fn review(fields: Fields, mut present: Present) -> Answer {
    match abroad(&mut present, &fields).await? {
        Some(Ok(abroad)) => crate::crossing::review(present, fields, abroad).await,
        Some(Err(refusals)) => refused(present, fields, &refusals, Vec::new()).await,
        None => at_home(fields, present).await,
    }
}

async fn at_home(fields: Fields, mut present: Present) -> Answer {
    let (draft, pair) = match read(&mut present, &fields).await? {
        Ok(read) => read,
        Err((refusals, choices)) => return refused(present, fields, &refusals, choices).await,
    };
    let ids = (pair.mine.id(), pair.other.id());
    let weighed = desk::exchange::weigh(&mut present.scope, draft, ids.0, ids.1).await;
    let proposed = match weighed {
        Ok(proposed) => proposed,
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            return refused(present, fields, &[refusal], Vec::new()).await;
        }
    };
    let account = store::account::of_member(&mut present.scope, ids.0)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let unit = &present.rules.unit;
    let change = match proposed.draft.side {
        Side::Payer => -proposed.draft.amount,
        Side::Payee => proposed.draft.amount,
    };
    let note = match (proposed.answer_by, pair.other.email.is_some()) {
        (Some(_), true) if proposed.agrees_alone => "exchange-note-alone",
        (Some(_), true) => "exchange-note-waits",
        (Some(_), false) => "exchange-note-desk",
        (None, true) => "exchange-note",
        (None, false) => "exchange-note-untold",
    };
    let balances = sees_balance(&present, ids.0).then(|| Balances {
        whose: whose_balance(&present, &pair.mine),
        now: unit.amount(account.balance),
        after: unit.amount(account.balance + change),
    });
    let days = present.rules.ways.alike_days;
    let alike = desk::exchange::alike(&mut present.scope, &proposed, days)
        .await
        .map_err(Trouble::from)?
        .map(Refusal::Alike);
    let unit = &present.rules.unit;
    let limits = proposed.warnings.iter().map(|warning| {
        let (key, facts) = warning.sentence(present.rules.limits.policy);
        words.facts(key, facts, unit)
    });
    let is_asked = alike.is_some();
    let asked = alike.iter().map(|alike| words.refusal(alike, unit));
    let shown = ReviewPage {
        is_asked,
        frame: Frame::present(&present, "exchange-review-title", "exchange"),
        said: draft::said(&present, &pair, &proposed.draft),
        warnings: asked.chain(limits).collect(),
        balances,
        acting_for: acting_for(&present, &pair.mine),
        note: words.say_with(note, &[("name", (&pair.other.first_name).into())]),
        fields: draft::settled(&fields, &pair.other),
    };
    Ok(page(&shown)?)
}
