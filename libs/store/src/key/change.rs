//! Another master key: all that was sealed under the old one is sealed under the new one, at once
//! or not at all.

use super::{Error, MasterKey, Vault, own};
use crate::connect::{Options, administrator};
use crate::identity::second;
use crate::staff;
use sel::id::AssociationId;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Rows read at a time.
const AT_ONCE: i64 = 1_000;
/// How long it is waited for others to be gone, and how often it is looked.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(50);

/// How much was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub signing_keys: usize,
    pub second_secrets: usize,
    pub association_keys: usize,
}

/// Changes the master key of the database to which these options lead, as its owner, who does not
/// see which SELs there are. Nobody else may be connected: what they sealed meanwhile would open no
/// more.
///
/// # Errors
/// [`Error::WrongMaster`] where the old key does not open all there is, [`Error::InUse`] where a
/// program is connected. Nothing is changed then.
pub async fn change(
    owner: &Options,
    all: &[AssociationId],
    (old, new): (&MasterKey, &MasterKey),
) -> Result<Changed, Error> {
    let mut connection = administrator(owner).await?;
    let mut transaction = connection.begin().await?;
    take(&mut transaction).await?;
    let (from, to) = (old.vault(), new.vault());
    let consoles = (&old.console_vault(), &new.console_vault());
    let changed = Changed {
        signing_keys: signing_keys(&mut transaction, (old, new)).await?,
        second_secrets: second_secrets(&mut transaction, (&from, &to)).await?
            + staff_secrets(&mut transaction, consoles).await?,
        association_keys: association_keys(&mut transaction, all, (&from, &to)).await?,
    };
    transaction.commit().await?;
    connection.close().await?;
    Ok(changed)
}

/// Becomes the owner, and keeps everybody else out.
async fn take(connection: &mut PgConnection) -> Result<(), Error> {
    // Who starts meanwhile waits for the signing keys, and then finds that theirs does not open
    // them.
    let steps = "set local role saline_owner; \
                 lock table signing_key in access exclusive mode; \
                 lock table identity, association_key, staff in exclusive mode";
    connection.execute(steps).await?;
    // A connection that was just closed is there a moment longer.
    let until = Instant::now() + PATIENCE;
    while others(connection).await? > 0 {
        if Instant::now() >= until {
            return Err(Error::InUse);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// How many connections programs have.
async fn others(connection: &mut PgConnection) -> Result<i64, Error> {
    connection
        .execute("select pg_stat_clear_snapshot()")
        .await?;
    let (others,): (i64,) = sqlx::query_as(
        "select count(*) from pg_stat_activity where datname = current_database() \
         and usename in ('saline_web', 'saline_work', 'saline_staff')",
    )
    .fetch_one(connection)
    .await?;
    Ok(others)
}

async fn signing_keys(
    connection: &mut PgConnection,
    (old, new): (&MasterKey, &MasterKey),
) -> Result<usize, Error> {
    let all: Vec<(i32, Vec<u8>)> = sqlx::query_as(
        "select signing_key_id, sealed from signing_key order by retired_at is not null",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (id, sealed) in &all {
        let sealed = new.seal(&old.open(sealed)?)?;
        sqlx::query("update signing_key set sealed = $2 where signing_key_id = $1")
            .bind(id)
            .bind(&sealed)
            .execute(&mut *connection)
            .await?;
    }
    Ok(all.len())
}

/// What one vault has sealed, sealed by the other.
fn again(
    (from, to): (&Vault, &Vault),
    (purpose, of): (&str, Uuid),
    sealed: &[u8],
) -> Result<Vec<u8>, Error> {
    let plain = from.open(purpose, of, sealed).ok_or(Error::WrongMaster)?;
    to.seal(purpose, of, &plain).ok_or(Error::WrongMaster)
}

async fn second_secrets(
    connection: &mut PgConnection,
    vaults: (&Vault, &Vault),
) -> Result<usize, Error> {
    let (mut count, mut last) = (0, Uuid::nil());
    loop {
        let some: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
            "select identity_id, second_sealed from identity \
             where second_sealed is not null and identity_id > $1 order by identity_id limit $2",
        )
        .bind(last)
        .bind(AT_ONCE)
        .fetch_all(&mut *connection)
        .await?;
        let Some((newest, _)) = some.last() else {
            return Ok(count);
        };
        last = *newest;
        for (id, sealed) in &some {
            let sealed = again(vaults, (second::PURPOSE, *id), sealed)?;
            sqlx::query("update identity set second_sealed = $2 where identity_id = $1")
                .bind(id)
                .bind(&sealed)
                .execute(&mut *connection)
                .await?;
        }
        count += some.len();
    }
}

/// Of those who run the platform: few.
async fn staff_secrets(
    connection: &mut PgConnection,
    vaults: (&Vault, &Vault),
) -> Result<usize, Error> {
    let all: Vec<(Uuid, Vec<u8>)> =
        sqlx::query_as("select staff_id, second_sealed from staff where second_sealed is not null")
            .fetch_all(&mut *connection)
            .await?;
    for (id, sealed) in &all {
        let sealed = again(vaults, (staff::PURPOSE, *id), sealed)?;
        sqlx::query("update staff set second_sealed = $2 where staff_id = $1")
            .bind(id)
            .bind(&sealed)
            .execute(&mut *connection)
            .await?;
    }
    Ok(all.len())
}

/// SEL by SEL: even their owner sees the rows of one at a time.
async fn association_keys(
    connection: &mut PgConnection,
    all: &[AssociationId],
    vaults: (&Vault, &Vault),
) -> Result<usize, Error> {
    let mut count = 0;
    for here in all.iter().map(|it| it.0) {
        let enter = format!("set local saline.association = '{here}'");
        connection.execute(AssertSqlSafe(enter)).await?;
        let keys: Vec<(i32, Vec<u8>)> =
            sqlx::query_as("select number, sealed from association_key where association_id = $1")
                .bind(here)
                .fetch_all(&mut *connection)
                .await?;
        for (number, sealed) in &keys {
            let sealed = again(vaults, (own::PURPOSE, here), sealed)?;
            sqlx::query(
                "update association_key set sealed = $3 where association_id = $1 and number = $2",
            )
            .bind(here)
            .bind(number)
            .bind(&sealed)
            .execute(&mut *connection)
            .await?;
        }
        count += keys.len();
    }
    Ok(count)
}
