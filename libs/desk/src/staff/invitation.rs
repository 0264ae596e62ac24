//! A link that makes an access to the console, or makes it anew: another phone, another password.
//! What was goes on until the link is used.

use super::{By, Refusal, prove, record, session};
use crate::second::code::{self, Setup, Typed, fresh_secret, spare_codes};
use crate::session::Secret;
use crate::{Halt, Outcome, fresh, password};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::StaffId;
use sel::staff::Refusal as Staff;
use store::key::Vault;
use store::staff::act::Kind;
use store::staff::invitation::Invitation;
use store::staff::{PURPOSE, Proven};
use store::{Console, Error, Pool, Result};
use uuid::Uuid;

/// How long a link lives. It is handed over, not mailed; one's own is opened at once.
const LINK_LIFE: TimeDelta = TimeDelta::hours(24);
const OWN_LINK_LIFE: TimeDelta = TimeDelta::minutes(15);
/// What a form's secret is sealed for: not what those of the database are, which nobody may have
/// opened by sending them in.
const FORM: &str = "staff form";

/// A link, which nobody can read again, and how long it lives.
#[derive(Debug)]
pub struct Link {
    pub secret: Secret,
    pub name: String,
    /// Whether they have an access, which it makes anew.
    pub is_anew: bool,
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
) -> Outcome<Link, Vec<Staff>> {
    let invited = sel::staff::invite(name, email).map_err(Halt::Refused)?;
    let mut console = Console::begin(staff, now).await?;
    let known = store::staff::at(&mut console, &invited.email).await?;
    let is_own = known.is_some() && known == by.map(|it| it.id);
    let all: Vec<StaffId> = known.into_iter().chain(by.map(|it| it.id)).collect();
    store::staff::hold(&mut console, &all).await?;
    if let Some(by) = by {
        let proved = prove(&mut console, vault, by).await;
        proved.map_err(|halt| halt.map(|it| vec![it]))?;
    }
    store::staff::forget_over(&mut console, now - session::IDLE).await?;
    let id = StaffId(fresh::id(now));
    let (id, is_anew) = store::staff::invite(&mut console, id, &invited).await?;
    let life = if is_own { OWN_LINK_LIFE } else { LINK_LIFE };
    let (secret, expires_at) = (Secret::fresh(), now + life);
    let kept = (
        &store::session::hash(secret.as_str())[..],
        invited.name.as_str(),
    );
    store::staff::invitation::write(&mut console, id, kept, expires_at).await?;
    record(&mut console, by.map(|it| it.id), Kind::Invited, id).await?;
    console.commit().await?;
    Ok(Link {
        secret,
        name: invited.name,
        is_anew,
        expires_at,
    })
}

/// What the page of a link shows.
#[derive(Clone, Debug)]
pub struct Shown {
    pub name: String,
    pub email: String,
    /// Whether they have an access, which ends then.
    pub is_anew: bool,
    pub setup: Setup,
    /// The secret of that, for the form to send back: sealed for who is invited.
    pub sealed: String,
}

/// Reads a link without using it. Who opens it for the first time gets a secret that nobody has
/// seen, whoever opened it before; who sent the form already has theirs `again`.
pub async fn look(
    staff: &Pool,
    vault: &Vault,
    (secret, again): (&str, Option<&str>),
    now: DateTime<Utc>,
) -> Outcome<Shown, Staff> {
    let mut console = Console::begin(staff, now).await?;
    let found = find(&mut console, secret).await?;
    console.commit().await?;
    let form = form_of(&found, secret);
    let known = again.and_then(|again| opened(vault, form, again));
    let plain = known.unwrap_or_else(fresh_secret);
    let sealed = sealed(vault, (FORM, form), &plain)?;
    Ok(Shown {
        setup: code::setup(plain, ("Saline console", &found.email))?,
        sealed: URL_SAFE_NO_PAD.encode(sealed),
        name: found.name,
        email: found.email,
        is_anew: found.is_ready,
    })
}

/// The form of this link, for whom it is.
fn form_of(it: &Invitation, secret: &str) -> Uuid {
    fresh::of(it.staff_id().0, &[secret])
}

fn sealed(vault: &Vault, (purpose, of): (&str, Uuid), plain: &[u8]) -> Result<Vec<u8>> {
    let sealed = vault.seal(purpose, of, plain);
    sealed.ok_or(Error::Contradiction("a second secret could not be sealed"))
}

/// The secret that a form sent back, where it is the one that we gave it.
fn opened(vault: &Vault, form: Uuid, typed: &str) -> Option<Vec<u8>> {
    let sealed = URL_SAFE_NO_PAD.decode(typed).ok()?;
    vault.open(FORM, form, &sealed)
}

async fn find(console: &mut Console, secret: &str) -> Outcome<Invitation, Staff> {
    let hash = store::session::hash(secret);
    let found = store::staff::invitation::by_hash(console, &hash).await?;
    found.ok_or(Halt::Refused(Staff::Link))
}

/// Somebody who has just got both proofs, and is in.
#[derive(Debug)]
pub struct Begun {
    pub session: Secret,
    /// The spare codes, which nobody can read again.
    pub spare: Vec<String>,
}

/// Makes the login with a password and the first code of the secret that the page showed, and uses
/// the link up. What opened it before opens it no more.
pub async fn begin(
    staff: &Pool,
    vault: &Vault,
    secret: &str,
    (typed, code, sealed): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Outcome<Begun, Vec<Refusal>> {
    let refused = |it: Staff| Halt::Refused(vec![Refusal::Staff(it)]);
    let mut console = Console::begin(staff, now).await?;
    let found = find(&mut console, secret).await;
    let found = found.map_err(|halt| halt.map(|it| vec![Refusal::Staff(it)]))?;
    console.commit().await?;
    let password = chosen(typed, &found).map_err(Refusal::Password);
    let second = second(vault, (&found, secret), (code, sealed), now)?;
    let second = second.ok_or(Refusal::Staff(Staff::Code));
    let (password, (second_sealed, second_step)) = match (password, second) {
        (Ok(password), Ok(second)) => (password, second),
        (password, second) => {
            let wrong = [password.err(), second.err()];
            return Err(Halt::Refused(wrong.into_iter().flatten().collect()));
        }
    };
    // Hashing takes its time: no connection is held meanwhile.
    let hash = password::hash(password.to_owned()).await;
    let hash = hash.ok_or(Error::Contradiction("a password could not be hashed"))?;
    let (spare, hashes) = spare_codes();
    let proven = Proven {
        name: &found.name,
        password_hash: &hash,
        second_sealed: &second_sealed,
        second_step,
        spare: &hashes,
    };
    let made = made(staff, secret, (&found, proven), now).await?;
    let session = made.ok_or_else(|| refused(Staff::Link))?;
    Ok(Begun { session, spare })
}

/// The secret of a form, sealed for the database, and the step of its first code; none where it is
/// no code of that.
fn second(
    vault: &Vault,
    (found, secret): (&Invitation, &str),
    (code, typed): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<(Vec<u8>, i64)>> {
    let Some(plain) = opened(vault, form_of(found, secret), typed) else {
        return Ok(None);
    };
    let kept = sealed(vault, (PURPOSE, found.staff_id().0), &plain)?;
    let step = Typed::new(code).step(plain, now)?;
    Ok(step.map(|step| (kept, step)))
}

/// Puts both proofs into force and starts a session; none where the link was used meanwhile.
async fn made(
    staff: &Pool,
    secret: &str,
    (found, proven): (&Invitation, Proven<'_>),
    now: DateTime<Utc>,
) -> Result<Option<Secret>> {
    let (hash, id) = (store::session::hash(secret), found.staff_id());
    let mut console = Console::begin(staff, now).await?;
    // First of all: what the old proofs let in at this moment is there to be ended, or comes late.
    store::staff::hold(&mut console, &[id]).await?;
    if !store::staff::invitation::spend(&mut console, &hash).await? {
        return Ok(None);
    }
    store::staff::begin(&mut console, id, proven).await?;
    let session = session::start(&mut console, id).await?;
    let kind = if found.is_ready {
        Kind::Renewed
    } else {
        Kind::Begun
    };
    record(&mut console, Some(id), kind, id).await?;
    console.commit().await?;
    Ok(Some(session))
}

/// A password that nobody guesses who knows whose it is.
fn chosen<'a>(
    typed: &'a str,
    whose: &Invitation,
) -> std::result::Result<&'a str, sel::member::Refusal> {
    let typed = sel::member::password(typed)?;
    let about = [whose.name.as_str(), whose.email.as_str(), "Saline console"];
    if password::is_guessable(typed, &about) {
        return Err(sel::member::Refusal::GuessablePassword);
    }
    Ok(typed)
}
