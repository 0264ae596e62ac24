//! Who is logged in. Postgres keeps the sessions: a restart, or a lost cache, logs nobody out.

use crate::{Door, Result, Worker};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, IdentityId, MemberId};
use sha2::{Digest, Sha256};

/// What the database keeps of a session's secret: its SHA-256.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Starts a session of this member. `hash` is the SHA-256 of the cookie's secret.
pub async fn start(
    door: &mut Door,
    hash: &[u8],
    association: AssociationId,
    member: MemberId,
    identity: IdentityId,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let now = door.now;
    sqlx::query(
        "insert into session (session_hash, association_id, member_id, identity_id, started_at, \
         expires_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(hash)
    .bind(association.0)
    .bind(member.0)
    .bind(identity.0)
    .bind(now)
    .bind(expires_at)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// Ends a session; ending it twice is no harm.
pub async fn end(door: &mut Door, hash: &[u8]) -> Result<()> {
    let now = door.now;
    sqlx::query("update session set ended_at = $2 where session_hash = $1 and ended_at is null")
        .bind(hash)
        .bind(now)
        .execute(door.connection())
        .await?;
    Ok(())
}

/// Ends all sessions of a login but this one: what follows a change of password.
pub async fn end_others(door: &mut Door, identity: IdentityId, kept: &[u8]) -> Result<u64> {
    let now = door.now;
    let done = sqlx::query(
        "update session set ended_at = $3 \
         where identity_id = $1 and session_hash <> $2 and ended_at is null",
    )
    .bind(identity.0)
    .bind(kept)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected())
}

/// How many sessions are kept, over or not.
pub async fn count(worker: &mut Worker) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as("select count(session_hash) from session")
        .fetch_one(worker.connection())
        .await?;
    Ok(count)
}

/// Forgets sessions that ended or expired before then, at most `limit`. Answers how many.
pub async fn forget_old(worker: &mut Worker, before: DateTime<Utc>, limit: i64) -> Result<u64> {
    let done = sqlx::query(
        "delete from session where session_hash in ( \
             (select session_hash from session where expires_at < $1 limit $2) union all \
             (select session_hash from session where ended_at < $1 limit $2))",
    )
    .bind(before)
    .bind(limit)
    .execute(worker.connection())
    .await?;
    Ok(done.rows_affected())
}
