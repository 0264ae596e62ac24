//! Recording an exchange: who may write it down, who must agree, which way the units go.
//!
//! Without a unit, *donner* and *recevoir* speak of the service; units always go the other way.
//! Here only payer and payee are said: the payer received the service and gives the units.

use crate::association::Rules;
use crate::id::{CategoryId, ExchangeId, MemberId, NoticeId};
use crate::limit::Standing;
use crate::member::Actor;
use chrono::{DateTime, Days, NaiveDate, Utc};

mod close;
mod refusal;
mod reversal;
mod warning;

pub use close::{
    Approval, Closed, Ending, Pending, approval, close, close_for_departure, may_close,
};
pub use refusal::{Alike, Refusal};
pub use reversal::{
    Recorded, Reversed, gives_back, may_reverse, reason, reverse, reverse_by_mediation,
};
use warning::weigh;
pub(crate) use warning::weigh_one;
pub use warning::{Warning, Whose, answer_warning, beyond_limit, beyond_on_paper};

/// Letters of what an exchange was for.
pub const LABEL_LETTERS: usize = 200;
/// Letters of a reason that are kept: more than anybody types on a phone.
const REASON_LETTERS: usize = 2_000;
/// How far back an exchange may have happened, in days.
pub const OLDEST_DAYS: u64 = 366;

/// On which side of the exchange somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Received the service, gives the units: « j’ai reçu un coup de main, je donne des grains ».
    Payer,
    /// Gave the service, receives the units: « j’ai donné un coup de main, je reçois des grains ».
    Payee,
}

/// What the form says, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub exchange_id: ExchangeId,
    /// The side of the member in whose name it is written.
    pub side: Side,
    /// Minor units, positive: `Unit::parse` answers nothing else.
    pub amount: i64,
    pub label: String,
    pub done_on: NaiveDate,
    pub notice_id: Option<NoticeId>,
    /// What it was about, where somebody said so.
    pub category_id: Option<CategoryId>,
}

/// One of the two, as the rules need to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub member_id: MemberId,
    pub first_name: String,
    pub has_left: bool,
    pub standing: Standing,
}

/// A decision: this exchange may be recorded so. Only [`propose`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub draft: Draft,
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    /// In whose name it is written; differs from the actor where someone enters for another.
    pub proposed_for: MemberId,
    /// Who must agree before units move.
    pub answer_by: Option<MemberId>,
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether no answer until then is a yes.
    pub agrees_alone: bool,
    /// Whether it leads beyond a limit, and somebody in charge must allow it.
    pub needs_approval: bool,
    /// Whether it leads beyond a limit, and the one who writes it may allow that.
    pub is_allowed: bool,
    pub warnings: Vec<Warning>,
    sealed: (),
}

/// What an exchange was for.
pub fn label(typed: &str) -> Result<String, Refusal> {
    let label = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match label.chars().count() {
        0 => Err(Refusal::NoLabel),
        n if n > LABEL_LETTERS => Err(Refusal::LongLabel),
        _ => Ok(label),
    }
}

/// The day of an exchange, `today` being the SEL's.
pub fn day(done_on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let oldest = today
        .checked_sub_days(Days::new(OLDEST_DAYS))
        .unwrap_or(NaiveDate::MIN);
    match done_on {
        day if day > today => Err(Refusal::Future),
        day if day < oldest => Err(Refusal::TooOld),
        day => Ok(day),
    }
}

/// Decides whether `actor` may record this exchange between `mine`, in whose name it is written,
/// and `other`. The payer's own word posts it at once, unless the SEL wants the payee's too; the
/// payee's waits for the payer's.
pub fn propose(
    draft: Draft,
    actor: &Actor,
    mine: &Party,
    other: &Party,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Proposed, Refusal> {
    if !actor.speaks_for(mine.member_id) {
        return Err(Refusal::NotAllowed);
    }
    if mine.member_id == other.member_id {
        return Err(Refusal::Oneself);
    }
    if let Some(gone) = [mine, other].into_iter().find(|party| party.has_left) {
        return Err(Refusal::HasLeft {
            first_name: gone.first_name.clone(),
        });
    }
    // Who enters for others gives themselves nothing: somebody else's word is needed.
    let is_for_another = actor.member_id != mine.member_id;
    if is_for_another && draft.side == Side::Payer && actor.member_id == other.member_id {
        return Err(Refusal::ForOneself {
            first_name: mine.first_name.clone(),
        });
    }
    if draft.side == Side::Payee && !rules.ways.payee_asks {
        return Err(Refusal::PayerWrites);
    }
    let (payer, payee) = match draft.side {
        Side::Payer => (mine, other),
        Side::Payee => (other, mine),
    };
    let warnings = weigh(payer, payee, draft.amount, rules, actor)?;
    let answer_by = match draft.side {
        Side::Payee => Some(payer.member_id),
        Side::Payer if rules.ways.payer_alone => None,
        Side::Payer => Some(payee.member_id),
    };
    let beyond = approval(Some(actor), payer, payee, draft.amount, rules);
    let needs_approval = answer_by.is_none() && beyond == Approval::Needed;
    let is_allowed = answer_by.is_none() && beyond == Approval::Given;
    let agree_days = rules.ways.agree_days.filter(|_| answer_by.is_some());
    let days = agree_days.map_or(rules.answer_days, i32::from);
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    Ok(Proposed {
        payer_id: payer.member_id,
        payee_id: payee.member_id,
        proposed_for: mine.member_id,
        answer_by,
        expires_at: (answer_by.is_some() || needs_approval).then(|| now + days),
        agrees_alone: agree_days.is_some(),
        needs_approval,
        is_allowed,
        warnings,
        draft,
        sealed: (),
    })
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
pub(crate) mod tests;
