//! Passwords: hashed with argon2id at the crate's default cost (19 MiB, two passes), away from the
//! threads that answer requests.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sel::folded::folded;
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

/// Hashes at a time: each takes 19 MiB and a core.
const AT_ONCE: usize = 4;
static HASHING: Semaphore = Semaphore::const_new(AT_ONCE);

/// Whether a program that knows the passwords which leaked elsewhere, names, dates and rows of
/// keys, and this `about` its owner, would find it within a million tries.
pub fn is_guessable(password: &str, about: &[&str]) -> bool {
    // A name is as often typed without its accents.
    let plain: Vec<String> = about.iter().map(|it| folded(it)).collect();
    let whole: Vec<&str> = about
        .iter()
        .copied()
        .chain(plain.iter().map(String::as_str))
        .collect();
    let words = whole
        .iter()
        .flat_map(|it| it.split(|c: char| !c.is_alphanumeric()));
    let about: Vec<&str> = whole.iter().copied().chain(words).collect();
    zxcvbn(password, &about).score() < Score::Two
}

/// Hashes a password. `None` where the machine could not.
pub async fn hash(password: String) -> Option<String> {
    let _turn = HASHING.acquire().await.ok()?;
    tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .ok()
            .map(|hash| hash.to_string())
    })
    .await
    .ok()
    .flatten()
}

/// The first of these hashes that the password opens. Costs as much where there is none to try, so
/// that the time it takes does not tell who is known.
pub async fn matching(password: String, hashes: Vec<String>) -> Option<usize> {
    let _turn = HASHING.acquire().await.ok()?;
    tokio::task::spawn_blocking(move || {
        if hashes.is_empty() {
            let _ = Argon2::default().hash_password(password.as_bytes());
            return None;
        }
        hashes.iter().position(|hash| opens(&password, hash))
    })
    .await
    .ok()
    .flatten()
}

fn opens(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaked_and_what_is_known_of_them_is_guessed() {
        let about = [
            "Claire",
            "Aubert",
            "SEL de Mars",
            "claire@exemple.fr",
            "Inès Hébrard",
        ];
        for known in [
            "demonstration",
            "motdepasse1",
            "azertyuiop",
            "1234567890",
            "marseille13",
            "soleil2024",
            "claire1950",
            "SEL de Mars",
            "ines hebrard",
            "aaaaaaaaaaaaaaaa",
        ] {
            assert!(is_guessable(known, &about), "{known}");
        }
        for good in ["trois petits chats", "doudoune rouge", "été \u{1f600} où ?"] {
            assert!(!is_guessable(good, &about), "{good}");
        }
    }

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let hash = hash("dix lettres".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let hashes = vec!["broken".to_owned(), hash];
        assert_eq!(
            matching("dix lettres".into(), hashes.clone()).await,
            Some(1)
        );
        assert_eq!(matching("dix Lettres".into(), hashes).await, None);
        assert_eq!(matching("dix lettres".into(), Vec::new()).await, None);
    }
}
