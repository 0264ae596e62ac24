//! What is kept of a visitor's way, for their browser alone, until they come back to it.

use super::Refusal;
use super::device::named;
use crate::{Halt, Outcome};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, TokenId};
use serde_json::Value;
use store::token::{Purpose, Written};
use store::{Door, Pool, Result};

/// Keeps it under this number until then. It says which browser it is of.
pub(crate) async fn keep(
    web: &Pool,
    here: AssociationId,
    (id, expires_at): (TokenId, DateTime<Utc>),
    (purpose, detail): (Purpose, Value),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut door = Door::begin(web, now).await?;
    let token = Written {
        id,
        purpose,
        association_id: Some(here),
        member_id: None,
        mail_to: None,
        language: "fr".into(),
        detail,
        expires_at,
    };
    store::token::write(&mut door, &token).await?;
    door.commit().await
}

/// Makes sure that it was kept for this browser: `kept` is what it says of that.
pub(crate) fn of_visitor(visitor: &str, kept: &str) -> Outcome<(), Refusal> {
    if kept == named(visitor) {
        Ok(())
    } else {
        Err(Halt::Refused(Refusal::Broken))
    }
}
