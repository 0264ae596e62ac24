//! Recording an exchange: who may write it down, who must agree, which way the units go.
//!
//! Without a unit, *donner* and *recevoir* speak of the service; units always go the other way.
//! Here only payer and payee are said: the payer received the service and gives the units.

use crate::association::Rules;
use crate::id::{ExchangeId, MemberId, NoticeId};
use crate::limit::{Beyond, Policy, Standing};
use crate::member::Actor;
use crate::refusal::Fact;
use chrono::{DateTime, Days, NaiveDate, Utc};

mod refusal;

pub use refusal::Refusal;
use refusal::limit_facts;

/// Letters of what an exchange was for.
pub const LABEL_LETTERS: usize = 200;
/// How far back an exchange may have happened, in days.
pub const OLDEST_DAYS: u64 = 366;

/// On which side of the exchange somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Received the service, gives the units: « j’ai reçu un coup de main, je donne des grains ».
    Payer,
    /// Gave the service, receives the units: « j’ai donné un coup de main, je reçois des grains ».
    Payee,
}

/// What the form says, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub exchange_id: ExchangeId,
    /// The side of the member in whose name it is written.
    pub side: Side,
    /// Minor units, positive: `Unit::parse` answers nothing else.
    pub amount: i64,
    pub label: String,
    pub done_on: NaiveDate,
    pub notice_id: Option<NoticeId>,
}

/// One of the two, as the rules need to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub member_id: MemberId,
    pub first_name: String,
    pub has_left: bool,
    pub standing: Standing,
}

/// A decision: this exchange may be recorded so. Only [`propose`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub draft: Draft,
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    /// In whose name it is written; differs from the actor where someone enters for another.
    pub proposed_for: MemberId,
    /// Who must agree before units move; nobody where the payer's side wrote it.
    pub answer_by: Option<MemberId>,
    pub expires_at: Option<DateTime<Utc>>,
    pub warnings: Vec<Warning>,
    sealed: (),
}

/// What the person should know before going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    PayerBelowFloor { first_name: String, beyond: Beyond },
    PayeeAboveCeiling { first_name: String, beyond: Beyond },
}

impl Warning {
    /// The key of the sentence and what it names.
    pub fn sentence(&self) -> (&'static str, Vec<(&'static str, Fact)>) {
        let (key, first_name, beyond) = match self {
            Warning::PayerBelowFloor { first_name, beyond } => {
                ("warning-below-floor", first_name, beyond)
            }
            Warning::PayeeAboveCeiling { first_name, beyond } => {
                ("warning-above-ceiling", first_name, beyond)
            }
        };
        let mut facts = limit_facts(beyond);
        facts.push(("name", Fact::Text(first_name.clone())));
        (key, facts)
    }
}

/// What an exchange was for.
pub fn label(typed: &str) -> Result<String, Refusal> {
    let label = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match label.chars().count() {
        0 => Err(Refusal::NoLabel),
        n if n > LABEL_LETTERS => Err(Refusal::LongLabel),
        _ => Ok(label),
    }
}

/// The day of an exchange, `today` being the SEL's.
pub fn day(done_on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let oldest = today
        .checked_sub_days(Days::new(OLDEST_DAYS))
        .unwrap_or(NaiveDate::MIN);
    match done_on {
        day if day > today => Err(Refusal::Future),
        day if day < oldest => Err(Refusal::TooOld),
        day => Ok(day),
    }
}

/// Decides whether `actor` may record this exchange between `mine`, in whose name it is written,
/// and `other`. The payer's own word posts it at once; the payee's waits for the payer's.
pub fn propose(
    draft: Draft,
    actor: &Actor,
    mine: &Party,
    other: &Party,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Proposed, Refusal> {
    if !actor.speaks_for(mine.member_id) {
        return Err(Refusal::NotAllowed);
    }
    if mine.member_id == other.member_id {
        return Err(Refusal::Oneself);
    }
    if let Some(gone) = [mine, other].into_iter().find(|party| party.has_left) {
        return Err(Refusal::HasLeft {
            first_name: gone.first_name.clone(),
        });
    }
    // Who enters for others gives themselves nothing: somebody else's word is needed.
    let is_for_another = actor.member_id != mine.member_id;
    if is_for_another && draft.side == Side::Payer && actor.member_id == other.member_id {
        return Err(Refusal::ForOneself {
            first_name: mine.first_name.clone(),
        });
    }
    let (payer, payee) = match draft.side {
        Side::Payer => (mine, other),
        Side::Payee => (other, mine),
    };
    let warnings = weigh(payer, payee, draft.amount, rules, actor)?;
    let waits = draft.side == Side::Payee;
    let days = Days::new(u64::try_from(rules.answer_days).unwrap_or(0));
    Ok(Proposed {
        payer_id: payer.member_id,
        payee_id: payee.member_id,
        proposed_for: mine.member_id,
        answer_by: waits.then_some(payer.member_id),
        expires_at: waits.then(|| now + days),
        warnings,
        draft,
        sealed: (),
    })
}

/// What the limits say: a refusal, or warnings to show. A balance that is not for the actor to see
/// is not weighed here: who only asks could otherwise find out anybody's. Where the SEL refuses,
/// the database says no when it is recorded.
fn weigh(
    payer: &Party,
    payee: &Party,
    amount: i64,
    rules: &Rules,
    actor: &Actor,
) -> Result<Vec<Warning>, Refusal> {
    let sees = |party: &Party| rules.balances_shown_to.includes(actor, party.member_id);
    let below = rules.limits.below(payer.standing, amount);
    let below = below.filter(|_| sees(payer));
    let above = rules.limits.above(payee.standing, amount);
    let above = above.filter(|_| sees(payee));
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
    let below = below.map(|beyond| Warning::PayerBelowFloor {
        first_name: payer.first_name.clone(),
        beyond,
    });
    let above = above.map(|beyond| Warning::PayeeAboveCeiling {
        first_name: payee.first_name.clone(),
        beyond,
    });
    Ok(below.into_iter().chain(above).collect())
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

/// How a pending exchange ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Agreed,
    Refused,
    Cancelled,
    Expired,
}

impl Ending {
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Agreed => "agreed",
            Ending::Refused => "refused",
            Ending::Cancelled => "cancelled",
            Ending::Expired => "expired",
        }
    }
}

/// An exchange that may still be answered, as the rules need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    pub exchange_id: ExchangeId,
    pub proposed_for: MemberId,
    pub answer_by: Option<MemberId>,
    pub expires_at: Option<DateTime<Utc>>,
    pub ended: bool,
}

/// A decision: this pending exchange ends so. Only [`close`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub exchange_id: ExchangeId,
    pub ending: Ending,
    pub reason: Option<String>,
    sealed: (),
}

/// Decides whether `actor` may end this exchange so: the one whose word it waits for agrees or
/// refuses, the one who wrote it takes it back, time lets it expire.
pub fn close(
    pending: &Pending,
    actor: Option<&Actor>,
    ending: Ending,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Closed, Refusal> {
    let expired = pending.expires_at.is_some_and(|at| at <= now);
    if pending.ended || (expired && ending != Ending::Expired) {
        return Err(Refusal::Ended);
    }
    let allowed = match ending {
        Ending::Expired => expired && actor.is_none(),
        // Who enters for others may not agree, for the payer, to what they themselves receive.
        Ending::Agreed => {
            let own = actor.is_some_and(|actor| actor.member_id == pending.proposed_for);
            speaks(actor, pending.answer_by) && !own
        }
        Ending::Refused => speaks(actor, pending.answer_by),
        Ending::Cancelled => speaks(actor, Some(pending.proposed_for)),
    };
    if !allowed {
        return Err(Refusal::NotYours);
    }
    let reason = reason.trim();
    let reason = (!reason.is_empty()).then(|| reason.chars().take(LABEL_LETTERS).collect());
    Ok(Closed {
        exchange_id: pending.exchange_id,
        ending,
        reason,
        sealed: (),
    })
}

fn speaks(actor: Option<&Actor>, member: Option<MemberId>) -> bool {
    actor
        .zip(member)
        .is_some_and(|(actor, member)| actor.speaks_for(member))
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
mod tests;
