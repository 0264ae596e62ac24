//! Logging in: by e-mail or number with a password, or by a link that comes by mail.

use crate::{fresh, password};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Days, TimeDelta, Utc};
use sel::id::{AssociationId, IdentityId, MemberId, TokenId};
use sel::refusal::Refused;
use serde_json::json;
use store::identity::Candidate;
use store::session::Started;
use store::token::{Purpose, Token, Written};
use store::{Door, Error, Pool, Result};
use thiserror::Error as ThisError;

pub(crate) mod device;
pub(crate) mod kept;
mod login;
pub(crate) mod proof;

pub use device::{
    Browser, choose_password, devices, end_device, end_other_devices, give_password, log_out,
};
pub use login::Login;
pub use proof::{Entered, second_proof};

/// How long a session lives, in days.
pub const SESSION_DAYS: u64 = 60;
/// How long a mailed login link lives.
pub const LINK_LIFE: TimeDelta = TimeDelta::minutes(60);
/// How long the ticket lives that carries a login from one host to another.
pub const TICKET_LIFE: TimeDelta = TimeDelta::minutes(10);
/// Links that one address is sent in an hour, at most.
pub const LINKS_AN_HOUR: i64 = 5;
/// Login links to one address within an hour: members may share it, in several SELs.
const LINKS_AN_ADDRESS: i64 = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("nothing was typed")]
    Empty,
    #[error("no such login and password")]
    Unknown,
    #[error("several members share this address and password")]
    Several,
    #[error("the link was used before")]
    Used,
    #[error("the link has expired")]
    Expired,
    #[error("the link is not ours")]
    Broken,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Empty => "refusal-login-empty",
            Refusal::Unknown => "refusal-login-unknown",
            Refusal::Several => "refusal-login-several",
            Refusal::Used => "refusal-link-used",
            Refusal::Expired => "refusal-link-expired",
            Refusal::Broken => "refusal-link-broken",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Empty | Refusal::Unknown | Refusal::Several => "login",
            _ => "",
        }
    }
}

/// A secret for the cookie of one host, and what the database keeps of it.
pub struct Secret(String);

impl Secret {
    pub(crate) fn fresh() -> Secret {
        Secret(URL_SAFE_NO_PAD.encode(store::key::secret()))
    }

    /// For the cookie, or for a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// Logs in with a password. Where two people share an address, the password tells them apart; where
/// even that is the same, the number must.
pub async fn log_in(
    web: &Pool,
    here: AssociationId,
    (typed, secret): (&str, &str),
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> crate::Outcome<Entered, Refusal> {
    let login = Login::parse(typed).map_err(crate::Halt::Refused)?;
    let mut door = Door::begin(web, now).await?;
    let known = login.candidates(&mut door, here).await?;
    // Hashing takes its time: no connection is held meanwhile.
    door.commit().await?;
    let with_password: Vec<&Candidate> = known
        .iter()
        .filter(|candidate| candidate.password_hash.is_some())
        .collect();
    let hashes = with_password
        .iter()
        .filter_map(|c| c.password_hash.clone())
        .collect::<Vec<_>>();
    let first = password::matching(secret.to_owned(), hashes.clone()).await;
    let Some(first) = first else {
        return Err(crate::Halt::Refused(Refusal::Unknown));
    };
    let rest = hashes[first + 1..].to_vec();
    if !rest.is_empty() && password::matching(secret.to_owned(), rest).await.is_some() {
        return Err(crate::Halt::Refused(Refusal::Several));
    }
    let candidate = with_password[first];
    let identity = candidate
        .identity_id()
        .ok_or(Error::Contradiction("a password of nobody"))?;
    let mut door = Door::begin(web, now).await?;
    let whom = (here, candidate.member_id());
    let entered = proof::first(&mut door, whom, (identity, now), browser).await?;
    door.commit().await?;
    Ok(entered)
}

pub(crate) async fn start(
    door: &mut Door,
    (association_id, member_id): (AssociationId, MemberId),
    identity_id: IdentityId,
    browser: Browser<'_>,
    proved_at: DateTime<Utc>,
) -> Result<Secret> {
    let secret = Secret::fresh();
    if let Some(before) = browser.session {
        store::session::end(door, &store::session::hash(before)).await?;
    }
    let started = Started {
        hash: &store::session::hash(secret.as_str()),
        association_id,
        member_id,
        identity_id,
        expires_at: door.now + Days::new(SESSION_DAYS),
        proved_at,
        device: browser.name,
        alone: browser.alone,
    };
    store::session::start(door, &started).await?;
    Ok(secret)
}

/// Mails a link to whoever has this number or address here, one for each member; it leads to `back`
/// from there. Answers nothing about whom it found.
pub async fn request_link(
    web: &Pool,
    here: AssociationId,
    (typed, back): (&str, &str),
    now: DateTime<Utc>,
) -> crate::Outcome<(), Refusal> {
    let login = Login::parse(typed).map_err(crate::Halt::Refused)?;
    let mut door = Door::begin(web, now).await?;
    for candidate in login.candidates(&mut door, here).await? {
        let Some(email) = candidate.email.clone() else {
            continue;
        };
        let since = now - TimeDelta::hours(1);
        let (whom, purpose) = ((here, candidate.member_id()), Purpose::Login);
        let own = store::token::mailed_to_member_since(&mut door, whom, purpose, since).await?;
        let all = store::token::mailed_since(&mut door, &email, purpose, since).await?;
        if own >= LINKS_AN_HOUR || all >= LINKS_AN_ADDRESS {
            continue;
        }
        let token = Written {
            id: TokenId(fresh::id(now)),
            purpose: Purpose::Login,
            association_id: Some(here),
            member_id: Some(candidate.member_id()),
            mail_to: Some(email),
            language: candidate.language.clone(),
            detail: json!({
                "first_name": candidate.first_name,
                "number": candidate.number,
                "back": back,
            }),
            expires_at: now + LINK_LIFE,
        };
        store::token::write(&mut door, &token).await?;
    }
    door.commit().await?;
    Ok(())
}

/// Whether a token may still be used, for the page that shows its button.
pub fn usable(token: &Token, now: DateTime<Utc>) -> std::result::Result<(), Refusal> {
    if token.used_at.is_some() {
        Err(Refusal::Used)
    } else if token.expires_at <= now {
        Err(Refusal::Expired)
    } else {
        Ok(())
    }
}

/// Reads the token of a link without using it. One of another SEL, or of the platform where this is
/// a SEL, is none: nobody hears what became of it.
pub async fn look(
    web: &Pool,
    here: Option<AssociationId>,
    (id, purposes): (TokenId, &[Purpose]),
    now: DateTime<Utc>,
) -> crate::Outcome<Token, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let token = store::token::read(&mut door, id).await?;
    door.commit().await?;
    let is_meant = |it: &Token| {
        let purpose = it.purpose();
        it.association_id() == here && purpose.is_some_and(|it| purposes.contains(&it))
    };
    let token = token
        .filter(is_meant)
        .ok_or(crate::Halt::Refused(Refusal::Broken))?;
    usable(&token, now).map_err(crate::Halt::Refused)?;
    Ok(token)
}

/// Logs in through a login link, a welcome or a ticket, and uses it up. A member who never logged
/// in gets a login of their own.
pub async fn follow(
    web: &Pool,
    here: AssociationId,
    id: TokenId,
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> crate::Outcome<(Entered, MemberId), Refusal> {
    let purposes = [Purpose::Login, Purpose::Welcome, Purpose::Ticket];
    let token = look(web, Some(here), (id, &purposes), now).await?;
    let member_id = token.member_id();
    let member_id = member_id.ok_or(crate::Halt::Refused(Refusal::Broken))?;
    let mut door = Door::begin(web, now).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(crate::Halt::Refused(Refusal::Used));
    }
    let (mut door, identity) = identity_of(door, here, member_id).await?;
    let whom = (here, member_id);
    let entered = if token.purpose() == Some(Purpose::Ticket) {
        // It proves no more than the session that it comes from, and no less, while that goes on.
        if let Some(session) = token.detail["session"].as_str()
            && !device::goes_on(&mut door, session).await?
        {
            return Err(crate::Halt::Refused(Refusal::Expired));
        }
        let proved = token.detail["proved_at"].as_i64();
        let proved = proved.and_then(|at| DateTime::from_timestamp(at, 0));
        let proved = proved.unwrap_or(now);
        Entered::In(start(&mut door, whom, identity, browser, proved).await?)
    } else {
        proof::first(&mut door, whom, (identity, now), browser).await?
    };
    door.commit().await?;
    Ok((entered, member_id))
}

/// The login of a member, made where there was none.
pub(crate) async fn identity_of(
    door: Door,
    here: AssociationId,
    member_id: MemberId,
) -> crate::Outcome<(Door, IdentityId), Refusal> {
    let now = door.now;
    let mut scope = door.enter(here, None).await?;
    let member = store::member::hold(&mut scope, member_id)
        .await?
        .filter(|member| member.left_at.is_none())
        .ok_or(crate::Halt::Refused(Refusal::Broken))?;
    if let Some(identity) = member.identity_id() {
        return Ok((scope.leave().await?, identity));
    }
    let identity = IdentityId(fresh::id(now));
    let mut door = scope.leave().await?;
    store::identity::create(&mut door, identity, member.email.as_deref()).await?;
    let mut scope = door.enter(here, None).await?;
    store::member::identify(&mut scope, member_id, identity).await?;
    Ok((scope.leave().await?, identity))
}
