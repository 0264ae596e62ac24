//! How a crossing ends, and undoing one.

use super::{actor, both, reread, two_say_no};
use crate::{Halt, Outcome, fresh};
use chrono::NaiveDate;
use sel::crossing;
use sel::exchange::{Ending, Refusal};
use sel::id::{CrossingId, TransferId};
use sel::member::Actor;
use store::Scope;
use store::crossing::Crossing;

/// Agrees, refuses or takes back, on both sides. Answers how it stands afterwards. Commits.
pub async fn close(
    mut scope: Scope,
    id: CrossingId,
    ending: Ending,
    reason: &str,
) -> Outcome<Crossing, Refusal> {
    let it = store::crossing::by_id(&mut scope, id).await?;
    let it = it.ok_or(Halt::Refused(Refusal::NotYours))?;
    let actor = scope.actor.clone();
    if ending == Ending::Agreed && !it.has_ended() && !it.is_allied() {
        let name = it.other_sel.clone();
        return Err(Halt::Refused(Refusal::NotAllied { name }));
    }
    let closed = crossing::close(&it.known(), actor.as_ref(), ending, reason, scope.now)
        .map_err(Halt::Refused)?;
    let ended = store::crossing::end(&mut scope, &closed)
        .await
        .map_err(|error| two_say_no(error, it.side(), (&it.other_sel, &it.other_name)))?;
    if !ended {
        return Err(Halt::Refused(Refusal::Ended));
    }
    let event = match ending {
        Ending::Agreed => "crossing_agreed",
        Ending::Refused => "crossing_refused",
        Ending::Cancelled => "crossing_cancelled",
        Ending::Expired | Ending::Approval => "crossing_expired",
    };
    let it = reread(&mut scope, id).await?;
    both(scope, &it, event).await?;
    Ok(it)
}

/// Undoes a crossing in the books of both. Both are told. Commits.
pub async fn reverse(
    mut scope: Scope,
    id: CrossingId,
    reason: &str,
    today: NaiveDate,
) -> Outcome<Crossing, Refusal> {
    let it = store::crossing::by_id(&mut scope, id).await?;
    let it = it.ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let actor = actor(&scope)?;
    let decided = crossing::reverse(&it.known(), &actor, reason).map_err(Halt::Refused)?;
    let new = TransferId(fresh::id(scope.now));
    let label = format!("{}{}", crate::reversal::LABEL, it.label);
    let is_entry = it.ally_id().is_none();
    let done = store::crossing::reverse(&mut scope, new, &decided, &label, today, is_entry)
        .await
        .map_err(|error| match error.constraint() {
            Some("accounts_exist") => Halt::Refused(Refusal::AccountChanged),
            Some("payer_within_floor") => Halt::Refused(Refusal::LimitReached),
            _ => Halt::Failed(error),
        })?;
    if !done {
        return Err(Halt::Refused(Refusal::Undone));
    }
    let it = reread(&mut scope, id).await?;
    both(scope, &it, "crossing_reversed").await?;
    Ok(it)
}

/// What waits for a member who leaves ends: what they wrote is taken back, what was asked of them
/// is refused. The others are told. Commits.
pub async fn drop_for_departure(mut scope: Scope, id: CrossingId) -> Outcome<(), Refusal> {
    let it = store::crossing::by_id(&mut scope, id).await?;
    let it = it.ok_or(Halt::Refused(Refusal::NotYours))?;
    let may = |actor: &Actor| sel::departure::may_leave(actor, it.member_id());
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let closed = crossing::close_for_departure(&it.known());
    if !store::crossing::end(&mut scope, &closed).await? {
        return Ok(());
    }
    let event = match closed.ending {
        Ending::Refused => "crossing_refused",
        _ => "crossing_cancelled",
    };
    let it = reread(&mut scope, id).await?;
    both(scope, &it, event).await?;
    Ok(())
}
