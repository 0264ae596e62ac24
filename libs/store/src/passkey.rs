//! Passkeys: the public halves of keys that open a login.

use crate::{Door, Result};
use chrono::{DateTime, Utc};
use sel::id::{IdentityId, PasskeyId};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

/// A key that opens a login.
#[derive(Clone, Debug, FromRow)]
pub struct Passkey {
    passkey_id: Uuid,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// The domain whose pages may ask for it.
    pub place: String,
    /// What its owner knows it by.
    pub name: String,
    /// What checks its signatures, as the library writes it.
    pub key: Value,
    pub added_at: DateTime<Utc>,
    pub seen_at: Option<DateTime<Utc>>,
}

impl Passkey {
    pub fn id(&self) -> PasskeyId {
        PasskeyId(self.passkey_id)
    }
}

/// A key to be.
#[derive(Clone, Debug)]
pub struct Added<'a> {
    pub id: PasskeyId,
    pub credential_id: &'a [u8],
    pub place: &'a str,
    pub name: &'a str,
    pub key: &'a Value,
}

/// Has a key open a login. Answers false where some login has it already.
pub async fn add(door: &mut Door, identity: IdentityId, it: &Added<'_>) -> Result<bool> {
    let now = door.now;
    let done = sqlx::query(
        "insert into passkey (passkey_id, identity_id, credential_id, place, name, key, added_at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (credential_id) do nothing",
    )
    .bind(it.id.0)
    .bind(identity.0)
    .bind(it.credential_id)
    .bind(it.place)
    .bind(it.name)
    .bind(it.key)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those of a login, the oldest first; twenty at the most.
pub async fn of_identity(door: &mut Door, identity: IdentityId) -> Result<Vec<Passkey>> {
    Ok(sqlx::query_as(
        "select passkey_id, credential_id, place, name, key, added_at, seen_at from passkey \
         where identity_id = $1 order by added_at, passkey_id limit 20",
    )
    .bind(identity.0)
    .fetch_all(door.connection())
    .await?)
}

/// The key of a login that the authenticator calls so, held until the transaction ends.
pub async fn hold(
    door: &mut Door,
    identity: IdentityId,
    credential_id: &[u8],
) -> Result<Option<Passkey>> {
    Ok(sqlx::query_as(
        "select passkey_id, credential_id, place, name, key, added_at, seen_at from passkey \
         where credential_id = $2 and identity_id = $1 for no key update",
    )
    .bind(identity.0)
    .bind(credential_id)
    .fetch_optional(door.connection())
    .await?)
}

/// Notes that a key was used, with what the library wants to remember of it.
pub async fn see(door: &mut Door, id: PasskeyId, key: &Value) -> Result<()> {
    let now = door.now;
    sqlx::query("update passkey set key = $2, seen_at = $3 where passkey_id = $1")
        .bind(id.0)
        .bind(key)
        .bind(now)
        .execute(door.connection())
        .await?;
    Ok(())
}

/// Has a key open this login no more. Answers what its owner knew it by.
pub async fn remove(
    door: &mut Door,
    identity: IdentityId,
    id: PasskeyId,
) -> Result<Option<String>> {
    let gone: Option<(String,)> = sqlx::query_as(
        "delete from passkey where identity_id = $1 and passkey_id = $2 returning name",
    )
    .bind(identity.0)
    .bind(id.0)
    .fetch_optional(door.connection())
    .await?;
    Ok(gone.map(|(name,)| name))
}

/// Has no key open this login any more.
pub async fn remove_all(door: &mut Door, identity: IdentityId) -> Result<()> {
    sqlx::query("delete from passkey where identity_id = $1")
        .bind(identity.0)
        .execute(door.connection())
        .await?;
    Ok(())
}
