//! Exchanges that wait for somebody, or belong together.

use super::{COLUMNS, Exchange, OPEN, TABLES};
use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::{ExchangeId, MemberId, SheetId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What waits for this member's word, the oldest first.
pub async fn to_answer(
    scope: &mut Scope,
    member: MemberId,
    limit: usize,
) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and e.answer_by = $2 and {OPEN} \
         order by e.proposed_at limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// All that is pending for this member, on either side, the newest first.
pub async fn pending_of(
    scope: &mut Scope,
    member: MemberId,
    offset: i64,
    limit: usize,
) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and (e.payer_id = $2 or e.payee_id = $2) \
         and {OPEN} \
         order by e.proposed_at desc, e.exchange_id limit $3 offset $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// All of this member, on either side, however they ended: the newest first, those that follow this
/// one.
pub async fn of_member(
    scope: &mut Scope,
    member: MemberId,
    after: Option<(DateTime<Utc>, ExchangeId)>,
    limit: usize,
) -> Result<Page<Exchange>> {
    let here = scope.here();
    let further = if after.is_some() {
        " and (x.proposed_at, x.exchange_id) < ($4, $5)"
    } else {
        ""
    };
    // Each side has an index of its own: a page of each, then the newest of both.
    let side = |it: &str| {
        format!(
            "(select x.exchange_id, x.proposed_at from exchange x where x.association_id = $1 \
              and x.{it} = $2{further} order by x.proposed_at desc, x.exchange_id desc limit $3)"
        )
    };
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and e.exchange_id in \
             (select exchange_id from ({} union {}) as it \
              order by proposed_at desc, exchange_id desc limit $3) \
         and ($4::timestamptz is null or true) and ($5::uuid is null or true) \
         order by e.proposed_at desc, e.exchange_id desc",
        side("payer_id"),
        side("payee_id")
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(after.map(|(at, _)| at))
        .bind(after.map(|(_, id)| id.0))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What leads beyond a limit and waits for somebody in charge.
pub async fn to_approve(scope: &mut Scope, limit: usize) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and {OPEN} \
         and e.approval_asked_at is not null \
         order by e.approval_asked_at limit $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What waits for the word of a member who has no e-mail: someone in charge answers for them.
pub async fn to_answer_for_others(scope: &mut Scope, limit: usize) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} join member a on a.association_id = e.association_id \
         and a.member_id = e.answer_by \
         where e.association_id = $1 and {OPEN} and a.email is null \
         order by e.proposed_at limit $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// Those of these exchanges in which this member is one of the two, at most `limit`.
pub async fn of_these(
    scope: &mut Scope,
    ids: &[ExchangeId],
    member: MemberId,
    limit: usize,
) -> Result<Vec<Exchange>> {
    let here = scope.here();
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and e.exchange_id = any ($2) \
         and (e.payer_id = $3 or e.payee_id = $3) order by e.exchange_id limit $4"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(ids)
        .bind(member.0)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?)
}

/// The exchanges of a sheet, in the order in which they were typed.
pub async fn of_sheet(scope: &mut Scope, sheet: SheetId, limit: usize) -> Result<Vec<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} join sheet_line l on l.association_id = e.association_id \
         and l.line_id = e.exchange_id \
         where e.association_id = $1 and e.sheet_id = $2 \
         order by l.posted_at, l.place, l.line_id limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(sheet.0)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?)
}

/// Pending exchanges whose time is over, at most `limit`.
pub async fn overdue(scope: &mut Scope, limit: i64) -> Result<Vec<Exchange>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and {OPEN} and e.expires_at <= $2 \
         order by e.expires_at limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(limit)
        .fetch_all(scope.connection())
        .await?)
}
