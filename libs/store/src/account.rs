//! Where units are counted.

use crate::{Error, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::id::{AccountId, MemberId, OverrideId, TransferId};
use sel::limit::{Own, Standing};
use sqlx::FromRow;
use uuid::Uuid;

mod household;

pub use household::{share, sharers};

#[derive(Clone, Debug, FromRow)]
pub struct Account {
    account_id: Uuid,
    member_id: Option<Uuid>,
    pub balance: i64,
    pub held_out: i64,
    pub held_in: i64,
    pub transfer_count: i64,
    own_floor: Option<i64>,
    own_ceiling: Option<i64>,
    has_own_limits: bool,
}

impl Account {
    pub fn id(&self) -> AccountId {
        AccountId(self.account_id)
    }

    /// Whose it is, whoever shares it.
    pub fn is_of(&self, member: MemberId) -> bool {
        self.member_id == Some(member.0)
    }

    pub fn standing(&self) -> Standing {
        Standing {
            balance: self.balance,
            held_out: self.held_out,
            held_in: self.held_in,
            own: self.has_own_limits.then_some(Own {
                floor: self.own_floor,
                ceiling: self.own_ceiling,
            }),
        }
    }
}

pub(crate) async fn open(scope: &mut Scope, id: AccountId, member: MemberId) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into account (association_id, account_id, kind, member_id, opened_at) \
         values ($1, $2, 'member', $3, $4)",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// The same for many at once: each an account and its member.
pub(crate) async fn open_all(scope: &mut Scope, all: &[(AccountId, MemberId)]) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into account (association_id, account_id, kind, member_id, opened_at) \
         select $1, it.id, 'member', it.member, $4 \
         from unnest($2::uuid[], $3::uuid[]) as it (id, member)",
    )
    .bind(here)
    .bind(all.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, member)| member.0).collect::<Vec<_>>())
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// The account that a member's exchanges go to.
pub async fn of_member(scope: &mut Scope, member: MemberId) -> Result<Account> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query_as(
        "select a.account_id, a.member_id, a.balance, a.held_out, a.held_in, a.transfer_count, \
         a.own_floor, a.own_ceiling, \
         coalesce(a.own_limits_until >= $3::date, false) as has_own_limits \
         from holding h \
         join account a on a.association_id = h.association_id and a.account_id = h.account_id \
         where h.association_id = $1 and h.member_id = $2 and h.until is null",
    )
    .bind(here)
    .bind(member.0)
    .bind(now)
    .fetch_optional(scope.connection())
    .await?
    .ok_or(Error::Contradiction("a member has no account"))
}

/// Whether units have moved or wait in any account, or stand in a notice: what an hour is worth is
/// settled then.
pub async fn is_any_used(scope: &mut Scope) -> Result<bool> {
    let here = scope.here();
    let (is_used,): (bool,) = sqlx::query_as(
        "select exists (select from account \
             where association_id = $1 and (transfer_count > 0 or held_in > 0)) \
         or exists (select from notice where association_id = $1 and units is not null)",
    )
    .bind(here)
    .fetch_one(scope.connection())
    .await?;
    Ok(is_used)
}

/// The balances of these members, for a page of the directory.
pub async fn balances(scope: &mut Scope, members: &[MemberId]) -> Result<Vec<(MemberId, i64)>> {
    let here = scope.here();
    let ids: Vec<Uuid> = members.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "select h.member_id, a.balance from holding h \
         join account a on a.association_id = h.association_id and a.account_id = h.account_id \
         where h.association_id = $1 and h.member_id = any ($2) and h.until is null",
    )
    .bind(here)
    .bind(&ids)
    .fetch_all(scope.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, balance)| (MemberId(id), balance))
        .collect())
}

/// An account of the SEL's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fund {
    Association,
    Solidarity,
}

impl Fund {
    pub fn as_str(self) -> &'static str {
        match self {
            Fund::Association => "association",
            Fund::Solidarity => "solidarity",
        }
    }
}

pub async fn fund(scope: &mut Scope, which: Fund) -> Result<Account> {
    let here = scope.here();
    sqlx::query_as(
        "select account_id, member_id, balance, held_out, held_in, transfer_count, own_floor, \
         own_ceiling, \
         false as has_own_limits from account where association_id = $1 and sole = $2",
    )
    .bind(here)
    .bind(which.as_str())
    .fetch_optional(scope.connection())
    .await?
    .ok_or(Error::Contradiction("a SEL has no account of its own"))
}

/// Brings the account of a member who leaves to zero and closes it; what is left goes to `with`, or
/// comes from it. Answers what moved, from the member's side. Answers the constraint
/// `nothing_waits` where something of theirs waits for an answer.
pub async fn close(
    scope: &mut Scope,
    member: MemberId,
    transfer: TransferId,
    with: AccountId,
    label: &str,
    today: NaiveDate,
) -> Result<i64> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (moved,): (Option<i64>,) =
        sqlx::query_as("select close_account($1, $2, $3, $4, $5, $6, $7)")
            .bind(member.0)
            .bind(transfer.0)
            .bind(with.0)
            .bind(label)
            .bind(today)
            .bind(now)
            .bind(by)
            .fetch_one(scope.connection())
            .await?;
    Ok(moved.unwrap_or(0))
}

/// Locks all that leaving touches, in the order in which all others lock.
pub async fn lock_for_departure(
    scope: &mut Scope,
    member: MemberId,
    with: AccountId,
) -> Result<()> {
    sqlx::query("select lock_for_departure($1, $2)")
        .bind(member.0)
        .bind(with.0)
        .execute(scope.connection())
        .await?;
    Ok(())
}

/// A member holds the account that is their own, and it is open: who left comes back to it, and who
/// shared another's begins there at zero.
pub async fn open_own(scope: &mut Scope, member: MemberId) -> Result<()> {
    let now = scope.now;
    sqlx::query("select open_own_account($1, $2)")
        .bind(member.0)
        .bind(now)
        .execute(scope.connection())
        .await?;
    Ok(())
}

/// Gives an account limits of its own until a day, and writes down why; without a day it takes them
/// back.
pub async fn limit(
    scope: &mut Scope,
    id: OverrideId,
    account: AccountId,
    own: Own,
    reason: &str,
    until: Option<NaiveDate>,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    sqlx::query(
        "with told as (insert into limit_override (association_id, override_id, account_id, \
             floor, ceiling, reason, until, decided_by, decided_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing \
             returning account_id) \
         update account a set own_floor = $4, own_ceiling = $5, own_limits_until = $7 \
         from told where a.association_id = $1 and a.account_id = told.account_id",
    )
    .bind(here)
    .bind(id.0)
    .bind(account.0)
    .bind(own.floor)
    .bind(own.ceiling)
    .bind(reason)
    .bind(until)
    .bind(by)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// What was decided about the limits of an account.
#[derive(Clone, Debug, FromRow)]
pub struct Override {
    pub floor: Option<i64>,
    pub ceiling: Option<i64>,
    pub reason: String,
    pub until: Option<NaiveDate>,
    pub decider_first: String,
    pub decided_at: DateTime<Utc>,
}

/// The decisions about the limits of an account, the newest first.
pub async fn overrides(scope: &mut Scope, account: AccountId, limit: i64) -> Result<Vec<Override>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select o.floor, o.ceiling, o.reason, o.until, m.first_name as decider_first, \
         o.decided_at from limit_override o \
         join member m on m.association_id = $1 and m.member_id = o.decided_by \
         where o.association_id = $1 and o.account_id = $2 order by o.decided_at desc limit $3",
    )
    .bind(here)
    .bind(account.0)
    .bind(limit)
    .fetch_all(scope.connection())
    .await?)
}
