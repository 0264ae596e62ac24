//! The codes themselves: those that an application shows (RFC 6238: SHA-1, six digits, thirty
//! seconds, which all applications know), and spare ones.

use chrono::{DateTime, Utc};
use store::{Error, Result};
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

/// What an application needs to know.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `otpauth://…`, for the picture that the application reads.
    pub address: String,
    /// The secret in letters, for who types it.
    pub letters: String,
}

/// A secret that nobody has seen.
pub(crate) fn fresh_secret() -> Vec<u8> {
    store::key::secret()[..SECRET].to_vec()
}

/// What an application needs to show the codes of this secret, named by who asks for them and by
/// whose they are.
pub(crate) fn setup(secret: Vec<u8>, (issuer, account): (&str, &str)) -> Result<Setup> {
    let totp = totp(secret, issuer, account)?;
    let broken = |_| Error::Contradiction("a second secret has no address");
    Ok(Setup {
        address: totp.to_url().map_err(broken)?,
        letters: totp.secret().to_base32(),
    })
}

fn totp(secret: Vec<u8>, issuer: &str, account: &str) -> Result<Totp> {
    let account = account.replace(':', " ");
    let builder = Builder::new().with_secret(secret).with_skew(1);
    let builder = builder.with_account_name(account).with_issuer(Some(issuer));
    builder
        .build()
        .map_err(|_| Error::Contradiction("a second secret was too short"))
}

/// A code as somebody typed it.
#[derive(Clone, Debug)]
pub(crate) struct Typed(String);

impl Typed {
    pub(crate) fn new(typed: &str) -> Typed {
        Typed(typed.chars().filter(|it| it.is_alphanumeric()).collect())
    }

    /// The step whose code it is, of an application with this secret, about now.
    pub(crate) fn step(&self, secret: Vec<u8>, now: DateTime<Utc>) -> Result<Option<i64>> {
        let now = u64::try_from(now.timestamp()).unwrap_or(0);
        let step = totp(secret, "Saline", "")?.check(&self.0, now);
        Ok(step.map(|step| i64::try_from(step).unwrap_or(i64::MAX)))
    }

    /// What the database keeps of a spare code.
    pub(crate) fn spare_hash(&self) -> Vec<u8> {
        store::session::hash(&self.0.to_lowercase())
    }
}

/// Spare codes, which nobody can read again, and what the database keeps of each.
pub(crate) fn spare_codes() -> (Vec<String>, Vec<Vec<u8>>) {
    let codes: Vec<String> = (0..SPARE_CODES).map(|_| spare_code()).collect();
    let hashes = codes.iter().map(|it| Typed::new(it).spare_hash());
    let hashes = hashes.collect();
    (codes, hashes)
}

/// "abcd-efgh-jkmn-pqrs".
fn spare_code() -> String {
    let random = store::key::secret();
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    let groups = random[..SPARE_LETTERS].chunks(SPARE_GROUP);
    let groups: Vec<String> = groups.map(|it| it.iter().map(letter).collect()).collect();
    groups.join("-")
}
