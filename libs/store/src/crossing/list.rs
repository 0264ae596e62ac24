//! Crossings that wait for somebody.

use super::{Crossing, OPEN, SELECT};
use crate::{Page, Result, Scope};
use sel::id::MemberId;
use sqlx::AssertSqlSafe;

/// What waits, on either side, for this member's exchanges with others; the oldest first.
pub async fn pending_of(
    scope: &mut Scope,
    member: MemberId,
    limit: usize,
) -> Result<Page<Crossing>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and c.member_id = $2 and {OPEN} \
         order by c.proposed_at limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What waits for this member's word; the oldest first.
pub async fn to_answer(
    scope: &mut Scope,
    member: MemberId,
    limit: usize,
) -> Result<Page<Crossing>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and c.member_id = $2 and {OPEN} \
         and c.answered_here order by c.proposed_at limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What waits for the word of a member who has no e-mail: someone in charge answers for them.
pub async fn to_answer_for_others(scope: &mut Scope, limit: usize) -> Result<Page<Crossing>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and {OPEN} and c.answered_here and m.email is null \
         order by c.proposed_at limit $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// Those that were written here and that nobody answered in time, or nobody can any more.
pub async fn overdue(scope: &mut Scope, limit: i64) -> Result<Vec<Crossing>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and {OPEN} and c.proposed_here \
         and (c.expires_at <= $2 or a.ended_at is not null) order by c.expires_at limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(limit)
        .fetch_all(scope.connection())
        .await?)
}
