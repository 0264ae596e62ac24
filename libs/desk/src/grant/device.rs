//! The device flow (RFC 8628): a device shows a short code, which somebody types elsewhere.

use super::{DEVICE_LIFE, Fetched, INTERVAL, Refusal, give};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, TimeDelta, Utc};
use sel::access::Permission;
use sel::id::{AccessId, DeviceRequestId, IdentityId};
use store::{Error, Result, Scope};

/// Requests of devices that may wait in one SEL.
const WAITING: i64 = 100;
/// Letters that everybody tells apart, and no vowel to make a word with.
const CODE_LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// What a device shows, and what it keeps.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: DeviceRequestId,
    /// "BCDF-GHJK"
    pub user_code: String,
    pub expires_at: DateTime<Utc>,
}

/// A code as somebody types it: with or without its hyphen, in whatever case.
pub fn typed(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphabetic);
    letters.map(|it| it.to_ascii_uppercase()).collect()
}

/// Begins the device flow of a program. Commits.
pub async fn begin_device(
    mut scope: Scope,
    client_id: &str,
    name: &str,
    permissions: &[Permission],
) -> Outcome<Shown, Refusal> {
    if store::device_request::count(&mut scope).await? >= WAITING {
        return Err(Halt::Refused(Refusal::Many));
    }
    let id = DeviceRequestId(fresh::id(scope.now));
    let expires_at = scope.now + DEVICE_LIFE;
    let client = store::session::hash(client_id);
    loop {
        let random = store::key::secret();
        let letter = |it: &u8| char::from(CODE_LETTERS[usize::from(it % 20)]);
        let code: String = random.iter().take(8).map(letter).collect();
        let asked = ((id, code.as_str()), (&*client, name, permissions));
        if store::device_request::ask(&mut scope, asked.0, asked.1, expires_at).await? {
            scope.commit().await?;
            let (first, last) = code.split_at(4);
            return Ok(Shown {
                id,
                user_code: format!("{first}-{last}"),
                expires_at,
            });
        }
    }
}

/// Answers a device that waits under this code; false where none does. Commits.
pub async fn answer_device(
    mut scope: Scope,
    code: &str,
    identity: IdentityId,
    allowed: bool,
) -> Result<bool> {
    let Some(it) = store::device_request::by_code(&mut scope, &typed(code)).await? else {
        return Ok(false);
    };
    let actor = scope.actor.as_ref().map(|actor| actor.member_id);
    let member = actor.ok_or(Error::Contradiction("nobody answers a device"))?;
    let by = (member, identity);
    store::device_request::answer(&mut scope, it.id(), by, allowed).await?;
    scope.commit().await?;
    Ok(true)
}

/// Gives a device the access that was allowed to its program, once. Commits.
pub async fn fetch_device(
    mut scope: Scope,
    client_id: &str,
    id: DeviceRequestId,
) -> Outcome<Fetched, Refusal> {
    let refused = |why| Err(Halt::Refused(why));
    let client = store::session::hash(client_id);
    let Some(it) = store::device_request::poll(&mut scope, id, &client).await? else {
        return refused(Refusal::InvalidGrant);
    };
    let recently = |at| scope.now - at < TimeDelta::seconds(INTERVAL - 1);
    let outcome = match (it.allowed, it.by()) {
        _ if it.used_at.is_some() => Err(Refusal::InvalidGrant),
        _ if it.expires_at <= scope.now => Err(Refusal::Expired),
        (Some(false), _) => Err(Refusal::Denied),
        (Some(true), Some((member, identity))) => {
            let whose = (AccessId(id.0), member, identity);
            let given = give(&mut scope, whose, &it.name, &it.permissions()).await?;
            given.ok_or(Refusal::InvalidGrant)
        }
        _ if it.polled_at.is_some_and(recently) => Err(Refusal::SlowDown),
        _ => Err(Refusal::Pending),
    };
    scope.commit().await?;
    outcome.map_err(Halt::Refused)
}
