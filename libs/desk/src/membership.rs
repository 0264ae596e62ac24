//! One login for several SELs: who asks for it proves who they are in both.
//!
//! It begins at the SEL whose login is kept, goes to the other one, and ends where it began, in the
//! very session that asked: a link that somebody else sends leads nobody under the login of that
//! other, and who sent it cannot end what was proved there. Nothing is concluded from equal
//! addresses: couples share them.

mod going;
mod joining;

pub use going::{Going, Leading, go};
pub use joining::{Asking, ask, join, look, look_back, prove};

use crate::password;
use crate::session::{Browser, Secret, start};
use crate::tell::tell;
use crate::{Halt, Outcome, fresh, second};
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::{AssociationId, IdentityId, MemberId};
use sel::refusal::Refused;
use serde_json::json;
use store::membership::Membership;
use store::{Door, Pool, Result};
use thiserror::Error as ThisError;

/// For how long who proved who they are need not do so again, where they have no password.
pub const FRESH: TimeDelta = TimeDelta::minutes(15);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("the password is another")]
    Password,
    #[error("they proved themselves too long ago")]
    Stale,
    #[error("no SEL is called so")]
    NoSel,
    #[error("several SELs are called so")]
    SeveralSels,
    #[error("the login has a member there")]
    Twice,
    #[error("the login has no other SEL")]
    Alone,
    #[error("the session opens this SEL alone, and the login others")]
    Elsewhere,
    #[error("the session opens this SEL alone: the other one asks")]
    OtherWay,
    #[error("the member has no e-mail")]
    NoEmail,
    #[error("the login that would go asks for a second proof, and the other does not")]
    Second,
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
            Refusal::Alone => "refusal-membership-alone",
            Refusal::Elsewhere => "refusal-membership-elsewhere",
            Refusal::OtherWay => "refusal-membership-other-way",
            Refusal::NoEmail => "refusal-membership-no-email",
            Refusal::Second => "refusal-membership-second",
            Refusal::Link(it) => it.key(),
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Password => "password",
            Refusal::NoSel | Refusal::SeveralSels => "sel",
            _ => "",
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

/// The SELs of who is here, as far as their session hears of them.
#[derive(Clone, Debug)]
pub struct Sels {
    pub all: Vec<Membership>,
    /// Whether the session opens this SEL alone, and hears of no other.
    pub alone: bool,
}

pub async fn sels(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<Sels> {
    let mut door = Door::begin(web, now).await?;
    let mut all = store::membership::of_identity(&mut door, own.identity_id).await?;
    let alone = is_alone(&mut door, own).await?;
    if alone {
        all.retain(|it| it.association_id() == own.association_id);
    }
    door.commit().await?;
    Ok(Sels { all, alone })
}

/// Whether who is here has a password.
pub async fn has_password(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<bool> {
    let mut door = Door::begin(web, now).await?;
    let hash = store::identity::password_hash(&mut door, own.identity_id).await?;
    door.commit().await?;
    Ok(hash.is_some())
}

async fn is_alone(door: &mut Door, own: Own<'_>) -> Result<bool> {
    store::session::is_alone(door, &store::session::hash(own.secret)).await
}

/// Whether the session opens this SEL alone, and the login others: what changes the login must not
/// rest on the session, then, which whoever keeps this SEL's door may have.
pub(crate) async fn is_half(door: &mut Door, own: Own<'_>) -> Result<bool> {
    if !is_alone(door, own).await? {
        return Ok(false);
    }
    let all = store::membership::of_identity(door, own.identity_id).await?;
    Ok(all.len() > 1)
}

/// What may prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Their password; where they have none, that they came in just now.
    Password,
    /// That they came in just now, too: who forgot their password comes by a mailed link.
    PasswordOrFresh,
    /// The same, for what stays within this SEL, as the session does.
    Here,
}

/// Whether the session opens this SEL alone, and the login others.
pub async fn opens_half(web: &Pool, own: Own<'_>, now: DateTime<Utc>) -> Result<bool> {
    let mut door = Door::begin(web, now).await?;
    let is_half = is_half(&mut door, own).await?;
    door.commit().await?;
    Ok(is_half)
}

/// Whether the password must be typed: they have one, and have not come in just now.
pub async fn asks(web: &Pool, own: Own<'_>, proof: Proof, now: DateTime<Utc>) -> Result<bool> {
    let mut door = Door::begin(web, now).await?;
    let hash = store::identity::password_hash(&mut door, own.identity_id).await?;
    let asks = hash.is_some() && !is_fresh(&mut door, own, proof).await?;
    door.commit().await?;
    Ok(asks)
}

/// Whether they came in just now, by a session that counts for what is to be proved.
async fn is_fresh(door: &mut Door, own: Own<'_>, proof: Proof) -> Result<bool> {
    let proved = store::session::proved_at(door, &store::session::hash(own.secret)).await?;
    let came_now = proved.is_some_and(|at| door.now - at <= FRESH);
    Ok(came_now && (proof == Proof::Here || !is_half(door, own).await?))
}

/// Makes sure that it is them.
pub async fn confirm(
    web: &Pool,
    own: Own<'_>,
    (proof, typed): (Proof, &str),
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut door = Door::begin(web, now).await?;
    let is_fresh = is_fresh(&mut door, own, proof).await?;
    if is_fresh && proof != Proof::Password {
        return Ok(());
    }
    let otherwise = if proof != Proof::Here && is_half(&mut door, own).await? {
        Refusal::Elsewhere
    } else {
        Refusal::Stale
    };
    let hash = store::identity::password_hash(&mut door, own.identity_id).await?;
    // Who came in just now gave the second proof, too.
    if !is_fresh && second::is_asked(&mut door, own.identity_id).await? {
        return Err(Halt::Refused(otherwise));
    }
    // Hashing takes its time: no connection is held meanwhile.
    door.commit().await?;
    match hash {
        Some(hash) => match password::matching(typed.to_owned(), vec![hash]).await {
            Some(_) => Ok(()),
            None => Err(Halt::Refused(Refusal::Password)),
        },
        None if is_fresh => Ok(()),
        None => Err(Halt::Refused(otherwise)),
    }
}

/// Puts a member under a login, voids the links to them that are under way, and notes it.
async fn identify(door: Door, it: &Membership, identity: IdentityId) -> Result<Door> {
    let (here, member) = (it.association_id(), it.member_id());
    let mut door = door;
    store::token::void(&mut door, here, member).await?;
    let mut scope = door.enter(here, None).await?;
    store::member::identify(&mut scope, member, identity).await?;
    scope.leave().await
}

/// Writes to all these members that their login opens another SEL, or no longer does.
async fn write_to(
    door: Door,
    all: &[Membership],
    (kind, sel): (&'static str, &str),
) -> Result<Door> {
    let mut door = door;
    for it in all {
        let member = it.member_id();
        let mut scope = door.enter(it.association_id(), None).await?;
        let detail = json!({ "sel": sel });
        tell(&mut scope, kind, member.0, detail, &[(kind, member)]).await?;
        door = scope.leave().await?;
    }
    Ok(door)
}

/// Gives the member of this SEL a login of their own again, without a password, and writes to them
/// and to those that they leave behind. They have proved who they are.
pub async fn part(
    web: &Pool,
    own: Own<'_>,
    email: Option<&str>,
    browser: Browser<'_>,
    now: DateTime<Utc>,
) -> Outcome<Secret, Refusal> {
    if email.is_none() {
        return Err(Halt::Refused(Refusal::NoEmail));
    }
    let mut door = Door::begin(web, now).await?;
    store::identity::hold(&mut door, &[own.identity_id]).await?;
    let all = store::membership::of_identity(&mut door, own.identity_id).await?;
    let is_own = |it: &Membership| it.member_id() == own.member_id;
    let (parted, left): (Vec<_>, Vec<_>) = all.into_iter().partition(is_own);
    let (Some(it), Some(other)) = (parted.first(), left.first()) else {
        return Err(Halt::Refused(Refusal::Alone));
    };
    let identity = IdentityId(fresh::id(now));
    store::identity::create(&mut door, identity, email).await?;
    door = identify(door, it, identity).await?;
    door = write_to(door, &parted, ("login_parted", &other.name)).await?;
    door = write_to(door, &left, ("login_parted", &it.name)).await?;
    store::session::end_all(&mut door, own.identity_id, Some(own.association_id)).await?;
    let whom = (own.association_id, own.member_id);
    let secret = start(&mut door, whom, identity, browser, now).await?;
    door.commit().await?;
    Ok(secret)
}

/// Gives a member a login of their own again, in the host's name: to who was joined against their
/// will, or lost their second proof. A link to their address in the SEL lets them in. Answers
/// whether there is such a member.
pub async fn release(web: &Pool, slug: &str, number: i32, now: DateTime<Utc>) -> Result<bool> {
    let mut door = Door::begin(web, now).await?;
    let Some(here) = store::association::by_slug(&mut door, slug).await? else {
        return Ok(false);
    };
    let mut scope = door.enter(here.id(), None).await?;
    let member = store::member::by_number(&mut scope, number).await?;
    let Some(member) = member.filter(|member| member.left_at.is_none()) else {
        return Ok(false);
    };
    store::member::release(&mut scope, member.id()).await?;
    let kind = "login_released";
    tell(
        &mut scope,
        kind,
        member.id().0,
        json!({}),
        &[(kind, member.id())],
    )
    .await?;
    let mut door = scope.leave().await?;
    store::token::void(&mut door, here.id(), member.id()).await?;
    door.commit().await?;
    Ok(true)
}
