//! Logging in with a passkey.

use super::Refusal;
use super::question::{Asked, Place, Question, answered, question, refused, strange};
use crate::session::{Browser, Secret, start};
use crate::{Halt, Outcome};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, IdentityId, TokenId};
use store::{Door, Error, Pool, Result};
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

/// Asks a browser's device for a key, whoever it belongs to.
pub async fn ask(
    web: &Pool,
    here: AssociationId,
    (place, visitor): (&Place, &str),
    now: DateTime<Utc>,
) -> Result<Question> {
    let (options, state) = place
        .library()?
        .start_discoverable_authentication()
        .map_err(|_| Error::Contradiction("no question for a passkey"))?;
    let state = serde_json::to_value(&state).map_err(strange)?;
    let options = serde_json::to_value(&options.public_key).map_err(strange)?;
    let asked = (Asked::Enter { state }, visitor, options);
    question(web, here, asked, now).await
}

/// Logs in whose key it is. Nothing more is asked.
pub async fn enter(
    web: &Pool,
    here: AssociationId,
    (place, visitor): (&Place, &str),
    (id, typed): (TokenId, &str),
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> Outcome<Secret, Refusal> {
    let wrong = || Halt::Refused(Refusal::Wrong);
    let Asked::Enter { state } = answered(web, here, (id, visitor), now).await? else {
        return Err(wrong());
    };
    let state: DiscoverableAuthentication = serde_json::from_value(state).map_err(strange)?;
    let typed: PublicKeyCredential = serde_json::from_str(typed).map_err(|_| wrong())?;
    let library = place.library()?;
    let (whose, called) = library
        .identify_discoverable_authentication(&typed)
        .map_err(|error| refused(&error))?;
    let identity = IdentityId(whose);
    let mut door = Door::begin(web, now).await?;
    let known = store::passkey::hold(&mut door, identity, called).await?;
    let known = known.filter(|it| it.place == place.domain);
    let unknown = Halt::Refused(Refusal::Unknown);
    let known = known.ok_or(unknown)?;
    let mut key: Passkey = serde_json::from_value(known.key.clone()).map_err(strange)?;
    let proof = library
        .finish_discoverable_authentication_v2(&typed, state, &key)
        .map_err(|error| refused(&error))?;
    if !proof.user_verified() {
        return Err(wrong());
    }
    key.update_credential(&proof);
    let key = serde_json::to_value(&key).map_err(strange)?;
    store::passkey::see(&mut door, known.id(), &key).await?;
    let Some(member) = store::membership::at(&mut door, identity, here).await? else {
        let all = store::membership::of_identity(&mut door, identity).await?;
        if !all.is_empty() {
            return Err(Halt::Refused(Refusal::Elsewhere));
        }
        // Keys that opened a login that has no member any more open none.
        store::passkey::remove_all(&mut door, identity).await?;
        door.commit().await?;
        return Err(Halt::Refused(Refusal::Unknown));
    };
    let secret = start(&mut door, (here, member), identity, browser, now).await?;
    door.commit().await?;
    Ok(secret)
}
