//! Letting programs act in one's name, and ending it.

use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sel::access::{self, Given, Permission, Refusal};
use sel::id::{AccessId, IdentityId};
use sel::member::Actor;
use serde_json::json;
use store::{Error, Scope};

/// What every secret of an access begins with, so that one that lies about is known for what it is.
const PREFIX: &str = "saline_";

/// Lets a program act in the name of who is here. They have proved who they are, and are written
/// to. Answers the secret, which nobody can read again. Commits.
pub async fn give(
    mut scope: Scope,
    identity: IdentityId,
    name: &str,
    permissions: &[Permission],
    days: u64,
) -> Outcome<String, Vec<Refusal>> {
    let actor = scope.actor.clone();
    let actor = actor.ok_or(Error::Contradiction("nobody gives access"))?;
    // Of two at once, the second counts the first.
    store::member::hold(&mut scope, actor.member_id).await?;
    let whose = (AccessId(fresh::id(scope.now)), &actor, identity);
    let (_, secret) = lend(&mut scope, whose, name, permissions, days).await?;
    scope.commit().await?;
    Ok(secret)
}

/// Gives an access and tells of it; the member's row is held. Answers the secret as well.
pub(crate) async fn lend(
    scope: &mut Scope,
    (id, actor, identity): (AccessId, &Actor, IdentityId),
    name: &str,
    permissions: &[Permission],
    days: u64,
) -> Outcome<(Given, String), Vec<Refusal>> {
    let member = actor.member_id;
    let known = store::access::of_member(scope, member).await?;
    let count = i64::try_from(known.len()).unwrap_or(i64::MAX);
    let given = access::give(actor, name, permissions, days, count, scope.now);
    let given = given.map_err(Halt::Refused)?;
    let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(store::key::secret()));
    let hash = store::session::hash(&secret);
    store::access::give(scope, id, (member, identity), &given, &hash).await?;
    let kind = "access_given";
    let detail = json!({ "label": given.name });
    tell(scope, kind, id.0, detail, &[(kind, member)]).await?;
    Ok((given, secret))
}

/// Ends an access of who is here; twice is no harm. Answers its name, where there is one. Commits.
pub async fn revoke(mut scope: Scope, id: AccessId) -> store::Result<Option<String>> {
    let member = scope.actor.as_ref().map(|actor| actor.member_id);
    let member = member.ok_or(Error::Contradiction("nobody ends access"))?;
    let name = store::access::revoke(&mut scope, id, member).await?;
    if let Some(name) = &name {
        tell(
            &mut scope,
            "access_revoked",
            id.0,
            json!({ "label": name }),
            &[],
        )
        .await?;
    }
    scope.commit().await?;
    Ok(name)
}
