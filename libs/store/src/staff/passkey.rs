//! Keys of devices that open the console, and what devices are asked.

use crate::{Console, Result};
use chrono::{DateTime, Utc};
use sel::id::{PasskeyId, StaffId, TokenId};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

/// A key that opens the console.
#[derive(Clone, Debug, FromRow)]
pub struct Passkey {
    passkey_id: Uuid,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
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

/// Those of somebody, the oldest first; twenty at the most.
pub async fn list(console: &mut Console, whose: StaffId) -> Result<Vec<Passkey>> {
    Ok(sqlx::query_as(
        "select passkey_id, credential_id, name, key, added_at, seen_at from staff_passkey \
         where staff_id = $1 order by added_at, passkey_id limit 20",
    )
    .bind(whose.0)
    .fetch_all(console.connection())
    .await?)
}

/// Has a key open the console. Answers false where it does already, whoever's it is.
pub async fn add(
    console: &mut Console,
    whose: StaffId,
    (id, name): (PasskeyId, &str),
    (credential_id, key): (&[u8], &Value),
) -> Result<bool> {
    let now = console.now;
    let done = sqlx::query(
        "insert into staff_passkey (passkey_id, staff_id, credential_id, name, key, added_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (credential_id) do nothing",
    )
    .bind(id.0)
    .bind(whose.0)
    .bind(credential_id)
    .bind(name)
    .bind(key)
    .bind(now)
    .execute(console.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The key of somebody, who is held, that the authenticator calls so.
pub async fn called(
    console: &mut Console,
    whose: StaffId,
    credential_id: &[u8],
) -> Result<Option<Passkey>> {
    Ok(sqlx::query_as(
        "select passkey_id, credential_id, name, key, added_at, seen_at from staff_passkey \
         where credential_id = $2 and staff_id = $1",
    )
    .bind(whose.0)
    .bind(credential_id)
    .fetch_optional(console.connection())
    .await?)
}

/// Notes that a key was used, with what the library wants to remember of it.
pub async fn see(console: &mut Console, id: PasskeyId, key: &Value) -> Result<()> {
    let now = console.now;
    sqlx::query("update staff_passkey set key = $2, seen_at = $3 where passkey_id = $1")
        .bind(id.0)
        .bind(key)
        .bind(now)
        .execute(console.connection())
        .await?;
    Ok(())
}

/// Has a key of somebody open the console no more. Answers whether it did.
pub async fn remove(console: &mut Console, whose: StaffId, id: PasskeyId) -> Result<bool> {
    let done = sqlx::query("delete from staff_passkey where staff_id = $1 and passkey_id = $2")
        .bind(whose.0)
        .bind(id.0)
        .execute(console.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Has no key of somebody open the console any more.
pub async fn remove_all(console: &mut Console, whose: StaffId) -> Result<()> {
    sqlx::query("delete from staff_passkey where staff_id = $1")
        .bind(whose.0)
        .execute(console.connection())
        .await?;
    Ok(())
}

/// Keeps what a device is asked, for who has the secret of this SHA-256; forgets what no device
/// answered.
pub async fn ask(
    console: &mut Console,
    id: TokenId,
    (whose, asked): (&[u8], &Value),
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let now = console.now;
    sqlx::query(
        "delete from staff_question where question_id in \
         (select question_id from staff_question where expires_at < $1 limit 100)",
    )
    .bind(now)
    .execute(console.connection())
    .await?;
    sqlx::query(
        "insert into staff_question (question_id, whose_hash, asked, expires_at) \
         values ($1, $2, $3, $4)",
    )
    .bind(id.0)
    .bind(whose)
    .bind(asked)
    .bind(expires_at)
    .execute(console.connection())
    .await?;
    Ok(())
}

/// Takes up again what a device was asked, once, for who has this secret's SHA-256.
pub async fn answered(console: &mut Console, id: TokenId, whose: &[u8]) -> Result<Option<Value>> {
    let now = console.now;
    let asked: Option<(Value,)> = sqlx::query_as(
        "delete from staff_question where question_id = $1 and whose_hash = $2 \
         and expires_at > $3 returning asked",
    )
    .bind(id.0)
    .bind(whose)
    .bind(now)
    .fetch_optional(console.connection())
    .await?;
    Ok(asked.map(|(asked,)| asked))
}
