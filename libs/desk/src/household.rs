//! Sharing an account, and parting again.

use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use chrono::NaiveDate;
use sel::household::{self, Refusal};
use sel::id::{MemberId, TransferId};
use sel::member::{Actor, Right};
use serde_json::json;
use store::Scope;

/// What the movement says that brings two accounts together. The same in every language of the
/// reader, since it stays in the ledger.
pub const LABEL: &str = "Compte commun";

fn waits(error: store::Error) -> Halt<Refusal> {
    match error.constraint() {
        Some("nothing_waits") => Halt::Refused(Refusal::Waits),
        Some("account_is_held_alone") => Halt::Refused(Refusal::Shared),
        _ => Halt::Failed(error),
    }
}

/// Lets a member share the account of another; what theirs holds moves there. Commits.
pub async fn share(
    mut scope: Scope,
    member: MemberId,
    host: MemberId,
    today: NaiveDate,
) -> Outcome<(), Refusal> {
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    household::share(&actor, member, host).map_err(Halt::Refused)?;
    for id in [member, host] {
        let known = store::member::hold(&mut scope, id).await?;
        if known.is_none_or(|known| known.left_at.is_some()) {
            return Err(Halt::Refused(Refusal::NotAllowed));
        }
    }
    let transfer = TransferId(fresh::id(scope.now));
    let moved = store::account::share(&mut scope, member, host, transfer, LABEL, today)
        .await
        .map_err(waits)?;
    if moved.is_none() {
        return Ok(());
    }
    let detail = json!({ "host": host.to_string() });
    let mut letters = Vec::new();
    for id in [member, host] {
        let known = store::member::by_id(&mut scope, id).await?;
        if known.is_some_and(|known| known.email.is_some()) {
            letters.push(("account_shared", id));
        }
    }
    tell(&mut scope, "account_shared", member.0, detail, &letters).await?;
    scope.commit().await?;
    Ok(())
}

/// A member goes back to an account of their own, which begins at zero. What they promised from the
/// shared one stays promised there. Commits.
pub async fn part(mut scope: Scope, member: MemberId) -> Outcome<(), Refusal> {
    let may = |actor: &Actor| actor.may(Right::Members);
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let account = store::account::of_member(&mut scope, member).await?;
    if account.is_of(member) {
        return Ok(());
    }
    store::account::open_own(&mut scope, member).await?;
    tell(&mut scope, "account_parted", member.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange_testing::{draft, paid, refusal};
    use crate::town::{Town, now};
    use sel::exchange::Side;

    fn today() -> NaiveDate {
        now().date_naive()
    }

    async fn shares(town: &Town, member: MemberId, host: MemberId) -> Outcome<(), Refusal> {
        share(
            town.scope(town.fatima, &Right::ALL).await,
            member,
            host,
            today(),
        )
        .await
    }

    #[tokio::test]
    async fn two_on_one_account_spend_together_and_part_again() {
        let town = Town::open().await;
        let (fatima, claire, jean) = (town.fatima, town.claire, town.jean);
        paid(&town, fatima, jean, 60).await;
        for _ in 0..2 {
            shares(&town, jean, claire).await.unwrap();
        }
        assert_eq!(town.balance(claire).await, 60);
        assert_eq!(town.balance(jean).await, 60);
        paid(&town, jean, fatima, 10).await;
        assert_eq!(town.balance(claire).await, 50);
        let within = town
            .record((jean, &[]), jean, claire, &draft(Side::Payer, 5))
            .await;
        assert_eq!(refusal(within), sel::exchange::Refusal::OneAccount);
        town.check().await;
        part(town.scope(fatima, &Right::ALL).await, jean)
            .await
            .unwrap();
        assert_eq!(
            (town.balance(claire).await, town.balance(jean).await),
            (50, 0)
        );
        let id = paid(&town, claire, jean, 20).await;
        town.check().await;
        // What one account received before it was shared is given back by the shared one.
        shares(&town, jean, fatima).await.unwrap_err();
        let board = town.scope(fatima, &Right::ALL).await;
        let undone = crate::reversal::reverse(board, id, "erreur", today()).await;
        undone.unwrap();
        town.check().await;
    }

    #[tokio::test]
    async fn what_waits_or_is_shared_keeps_its_account() {
        let town = Town::open().await;
        let (fatima, claire, jean) = (town.fatima, town.claire, town.jean);
        town.record((jean, &[]), jean, claire, &draft(Side::Payee, 5))
            .await
            .unwrap();
        assert_eq!(refusal(shares(&town, jean, claire).await), Refusal::Waits);
        shares(&town, claire, fatima).await.unwrap_err();
        town.check().await;
    }

    #[tokio::test]
    async fn who_shares_an_account_leaves_it_to_the_others_and_comes_back() {
        let town = Town::open().await;
        let (fatima, claire, jean) = (town.fatima, town.claire, town.jean);
        paid(&town, fatima, jean, 60).await;
        shares(&town, jean, claire).await.unwrap();
        let board = || town.scope(fatima, &Right::ALL);
        let way = sel::departure::Way::Association;
        crate::departure::leave(board().await, jean, way, 60, today())
            .await
            .unwrap();
        assert_eq!(town.balance(claire).await, 60);
        town.check().await;
        let roll = store::member::roll(&mut board().await).await.unwrap();
        assert!(roll.by_id(jean).is_some_and(|entry| entry.has_left));
        crate::departure::come_back(board().await, jean)
            .await
            .unwrap();
        assert_eq!(town.balance(jean).await, 0);
        paid(&town, claire, jean, 5).await;
        town.check().await;
    }
}
