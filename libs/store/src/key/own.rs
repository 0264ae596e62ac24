//! The key of a SEL, under which the secrets of that SEL are sealed. It is sealed itself, under the
//! host's, for that SEL alone.

use super::{Vault, secret};
use crate::{Error, Result, Scope};

pub(super) const PURPOSE: &str = "association";
/// Bytes of a key's number before what it has sealed.
const NUMBER: usize = 4;

fn broken() -> Error {
    Error::Contradiction("the master key does not open the key of a SEL")
}

/// The newest key, made where there is none yet.
async fn newest(scope: &mut Scope, vault: &Vault) -> Result<(i32, Vault)> {
    if let Some(known) = read(scope, vault, None).await? {
        return Ok(known);
    }
    add(scope, vault, 1).await?;
    read(scope, vault, None).await?.ok_or_else(broken)
}

async fn add(scope: &mut Scope, vault: &Vault, number: i32) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let sealed = vault.seal(PURPOSE, here, &secret()).ok_or_else(broken)?;
    // Of two that make the first one at once, one does.
    sqlx::query(
        "insert into association_key (association_id, number, sealed, created_at) \
         values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(here)
    .bind(number)
    .bind(&sealed)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

async fn read(
    scope: &mut Scope,
    vault: &Vault,
    number: Option<i32>,
) -> Result<Option<(i32, Vault)>> {
    let here = scope.here();
    let found: Option<(i32, Vec<u8>)> = sqlx::query_as(
        "select number, sealed from association_key where association_id = $1 \
         and ($2::integer is null or number = $2) order by number desc limit 1",
    )
    .bind(here)
    .bind(number)
    .fetch_optional(scope.connection())
    .await?;
    let Some((number, sealed)) = found else {
        return Ok(None);
    };
    let key = vault.open(PURPOSE, here, &sealed).ok_or_else(broken)?;
    let key = key.try_into().map_err(|_| broken())?;
    Ok(Some((number, Vault(key))))
}

/// Seals a secret of this SEL, of this thing, for this purpose.
pub async fn seal(
    scope: &mut Scope,
    vault: &Vault,
    (purpose, of): (&str, uuid::Uuid),
    plain: &[u8],
) -> Result<Vec<u8>> {
    let (number, key) = newest(scope, vault).await?;
    let sealed = key.seal(purpose, of, plain).ok_or_else(broken)?;
    Ok([number.to_be_bytes().as_slice(), &sealed].concat())
}

/// Opens what [`seal`] has sealed.
pub async fn open(
    scope: &mut Scope,
    vault: &Vault,
    (purpose, of): (&str, uuid::Uuid),
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let (number, sealed) = sealed.split_first_chunk::<NUMBER>().ok_or_else(broken)?;
    let number = i32::from_be_bytes(*number);
    let known = read(scope, vault, Some(number)).await?;
    let (_, key) = known.ok_or_else(broken)?;
    key.open(purpose, of, sealed).ok_or_else(broken)
}

/// Gives this SEL a new key. What older ones have sealed opens until [`forget_older`].
pub async fn renew(scope: &mut Scope, vault: &Vault) -> Result<()> {
    let (number, _) = newest(scope, vault).await?;
    add(scope, vault, number + 1).await
}

/// Forgets every key of this SEL but the newest: nothing may be sealed under the others any more.
pub async fn forget_older(scope: &mut Scope) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "delete from association_key where association_id = $1 and number < \
         (select max(number) from association_key where association_id = $1)",
    )
    .bind(here)
    .execute(scope.connection())
    .await?;
    Ok(())
}
