//! Recording an exchange: who may write it down, who must agree, which way the units go.
//!
//! Without a unit, *donner* and *recevoir* speak of the service; units always go the other way.
//! Here only payer and payee are said: the payer received the service and gives the units.

use crate::association::Rules;
use crate::id::{ExchangeId, MemberId, NoticeId};
use crate::limit::Standing;
use crate::member::Actor;
use chrono::{DateTime, Days, NaiveDate, Utc};

mod refusal;
mod warning;

pub use refusal::{Alike, Refusal};
use warning::weigh;
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
    /// Who must agree before units move; nobody where the payer's side wrote it.
    pub answer_by: Option<MemberId>,
    pub expires_at: Option<DateTime<Utc>>,
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
/// and `other`. The payer's own word posts it at once; the payee's waits for the payer's.
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
    let (payer, payee) = match draft.side {
        Side::Payer => (mine, other),
        Side::Payee => (other, mine),
    };
    let warnings = weigh(payer, payee, draft.amount, rules, actor)?;
    let waits = draft.side == Side::Payee;
    let days = Days::new(u64::try_from(rules.answer_days).unwrap_or(0));
    Ok(Proposed {
        payer_id: payer.member_id,
        payee_id: payee.member_id,
        proposed_for: mine.member_id,
        answer_by: waits.then_some(payer.member_id),
        expires_at: waits.then(|| now + days),
        warnings,
        draft,
        sealed: (),
    })
}

/// How a pending exchange ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Agreed,
    Refused,
    Cancelled,
    Expired,
}

impl Ending {
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Agreed => "agreed",
            Ending::Refused => "refused",
            Ending::Cancelled => "cancelled",
            Ending::Expired => "expired",
        }
    }
}

/// An exchange that may still be answered, as the rules need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    pub exchange_id: ExchangeId,
    pub proposed_for: MemberId,
    pub answer_by: Option<MemberId>,
    /// Whether the one whose word it waits for has an e-mail: then nobody answers for them.
    pub answers_alone: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub ended: bool,
}

/// A decision: this pending exchange ends so. Only [`close`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub exchange_id: ExchangeId,
    pub ending: Ending,
    pub reason: Option<String>,
    sealed: (),
}

/// Decides whether `actor` may end this exchange so: the one whose word it waits for agrees or
/// refuses, the one who wrote it takes it back, time lets it expire.
pub fn close(
    pending: &Pending,
    actor: Option<&Actor>,
    ending: Ending,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Closed, Refusal> {
    let expired = pending.expires_at.is_some_and(|at| at <= now);
    if pending.ended || (expired && ending != Ending::Expired) {
        return Err(Refusal::Ended);
    }
    let allowed = match actor {
        Some(actor) => may_close(pending, actor, ending),
        None => expired && ending == Ending::Expired,
    };
    if !allowed {
        return Err(Refusal::NotYours);
    }
    let reason = reason.trim();
    let reason = (!reason.is_empty()).then(|| reason.chars().take(REASON_LETTERS).collect());
    Ok(Closed {
        exchange_id: pending.exchange_id,
        ending,
        reason,
        sealed: (),
    })
}

/// Whether `actor` may end this exchange so, while it is pending. Only members without e-mail are
/// answered for; and who enters for others may not agree, for the payer, to what they themselves
/// receive.
pub fn may_close(pending: &Pending, actor: &Actor, ending: Ending) -> bool {
    let answers = pending.answer_by.is_some_and(|answerer| {
        actor.member_id == answerer || (!pending.answers_alone && actor.speaks_for(answerer))
    });
    match ending {
        Ending::Expired => false,
        Ending::Agreed => answers && actor.member_id != pending.proposed_for,
        Ending::Refused => answers,
        Ending::Cancelled => actor.speaks_for(pending.proposed_for),
    }
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
mod tests;
