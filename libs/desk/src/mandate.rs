//! Recording who acts for whom, and ending it.

use crate::tell::{Letter, tell_of};
use crate::{Halt, Outcome};
use chrono::NaiveDate;
use sel::id::{MandateId, MemberId};
use sel::mandate::{self, Refusal};
use serde_json::json;
use store::Scope;

/// Records that `member` lets `proxy` act in their name. Both are told. Commits.
pub async fn record(
    mut scope: Scope,
    id: MandateId,
    member: MemberId,
    proxy: MemberId,
    signed_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Outcome<(), Vec<Refusal>> {
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    };
    let rules = store::setting::read(&mut scope).await?;
    let day =
        mandate::record(&actor, member, proxy, signed_on, &rules, today).map_err(Halt::Refused)?;
    for id in [member, proxy] {
        let known = store::member::by_id(&mut scope, id).await?;
        if known.is_none_or(|known| known.left_at.is_some()) {
            return Err(Halt::Refused(vec![Refusal::NotAllowed]));
        }
    }
    if !store::mandate::record(&mut scope, id, member, proxy, day).await? {
        // One stands already between the two, or the form came again.
        return Ok(());
    }
    let letters = both(&mut scope, member, proxy, "mandate_recorded").await?;
    let owners = [member, proxy];
    tell_of(
        &mut scope,
        ("mandate_recorded", id.0, &owners),
        json!({}),
        &letters,
    )
    .await?;
    scope.commit().await?;
    Ok(())
}

async fn both(
    scope: &mut Scope,
    member: MemberId,
    proxy: MemberId,
    letter: &'static str,
) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let mut letters = Vec::new();
    for id in [member, proxy] {
        let known = store::member::by_id(scope, id).await?;
        if Some(id) != by && known.is_some_and(|known| known.email.is_some()) {
            letters.push((letter, id));
        }
    }
    Ok(letters)
}

/// Ends a mandate. Both are told. Commits.
pub async fn revoke(mut scope: Scope, id: MandateId) -> Outcome<(), Refusal> {
    let it = store::mandate::by_id(&mut scope, id)
        .await?
        .ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let (member, proxy) = (it.member_id(), it.proxy_id());
    let may = |actor: &sel::member::Actor| mandate::may_revoke(actor, member, proxy);
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    if it.revoked_at.is_some() {
        return Ok(());
    }
    store::mandate::revoke(&mut scope, id).await?;
    let letters = both(&mut scope, member, proxy, "mandate_revoked").await?;
    let owners = [member, proxy];
    tell_of(
        &mut scope,
        ("mandate_revoked", id.0, &owners),
        json!({}),
        &letters,
    )
    .await?;
    scope.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange_testing::{draft, refusal};
    use crate::fresh;
    use crate::town::{Town, now};
    use sel::exchange::Side;
    use sel::member::Right;

    #[tokio::test]
    async fn a_mandate_stands_once_and_ends() {
        let town = Town::open().await;
        let today = now().date_naive();
        let give = |id| {
            let town = &town;
            async move {
                let scope = town.scope(town.fatima, &[Right::Members]).await;
                record(scope, id, town.jean, town.claire, Some(today), today).await
            }
        };
        let id = MandateId(fresh::id(now()));
        give(id).await.unwrap();
        give(MandateId(fresh::id(now()))).await.unwrap();
        let mut scope = town.scope(town.claire, &[]).await;
        let known = store::mandate::of_member(&mut scope, town.jean).await;
        assert_eq!(known.unwrap().len(), 1);
        let stranger = town.scope(town.fatima, &[Right::Notices]).await;
        assert_eq!(refusal(revoke(stranger, id).await), Refusal::NotAllowed);
        revoke(town.scope(town.claire, &[]).await, id)
            .await
            .unwrap();
        let mut scope = town.scope(town.claire, &[]).await;
        let known = store::mandate::of_member(&mut scope, town.jean).await;
        assert!(known.unwrap().is_empty());
    }

    #[tokio::test]
    async fn who_has_a_mandate_writes_in_the_name_of_who_gave_it() {
        let town = Town::open().await;
        let pay = draft(Side::Payer, 60);
        let alone = town.record((town.claire, &[]), town.jean, town.fatima, &pay);
        assert_eq!(refusal(alone.await), sel::exchange::Refusal::NotAllowed);
        let mut scope = town.scope(town.claire, &[]).await;
        if let Some(actor) = &mut scope.actor {
            actor.helped = vec![town.jean];
        }
        crate::exchange::record(scope, pay, town.jean, town.fatima)
            .await
            .unwrap();
        assert_eq!(town.balance(town.jean).await, -60);
        town.check().await;
    }
}
