//! Exchanges between members of this SEL.

mod model;

use crate::Tag;
use crate::caller::{Caller, Key};
use crate::cursor::{self, limit};
use crate::fail::{Answer, Fail, halted};
use door::Trouble;
use model::{Exchange, ExchangeAnswer, ExchangeProposal, Exchanges, Recorded, Stands, Word, told};
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use sel::access::Permission;
use sel::exchange::{self, Draft, Ending, Refusal, Side};
use sel::id::{ExchangeId, MemberId};
use sel::member::Right;
use uuid::Uuid;

/// An exchange that this caller may see: that of the member, of whom they help, or any for who
/// enters for others or mediates.
async fn found(caller: &mut Caller, id: Uuid) -> Result<store::exchange::Exchange, Fail> {
    let actor = caller.actor()?.clone();
    let all = actor.may(Right::EnterForOthers) || actor.may(Right::Mediate);
    let exchange = store::exchange::by_id(&mut caller.scope, ExchangeId(id)).await?;
    let seen =
        exchange.filter(|it| all || sel::dispute::is_one(&actor, [it.payer_id(), it.payee_id()]));
    Ok(seen.ok_or(Trouble::NotFound)?)
}

/// Field names of our form, as programs know them.
fn named(field: &'static str) -> &'static str {
    match field {
        "member" => "other",
        "date" => "done_on",
        other => other,
    }
}

/// In whose name it is, and with whom.
async fn both(caller: &mut Caller, new: &ExchangeProposal) -> Result<(MemberId, MemberId), Fail> {
    let me = (caller.member.id(), caller.member.number);
    let mine = match new.in_name_of {
        Some(number) if number != me.1 => spoken_for(caller, number).await?,
        _ => me.0,
    };
    let other = store::member::by_number(&mut caller.scope, new.other).await?;
    let Some(other) = other else {
        let refusal = Refusal::UnknownMember {
            typed: new.other.to_string(),
        };
        return Err(caller.fault(named)(&[refusal]).into());
    };
    Ok((mine, other.id()))
}

/// The member with this number, where the caller may speak for them. Who may not does not learn
/// whether there is one.
async fn spoken_for(caller: &mut Caller, number: i32) -> Result<MemberId, Fail> {
    let actor = caller.actor()?.clone();
    let known = store::member::by_number(&mut caller.scope, number).await?;
    let spoken_for = known.filter(|it| actor.speaks_for(it.id()));
    Ok(spoken_for.ok_or(Trouble::NotAllowed)?.id())
}

fn draft(caller: &Caller, new: &ExchangeProposal) -> Result<Draft, Vec<Refusal>> {
    let (today, unit) = (caller.guest.today(), &caller.rules.unit);
    let amount = unit.parse(&unit.plain(new.amount)).map_err(Refusal::from);
    let label = exchange::label(&new.label.0);
    let done_on = exchange::day(new.done_on.unwrap_or(today), today);
    match (amount, label, done_on) {
        (Ok(amount), Ok(label), Ok(done_on)) => Ok(Draft {
            exchange_id: ExchangeId(new.id),
            side: match new.side {
                Stands::Giver => Side::Payer,
                Stands::Receiver => Side::Payee,
            },
            amount,
            label,
            done_on,
            notice_id: None,
            category_id: None,
        }),
        (amount, label, done_on) => {
            let all = [amount.err(), label.err(), done_on.err()];
            Err(all.into_iter().flatten().collect())
        }
    }
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Exchanges")]
impl Api {
    /// The exchanges of the member, the newest first
    ///
    /// Needs `account.read`.
    #[oai(path = "/exchanges", method = "get", operation_id = "exchanges")]
    async fn list(
        &self,
        key: Key,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// How many, 50 without it.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Answer<Exchanges> {
        let mut caller = key.with(Permission::Account)?;
        let after = cursor::moment(cursor.0.as_deref())?;
        let after = after.map(|(at, id)| (at, ExchangeId(id)));
        let (me, rows) = (caller.member.id(), self::limit(limit.0));
        let page = store::exchange::of_member(&mut caller.scope, me, after, rows).await?;
        let next = page.rows.last().filter(|_| page.more);
        let next = next.map(|it| cursor::of_moment(it.proposed_at, it.id().0));
        let told = page.rows.iter().map(|it| told(&caller, it));
        let items = told.collect::<Result<_, Fail>>()?;
        Ok(Json(Exchanges { items, next }))
    }

    /// One exchange
    ///
    /// Needs `account.read`.
    #[oai(path = "/exchanges/:id", method = "get", operation_id = "exchange")]
    async fn one(&self, key: Key, id: Path<Uuid>) -> Answer<Exchange> {
        let mut caller = key.with(Permission::Account)?;
        let exchange = found(&mut caller, id.0).await?;
        Ok(Json(told(&caller, &exchange)?))
    }

    /// Record an exchange
    ///
    /// As the SEL has set it, the units move at once, or it waits for the other's word. Needs
    /// `exchanges.write`.
    #[oai(path = "/exchanges", method = "post", operation_id = "record_exchange")]
    async fn record(&self, key: Key, new: Json<ExchangeProposal>) -> Result<Recorded, Fail> {
        let mut caller = key.with(Permission::Exchanges)?;
        let mut new = new.0;
        if new.done_on.is_none() {
            // Asked again after midnight, it is the same as before.
            let id = ExchangeId(new.id);
            let known = store::exchange::by_id(&mut caller.scope, id).await?;
            new.done_on = known.map(|it| it.done_on);
        }
        let draft = draft(&caller, &new).map_err(|all| caller.fault(named)(&all))?;
        let (mine, other) = both(&mut caller, &new).await?;
        let fault = caller.fault(named);
        let (scope, caller) = caller.part();
        let done = desk::exchange::record(scope, draft, mine, other).await;
        done.map_err(|halt| match halt {
            desk::Halt::Refused(Refusal::Known) => Fail::conflict(),
            halt => halted(halt.map(|it| [it]), fault),
        })?;
        let mut caller = caller.back().await?;
        let exchange = store::exchange::by_id(&mut caller.scope, ExchangeId(new.id)).await?;
        let exchange = exchange.ok_or(Trouble::NotFound)?;
        Ok(Recorded::Created(Json(told(&caller, &exchange)?)))
    }

    /// Agree to an exchange, refuse it or take it back
    ///
    /// Needs `exchanges.write`.
    #[oai(
        path = "/exchanges/:id/answer",
        method = "post",
        operation_id = "answer_exchange"
    )]
    async fn answer(
        &self,
        key: Key,
        id: Path<Uuid>,
        reply: Json<ExchangeAnswer>,
    ) -> Answer<Exchange> {
        let mut caller = key.with(Permission::Exchanges)?;
        let exchange = found(&mut caller, id.0).await?;
        let ending = match reply.0.answer {
            Word::Agree => Ending::Agreed,
            Word::Refuse => Ending::Refused,
            Word::Cancel => Ending::Cancelled,
        };
        let fault = caller.fault(named);
        let (scope, caller) = caller.part();
        let done = desk::exchange::close(scope, exchange.id(), ending, &reply.0.reason.0).await;
        let exchange = done.map_err(|halt| halted(halt.map(|it| [it]), fault))?;
        let caller = caller.back().await?;
        Ok(Json(told(&caller, &exchange)?))
    }
}
