//! Where somebody is logged in, and ending it.

use crate::password;
use chrono::{DateTime, Utc};
use sel::id::{IdentityId, SessionId};
use store::session::Device;
use store::{Door, Error, Pool, Result};

/// Where this login is logged in, this session first.
pub async fn devices(
    web: &Pool,
    identity: IdentityId,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Device>> {
    let mut door = Door::begin(web, now).await?;
    let devices = store::session::live(&mut door, identity, &store::session::hash(secret)).await?;
    door.commit().await?;
    Ok(devices)
}

/// Ends one session of a login; ending it twice is no harm. Answers whether there is one.
pub async fn end_device(
    web: &Pool,
    identity: IdentityId,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut door = Door::begin(web, now).await?;
    let ended = store::session::end_one(&mut door, identity, id).await?;
    door.commit().await?;
    Ok(ended)
}

/// Ends all sessions of a login but that of this secret. Answers how many.
pub async fn end_other_devices(
    web: &Pool,
    identity: IdentityId,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut door = Door::begin(web, now).await?;
    let kept = store::session::hash(secret);
    let ended = store::session::end_others(&mut door, identity, &kept).await?;
    door.commit().await?;
    Ok(ended)
}

/// Gives a login a password and ends its other sessions.
pub async fn choose_password(
    web: &Pool,
    identity: IdentityId,
    typed: &str,
    kept_secret: &str,
    now: DateTime<Utc>,
) -> crate::Outcome<(), sel::member::Refusal> {
    let typed = sel::member::password(typed).map_err(crate::Halt::Refused)?;
    let hash = password::hash(typed.to_owned())
        .await
        .ok_or(Error::Contradiction("a password could not be hashed"))?;
    let mut door = Door::begin(web, now).await?;
    store::identity::set_password(&mut door, identity, &hash).await?;
    store::session::end_others(&mut door, identity, &store::session::hash(kept_secret)).await?;
    door.commit().await?;
    Ok(())
}
