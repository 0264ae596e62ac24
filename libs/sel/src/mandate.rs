//! Acting in somebody's name, by a mandate that they signed on paper.

use crate::association::Rules;
use crate::id::MemberId;
use crate::member::{Actor, Right};
use crate::refusal::Refused;
use chrono::NaiveDate;
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("the SEL allows none")]
    NotHere,
    #[error("whom: {0}")]
    Proxy(crate::exchange::Refusal),
    #[error("whoever records it would act")]
    ForOneself,
    #[error("not a day")]
    BadDate,
    #[error("in the future")]
    Future,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::NotHere => "refusal-mandate-not-here",
            Refusal::Proxy(crate::exchange::Refusal::Oneself) => "refusal-mandate-oneself",
            Refusal::Proxy(why) => why.key(),
            Refusal::ForOneself => "refusal-mandate-for-oneself",
            Refusal::BadDate => "refusal-date",
            Refusal::Future => "refusal-mandate-future",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Proxy(_) | Refusal::ForOneself => "member",
            Refusal::BadDate | Refusal::Future => "signed",
            _ => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, crate::refusal::Fact)> {
        match self {
            Refusal::Proxy(why) => why.facts(),
            _ => Vec::new(),
        }
    }
}

/// Whether `actor` keeps the mandates of the SEL.
pub fn keeps(actor: &Actor) -> bool {
    actor.may(Right::Members) || actor.may(Right::EnterForOthers)
}

/// Decides whether `actor` may record that `member` lets `proxy` act in their name.
pub fn record(
    actor: &Actor,
    member: MemberId,
    proxy: MemberId,
    signed_on: Option<NaiveDate>,
    rules: &Rules,
    today: NaiveDate,
) -> Result<NaiveDate, Vec<Refusal>> {
    if !rules.ways.proxies {
        return Err(vec![Refusal::NotHere]);
    }
    if !keeps(actor) {
        return Err(vec![Refusal::NotAllowed]);
    }
    // Nobody takes leave to act in another's name by themselves.
    if actor.member_id == proxy {
        return Err(vec![Refusal::ForOneself]);
    }
    let oneself = (member == proxy).then_some(Refusal::Proxy(crate::exchange::Refusal::Oneself));
    let day = match signed_on {
        None => Err(Refusal::BadDate),
        Some(day) if day > today => Err(Refusal::Future),
        Some(day) => Ok(day),
    };
    match (oneself, day) {
        (None, Ok(day)) => Ok(day),
        (oneself, day) => Err(oneself.into_iter().chain(day.err()).collect()),
    }
}

/// Whether `actor` may end a mandate between these two: either of them, or who keeps the mandates.
pub fn may_revoke(actor: &Actor, member: MemberId, proxy: MemberId) -> bool {
    [member, proxy].contains(&actor.member_id) || keeps(actor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Unit;
    use crate::id::AssociationId;
    use uuid::Uuid;

    fn member(number: u128) -> MemberId {
        MemberId(Uuid::from_u128(number))
    }

    fn actor(number: u128, rights: &[Right]) -> Actor {
        Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(number),
            rights: rights.to_vec(),
            helped: Vec::new(),
        }
    }

    fn rules() -> Rules {
        Rules::usual(Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        })
    }

    #[test]
    fn the_board_records_a_mandate_and_either_ends_it() {
        let today = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
        let go = |actor: &Actor, proxy, day| {
            record(actor, member(1), member(proxy), day, &rules(), today)
        };
        let board = actor(9, &[Right::Members]);
        assert_eq!(go(&board, 2, Some(today)), Ok(today));
        assert_eq!(
            go(&actor(1, &[]), 2, Some(today)),
            Err(vec![Refusal::NotAllowed])
        );
        assert_eq!(go(&board, 1, None).unwrap_err().len(), 2);
        let own = go(&board, 9, Some(today));
        assert_eq!(own, Err(vec![Refusal::ForOneself]));
        let late = today.succ_opt();
        assert_eq!(go(&board, 2, late), Err(vec![Refusal::Future]));
        for who in [1, 2] {
            assert!(may_revoke(&actor(who, &[]), member(1), member(2)));
        }
        assert!(!may_revoke(&actor(3, &[]), member(1), member(2)));
        assert!(may_revoke(&board, member(1), member(2)));
    }

    #[test]
    fn where_the_sel_allows_none_none_is_recorded() {
        let mut rules = rules();
        rules.ways.proxies = false;
        let today = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
        let board = actor(9, &[Right::Members]);
        let refused = record(&board, member(1), member(2), Some(today), &rules, today);
        assert_eq!(refused, Err(vec![Refusal::NotHere]));
    }
}
