//! Crossings that wait for somebody, and those of a month.

use super::{COLUMNS, Crossing, OPEN, TABLES, THEIR_UNIT};
use crate::exchange::State;
use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::MemberId;
use sqlx::{AssertSqlSafe, FromRow};

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

/// A crossing, with who wrote it where that was somebody of ours.
#[derive(Clone, Debug, FromRow)]
pub struct Reviewed {
    #[sqlx(flatten)]
    pub crossing: Crossing,
    writer_number: Option<i32>,
    writer_first: Option<String>,
}

impl Reviewed {
    /// Number and first name.
    pub fn writer(&self) -> Option<(i32, &str)> {
        self.writer_number.zip(self.writer_first.as_deref())
    }
}

/// Those that were written down from one moment on and before another, the newest first.
pub async fn review(
    scope: &mut Scope,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    state: State,
    limit: usize,
) -> Result<Page<Reviewed>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT}, w.number as writer_number, \
             w.first_name as writer_first {TABLES} \
         left join member w on w.association_id = c.association_id \
              and w.member_id = c.proposed_by \
         where c.association_id = $1 and c.proposed_at >= $2 and c.proposed_at < $3 and {} \
         order by c.proposed_at desc, c.crossing_id limit $4",
        state.condition("c")
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(from)
        .bind(until)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}
