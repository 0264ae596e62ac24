//! Logins elsewhere (OpenID Connect) that open one of ours.

use crate::{Door, Result};
use chrono::{DateTime, Utc};
use sel::id::{ExternalLoginId, IdentityId};
use sqlx::FromRow;
use uuid::Uuid;

/// Somebody's account at a provider.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The key of the provider, and what it calls itself.
    pub provider: &'a str,
    pub issuer: &'a str,
    /// What the provider calls them.
    pub subject: &'a str,
    /// What its owner knows it by.
    pub label: &'a str,
}

/// An account elsewhere that opens a login.
#[derive(Clone, Debug, FromRow)]
pub struct ExternalLogin {
    external_login_id: Uuid,
    pub provider: String,
    pub label: String,
    pub linked_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

impl ExternalLogin {
    pub fn id(&self) -> ExternalLoginId {
        ExternalLoginId(self.external_login_id)
    }
}

/// Whose login an account opens; noted as seen now.
pub async fn open(door: &mut Door, it: Account<'_>) -> Result<Option<IdentityId>> {
    let now = door.now;
    let found: Option<(Uuid,)> = sqlx::query_as(
        "update external_login set seen_at = $3, label = $4 \
         where provider = $1 and subject = $2 and issuer = $5 returning identity_id",
    )
    .bind(it.provider)
    .bind(it.subject)
    .bind(now)
    .bind(it.label)
    .bind(it.issuer)
    .fetch_optional(door.connection())
    .await?;
    Ok(found.map(|(id,)| IdentityId(id)))
}

/// Has an account open a login, unless it opens one already.
pub async fn link(
    door: &mut Door,
    id: ExternalLoginId,
    identity: IdentityId,
    it: Account<'_>,
) -> Result<()> {
    let now = door.now;
    sqlx::query(
        "insert into external_login (external_login_id, identity_id, provider, issuer, subject, \
         label, linked_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $7) \
         on conflict (provider, issuer, subject) do nothing",
    )
    .bind(id.0)
    .bind(identity.0)
    .bind(it.provider)
    .bind(it.issuer)
    .bind(it.subject)
    .bind(it.label)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// How many accounts open a login.
pub async fn count(door: &mut Door, identity: IdentityId) -> Result<i64> {
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from external_login where identity_id = $1")
            .bind(identity.0)
            .fetch_one(door.connection())
            .await?;
    Ok(count)
}

/// Those of a login, the oldest first; twenty at the most.
pub async fn of_identity(door: &mut Door, identity: IdentityId) -> Result<Vec<ExternalLogin>> {
    Ok(sqlx::query_as(
        "select external_login_id, provider, label, linked_at, seen_at from external_login \
         where identity_id = $1 order by linked_at limit 20",
    )
    .bind(identity.0)
    .fetch_all(door.connection())
    .await?)
}

/// Has an account open this login no more. Answers of which provider it was, and what its owner
/// knew it by.
pub async fn unlink(
    door: &mut Door,
    identity: IdentityId,
    id: ExternalLoginId,
) -> Result<Option<(String, String)>> {
    Ok(sqlx::query_as(
        "delete from external_login where identity_id = $1 and external_login_id = $2 \
         returning provider, label",
    )
    .bind(identity.0)
    .bind(id.0)
    .fetch_optional(door.connection())
    .await?)
}

/// Has no account of this provider open anything any more. Answers whose logins they opened, and
/// what their owners knew them by.
pub async fn unlink_provider(door: &mut Door, provider: &str) -> Result<Vec<(IdentityId, String)>> {
    let gone: Vec<(Uuid, String)> = sqlx::query_as(
        "delete from external_login where provider = $1 returning identity_id, label",
    )
    .bind(provider)
    .fetch_all(door.connection())
    .await?;
    let gone = gone.into_iter();
    Ok(gone.map(|(id, label)| (IdentityId(id), label)).collect())
}

/// Has no account open this login any more.
pub async fn unlink_all(door: &mut Door, identity: IdentityId) -> Result<()> {
    sqlx::query("delete from external_login where identity_id = $1")
        .bind(identity.0)
        .execute(door.connection())
        .await?;
    Ok(())
}
