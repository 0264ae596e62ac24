//! What the limits say to who records an exchange, or agrees to one.

use super::refusal::{Refusal, limit_facts, yes_or_no};
use super::{Party, Side};
use crate::association::Rules;
use crate::limit::{Beyond, Policy, Standing};
use crate::member::Actor;
use crate::refusal::Fact;

/// What the person should know before going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    PayerBelowFloor { whose: Whose, beyond: Beyond },
    PayeeAboveCeiling { whose: Whose, beyond: Beyond },
}

/// Whose limit it is: the reader's own, or somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    pub first_name: String,
    pub is_reader: bool,
}

impl Warning {
    /// The key of the sentence and what it names. Where the SEL refuses beyond its limits, it does
    /// not say that one may go on.
    pub fn sentence(&self, policy: Policy) -> (&'static str, Vec<(&'static str, Fact)>) {
        let (key, whose, beyond) = match self {
            Warning::PayerBelowFloor { whose, beyond } => ("warning-below-floor", whose, beyond),
            Warning::PayeeAboveCeiling { whose, beyond } => {
                ("warning-above-ceiling", whose, beyond)
            }
        };
        let mut facts = limit_facts(beyond);
        facts.push(("name", Fact::Text(whose.first_name.clone())));
        facts.push(("own", Fact::Text(yes_or_no(whose.is_reader))));
        facts.push(("policy", Fact::Text(policy.as_str().to_owned())));
        (key, facts)
    }
}

/// What the limits say: a refusal, or warnings to show. A balance that is not for the actor to see
/// is not weighed here: who only asks could otherwise find out anybody's. Where the SEL refuses,
/// the database says no when it is recorded.
pub(super) fn weigh(
    payer: &Party,
    payee: &Party,
    amount: i64,
    rules: &Rules,
    actor: &Actor,
) -> Result<Vec<Warning>, Refusal> {
    let (below, above) = beyond(payer, payee, amount, rules, actor);
    if rules.limits.policy == Policy::Refuse {
        match (below, above) {
            (Some(beyond), _) => return Err(Refusal::BelowFloor(beyond)),
            (_, Some(beyond)) => {
                return Err(Refusal::AboveCeiling {
                    first_name: payee.first_name.clone(),
                    beyond,
                });
            }
            (None, None) => {}
        }
    }
    Ok(said(payer, payee, (below, above), actor))
}

/// What the limits of one of the two say, where the other is none of this SEL's: whether there is a
/// refusal, or a warning to show. What would need somebody's approval is refused: the other side
/// does not wait for it.
pub(crate) fn weigh_one(
    party: &Party,
    side: Side,
    amount: i64,
    rules: &Rules,
    actor: &Actor,
) -> Result<Option<Warning>, Refusal> {
    let beyond = match side {
        Side::Payer => rules.limits.below(party.standing, amount),
        Side::Payee => rules.limits.above(party.standing, amount),
    };
    let sees = rules.balances_shown_to.includes(actor, party.member_id);
    let Some(beyond) = beyond.filter(|_| sees) else {
        return Ok(None);
    };
    let first_name = party.first_name.clone();
    let whose = Whose {
        first_name: first_name.clone(),
        is_reader: party.member_id == actor.member_id,
    };
    match (side, rules.limits.policy) {
        (Side::Payer, Policy::Warn) => Ok(Some(Warning::PayerBelowFloor { whose, beyond })),
        (Side::Payee, Policy::Warn) => Ok(Some(Warning::PayeeAboveCeiling { whose, beyond })),
        (Side::Payer, _) => Err(Refusal::BelowFloor(beyond)),
        (Side::Payee, _) => Err(Refusal::AboveCeiling { first_name, beyond }),
    }
}

/// How far beyond the limits an exchange leads its payer and its payee.
type Reach = (Option<Beyond>, Option<Beyond>);

fn beyond(payer: &Party, payee: &Party, amount: i64, rules: &Rules, actor: &Actor) -> Reach {
    let sees = |party: &Party| rules.balances_shown_to.includes(actor, party.member_id);
    let below = rules.limits.below(payer.standing, amount);
    let above = rules.limits.above(payee.standing, amount);
    (below.filter(|_| sees(payer)), above.filter(|_| sees(payee)))
}

fn said(payer: &Party, payee: &Party, (below, above): Reach, actor: &Actor) -> Vec<Warning> {
    let whose = |party: &Party| Whose {
        first_name: party.first_name.clone(),
        is_reader: party.member_id == actor.member_id,
    };
    let below = below.map(|beyond| Warning::PayerBelowFloor {
        whose: whose(payer),
        beyond,
    });
    let above = above.map(|beyond| Warning::PayeeAboveCeiling {
        whose: whose(payee),
        beyond,
    });
    below.into_iter().chain(above).collect()
}

/// Where an exchange that has happened, on paper, leads beyond a limit: said, and never refused.
pub fn beyond_on_paper(
    payer: &Party,
    payee: &Party,
    amount: i64,
    rules: &Rules,
    actor: &Actor,
) -> Vec<Warning> {
    said(
        payer,
        payee,
        beyond(payer, payee, amount, rules, actor),
        actor,
    )
}

/// What the payer should know before agreeing to give `amount`: where the balance would then stand,
/// whatever else waits.
pub fn answer_warning(
    standing: Standing,
    amount: i64,
    rules: &Rules,
    whose: Whose,
) -> Option<Warning> {
    let standing = Standing {
        held_out: 0,
        held_in: 0,
        ..standing
    };
    let beyond = rules.limits.below(standing, amount)?;
    Some(Warning::PayerBelowFloor { whose, beyond })
}

/// Why the database says no by a limit, for who tried: the balance of another is not told.
pub fn beyond_limit(party: &Party, rules: &Rules, actor: &Actor) -> Refusal {
    if rules.balances_shown_to.includes(actor, party.member_id) {
        Refusal::LimitReached
    } else {
        Refusal::LimitOf {
            first_name: party.first_name.clone(),
        }
    }
}
