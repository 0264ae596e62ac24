//! The providers of logins that a SEL has for its own people.

use crate::session::device::tell_all;
use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use sel::id::LoginProviderId;
use sel::login_provider::{self, Draft, Refusal};
use serde_json::json;
use store::key::{Vault, own};
use store::login_provider as kept;
use store::{Error, Result, Scope};

pub(crate) const PURPOSE: &str = "login_provider";

/// Has accounts of this provider open logins that have this SEL alone. Commits.
pub async fn add(mut scope: Scope, vault: &Vault, draft: &Draft<'_>) -> Outcome<(), Vec<Refusal>> {
    // Of two at once, the second counts the first.
    store::setting::hold(&mut scope).await?;
    let new = decide(&mut scope, draft).await?;
    let by = scope.actor.as_ref().map(|it| it.member_id);
    let by = by.ok_or(Halt::Refused(vec![Refusal::NotAllowed]))?;
    let id = LoginProviderId(fresh::id(scope.now));
    let sealed = match &new.client_secret {
        None => None,
        Some(secret) => {
            let of = (PURPOSE, id.0);
            Some(own::seal(&mut scope, vault, of, secret.as_bytes()).await?)
        }
    };
    kept::add(&mut scope, (id, by), &new, sealed.as_deref()).await?;
    let detail = json!({ "name": new.name, "issuer": new.issuer });
    tell(&mut scope, "login_provider_added", id.0, detail, &[]).await?;
    scope.commit().await?;
    Ok(())
}

/// Whether it may be kept: for who asks the provider before it is.
pub async fn decide(
    scope: &mut Scope,
    draft: &Draft<'_>,
) -> Outcome<login_provider::Kept, Vec<Refusal>> {
    let known = kept::list(scope).await?;
    let known: Vec<String> = known.into_iter().map(|it| it.issuer).collect();
    let actor = scope.actor.as_ref();
    let actor = actor.ok_or(Halt::Refused(vec![Refusal::NotAllowed]))?;
    login_provider::keep(actor, draft, &known).map_err(Halt::Refused)
}

/// Takes a provider away, and what its accounts opened, sessions too: nobody knows which of them
/// came by it. Those whose accounts they were are written to. Twice is no harm. Commits.
pub async fn remove(mut scope: Scope, id: LoginProviderId) -> Outcome<(), Refusal> {
    if !scope.actor.as_ref().is_some_and(login_provider::may_keep) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let Some(name) = kept::remove(&mut scope, id).await? else {
        return Ok(());
    };
    let detail = json!({ "name": name });
    tell(&mut scope, "login_provider_removed", id.0, detail, &[]).await?;
    let here = scope.association_id;
    let mut door = scope.leave().await?;
    let key = login_provider::key(id);
    for (identity, label) in store::external_login::unlink_provider(&mut door, &key).await? {
        store::session::end_all(&mut door, identity, Some(here)).await?;
        let detail = json!({ "provider": key, "label": label });
        door = tell_all(door, identity, Some(("login_unlinked", detail)), false).await?;
    }
    door.commit().await?;
    Ok(())
}

/// The secret of a provider, where it has one.
pub async fn secret(
    scope: &mut Scope,
    vault: &Vault,
    it: &kept::LoginProvider,
) -> Result<Option<String>> {
    let Some(sealed) = &it.secret_sealed else {
        return Ok(None);
    };
    let secret = own::open(scope, vault, (PURPOSE, it.id().0), sealed).await?;
    let broken = |_| Error::Contradiction("a secret of a provider is no text");
    String::from_utf8(secret).map(Some).map_err(broken)
}
