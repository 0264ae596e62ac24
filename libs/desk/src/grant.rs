//! How a program that somebody else wrote gets access: OAuth 2.1, authorization code with PKCE, or
//! the device flow (RFC 8628).
//!
//! A program introduces itself (RFC 7591) and is given a name that holds, signed, what it said: no
//! list of programs is kept. It has no secret; the code is worth something to who began alone.

mod device;

pub use device::{Shown, answer_device, begin_device, fetch_device, typed};

use crate::{Halt, Outcome, access, fresh};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sel::access::Permission;
use sel::id::{AccessId, AssociationId, IdentityId, MemberId, TokenId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::key::Keyring;
use store::token::{Purpose, Written};
use store::{Door, Error, Pool, Result, Scope};

/// How long a code lives, and the request of a device.
pub const CODE_LIFE: TimeDelta = TimeDelta::minutes(2);
pub const DEVICE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long the access lasts that comes of it, in days.
pub const DAYS: u64 = 90;
/// How often a device may ask, in seconds.
pub const INTERVAL: i64 = 5;

/// A program, as it introduced itself to a SEL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    #[serde(rename = "n")]
    pub name: String,
    #[serde(rename = "r")]
    pub redirects: Vec<String>,
    #[serde(rename = "a")]
    pub association: AssociationId,
}

const CLIENT: &str = "client";

impl Client {
    /// The name that it is given.
    pub fn id(&self, keys: &Keyring) -> Result<String> {
        let body = serde_json::to_vec(self).map_err(|_| strange())?;
        Ok(keys.sign(CLIENT, &body))
    }

    /// The program of this name, where it introduced itself to this SEL.
    pub fn read(id: &str, keys: &Keyring, here: AssociationId) -> Option<Client> {
        let body = keys.verify(CLIENT, id)?;
        let it: Client = serde_json::from_slice(&body).ok()?;
        (it.association == here).then_some(it)
    }
}

fn strange() -> Error {
    Error::Contradiction("a grant is not readable")
}

/// What a code stands for.
#[derive(Serialize, Deserialize)]
struct Coded {
    client: String,
    redirect: String,
    challenge: String,
    name: String,
    permissions: Vec<String>,
    identity: IdentityId,
}

/// What somebody agreed to.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    pub client_id: &'a str,
    pub name: &'a str,
    pub redirect: &'a str,
    /// The SHA-256 of what the program will show, in base64url.
    pub challenge: &'a str,
    pub permissions: &'a [Permission],
}

/// Why a program gets no access, as OAuth names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The code is none, was used, is over, or is another program's.
    InvalidGrant,
    /// Nobody has answered yet.
    Pending,
    SlowDown,
    Denied,
    Expired,
    /// Many wait already.
    Many,
}

/// Writes a code for what a member agreed to.
pub async fn agree(
    web: &Pool,
    (here, member, identity): (AssociationId, MemberId, IdentityId),
    agreed: Agreed<'_>,
    now: DateTime<Utc>,
) -> Result<(TokenId, DateTime<Utc>)> {
    let permissions = agreed.permissions.iter().map(|it| it.as_str().to_owned());
    let coded = Coded {
        client: agreed.client_id.to_owned(),
        redirect: agreed.redirect.to_owned(),
        challenge: agreed.challenge.to_owned(),
        name: agreed.name.to_owned(),
        permissions: permissions.collect(),
        identity,
    };
    let token = Written {
        id: TokenId(fresh::id(now)),
        purpose: Purpose::Code,
        association_id: Some(here),
        member_id: Some(member),
        mail_to: None,
        language: "fr".into(),
        detail: serde_json::to_value(&coded).map_err(|_| strange())?,
        expires_at: now + CODE_LIFE,
    };
    let mut door = Door::begin(web, now).await?;
    store::token::write(&mut door, &token).await?;
    door.commit().await?;
    Ok((token.id, token.expires_at))
}

/// An access that was fetched.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub secret: String,
    pub permissions: Vec<Permission>,
    pub expires_at: DateTime<Utc>,
}

/// Gives the access that a code stands for to the program that began, once. The same code again
/// ends what it gave: somebody else has seen it.
pub async fn fetch(
    web: &Pool,
    here: AssociationId,
    id: TokenId,
    (client_id, redirect, verifier): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Outcome<Fetched, Refusal> {
    let refused = || Halt::Refused(Refusal::InvalidGrant);
    let mut door = Door::begin(web, now).await?;
    let token = store::token::read(&mut door, id).await?;
    let token = token.filter(|it| it.purpose() == Some(Purpose::Code));
    let token = token.ok_or_else(refused)?;
    let member = token.member_id().ok_or_else(refused)?;
    let coded: Coded = serde_json::from_value(token.detail.clone()).map_err(|_| strange())?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let is_whose = token.association_id() == Some(here)
        && coded.client == client_id
        && coded.redirect == redirect
        && coded.challenge == challenge;
    if !is_whose || token.expires_at <= now {
        return Err(refused());
    }
    if !store::token::spend(&mut door, id).await? {
        let mut scope = door.enter(here, None).await?;
        store::access::revoke(&mut scope, AccessId(id.0), member).await?;
        scope.commit().await?;
        return Err(refused());
    }
    let permissions = coded.permissions.iter();
    let permissions: Vec<Permission> = permissions.filter_map(|it| Permission::parse(it)).collect();
    let mut scope = door.enter(here, None).await?;
    let whose = (AccessId(id.0), member, coded.identity);
    let fetched = give(&mut scope, whose, &coded.name, &permissions).await?;
    scope.commit().await?;
    fetched.ok_or_else(refused)
}

/// Gives access to a program; nothing where the member has too many.
async fn give(
    scope: &mut Scope,
    (id, member, identity): (AccessId, MemberId, IdentityId),
    name: &str,
    permissions: &[Permission],
) -> Result<Option<Fetched>> {
    let Some(actor) = store::member::act_as(scope, member, identity).await? else {
        return Ok(None);
    };
    let whose = (id, &actor, identity);
    match access::lend(scope, whose, name, permissions, DAYS).await {
        Ok((given, secret)) => Ok(Some(Fetched {
            secret,
            permissions: given.permissions,
            expires_at: given.expires_at,
        })),
        Err(Halt::Refused(_)) => Ok(None),
        Err(Halt::Failed(error)) => Err(error),
    }
}

/// Ends the access of this secret, as its program wishes (RFC 7009); one that is none is no
/// mistake.
pub async fn give_up(mut scope: Scope, secret: &str) -> Result<()> {
    let hash = store::session::hash(secret);
    if let Some((access, present)) = store::access::open(&mut scope, &hash).await? {
        store::access::revoke(&mut scope, access.id(), present.member.id()).await?;
    }
    scope.commit().await
}
