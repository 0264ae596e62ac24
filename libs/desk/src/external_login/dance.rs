//! A dance with a provider, kept from its beginning until the browser comes back, for that browser
//! alone.

use super::strange;
use crate::session::device::{goes_on, named};
use crate::session::kept::{self, of_visitor};
use crate::session::{LINK_LIFE, Refusal as Link, look};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, TokenId};
use serde::{Deserialize, Serialize};
use store::token::Purpose;
use store::{Door, Pool, Result};

/// What is kept of a dance until the browser comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dance {
    /// The key of the provider.
    pub provider: String,
    pub nonce: String,
    pub verifier: String,
    /// Where to go afterwards.
    pub back: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    dance: Dance,
    /// The browser that began it.
    visitor: String,
    /// The session that asked to have the account linked; none where somebody logs in.
    session: Option<String>,
}

/// The id of a dance to be, and until when it may end.
pub fn number(now: DateTime<Utc>) -> (TokenId, DateTime<Utc>) {
    (TokenId(fresh::id(now)), now + LINK_LIFE)
}

/// Keeps a dance that has begun: of a visitor, and of a session that wants an account linked.
pub async fn keep(
    web: &Pool,
    here: AssociationId,
    number: (TokenId, DateTime<Utc>),
    (dance, visitor, session): (Dance, &str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<()> {
    let kept = Kept {
        dance,
        visitor: named(visitor),
        session: session.map(named),
    };
    let detail = serde_json::to_value(&kept).map_err(|_| strange())?;
    kept::keep(web, here, number, (Purpose::External, detail), now).await
}

/// At which SEL a dance began, over or not: there it is said.
pub async fn began_at(web: &Pool, id: TokenId, now: DateTime<Utc>) -> Result<Option<String>> {
    let mut door = Door::begin(web, now).await?;
    let token = store::token::read(&mut door, id).await?;
    let token = token.filter(|token| token.purpose() == Some(Purpose::External));
    let Some(here) = token.and_then(|token| token.association_id()) else {
        return Ok(None);
    };
    let here = store::association::by_id(&mut door, here).await?;
    door.commit().await?;
    Ok(here.map(|it| it.slug))
}

/// Takes a dance up again, once, in the browser that began it. Answers it, and whether it was to
/// have the account linked to the session that is there.
pub async fn resume(
    web: &Pool,
    here: AssociationId,
    id: TokenId,
    browser: (&str, Option<&str>),
    now: DateTime<Utc>,
) -> Outcome<(Dance, bool), Link> {
    let (visitor, session) = browser;
    let token = look(web, Some(here), (id, &[Purpose::External]), now).await?;
    let kept: Kept = serde_json::from_value(token.detail.clone()).map_err(|_| strange())?;
    of_visitor(visitor, &kept.visitor)?;
    if kept.session.is_some() && kept.session != session.map(named) {
        return Err(Halt::Refused(Link::Broken));
    }
    let mut door = Door::begin(web, now).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(Halt::Refused(Link::Used));
    }
    if let Some(session) = &kept.session
        && !goes_on(&mut door, session).await?
    {
        return Err(Halt::Refused(Link::Expired));
    }
    door.commit().await?;
    Ok((kept.dance, kept.session.is_some()))
}
