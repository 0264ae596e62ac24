//! Secrets that the database keeps for others, each sealed for what it belongs to.

use super::{NONCE, nonce_of, secret};
use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use uuid::Uuid;

/// A key under which secrets are sealed (AES-256-GCM), derived from the host's master key. What was
/// sealed for one thing does not open as that of another.
#[derive(Clone)]
pub struct Vault(pub(super) [u8; 32]);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Seals a secret of this thing, for this purpose. None where the machine could not.
    pub fn seal(&self, purpose: &str, of: Uuid, plain: &[u8]) -> Option<Vec<u8>> {
        let random = secret();
        let nonce = &random[..NONCE];
        let aad = aad(purpose, of);
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let sealed = self
            .cipher()
            .encrypt(&nonce_of(nonce).ok()?, payload)
            .ok()?;
        Some([nonce, &sealed].concat())
    }

    /// Opens what was sealed for the same thing and purpose.
    pub fn open(&self, purpose: &str, of: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let aad = aad(purpose, of);
        let payload = Payload {
            msg: sealed,
            aad: &aad,
        };
        self.cipher().decrypt(&nonce_of(nonce).ok()?, payload).ok()
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }
}

fn aad(purpose: &str, of: Uuid) -> Vec<u8> {
    [of.as_bytes().as_slice(), purpose.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_for_one_opens_for_no_other() {
        let (vault, one, other) = (Vault([7; 32]), Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = vault.seal("second", one, b"secret").unwrap();
        assert_eq!(vault.open("second", one, &sealed).unwrap(), b"secret");
        assert!(vault.open("second", other, &sealed).is_none());
        assert!(vault.open("webhook", one, &sealed).is_none());
        assert!(Vault([8; 32]).open("second", one, &sealed).is_none());
        assert!(vault.open("second", one, b"short").is_none());
        assert_ne!(vault.seal("second", one, b"secret").unwrap(), sealed);
    }
}
