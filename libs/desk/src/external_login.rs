//! Logging in with an account elsewhere, and having such an account open a login.
//!
//! An account is known by what its provider calls it, never by its address: an address opens a
//! login only where the provider vouches for it and one member alone is known under it here, and
//! then it is written to. Else somebody logs in as they are used to, once, and the account is
//! linked to what they proved. A dance counts in the browser that began it only.

mod dance;
mod waiting;

pub use dance::{Dance, began_at, keep, number, resume};
pub use waiting::{link_put_by, look_at, put_by};

use crate::membership::Own;
use crate::passkey::opens_otherwise;
use crate::session::device::tell_all;
use crate::session::proof::{self, Entered};
use crate::session::{Browser, Refusal as Link, identity_of};
use crate::{Halt, Outcome, fresh, second};
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::{AssociationId, ExternalLoginId, IdentityId};
use sel::login_provider::id_of;
use sel::refusal::Refused;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::external_login::{Account, ExternalLogin};
use store::{Door, Error, Pool, Result};
use thiserror::Error as ThisError;

/// Somebody's account elsewhere that opens nothing yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unlinked {
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    pub label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("the account opens another login")]
    Taken,
    #[error("nothing else would open the login")]
    LastWay,
    #[error("the login has many such accounts")]
    Many,
    #[error("the link: {0}")]
    Link(Link),
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Taken => "refusal-external-taken",
            Refusal::LastWay => "refusal-external-last",
            Refusal::Many => "refusal-external-many",
            Refusal::Link(it) => it.key(),
        }
    }
}

/// Accounts elsewhere that may open one login.
const MANY: i64 = 10;

/// How far the clock of a provider may be ahead of ours.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(2);

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

/// Logs in whoever an account opens the login of. `vouched` is its address, where the provider
/// vouches for that.
pub async fn enter(
    web: &Pool,
    here: AssociationId,
    (account, vouched, proved_at): (Account<'_>, Option<&str>, Option<DateTime<Utc>>),
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> Result<Opening> {
    // What a SEL's own provider says lets in there, and proves nothing that counts elsewhere.
    let is_own = id_of(account.provider).is_some();
    let (vouched, proved_at) = (vouched.filter(|_| !is_own), proved_at.filter(|_| !is_own));
    let alone = browser.alone || is_own;
    let browser = Browser { alone, ..browser };
    // A session over there may be weeks old: it proves nothing fresh unless it says so. Clocks
    // differ a little.
    let proved_at = proved_at
        .filter(|at| *at <= now + CLOCKS_DIFFER)
        .map_or(now - TimeDelta::days(1), |at| at.min(now));
    let mut door = Door::begin(web, now).await?;
    if let Some(identity) = opened_by(&mut door, account).await? {
        let Some(member) = store::membership::at(&mut door, identity, here).await? else {
            door.commit().await?;
            return Ok(Opening::Elsewhere);
        };
        let whom = (here, member);
        let entered = proof::first(&mut door, whom, (identity, proved_at), browser).await?;
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
    let mut door = door;
    // Who asked for a second proof links with it, not before.
    if second::is_asked(&mut door, identity).await? {
        return Ok(Opening::Unknown);
    }
    let Linked { mut door, opened } = linked(door, identity, account).await?;
    if opened != Some(identity) {
        return Ok(Opening::Unknown);
    }
    let whom = (here, member);
    let entered = proof::first(&mut door, whom, (identity, proved_at), browser).await?;
    door.commit().await?;
    Ok(Opening::In(entered))
}

/// Whose login an account opens. One that opened a login that has no member any more opens none.
async fn opened_by(door: &mut Door, account: Account<'_>) -> Result<Option<IdentityId>> {
    let Some(identity) = store::external_login::open(door, account).await? else {
        return Ok(None);
    };
    if store::membership::of_identity(door, identity)
        .await?
        .is_empty()
    {
        store::external_login::unlink_all(door, identity).await?;
        return Ok(None);
    }
    Ok(Some(identity))
}

/// A SEL's own provider opens nothing once the SEL believes it no more.
async fn is_believed(door: Door, own: Own<'_>, account: Account<'_>) -> Outcome<Door, Refusal> {
    let Some(id) = id_of(account.provider) else {
        return Ok(door);
    };
    let mut scope = door.enter(own.association_id, None).await?;
    if !store::login_provider::hold(&mut scope, id).await? {
        return Err(Halt::Refused(Refusal::Link(Link::Broken)));
    }
    Ok(scope.leave().await?)
}

/// Whose login an account opens now; nobody's, where the login has many such accounts.
struct Linked {
    door: Door,
    opened: Option<IdentityId>,
}

/// Has an account open a login, and writes to all its members.
async fn linked(mut door: Door, identity: IdentityId, account: Account<'_>) -> Result<Linked> {
    store::identity::hold(&mut door, &[identity]).await?;
    if let Some(opened) = opened_by(&mut door, account).await? {
        let opened = Some(opened);
        return Ok(Linked { door, opened });
    }
    if store::external_login::count(&mut door, identity).await? >= MANY {
        return Ok(Linked { door, opened: None });
    }
    let id = ExternalLoginId(fresh::id(door.now));
    store::external_login::link(&mut door, id, identity, account).await?;
    let opened = opened_by(&mut door, account).await?;
    let detail = json!({ "provider": account.provider, "label": account.label });
    let door = tell_all(door, identity, Some(("login_linked", detail)), false).await?;
    Ok(Linked { door, opened })
}

/// Why an account does not open the login of who asked.
fn not_theirs(opened: Option<IdentityId>) -> Halt<Refusal> {
    Halt::Refused(match opened {
        Some(_) => Refusal::Taken,
        None => Refusal::Many,
    })
}

/// Has an account open the login of who is here. They have proved who they are.
pub async fn link(
    web: &Pool,
    own: Own<'_>,
    account: Account<'_>,
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let door = Door::begin(web, now).await?;
    let door = is_believed(door, own, account).await?;
    let Linked { door, opened } = linked(door, own.identity_id, account).await?;
    if opened != Some(own.identity_id) {
        return Err(not_theirs(opened));
    }
    door.commit().await?;
    Ok(())
}

/// The accounts that open the login of who is here.
pub async fn list(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<Vec<ExternalLogin>> {
    let mut door = Door::begin(web, now).await?;
    let all = store::external_login::of_identity(&mut door, own.identity_id).await?;
    door.commit().await?;
    Ok(all)
}

/// Has an account open the login no more; twice is no harm. They have proved who they are, and have
/// `another_way` to come in: an address, that is. `place` is the domain of passkeys here.
pub async fn unlink(
    web: &Pool,
    own: Own<'_>,
    (id, another_way, place): (ExternalLoginId, bool, &str),
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut door = Door::begin(web, now).await?;
    store::identity::hold(&mut door, &[own.identity_id]).await?;
    let gone = store::external_login::unlink(&mut door, own.identity_id, id).await?;
    let Some((provider, label)) = gone else {
        return Ok(());
    };
    let hash = store::identity::password_hash(&mut door, own.identity_id).await?;
    let opens = hash.is_some() || another_way;
    if !opens && !opens_otherwise(&mut door, own.identity_id, place).await? {
        return Err(Halt::Refused(Refusal::LastWay));
    }
    let detail = json!({ "provider": provider, "label": label });
    let letter = Some(("login_unlinked", detail));
    let door = tell_all(door, own.identity_id, letter, false).await?;
    door.commit().await?;
    Ok(())
}
