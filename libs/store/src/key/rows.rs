//! The sealed keys, as the database keeps them.

use crate::connect::{Options, administrator};
use crate::{Door, Result, Worker};
use sqlx::Connection;

/// A sealed key and its id.
pub(super) type Sealed = (i32, Vec<u8>);

pub(super) async fn list(door: &mut Door) -> Result<Vec<Sealed>> {
    Ok(sqlx::query_as(LIST).fetch_all(door.connection()).await?)
}

pub(super) async fn list_for_worker(worker: &mut Worker) -> Result<Vec<Sealed>> {
    Ok(sqlx::query_as(LIST).fetch_all(worker.connection()).await?)
}

/// The keys of a database that may not be there, or not be ours yet: none then.
pub(super) async fn list_for_administrator(login: &Options, name: &str) -> Result<Vec<Sealed>> {
    let mut connection = administrator(login).await?;
    let (is_there,): (bool,) =
        sqlx::query_as("select exists (select from pg_database where datname = $1)")
            .bind(name)
            .fetch_one(&mut connection)
            .await?;
    connection.close().await?;
    if !is_there {
        return Ok(Vec::new());
    }
    let mut connection = administrator(&login.clone().database(name)).await?;
    let (is_ours,): (bool,) = sqlx::query_as("select to_regclass('signing_key') is not null")
        .fetch_one(&mut connection)
        .await?;
    let sealed = if is_ours {
        sqlx::query("set role saline_owner")
            .execute(&mut connection)
            .await?;
        sqlx::query_as(LIST).fetch_all(&mut connection).await?
    } else {
        Vec::new()
    };
    connection.close().await?;
    Ok(sealed)
}

const LIST: &str = "select signing_key_id, sealed from signing_key where retired_at is null \
                    order by signing_key_id desc limit 10";

/// Writes the first key where there is none; of two programs that start at once, one writes.
pub(super) async fn write_first(door: &mut Door, sealed: &[u8]) -> Result<()> {
    let now = door.now;
    sqlx::query("select pg_advisory_xact_lock(5311321)")
        .execute(door.connection())
        .await?;
    sqlx::query(
        "insert into signing_key (sealed, created_at) select $1, $2 \
         where not exists (select from signing_key where retired_at is null)",
    )
    .bind(sealed)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// Writes a further key, which signs from now on. Those before verify until they are retired.
pub(super) async fn write_next(door: &mut Door, sealed: &[u8]) -> Result<()> {
    let now = door.now;
    sqlx::query("insert into signing_key (sealed, created_at) values ($1, $2)")
        .bind(sealed)
        .bind(now)
        .execute(door.connection())
        .await?;
    Ok(())
}

/// Retires every key but the newest.
pub(super) async fn retire_others(door: &mut Door) -> Result<u64> {
    let now = door.now;
    let done = sqlx::query(
        "update signing_key set retired_at = $1 where retired_at is null \
         and signing_key_id < (select max(signing_key_id) from signing_key)",
    )
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected())
}
