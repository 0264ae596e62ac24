//! A question for a device, and its answer: once, where it was asked.

use super::Refusal;
use super::place::strange;
use crate::session::device::named;
use crate::session::kept::{keep, of_visitor};
use crate::session::{Refusal as Link, TICKET_LIFE, look};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, TokenId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::token::{Purpose, Token};
use store::{Door, Pool, Result};

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
