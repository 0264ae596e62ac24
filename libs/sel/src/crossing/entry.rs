//! Copying a slip of an exchange with a SEL that is on no platform.

use super::quote::on_slip;
use super::{Draft, Quote};
use crate::alliance::{Bond, State};
use crate::association::Rules;
use crate::exchange::{Party, Refusal, Side};
use crate::id::{AllianceId, MemberId};
use crate::member::{Actor, Right};

/// A decision: a slip of an exchange with a SEL that is on no platform is copied. Only [`enter`]
/// makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub draft: Draft,
    pub alliance_id: AllianceId,
    pub member_id: MemberId,
    pub other_name: String,
    pub quote: Quote,
    pub per_hour: i64,
    pub their_per_hour: i64,
    pub slip: Option<String>,
    sealed: (),
}

/// Letters of a name on a slip, and of its number.
const NAME_LETTERS: usize = 120;
const SLIP_LETTERS: usize = 20;

/// Decides whether `actor` may copy a slip between `mine` and somebody of a SEL that is on no
/// platform. It has happened: no limit says no. Nobody writes down what they receive themselves.
pub fn enter(
    draft: Draft,
    actor: &Actor,
    mine: &Party,
    bond: &Bond,
    (name, slip): (&str, &str),
    rules: &Rules,
) -> Result<Entered, Refusal> {
    if !actor.may(Right::EnterForOthers) {
        return Err(Refusal::NotAllowed);
    }
    if draft.side == Side::Payee && actor.acts_for(mine.member_id) {
        return Err(Refusal::ForOneself {
            first_name: bond.name.clone(),
        });
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
    let line = |typed: &str| typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (other_name, slip) = (line(name), line(slip));
    if other_name.is_empty() || other_name.chars().count() > NAME_LETTERS {
        return Err(Refusal::NoMember);
    }
    if slip.chars().count() > SLIP_LETTERS {
        return Err(Refusal::LongSlip);
    }
    // What our member gave or received is what the slip says; theirs is what it is worth there.
    let quote = on_slip(draft.amount, &rules.unit, &bond.unit);
    Ok(Entered {
        alliance_id: bond.alliance_id,
        member_id: mine.member_id,
        other_name,
        quote,
        per_hour: rules.unit.hour(),
        their_per_hour: bond.unit.hour(),
        slip: (!slip.is_empty()).then_some(slip),
        draft,
        sealed: (),
    })
}
