//! A second proof of who somebody is: a code that an application shows, or a spare code.

pub(crate) mod code;

pub use code::Setup;

use crate::membership::{Own, is_half};
use crate::session::device::tell_all;
use crate::{Halt, Outcome};
use chrono::{DateTime, Utc};
use code::{Typed, fresh_secret, spare_codes};
use sel::id::IdentityId;
use sel::refusal::Refused;
use serde_json::json;
use store::identity::second::{self, PURPOSE};
use store::key::Vault;
use store::{Door, Error, Pool, Result};
use thiserror::Error as ThisError;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("no such code")]
    Wrong,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Wrong => "refusal-second-wrong",
        }
    }

    fn field(&self) -> &'static str {
        "code"
    }
}

/// Why a login goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Entering {
    #[error("the code: {0}")]
    Code(Refusal),
    #[error("the link: {0}")]
    Link(crate::session::Refusal),
}

/// How it stands with a login.
#[derive(Clone, Debug)]
pub enum Standing {
    /// To be set up, or being set up.
    Setup(Setup),
    InForce {
        since: DateTime<Utc>,
        spare: i64,
    },
    /// Not to be set up by a session that opens this SEL alone, where the login opens others.
    Elsewhere,
}

fn opened(vault: &Vault, id: IdentityId, sealed: &[u8]) -> Result<Vec<u8>> {
    let broken = Error::Contradiction("the master key does not open a second secret");
    vault.open(PURPOSE, id.0, sealed).ok_or(broken)
}

/// How it stands, with a secret to set up where none is in force: a new one, which nobody can have
/// seen before, or `again` the one that the page showed. `account` names it in the application.
pub async fn standing(
    web: &Pool,
    vault: &Vault,
    (own, account): (Own<'_>, &str),
    again: bool,
    now: DateTime<Utc>,
) -> Result<Standing> {
    let id = own.identity_id;
    let mut door = Door::begin(web, now).await?;
    let known = second::read(&mut door, id).await?;
    if let Some(since) = known.as_ref().and_then(|it| it.second_since) {
        let spare = known.map_or(0, |it| it.spare);
        return Ok(Standing::InForce { since, spare });
    }
    if is_half(&mut door, own).await? {
        return Ok(Standing::Elsewhere);
    }
    let secret = if let Some(known) = known.filter(|_| again) {
        opened(vault, id, &known.second_sealed)?
    } else {
        let secret = fresh_secret();
        let sealed = vault
            .seal(PURPOSE, id.0, &secret)
            .ok_or(Error::Contradiction("a second secret could not be sealed"))?;
        second::prepare(&mut door, id, &sealed).await?;
        secret
    };
    door.commit().await?;
    Ok(Standing::Setup(code::setup(secret, ("Saline", account))?))
}

/// Whether a second proof is asked of this login.
pub(crate) async fn is_asked(door: &mut Door, id: IdentityId) -> Result<bool> {
    let known = second::read(door, id).await?;
    Ok(known.is_some_and(|it| it.second_since.is_some()))
}

/// Takes a code of the application, or a spare code, each once.
pub(crate) async fn check(
    door: &mut Door,
    vault: &Vault,
    id: IdentityId,
    typed: &str,
) -> Outcome<(), Refusal> {
    store::identity::hold(door, &[id]).await?;
    let typed = Typed::new(typed);
    let wrong = Halt::Refused(Refusal::Wrong);
    let Some(known) = second::read(door, id).await? else {
        return Err(wrong);
    };
    let secret = opened(vault, id, &known.second_sealed)?;
    let taken = match typed.step(secret, door.now)? {
        Some(step) => second::take(door, id, step).await?,
        None if known.second_since.is_some() => {
            second::spend(door, id, &typed.spare_hash()).await?
        }
        None => false,
    };
    if taken { Ok(()) } else { Err(wrong) }
}

/// Puts the second proof into force with the first right code, or makes new spare codes. Answers
/// the spare codes, which nobody can read again. The other sessions end, links under way are void,
/// and all members of the login are written to.
pub async fn begin(
    web: &Pool,
    vault: &Vault,
    own: Own<'_>,
    typed: &str,
    now: DateTime<Utc>,
) -> Outcome<Vec<String>, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let id = own.identity_id;
    check(&mut door, vault, id, typed).await?;
    let (codes, hashes) = spare_codes();
    second::begin(&mut door, id, &hashes).await?;
    let here = store::session::hash(own.secret);
    store::session::end_others(&mut door, id, (&here, true)).await?;
    let door = tell_all(door, id, Some(("second_begun", json!({}))), true).await?;
    door.commit().await?;
    Ok(codes)
}

/// Asks for no second proof any more; with a last code. All members of the login are written to.
pub async fn end(
    web: &Pool,
    vault: &Vault,
    own: Own<'_>,
    typed: &str,
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut door = Door::begin(web, now).await?;
    check(&mut door, vault, own.identity_id, typed).await?;
    second::end(&mut door, own.identity_id).await?;
    let door = tell_all(
        door,
        own.identity_id,
        Some(("second_ended", json!({}))),
        false,
    )
    .await?;
    door.commit().await?;
    Ok(())
}
