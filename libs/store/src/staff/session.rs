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

/// A session in use.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Session {
    #[sqlx(flatten)]
    pub staff: Staff,
    pub seen_at: DateTime<Utc>,
}

/// The session of this hash, if it goes on and was in use since then.
pub async fn by_hash(
    console: &mut Console,
    hash: &[u8],
    idle_since: DateTime<Utc>,
) -> Result<Option<Session>> {
    let now = console.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "select it.seen_at, {} from staff_session it join staff s using (staff_id) \
         where it.session_hash = $1 and it.expires_at > $2 and it.seen_at > $3",
        super::COLUMNS
    ));
    Ok(sqlx::query_as(statement)
        .bind(hash)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(console.connection())
        .await?)
}

/// Notes that a session is in use.
pub async fn note(console: &mut Console, hash: &[u8]) -> Result<()> {
    let now = console.now;
    sqlx::query("update staff_session set seen_at = $2 where session_hash = $1 and seen_at < $2")
        .bind(hash)
        .bind(now)
        .execute(console.connection())
        .await?;
    Ok(())
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
