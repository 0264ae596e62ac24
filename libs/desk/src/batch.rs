//! Deciding a movement for many at once, undoing it, and giving to the account of mutual help.

use crate::reversal;
use crate::tell::{Letter, tell};
use crate::{Halt, Outcome, fresh};
use chrono::NaiveDate;
use sel::batch::{self, Decided, Draft, Refusal, With};
use sel::exchange;
use sel::id::{BatchId, MemberId, TransferId};
use sel::member::{Actor, Right};
use sel::roll::Roll;
use serde_json::json;
use store::Scope;
use store::account::Fund;

fn actor(scope: &Scope) -> Outcome<Actor, Refusal> {
    let actor = scope.actor.clone();
    actor
        .filter(|actor| actor.may(Right::EnterForOthers))
        .ok_or(Halt::Refused(Refusal::NotAllowed))
}

/// What would happen: who gives or receives how much.
pub async fn preview(scope: &mut Scope, draft: &Draft) -> Outcome<(Decided, Roll), Refusal> {
    let actor = actor(scope)?;
    let roll = store::member::roll(scope).await?;
    let decided = batch::decide(&actor, draft, &roll).map_err(Halt::Refused)?;
    Ok((decided, roll))
}

/// Posts it as it was shown: `seen` is how many the preview counted, and their total; where that
/// has changed meanwhile, nothing happens. Everybody in it is told. The id comes with the form.
/// Answers `seen`. Commits.
pub async fn post(
    mut scope: Scope,
    id: BatchId,
    draft: &Draft,
    seen: (usize, i64),
    today: NaiveDate,
) -> Outcome<(usize, i64), Refusal> {
    actor(&scope)?;
    if let Some(known) = store::batch::by_id(&mut scope, id).await? {
        let same = known.kind() == Some(draft.kind)
            && known.label == draft.label
            && usize::try_from(known.count).ok() == Some(seen.0)
            && known.total == seen.1;
        return if same {
            Ok(seen)
        } else {
            Err(Halt::Refused(Refusal::Known))
        };
    }
    let (decided, roll) = preview(&mut scope, draft).await?;
    if (decided.shares.len(), decided.total()) != seen {
        return Err(Halt::Refused(Refusal::Changed));
    }
    let with = match decided.with {
        With::Association => store::account::fund(&mut scope, Fund::Association).await?,
        With::Solidarity => store::account::fund(&mut scope, Fund::Solidarity).await?,
        With::Member(member) => store::account::of_member(&mut scope, member).await?,
    };
    let ids: Vec<TransferId> = decided
        .shares
        .iter()
        .map(|_| TransferId(fresh::id(scope.now)))
        .collect();
    let new = store::batch::post(&mut scope, id, &decided, with.id(), &ids, today)
        .await
        .map_err(|error| match error.constraint() {
            Some("accounts_exist") => Halt::Refused(Refusal::Changed),
            _ => Halt::Failed(error),
        })?;
    if new {
        let leader = match decided.with {
            With::Member(member) => Some(member),
            _ => None,
        };
        let members = decided.shares.iter().map(|(id, _)| *id).chain(leader);
        let letters = letters(&scope, &roll, "batch_posted", members);
        tell(&mut scope, "batch_posted", id.0, json!({}), &letters).await?;
        scope.commit().await?;
    }
    Ok(seen)
}

fn letters(
    scope: &Scope,
    roll: &Roll,
    letter: &'static str,
    members: impl Iterator<Item = MemberId>,
) -> Vec<Letter> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    members
        .filter(|id| Some(*id) != by && roll.by_id(*id).is_some_and(|entry| entry.has_email))
        .map(|id| (letter, id))
        .collect()
}

/// Undoes what of a batch still stands. Answers how many of its movements have to stay, since an
/// account is closed. Commits.
pub async fn reverse(
    mut scope: Scope,
    id: BatchId,
    reason: &str,
    today: NaiveDate,
) -> Outcome<i64, Refusal> {
    actor(&scope)?;
    let it = store::batch::by_id(&mut scope, id)
        .await?
        .ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let reason = exchange::reason(reason).map_err(|why| Halt::Refused(why.into()))?;
    let label = format!("{}{}", reversal::LABEL, it.label);
    let undone = store::batch::reverse(&mut scope, id, (&label, &reason), today).await?;
    if undone == 0 {
        return Err(Halt::Refused(Refusal::Undone));
    }
    let told = store::batch::members(&mut scope, id).await?;
    let roll = store::member::roll(&mut scope).await?;
    let letters = letters(&scope, &roll, "batch_reversed", told.into_iter());
    tell(&mut scope, "batch_reversed", id.0, json!({}), &letters).await?;
    let left = it.standing - i64::from(undone);
    scope.commit().await?;
    Ok(left)
}

/// A member gives to the account of mutual help. Commits.
pub async fn give(
    mut scope: Scope,
    id: TransferId,
    amount: i64,
    label: &str,
    today: NaiveDate,
) -> Outcome<(), exchange::Refusal> {
    let Some(member) = scope.actor.as_ref().map(|actor| actor.member_id) else {
        return Err(Halt::Refused(exchange::Refusal::NotAllowed));
    };
    let new = store::batch::give(&mut scope, id, member, amount, label, today)
        .await
        .map_err(|error| match error.constraint() {
            Some("payer_within_floor") => Halt::Refused(exchange::Refusal::LimitReached),
            Some("accounts_exist") => Halt::Refused(exchange::Refusal::AccountChanged),
            _ => Halt::Failed(error),
        })?;
    if !new && store::batch::given(&mut scope, id).await? != Some((amount, label.to_owned())) {
        return Err(Halt::Refused(exchange::Refusal::Known));
    }
    if new {
        tell(&mut scope, "gift_given", id.0, json!({}), &[]).await?;
    }
    scope.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange_testing::{paid, refusal};
    use crate::town::{Town, now};
    use sel::batch::{Kind, Share};

    const DESK: &[Right] = &[Right::EnterForOthers];

    fn today() -> NaiveDate {
        now().date_naive()
    }

    fn draft(kind: Kind, with: With, share: Share, members: Vec<MemberId>) -> Draft {
        Draft {
            kind,
            with,
            leader_gives: false,
            share,
            label: "Cotisation de juin".into(),
            members,
        }
    }

    async fn post_as(
        town: &Town,
        id: BatchId,
        draft: &Draft,
        seen: (usize, i64),
    ) -> Outcome<(usize, i64), Refusal> {
        post(
            town.scope(town.fatima, DESK).await,
            id,
            draft,
            seen,
            today(),
        )
        .await
    }

    #[tokio::test]
    async fn a_fee_is_posted_once_and_undone_once_as_a_whole() {
        let town = Town::open().await;
        let fee = draft(Kind::Fee, With::Association, Share::Each(30), Vec::new());
        let id = BatchId(fresh::id(now()));
        let stale = post_as(&town, id, &fee, (2, 60)).await;
        assert_eq!(refusal(stale), Refusal::Changed);
        for _ in 0..2 {
            post_as(&town, id, &fee, (3, 90)).await.unwrap();
        }
        assert_eq!(town.balance(town.jean).await, -30);
        town.check().await;
        let undo = || async {
            let scope = town.scope(town.fatima, DESK).await;
            reverse(scope, id, "Décidé trop tôt", today()).await
        };
        let (one, other) = tokio::join!(undo(), undo());
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(town.balance(town.jean).await, 0);
        town.check().await;
    }

    #[tokio::test]
    async fn a_workshop_pays_who_led_it() {
        let town = Town::open().await;
        let members = vec![town.fatima, town.jean];
        let with = With::Member(town.claire);
        let workshop = draft(Kind::Workshop, with, Share::Each(20), members);
        let id = BatchId(fresh::id(now()));
        post_as(&town, id, &workshop, (2, 40)).await.unwrap();
        assert_eq!(town.balance(town.claire).await, 40);
        assert_eq!(town.balance(town.jean).await, -20);
        town.check().await;
    }

    #[tokio::test]
    async fn a_batch_and_exchanges_at_once_wait_for_each_other() {
        let town = Town::open().await;
        for _ in 0..5 {
            let gift = draft(Kind::Gift, With::Solidarity, Share::Each(1), Vec::new());
            let id = BatchId(fresh::id(now()));
            let (posted, _) = tokio::join!(
                post_as(&town, id, &gift, (3, 3)),
                paid(&town, town.jean, town.claire, 2),
            );
            posted.unwrap();
        }
        town.check().await;
    }

    #[tokio::test]
    async fn a_member_gives_to_mutual_help_once() {
        let town = Town::open().await;
        let id = TransferId(fresh::id(now()));
        for _ in 0..2 {
            let scope = town.scope(town.claire, &[]).await;
            give(scope, id, 15, "Don", today()).await.unwrap();
        }
        assert_eq!(town.balance(town.claire).await, -15);
        town.check().await;
    }
}
