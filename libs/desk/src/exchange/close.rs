//! How a proposed exchange ends.

use super::{for_the_desk, parties};
use crate::tell::{Letter, tell_of};
use crate::{Halt, Outcome};
use chrono::{DateTime, Days, Utc};
use sel::exchange::{self, Approval, Ending, Refusal};
use sel::id::{ExchangeId, MemberId};
use serde_json::json;
use store::Scope;
use store::exchange::Exchange;

async fn has_email(scope: &mut Scope, id: MemberId) -> store::Result<bool> {
    Ok(store::member::by_id(scope, id)
        .await?
        .is_some_and(|member| member.email.is_some()))
}

async fn reread(scope: &mut Scope, id: ExchangeId) -> store::Result<Exchange> {
    store::exchange::by_id(scope, id)
        .await?
        .ok_or(store::Error::Contradiction(
            "an exchange that was just written is gone",
        ))
}

/// Agrees, refuses or takes back; where both agree beyond a limit, it may wait for somebody in
/// charge then. Answers the exchange as it stands afterwards. Commits.
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
    let pending = exchange.pending();
    let (ending, until, allowed) = match ending {
        Ending::Agreed if !pending.approval && !pending.ended => {
            approved(&mut scope, &exchange).await?
        }
        other => (other, None, false),
    };
    let closed = exchange::close(
        &pending,
        actor.as_ref(),
        (ending, allowed),
        reason,
        scope.now,
    )
    .map_err(Halt::Refused)?;
    let ended = store::exchange::end(&mut scope, &closed, until)
        .await
        .map_err(limits_said_no)?;
    if !ended {
        return Err(Halt::Refused(Refusal::Ended));
    }
    let letters = letters_of_end(&mut scope, &exchange, ending).await?;
    let kind = match ending {
        Ending::Agreed => "exchange_agreed",
        Ending::Refused => "exchange_refused",
        Ending::Cancelled => "exchange_cancelled",
        Ending::Expired => "exchange_expired",
        Ending::Approval => "exchange_approval_asked",
    };
    let owners = [exchange.payer_id(), exchange.payee_id()];
    let of = (kind, id.0, owners.as_slice());
    tell_of(&mut scope, of, json!({}), &letters).await?;
    let exchange = reread(&mut scope, id).await?;
    scope.commit().await?;
    Ok(exchange)
}

/// Whether agreeing ends it, or somebody in charge must allow it first, and until when; or whether
/// the one who agrees allows it.
async fn approved(
    scope: &mut Scope,
    exchange: &Exchange,
) -> Outcome<(Ending, Option<DateTime<Utc>>, bool), Refusal> {
    let mut parties = parties(scope, exchange.payer_id(), exchange.payee_id()).await?;
    // What it holds itself is not on top of it.
    parties.mine.standing.held_out -= exchange.amount;
    parties.other.standing.held_in -= exchange.amount;
    let (payer, payee, rules) = (&parties.mine, &parties.other, &parties.rules);
    let actor = scope.actor.as_ref();
    Ok(
        match exchange::approval(actor, payer, payee, exchange.amount, rules) {
            Approval::NotNeeded => (Ending::Agreed, None, false),
            Approval::Given => (Ending::Agreed, None, true),
            Approval::Needed => {
                let days = Days::new(u64::try_from(rules.answer_days).unwrap_or(0));
                (Ending::Approval, Some(scope.now + days), false)
            }
        },
    )
}

/// Who hears how it ended: not who ended it.
async fn letters_of_end(
    scope: &mut Scope,
    exchange: &Exchange,
    ending: Ending,
) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    if ending == Ending::Approval {
        return {
            let except = [by, Some(exchange.payer_id()), Some(exchange.payee_id())];
            for_the_desk(scope, "exchange_to_approve", &except).await
        };
    }
    let (letter, both) = match ending {
        Ending::Agreed => ("exchange_agreed", exchange.approval_asked_at.is_some()),
        Ending::Refused if exchange.approval_asked_at.is_some() => ("exchange_disallowed", true),
        Ending::Refused => ("exchange_refused", false),
        Ending::Cancelled => ("exchange_cancelled", false),
        _ => ("exchange_expired", exchange.approval_asked_at.is_some()),
    };
    let wrote = exchange.proposed_for();
    let other = if wrote == exchange.payer_id() {
        exchange.payee_id()
    } else {
        exchange.payer_id()
    };
    let mut told = match ending {
        Ending::Cancelled => vec![(letter, exchange.answer_by())],
        // Who entered it for a member without e-mail hears what became of it.
        _ if has_email(scope, wrote).await? => vec![(letter, Some(wrote))],
        Ending::Refused | Ending::Expired => vec![(letter, Some(exchange.proposed_by()))],
        _ => Vec::new(),
    };
    if ending == Ending::Agreed {
        // Somebody agreed in the other's name, or time did: they hear what was recorded.
        told.push(("exchange_posted", Some(other)));
    } else if both {
        told.push((letter, Some(other)));
    }
    let mut letters: Vec<Letter> = Vec::new();
    for (letter, member) in told {
        if let Some(member) = member
            && by != Some(member)
            && has_email(scope, member).await?
        {
            letters.push((letter, member));
        }
    }
    Ok(letters)
}

/// Between the decision and the write, another exchange may have used up the limit: then the
/// database says no, by the name of its constraint.
fn limits_said_no(error: store::Error) -> Halt<Refusal> {
    match error.constraint() {
        Some("payer_within_floor" | "payee_within_ceiling") => Halt::Refused(Refusal::LimitReached),
        Some("accounts_exist") => Halt::Refused(Refusal::AccountChanged),
        Some("transfer_pkey") => Halt::Refused(Refusal::Known),
        _ => Halt::Failed(error),
    }
}
