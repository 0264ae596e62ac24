//! A link that makes a login at the console, or makes it anew: another phone, another password.
//! What was goes on until the link is used.

use super::{By, opened, prove, record, session};
use crate::second::code::{self, Setup, Typed, fresh_secret, spare_codes};
use crate::session::Secret;
use crate::{Halt, Outcome, fresh, password};
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::StaffId;
use sel::member::Refusal as Password;
use sel::refusal::Refused;
use sel::staff::Refusal;
use store::key::Vault;
use store::staff::act::Kind;
use store::staff::{Invitation, PURPOSE};
use store::{Console, Error, Pool};
use thiserror::Error as ThisError;

/// How long a link lives. It is handed over, not mailed.
const LINK_LIFE: TimeDelta = TimeDelta::hours(24);

/// A link, which nobody can read again, and how long it lives.
#[derive(Debug)]
pub struct Link {
    pub secret: Secret,
    pub name: String,
    pub expires_at: DateTime<Utc>,
}

/// Invites somebody of this name at this address, who may be there already. Without `by` it is done
/// at the machine itself.
pub async fn invite(
    staff: &Pool,
    vault: &Vault,
    by: Option<By<'_>>,
    (name, email): (&str, &str),
    now: DateTime<Utc>,
) -> Outcome<Link, Vec<Refusal>> {
    let invited = sel::staff::invite(name, email).map_err(Halt::Refused)?;
    let mut console = Console::begin(staff, now).await?;
    if let Some(by) = by {
        let proved = prove(&mut console, vault, by).await;
        proved.map_err(|halt| halt.map(|it| vec![it]))?;
    }
    let id = store::staff::invite(&mut console, StaffId(fresh::id(now)), &invited).await?;
    let (secret, expires_at) = (Secret::fresh(), now + LINK_LIFE);
    let sealed = vault
        .seal(PURPOSE, id.0, &fresh_secret())
        .ok_or(Error::Contradiction("a second secret could not be sealed"))?;
    let kept = (&store::session::hash(secret.as_str())[..], &sealed[..]);
    store::staff::write_invitation(&mut console, id, kept, expires_at).await?;
    record(&mut console, by.map(|it| it.id), Kind::Invited, id).await?;
    console.commit().await?;
    Ok(Link {
        secret,
        name: invited.name,
        expires_at,
    })
}

/// What the page of a link shows.
#[derive(Clone, Debug)]
pub struct Page {
    pub name: String,
    pub email: String,
    pub setup: Setup,
}

/// Reads a link without using it.
pub async fn look(
    staff: &Pool,
    vault: &Vault,
    secret: &str,
    now: DateTime<Utc>,
) -> Outcome<Page, Refusal> {
    let mut console = Console::begin(staff, now).await?;
    let found = find(&mut console, secret).await?;
    console.commit().await?;
    let plain = opened(vault, found.staff_id(), &found.second_sealed)?;
    Ok(Page {
        setup: code::setup(plain, ("Saline console", &found.email))?,
        name: found.name,
        email: found.email,
    })
}

async fn find(console: &mut Console, secret: &str) -> Outcome<Invitation, Refusal> {
    let hash = store::session::hash(secret);
    let found = store::staff::invitation(console, &hash).await?;
    found.ok_or(Halt::Refused(Refusal::Link))
}

/// Why a link makes no login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Beginning {
    #[error("the password: {0}")]
    Password(Password),
    #[error("{0}")]
    Other(Refusal),
}

impl Refused for Beginning {
    fn key(&self) -> &'static str {
        match self {
            Beginning::Password(it) => it.key(),
            Beginning::Other(it) => it.key(),
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Beginning::Password(it) => it.field(),
            Beginning::Other(it) => it.field(),
        }
    }
}

/// Somebody who has just got both proofs, and is in.
#[derive(Debug)]
pub struct Begun {
    pub session: Secret,
    /// The spare codes, which nobody can read again.
    pub spare: Vec<String>,
}

/// Makes the login with a password and the first code, and uses the link up. What opened it before
/// opens it no more.
pub async fn begin(
    staff: &Pool,
    vault: &Vault,
    secret: &str,
    (typed, code): (&str, &str),
    now: DateTime<Utc>,
) -> Outcome<Begun, Beginning> {
    let other = |halt: Halt<Refusal>| halt.map(Beginning::Other);
    let refused = |it: Refusal| Halt::Refused(Beginning::Other(it));
    let mut console = Console::begin(staff, now).await?;
    let found = find(&mut console, secret).await.map_err(other)?;
    console.commit().await?;
    let password = chosen(typed, &found).map_err(|it| Halt::Refused(Beginning::Password(it)))?;
    let plain = opened(vault, found.staff_id(), &found.second_sealed)?;
    let step = Typed::new(code).step(plain, now)?;
    let second_step = step.ok_or_else(|| refused(Refusal::Code))?;
    // Hashing takes its time: no connection is held meanwhile.
    let hash = password::hash(password.to_owned()).await;
    let hash = hash.ok_or(Error::Contradiction("a password could not be hashed"))?;
    let mut console = Console::begin(staff, now).await?;
    if !store::staff::spend_invitation(&mut console, &store::session::hash(secret)).await? {
        return Err(refused(Refusal::Link));
    }
    let (spare, hashes) = spare_codes();
    let begun = store::staff::Begun {
        password_hash: &hash,
        second_sealed: &found.second_sealed,
        second_step,
        spare: &hashes,
    };
    let id = found.staff_id();
    store::staff::begin(&mut console, id, begun).await?;
    let session = session::start(&mut console, id).await?;
    record(&mut console, Some(id), Kind::Begun, id).await?;
    console.commit().await?;
    Ok(Begun { session, spare })
}

/// A password that nobody guesses who knows whose it is.
fn chosen<'a>(typed: &'a str, whose: &Invitation) -> Result<&'a str, Password> {
    let typed = sel::member::password(typed)?;
    let about = [whose.name.as_str(), whose.email.as_str(), "Saline console"];
    if password::is_guessable(typed, &about) {
        return Err(Password::GuessablePassword);
    }
    Ok(typed)
}
