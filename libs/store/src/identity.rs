//! Logins, across SELs.

pub mod second;

use crate::{Door, Result};
use sel::id::{AssociationId, IdentityId, MemberId};
use sqlx::FromRow;
use uuid::Uuid;

/// Somebody who may log in here, as the door sees them before it lets them in.
#[derive(Clone, Debug, FromRow)]
pub struct Candidate {
    member_id: Uuid,
    identity_id: Option<Uuid>,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub language: String,
    pub password_hash: Option<String>,
}

impl Candidate {
    pub fn member_id(&self) -> MemberId {
        MemberId(self.member_id)
    }

    pub fn identity_id(&self) -> Option<IdentityId> {
        self.identity_id.map(IdentityId)
    }
}

/// Who may log in to this SEL under this number or this address (lower case): several where people
/// share a mailbox, eight at most.
pub async fn candidates(
    door: &mut Door,
    association: AssociationId,
    number: Option<i32>,
    email: Option<&str>,
) -> Result<Vec<Candidate>> {
    Ok(
        sqlx::query_as("select * from members_for_login($1, $2, $3)")
            .bind(association.0)
            .bind(number)
            .bind(email)
            .fetch_all(door.connection())
            .await?,
    )
}

/// A login of its own for a member who has none yet.
pub async fn create(door: &mut Door, id: IdentityId, email: Option<&str>) -> Result<()> {
    let now = door.now;
    sqlx::query("insert into identity (identity_id, email, created_at) values ($1, $2, $3)")
        .bind(id.0)
        .bind(email)
        .bind(now)
        .execute(door.connection())
        .await?;
    Ok(())
}

pub async fn set_password(door: &mut Door, id: IdentityId, hash: &str) -> Result<()> {
    let done = sqlx::query("update identity set password_hash = $2 where identity_id = $1")
        .bind(id.0)
        .bind(hash)
        .execute(door.connection())
        .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(crate::Error::Contradiction("a login was not there")),
    }
}

/// The hash of a login's password, if it has one.
pub async fn password_hash(door: &mut Door, id: IdentityId) -> Result<Option<String>> {
    let hash: Option<(Option<String>,)> =
        sqlx::query_as("select password_hash from identity where identity_id = $1")
            .bind(id.0)
            .fetch_optional(door.connection())
            .await?;
    Ok(hash.and_then(|(hash,)| hash))
}

/// Lets nobody log in with the password of a login any more.
pub async fn forget_password(door: &mut Door, id: IdentityId) -> Result<()> {
    sqlx::query("update identity set password_hash = null where identity_id = $1")
        .bind(id.0)
        .execute(door.connection())
        .await?;
    Ok(())
}

/// Holds these logins until the transaction ends, so that what is decided about them stays true.
pub async fn hold(door: &mut Door, ids: &[IdentityId]) -> Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query(
        "select identity_id from identity where identity_id = any ($1) \
         order by identity_id for no key update",
    )
    .bind(&ids)
    .execute(door.connection())
    .await?;
    Ok(())
}
