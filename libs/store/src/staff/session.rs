//! Who is at the console.

use super::Staff;
use crate::{Console, Result};
use chrono::{DateTime, Utc};
use sel::id::StaffId;

/// Starts a session; the hash is the SHA-256 of its secret. The database refuses that of somebody
/// who has no second proof.
pub async fn start(
    console: &mut Console,
    id: StaffId,
    hash: &[u8],
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let now = console.now;
    sqlx::query(
        "insert into staff_session (session_hash, staff_id, started_at, seen_at, expires_at) \
         values ($1, $2, $3, $3, $4)",
    )
    .bind(hash)
    .bind(id.0)
    .bind(now)
    .bind(expires_at)
    .execute(console.connection())
    .await?;
    Ok(())
}

/// Whose session this is, if it goes on and was in use since then; notes that it is.
pub async fn see(
    console: &mut Console,
    hash: &[u8],
    idle_since: DateTime<Utc>,
) -> Result<Option<Staff>> {
    let now = console.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "with it as (update staff_session set seen_at = $2 \
             where session_hash = $1 and expires_at > $2 and seen_at > $3 returning staff_id) \
         select {} from it join staff s using (staff_id)",
        super::COLUMNS
    ));
    Ok(sqlx::query_as(statement)
        .bind(hash)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(console.connection())
        .await?)
}

/// Ends a session; ending it twice is no harm.
pub async fn end(console: &mut Console, hash: &[u8]) -> Result<()> {
    sqlx::query("delete from staff_session where session_hash = $1")
        .bind(hash)
        .execute(console.connection())
        .await?;
    Ok(())
}

/// Ends all sessions of somebody.
pub async fn end_all(console: &mut Console, id: StaffId) -> Result<()> {
    sqlx::query("delete from staff_session where staff_id = $1")
        .bind(id.0)
        .execute(console.connection())
        .await?;
    Ok(())
}

/// Whether a session of somebody goes on: for what must not outlive it.
pub async fn goes_on(console: &mut Console, id: StaffId, hash: &[u8]) -> Result<bool> {
    let now = console.now;
    let (goes_on,): (bool,) = sqlx::query_as(
        "select exists (select from staff_session \
         where session_hash = $1 and staff_id = $2 and expires_at > $3)",
    )
    .bind(hash)
    .bind(id.0)
    .bind(now)
    .fetch_one(console.connection())
    .await?;
    Ok(goes_on)
}
