//! The way to another SEL of a login.

use super::{Own, is_alone};
use crate::fresh;
use crate::session::device::named;
use crate::session::{LINK_LIFE, TICKET_LIFE};
use chrono::{DateTime, Utc};
use sel::id::{MemberId, TokenId};
use serde_json::{Value, json};
use store::association::Association;
use store::token::{Purpose, Written};
use store::{Door, Pool, Result};

/// A link to another SEL.
#[derive(Clone, Debug)]
pub struct Leading {
    /// Where it leads to.
    pub there: Association,
    pub token: TokenId,
    pub expires_at: DateTime<Utc>,
}

pub(super) async fn lead(
    door: &mut Door,
    there: &Association,
    member_id: Option<MemberId>,
    (purpose, detail): (Purpose, Value),
) -> Result<Leading> {
    let token = Written {
        id: TokenId(fresh::id(door.now)),
        purpose,
        association_id: Some(there.id()),
        member_id,
        mail_to: None,
        language: "fr".into(),
        detail,
        expires_at: door.now
            + if purpose == Purpose::Ticket {
                TICKET_LIFE
            } else {
                LINK_LIFE
            },
    };
    store::token::write(door, &token).await?;
    Ok(Leading {
        there: there.clone(),
        token: token.id,
        expires_at: token.expires_at,
    })
}

/// How one gets to another SEL of a login.
#[derive(Clone, Debug)]
pub enum Going {
    /// By a ticket.
    By(Leading),
    /// By logging in there: this session opens its SEL alone.
    Anew(Association),
}

/// The way to another SEL of this login; none where it has no member there.
pub async fn go(web: &Pool, own: Own<'_>, slug: &str, now: DateTime<Utc>) -> Result<Option<Going>> {
    let mut door = Door::begin(web, now).await?;
    let all = store::membership::of_identity(&mut door, own.identity_id).await?;
    let Some(it) = all.iter().find(|it| it.slug == slug) else {
        return Ok(None);
    };
    let Some(there) = store::association::by_id(&mut door, it.association_id()).await? else {
        return Ok(None);
    };
    if is_alone(&mut door, own).await? {
        return Ok(Some(Going::Anew(there)));
    }
    let session = store::session::hash(own.secret);
    let proved = store::session::proved_at(&mut door, &session).await?;
    let proved = proved.map_or(0, |at| at.timestamp());
    let detail = json!({ "proved_at": proved, "session": named(own.secret) });
    let ticket = (Purpose::Ticket, detail);
    let leading = lead(&mut door, &there, Some(it.member_id()), ticket).await?;
    door.commit().await?;
    Ok(Some(Going::By(leading)))
}
