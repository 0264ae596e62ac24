//! Recording an exchange and answering one.

use crate::tell::{Letter, event, tell};
use crate::{Halt, Outcome};
use sel::exchange::{self, Alike, Draft, Ending, Proposed, Refusal, Side};
use sel::id::{ExchangeId, MemberId};
use sel::member::Right;
use serde_json::json;
use store::Scope;
use store::exchange::{Exchange, Parties, Sought};
use store::member::Member;

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
    exchange::propose(draft, actor, mine, other, rules, scope.now).map_err(Halt::Refused)
}

/// An exchange that is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub exchange_id: ExchangeId,
    /// Whose word it waits for; nobody's once it is posted, or has ended otherwise.
    pub answer_by: Option<MemberId>,
    pub is_posted: bool,
}

/// Records an exchange: the payer's word posts it, the payee's asks for the payer's. The id comes
/// with the form: sending it twice records it once. Commits.
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
    let kind = match proposed.answer_by {
        Some(_) => "exchange_proposed",
        None => "exchange_posted",
    };
    let (event, letters) = event(&scope, kind, id.0, json!({}), &letters);
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
        is_posted: proposed.answer_by.is_none(),
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

/// Between the decision and the write, another exchange may have used up the limit: then the
/// database says no, by the name of its constraint.
fn limits_said_no(error: store::Error) -> Halt<Refusal> {
    match error.constraint() {
        Some("payer_within_floor" | "payee_within_ceiling") => Halt::Refused(Refusal::LimitReached),
        _ => Halt::Failed(error),
    }
}

/// Who is told: the one whose word is needed, or the desk where that one has no e-mail; else the
/// other side. Someone for whom another entered it is told as well.
async fn letters_about(
    scope: &mut Scope,
    proposed: &Proposed,
    parties: &Parties,
) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
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
            letters.extend(for_the_desk(scope, &[by, Some(proposed.payee_id)]).await?);
        }
    }
    Ok(letters)
}

/// Those who answer for members without e-mail, except these.
async fn for_the_desk(
    scope: &mut Scope,
    except: &[Option<MemberId>],
) -> store::Result<Vec<Letter>> {
    let holders = store::member::holders(scope, Right::EnterForOthers).await?;
    Ok(holders
        .iter()
        .filter(|member| member.email.is_some() && !except.contains(&Some(member.id())))
        .map(|member| ("exchange_for_desk", member.id()))
        .collect())
}

async fn has_email(scope: &mut Scope, id: MemberId) -> store::Result<bool> {
    Ok(store::member::by_id(scope, id)
        .await?
        .is_some_and(|member: Member| member.email.is_some()))
}

async fn reread(scope: &mut Scope, id: ExchangeId) -> store::Result<Exchange> {
    store::exchange::by_id(scope, id)
        .await?
        .ok_or(store::Error::Contradiction(
            "an exchange that was just written is gone",
        ))
}

/// Agrees, refuses or takes back. Answers the exchange as it stands afterwards. Commits.
pub async fn close(
    mut scope: Scope,
    id: ExchangeId,
    ending: Ending,
    reason: &str,
) -> Outcome<Exchange, Refusal> {
    let exchange = store::exchange::by_id(&mut scope, id)
        .await?
        .ok_or(Halt::Refused(Refusal::NotYours))?;
    let actor = scope.actor.clone();
    let closed = exchange::close(
        &exchange.pending(),
        actor.as_ref(),
        ending,
        reason,
        scope.now,
    )
    .map_err(Halt::Refused)?;
    let ended = store::exchange::end(&mut scope, &closed)
        .await
        .map_err(limits_said_no)?;
    if !ended {
        return Err(Halt::Refused(Refusal::Ended));
    }
    let (kind, letter) = match ending {
        Ending::Agreed => ("exchange_agreed", "exchange_agreed"),
        Ending::Refused => ("exchange_refused", "exchange_refused"),
        Ending::Cancelled => ("exchange_cancelled", "exchange_cancelled"),
        Ending::Expired => ("exchange_expired", "exchange_expired"),
    };
    let mut told = match ending {
        Ending::Cancelled => vec![(letter, exchange.answer_by())],
        // Who entered it for a member without e-mail hears what became of it.
        _ if has_email(&mut scope, exchange.proposed_for()).await? => {
            vec![(letter, Some(exchange.proposed_for()))]
        }
        Ending::Refused | Ending::Expired => vec![(letter, Some(exchange.proposed_by()))],
        Ending::Agreed => Vec::new(),
    };
    if ending == Ending::Agreed {
        // Somebody agreed in the payer's name: the payer hears what they gave.
        told.push(("exchange_posted", exchange.answer_by()));
    }
    let mut letters: Vec<Letter> = Vec::new();
    for (letter, member) in told {
        if let Some(member) = member
            && actor.as_ref().is_none_or(|actor| actor.member_id != member)
            && has_email(&mut scope, member).await?
        {
            letters.push((letter, member));
        }
    }
    tell(&mut scope, kind, id.0, json!({}), &letters).await?;
    let exchange = reread(&mut scope, id).await?;
    scope.commit().await?;
    Ok(exchange)
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
mod tests;
