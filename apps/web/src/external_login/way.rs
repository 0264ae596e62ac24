//! The providers that a SEL's people may come in by: the host's, and the SEL's own.

use super::back::{BACK, own_back};
use crate::Rooms;
use door::{Guest, Trouble};
use gateways::login::Provider;
use gateways::outside::Named;
use sel::login_provider::{id_of, key};
use std::collections::BTreeMap;
use store::Scope;

/// A provider as pages offer it.
pub(crate) struct Offer {
    pub(crate) key: String,
    pub(crate) name: String,
}

/// Those of this SEL: its own first.
pub(crate) async fn offers(guest: &Guest, rooms: &Rooms) -> Result<Vec<Offer>, Trouble> {
    let mut scope = guest.scope().await?;
    let own = store::login_provider::list(&mut scope).await?;
    let own = own.into_iter().map(|it| Offer {
        key: key(it.id()),
        name: it.name,
    });
    let of_host = rooms.providers.iter().map(|it| Offer {
        key: it.key.clone(),
        name: it.name.clone(),
    });
    Ok(own.chain(of_host).collect())
}

/// Whether this SEL's people may come in by an account elsewhere.
pub(crate) async fn has_some(rooms: &Rooms, scope: &mut Scope) -> Result<bool, Trouble> {
    let of_host = !rooms.providers.is_empty();
    Ok(of_host || !store::login_provider::list(scope).await?.is_empty())
}

/// A provider, and who named its address.
pub(super) struct Way {
    pub(super) provider: Provider,
    named: Named,
}

impl Way {
    /// Where it sends the browser back to.
    pub(super) fn back(&self, guest: &Guest) -> String {
        match self.named {
            Named::ByHost => BACK.to_owned(),
            Named::BySomebody => own_back(&guest.association.slug),
        }
    }

    pub(super) fn named(&self) -> (&Provider, Named) {
        (&self.provider, self.named)
    }
}

/// The provider of this key.
pub(super) async fn way(guest: &Guest, rooms: &Rooms, key: &str) -> Result<Way, Trouble> {
    let Some(id) = id_of(key) else {
        let found = rooms.providers.iter().find(|it| it.key == key);
        return Ok(Way {
            provider: found.ok_or(Trouble::NotFound)?.clone(),
            named: Named::ByHost,
        });
    };
    let mut scope = guest.scope().await?;
    let found = store::login_provider::by_id(&mut scope, id).await?;
    let it = found.ok_or(Trouble::NotFound)?;
    let vault = guest.house.keys.vault();
    let secret = desk::login_provider::secret(&mut scope, vault, &it).await?;
    let provider = of_sel(key, (&it.name, &it.issuer), (&it.client_id, secret));
    Ok(Way {
        provider,
        named: Named::BySomebody,
    })
}

/// A provider of a SEL: asked for an address, and believed of none.
pub(crate) fn of_sel(
    key: &str,
    (name, issuer): (&str, &str),
    (client_id, secret): (&str, Option<String>),
) -> Provider {
    Provider {
        key: key.to_owned(),
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        client_id: client_id.to_owned(),
        client_secret: secret.map(Into::into),
        scopes: vec!["email".to_owned()],
        parameters: BTreeMap::new(),
        client_secret_post: false,
        token_endpoint: None,
        verifies_emails: false,
    }
}
