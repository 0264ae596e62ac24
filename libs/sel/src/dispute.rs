//! A disagreement about an exchange that is recorded: who may open one, speak in it and end it.

use crate::id::MemberId;
use crate::member::{Actor, Right};
use crate::refusal::Refused;
use thiserror::Error;

/// Letters of a reason, of a message, of an outcome.
pub const LETTERS: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("no words")]
    Empty,
    #[error("too many words")]
    Long,
    #[error("the exchange is not recorded, or is undone")]
    NotStanding,
    #[error("a dispute about it is open")]
    Open,
    #[error("it has ended")]
    Ended,
    #[error("one of the two has left")]
    HasLeft,
    #[error("not theirs to do")]
    NotAllowed,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Empty => "refusal-dispute-empty",
            Refusal::Long => "refusal-dispute-long",
            Refusal::NotStanding => "refusal-dispute-not-standing",
            Refusal::Open => "refusal-dispute-open",
            Refusal::Ended => "refusal-dispute-ended",
            Refusal::HasLeft => "refusal-dispute-left",
            Refusal::NotAllowed => "refusal-not-allowed",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Empty | Refusal::Long => "words",
            _ => "",
        }
    }
}

/// How a dispute ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The exchange stands.
    Upheld,
    /// The exchange is undone by its reverse.
    Reversed,
    /// Whoever opened it takes it back.
    Withdrawn,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Upheld => "upheld",
            Outcome::Reversed => "reversed",
            Outcome::Withdrawn => "withdrawn",
        }
    }
}

/// A dispute as the rules need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    pub opened_by: MemberId,
    pub ended: bool,
}

impl Case {
    fn is_one(&self, actor: &Actor) -> bool {
        is_one(actor, [self.payer_id, self.payee_id])
    }

    /// Whether `actor` decides it: who mediates, is neither of the two and acts for none of them.
    pub fn decides(&self, actor: &Actor) -> bool {
        actor.may(Right::Mediate) && !self.is_one(actor)
    }

    /// Whether `actor` reads and writes in it.
    pub fn takes_part(&self, actor: &Actor) -> bool {
        self.is_one(actor) || self.decides(actor)
    }
}

/// What was typed, trimmed.
pub fn words(typed: &str) -> Result<String, Refusal> {
    let words = typed.trim();
    match words.chars().count() {
        0 => Err(Refusal::Empty),
        n if n > LETTERS => Err(Refusal::Long),
        _ => Ok(words.to_owned()),
    }
}

/// Decides whether `actor` may open a dispute about an exchange of these two. `stands` is whether
/// it is recorded and not undone.
pub fn open(
    actor: &Actor,
    parties: [MemberId; 2],
    stands: bool,
    typed: &str,
) -> Result<String, Refusal> {
    if !is_one(actor, parties) {
        return Err(Refusal::NotAllowed);
    }
    if !stands {
        return Err(Refusal::NotStanding);
    }
    words(typed)
}

/// Whether `actor` is one of the two, or acts for one.
pub fn is_one(actor: &Actor, parties: [MemberId; 2]) -> bool {
    parties.into_iter().any(|party| actor.acts_for(party))
}

/// Whether `actor` may take it back: who opened it, or who acts for them.
pub fn withdraws(case: &Case, actor: &Actor) -> bool {
    let is_one = [case.payer_id, case.payee_id].contains(&actor.member_id);
    actor.member_id == case.opened_by || (!is_one && actor.helps(case.opened_by))
}

/// Decides whether `actor` may end a dispute so.
pub fn close(case: &Case, actor: &Actor, how: Outcome, typed: &str) -> Result<String, Refusal> {
    let may = match how {
        Outcome::Upheld | Outcome::Reversed => case.decides(actor),
        Outcome::Withdrawn => withdraws(case, actor),
    };
    if !may {
        return Err(Refusal::NotAllowed);
    }
    if case.ended {
        return Err(Refusal::Ended);
    }
    match how {
        Outcome::Withdrawn => Ok(typed.trim().chars().take(LETTERS).collect()),
        _ => words(typed),
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

    fn actor(number: u128, rights: &[Right]) -> Actor {
        Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(number),
            rights: rights.to_vec(),
            helped: Vec::new(),
        }
    }

    fn case() -> Case {
        Case {
            payer_id: member(1),
            payee_id: member(2),
            opened_by: member(1),
            ended: false,
        }
    }

    #[test]
    fn one_of_the_two_opens_it_with_words() {
        let two = [member(1), member(2)];
        assert_eq!(open(&actor(1, &[]), two, true, " non ").unwrap(), "non");
        assert_eq!(open(&actor(2, &[]), two, true, " "), Err(Refusal::Empty));
        assert_eq!(
            open(&actor(3, &[]), two, true, "non"),
            Err(Refusal::NotAllowed)
        );
        assert_eq!(
            open(&actor(1, &[]), two, false, "non"),
            Err(Refusal::NotStanding)
        );
        let long = "é".repeat(LETTERS + 1);
        assert_eq!(open(&actor(1, &[]), two, true, &long), Err(Refusal::Long));
        assert!(open(&actor(1, &[]), two, true, &"é".repeat(LETTERS)).is_ok());
    }

    #[test]
    fn who_mediates_decides_unless_it_is_about_them() {
        let mediator = actor(9, &[Right::Mediate]);
        for how in [Outcome::Upheld, Outcome::Reversed] {
            assert!(close(&case(), &mediator, how, "vu ensemble").is_ok());
            let one = actor(2, &[Right::Mediate]);
            assert_eq!(close(&case(), &one, how, "x"), Err(Refusal::NotAllowed));
            let desk = actor(9, &[Right::EnterForOthers]);
            assert_eq!(close(&case(), &desk, how, "x"), Err(Refusal::NotAllowed));
            assert_eq!(close(&case(), &mediator, how, ""), Err(Refusal::Empty));
        }
    }

    #[test]
    fn who_opened_it_takes_it_back_and_it_ends_once() {
        let withdraw = |number| close(&case(), &actor(number, &[]), Outcome::Withdrawn, "");
        assert!(withdraw(1).is_ok());
        assert_eq!(withdraw(2), Err(Refusal::NotAllowed));
        let ended = Case {
            ended: true,
            ..case()
        };
        let again = close(&ended, &actor(1, &[]), Outcome::Withdrawn, "");
        assert_eq!(again, Err(Refusal::Ended));
    }

    #[test]
    fn both_and_who_mediates_take_part_and_nobody_else() {
        assert!(case().takes_part(&actor(1, &[])));
        assert!(case().takes_part(&actor(2, &[])));
        assert!(case().takes_part(&actor(9, &[Right::Mediate])));
        assert!(!case().takes_part(&actor(9, &[Right::EnterForOthers])));
        let mut proxy = actor(5, &[]);
        assert!(!case().takes_part(&proxy));
        proxy.helped = vec![member(2)];
        assert!(case().takes_part(&proxy));
    }
}
