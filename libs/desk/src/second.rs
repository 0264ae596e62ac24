//! A second proof of who somebody is: a code that an application shows (RFC 6238: SHA-1, six
//! digits, thirty seconds, which all applications know), or a spare code.

use crate::membership::Own;
use crate::session::device::tell_all;
use crate::{Halt, Outcome};
use chrono::{DateTime, Utc};
use sel::id::IdentityId;
use sel::refusal::Refused;
use serde_json::json;
use store::identity::second::{self, PURPOSE};
use store::key::Vault;
use store::{Door, Error, Pool, Result};
use thiserror::Error as ThisError;
use totp_rs::{Builder, Totp};

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;
/// How many spare codes there are, letters of one, and letters that stand together: eighty bits,
/// which nobody finds from the hash.
const SPARE_CODES: usize = 8;
const SPARE_LETTERS: usize = 16;
const SPARE_GROUP: usize = 4;
/// Letters and digits that are not taken for each other.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567891";

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

/// What an application needs to know.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `otpauth://…`, for the picture that the application reads.
    pub address: String,
    /// The secret in letters, for who types it.
    pub letters: String,
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
}

fn totp(secret: Vec<u8>, account: &str) -> Result<Totp> {
    let account = account.replace(':', " ");
    let builder = Builder::new().with_secret(secret).with_skew(1);
    let builder = builder
        .with_account_name(account)
        .with_issuer(Some("Saline"));
    builder
        .build()
        .map_err(|_| Error::Contradiction("a second secret was too short"))
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
    (id, account): (IdentityId, &str),
    again: bool,
    now: DateTime<Utc>,
) -> Result<Standing> {
    let mut door = Door::begin(web, now).await?;
    let known = second::read(&mut door, id).await?;
    if let Some(since) = known.as_ref().and_then(|it| it.second_since) {
        let spare = known.map_or(0, |it| it.spare);
        return Ok(Standing::InForce { since, spare });
    }
    let secret = if let Some(known) = known.filter(|_| again) {
        opened(vault, id, &known.second_sealed)?
    } else {
        let secret = store::key::secret()[..SECRET].to_vec();
        let sealed = vault
            .seal(PURPOSE, id.0, &secret)
            .ok_or(Error::Contradiction("a second secret could not be sealed"))?;
        second::prepare(&mut door, id, &sealed).await?;
        secret
    };
    door.commit().await?;
    let totp = totp(secret, account)?;
    let broken = |_| Error::Contradiction("a second secret has no address");
    Ok(Standing::Setup(Setup {
        address: totp.to_url().map_err(broken)?,
        letters: totp.secret().to_base32(),
    }))
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
    let typed: String = typed.chars().filter(|it| it.is_alphanumeric()).collect();
    let wrong = Halt::Refused(Refusal::Wrong);
    let Some(known) = second::read(door, id).await? else {
        return Err(wrong);
    };
    let now = u64::try_from(door.now.timestamp()).unwrap_or(0);
    let totp = totp(opened(vault, id, &known.second_sealed)?, "")?;
    if let Some(step) = totp.check(&typed, now) {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        return if second::take(door, id, step).await? {
            Ok(())
        } else {
            Err(wrong)
        };
    }
    let hash = store::session::hash(&typed.to_lowercase());
    if known.second_since.is_some() && second::spend(door, id, &hash).await? {
        return Ok(());
    }
    Err(wrong)
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
    let codes: Vec<String> = (0..SPARE_CODES).map(|_| spare_code()).collect();
    let hash = |code: &String| store::session::hash(&code.replace('-', ""));
    let hashes: Vec<Vec<u8>> = codes.iter().map(hash).collect();
    second::begin(&mut door, id, &hashes).await?;
    store::session::end_others(&mut door, id, &store::session::hash(own.secret)).await?;
    let door = tell_all(door, id, Some(("second_begun", json!({}))), true).await?;
    door.commit().await?;
    Ok(codes)
}

/// "abcd-efgh-jkmn-pqrs".
fn spare_code() -> String {
    let random = store::key::secret();
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    let groups = random[..SPARE_LETTERS].chunks(SPARE_GROUP);
    let groups: Vec<String> = groups.map(|it| it.iter().map(letter).collect()).collect();
    groups.join("-")
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
