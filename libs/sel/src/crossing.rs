//! An exchange between members of two SELs: what it is worth on both sides, whose word it needs,
//! what each SEL allows.

use crate::alliance::{Bond, State, units_of};
use crate::association::Rules;
use crate::exchange::{Party, Refusal, Side, Warning, weigh_one};
use crate::id::{AllianceId, CrossingId, MemberId};
use crate::member::Actor;
use chrono::{DateTime, Days, NaiveDate, Utc};

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

/// The member of the other SEL, as it shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outsider {
    pub number: i32,
    pub name: String,
    pub has_left: bool,
}

/// Whose word is needed before units move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    Nobody,
    Here,
    There,
}

impl Waits {
    /// As the database keeps it.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Waits::Nobody => None,
            Waits::Here => Some("here"),
            Waits::There => Some("there"),
        }
    }
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
    pub waits: Waits,
    pub expires_at: Option<DateTime<Utc>>,
    pub warning: Option<Warning>,
    sealed: (),
}

impl Proposed {
    /// Smallest parts of our unit.
    pub fn amount(&self) -> i64 {
        match self.draft.side {
            Side::Payer => self.quote.payer,
            Side::Payee => self.quote.payee,
        }
    }

    /// Smallest parts of their unit.
    pub fn their_amount(&self) -> i64 {
        match self.draft.side {
            Side::Payer => self.quote.payee,
            Side::Payee => self.quote.payer,
        }
    }
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
    let gone = [
        (&mine.first_name, mine.has_left),
        (&other.name, other.has_left),
    ];
    if let Some((name, _)) = gone.into_iter().find(|(_, has_left)| *has_left) {
        return Err(Refusal::HasLeft {
            first_name: name.clone(),
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
    let (payer, payee) = match draft.side {
        Side::Payer => (&rules.unit, &bond.unit),
        Side::Payee => (&bond.unit, &rules.unit),
    };
    let quote = quote(draft.amount, draft.side, payer, payee).ok_or(Refusal::TooSmall {
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
    let own = match draft.side {
        Side::Payer => quote.payer,
        Side::Payee => quote.payee,
    };
    let warning = weigh_one(mine, draft.side, own, rules, actor)?;
    let alone = rules.ways.payer_alone && bond.payer_alone;
    let waits = match draft.side {
        Side::Payer if alone => Waits::Nobody,
        _ => Waits::There,
    };
    let days = Days::new(u64::try_from(rules.answer_days).unwrap_or(0));
    Ok(Proposed {
        alliance_id: bond.alliance_id,
        member_id: mine.member_id,
        other: other.clone(),
        quote,
        per_hour: rules.unit.hour(),
        their_per_hour: bond.unit.hour(),
        waits,
        expires_at: (waits != Waits::Nobody).then(|| now + days),
        warning,
        draft,
        sealed: (),
    })
}

#[cfg(test)]
#[path = "crossing_tests.rs"]
mod tests;
