//! How a crossing ends, who may end it, and who may undo it.

use crate::exchange::{Ending, Refusal, Side, reason};
use crate::id::{CrossingId, MemberId};
use crate::member::{Actor, Right};
use chrono::{DateTime, Utc};

/// A crossing as its SEL knows it, to decide about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub crossing_id: CrossingId,
    pub member_id: MemberId,
    pub side: Side,
    pub proposed_here: bool,
    /// Whether it waits for our member's word; otherwise, while it has not ended, for the other's.
    pub answered_here: bool,
    /// Whether our member has an e-mail: then nobody answers for them.
    pub answers_alone: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub ended: bool,
    /// Recorded, and not undone.
    pub stands: bool,
    /// Whether the two SELs trade: otherwise nobody agrees to what waits.
    pub is_allied: bool,
    /// The two SELs trade no more.
    pub is_over: bool,
    /// The other SEL is on no platform: what stands was copied from a slip.
    pub is_entry: bool,
}

/// Whether `actor` may end this crossing so, while it is pending.
pub fn may_close(it: &Known, actor: &Actor, ending: Ending) -> bool {
    let answers = it.answered_here
        && (actor.acts_for(it.member_id) || (!it.answers_alone && actor.speaks_for(it.member_id)));
    !it.ended
        && match ending {
            Ending::Agreed => answers && it.is_allied,
            Ending::Refused => answers,
            Ending::Cancelled => it.proposed_here && actor.speaks_for(it.member_id),
            Ending::Expired | Ending::Approval => false,
        }
}

/// A decision: this pending crossing ends so. Only [`close`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub crossing_id: CrossingId,
    pub ending: Ending,
    pub reason: Option<String>,
    sealed: (),
}

/// Decides whether `actor`, or time, may end this crossing so.
pub fn close(
    it: &Known,
    actor: Option<&Actor>,
    ending: Ending,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Closed, Refusal> {
    let late = it.expires_at.is_some_and(|at| at <= now);
    let expired = late || (it.is_over && actor.is_none());
    if it.ended || (expired && actor.is_some()) {
        return Err(Refusal::Ended);
    }
    let may = match actor {
        Some(actor) => may_close(it, actor, ending),
        None => expired && ending == Ending::Expired,
    };
    if !may {
        return Err(Refusal::NotYours);
    }
    let reason = reason.trim();
    Ok(Closed {
        crossing_id: it.crossing_id,
        ending,
        reason: (!reason.is_empty()).then(|| reason.chars().take(REASON_LETTERS).collect()),
        sealed: (),
    })
}

/// Our member leaves: what they wrote is taken back, what waits for them is refused.
pub fn close_for_departure(it: &Known) -> Closed {
    Closed {
        crossing_id: it.crossing_id,
        ending: if it.proposed_here {
            Ending::Cancelled
        } else {
            Ending::Refused
        },
        reason: None,
        sealed: (),
    }
}

/// Letters of a reason that are kept.
const REASON_LETTERS: usize = 2_000;

/// A decision: this crossing is undone. Only [`reverse`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversed {
    pub crossing_id: CrossingId,
    pub reason: String,
    /// Whether the limits of who gives back hold.
    pub is_bound: bool,
    sealed: (),
}

/// Whether `actor` may undo it: whoever received gives it back; so does somebody in charge in their
/// SEL. What was copied from a slip is undone by who is in charge, and none of its own.
pub fn may_reverse(it: &Known, actor: &Actor) -> bool {
    let desk = actor.may(Right::EnterForOthers);
    it.stands
        && match (it.is_entry, it.side) {
            (true, _) => desk && !(it.side == Side::Payer && actor.acts_for(it.member_id)),
            (false, Side::Payee) => desk || actor.acts_for(it.member_id),
            (false, Side::Payer) => false,
        }
}

/// Decides whether `actor` may undo it, with a reason that both will read.
pub fn reverse(it: &Known, actor: &Actor, typed: &str) -> Result<Reversed, Refusal> {
    if !it.stands {
        return Err(Refusal::Undone);
    }
    if !may_reverse(it, actor) {
        return Err(Refusal::NotAllowed);
    }
    Ok(Reversed {
        crossing_id: it.crossing_id,
        reason: reason(typed)?,
        is_bound: actor.acts_for(it.member_id),
        sealed: (),
    })
}
