//! An account elsewhere that opens nothing yet, kept for one browser until somebody has logged in.

use super::{Linked, Refusal, Unlinked, is_believed, linked, not_theirs, strange};
use crate::membership::Own;
use crate::session::device::named;
use crate::session::kept::{keep, of_visitor};
use crate::session::{LINK_LIFE, Refusal as Link, TICKET_LIFE, look};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, TokenId};
use serde::{Deserialize, Serialize};
use store::external_login::Account;
use store::token::Purpose;
use store::{Door, Pool, Result};

#[derive(Serialize, Deserialize)]
struct Waiting {
    account: Unlinked,
    visitor: String,
}

/// Keeps an account that opens nothing yet, for this browser, until somebody has logged in.
pub async fn put_by(
    web: &Pool,
    here: AssociationId,
    account: Unlinked,
    visitor: &str,
    now: DateTime<Utc>,
) -> Result<(TokenId, DateTime<Utc>)> {
    // As long as a mailed link lives, and a little to press its button.
    let number = (TokenId(fresh::id(now)), now + LINK_LIFE + TICKET_LIFE);
    let visitor = named(visitor);
    let waiting = Waiting { account, visitor };
    let detail = serde_json::to_value(&waiting).map_err(|_| strange())?;
    keep(web, here, number, (Purpose::Linking, detail), now).await?;
    Ok(number)
}

/// The account that was put by, in the same browser.
pub async fn look_at(
    web: &Pool,
    here: AssociationId,
    (id, visitor): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<Unlinked, Link> {
    let token = look(web, Some(here), (id, &[Purpose::Linking]), now).await?;
    let waiting: Waiting = serde_json::from_value(token.detail.clone()).map_err(|_| strange())?;
    of_visitor(visitor, &waiting.visitor)?;
    Ok(waiting.account)
}

/// Has the account that was put by open the login of who is here. They have proved who they are.
pub async fn link_put_by(
    web: &Pool,
    own: Own<'_>,
    (id, visitor): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<Unlinked, Refusal> {
    let it = look_at(web, own.association_id, (id, visitor), now)
        .await
        .map_err(|halt| halt.map(Refusal::Link))?;
    let mut door = Door::begin(web, now).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(Halt::Refused(Refusal::Link(Link::Used)));
    }
    let account = Account {
        provider: &it.provider,
        issuer: &it.issuer,
        subject: &it.subject,
        label: &it.label,
    };
    let door = is_believed(door, own, account).await?;
    let Linked { door, opened } = linked(door, own.identity_id, account).await?;
    if opened != Some(own.identity_id) {
        return Err(not_theirs(opened));
    }
    door.commit().await?;
    Ok(it)
}
