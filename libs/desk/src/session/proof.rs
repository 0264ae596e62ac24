//! What becomes of a login once it proved itself: a session, or the question for a second proof.

use super::{Browser, Refusal, Secret, TICKET_LIFE, look, start};
use crate::{Halt, fresh, second};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, IdentityId, MemberId, TokenId};
use serde_json::json;
use store::key::Vault;
use store::token::{Purpose, Written};
use store::{Door, Pool, Result};

/// A session, or a link to where the second proof is asked for.
#[derive(Debug)]
pub enum Entered {
    In(Secret),
    Second(TokenId, DateTime<Utc>),
}

impl Entered {
    /// The session, where nothing more is asked.
    pub fn secret(self) -> Option<Secret> {
        match self {
            Entered::In(secret) => Some(secret),
            Entered::Second(..) => None,
        }
    }
}

/// Starts a session, unless a second proof is asked of this login.
pub(crate) async fn first(
    door: &mut Door,
    (here, member): (AssociationId, MemberId),
    (identity, proved_at): (IdentityId, DateTime<Utc>),
    browser: Browser<'_>,
) -> Result<Entered> {
    let now = door.now;
    if !second::is_asked(door, identity).await? {
        let secret = start(door, (here, member), identity, browser, proved_at).await?;
        return Ok(Entered::In(secret));
    }
    let token = Written {
        id: TokenId(fresh::id(now)),
        purpose: Purpose::Second,
        association_id: Some(here),
        member_id: Some(member),
        mail_to: None,
        language: "fr".into(),
        detail: json!({
            "identity_id": identity,
            "alone": browser.alone,
            "proved_at": proved_at.timestamp(),
        }),
        expires_at: now + TICKET_LIFE,
    };
    store::token::write(door, &token).await?;
    Ok(Entered::Second(token.id, token.expires_at))
}

/// Starts the session of a login that proved itself once, with the second proof.
pub async fn second_proof(
    web: &Pool,
    vault: &Vault,
    here: AssociationId,
    (id, typed): (TokenId, &str),
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> crate::Outcome<Secret, second::Entering> {
    let wider = |halt: Halt<Refusal>| halt.map(second::Entering::Link);
    let token = look(web, Some(here), (id, &[Purpose::Second]), now)
        .await
        .map_err(wider)?;
    let broken = || wider(Halt::Refused(Refusal::Broken));
    let identity = token.detail["identity_id"].as_str();
    let identity = identity.and_then(|it| it.parse().ok()).ok_or_else(broken)?;
    let member = token.member_id().ok_or_else(broken)?;
    // What let them in first says how far they get.
    let alone = browser.alone || token.detail["alone"].as_bool().unwrap_or(false);
    // What a SEL's own provider says is no proof that is fresh, whatever is added to it.
    let proved_at = token.detail["proved_at"].as_i64();
    let proved_at = proved_at.and_then(|it| DateTime::from_timestamp(it, 0));
    let proved_at = if alone { proved_at } else { Some(now) };
    let proved_at = proved_at.ok_or_else(broken)?;
    let browser = Browser { alone, ..browser };
    let mut door = Door::begin(web, now).await?;
    second::check(&mut door, vault, identity, typed)
        .await
        .map_err(|halt| halt.map(second::Entering::Code))?;
    if !store::token::spend(&mut door, id).await? {
        return Err(wider(Halt::Refused(Refusal::Used)));
    }
    let secret = start(&mut door, (here, member), identity, browser, proved_at).await?;
    door.commit().await?;
    Ok(secret)
}
