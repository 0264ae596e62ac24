//! Leaving a SEL, and coming back.

use crate::tell::{Letter, tell};
use crate::{Halt, Outcome, fresh};
use chrono::{Days, NaiveDate};
use sel::departure::{self, Refusal, Way};
use sel::id::{AccountId, MemberId, TransferId};
use sel::member::{Actor, Right};
use sel::notice::Change;
use serde_json::json;
use store::Scope;
use store::account::{Account, Fund};
use store::exchange::Exchange;
use store::member::Member;

/// What the movement says that brings the balance to zero. The same in every language of the
/// reader, since it stays in the ledger.
pub const LABEL: &str = "Clôture du compte";

/// What waits, and what stands published, at most: a member has far fewer.
const MANY: usize = 500;

/// What leaving brings with it.
#[derive(Debug)]
pub struct Plan {
    pub member: Member,
    pub account: Account,
    pub pending: Vec<Exchange>,
    pub notices: usize,
    /// Whether others hold the account too.
    pub shared: bool,
}

/// What leaving would bring with it, for who may let them leave.
pub async fn plan(scope: &mut Scope, member: MemberId) -> Outcome<Plan, Refusal> {
    let may = |actor: &Actor| departure::may_leave(actor, member);
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let known = store::member::by_id(scope, member).await?;
    let known = known.ok_or(Halt::Refused(Refusal::NotAllowed))?;
    if known.left_at.is_some() {
        return Err(Halt::Refused(Refusal::Gone));
    }
    let notices = store::notice::of_member(scope, member, true, MANY).await?;
    let account = store::account::of_member(scope, member).await?;
    let shared = store::account::sharers(scope, account.id(), member).await?;
    Ok(Plan {
        member: known,
        shared: !shared.is_empty(),
        account,
        pending: store::exchange::pending_of(scope, member, 0, MANY)
            .await?
            .rows,
        notices: notices.rows.len(),
    })
}

/// What happened when somebody left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// What moved, from the member's side, in minor units.
    pub moved: i64,
}

/// A member leaves: what waits is taken back, their notices go, the balance comes to zero, the
/// account is closed. `seen` is the balance that the page showed: where it has changed meanwhile,
/// nothing happens. Commits.
pub async fn leave(
    mut scope: Scope,
    member: MemberId,
    way: Way,
    seen: i64,
    today: NaiveDate,
) -> Outcome<Left, Refusal> {
    // Nobody else gives or takes rights meanwhile.
    store::setting::hold(&mut scope).await?;
    let with = with(&mut scope, way).await?;
    store::account::lock_for_departure(&mut scope, member, with).await?;
    let plan = plan(&mut scope, member).await?;
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let balance = plan.account.balance;
    let share = if plan.shared { 0 } else { balance };
    departure::leave(&actor, member, share, way).map_err(Halt::Refused)?;
    if balance != seen {
        return Err(Halt::Refused(Refusal::Changed));
    }
    store::member::leave(&mut scope, member).await?;
    store::access::revoke_all(&mut scope, member).await?;
    let holders = store::member::holders(&mut scope, Right::Settings).await?;
    if holders.is_empty() {
        return Err(Halt::Refused(Refusal::LastSettings));
    }
    take_back(&mut scope, &plan).await?;
    take_down(&mut scope, member).await?;
    store::saved_search::forget(&mut scope, member).await?;
    for mandate in store::mandate::of_member(&mut scope, member).await? {
        store::mandate::revoke(&mut scope, mandate.id()).await?;
    }
    let moved = settle(&mut scope, member, with, today).await?;
    // The account of a household goes on with the others, and keeps what it holds.
    if moved != -seen && !plan.shared {
        return Err(Halt::Refused(Refusal::Changed));
    }
    let letters: Vec<Letter> = if plan.member.email.is_some() {
        vec![("member_left", member)]
    } else {
        Vec::new()
    };
    let detail = json!({ "moved": moved });
    tell(&mut scope, "member_left", member.0, detail, &letters).await?;
    let here = scope.association_id;
    let mut door = scope.leave().await?;
    if let Some(identity) = plan.member.identity_id() {
        store::session::end_all(&mut door, identity, Some(here)).await?;
    }
    store::token::void(&mut door, here, member).await?;
    door.commit().await?;
    Ok(Left { moved })
}

/// What waits for an answer is taken back, and the others are told.
async fn take_back(scope: &mut Scope, plan: &Plan) -> Outcome<(), Refusal> {
    for exchange in &plan.pending {
        let closed = sel::exchange::close_for_departure(&exchange.pending());
        if !store::exchange::end(scope, &closed, None).await? {
            continue;
        }
        let other = if exchange.payer_id() == plan.member.id() {
            exchange.payee_id()
        } else {
            exchange.payer_id()
        };
        let known = store::member::by_id(scope, other).await?;
        let letters: Vec<Letter> = known
            .filter(|known| known.email.is_some())
            .map(|_| ("exchange_left", other))
            .into_iter()
            .collect();
        let id = exchange.id().0;
        tell(scope, "exchange_cancelled", id, json!({}), &letters).await?;
    }
    Ok(())
}

async fn take_down(scope: &mut Scope, member: MemberId) -> store::Result<()> {
    let until = scope.now + Days::new(1);
    let notices = store::notice::of_member(scope, member, false, MANY).await?;
    for notice in notices.rows.iter().filter(|it| it.closed_at.is_none()) {
        let close = Change::Close;
        store::notice::change(scope, notice.id(), close, until, None).await?;
        tell(scope, close.event(), notice.id().0, json!({}), &[]).await?;
    }
    Ok(())
}

/// The account on the other side.
async fn with(scope: &mut Scope, way: Way) -> Outcome<AccountId, Refusal> {
    let account = match way {
        Way::Association => store::account::fund(scope, Fund::Association).await?,
        Way::Solidarity => store::account::fund(scope, Fund::Solidarity).await?,
        Way::Member(to) => {
            let known = store::member::by_id(scope, to).await?;
            let here = known.filter(|known| known.left_at.is_none());
            if here.is_none() {
                return Err(Halt::Refused(Refusal::NoWay));
            }
            store::account::of_member(scope, to).await?
        }
    };
    Ok(account.id())
}

async fn settle(
    scope: &mut Scope,
    member: MemberId,
    with: AccountId,
    today: NaiveDate,
) -> Outcome<i64, Refusal> {
    let transfer = TransferId(fresh::id(scope.now));
    store::account::close(scope, member, transfer, with, LABEL, today)
        .await
        .map_err(|error| match error.constraint() {
            // What waits at home was taken back before.
            Some("nothing_waits") => Halt::Refused(Refusal::Waits),
            Some("accounts_exist") => Halt::Refused(Refusal::Changed),
            _ => Halt::Failed(error),
        })
}

/// Who left is a member again, with the number and the account they had. Commits.
pub async fn come_back(mut scope: Scope, member: MemberId) -> Outcome<Member, Refusal> {
    let may = |actor: &Actor| actor.may(Right::Members);
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let known = store::member::hold(&mut scope, member).await?;
    let known = known.ok_or(Halt::Refused(Refusal::NotAllowed))?;
    if known.left_at.is_none() {
        return Ok(known);
    }
    store::member::come_back(&mut scope, member).await?;
    store::account::open_own(&mut scope, member).await?;
    tell(&mut scope, "member_came_back", member.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(known)
}

#[cfg(test)]
#[path = "departure_tests.rs"]
mod tests;
