//! Recording an exchange and answering one.

use crate::tell::{Letter, event_of};
use crate::{Halt, Outcome};
use sel::exchange::{self, Alike, Draft, Proposed, Refusal, Side};
use sel::id::{ExchangeId, MemberId};
use sel::member::Right;
use serde_json::json;
use store::Scope;
use store::exchange::{Exchange, Parties, Sought};

mod close;

pub use close::close;

/// Decides, without recording: what the page shows before "Oui, enregistrer".
pub async fn weigh(
    scope: &mut Scope,
    draft: Draft,
    mine: MemberId,
    other: MemberId,
) -> Outcome<Proposed, Refusal> {
    let parties = parties(scope, mine, other).await?;
    decide(scope, draft, &parties)
}

/// An exchange that stands already and may be this one: the page asks, and may go on.
pub async fn alike(
    scope: &mut Scope,
    proposed: &Proposed,
    days: i16,
) -> store::Result<Option<Alike>> {
    let sought = Sought {
        exchange_id: proposed.draft.exchange_id,
        payer_id: proposed.payer_id,
        payee_id: proposed.payee_id,
        amount: proposed.draft.amount,
        done_on: proposed.draft.done_on,
        slip: None,
    };
    let mut found = store::exchange::alike(scope, &[sought], days).await?;
    Ok(found.remove(&proposed.draft.exchange_id))
}

async fn parties(scope: &mut Scope, mine: MemberId, other: MemberId) -> Outcome<Parties, Refusal> {
    let unknown = Refusal::UnknownMember {
        typed: String::new(),
    };
    store::exchange::parties(scope, mine, other)
        .await?
        .ok_or(Halt::Refused(unknown))
}

fn decide(scope: &Scope, draft: Draft, parties: &Parties) -> Outcome<Proposed, Refusal> {
    let Some(actor) = &scope.actor else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let Parties {
        rules, mine, other, ..
    } = parties;
    if parties.one_account && mine.member_id != other.member_id {
        return Err(Halt::Refused(Refusal::OneAccount));
    }
    exchange::propose(draft, actor, mine, other, rules, scope.now).map_err(Halt::Refused)
}

/// An exchange that is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub exchange_id: ExchangeId,
    /// Whose word it waits for; nobody's once it is posted, or has ended otherwise.
    pub answer_by: Option<MemberId>,
    pub is_posted: bool,
    /// Whether it waits for somebody in charge.
    pub needs_approval: bool,
}

/// Records an exchange: posted at once, or waiting for the other's word or for somebody in charge,
/// as the SEL has set. The id comes with the form: sending it twice records it once. Commits.
pub async fn record(
    mut scope: Scope,
    draft: Draft,
    mine: MemberId,
    other: MemberId,
) -> Outcome<Recorded, Refusal> {
    let id = draft.exchange_id;
    let parties = parties(&mut scope, mine, other).await?;
    let proposed = match decide(&scope, draft.clone(), &parties) {
        Ok(proposed) => proposed,
        // What was recorded the first time may be what makes the limits say no now.
        Err(refused) => return known(&mut scope, &draft, mine, other).await?.ok_or(refused),
    };
    let letters = letters_about(&mut scope, &proposed, &parties).await?;
    let is_posted = proposed.answer_by.is_none() && !proposed.needs_approval;
    let kind = if is_posted {
        "exchange_posted"
    } else {
        "exchange_proposed"
    };
    let owners = [proposed.payer_id, proposed.payee_id];
    let of = (kind, id.0, owners.as_slice());
    let (event, letters) = event_of(&scope, of, json!({}), &letters);
    let new = store::exchange::record(&mut scope, &proposed, &event, &letters)
        .await
        .map_err(|error| beyond_limits(error, &scope, &proposed, &parties))?;
    if !new {
        let known = known(&mut scope, &draft, mine, other).await?;
        return known.ok_or(Halt::Refused(Refusal::Known));
    }
    scope.commit().await?;
    Ok(Recorded {
        exchange_id: id,
        answer_by: proposed.answer_by,
        is_posted,
        needs_approval: proposed.needs_approval,
    })
}

/// What stands under the id of this form, where the same person recorded the same exchange. Under
/// the id of another it is refused.
async fn known(
    scope: &mut Scope,
    draft: &Draft,
    mine: MemberId,
    other: MemberId,
) -> Outcome<Option<Recorded>, Refusal> {
    let Some(known) = store::exchange::by_id(scope, draft.exchange_id).await? else {
        return Ok(None);
    };
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    if !is_same(&known, draft, mine, other) || by != Some(known.proposed_by()) {
        return Err(Halt::Refused(Refusal::Known));
    }
    Ok(Some(Recorded {
        exchange_id: known.id(),
        answer_by: known.answer_by().filter(|_| !known.has_ended()),
        is_posted: known.agreed_at.is_some(),
        needs_approval: known.approval_asked_at.is_some() && !known.has_ended(),
    }))
}

/// Whether the form that came again says what was recorded: otherwise it is another exchange under
/// the id of the first.
fn is_same(known: &Exchange, draft: &Draft, mine: MemberId, other: MemberId) -> bool {
    let (payer, payee) = match draft.side {
        Side::Payer => (mine, other),
        Side::Payee => (other, mine),
    };
    (known.payer_id(), known.payee_id()) == (payer, payee)
        && known.amount == draft.amount
        && known.label == draft.label
        && known.done_on == draft.done_on
}

/// The database says no by the name of a constraint: what was not weighed, or another exchange that
/// came in between, went beyond a limit.
fn beyond_limits(
    error: store::Error,
    scope: &Scope,
    proposed: &Proposed,
    parties: &Parties,
) -> Halt<Refusal> {
    let whose = match error.constraint() {
        Some("payer_within_floor") => proposed.payer_id,
        Some("payee_within_ceiling") => proposed.payee_id,
        Some("accounts_exist") => return Halt::Refused(Refusal::AccountChanged),
        Some("accounts_differ") => return Halt::Refused(Refusal::OneAccount),
        // Something else that moved units has this id.
        Some("transfer_pkey") => return Halt::Refused(Refusal::Known),
        _ => return Halt::Failed(error),
    };
    let party = if whose == parties.mine.member_id {
        &parties.mine
    } else {
        &parties.other
    };
    Halt::Refused(scope.actor.as_ref().map_or(Refusal::NotAllowed, |actor| {
        exchange::beyond_limit(party, &parties.rules, actor)
    }))
}

/// Who is told: the one whose word is needed, or the desk where that one has no e-mail; else the
/// other side. Someone for whom another entered it is told as well.
async fn letters_about(
    scope: &mut Scope,
    proposed: &Proposed,
    parties: &Parties,
) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    if proposed.needs_approval {
        let except = [by, Some(proposed.payer_id), Some(proposed.payee_id)];
        return for_the_desk(scope, "exchange_to_approve", &except).await;
    }
    let mut letters = Vec::new();
    for id in [proposed.payer_id, proposed.payee_id] {
        let kind = match proposed.answer_by {
            Some(asked) if asked == id => "exchange_to_answer",
            Some(_) => "exchange_entered_for_you",
            None => "exchange_posted",
        };
        if Some(id) == by {
            continue;
        }
        if parties.has_email(id) {
            letters.push((kind, id));
        } else if kind == "exchange_to_answer" {
            let except = [by, Some(proposed.proposed_for)];
            letters.extend(for_the_desk(scope, "exchange_for_desk", &except).await?);
            letters.extend(for_proxies(scope, id, &except).await?);
        }
    }
    Ok(letters)
}

/// Those with a mandate of this member, except these.
async fn for_proxies(
    scope: &mut Scope,
    member: MemberId,
    except: &[Option<MemberId>],
) -> store::Result<Vec<Letter>> {
    let mandates = store::mandate::of_member(scope, member).await?;
    Ok(mandates
        .iter()
        .filter(|it| it.member_id() == member && !except.contains(&Some(it.proxy_id())))
        .map(|it| ("exchange_for_proxy", it.proxy_id()))
        .collect())
}

/// This letter to those in charge of the exchanges, except these.
async fn for_the_desk(
    scope: &mut Scope,
    letter: &'static str,
    except: &[Option<MemberId>],
) -> store::Result<Vec<Letter>> {
    let holders = store::member::holders(scope, Right::EnterForOthers).await?;
    Ok(holders
        .iter()
        .filter(|member| member.email.is_some() && !except.contains(&Some(member.id())))
        .map(|member| (letter, member.id()))
        .collect())
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
mod tests;
