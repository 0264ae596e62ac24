//! Limits of one account, decided by who keeps the accounts.

use crate::tell::tell;
use crate::{Halt, Outcome};
use chrono::NaiveDate;
use sel::id::{MemberId, OverrideId};
use sel::limit::{self, Own, Refusal};
use serde_json::json;
use store::Scope;

/// What is written down as the reason of taking them back.
const LIFTED: &str = "fin des limites à part";

/// Gives the account of a member limits of its own, until that day. The member is told. Commits.
pub async fn set(
    mut scope: Scope,
    id: OverrideId,
    member: MemberId,
    own: Own,
    (reason, until): (&str, Option<NaiveDate>),
    today: NaiveDate,
) -> Outcome<(), Vec<Refusal>> {
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    };
    let (reason, until) =
        limit::set(&actor, member, reason, until, today).map_err(Halt::Refused)?;
    let account = store::account::of_member(&mut scope, member).await?.id();
    store::account::limit(&mut scope, id, account, own, &reason, Some(until)).await?;
    Ok(told(scope, id, member, "limits_set").await?)
}

/// Takes limits of its own back: those of the SEL stand again. Commits.
pub async fn lift(mut scope: Scope, id: OverrideId, member: MemberId) -> Outcome<(), Refusal> {
    let may = |actor: &sel::member::Actor| limit::may_set(actor, member);
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let account = store::account::of_member(&mut scope, member).await?.id();
    store::account::limit(&mut scope, id, account, Own::default(), LIFTED, None).await?;
    Ok(told(scope, id, member, "limits_lifted").await?)
}

async fn told(
    mut scope: Scope,
    id: OverrideId,
    member: MemberId,
    kind: &'static str,
) -> store::Result<()> {
    let known = store::member::by_id(&mut scope, member).await?;
    let is_mailed = known.is_some_and(|known| known.email.is_some());
    let letters = if is_mailed {
        vec![("limits_changed", member)]
    } else {
        Vec::new()
    };
    let detail = json!({ "override": id.to_string() });
    tell(&mut scope, kind, member.0, detail, &letters).await?;
    scope.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::close;
    use crate::exchange_testing::{draft, refusal};
    use crate::town::{Town, now};
    use crate::{association, fresh};
    use sel::exchange::{Ending, Side};
    use sel::limit::Policy;
    use sel::member::Right;

    const DESK: &[Right] = &[Right::EnterForOthers];

    async fn town(policy: Policy) -> Town {
        let town = Town::open().await;
        let mut scope = town.scope(town.fatima, &Right::ALL).await;
        let mut rules = store::setting::read(&mut scope).await.unwrap();
        rules.limits.policy = policy;
        rules.limits.floor = Some(-100);
        association::rule(&mut scope, &rules).await.unwrap();
        scope.commit().await.unwrap();
        town
    }

    #[tokio::test]
    async fn an_account_goes_as_far_as_its_own_limits_until_their_day() {
        let town = town(Policy::Refuse).await;
        let (claire, jean) = (town.claire, town.jean);
        let pay = |amount| {
            let town = &town;
            async move {
                town.record((claire, &[]), claire, jean, &draft(Side::Payer, amount))
                    .await
            }
        };
        assert!(pay(101).await.is_err());
        let id = || OverrideId(fresh::id(now()));
        let own = Own {
            floor: Some(-150),
            ceiling: None,
        };
        let today = now().date_naive();
        let said = ("le toit à refaire", Some(today));
        let scope = town.scope(town.fatima, DESK).await;
        set(scope, id(), claire, own, said, today).await.unwrap();
        pay(150).await.unwrap();
        assert!(pay(1).await.is_err());
        let scope = town.scope(town.fatima, DESK).await;
        lift(scope, id(), claire).await.unwrap();
        let mut scope = town.scope(claire, &[]).await;
        let account = store::account::of_member(&mut scope, claire).await.unwrap();
        assert_eq!(account.standing().own, None);
        let told = store::account::overrides(&mut scope, account.id(), 9).await;
        assert_eq!(told.unwrap().len(), 2);
        town.check().await;
    }

    #[tokio::test]
    async fn beyond_a_limit_it_waits_for_who_keeps_the_accounts() {
        let town = town(Policy::Approve).await;
        let (claire, jean) = (town.claire, town.jean);
        let it = town
            .record((claire, &[]), claire, jean, &draft(Side::Payer, 101))
            .await
            .unwrap();
        assert!(it.needs_approval && !it.is_posted);
        assert_eq!(town.balance(claire).await, 0);
        town.check().await;
        let agree = |member, rights: &'static [Right]| {
            let town = &town;
            async move {
                let scope = town.scope(member, rights).await;
                close(scope, it.exchange_id, Ending::Agreed, "").await
            }
        };
        let refused = refusal(agree(jean, &[]).await);
        assert_eq!(refused, sel::exchange::Refusal::NotYours);
        agree(town.fatima, DESK).await.unwrap();
        assert_eq!(town.balance(claire).await, -101);
        town.check().await;
    }

    #[tokio::test]
    async fn who_agrees_beyond_a_limit_is_followed_by_who_keeps_the_accounts() {
        let town = town(Policy::Approve).await;
        let (claire, jean) = (town.claire, town.jean);
        let it = town
            .record((jean, &[]), jean, claire, &draft(Side::Payee, 101))
            .await
            .unwrap();
        assert_eq!(it.answer_by, Some(claire));
        let scope = town.scope(claire, &[]).await;
        let after = close(scope, it.exchange_id, Ending::Agreed, "")
            .await
            .unwrap();
        assert!(after.approval_asked_at.is_some() && !after.has_ended());
        assert_eq!(town.balance(claire).await, 0);
        town.check().await;
        let scope = town.scope(town.fatima, DESK).await;
        close(scope, it.exchange_id, Ending::Refused, "trop")
            .await
            .unwrap();
        assert_eq!(town.balance(claire).await, 0);
        town.check().await;
    }

    #[tokio::test]
    async fn who_keeps_the_accounts_allows_it_by_agreeing_for_a_member_without_email() {
        let town = town(Policy::Approve).await;
        let (claire, jean) = (town.claire, town.jean);
        let it = town
            .record((claire, &[]), claire, jean, &draft(Side::Payee, 101))
            .await
            .unwrap();
        assert_eq!(it.answer_by, Some(jean));
        let scope = town.scope(town.fatima, DESK).await;
        close(scope, it.exchange_id, Ending::Agreed, "")
            .await
            .unwrap();
        assert_eq!(town.balance(jean).await, -101);
        let beyond = draft(Side::Payer, 50);
        let it = town
            .record((town.fatima, DESK), jean, claire, &beyond)
            .await
            .unwrap();
        assert!(it.is_posted);
        town.check().await;
    }
}
