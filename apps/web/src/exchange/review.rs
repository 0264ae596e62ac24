//! The exchange read again, before it is written down.

use super::{acting_for, draft, read, refused};
use crate::member::sees_balance;
use askama::Template;
use door::{Answer, Fields, Frame, Present, Trouble, page};
use poem::handler;
use sel::exchange::{Refusal, Side};

#[derive(Template)]
#[template(path = "exchange_review.html")]
struct ReviewPage {
    frame: Frame,
    fields: Fields,
    said: askama::filters::Safe<String>,
    warnings: Vec<String>,
    /// Whether one like it stands already.
    is_asked: bool,
    /// Now and afterwards, for who may see it.
    balances: Option<Balances>,
    acting_for: Option<String>,
    note: String,
}

struct Balances {
    whose: String,
    now: String,
    after: String,
}

/// « Est-ce bien cela ? »
#[handler]
pub(super) async fn review(fields: Fields, mut present: Present) -> Answer {
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
    let whose = if ids.0 == present.member.id() {
        words.say("exchange-balance-now")
    } else {
        let name = (&pair.mine.first_name).into();
        words.say_with("exchange-balance-now-of", &[("name", name)])
    };
    let balances = sees_balance(&present, ids.0).then(|| Balances {
        whose,
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
    let review = ReviewPage {
        is_asked,
        frame: Frame::present(&present, "exchange-review-title", "exchange"),
        said: draft::said(&present, &pair, &proposed.draft),
        warnings: asked.chain(limits).collect(),
        balances,
        acting_for: acting_for(&present, &pair.mine),
        note: words.say_with(note, &[("name", (&pair.other.first_name).into())]),
        fields: draft::settled(&fields, &pair.other),
    };
    Ok(page(&review)?)
}
