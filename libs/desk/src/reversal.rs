//! Undoing an exchange, and giving back what one received.

use crate::tell::{Letter, tell_of};
use crate::{Halt, Outcome, fresh};
use chrono::NaiveDate;
use sel::exchange::{self, Recorded, Refusal, Reversed};
use sel::id::{ExchangeId, TransferId};
use serde_json::json;
use store::Scope;
use store::exchange::Exchange;

/// What stands before the label of what undoes an exchange. The same in every language of the
/// reader, since it stays in the ledger.
pub const LABEL: &str = "Annulation\u{a0}: ";

/// As the rules need to know it. `disputed` is whether a dispute about it is open.
pub fn recorded(it: &Exchange, disputed: bool) -> Recorded {
    Recorded {
        exchange_id: it.id(),
        payer_id: it.payer_id(),
        payee_id: it.payee_id(),
        stands: it.stands(),
        disputed,
    }
}

/// Undoes an exchange by its reverse. Both are told. Commits.
pub async fn reverse(
    mut scope: Scope,
    id: ExchangeId,
    reason: &str,
    today: NaiveDate,
) -> Outcome<Exchange, Refusal> {
    let it = store::exchange::by_id(&mut scope, id)
        .await?
        .ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let actor = scope.actor.clone();
    let actor = actor.ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let dispute = match store::dispute::of_exchange(&mut scope, id).await? {
        Some(dispute) => store::dispute::hold(&mut scope, dispute.id()).await?,
        None => None,
    };
    let dispute = dispute.filter(|dispute| !dispute.has_ended());
    let recorded = recorded(&it, dispute.is_some());
    let decided = exchange::reverse(&recorded, &actor, reason).map_err(Halt::Refused)?;
    if let Some(dispute) = &dispute {
        let how = sel::dispute::Outcome::Reversed;
        crate::dispute::end(&mut scope, dispute, how, &decided.reason).await?;
    }
    undo(&mut scope, &it, &decided, today).await?;
    let it = store::exchange::by_id(&mut scope, id)
        .await?
        .ok_or(store::Error::Contradiction("an undone exchange is gone"))?;
    scope.commit().await?;
    Ok(it)
}

/// Writes the reverse and who is told. The caller commits.
pub(crate) async fn undo(
    scope: &mut Scope,
    it: &Exchange,
    decided: &Reversed,
    today: NaiveDate,
) -> Outcome<(), Refusal> {
    let transfer = it.transfer_id().ok_or(Halt::Refused(Refusal::Undone))?;
    let new = TransferId(fresh::id(scope.now));
    let label = format!("{LABEL}{}", it.label);
    let said = (label.as_str(), decided.reason.as_str());
    let mut two = Vec::new();
    for member in [it.payer_id(), it.payee_id()] {
        two.extend(store::member::by_id(scope, member).await?);
    }
    if let Some(gone) = two.iter().find(|member| member.left_at.is_some()) {
        return Err(Halt::Refused(Refusal::HasLeft {
            first_name: gone.first_name.clone(),
        }));
    }
    let done = store::transfer::reverse(scope, new, transfer, said, today, decided.is_bound).await;
    let done = done.map_err(|error| match error.constraint() {
        Some("accounts_exist") => Halt::Refused(Refusal::AccountChanged),
        Some("accounts_differ") => Halt::Refused(Refusal::OneAccount),
        Some("payer_within_floor" | "payee_within_ceiling") => Halt::Refused(Refusal::LimitReached),
        _ => Halt::Failed(error),
    })?;
    if !done {
        return Err(Halt::Refused(Refusal::Undone));
    }
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let letters: Vec<Letter> = two
        .iter()
        .filter(|member| by != Some(member.id()) && member.email.is_some())
        .map(|member| ("exchange_reversed", member.id()))
        .collect();
    let detail = json!({ "reason": decided.reason });
    let owners = [it.payer_id(), it.payee_id()];
    let of = ("exchange_reversed", it.id().0, owners.as_slice());
    tell_of(scope, of, detail, &letters).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange_testing::{paid, refusal};
    use crate::town::{Town, now};
    use sel::member::Right;

    fn today() -> NaiveDate {
        now().date_naive()
    }

    #[tokio::test]
    async fn what_was_received_is_given_back_once_and_both_stay() {
        let town = Town::open().await;
        let (claire, jean) = (town.claire, town.jean);
        let id = paid(&town, claire, jean, 60).await;
        let by = |member, rights: &'static [Right]| {
            let town = &town;
            async move {
                let scope = town.scope(member, rights).await;
                reverse(scope, id, "C’était une autre Claire", today()).await
            }
        };
        assert_eq!(refusal(by(claire, &[]).await), Refusal::NotAllowed);
        let it = by(jean, &[]).await.unwrap();
        assert!(it.reversed_at.is_some());
        assert_eq!(refusal(by(jean, &[]).await), Refusal::Undone);
        assert_eq!(refusal(by(town.fatima, &Right::ALL).await), Refusal::Undone);
        assert_eq!(town.balance(claire).await, 0);
        assert_eq!(town.balance(jean).await, 0);
        town.check().await;
    }

    #[tokio::test]
    async fn two_who_undo_it_at_once_undo_it_once() {
        let town = Town::open().await;
        let id = paid(&town, town.claire, town.jean, 60).await;
        let (one, other) = tokio::join!(
            async {
                let scope = town.scope(town.jean, &[]).await;
                reverse(scope, id, "x", today()).await
            },
            async {
                let scope = town.scope(town.fatima, &Right::ALL).await;
                reverse(scope, id, "x", today()).await
            },
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(town.balance(town.claire).await, 0);
        town.check().await;
    }
}
