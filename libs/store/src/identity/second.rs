//! The second proof of a login: a sealed secret, and spare codes.

use crate::{Door, Result};
use chrono::{DateTime, Utc};
use sel::id::IdentityId;
use sqlx::FromRow;

/// What the secrets are sealed for.
pub const PURPOSE: &str = "second";

/// A secret, set up or in force.
#[derive(Clone, Debug, FromRow)]
pub struct Second {
    pub second_sealed: Vec<u8>,
    /// None while it is being set up.
    pub second_since: Option<DateTime<Utc>>,
    /// How many spare codes are left.
    pub spare: i64,
}

pub async fn read(door: &mut Door, id: IdentityId) -> Result<Option<Second>> {
    Ok(sqlx::query_as(
        "select second_sealed, second_since, (select count(*) from spare_code c \
             where c.identity_id = i.identity_id and c.used_at is null) as spare \
         from identity i where identity_id = $1 and second_sealed is not null",
    )
    .bind(id.0)
    .fetch_optional(door.connection())
    .await?)
}

/// Keeps a secret that is not in force yet; none is replaced that is.
pub async fn prepare(door: &mut Door, id: IdentityId, sealed: &[u8]) -> Result<bool> {
    let done = sqlx::query(
        "update identity set second_sealed = $2 where identity_id = $1 and second_since is null",
    )
    .bind(id.0)
    .bind(sealed)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a code of this step, if no later one was taken.
pub async fn take(door: &mut Door, id: IdentityId, step: i64) -> Result<bool> {
    let done = sqlx::query(
        "update identity set second_step = $2 where identity_id = $1 \
         and (second_step is null or second_step < $2)",
    )
    .bind(id.0)
    .bind(step)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts the secret that was set up into force, with these spare codes in place of all others.
pub async fn begin(door: &mut Door, id: IdentityId, hashes: &[Vec<u8>]) -> Result<()> {
    let now = door.now;
    sqlx::query(
        "update identity set second_since = coalesce(second_since, $2) where identity_id = $1",
    )
    .bind(id.0)
    .bind(now)
    .execute(door.connection())
    .await?;
    void_spares(door, id).await?;
    sqlx::query(
        "insert into spare_code (identity_id, code_hash) select $1, hash from unnest($2::bytea[]) \
         as it (hash)",
    )
    .bind(id.0)
    .bind(hashes)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// Uses a spare code up. Answers whether it was one.
pub async fn spend(door: &mut Door, id: IdentityId, hash: &[u8]) -> Result<bool> {
    let now = door.now;
    let done = sqlx::query(
        "update spare_code set used_at = $3 \
         where identity_id = $1 and code_hash = $2 and used_at is null",
    )
    .bind(id.0)
    .bind(hash)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Asks for a second proof no more.
pub async fn end(door: &mut Door, id: IdentityId) -> Result<()> {
    sqlx::query(
        "update identity set second_sealed = null, second_since = null, second_step = null \
         where identity_id = $1",
    )
    .bind(id.0)
    .execute(door.connection())
    .await?;
    void_spares(door, id).await?;
    Ok(())
}

async fn void_spares(door: &mut Door, id: IdentityId) -> Result<()> {
    sqlx::query("delete from spare_code where identity_id = $1")
        .bind(id.0)
        .execute(door.connection())
        .await?;
    Ok(())
}
