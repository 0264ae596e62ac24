//! Crossings that wait for somebody.

use super::{COLUMNS, Crossing, OPEN, TABLES, THEIR_UNIT};
use crate::{Page, Result, Scope};
use sel::id::MemberId;
use sqlx::AssertSqlSafe;

/// Those that wait, as far as `condition` says so too, of this member or of all; the oldest first.
async fn waiting(
    scope: &mut Scope,
    condition: &str,
    member: Option<MemberId>,
    limit: usize,
) -> Result<Page<Crossing>> {
    let here = scope.here();
    let whose = if member.is_some() {
        "c.member_id = $2"
    } else {
        "$2::uuid is null"
    };
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT} {TABLES} where c.association_id = $1 and {whose} \
         and {OPEN} and {condition} order by c.proposed_at limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.map(|id| id.0))
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What waits, on either side, for this member's exchanges with others.
pub async fn pending_of(
    scope: &mut Scope,
    member: MemberId,
    limit: usize,
) -> Result<Page<Crossing>> {
    waiting(scope, "true", Some(member), limit).await
}

/// What waits for this member's word.
pub async fn to_answer(
    scope: &mut Scope,
    member: MemberId,
    limit: usize,
) -> Result<Page<Crossing>> {
    waiting(scope, "c.answered_here", Some(member), limit).await
}

/// What waits for the word of a member who has no e-mail: someone in charge answers for them.
pub async fn to_answer_for_others(scope: &mut Scope, limit: usize) -> Result<Page<Crossing>> {
    waiting(scope, "c.answered_here and m.email is null", None, limit).await
}

/// Those that were written here and that nobody answered in time, or nobody can any more.
pub async fn overdue(scope: &mut Scope, limit: i64) -> Result<Vec<Crossing>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT} {TABLES} where c.association_id = $1 and {OPEN} \
         and c.proposed_here and (c.expires_at <= $2 or a.ended_at is not null) \
         order by c.expires_at limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(limit)
        .fetch_all(scope.connection())
        .await?)
}
