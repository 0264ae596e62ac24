//! Undoing what is recorded: the same amount the other way, once, and both stay readable.

use super::Refusal;
use crate::id::{ExchangeId, MemberId};
use crate::member::{Actor, Right};

/// Letters of a reason.
const REASON_LETTERS: usize = 400;

/// An exchange as undoing it needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub exchange_id: ExchangeId,
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    /// Recorded, and not undone yet.
    pub stands: bool,
    /// A dispute about it is open.
    pub disputed: bool,
}

/// A decision: this exchange is undone, for this reason. Only [`reverse`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversed {
    pub exchange_id: ExchangeId,
    pub reason: String,
    /// Whether limits hold: who gives back what they received keeps within them.
    pub is_bound: bool,
    sealed: (),
}

/// Whether undoing it is giving back what `actor`, or who gave them a mandate, received.
pub fn gives_back(it: &Recorded, actor: &Actor) -> bool {
    actor.acts_for(it.payee_id)
}

/// Whether `actor` may undo it: who gives back, whenever they want; or somebody in charge who gains
/// nothing by it, unless those who mediate are to decide.
pub fn may_reverse(it: &Recorded, actor: &Actor) -> bool {
    may_undo(it, actor) && (gives_back(it, actor) || !it.disputed)
}

fn may_undo(it: &Recorded, actor: &Actor) -> bool {
    let gains = actor.acts_for(it.payer_id) && actor.member_id != it.payee_id;
    it.stands && !gains && (gives_back(it, actor) || actor.may(Right::EnterForOthers))
}

/// Decides whether `actor` may undo it, with a reason that both will read.
pub fn reverse(it: &Recorded, actor: &Actor, typed: &str) -> Result<Reversed, Refusal> {
    if !it.stands {
        return Err(Refusal::Undone);
    }
    if !may_undo(it, actor) {
        return Err(Refusal::NotAllowed);
    }
    if !may_reverse(it, actor) {
        return Err(Refusal::Disputed);
    }
    Ok(Reversed {
        exchange_id: it.exchange_id,
        reason: reason(typed)?,
        is_bound: gives_back(it, actor),
        sealed: (),
    })
}

/// What those who mediate decided undoes it, whoever it is between.
pub fn reverse_by_mediation(it: &Recorded, outcome: &str) -> Result<Reversed, Refusal> {
    if !it.stands {
        return Err(Refusal::Undone);
    }
    let reason = outcome.trim().chars().take(REASON_LETTERS).collect();
    Ok(Reversed {
        exchange_id: it.exchange_id,
        reason,
        is_bound: false,
        sealed: (),
    })
}

/// Why something is undone, as it is kept.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    let reason = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match reason.chars().count() {
        0 => Err(Refusal::NoReason),
        n if n > REASON_LETTERS => Err(Refusal::LongReason),
        _ => Ok(reason),
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

    fn recorded() -> Recorded {
        Recorded {
            exchange_id: ExchangeId(Uuid::from_u128(1)),
            payer_id: member(1),
            payee_id: member(2),
            stands: true,
            disputed: false,
        }
    }

    fn by(number: u128, rights: &[Right], typed: &str) -> Result<String, Refusal> {
        let actor = Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(number),
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        reverse(&recorded(), &actor, typed).map(|done| done.reason)
    }

    #[test]
    fn who_received_gives_back_and_who_gave_does_not_take() {
        assert_eq!(by(2, &[], " une  erreur ").unwrap(), "une erreur");
        assert_eq!(by(1, &[], "x"), Err(Refusal::NotAllowed));
        assert_eq!(by(3, &[], "x"), Err(Refusal::NotAllowed));
    }

    #[test]
    fn who_keeps_the_accounts_undoes_it_unless_they_gain_by_it() {
        let desk = &[Right::EnterForOthers];
        assert!(by(3, desk, "x").is_ok());
        assert_eq!(by(1, desk, "x"), Err(Refusal::NotAllowed));
    }

    #[test]
    fn while_the_two_disagree_only_giving_back_is_left() {
        let disputed = Recorded {
            disputed: true,
            ..recorded()
        };
        let mut actor = Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(3),
            rights: vec![Right::EnterForOthers],
            helped: Vec::new(),
        };
        let refused = reverse(&disputed, &actor, "x");
        assert_eq!(refused, Err(Refusal::Disputed));
        actor.helped = vec![member(2)];
        assert!(reverse(&disputed, &actor, "x").unwrap().is_bound);
    }

    #[test]
    fn it_takes_a_reason_and_happens_once() {
        assert_eq!(by(2, &[], " "), Err(Refusal::NoReason));
        assert!(by(2, &[], &"é".repeat(REASON_LETTERS)).is_ok());
        let long = "é".repeat(REASON_LETTERS + 1);
        assert_eq!(by(2, &[], &long), Err(Refusal::LongReason));
        let undone = Recorded {
            stands: false,
            ..recorded()
        };
        assert_eq!(reverse_by_mediation(&undone, "x"), Err(Refusal::Undone));
    }
}
