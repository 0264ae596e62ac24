//! The way from one SEL to the other and back.

use super::going::lead;
use super::{Leading, Own, Refusal, identify, is_alone, write_to};
use crate::session::device::{goes_on, named};
use crate::session::usable;
use crate::{Halt, Outcome, second};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, IdentityId, TokenId};
use serde::{Deserialize, Serialize};
use store::membership::Membership;
use store::token::{Purpose, Token};
use store::{Door, Error, Pool};

/// Who is asked about, for the page that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// "Claire Aubert (n° 12)".
    pub who: String,
    /// The name of their SEL.
    pub sel: String,
}

/// What a link stands for: who asked where, and in which session; and, on the way back, who proved
/// themselves at the other SEL.
#[derive(Debug, Serialize, Deserialize)]
struct Detail {
    kept: IdentityId,
    /// The asking session.
    session: String,
    home: AssociationId,
    asker: Asking,
    proved: Option<Proved>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Proved {
    gone: IdentityId,
    there: AssociationId,
    /// The session that proved it.
    session: String,
    asking: Asking,
}

fn broken() -> Halt<Refusal> {
    Halt::Refused(Refusal::Link(crate::session::Refusal::Broken))
}

fn written(detail: &Detail) -> Result<serde_json::Value, Error> {
    let broken = |_| Error::Contradiction("a link that cannot be written");
    serde_json::to_value(detail).map_err(broken)
}

/// Asks that the member who follows the link, at the SEL that is called so, be put under this
/// login. They have proved who they are.
pub async fn ask(
    web: &Pool,
    own: Own<'_>,
    (who, called): (&str, &str),
    now: DateTime<Utc>,
) -> Outcome<Leading, Refusal> {
    let mut door = Door::begin(web, now).await?;
    // The login that asks is kept, with all that opens it: none that whoever keeps this SEL's door
    // may have made.
    if is_alone(&mut door, own).await? {
        return Err(Halt::Refused(Refusal::OtherWay));
    }
    let known = store::association::called(&mut door, called).await?;
    let there = match known.as_slice() {
        [] => return Err(Halt::Refused(Refusal::NoSel)),
        [only] => only,
        _ => return Err(Halt::Refused(Refusal::SeveralSels)),
    };
    let all = store::membership::of_identity(&mut door, own.identity_id).await?;
    if there.id() == own.association_id || all.iter().any(|it| it.association_id() == there.id()) {
        return Err(Halt::Refused(Refusal::Twice));
    }
    let home = store::association::by_id(&mut door, own.association_id).await?;
    let detail = Detail {
        kept: own.identity_id,
        session: named(own.secret),
        home: own.association_id,
        asker: Asking {
            who: who.to_owned(),
            sel: home.map(|it| it.name).unwrap_or_default(),
        },
        proved: None,
    };
    let leading = lead(
        &mut door,
        there,
        None,
        (Purpose::Joining, written(&detail)?),
    )
    .await?;
    door.commit().await?;
    Ok(leading)
}

/// A link to this SEL that has not run out, and whose asking session goes on.
async fn read(door: &mut Door, here: AssociationId, id: TokenId) -> Outcome<Detail, Refusal> {
    let token: Token = store::token::read(door, id)
        .await?
        .filter(|it| it.purpose() == Some(Purpose::Joining))
        .filter(|it| it.association_id() == Some(here))
        .ok_or_else(broken)?;
    usable(&token, door.now).map_err(|why| Halt::Refused(Refusal::Link(why)))?;
    let detail: Detail = serde_json::from_value(token.detail).map_err(|_| broken())?;
    if goes_on(door, &detail.session).await? {
        Ok(detail)
    } else {
        Err(broken())
    }
}

/// Refuses where one login would have two members of one SEL: those are two people, or ought to be.
async fn apart(
    door: &mut Door,
    kept: IdentityId,
    gone: IdentityId,
) -> Outcome<(Vec<Membership>, Vec<Membership>), Refusal> {
    let kept = store::membership::of_identity(door, kept).await?;
    let gone = store::membership::of_identity(door, gone).await?;
    let is_there = |it: &Membership| {
        let mut others = kept.iter();
        others.any(|other| other.association_id() == it.association_id())
    };
    if gone.iter().any(is_there) {
        return Err(Halt::Refused(Refusal::Twice));
    }
    Ok((kept, gone))
}

/// At the other SEL: what is asked, where the two logins may be joined.
async fn asked(door: &mut Door, own: Own<'_>, id: TokenId) -> Outcome<Detail, Refusal> {
    let detail = read(door, own.association_id, id).await?;
    if detail.proved.is_some() {
        return Err(broken());
    }
    apart(door, detail.kept, own.identity_id).await?;
    Ok(detail)
}

/// At the other SEL: who asks.
pub async fn look(
    web: &Pool,
    own: Own<'_>,
    id: TokenId,
    now: DateTime<Utc>,
) -> Outcome<Asking, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let detail = asked(&mut door, own, id).await?;
    door.commit().await?;
    Ok(detail.asker)
}

/// At the other SEL: they have proved who they are there, and go back. Nothing is joined yet: only
/// this answer knows the way back, and only the asking session can end it.
pub async fn prove(
    web: &Pool,
    own: Own<'_>,
    (who, id): (&str, TokenId),
    now: DateTime<Utc>,
) -> Outcome<Leading, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let detail = asked(&mut door, own, id).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(broken());
    }
    let here = store::association::by_id(&mut door, own.association_id).await?;
    let home = store::association::by_id(&mut door, detail.home).await?;
    let home = home.ok_or_else(broken)?;
    let proved = Proved {
        gone: own.identity_id,
        there: own.association_id,
        session: named(own.secret),
        asking: Asking {
            who: who.to_owned(),
            sel: here.map(|it| it.name).unwrap_or_default(),
        },
    };
    let detail = Detail {
        proved: Some(proved),
        ..detail
    };
    let leading = lead(
        &mut door,
        &home,
        None,
        (Purpose::Joining, written(&detail)?),
    )
    .await?;
    door.commit().await?;
    Ok(leading)
}

/// Back where it began: what was proved, where this is the session that asked.
async fn proved(door: &mut Door, own: Own<'_>, id: TokenId) -> Outcome<Proved, Refusal> {
    let detail = read(door, own.association_id, id).await?;
    let is_own = detail.kept == own.identity_id && detail.session == named(own.secret);
    detail.proved.filter(|_| is_own).ok_or_else(broken)
}

/// Back where it began: who proved themselves at the other SEL.
pub async fn look_back(
    web: &Pool,
    own: Own<'_>,
    id: TokenId,
    now: DateTime<Utc>,
) -> Outcome<Asking, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let proved = proved(&mut door, own, id).await?;
    apart(&mut door, own.identity_id, proved.gone).await?;
    door.commit().await?;
    Ok(proved.asking)
}

/// Puts the member who proved themselves, and those who shared their login, under this one. The
/// other login is over, with its password and its sessions. All are written to. Answers the name of
/// the other SEL.
pub async fn join(
    web: &Pool,
    own: Own<'_>,
    id: TokenId,
    now: DateTime<Utc>,
) -> Outcome<String, Refusal> {
    let mut door = Door::begin(web, now).await?;
    let Proved {
        gone,
        there,
        session,
        asking,
    } = proved(&mut door, own, id).await?;
    store::identity::hold(&mut door, &[own.identity_id, gone]).await?;
    // Who proved it may have thought better of it, and logged out.
    if !goes_on(&mut door, &session).await? {
        return Err(broken());
    }
    let asked = second::is_asked(&mut door, gone).await?;
    if asked && !second::is_asked(&mut door, own.identity_id).await? {
        return Err(Halt::Refused(Refusal::Second));
    }
    let (kept, moved) = apart(&mut door, own.identity_id, gone).await?;
    let is_under = moved.iter().any(|it| it.association_id() == there)
        && kept.iter().any(|it| it.member_id() == own.member_id);
    if !is_under || !store::token::spend(&mut door, id).await? {
        return Err(broken());
    }
    for it in &moved {
        door = identify(door, it, own.identity_id).await?;
    }
    let home = kept.iter().find(|it| it.member_id() == own.member_id);
    let home = home.map_or("", |it| it.name.as_str());
    door = write_to(door, &kept, ("login_joined", &asking.sel)).await?;
    door = write_to(door, &moved, ("login_joined", home)).await?;
    store::session::end_all(&mut door, gone, None).await?;
    store::identity::forget_password(&mut door, gone).await?;
    store::identity::second::end(&mut door, gone).await?;
    store::external_login::unlink_all(&mut door, gone).await?;
    store::passkey::remove_all(&mut door, gone).await?;
    door.commit().await?;
    Ok(asking.sel)
}
