//! One login for several SELs: who asks for it proves who they are in both.
//!
//! A link goes from the SEL whose login is kept to the other one. There the member logs in, proves
//! it again, and is put under the login that is kept; so are their members of further SELs. Nothing
//! is concluded from equal addresses: couples share them.

use crate::password;
use crate::session::{Browser, Secret, TICKET_LIFE, start, usable};
use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::{AssociationId, IdentityId, MemberId, TokenId};
use sel::refusal::Refused;
use serde_json::json;
use store::association::Association;
use store::membership::Membership;
use store::token::{Purpose, Token, Written};
use store::{Door, Pool, Result};
use thiserror::Error as ThisError;

/// For how long who logged in by a link, and has no password, need not prove again who they are.
pub const FRESH: TimeDelta = TimeDelta::minutes(15);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("the password is another")]
    Password,
    #[error("they logged in too long ago")]
    Stale,
    #[error("no SEL is called so")]
    NoSel,
    #[error("several SELs are called so")]
    SeveralSels,
    #[error("the login has a member there")]
    Twice,
    #[error("the link: {0}")]
    Link(crate::session::Refusal),
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Password => "refusal-membership-password",
            Refusal::Stale => "refusal-membership-stale",
            Refusal::NoSel => "refusal-membership-no-sel",
            Refusal::SeveralSels => "refusal-membership-several",
            Refusal::Twice => "refusal-membership-twice",
            Refusal::Link(it) => it.key(),
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Password => "password",
            Refusal::NoSel | Refusal::SeveralSels => "sel",
            Refusal::Stale | Refusal::Twice | Refusal::Link(_) => "",
        }
    }
}

/// Who is logged in: a member of a SEL, their login, and the secret of their session.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    pub association_id: AssociationId,
    pub member_id: MemberId,
    pub identity_id: IdentityId,
    pub secret: &'a str,
}

/// The SELs of a login, and whether it has a password.
pub async fn of_identity(
    web: &Pool,
    identity: IdentityId,
    now: DateTime<Utc>,
) -> Result<(Vec<Membership>, bool)> {
    let mut door = Door::begin(web, now).await?;
    let all = store::membership::of_identity(&mut door, identity).await?;
    let hash = store::identity::password_hash(&mut door, identity).await?;
    door.commit().await?;
    Ok((all, hash.is_some()))
}

/// Makes sure that it is them: by their password, or, who has none, by having logged in just now.
pub async fn confirm(
    web: &Pool,
    own: Own<'_>,
    typed: &str,
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut door = Door::begin(web, now).await?;
    let hash = store::identity::password_hash(&mut door, own.identity_id).await?;
    let session = store::session::hash(own.secret);
    let started = store::session::started_at(&mut door, &session).await?;
    // Hashing takes its time: no connection is held meanwhile.
    door.commit().await?;
    match hash {
        Some(hash) => match password::matching(typed.to_owned(), vec![hash]).await {
            Some(_) => Ok(()),
            None => Err(Halt::Refused(Refusal::Password)),
        },
        None if started.is_some_and(|at| now - at <= FRESH) => Ok(()),
        None => Err(Halt::Refused(Refusal::Stale)),
    }
}

/// A link to another SEL.
#[derive(Clone, Debug)]
pub struct Leading {
    pub slug: String,
    pub token: TokenId,
    pub expires_at: DateTime<Utc>,
}

/// Asks that who follows the link to the SEL that is called so be put under this login. They have
/// proved who they are.
pub async fn ask(
    web: &Pool,
    own: Own<'_>,
    called: &str,
    now: DateTime<Utc>,
) -> Outcome<Leading, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let known = store::association::called(&mut door, called).await?;
    let there: &Association = match known.as_slice() {
        [] => return Err(Halt::Refused(Refusal::NoSel)),
        [only] => only,
        _ => return Err(Halt::Refused(Refusal::SeveralSels)),
    };
    let all = store::membership::of_identity(&mut door, own.identity_id).await?;
    if there.id() == own.association_id || all.iter().any(|it| it.association_id() == there.id()) {
        return Err(Halt::Refused(Refusal::Twice));
    }
    let here = store::association::by_id(&mut door, own.association_id).await?;
    let name = here.map(|it| it.name).unwrap_or_default();
    let detail = json!({ "identity_id": own.identity_id, "association_name": name });
    let leading = lead(&mut door, there, None, (Purpose::Joining, detail)).await?;
    door.commit().await?;
    Ok(leading)
}

async fn lead(
    door: &mut Door,
    there: &Association,
    member_id: Option<MemberId>,
    (purpose, detail): (Purpose, serde_json::Value),
) -> Result<Leading> {
    let token = Written {
        id: TokenId(fresh::id(door.now)),
        purpose,
        association_id: Some(there.id()),
        member_id,
        mail_to: None,
        language: "fr".into(),
        detail,
        expires_at: door.now + TICKET_LIFE,
    };
    store::token::write(door, &token).await?;
    Ok(Leading {
        slug: there.slug.clone(),
        token: token.id,
        expires_at: token.expires_at,
    })
}

/// A ticket to another SEL of this login; none where it has no member there.
pub async fn go(
    web: &Pool,
    identity: IdentityId,
    slug: &str,
    now: DateTime<Utc>,
) -> Result<Option<Leading>> {
    let mut door = Door::begin(web, now).await?;
    let all = store::membership::of_identity(&mut door, identity).await?;
    let Some(it) = all.iter().find(|it| it.slug == slug) else {
        return Ok(None);
    };
    let Some(there) = store::association::by_id(&mut door, it.association_id()).await? else {
        return Ok(None);
    };
    let ticket = (Purpose::Ticket, json!({}));
    let leading = lead(&mut door, &there, Some(it.member_id()), ticket).await?;
    door.commit().await?;
    Ok(Some(leading))
}

/// The name of the SEL whose login this link would keep, for the page that asks.
pub async fn look(
    web: &Pool,
    own: Own<'_>,
    id: TokenId,
    now: DateTime<Utc>,
) -> Outcome<String, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let (token, _) = joining(&mut door, own, id).await?;
    door.commit().await?;
    let name = token.detail["association_name"].as_str();
    Ok(name.unwrap_or_default().to_owned())
}

/// The link, where it is one to this SEL, and the login that it keeps.
async fn joining(
    door: &mut Door,
    own: Own<'_>,
    id: TokenId,
) -> Outcome<(Token, IdentityId), Refusal> {
    let broken = || Halt::Refused(Refusal::Link(crate::session::Refusal::Broken));
    let token = store::token::read(door, id).await?;
    let token = token
        .filter(|it| it.purpose() == Some(Purpose::Joining))
        .filter(|it| it.association_id() == Some(own.association_id))
        .ok_or_else(broken)?;
    usable(&token, door.now).map_err(|why| Halt::Refused(Refusal::Link(why)))?;
    let kept = token.detail["identity_id"].as_str();
    let kept = kept.and_then(|it| it.parse().ok()).ok_or_else(broken)?;
    let own_ones = store::membership::of_identity(door, own.identity_id).await?;
    let others = store::membership::of_identity(door, kept).await?;
    let is_there = |it: &Membership| {
        let mut others = others.iter();
        others.any(|other| other.association_id() == it.association_id())
    };
    // Two members of one SEL are two people, or ought to be.
    if own_ones.iter().any(is_there) {
        return Err(Halt::Refused(Refusal::Twice));
    }
    Ok((token, kept))
}

/// Puts this member, and those who shared their login, under the login that the link keeps. All
/// sessions of the other login end; this one goes on anew. They have proved who they are.
pub async fn join(
    web: &Pool,
    own: Own<'_>,
    id: TokenId,
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> Outcome<Secret, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let (_, kept) = joining(&mut door, own, id).await?;
    if !store::token::spend(&mut door, id).await? {
        let used = Refusal::Link(crate::session::Refusal::Used);
        return Err(Halt::Refused(used));
    }
    let gone = own.identity_id;
    for it in store::membership::of_identity(&mut door, gone).await? {
        door = identify(door, (it.association_id(), it.member_id()), kept).await?;
    }
    store::session::end_all(&mut door, gone, None).await?;
    store::identity::forget_password(&mut door, gone).await?;
    let whom = (own.association_id, own.member_id);
    let secret = start(&mut door, whom, kept, browser).await?;
    door.commit().await?;
    Ok(secret)
}

/// Puts a member under a login, notes it, and writes to them.
async fn identify(
    door: Door,
    (association_id, member_id): (AssociationId, MemberId),
    identity: IdentityId,
) -> Result<Door> {
    let mut scope = door.enter(association_id, None).await?;
    store::member::identify(&mut scope, member_id, identity).await?;
    let letters = [("login_changed", member_id)];
    tell(
        &mut scope,
        "login_changed",
        member_id.0,
        json!({}),
        &letters,
    )
    .await?;
    scope.leave().await
}

/// Gives the member of this SEL a login of their own again, without a password. They have proved
/// who they are.
pub async fn part(
    web: &Pool,
    own: Own<'_>,
    email: Option<&str>,
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> Result<Secret> {
    let mut door = Door::begin(web, now).await?;
    let identity = IdentityId(fresh::id(now));
    store::identity::create(&mut door, identity, email).await?;
    store::session::end_all(&mut door, own.identity_id, Some(own.association_id)).await?;
    let whom = (own.association_id, own.member_id);
    let mut door = identify(door, whom, identity).await?;
    let secret = start(&mut door, whom, identity, browser).await?;
    door.commit().await?;
    Ok(secret)
}
