//! Programs that wait for somebody to type their code elsewhere.

use crate::{Result, Scope};
use chrono::{DateTime, Utc};
use sel::access::Permission;
use sel::id::{DeviceRequestId, IdentityId, MemberId};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct DeviceRequest {
    device_request_id: Uuid,
    pub name: String,
    permissions: Vec<String>,
    pub expires_at: DateTime<Utc>,
    pub polled_at: Option<DateTime<Utc>>,
    member_id: Option<Uuid>,
    identity_id: Option<Uuid>,
    pub allowed: Option<bool>,
    pub used_at: Option<DateTime<Utc>>,
}

impl DeviceRequest {
    pub fn id(&self) -> DeviceRequestId {
        DeviceRequestId(self.device_request_id)
    }

    pub fn permissions(&self) -> Vec<Permission> {
        let known = self.permissions.iter();
        known.filter_map(|it| Permission::parse(it)).collect()
    }

    /// Who allowed it, and with which login.
    pub fn by(&self) -> Option<(MemberId, IdentityId)> {
        let by = self.member_id.map(MemberId);
        by.zip(self.identity_id.map(IdentityId))
    }
}

const COLUMNS: &str = "device_request_id, name, permissions, expires_at, polled_at, member_id, \
                       identity_id, allowed, used_at";

/// Keeps a request under a code that no other one has. Answers whether it was free; requests that
/// are over leave theirs.
pub async fn ask(
    scope: &mut Scope,
    (id, code): (DeviceRequestId, &str),
    (client_hash, name, permissions): (&[u8], &str, &[Permission]),
    expires_at: DateTime<Utc>,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query("delete from device_request where association_id = $1 and expires_at < $2")
        .bind(here)
        .bind(now - chrono::TimeDelta::hours(1))
        .execute(scope.connection())
        .await?;
    let permissions: Vec<&str> = permissions.iter().map(|it| it.as_str()).collect();
    let done = sqlx::query(
        "insert into device_request (association_id, device_request_id, user_code, name, \
         permissions, created_at, expires_at, client_hash) values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict (association_id, user_code) do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(code)
    .bind(name)
    .bind(&permissions)
    .bind(now)
    .bind(expires_at)
    .bind(client_hash)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many requests wait here.
pub async fn count(scope: &mut Scope) -> Result<i64> {
    let (here, now) = (scope.here(), scope.now);
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from device_request where association_id = $1 and expires_at > $2",
    )
    .bind(here)
    .bind(now)
    .fetch_one(scope.connection())
    .await?;
    Ok(count)
}

/// The request that waits under this code.
pub async fn by_code(scope: &mut Scope, code: &str) -> Result<Option<DeviceRequest>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from device_request where association_id = $1 and user_code = $2 \
         and expires_at > $3 and answered_at is null for no key update"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(code)
        .bind(now)
        .fetch_optional(scope.connection())
        .await?)
}

/// Writes down what was answered.
pub async fn answer(
    scope: &mut Scope,
    id: DeviceRequestId,
    (member, identity): (MemberId, IdentityId),
    allowed: bool,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "update device_request set member_id = $3, identity_id = $4, answered_at = $5, \
         allowed = $6 where association_id = $1 and device_request_id = $2 \
         and answered_at is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(identity.0)
    .bind(now)
    .bind(allowed)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Takes back what a member allowed and no device has fetched.
pub async fn take_back(scope: &mut Scope, member: MemberId) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "update device_request set allowed = false \
         where association_id = $1 and member_id = $2 and allowed and used_at is null",
    )
    .bind(here)
    .bind(member.0)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// The request of this program, which asks again: held, and noted.
pub async fn poll(
    scope: &mut Scope,
    id: DeviceRequestId,
    client_hash: &[u8],
) -> Result<Option<DeviceRequest>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from device_request where association_id = $1 \
         and device_request_id = $2 and client_hash = $3 for no key update"
    ));
    let found: Option<DeviceRequest> = sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .bind(client_hash)
        .fetch_optional(scope.connection())
        .await?;
    if found.is_none() {
        return Ok(None);
    }
    let now = scope.now;
    sqlx::query(
        "update device_request set polled_at = $3, used_at = case when allowed then $3 end \
         where association_id = $1 and device_request_id = $2 and used_at is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(found)
}
