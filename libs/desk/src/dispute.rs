//! Disagreeing about an exchange, speaking of it with those who mediate, and how it ends.

use crate::reversal::{recorded, undo};
use crate::tell::{Letter, tell};
use crate::{Halt, Outcome};
use chrono::NaiveDate;
use sel::dispute::{self, Outcome as Ending, Refusal};
use sel::id::{DisputeId, ExchangeId, MemberId, MessageId};
use sel::member::{Actor, Right};
use serde_json::json;
use store::Scope;
use store::dispute::Dispute;

fn actor(scope: &Scope) -> Outcome<Actor, Refusal> {
    scope
        .actor
        .clone()
        .ok_or(Halt::Refused(Refusal::NotAllowed))
}

/// Opens a dispute about a recorded exchange. The other one and those who mediate are told. The id
/// comes with the form: sent again it opens none. Commits.
pub async fn open(
    mut scope: Scope,
    id: DisputeId,
    exchange: ExchangeId,
    reason: &str,
) -> Outcome<DisputeId, Refusal> {
    let it = store::exchange::by_id(&mut scope, exchange)
        .await?
        .ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let actor = actor(&scope)?;
    let two = [it.payer_id(), it.payee_id()];
    let reason = dispute::open(&actor, two, it.stands(), reason).map_err(Halt::Refused)?;
    if !store::dispute::open(&mut scope, id, exchange, &reason).await? {
        let known = store::dispute::of_exchange(&mut scope, exchange).await?;
        return match known {
            Some(known) if known.id() == id => Ok(id),
            _ => Err(Halt::Refused(Refusal::Open)),
        };
    }
    let letters = others(&mut scope, two, "dispute_opened").await?;
    let detail = json!({ "exchange": exchange.to_string() });
    tell(&mut scope, "dispute_opened", id.0, detail, &letters).await?;
    scope.commit().await?;
    Ok(id)
}

/// The two and those who mediate, except the one who acts: whoever has an e-mail.
async fn others(
    scope: &mut Scope,
    two: [MemberId; 2],
    letter: &'static str,
) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let mut members = store::member::holders(scope, Right::Mediate).await?;
    for id in two {
        members.extend(store::member::by_id(scope, id).await?);
    }
    let mut told: Vec<MemberId> = members
        .iter()
        .filter(|member| member.email.is_some() && member.left_at.is_none())
        .map(store::member::Member::id)
        .filter(|id| Some(*id) != by)
        .collect();
    told.sort_unstable();
    told.dedup();
    Ok(told.into_iter().map(|id| (letter, id)).collect())
}

async fn found(scope: &mut Scope, id: DisputeId) -> Outcome<Dispute, Refusal> {
    let actor = actor(scope)?;
    store::dispute::hold(scope, id)
        .await?
        .filter(|it| it.case().takes_part(&actor))
        .ok_or(Halt::Refused(Refusal::NotAllowed))
}

/// Says something in it. The others are told. Commits.
pub async fn write(
    mut scope: Scope,
    id: MessageId,
    dispute: DisputeId,
    typed: &str,
) -> Outcome<(), Refusal> {
    let it = found(&mut scope, dispute).await?;
    if it.has_ended() {
        return Err(Halt::Refused(Refusal::Ended));
    }
    let words = dispute::words(typed).map_err(Halt::Refused)?;
    if !store::dispute::write(&mut scope, id, dispute, &words).await? {
        return Ok(());
    }
    let case = it.case();
    let two = [case.payer_id, case.payee_id];
    let letters = others(&mut scope, two, "dispute_message").await?;
    let detail = json!({ "dispute": dispute.to_string() });
    tell(&mut scope, "dispute_message_sent", id.0, detail, &letters).await?;
    scope.commit().await?;
    Ok(())
}

/// Ends it: the exchange stands, or is undone; or whoever opened it takes it back. Everybody in it
/// is told. Commits.
pub async fn close(
    mut scope: Scope,
    id: DisputeId,
    how: Ending,
    typed: &str,
    today: NaiveDate,
) -> Outcome<(), Refusal> {
    let it = found(&mut scope, id).await?;
    let actor = actor(&scope)?;
    let said = dispute::close(&it.case(), &actor, how, typed).map_err(Halt::Refused)?;
    if how == Ending::Reversed {
        reverse(&mut scope, &it, &said, today).await?;
    }
    end(&mut scope, &it, how, &said).await?;
    scope.commit().await?;
    Ok(())
}

/// Writes down how it ended, and who is told. The caller commits.
pub(crate) async fn end(
    scope: &mut Scope,
    it: &Dispute,
    how: Ending,
    said: &str,
) -> store::Result<()> {
    let case = it.case();
    store::dispute::close(scope, it.id(), how, said).await?;
    let two = [case.payer_id, case.payee_id];
    let letters = others(scope, two, "dispute_closed").await?;
    let kind = match how {
        Ending::Upheld => "dispute_upheld",
        Ending::Reversed => "dispute_reversed",
        Ending::Withdrawn => "dispute_withdrawn",
    };
    tell(scope, kind, it.id().0, json!({}), &letters).await
}

async fn reverse(
    scope: &mut Scope,
    it: &Dispute,
    said: &str,
    today: NaiveDate,
) -> Outcome<(), Refusal> {
    let exchange = store::exchange::by_id(scope, it.exchange_id())
        .await?
        .ok_or(Halt::Refused(Refusal::NotStanding))?;
    let decided = sel::exchange::reverse_by_mediation(&recorded(&exchange, true), said)
        .map_err(|_| Halt::Refused(Refusal::NotStanding))?;
    let done = undo(scope, &exchange, &decided, today).await;
    done.map_err(|halt| {
        halt.map(|why| match why {
            sel::exchange::Refusal::HasLeft { .. } => Refusal::HasLeft,
            _ => Refusal::NotStanding,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange_testing::paid;
    use crate::fresh;
    use crate::town::{Town, now};

    fn today() -> NaiveDate {
        now().date_naive()
    }

    async fn opened(town: &Town) -> DisputeId {
        let exchange = paid(town, town.claire, town.jean, 60).await;
        let scope = town.scope(town.claire, &[]).await;
        let id = DisputeId(fresh::id(now()));
        open(scope, id, exchange, "Jean n’est pas venu")
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn the_two_and_who_mediates_speak_and_nobody_else_reads() {
        let town = Town::open().await;
        let id = opened(&town).await;
        for (member, rights) in [(town.jean, &[][..]), (town.fatima, &[Right::Mediate][..])] {
            let scope = town.scope(member, rights).await;
            let message = MessageId(fresh::id(now()));
            write(scope, message, id, "Je suis venu").await.unwrap();
        }
        let scope = town.scope(town.fatima, &[Right::EnterForOthers]).await;
        let refused = write(scope, MessageId(fresh::id(now())), id, "x").await;
        assert!(matches!(refused, Err(Halt::Refused(Refusal::NotAllowed))));
        let mut scope = town.scope(town.claire, &[]).await;
        let words = store::dispute::words(&mut scope, id, 10).await.unwrap();
        assert_eq!(words.len(), 2);
    }

    #[tokio::test]
    async fn one_dispute_is_open_at_a_time_and_it_ends_once() {
        let town = Town::open().await;
        let id = opened(&town).await;
        let mut scope = town.scope(town.jean, &[]).await;
        let it = store::dispute::by_id(&mut scope, id).await.unwrap();
        let other = DisputeId(fresh::id(now()));
        let refused = open(scope, other, it.unwrap().exchange_id(), "moi aussi").await;
        assert!(matches!(refused, Err(Halt::Refused(Refusal::Open))));
        let end = |how| {
            let town = &town;
            async move {
                let scope = town.scope(town.fatima, &[Right::Mediate]).await;
                close(scope, id, how, "Vu avec les deux", today()).await
            }
        };
        let (one, two) = tokio::join!(end(Ending::Reversed), end(Ending::Upheld));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        town.check().await;
    }

    #[tokio::test]
    async fn giving_back_ends_it_and_the_board_does_not_undo_meanwhile() {
        let town = Town::open().await;
        let id = opened(&town).await;
        let mut scope = town.scope(town.jean, &[]).await;
        let it = store::dispute::by_id(&mut scope, id)
            .await
            .unwrap()
            .unwrap();
        drop(scope);
        let exchange = it.exchange_id();
        let board = town.scope(town.fatima, &[Right::EnterForOthers]).await;
        let refused = crate::reversal::reverse(board, exchange, "erreur", today()).await;
        let disputed = sel::exchange::Refusal::Disputed;
        assert!(matches!(refused, Err(Halt::Refused(why)) if why == disputed));
        let scope = town.scope(town.jean, &[]).await;
        crate::reversal::reverse(scope, exchange, "pas venu", today())
            .await
            .unwrap();
        let mut scope = town.scope(town.claire, &[]).await;
        let it = store::dispute::by_id(&mut scope, id)
            .await
            .unwrap()
            .unwrap();
        assert!(it.has_ended() && it.reversed_at.is_some());
        town.check().await;
    }

    #[tokio::test]
    async fn a_reversed_exchange_moves_the_units_back() {
        let town = Town::open().await;
        let id = opened(&town).await;
        let scope = town.scope(town.fatima, &[Right::Mediate]).await;
        close(scope, id, Ending::Reversed, "Vu avec les deux", today())
            .await
            .unwrap();
        assert_eq!(town.balance(town.claire).await, 0);
        town.check().await;
    }
}
