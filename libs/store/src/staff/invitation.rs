//! Links by which somebody makes their access to the console, or makes it anew.

use crate::{Console, Result};
use chrono::{DateTime, Utc};
use sel::id::StaffId;
use sqlx::FromRow;
use uuid::Uuid;

/// A link to begin with, in place of one that was under way: the SHA-256 of what it says, and what
/// they are called from then on.
pub async fn write(
    console: &mut Console,
    id: StaffId,
    (hash, name): (&[u8], &str),
    expires_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query(
        "insert into staff_invitation (staff_id, invitation_hash, name, expires_at) \
         values ($1, $2, $3, $4) on conflict (staff_id) do update set \
         invitation_hash = excluded.invitation_hash, name = excluded.name, \
         expires_at = excluded.expires_at",
    )
    .bind(id.0)
    .bind(hash)
    .bind(name)
    .bind(expires_at)
    .execute(console.connection())
    .await?;
    Ok(())
}

/// A link that still opens.
#[derive(Clone, Debug, FromRow)]
pub struct Invitation {
    staff_id: Uuid,
    pub name: String,
    pub email: String,
    /// Whether they can come in as it is.
    pub is_ready: bool,
}

impl Invitation {
    pub fn staff_id(&self) -> StaffId {
        StaffId(self.staff_id)
    }
}

/// The link that says what has this SHA-256, if it opens.
pub async fn by_hash(console: &mut Console, hash: &[u8]) -> Result<Option<Invitation>> {
    let now = console.now;
    Ok(sqlx::query_as(
        "select s.staff_id, i.name, s.email, s.is_ready from staff_invitation i \
         join staff s using (staff_id) \
         where i.invitation_hash = $1 and i.expires_at > $2 and s.left_at is null",
    )
    .bind(hash)
    .bind(now)
    .fetch_optional(console.connection())
    .await?)
}

/// Uses a link up. Answers whether it was one: of two at once, one uses it.
pub async fn spend(console: &mut Console, hash: &[u8]) -> Result<bool> {
    let done = sqlx::query("delete from staff_invitation where invitation_hash = $1")
        .bind(hash)
        .execute(console.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}
