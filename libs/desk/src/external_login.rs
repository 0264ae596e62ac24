//! Logging in with an account elsewhere, and having such an account open a login.
//!
//! An account is known by what its provider calls it, never by its address: an address opens a
//! login only where the provider vouches for it and one member alone is known under it here, and
//! then it is written to. Else somebody logs in as they are used to, once, and the account is
//! linked to what they proved. A dance counts in the browser that began it only.

mod dance;

pub use dance::{Dance, began_at, keep, number, resume};

use crate::membership::Own;
use crate::session::device::{named, tell_all};
use crate::session::proof::{self, Entered};
use crate::session::{Browser, LINK_LIFE, Refusal as Link, TICKET_LIFE, identity_of, look};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, ExternalLoginId, IdentityId, TokenId};
use sel::refusal::Refused;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::external_login::{Account, ExternalLogin};
use store::token::{Purpose, Token, Written};
use store::{Door, Error, Pool, Result};
use thiserror::Error as ThisError;

/// Somebody's account elsewhere that opens nothing yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unlinked {
    pub provider: String,
    pub subject: String,
    pub label: String,
}

#[derive(Serialize, Deserialize)]
struct Waiting {
    account: Unlinked,
    visitor: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("the account opens another login")]
    Taken,
    #[error("nothing else would open the login")]
    LastWay,
    #[error("the link: {0}")]
    Link(Link),
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Taken => "refusal-external-taken",
            Refusal::LastWay => "refusal-external-last",
            Refusal::Link(it) => it.key(),
        }
    }
}

/// What a dance led to.
#[derive(Debug)]
pub enum Opening {
    In(Entered),
    /// The account opens a login that has no member here.
    Elsewhere,
    /// The account opens nothing.
    Unknown,
}

fn strange() -> Error {
    Error::Contradiction("a token of a dance is not readable")
}

async fn write(
    web: &Pool,
    here: AssociationId,
    (id, expires_at): (TokenId, DateTime<Utc>),
    (purpose, detail): (Purpose, serde_json::Value),
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

fn of_visitor(token: &Token, here: AssociationId, visitor: &str, kept: &str) -> Outcome<(), Link> {
    if token.association_id() == Some(here) && kept == named(visitor) {
        Ok(())
    } else {
        Err(Halt::Refused(Link::Broken))
    }
}

/// Logs in whoever an account opens the login of. `vouched` is its address, where the provider
/// vouches for that.
pub async fn enter(
    web: &Pool,
    here: AssociationId,
    (account, vouched): (Account<'_>, Option<&str>),
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> Result<Opening> {
    let mut door = Door::begin(web, now).await?;
    if let Some(identity) = store::external_login::open(&mut door, account).await? {
        let Some(member) = store::membership::at(&mut door, identity, here).await? else {
            return Ok(Opening::Elsewhere);
        };
        let entered = proof::first(&mut door, (here, member), identity, browser).await?;
        door.commit().await?;
        return Ok(Opening::In(entered));
    }
    let Some(email) = vouched else {
        return Ok(Opening::Unknown);
    };
    let known = store::identity::candidates(&mut door, here, None, Some(email)).await?;
    // A mailed link to them would go to this very address; couples share theirs.
    let goes_there = |it: &str| it.to_lowercase() == email;
    let [one] = known.as_slice() else {
        return Ok(Opening::Unknown);
    };
    if !one.email.as_deref().is_some_and(goes_there) {
        return Ok(Opening::Unknown);
    }
    let member = one.member_id();
    let (door, identity) = match identity_of(door, here, member).await {
        Ok(known) => known,
        Err(Halt::Refused(_)) => return Ok(Opening::Unknown),
        Err(Halt::Failed(error)) => return Err(error),
    };
    let (mut door, opened) = linked(door, identity, account).await?;
    if opened != identity {
        return Ok(Opening::Unknown);
    }
    let entered = proof::first(&mut door, (here, member), identity, browser).await?;
    door.commit().await?;
    Ok(Opening::In(entered))
}

/// Has an account open a login, and writes to all its members. Answers whose login it opens now.
async fn linked(
    mut door: Door,
    identity: IdentityId,
    account: Account<'_>,
) -> Result<(Door, IdentityId)> {
    store::identity::hold(&mut door, &[identity]).await?;
    let id = ExternalLoginId(fresh::id(door.now));
    let (opened, is_new) = store::external_login::link(&mut door, id, identity, account).await?;
    if !is_new {
        return Ok((door, opened));
    }
    let detail = json!({ "provider": account.provider, "label": account.label });
    let door = tell_all(door, identity, Some(("login_linked", detail))).await?;
    Ok((door, opened))
}

/// Has an account open the login of who is here. They have proved who they are.
pub async fn link(
    web: &Pool,
    own: Own<'_>,
    account: Account<'_>,
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let door = Door::begin(web, now).await?;
    let (door, opened) = linked(door, own.identity_id, account).await?;
    if opened != own.identity_id {
        return Err(Halt::Refused(Refusal::Taken));
    }
    door.commit().await?;
    Ok(())
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
    write(web, here, number, (Purpose::Linking, detail), now).await?;
    Ok(number)
}

/// The account that was put by, in the same browser.
pub async fn look_at(
    web: &Pool,
    here: AssociationId,
    (id, visitor): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<Unlinked, Link> {
    let token = look(web, id, &[Purpose::Linking], now).await?;
    let waiting: Waiting = serde_json::from_value(token.detail.clone()).map_err(|_| strange())?;
    of_visitor(&token, here, visitor, &waiting.visitor)?;
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
        subject: &it.subject,
        label: &it.label,
    };
    let (door, opened) = linked(door, own.identity_id, account).await?;
    if opened != own.identity_id {
        return Err(Halt::Refused(Refusal::Taken));
    }
    door.commit().await?;
    Ok(it)
}

/// The accounts that open the login of who is here.
pub async fn list(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<Vec<ExternalLogin>> {
    let mut door = Door::begin(web, now).await?;
    let all = store::external_login::of_identity(&mut door, own.identity_id).await?;
    door.commit().await?;
    Ok(all)
}

/// Has an account open the login no more; twice is no harm. They have proved who they are, and have
/// `another_way` to come in: an address, that is.
pub async fn unlink(
    web: &Pool,
    own: Own<'_>,
    (id, another_way): (ExternalLoginId, bool),
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut door = Door::begin(web, now).await?;
    store::identity::hold(&mut door, &[own.identity_id]).await?;
    let all = store::external_login::of_identity(&mut door, own.identity_id).await?;
    let Some(it) = all.iter().find(|it| it.id() == id) else {
        return Ok(());
    };
    let hash = store::identity::password_hash(&mut door, own.identity_id).await?;
    if all.len() == 1 && hash.is_none() && !another_way {
        return Err(Halt::Refused(Refusal::LastWay));
    }
    store::external_login::unlink(&mut door, own.identity_id, id).await?;
    let detail = json!({ "provider": it.provider, "label": it.label });
    let door = tell_all(door, own.identity_id, Some(("login_unlinked", detail))).await?;
    door.commit().await?;
    Ok(())
}
