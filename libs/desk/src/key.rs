//! A new key for a SEL.

use crate::{login_provider, webhook};
use store::key::{Vault, own};
use store::{Result, Scope};
use uuid::Uuid;

/// Gives this SEL a new key, and seals under it what was sealed under older ones. Commits.
pub async fn reseal(mut scope: Scope, vault: &Vault) -> Result<()> {
    // What is added at this moment is sealed under the new key, or counted here.
    store::setting::hold(&mut scope).await?;
    own::renew(&mut scope, vault).await?;
    for it in store::webhook::list(&mut scope).await? {
        let of = (webhook::PURPOSE, it.id().0);
        let sealed = again(&mut scope, vault, of, &it.secret_sealed).await?;
        store::webhook::reseal(&mut scope, it.id(), &sealed).await?;
    }
    for it in store::login_provider::list(&mut scope).await? {
        let Some(sealed) = &it.secret_sealed else {
            continue;
        };
        let of = (login_provider::PURPOSE, it.id().0);
        let sealed = again(&mut scope, vault, of, sealed).await?;
        store::login_provider::reseal(&mut scope, it.id(), &sealed).await?;
    }
    own::forget_older(&mut scope).await?;
    scope.commit().await
}

async fn again(
    scope: &mut Scope,
    vault: &Vault,
    of: (&str, Uuid),
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let plain = own::open(scope, vault, of, sealed).await?;
    own::seal(scope, vault, of, &plain).await
}
