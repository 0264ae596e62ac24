//! New ids. Ids are UUIDs of version 7, so that they sort by the time they were made.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{NoContext, Timestamp, Uuid};

/// A new id, made at `now`.
pub fn id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

/// The id of what a form says where the form's own id stands for something else already: somebody
/// went back, wrote another text and sent it. The same text again has the same id.
pub fn of(form: Uuid, said: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(form.as_bytes());
    for text in said {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_text_has_another_id_and_the_same_the_same() {
        let form = Uuid::from_u128(7);
        assert_eq!(of(form, &["a", "bc"]), of(form, &["a", "bc"]));
        assert_ne!(of(form, &["a", "bc"]), of(form, &["ab", "c"]));
        assert_ne!(of(form, &["a"]), of(Uuid::from_u128(8), &["a"]));
        assert_eq!(of(form, &[]).get_version_num(), 8);
    }
}
