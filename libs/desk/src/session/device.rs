//! Where somebody is logged in, and ending it.

use crate::membership::Own;
use crate::password;
use crate::tell::tell;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sel::id::{IdentityId, SessionId};
use serde_json::{Value, json};
use store::association::Association;
use store::member::Member;
use store::session::Device;
use store::{Door, Error, Pool, Result};

/// Where somebody logs in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// What it says it is: "Firefox, Android".
    pub name: Option<&'a str>,
    /// The secret of the session that it had before; it ends.
    pub session: Option<&'a str>,
    /// Whether a session that begins there opens this SEL alone.
    pub alone: bool,
}

/// What a token keeps of a session, so that it counts only as long as that goes on.
pub(crate) fn named(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(store::session::hash(secret))
}

/// Whether the session of which this was kept goes on.
pub(crate) async fn goes_on(door: &mut Door, named: &str) -> Result<bool> {
    let Ok(hash) = URL_SAFE_NO_PAD.decode(named) else {
        return Ok(false);
    };
    Ok(store::session::proved_at(door, &hash).await?.is_some())
}

/// Where this login is logged in, this session first.
pub async fn devices(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<Vec<Device>> {
    let mut door = Door::begin(web, now).await?;
    let here = store::session::hash(own.secret);
    let devices = store::session::live(&mut door, own.identity_id, &here).await?;
    door.commit().await?;
    Ok(devices)
}

/// Ends one session of a login; ending it twice is no harm. Answers whether there is one.
pub async fn end_device(
    web: &Pool,
    own: Own<'_>,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut door = Door::begin(web, now).await?;
    let here = store::session::hash(own.secret);
    let ended = store::session::end_one(&mut door, own.identity_id, (id, &here)).await?;
    door.commit().await?;
    Ok(ended)
}

/// Ends all sessions of a login that this one hears of, but itself. Answers how many.
pub async fn end_other_devices(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<u64> {
    let mut door = Door::begin(web, now).await?;
    let kept = store::session::hash(own.secret);
    let ended = store::session::end_others(&mut door, own.identity_id, (&kept, false)).await?;
    door.commit().await?;
    Ok(ended)
}

/// Gives a login a password that nobody guesses who knows the member and the SEL, ends its other
/// sessions, voids the links to its members that are under way, and writes to them in each SEL.
/// They have proved who they are.
pub async fn choose_password(
    web: &Pool,
    own: Own<'_>,
    (typed, member, here): (&str, &Member, &Association),
    now: DateTime<Utc>,
) -> crate::Outcome<(), sel::member::Refusal> {
    let typed = sel::member::password(typed).map_err(crate::Halt::Refused)?;
    let about = [
        &member.first_name,
        &member.last_name,
        &here.name,
        &here.place_name,
    ];
    let about = about.into_iter().chain(&member.email);
    let about: Vec<&str> = about.map(String::as_str).collect();
    if password::is_guessable(typed, &about) {
        let refusal = sel::member::Refusal::GuessablePassword;
        return Err(crate::Halt::Refused(refusal));
    }
    give_password(web, own.identity_id, (typed, own.secret), now).await?;
    Ok(())
}

/// The same with any password: for invented people.
pub async fn give_password(
    web: &Pool,
    identity: IdentityId,
    (typed, kept_secret): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let hash = password::hash(typed.to_owned())
        .await
        .ok_or(Error::Contradiction("a password could not be hashed"))?;
    let mut door = Door::begin(web, now).await?;
    store::identity::hold(&mut door, &[identity]).await?;
    let before = store::identity::password_hash(&mut door, identity).await?;
    store::identity::set_password(&mut door, identity, &hash).await?;
    let kept = store::session::hash(kept_secret);
    store::session::end_others(&mut door, identity, (&kept, true)).await?;
    // A first one is no news, but to who did not choose it: whoever keeps the door of a SEL might.
    let is_news = before.is_some() || store::session::is_alone(&mut door, &kept).await?;
    let letter = is_news.then(|| ("password_changed", json!({})));
    let door = tell_all(door, identity, letter, true).await?;
    door.commit().await
}

/// Voids the links to all members of a login, and writes to each that something about it changed.
/// Where somebody may fear for it, what programs may do in their names ends with the sessions.
pub(crate) async fn tell_all(
    mut door: Door,
    identity: IdentityId,
    letter: Option<(&'static str, Value)>,
    ends_accesses: bool,
) -> Result<Door> {
    for it in store::membership::of_identity(&mut door, identity).await? {
        let (here, member) = (it.association_id(), it.member_id());
        store::token::void(&mut door, here, member).await?;
        if ends_accesses {
            let mut scope = door.enter(here, None).await?;
            store::access::revoke_all(&mut scope, member).await?;
            door = scope.leave().await?;
        }
        if let Some((kind, detail)) = &letter {
            let mut scope = door.enter(here, None).await?;
            let letters = [(*kind, member)];
            tell(&mut scope, kind, member.0, detail.clone(), &letters).await?;
            door = scope.leave().await?;
        }
    }
    Ok(door)
}

/// Ends the session of this secret.
pub async fn log_out(web: &Pool, secret: &str, now: DateTime<Utc>) -> Result<()> {
    let mut door = Door::begin(web, now).await?;
    store::session::end(&mut door, &store::session::hash(secret)).await?;
    door.commit().await
}
