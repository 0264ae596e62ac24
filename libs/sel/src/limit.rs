//! How far below and above zero an account may go, and what then happens.

use crate::id::MemberId;
use crate::member::{Actor, Right};
use crate::refusal::Refused;
use chrono::NaiveDate;
use thiserror::Error;

/// What a SEL does when an exchange leads beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Says so, and lets it happen.
    Warn,
    /// Lets it wait until somebody in charge allows it.
    Approve,
    Refuse,
}

impl Policy {
    pub const ALL: [Policy; 3] = [Policy::Warn, Policy::Approve, Policy::Refuse];

    pub fn as_str(self) -> &'static str {
        match self {
            Policy::Warn => "warn",
            Policy::Approve => "approve",
            Policy::Refuse => "refuse",
        }
    }

    pub fn parse(text: &str) -> Option<Policy> {
        Policy::ALL
            .into_iter()
            .find(|policy| policy.as_str() == text)
    }
}

/// The limits of an account, in minor units. `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub floor: Option<i64>,
    pub ceiling: Option<i64>,
    pub policy: Policy,
}

/// Where an account stands: posted, and promised but not yet posted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub balance: i64,
    pub held_out: i64,
    pub held_in: i64,
    /// Limits of its own, in the place of the SEL's.
    pub own: Option<Own>,
}

/// Limits that the board gave one account, in minor units. `None` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    pub floor: Option<i64>,
    pub ceiling: Option<i64>,
}

/// An exchange leads an account here, and the limit is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond {
    pub reached: i64,
    pub limit: i64,
    /// Whether units that wait for an answer are counted in what is reached.
    pub with_pending: bool,
}

impl Limits {
    /// The floor of an account that stands so.
    pub fn floor_of(&self, standing: Standing) -> Option<i64> {
        standing.own.map_or(self.floor, |own| own.floor)
    }

    /// The ceiling of an account that stands so.
    pub fn ceiling_of(&self, standing: Standing) -> Option<i64> {
        standing.own.map_or(self.ceiling, |own| own.ceiling)
    }

    /// Whether giving `amount` leads below the floor, promises counted.
    pub fn below(&self, standing: Standing, amount: i64) -> Option<Beyond> {
        let reached = standing.balance - standing.held_out - amount;
        self.floor_of(standing)
            .filter(|floor| reached < *floor)
            .map(|limit| Beyond {
                reached,
                limit,
                with_pending: standing.held_out != 0,
            })
    }

    /// Whether receiving `amount` leads above the ceiling, promises counted.
    pub fn above(&self, standing: Standing, amount: i64) -> Option<Beyond> {
        let reached = standing.balance + standing.held_in + amount;
        self.ceiling_of(standing)
            .filter(|ceiling| reached > *ceiling)
            .map(|limit| Beyond {
                reached,
                limit,
                with_pending: standing.held_in != 0,
            })
    }
}

/// Why the limits of one account are not set so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("no reason")]
    NoReason,
    #[error("the reason is too long")]
    LongReason,
    #[error("not a day to come")]
    BadDate,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::NoReason => "refusal-reason-empty",
            Refusal::LongReason => "refusal-reason-long",
            Refusal::BadDate => "refusal-limit-until",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "",
            Refusal::NoReason | Refusal::LongReason => "reason",
            Refusal::BadDate => "until",
        }
    }
}

/// Letters of a reason.
const REASON_LETTERS: usize = 400;

/// Decides whether `actor` may give the account of `member` limits of its own until that day, the
/// last of them included. Nobody gives them to themselves.
pub fn set(
    actor: &Actor,
    member: MemberId,
    reason: &str,
    until: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(String, NaiveDate), Vec<Refusal>> {
    if !may_set(actor, member) {
        return Err(vec![Refusal::NotAllowed]);
    }
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = match reason.chars().count() {
        0 => Err(Refusal::NoReason),
        n if n > REASON_LETTERS => Err(Refusal::LongReason),
        _ => Ok(reason),
    };
    let until = until.filter(|day| *day >= today).ok_or(Refusal::BadDate);
    match (reason, until) {
        (Ok(reason), Ok(until)) => Ok((reason, until)),
        (reason, until) => Err(reason.err().into_iter().chain(until.err()).collect()),
    }
}

/// Whether `actor` sets the limits of the account of `member`.
pub fn may_set(actor: &Actor, member: MemberId) -> bool {
    actor.may(Right::EnterForOthers) && actor.member_id != member
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        floor: Some(-2000),
        ceiling: Some(2000),
        policy: Policy::Warn,
    };

    #[test]
    fn the_floor_itself_is_allowed_and_one_below_is_beyond() {
        let standing = Standing {
            balance: -1900,
            held_out: 40,
            held_in: 500,
            own: None,
        };
        assert_eq!(LIMITS.below(standing, 60), None);
        assert_eq!(
            LIMITS.below(standing, 61),
            Some(Beyond {
                reached: -2001,
                limit: -2000,
                with_pending: true,
            })
        );
    }

    #[test]
    fn the_ceiling_itself_is_allowed_and_one_above_is_beyond() {
        let standing = Standing {
            balance: 1900,
            held_out: 500,
            held_in: 40,
            own: None,
        };
        assert_eq!(LIMITS.above(standing, 60), None);
        assert_eq!(
            LIMITS.above(standing, 61),
            Some(Beyond {
                reached: 2001,
                limit: 2000,
                with_pending: true,
            })
        );
    }

    #[test]
    fn limits_of_its_own_stand_in_the_place_of_those_of_the_sel() {
        let own = |floor, ceiling| Standing {
            own: Some(Own { floor, ceiling }),
            ..Standing::default()
        };
        assert!(LIMITS.below(own(Some(-50), None), 50).is_none());
        assert!(LIMITS.below(own(Some(-50), None), 51).is_some());
        assert!(LIMITS.below(own(None, Some(0)), 1_000_000).is_none());
        assert!(LIMITS.above(own(None, Some(0)), 1).is_some());
    }

    #[test]
    fn no_limit_is_never_passed() {
        let none = Limits {
            floor: None,
            ceiling: None,
            policy: Policy::Refuse,
        };
        assert_eq!(none.below(Standing::default(), i64::from(u32::MAX)), None);
        assert_eq!(none.above(Standing::default(), i64::from(u32::MAX)), None);
    }

    #[test]
    fn who_keeps_the_accounts_gives_others_limits_of_their_own_with_a_reason() {
        let member = |number| MemberId(uuid::Uuid::from_u128(number));
        let actor = |rights: &[Right]| Actor {
            association_id: crate::id::AssociationId(uuid::Uuid::nil()),
            member_id: member(1),
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        let today = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
        let desk = actor(&[Right::EnterForOthers]);
        let go = |actor: &Actor, number, reason: &str, until| {
            set(actor, member(number), reason, until, today)
        };
        assert!(go(&desk, 2, "une jambe dans le plâtre", Some(today)).is_ok());
        assert_eq!(
            go(&desk, 1, "x", Some(today)),
            Err(vec![Refusal::NotAllowed])
        );
        assert_eq!(
            go(&actor(&[]), 2, "x", Some(today)),
            Err(vec![Refusal::NotAllowed])
        );
        let wrong = go(&desk, 2, " ", today.pred_opt());
        assert_eq!(wrong, Err(vec![Refusal::NoReason, Refusal::BadDate]));
    }
}
