//! Those who run the platform, and what opens the console to them.

pub mod act;
pub mod invitation;
pub mod passkey;
pub mod session;

use crate::{Console, Page, Result};
use chrono::{DateTime, Utc};
use sel::id::StaffId;
use sel::staff::Invited;
use sqlx::FromRow;
use uuid::Uuid;

/// What the secrets of second proofs are sealed for.
pub const PURPOSE: &str = "staff";

/// Somebody who runs the platform.
#[derive(Clone, Debug, FromRow)]
pub struct Staff {
    staff_id: Uuid,
    pub name: String,
    /// In small letters.
    pub email: String,
    /// Since when both their proofs are in force.
    pub second_since: Option<DateTime<Utc>>,
    /// When a link to begin with runs out, where one is under way.
    pub invited_until: Option<DateTime<Utc>>,
    /// How many spare codes are left.
    pub spare: i64,
}

impl Staff {
    pub fn id(&self) -> StaffId {
        StaffId(self.staff_id)
    }
}

const COLUMNS: &str = "s.staff_id, s.name, s.email, s.second_since, \
    (select i.expires_at from staff_invitation i where i.staff_id = s.staff_id) as invited_until, \
    (select count(*) from staff_spare_code c where c.staff_id = s.staff_id and c.used_at is null) \
        as spare";

/// Those who have not left, by name.
pub async fn list(console: &mut Console, offset: i64, limit: usize) -> Result<Page<Staff>> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from staff s where s.left_at is null \
         order by s.name, s.staff_id limit $1 offset $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(console.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// Somebody who has not left.
pub async fn by_id(console: &mut Console, id: StaffId) -> Result<Option<Staff>> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from staff s where s.staff_id = $1 and s.left_at is null"
    ));
    Ok(sqlx::query_as(statement)
        .bind(id.0)
        .fetch_optional(console.connection())
        .await?)
}

/// Who has this address, in small letters, or had it before they left.
pub async fn at(console: &mut Console, email: &str) -> Result<Option<StaffId>> {
    let found: Option<(Uuid,)> = sqlx::query_as("select staff_id from staff where email = $1")
        .bind(email)
        .fetch_optional(console.connection())
        .await?;
    Ok(found.map(|(id,)| StaffId(id)))
}

/// Whether somebody can come in.
pub async fn any_ready(console: &mut Console) -> Result<bool> {
    let (ready,): (bool,) = sqlx::query_as("select exists (select from staff where is_ready)")
        .fetch_one(console.connection())
        .await?;
    Ok(ready)
}

/// Keeps whom one invites. Who has this address already keeps their name until they open the link;
/// who left has the new one. Answers who it is, and whether they can come in.
pub async fn invite(
    console: &mut Console,
    id: StaffId,
    invited: &Invited,
) -> Result<(StaffId, bool)> {
    let (id, is_ready): (Uuid, bool) = sqlx::query_as(
        "insert into staff as s (staff_id, email, name) values ($1, $2, $3) \
         on conflict on constraint one_staff_an_address do update set \
         name = case when s.left_at is null then s.name else $3 end, left_at = null \
         returning staff_id, is_ready",
    )
    .bind(id.0)
    .bind(&invited.email)
    .bind(&invited.name)
    .fetch_one(console.connection())
    .await?;
    Ok((StaffId(id), is_ready))
}

/// Holds these until the transaction ends, whatever else is done with their access; always in the
/// same order. What lets somebody in, or ends what does, holds them first.
pub async fn hold(console: &mut Console, ids: &[StaffId]) -> Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query(
        "select staff_id from staff where staff_id = any ($1) order by staff_id for update",
    )
    .bind(&ids)
    .execute(console.connection())
    .await?;
    Ok(())
}

/// Both proofs of a login, to be, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Proven<'a> {
    pub name: &'a str,
    pub password_hash: &'a str,
    pub second_sealed: &'a [u8],
    /// The step of the first code, which is taken.
    pub second_step: i64,
    /// The SHA-256 of each spare code.
    pub spare: &'a [Vec<u8>],
}

/// Puts both proofs into force, in place of what was; sessions and keys of devices end. They are
/// held.
pub async fn begin(console: &mut Console, id: StaffId, proven: Proven<'_>) -> Result<()> {
    let now = console.now;
    session::end_all(console, id).await?;
    passkey::remove_all(console, id).await?;
    sqlx::query(
        "update staff set password_hash = $2, second_sealed = $3, second_step = $4, \
         second_since = $5, name = $6 where staff_id = $1",
    )
    .bind(id.0)
    .bind(proven.password_hash)
    .bind(proven.second_sealed)
    .bind(proven.second_step)
    .bind(now)
    .bind(proven.name)
    .execute(console.connection())
    .await?;
    void_spares(console, id).await?;
    sqlx::query(
        "insert into staff_spare_code (staff_id, code_hash) \
         select $1, hash from unnest($2::bytea[]) as it (hash)",
    )
    .bind(id.0)
    .bind(proven.spare)
    .execute(console.connection())
    .await?;
    Ok(())
}

/// What somebody who comes must prove.
#[derive(Clone, Debug, FromRow)]
pub struct Proofs {
    staff_id: Uuid,
    pub password_hash: String,
    pub second_sealed: Vec<u8>,
}

impl Proofs {
    pub fn staff_id(&self) -> StaffId {
        StaffId(self.staff_id)
    }
}

/// The proofs of whoever may come in with this address, in small letters.
pub async fn proofs_at(console: &mut Console, email: &str) -> Result<Option<Proofs>> {
    Ok(sqlx::query_as(
        "select staff_id, password_hash, second_sealed from staff where email = $1 and is_ready",
    )
    .bind(email)
    .fetch_optional(console.connection())
    .await?)
}

/// The proofs of somebody who may come in, held until the transaction ends.
pub async fn hold_proofs(console: &mut Console, id: StaffId) -> Result<Option<Proofs>> {
    Ok(sqlx::query_as(
        "select staff_id, password_hash, second_sealed from staff \
         where staff_id = $1 and is_ready for no key update",
    )
    .bind(id.0)
    .fetch_optional(console.connection())
    .await?)
}

/// Takes a code of this step, if no later one was taken.
pub async fn take(console: &mut Console, id: StaffId, step: i64) -> Result<bool> {
    let done = sqlx::query(
        "update staff set second_step = $2 where staff_id = $1 \
         and (second_step is null or second_step < $2)",
    )
    .bind(id.0)
    .bind(step)
    .execute(console.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses a spare code up. Answers whether it was one.
pub async fn spend(console: &mut Console, id: StaffId, hash: &[u8]) -> Result<bool> {
    let now = console.now;
    let done = sqlx::query(
        "update staff_spare_code set used_at = $3 \
         where staff_id = $1 and code_hash = $2 and used_at is null",
    )
    .bind(id.0)
    .bind(hash)
    .bind(now)
    .execute(console.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets somebody in no more, who is held: their sessions, proofs, keys and links end. Answers
/// whether they could.
pub async fn end(console: &mut Console, id: StaffId) -> Result<bool> {
    let now = console.now;
    session::end_all(console, id).await?;
    passkey::remove_all(console, id).await?;
    void_spares(console, id).await?;
    sqlx::query("delete from staff_invitation where staff_id = $1")
        .bind(id.0)
        .execute(console.connection())
        .await?;
    let done = sqlx::query(
        "update staff set left_at = $2, password_hash = null, second_sealed = null, \
         second_since = null, second_step = null where staff_id = $1 and left_at is null",
    )
    .bind(id.0)
    .bind(now)
    .execute(console.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets the sessions and links that are over.
pub async fn forget_over(console: &mut Console, idle_since: DateTime<Utc>) -> Result<()> {
    let now = console.now;
    // What somebody else has in hand is forgotten another time.
    sqlx::query(
        "delete from staff_session where session_hash in (select session_hash \
         from staff_session where expires_at <= $1 or seen_at <= $2 for update skip locked)",
    )
    .bind(now)
    .bind(idle_since)
    .execute(console.connection())
    .await?;
    sqlx::query(
        "delete from staff_invitation where staff_id in (select staff_id \
         from staff_invitation where expires_at <= $1 for update skip locked)",
    )
    .bind(now)
    .execute(console.connection())
    .await?;
    Ok(())
}

async fn void_spares(console: &mut Console, id: StaffId) -> Result<()> {
    sqlx::query("delete from staff_spare_code where staff_id = $1")
        .bind(id.0)
        .execute(console.connection())
        .await?;
    Ok(())
}
