//! Several members on one account: a couple, a family, a house.

use crate::id::MemberId;
use crate::member::{Actor, Right};
use crate::refusal::{Fact, Refused};
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("whoever records it is one of the two")]
    ForOneself,
    #[error("with whom: {0}")]
    Host(crate::exchange::Refusal),
    #[error("something waits for an answer")]
    Waits,
    #[error("others share the account")]
    Shared,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::ForOneself => "refusal-household-for-oneself",
            Refusal::Host(crate::exchange::Refusal::Oneself) => "refusal-household-oneself",
            Refusal::Host(why) => why.key(),
            Refusal::Waits => "refusal-household-waits",
            Refusal::Shared => "refusal-household-shared",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Host(_) => "member",
            _ => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::Host(why) => why.facts(),
            _ => Vec::new(),
        }
    }
}

/// Decides whether `actor` may let `member` share the account of `host`.
pub fn share(actor: &Actor, member: MemberId, host: MemberId) -> Result<(), Refusal> {
    if !actor.may(Right::Members) {
        return Err(Refusal::NotAllowed);
    }
    // Nobody takes what another has by themselves.
    if host == actor.member_id || member == actor.member_id {
        return Err(Refusal::ForOneself);
    }
    if member == host {
        return Err(Refusal::Host(crate::exchange::Refusal::Oneself));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AssociationId;
    use uuid::Uuid;

    #[test]
    fn the_board_lets_two_share_an_account_and_nobody_with_themselves() {
        let member = |number| MemberId(Uuid::from_u128(number));
        let actor = |rights: &[Right]| Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(9),
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        let board = actor(&[Right::Members]);
        assert_eq!(share(&board, member(1), member(2)), Ok(()));
        assert!(share(&board, member(1), member(1)).is_err());
        for (one, other) in [(9, 1), (1, 9)] {
            let own = share(&board, member(one), member(other));
            assert_eq!(own, Err(Refusal::ForOneself));
        }
        let nobody = actor(&[Right::EnterForOthers]);
        assert_eq!(
            share(&nobody, member(1), member(2)),
            Err(Refusal::NotAllowed)
        );
    }
}
