//! An exchange between members of two SELs: what it is worth on both sides, whose word it needs,
//! what each SEL allows.

use crate::alliance::{Bond, State, units_of};
use crate::association::Rules;
use crate::exchange::{self, Party, Refusal, Side, Warning, weigh_one};
use crate::id::{AllianceId, CrossingId, MemberId};
use crate::member::Actor;
use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

mod close;
mod entry;
mod quote;

pub use close::{
    Closed, Known, Reversed, close, close_for_departure, may_close, may_reverse, reverse,
};
pub use entry::{Entered, enter};
pub use quote::{Quote, quote};

/// What the form says, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub crossing_id: CrossingId,
    /// The side of our member.
    pub side: Side,
    /// Smallest parts of our unit, as typed.
    pub amount: i64,
    pub label: String,
    pub done_on: NaiveDate,
}

impl Draft {
    /// What the form of every exchange says, where it names somebody of another SEL. One form, gone
    /// back to, may write both kinds: the two ids differ, so that they never meet in a book.
    pub fn of(form: exchange::Draft) -> Draft {
        let id = form.exchange_id.0.as_u128() ^ 1;
        Draft {
            crossing_id: CrossingId(Uuid::from_u128(id)),
            side: form.side,
            amount: form.amount,
            label: form.label,
            done_on: form.done_on,
        }
    }
}

/// The member of the other SEL, as it shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outsider {
    pub number: i32,
    pub name: String,
}

/// A decision: this crossing may be recorded so. Only [`propose`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub draft: Draft,
    pub alliance_id: AllianceId,
    pub member_id: MemberId,
    pub other: Outsider,
    pub quote: Quote,
    /// Smallest parts of an hour, in our unit and in theirs.
    pub per_hour: i64,
    pub their_per_hour: i64,
    /// Whether the other side must agree before units move.
    pub waits: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub warning: Option<Warning>,
    sealed: (),
}

/// Decides whether `actor` may record this exchange between `mine`, in whose name it is written,
/// and a member of an ally. It is posted at once where the payer writes it and both SELs take the
/// payer's word alone; otherwise the other side answers.
pub fn propose(
    draft: Draft,
    actor: &Actor,
    mine: &Party,
    (bond, other): (&Bond, &Outsider),
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Proposed, Refusal> {
    if !actor.speaks_for(mine.member_id) {
        return Err(Refusal::NotAllowed);
    }
    if mine.has_left {
        return Err(Refusal::HasLeft {
            first_name: mine.first_name.clone(),
        });
    }
    if bond.state != State::Stands {
        return Err(Refusal::NotAllied {
            name: bond.name.clone(),
        });
    }
    if draft.side == Side::Payee && !(rules.ways.payee_asks && bond.payee_asks) {
        return Err(Refusal::PayerWrites);
    }
    let quote = quote(draft.amount, draft.side, &rules.unit, &bond.unit);
    let quote = quote.ok_or(Refusal::TooSmall {
        name: bond.name.clone(),
    })?;
    let left = match draft.side {
        Side::Payer => bond.left_out(),
        Side::Payee => bond.left_in(),
    };
    if quote.seconds > left {
        return Err(Refusal::OurCap {
            name: bond.name.clone(),
            left: units_of(left.max(0), &rules.unit),
        });
    }
    let warning = weigh_one(mine, draft.side, quote.ours, rules, actor)?;
    let alone = rules.ways.payer_alone && bond.payer_alone;
    let waits = draft.side == Side::Payee || !alone;
    let days = Days::new(u64::try_from(rules.answer_days).unwrap_or(0));
    Ok(Proposed {
        alliance_id: bond.alliance_id,
        member_id: mine.member_id,
        other: other.clone(),
        quote,
        per_hour: rules.unit.hour(),
        their_per_hour: bond.unit.hour(),
        waits,
        expires_at: waits.then(|| now + days),
        warning,
        draft,
        sealed: (),
    })
}

#[cfg(test)]
#[path = "crossing_tests.rs"]
mod tests;
