//! Passkeys: keys that devices keep, and let out only after a finger, a face or a code was right.
//! Such a key is possession and knowledge at once: who comes with one is asked for nothing more.
//!
//! A key is made for one domain. Under a domain of its own the platform is that one place, and a
//! key opens all SELs of its owner; else each host is a place by itself.

mod enter;
pub(crate) mod place;
mod question;

pub use enter::{ask, enter};
pub use place::Place;
pub use question::Question;

use crate::membership::Own;
use crate::session::Refusal as Link;
use crate::session::device::tell_all;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use place::Ask;
use question::{Asked, answered, question};
use sel::id::{IdentityId, PasskeyId, TokenId};
use sel::refusal::Refused;
use serde_json::json;
use store::passkey::{Added, Passkey};
use store::{Door, Pool, Result};
use thiserror::Error as ThisError;

/// Keys of one login.
pub(crate) const MANY: usize = 10;
const NAME_LETTERS: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("the login has many keys")]
    Many,
    #[error("the answer is not one to the question")]
    Wrong,
    #[error("the key opens nothing")]
    Unknown,
    #[error("the key opens a login that has no member here")]
    Elsewhere,
    #[error("nothing else would open the login")]
    LastWay,
    #[error("the link: {0}")]
    Link(Link),
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Many => "refusal-passkey-many",
            Refusal::Wrong => "refusal-passkey-wrong",
            Refusal::Unknown => "refusal-passkey-unknown",
            Refusal::Elsewhere => "refusal-passkey-elsewhere",
            Refusal::LastWay => "refusal-passkey-last",
            Refusal::Link(it) => it.key(),
        }
    }
}

/// The keys that open the login of who is here.
pub async fn list(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<Vec<Passkey>> {
    let mut door = Door::begin(web, now).await?;
    let all = store::passkey::of_identity(&mut door, own.identity_id).await?;
    door.commit().await?;
    Ok(all)
}

/// Asks a device for a key that will open the login of who is here. They have proved who they are.
/// `called` is what the device shows of them, and `name` what they know the key by.
pub async fn prepare(
    web: &Pool,
    own: Own<'_>,
    place: &Place,
    (called, name): (&str, &str),
    now: DateTime<Utc>,
) -> Outcome<Question, Refusal> {
    let known = list(web, own, now).await?;
    if known.len() >= MANY {
        return Err(Halt::Refused(Refusal::Many));
    }
    let known = known.into_iter().filter(|it| it.place == place.domain);
    let known = known.map(|it| it.credential_id).collect();
    let Ask { options, state } = place.make(own.identity_id.0, called, known)?;
    let name = kept_name(name);
    let asked = (Asked::Add { name, state }, own.secret, options);
    Ok(question(web, own.association_id, asked, now).await?)
}

/// What somebody typed to know a key by; never nothing.
pub(crate) fn kept_name(typed: &str) -> String {
    match typed.trim() {
        "" => "?".to_owned(),
        typed => typed.chars().take(NAME_LETTERS).collect(),
    }
}

/// Has the key that a device made open the login, and writes to all its members.
pub async fn add(
    web: &Pool,
    own: Own<'_>,
    place: &Place,
    (id, typed): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let wrong = || Halt::Refused(Refusal::Wrong);
    let asked = answered(web, own.association_id, (id, own.secret), now).await?;
    let Asked::Add { name, state } = asked else {
        return Err(wrong());
    };
    let made = place.made(state, typed)?;
    let mut door = Door::begin(web, now).await?;
    store::identity::hold(&mut door, &[own.identity_id]).await?;
    let known = store::passkey::of_identity(&mut door, own.identity_id).await?;
    if known.len() >= MANY {
        return Err(Halt::Refused(Refusal::Many));
    }
    let added = Added {
        id: PasskeyId(fresh::id(now)),
        credential_id: &made.credential_id,
        place: &place.domain,
        name: &name,
        key: &made.key,
    };
    if !store::passkey::add(&mut door, own.identity_id, &added).await? {
        return Err(wrong());
    }
    let letter = Some(("passkey_added", json!({ "label": name })));
    let door = tell_all(door, own.identity_id, letter, false).await?;
    door.commit().await?;
    Ok(())
}

/// Has a key open the login no more; twice is no harm. They have proved who they are, and have
/// `another_way` to come in: an address, that is. `place` is the domain of keys here.
pub async fn remove(
    web: &Pool,
    own: Own<'_>,
    (id, another_way, place): (PasskeyId, bool, &str),
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut door = Door::begin(web, now).await?;
    let identity = own.identity_id;
    store::identity::hold(&mut door, &[identity]).await?;
    let Some(name) = store::passkey::remove(&mut door, identity, id).await? else {
        return Ok(());
    };
    let hash = store::identity::password_hash(&mut door, identity).await?;
    if hash.is_none() && !another_way && !opens_otherwise(&mut door, identity, place).await? {
        return Err(Halt::Refused(Refusal::LastWay));
    }
    let letter = Some(("passkey_removed", json!({ "label": name })));
    let door = tell_all(door, identity, letter, false).await?;
    door.commit().await?;
    Ok(())
}

/// Whether a key of this place, or an account elsewhere, opens a login.
pub(crate) async fn opens_otherwise(
    door: &mut Door,
    identity: IdentityId,
    place: &str,
) -> Result<bool> {
    let keys = store::passkey::of_identity(door, identity).await?;
    if keys.iter().any(|it| it.place == place) {
        return Ok(true);
    }
    Ok(store::external_login::count(door, identity).await? > 0)
}
