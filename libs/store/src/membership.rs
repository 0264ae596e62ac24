//! In which SELs a login has a member.

use crate::{Door, Result};
use sel::id::{AssociationId, IdentityId, MemberId};
use sqlx::FromRow;
use uuid::Uuid;

/// A member of a SEL, by the login that they share with those of other SELs.
#[derive(Clone, Debug, FromRow)]
pub struct Membership {
    association_id: Uuid,
    member_id: Uuid,
    /// Of the SEL.
    pub slug: String,
    pub name: String,
    pub place_name: String,
}

impl Membership {
    pub fn association_id(&self) -> AssociationId {
        AssociationId(self.association_id)
    }

    pub fn member_id(&self) -> MemberId {
        MemberId(self.member_id)
    }
}

/// Those of a login, by the names of the SELs; fifty at the most.
pub async fn of_identity(door: &mut Door, identity: IdentityId) -> Result<Vec<Membership>> {
    Ok(sqlx::query_as(
        "select m.association_id, m.member_id, a.slug, a.name, a.place_name \
         from membership m join association a on a.association_id = m.association_id \
         where m.identity_id = $1 order by a.name, a.slug, m.member_id limit 50",
    )
    .bind(identity.0)
    .fetch_all(door.connection())
    .await?)
}

/// The member that a login has in a SEL.
pub async fn at(
    door: &mut Door,
    identity: IdentityId,
    here: AssociationId,
) -> Result<Option<MemberId>> {
    let found: Option<(Uuid,)> = sqlx::query_as(
        "select member_id from membership where association_id = $1 and identity_id = $2",
    )
    .bind(here.0)
    .bind(identity.0)
    .fetch_optional(door.connection())
    .await?;
    Ok(found.map(|(id,)| MemberId(id)))
}
