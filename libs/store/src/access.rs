//! What members let programs do in their name.

use crate::member::{self, Present};
use crate::{Result, Scope};
use chrono::{DateTime, TimeDelta, Utc};
use sel::access::{Given, Permission};
use sel::id::{AccessId, IdentityId, MemberId};
use sqlx::FromRow;
use uuid::Uuid;

/// How often it is noted that an access is in use.
const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

#[derive(Clone, Debug, FromRow)]
pub struct Access {
    access_id: Uuid,
    pub name: String,
    permissions: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub seen_at: Option<DateTime<Utc>>,
}

impl Access {
    pub fn id(&self) -> AccessId {
        AccessId(self.access_id)
    }

    pub fn permissions(&self) -> Vec<Permission> {
        let known = self.permissions.iter();
        known.filter_map(|it| Permission::parse(it)).collect()
    }
}

const COLUMNS: &str = "access_id, name, permissions, created_at, expires_at, seen_at";

/// Keeps an access, with the SHA-256 of its secret.
pub async fn give(
    scope: &mut Scope,
    id: AccessId,
    (member, identity): (MemberId, IdentityId),
    given: &Given,
    secret_hash: &[u8],
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let permissions = given.permissions.iter();
    let permissions: Vec<&str> = permissions.map(|it| it.as_str()).collect();
    sqlx::query(
        "insert into access (association_id, access_id, member_id, identity_id, secret_hash, \
         name, permissions, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(identity.0)
    .bind(secret_hash)
    .bind(&given.name)
    .bind(&permissions)
    .bind(now)
    .bind(given.expires_at)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Those of a member that last, the newest first.
pub async fn of_member(scope: &mut Scope, member: MemberId) -> Result<Vec<Access>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from access where association_id = $1 and member_id = $2 \
         and revoked_at is null and expires_at > $3 \
         order by created_at desc, access_id desc limit 50"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(now)
        .fetch_all(scope.connection())
        .await?)
}

/// Ends an access of a member; twice is no harm. Answers its name, where there is one.
pub async fn revoke(scope: &mut Scope, id: AccessId, member: MemberId) -> Result<Option<String>> {
    let (here, now) = (scope.here(), scope.now);
    let done: Option<(String,)> = sqlx::query_as(
        "update access set revoked_at = $4 where association_id = $1 and access_id = $2 \
         and member_id = $3 and revoked_at is null returning name",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(now)
    .fetch_optional(scope.connection())
    .await?;
    Ok(done.map(|(name,)| name))
}

/// Ends every access of a member.
pub async fn revoke_all(scope: &mut Scope, member: MemberId) -> Result<()> {
    // First what is under way: a program that fetches it at this moment has it revoked below.
    crate::device_request::take_back(scope, member).await?;
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "update access set revoked_at = $3 where association_id = $1 and member_id = $2 \
         and revoked_at is null",
    )
    .bind(here)
    .bind(member.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// The access with this secret, and the member who gave it, in whose name the scope goes on: with
/// the rights that the access has. It counts only for the login that gave it.
pub async fn open(scope: &mut Scope, secret_hash: &[u8]) -> Result<Option<(Access, Present)>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from access where association_id = $1 and secret_hash = $2 \
         and revoked_at is null and expires_at > $3"
    ));
    let found: Option<Access> = sqlx::query_as(statement)
        .bind(here)
        .bind(secret_hash)
        .bind(now)
        .fetch_optional(scope.connection())
        .await?;
    let Some(access) = found else { return Ok(None) };
    let Some(present) = member::of_access(scope, access.id()).await? else {
        return Ok(None);
    };
    let permissions = access.permissions();
    let actor = scope.actor.take();
    scope.actor = actor.map(|actor| sel::access::acting(actor, &permissions));
    Ok(Some((access, present)))
}

/// Notes that an access is in use, where that was not noted lately. Answers whether it was.
pub async fn see(scope: &mut Scope, it: &Access) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    if it.seen_at.is_some_and(|at| now - at < SEEN_EVERY) {
        return Ok(false);
    }
    sqlx::query("update access set seen_at = $3 where association_id = $1 and access_id = $2")
        .bind(here)
        .bind(it.access_id)
        .bind(now)
        .execute(scope.connection())
        .await?;
    Ok(true)
}
