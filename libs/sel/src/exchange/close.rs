//! How a proposed exchange ends, and who may end it.

use super::{Party, REASON_LETTERS, Refusal};
use crate::association::Rules;
use crate::id::{ExchangeId, MemberId};
use crate::limit::Policy;
use crate::member::{Actor, Right};
use chrono::{DateTime, Utc};

/// Whether somebody in charge must allow an exchange that both agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// It stays within the limits, or the SEL does not want it so.
    NotNeeded,
    /// It leads beyond a limit.
    Needed,
    /// It leads beyond a limit, and the one who acts is in charge and none of the two.
    Given,
}

/// Whether somebody in charge must allow it.
pub fn approval(
    actor: Option<&Actor>,
    payer: &Party,
    payee: &Party,
    amount: i64,
    rules: &Rules,
) -> Approval {
    let beyond = rules.limits.below(payer.standing, amount).is_some()
        || rules.limits.above(payee.standing, amount).is_some();
    if rules.limits.policy != Policy::Approve || !beyond {
        return Approval::NotNeeded;
    }
    let two = [payer.member_id, payee.member_id];
    if actor.is_some_and(|actor| is_in_charge(actor, two)) {
        Approval::Given
    } else {
        Approval::Needed
    }
}

/// Who allows what leads beyond a limit: none of the two, and acting for none of them by a mandate.
fn is_in_charge(actor: &Actor, two: [MemberId; 2]) -> bool {
    let is_one = two
        .iter()
        .any(|party| actor.member_id == *party || actor.helps(*party));
    !is_one && actor.may(Right::EnterForOthers)
}

/// How a pending exchange ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Agreed,
    Refused,
    Cancelled,
    Expired,
    /// Both agree, and it waits for somebody in charge: no end yet.
    Approval,
}

impl Ending {
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Agreed => "agreed",
            Ending::Refused => "refused",
            Ending::Cancelled => "cancelled",
            Ending::Expired => "expired",
            Ending::Approval => "approval",
        }
    }
}

/// An exchange that may still be answered, as the rules need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    pub exchange_id: ExchangeId,
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    pub proposed_for: MemberId,
    pub answer_by: Option<MemberId>,
    /// Whether it waits for somebody in charge.
    pub approval: bool,
    /// Whether no answer is a yes.
    pub agrees_alone: bool,
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
    /// Whether it waited for somebody in charge when this was decided.
    pub was_approving: bool,
    /// Whether limits do not count, since somebody in charge allows it.
    pub is_allowed: bool,
    sealed: (),
}

/// Decides whether `actor` may end this exchange so; `allowed` is whether they may allow what leads
/// beyond a limit. The one whose word it waits for agrees or refuses, the one who wrote it takes it
/// back, time lets it expire.
pub fn close(
    pending: &Pending,
    actor: Option<&Actor>,
    (ending, allowed): (Ending, bool),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Closed, Refusal> {
    let expired = pending.expires_at.is_some_and(|at| at <= now);
    if pending.ended || (expired && actor.is_some()) {
        return Err(Refusal::Ended);
    }
    let may = match (actor, ending) {
        (Some(actor), ending) => may_close(pending, actor, ending),
        (None, Ending::Expired) => expired,
        (None, Ending::Agreed | Ending::Approval) => expired && pending.agrees_alone,
        (None, _) => false,
    };
    if !may {
        return Err(Refusal::NotYours);
    }
    let reason = reason.trim();
    let reason = (!reason.is_empty()).then(|| reason.chars().take(REASON_LETTERS).collect());
    Ok(Closed {
        exchange_id: pending.exchange_id,
        ending,
        reason,
        was_approving: pending.approval,
        is_allowed: ending == Ending::Agreed && (pending.approval || allowed),
        sealed: (),
    })
}

/// One of the two leaves: what waits is taken back.
pub fn close_for_departure(pending: &Pending) -> Closed {
    Closed {
        exchange_id: pending.exchange_id,
        ending: Ending::Cancelled,
        reason: None,
        was_approving: pending.approval,
        is_allowed: false,
        sealed: (),
    }
}

/// Whether `actor` may end this exchange so, while it is pending. Only members without e-mail are
/// answered for; and who enters for others may not agree, for the payer, to what they themselves
/// receive.
pub fn may_close(pending: &Pending, actor: &Actor, ending: Ending) -> bool {
    let answers = pending.answer_by.is_some_and(|answerer| {
        actor.member_id == answerer
            || actor.helps(answerer)
            || (!pending.answers_alone && actor.speaks_for(answerer))
    });
    let two = [pending.payer_id, pending.payee_id];
    let approves = pending.approval && is_in_charge(actor, two);
    match ending {
        Ending::Expired => false,
        Ending::Agreed => approves || (answers && actor.member_id != pending.proposed_for),
        Ending::Approval => answers && actor.member_id != pending.proposed_for,
        Ending::Refused => answers || approves,
        Ending::Cancelled => actor.speaks_for(pending.proposed_for),
    }
}

#[cfg(test)]
#[path = "close_tests.rs"]
mod tests;
