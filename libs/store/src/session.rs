//! Who is logged in. Postgres keeps the sessions: a restart, or a lost cache, logs nobody out.

use crate::{Door, Result, Worker};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, IdentityId, MemberId, SessionId};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

/// What the database keeps of a session's secret: its SHA-256.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A session to be.
#[derive(Clone, Debug)]
pub struct Started<'a> {
    /// The SHA-256 of the cookie's secret.
    pub hash: &'a [u8],
    pub association_id: AssociationId,
    pub member_id: MemberId,
    pub identity_id: IdentityId,
    pub expires_at: DateTime<Utc>,
    /// When they last proved who they are.
    pub proved_at: DateTime<Utc>,
    /// What the browser says it is, if it does: 60 letters at the most.
    pub device: Option<&'a str>,
    /// Whether it opens this SEL alone.
    pub alone: bool,
}

/// Starts a session.
pub async fn start(door: &mut Door, it: &Started<'_>) -> Result<()> {
    let now = door.now;
    sqlx::query(
        "insert into session (session_hash, association_id, member_id, identity_id, started_at, \
         expires_at, device, proved_at, alone) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(it.hash)
    .bind(it.association_id.0)
    .bind(it.member_id.0)
    .bind(it.identity_id.0)
    .bind(now)
    .bind(it.expires_at)
    .bind(it.device)
    .bind(it.proved_at)
    .bind(it.alone)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// Where somebody is logged in.
#[derive(Clone, Debug, FromRow)]
pub struct Device {
    session_id: Uuid,
    /// The name of the SEL.
    pub association_name: String,
    pub device: Option<String>,
    pub started_at: DateTime<Utc>,
    /// Noted once an hour.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the session that asks.
    pub is_here: bool,
}

impl Device {
    pub fn session_id(&self) -> SessionId {
        SessionId(self.session_id)
    }
}

/// Whether the session of the hash $2 hears of a session `s`: one that opens its SEL alone, of
/// those there.
const SEEN: &str = "not exists (select from session own where own.session_hash = $2 and own.alone \
    and own.association_id <> s.association_id)";

/// The sessions of a login that go on, in all SELs, that of this hash first and then the last that
/// was seen; fifty at the most. One that opens its SEL alone sees those of this SEL.
pub async fn live(door: &mut Door, identity: IdentityId, here: &[u8]) -> Result<Vec<Device>> {
    let now = door.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "select s.session_id, a.name as association_name, s.device, s.started_at, \
             coalesce(s.seen_at, s.started_at) as seen_at, s.session_hash = $2 as is_here \
         from session s join association a on a.association_id = s.association_id \
         where s.identity_id = $1 and s.ended_at is null and s.expires_at > $3 \
         and {SEEN} order by is_here desc, seen_at desc, s.session_id limit 50"
    ));
    Ok(sqlx::query_as(statement)
        .bind(identity.0)
        .bind(here)
        .bind(now)
        .fetch_all(door.connection())
        .await?)
}

/// Notes that a session is in use.
pub async fn see(door: &mut Door, hash: &[u8]) -> Result<()> {
    let now = door.now;
    sqlx::query("update session set seen_at = $2 where session_hash = $1 and ended_at is null")
        .bind(hash)
        .bind(now)
        .execute(door.connection())
        .await?;
    Ok(())
}

/// Ends one session of a login, where that of this hash sees it; ending it twice is no harm.
/// Answers whether there is one.
pub async fn end_one(
    door: &mut Door,
    identity: IdentityId,
    (id, here): (SessionId, &[u8]),
) -> Result<bool> {
    let now = door.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "update session s set ended_at = coalesce(s.ended_at, $3) \
         where s.identity_id = $1 and s.session_id = $4 and {SEEN}"
    ));
    let done = sqlx::query(statement)
        .bind(identity.0)
        .bind(here)
        .bind(now)
        .bind(id.0)
        .execute(door.connection())
        .await?;
    Ok(done.rows_affected() == 1)
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

/// Ends the sessions of a login that this one sees, or `all`, but itself. Answers how many.
pub async fn end_others(
    door: &mut Door,
    identity: IdentityId,
    (here, all): (&[u8], bool),
) -> Result<u64> {
    let now = door.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "update session s set ended_at = $3 where s.identity_id = $1 and s.session_hash <> $2 \
         and s.ended_at is null and s.expires_at > $3 and ($4 or {SEEN})"
    ));
    let done = sqlx::query(statement)
        .bind(identity.0)
        .bind(here)
        .bind(now)
        .bind(all)
        .execute(door.connection())
        .await?;
    Ok(done.rows_affected())
}

/// Ends all sessions of a login in one SEL, or in all.
pub async fn end_all(
    door: &mut Door,
    identity: IdentityId,
    association: Option<AssociationId>,
) -> Result<()> {
    let now = door.now;
    sqlx::query(
        "update session set ended_at = $3 where identity_id = $1 \
         and ($2::uuid is null or association_id = $2) and ended_at is null",
    )
    .bind(identity.0)
    .bind(association.map(|it| it.0))
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// Ends all sessions in one SEL.
pub async fn end_in(door: &mut Door, association: AssociationId) -> Result<()> {
    let now = door.now;
    sqlx::query("update session set ended_at = $2 where association_id = $1 and ended_at is null")
        .bind(association.0)
        .bind(now)
        .execute(door.connection())
        .await?;
    Ok(())
}

/// When they who have a session that goes on last proved who they are.
pub async fn proved_at(door: &mut Door, hash: &[u8]) -> Result<Option<DateTime<Utc>>> {
    let now = door.now;
    let proved: Option<(DateTime<Utc>,)> = sqlx::query_as(
        "select coalesce(proved_at, started_at) from session \
         where session_hash = $1 and ended_at is null and expires_at > $2",
    )
    .bind(hash)
    .bind(now)
    .fetch_optional(door.connection())
    .await?;
    Ok(proved.map(|(at,)| at))
}

/// Whether a session opens its SEL alone; one that is not there opens nothing else, either.
pub async fn is_alone(door: &mut Door, hash: &[u8]) -> Result<bool> {
    let alone: Option<(bool,)> =
        sqlx::query_as("select alone from session where session_hash = $1")
            .bind(hash)
            .fetch_optional(door.connection())
            .await?;
    Ok(alone.is_none_or(|(alone,)| alone))
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
