//! How members are named from one SEL to another.

use crate::{Error, Result, Scope};
use sel::crossing::Outsider;
use sel::id::{AssociationId, MemberId};

/// How a member of ours is named to others.
pub async fn own_name(scope: &mut Scope, member: MemberId) -> Result<String> {
    let (name,): (Option<String>,) = sqlx::query_as("select own_outside_name($1)")
        .bind(member.0)
        .fetch_one(scope.connection())
        .await?;
    name.ok_or(Error::Contradiction("a member without a name outside"))
}

/// A member of an ally, as that SEL shows them to others.
pub async fn member(
    scope: &mut Scope,
    ally: AssociationId,
    number: i32,
) -> Result<Option<Outsider>> {
    let found: Option<(String,)> = sqlx::query_as("select name from ally_member($1, $2)")
        .bind(ally.0)
        .bind(number)
        .fetch_optional(scope.connection())
        .await?;
    Ok(found.map(|(name,)| Outsider { number, name }))
}
