//! The keys that sign links and forms: sealed in the database under the host's master key.
//!
//! The newest key signs; every key that is not retired verifies, so that a rotation breaks no link
//! that is under way. Sealing is AES-256-GCM, its random nonce before the ciphertext; signing is
//! HMAC-SHA-256 over a purpose and a body, cut to 16 bytes.

use crate::connect::Options;
use crate::{Door, Pool, Worker};
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;
use thiserror::Error;

mod change;
pub mod own;
mod rows;
mod vault;

pub use change::{Changed, change};
pub use vault::Vault;

/// Bytes of a signature.
const SIGNATURE: usize = 16;
/// Bytes of a key's id before the body.
const KEY_ID: usize = 4;
const NONCE: usize = 12;

#[derive(Debug, Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] crate::Error),
    #[error("the master key does not open the signing keys of this database")]
    WrongMaster,
    #[error("there is no signing key yet")]
    NoKey,
    #[error("a program is connected: stop it first")]
    InUse,
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        Error::Store(error.into())
    }
}

/// The key of the host under which the signing keys are sealed. Never shown.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    pub fn from_bytes(bytes: [u8; 32]) -> MasterKey {
        MasterKey(bytes)
    }

    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, Error> {
        let random = secret();
        let nonce = random[..NONCE].to_vec();
        let sealed = self
            .cipher()
            .encrypt(&nonce_of(&nonce)?, key.as_slice())
            .map_err(|_| Error::WrongMaster)?;
        Ok([nonce, sealed].concat())
    }

    fn open(&self, sealed: &[u8]) -> Result<[u8; 32], Error> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(Error::WrongMaster)?;
        self.cipher()
            .decrypt(&nonce_of(nonce)?, sealed)
            .ok()
            .and_then(|key| key.try_into().ok())
            .ok_or(Error::WrongMaster)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }

    fn vault(&self) -> Vault {
        let key = mac(&self.0, &[b"vault"]).finalize().into_bytes();
        Vault(key.into())
    }

    /// For the secrets of those who run the platform.
    fn console_vault(&self) -> Vault {
        let key = mac(&self.0, &[b"console vault"]).finalize().into_bytes();
        Vault(key.into())
    }

    /// A password of a login role, the same at every start: hexadecimal.
    pub fn password_of(&self, login: &str) -> String {
        let mac = mac(&self.0, &[b"login", login.as_bytes()])
            .finalize()
            .into_bytes();
        mac.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey")
    }
}

fn nonce_of(bytes: &[u8]) -> Result<Nonce<aes_gcm::aead::consts::U12>, Error> {
    Nonce::try_from(bytes).map_err(|_| Error::WrongMaster)
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Hmac<Sha256> {
    // HMAC fills a short key with zeros up to its block; doing so here leaves nothing to fail.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&block.into());
    for part in parts {
        // The length before each part, so that no two lists of parts are signed alike.
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}

/// Proves that the master key opens the signing keys of a database, before anything of it is
/// touched. A database that is not there yet, or holds no key, proves nothing and is fine.
///
/// Answers how many keys it opens.
///
/// # Errors
/// [`Error::WrongMaster`] where it is the key of another host.
pub async fn prove(
    administrator: &Options,
    database: &str,
    master: &MasterKey,
) -> Result<usize, Error> {
    let all = rows::list_for_administrator(administrator, database).await?;
    for sealed in &all {
        master.open(&sealed.1)?;
    }
    Ok(all.len())
}

/// 32 bytes that nobody can guess.
pub fn secret() -> [u8; 32] {
    let mut secret = [0; 32];
    rand::rng().fill_bytes(&mut secret);
    secret
}

/// The open keys, the newest first.
#[derive(Clone)]
pub struct Keyring {
    keys: Vec<(i32, [u8; 32])>,
    vault: Vault,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.keys.iter().map(|(id, _)| id))
            .finish()
    }
}

impl Keyring {
    /// Opens the keys of this database; makes the first one where there is none.
    pub async fn load(
        web: &Pool,
        master: &MasterKey,
        now: DateTime<Utc>,
    ) -> Result<Keyring, Error> {
        let mut door = Door::begin(web, now).await?;
        let mut sealed = rows::list(&mut door).await?;
        if sealed.is_empty() {
            rows::write_first(&mut door, &master.seal(&secret())?).await?;
            sealed = rows::list(&mut door).await?;
        }
        door.commit().await?;
        Keyring::open(&sealed, master)
    }

    /// As [`Keyring::load`], for the worker, which makes no key.
    pub async fn load_for_worker(
        work: &Pool,
        master: &MasterKey,
        now: DateTime<Utc>,
    ) -> Result<Keyring, Error> {
        let mut worker = Worker::begin(work, now).await?;
        let sealed = rows::list_for_worker(&mut worker).await?;
        worker.commit().await?;
        Keyring::open(&sealed, master)
    }

    /// Adds a key that signs from now on. With `retire` the others verify no more: links under way
    /// are void.
    pub async fn rotate(
        web: &Pool,
        master: &MasterKey,
        retire: bool,
        now: DateTime<Utc>,
    ) -> Result<Keyring, Error> {
        let mut door = Door::begin(web, now).await?;
        rows::write_next(&mut door, &master.seal(&secret())?).await?;
        if retire {
            rows::retire_others(&mut door).await?;
        }
        let sealed = rows::list(&mut door).await?;
        // A master key that does not open the others seals none.
        let ring = Keyring::open(&sealed, master)?;
        door.commit().await?;
        Ok(ring)
    }

    /// The keys of the console: derived from the master key alone, so that neither what signs links
    /// of members nor what opens their secrets is in its hands.
    pub fn of_console(master: &MasterKey) -> Keyring {
        let key = mac(&master.0, &[b"console"]).finalize().into_bytes();
        let vault = master.console_vault();
        Keyring {
            keys: vec![(0, key.into())],
            vault,
        }
    }

    fn open(sealed: &[rows::Sealed], master: &MasterKey) -> Result<Keyring, Error> {
        let keys = sealed
            .iter()
            .map(|(id, sealed)| Ok((*id, master.open(sealed)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        if keys.is_empty() {
            Err(Error::NoKey)
        } else {
            let vault = master.vault();
            Ok(Keyring { keys, vault })
        }
    }

    /// What keeps secrets of others in the database.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// A text that carries `body` and proves that we wrote it for this purpose. Fit for a URL.
    pub fn sign(&self, purpose: &str, body: &[u8]) -> String {
        let (id, key) = &self.keys[0];
        let signature = mac(key, &[purpose.as_bytes(), body])
            .finalize()
            .into_bytes();
        let signed = [&id.to_be_bytes(), body, &signature[..SIGNATURE]].concat();
        URL_SAFE_NO_PAD.encode(signed)
    }

    /// The body of a text that one of our keys signed for this purpose.
    pub fn verify(&self, purpose: &str, text: &str) -> Option<Vec<u8>> {
        let signed = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (id, rest) = signed.split_at_checked(KEY_ID)?;
        let id = i32::from_be_bytes(id.try_into().ok()?);
        let body = &rest[..rest.len().checked_sub(SIGNATURE)?];
        let (_, key) = self.keys.iter().find(|(known, _)| *known == id)?;
        mac(key, &[purpose.as_bytes(), body])
            .verify_truncated_left(&rest[body.len()..])
            .ok()?;
        Some(body.to_vec())
    }

    /// What a form must send back to prove that this visitor loaded it from us.
    pub fn form_token(&self, visit: &str) -> String {
        self.sign("form", &visit_digest(visit))
    }

    pub fn is_form_token(&self, visit: &str, token: &str) -> bool {
        self.verify("form", token)
            .is_some_and(|body| body == visit_digest(visit))
    }
}

fn visit_digest(visit: &str) -> Vec<u8> {
    use sha2::Digest;
    Sha256::digest(visit.as_bytes())[..12].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> Keyring {
        Keyring {
            keys: vec![(2, [2; 32]), (1, [1; 32])],
            vault: Vault([0; 32]),
        }
    }

    #[test]
    fn what_we_signed_is_read_and_what_was_changed_is_not() {
        let text = ring().sign("link", b"body");
        assert_eq!(ring().verify("link", &text).as_deref(), Some(&b"body"[..]));
        assert_eq!(ring().verify("form", &text), None);
        for position in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[position] = if changed[position] == b'A' {
                b'B'
            } else {
                b'A'
            };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(ring().verify("link", &changed), None, "{changed}");
        }
        for odd in ["", "A", "é", "AAAA", "AAAAAAAAAAAA"] {
            assert_eq!(ring().verify("link", odd), None);
        }
    }

    #[test]
    fn a_rotated_key_still_verifies_and_a_retired_one_does_not() {
        let old = Keyring {
            keys: vec![(1, [1; 32])],
            vault: Vault([0; 32]),
        };
        let text = old.sign("link", b"body");
        assert!(ring().verify("link", &text).is_some());
        let retired = Keyring {
            keys: vec![(2, [2; 32])],
            vault: Vault([0; 32]),
        };
        assert_eq!(retired.verify("link", &text), None);
    }

    #[test]
    fn a_sealed_key_opens_under_its_master_only() {
        let master = MasterKey::from_bytes([7; 32]);
        let sealed = master.seal(&[9; 32]).unwrap();
        assert_eq!(master.open(&sealed).unwrap(), [9; 32]);
        assert_ne!(master.seal(&[9; 32]).unwrap(), sealed);
        assert!(matches!(
            MasterKey::from_bytes([8; 32]).open(&sealed),
            Err(Error::WrongMaster)
        ));
        assert!(master.open(&sealed[..10]).is_err());
    }

    #[test]
    fn a_form_token_belongs_to_one_visit() {
        let token = ring().form_token("visit");
        assert!(ring().is_form_token("visit", &token));
        assert!(!ring().is_form_token("another", &token));
        assert!(!ring().is_form_token("visit", ""));
    }
}
