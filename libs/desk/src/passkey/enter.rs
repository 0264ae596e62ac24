//! Logging in with a passkey.

use super::Refusal;
use super::place::{Ask, Place};
use super::question::{Asked, Question, answered, question};
use crate::session::{Browser, Secret, start};
use crate::{Halt, Outcome};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, IdentityId, TokenId};
use store::{Door, Pool, Result};

/// Asks a browser's device for a key, whoever it belongs to.
pub async fn ask(
    web: &Pool,
    here: AssociationId,
    (place, visitor): (&Place, &str),
    now: DateTime<Utc>,
) -> Result<Question> {
    let Ask { options, state } = place.ask()?;
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
    let claim = place.claim(typed)?;
    let identity = IdentityId(claim.owner);
    let mut door = Door::begin(web, now).await?;
    let known = store::passkey::hold(&mut door, identity, &claim.credential_id).await?;
    let known = known.filter(|it| it.place == place.domain);
    let unknown = Halt::Refused(Refusal::Unknown);
    let known = known.ok_or(unknown)?;
    let key = place.prove(&claim, state, &known.key)?;
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
