//! Members who leave, and come back.

use super::{COLUMNS, Member, one};
use crate::{Page, Result, Scope};
use sel::id::MemberId;
use sqlx::AssertSqlSafe;

/// A member is no longer here, and holds no rights.
pub async fn leave(scope: &mut Scope, id: MemberId) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "update member set left_at = $3, rights = '{}' \
         where association_id = $1 and member_id = $2 and left_at is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    one(done.rows_affected())
}

/// A member is here again.
pub async fn come_back(scope: &mut Scope, id: MemberId) -> Result<()> {
    let here = scope.here();
    let done = sqlx::query(
        "update member m set left_at = null, identity_id = case when exists ( \
             select from member o where o.association_id = $1 and o.left_at is null \
             and o.identity_id = m.identity_id) then null else m.identity_id end \
         where m.association_id = $1 and m.member_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .execute(scope.connection())
    .await?;
    one(done.rows_affected())
}

/// Those who have left, the last first.
pub async fn gone(scope: &mut Scope, offset: i64, limit: usize) -> Result<Page<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.left_at is not null \
         order by m.left_at desc, m.number limit $2 offset $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}
