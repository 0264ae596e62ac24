//! Leaving a SEL: the balance comes to zero by a movement that everybody can read, and the account
//! is closed.

use crate::id::MemberId;
use crate::member::{Actor, Right};
use crate::refusal::{Fact, Refused};
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("it has been done")]
    Gone,
    #[error("below zero, one speaks to the board first")]
    BelowZero { balance: i64 },
    #[error("nothing was chosen")]
    NoWay,
    #[error("nobody to give to: {0}")]
    Member(crate::exchange::Refusal),
    #[error("the last who holds the settings")]
    LastSettings,
    #[error("something came in between")]
    Changed,
    #[error("an exchange with another SEL waits")]
    Waits,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Gone => "refusal-departure-gone",
            Refusal::BelowZero { .. } => "refusal-departure-below",
            Refusal::NoWay => "refusal-departure-way",
            Refusal::Member(member) => member.key(),
            Refusal::LastSettings => "refusal-departure-settings",
            Refusal::Changed => "refusal-departure-changed",
            Refusal::Waits => "refusal-departure-waits",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NoWay => "way",
            Refusal::Member(_) => "member",
            _ => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::BelowZero { balance } => vec![("balance", Fact::Units(*balance))],
            Refusal::Member(member) => member.facts(),
            _ => Vec::new(),
        }
    }
}

/// Where the balance goes, or comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The SEL's own account.
    Association,
    /// The account of mutual help.
    Solidarity,
    /// Another member, who receives what is left.
    Member(MemberId),
}

/// Whether `actor` may let `member` leave: oneself, or who keeps the members.
pub fn may_leave(actor: &Actor, member: MemberId) -> bool {
    actor.member_id == member || actor.may(Right::Members)
}

/// Decides whether `member`, whose balance is this, leaves so. Below zero it takes the board: it is
/// the SEL that bears what is missing.
pub fn leave(actor: &Actor, member: MemberId, balance: i64, way: Way) -> Result<(), Refusal> {
    if !may_leave(actor, member) {
        return Err(Refusal::NotAllowed);
    }
    if balance < 0 && !(actor.may(Right::Members) && actor.member_id != member) {
        return Err(Refusal::BelowZero { balance });
    }
    match way {
        Way::Member(_) if balance <= 0 => Err(Refusal::NoWay),
        Way::Member(to) if to == member => Err(Refusal::Member(crate::exchange::Refusal::Oneself)),
        // Who lets somebody leave does not receive what is left.
        Way::Member(to) if to == actor.member_id => Err(Refusal::NotAllowed),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AssociationId;
    use uuid::Uuid;

    fn member(number: u128) -> MemberId {
        MemberId(Uuid::from_u128(number))
    }

    fn by(number: u128, rights: &[Right], balance: i64, way: Way) -> Result<(), Refusal> {
        let actor = Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(number),
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        leave(&actor, member(1), balance, way)
    }

    #[test]
    fn one_leaves_by_oneself_with_what_one_has_or_by_the_board() {
        assert_eq!(by(1, &[], 60, Way::Solidarity), Ok(()));
        assert_eq!(by(1, &[], 0, Way::Association), Ok(()));
        assert_eq!(by(1, &[], 60, Way::Member(member(3))), Ok(()));
        let below = Err(Refusal::BelowZero { balance: -1 });
        assert_eq!(by(1, &[], -1, Way::Association), below);
        assert_eq!(by(1, &[Right::Members], -1, Way::Association), below);
        assert_eq!(by(2, &[Right::Members], -1, Way::Association), Ok(()));
        assert_eq!(by(2, &[], 0, Way::Association), Err(Refusal::NotAllowed));
    }

    #[test]
    fn a_member_receives_what_is_left_but_not_who_decides_it() {
        let board = &[Right::Members];
        assert_eq!(by(2, board, 60, Way::Member(member(3))), Ok(()));
        assert_eq!(
            by(2, board, 60, Way::Member(member(2))),
            Err(Refusal::NotAllowed)
        );
        assert_eq!(
            by(2, board, -60, Way::Member(member(3))),
            Err(Refusal::NoWay)
        );
        assert!(by(2, board, 60, Way::Member(member(1))).is_err());
    }
}
