//! Movements that were decided for many at once.

use crate::{Page, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::batch::{Decided, Kind};
use sel::id::{AccountId, BatchId, MemberId, TransferId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Batch {
    batch_id: Uuid,
    kind: String,
    pub label: String,
    pub decider_first: String,
    pub decided_at: DateTime<Utc>,
    pub reversed_at: Option<DateTime<Utc>>,
    pub reversal: Option<String>,
    pub count: i64,
    /// Minor units.
    pub total: i64,
    /// Transfers that still stand.
    pub standing: i64,
}

impl Batch {
    pub fn id(&self) -> BatchId {
        BatchId(self.batch_id)
    }

    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(&self.kind)
    }
}

const SELECT: &str = "select b.batch_id, b.kind, b.label, m.first_name as decider_first, \
    b.decided_at, b.reversed_at, b.reversal, moved.count, moved.total, moved.standing \
    from batch b \
    join member m on m.association_id = b.association_id and m.member_id = b.decided_by \
    cross join lateral (select count(*) as count, coalesce(sum(t.amount), 0)::bigint as total, \
        count(*) filter (where not exists (select from transfer r \
            where r.association_id = t.association_id and r.reverses = t.transfer_id)) \
            as standing \
        from transfer t where t.association_id = b.association_id \
            and t.batch_id = b.batch_id) moved";

/// Posts what was decided, with the account `with` on the other side; one transfer id a share. The
/// same id again changes nothing and answers false.
pub async fn post(
    scope: &mut Scope,
    id: BatchId,
    decided: &Decided,
    with: AccountId,
    transfers: &[TransferId],
    today: NaiveDate,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let ids: Vec<Uuid> = transfers.iter().map(|id| id.0).collect();
    let members: Vec<Uuid> = decided.shares.iter().map(|(id, _)| id.0).collect();
    let amounts: Vec<i64> = decided.shares.iter().map(|(_, amount)| *amount).collect();
    let (new,): (bool,) =
        sqlx::query_as("select post_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
            .bind(id.0)
            .bind(decided.kind.as_str())
            .bind(&decided.label)
            .bind(today)
            .bind(with.0)
            .bind(decided.receives)
            .bind(ids)
            .bind(members)
            .bind(amounts)
            .bind(now)
            .bind(by)
            .fetch_one(scope.connection())
            .await?;
    Ok(new)
}

/// Undoes what of a batch still stands, but for transfers of accounts that are closed. Answers how
/// many it undid.
pub async fn reverse(
    scope: &mut Scope,
    id: BatchId,
    (label, reason): (&str, &str),
    today: NaiveDate,
) -> Result<i32> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (undone,): (i32,) = sqlx::query_as("select reverse_batch($1, $2, $3, $4, $5, $6)")
        .bind(id.0)
        .bind(label)
        .bind(reason)
        .bind(today)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(undone)
}

pub async fn by_id(scope: &mut Scope, id: BatchId) -> Result<Option<Batch>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where b.association_id = $1 and b.batch_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// The newest first.
pub async fn list(scope: &mut Scope, offset: i64, limit: usize) -> Result<Page<Batch>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where b.association_id = $1 order by b.decided_at desc limit $2 offset $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// A transfer of a batch: who gave, who received; nobody for the SEL itself.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    pub payer_number: Option<i32>,
    pub payer_first: Option<String>,
    pub payee_number: Option<i32>,
    pub payee_first: Option<String>,
    /// Minor units.
    pub amount: i64,
}

pub async fn lines(scope: &mut Scope, id: BatchId, limit: usize) -> Result<Vec<Line>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select p.number as payer_number, p.first_name as payer_first, \
         q.number as payee_number, q.first_name as payee_first, t.amount from transfer t \
         join account a on a.association_id = $1 and a.account_id = t.payer_account \
         join account b on b.association_id = $1 and b.account_id = t.payee_account \
         left join member p on p.association_id = $1 and p.member_id = a.member_id \
         left join member q on q.association_id = $1 and q.member_id = b.member_id \
         where t.association_id = $1 and t.batch_id = $2 \
         order by coalesce(p.number, q.number), q.number limit $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(scope.connection())
    .await?)
}

/// What this member gave (negative) or received in a batch, in minor units.
pub async fn share_of(scope: &mut Scope, id: BatchId, member: MemberId) -> Result<i64> {
    let here = scope.here();
    let (sum,): (i64,) = sqlx::query_as(
        "select coalesce(sum(case when t.payer_account = h.account_id then -t.amount \
             else t.amount end), 0)::bigint \
         from holding h join transfer t on t.association_id = $1 and t.batch_id = $2 \
             and h.account_id in (t.payer_account, t.payee_account) \
         where h.association_id = $1 and h.member_id = $3 and h.until is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .fetch_one(scope.connection())
    .await?;
    Ok(sum)
}

/// A member gives to the account of mutual help. The same id again answers false. Answers the
/// constraint `payer_within_floor` where the SEL does not go beyond it.
pub async fn give(
    scope: &mut Scope,
    id: TransferId,
    member: MemberId,
    amount: i64,
    label: &str,
    today: NaiveDate,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (new,): (bool,) = sqlx::query_as("select give_to_solidarity($1, $2, $3, $4, $5, $6, $7)")
        .bind(id.0)
        .bind(member.0)
        .bind(amount)
        .bind(label)
        .bind(today)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(new)
}

/// What was given under this id: how much, in minor units, and the label.
pub async fn given(scope: &mut Scope, id: TransferId) -> Result<Option<(i64, String)>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select amount, label from transfer where association_id = $1 and transfer_id = $2 \
         and kind = 'gift'",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?)
}

/// The members whose accounts a batch moved.
pub async fn members(scope: &mut Scope, id: BatchId) -> Result<Vec<MemberId>> {
    let here = scope.here();
    let rows: Vec<(Uuid,)> = sqlx::query_as(
        "select distinct h.member_id from transfer t \
         join holding h on h.association_id = $1 and h.until is null \
             and h.account_id in (t.payer_account, t.payee_account) \
         where t.association_id = $1 and t.batch_id = $2 limit 5000",
    )
    .bind(here)
    .bind(id.0)
    .fetch_all(scope.connection())
    .await?;
    Ok(rows.into_iter().map(|(id,)| MemberId(id)).collect())
}
