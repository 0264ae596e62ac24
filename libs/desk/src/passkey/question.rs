//! A question for a device, and its answer: once, where it was asked.

use super::Refusal;
use crate::session::device::named;
use crate::session::kept::{keep, of_visitor};
use crate::session::{Refusal as Link, TICKET_LIFE, look};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, TokenId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::token::{Purpose, Token};
use store::{Door, Error, Pool, Result};
use webauthn_rs::prelude::{Url, WebauthnError};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Where a key is asked for.
#[derive(Clone, Debug)]
pub struct Place {
    /// The domain that keys are made for: "saline.example".
    pub domain: String,
    /// What the page that asks says it is: "https://mars.saline.example".
    pub origin: String,
}

impl Place {
    pub(super) fn library(&self) -> Result<Webauthn> {
        let strange = |_| Error::Contradiction("a place for passkeys is none");
        let origin = Url::parse(&self.origin)
            .map_err(|_| Error::Contradiction("an origin of passkeys is none"))?;
        let builder = WebauthnBuilder::new(&self.domain, &origin).map_err(strange)?;
        builder.rp_name("Saline").build().map_err(strange)
    }
}

/// A question for a device, and the number that its answer comes back with, until then.
#[derive(Clone, Debug)]
pub struct Question {
    /// What the browser is told, in the words of WebAuthn.
    pub options: Value,
    pub id: TokenId,
    pub expires_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
pub(super) enum Asked {
    /// A key to be, by this name, for the session that asked.
    Add {
        name: String,
        state: Value,
    },
    Enter {
        state: Value,
    },
}

#[derive(Serialize, Deserialize)]
struct Kept {
    asked: Asked,
    /// The browser, or the session, that asked.
    whose: String,
}

pub(super) fn strange<E>(_: E) -> Error {
    Error::Contradiction("a question for a passkey is not readable")
}

pub(super) async fn question(
    web: &Pool,
    here: AssociationId,
    (asked, whose, options): (Asked, &str, Value),
    now: DateTime<Utc>,
) -> Result<Question> {
    let whose = named(whose);
    let detail = serde_json::to_value(Kept { asked, whose }).map_err(strange)?;
    let (id, expires_at) = (TokenId(fresh::id(now)), now + TICKET_LIFE);
    let kept = (Purpose::Passkey, detail);
    keep(web, here, (id, expires_at), kept, now).await?;
    Ok(Question {
        options,
        id,
        expires_at,
    })
}

/// Takes a question up again, once, where it was asked.
pub(super) async fn answered(
    web: &Pool,
    here: AssociationId,
    (id, whose): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<Asked, Refusal> {
    let wider = |halt: Halt<Link>| halt.map(Refusal::Link);
    let token: Token = look(web, Some(here), (id, &[Purpose::Passkey]), now)
        .await
        .map_err(wider)?;
    let kept: Kept = serde_json::from_value(token.detail.clone()).map_err(strange)?;
    of_visitor(whose, &kept.whose).map_err(wider)?;
    let mut door = Door::begin(web, now).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(wider(Halt::Refused(Link::Used)));
    }
    door.commit().await?;
    Ok(kept.asked)
}

/// An answer that the library refuses; why is for the log alone.
pub(super) fn refused(error: &WebauthnError) -> Halt<Refusal> {
    tracing::info!(why = %error, "an answer for a passkey was refused");
    Halt::Refused(Refusal::Wrong)
}
