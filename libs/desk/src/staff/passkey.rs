//! Keys of devices that open the console, beside password and code. They are made for its host
//! alone, and are both proofs at once; who has one has a password and an application, too.

use super::{By, Refusal, prove, record, session};
use crate::passkey::place::{Ask, strange};
use crate::passkey::{MANY, Place, Question, Refusal as Key, kept_name};
use crate::session::{Secret, TICKET_LIFE};
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{PasskeyId, StaffId, TokenId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::key::Vault;
use store::staff::act::Kind;
use store::{Console, Pool, Result};

fn refused(it: Key) -> Halt<Refusal> {
    Halt::Refused(Refusal::Key(it))
}

/// What a device was asked.
#[derive(Serialize, Deserialize)]
enum Asked {
    /// A key to be, by this name, for them.
    Add {
        staff_id: StaffId,
        name: String,
        state: Value,
    },
    Enter {
        state: Value,
    },
}

/// Keeps a question for who has this secret.
async fn question(
    console: &mut Console,
    secret: &str,
    (asked, options): (Asked, Value),
) -> Result<Question> {
    let (id, expires_at) = (TokenId(fresh::id(console.now)), console.now + TICKET_LIFE);
    let asked = serde_json::to_value(asked).map_err(strange)?;
    let kept = (&store::session::hash(secret)[..], &asked);
    store::staff::passkey::ask(console, id, kept, expires_at).await?;
    Ok(Question {
        options,
        id,
        expires_at,
    })
}

/// Takes a question up again, once, for who has this secret.
async fn answered(
    staff: &Pool,
    id: TokenId,
    secret: &str,
    now: DateTime<Utc>,
) -> Outcome<Asked, Refusal> {
    let mut console = Console::begin(staff, now).await?;
    let hash = store::session::hash(secret);
    let asked = store::staff::passkey::answered(&mut console, id, &hash).await?;
    console.commit().await?;
    let asked = asked.ok_or_else(|| refused(Key::Wrong))?;
    Ok(serde_json::from_value(asked).map_err(strange)?)
}

/// Asks the device of who acts for a key, for the session of this secret. `called` is what the
/// device shows of them, and `name` what they know the key by.
pub async fn prepare(
    staff: &Pool,
    vault: &Vault,
    (by, secret): (By<'_>, &str),
    (place, called, name): (&Place, &str, &str),
    now: DateTime<Utc>,
) -> Outcome<Question, Refusal> {
    let mut console = Console::begin(staff, now).await?;
    let known = store::staff::passkey::list(&mut console, by.id).await?;
    if known.len() >= MANY {
        return Err(refused(Key::Many));
    }
    let proved = prove(&mut console, vault, by).await;
    proved.map_err(|halt| halt.map(Refusal::Staff))?;
    let known = known.into_iter().map(|it| it.credential_id).collect();
    let Ask { options, state } = place.make(by.id.0, called, known)?;
    let (staff_id, name) = (by.id, kept_name(name));
    let asked = Asked::Add {
        staff_id,
        name,
        state,
    };
    let question = question(&mut console, secret, (asked, options)).await?;
    console.commit().await?;
    Ok(question)
}

/// Has the key that a device made open the console.
pub async fn add(
    staff: &Pool,
    (whose, secret): (StaffId, &str),
    place: &Place,
    (id, typed): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let asked = answered(staff, id, secret, now).await?;
    let Asked::Add {
        staff_id,
        name,
        state,
    } = asked
    else {
        return Err(refused(Key::Wrong));
    };
    if staff_id != whose {
        return Err(refused(Key::Wrong));
    }
    let made = place
        .made(state, typed)
        .map_err(|halt| halt.map(Refusal::Key))?;
    let mut console = Console::begin(staff, now).await?;
    // The session may have ended since it asked: the key must not outlive that.
    let hash = store::session::hash(secret);
    let ready = store::staff::hold_proofs(&mut console, whose)
        .await?
        .is_some();
    if !ready || !store::staff::session::goes_on(&mut console, whose, &hash).await? {
        return Err(refused(Key::Wrong));
    }
    let known = store::staff::passkey::list(&mut console, whose).await?;
    if known.len() >= MANY {
        return Err(refused(Key::Many));
    }
    let called = (PasskeyId(fresh::id(now)), name.as_str());
    let its = (&made.credential_id[..], &made.key);
    if !store::staff::passkey::add(&mut console, whose, called, its).await? {
        return Err(refused(Key::Wrong));
    }
    record(&mut console, Some(whose), Kind::PasskeyAdded, whose).await?;
    console.commit().await?;
    Ok(())
}

/// Has a key of who acts open the console no more; twice is no harm.
pub async fn remove(
    staff: &Pool,
    vault: &Vault,
    by: By<'_>,
    id: PasskeyId,
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    let mut console = Console::begin(staff, now).await?;
    let proved = prove(&mut console, vault, by).await;
    proved.map_err(|halt| halt.map(Refusal::Staff))?;
    if store::staff::passkey::remove(&mut console, by.id, id).await? {
        record(&mut console, Some(by.id), Kind::PasskeyRemoved, by.id).await?;
    }
    console.commit().await?;
    Ok(())
}

/// Asks the device of a visitor for a key, whoever it belongs to.
pub async fn ask(
    staff: &Pool,
    (place, visitor): (&Place, &str),
    now: DateTime<Utc>,
) -> Result<Question> {
    let Ask { options, state } = place.ask()?;
    let mut console = Console::begin(staff, now).await?;
    let asked = (Asked::Enter { state }, options);
    let question = question(&mut console, visitor, asked).await?;
    console.commit().await?;
    Ok(question)
}

/// Lets in whose key it is.
pub async fn enter(
    staff: &Pool,
    (place, visitor): (&Place, &str),
    (id, typed): (TokenId, &str),
    now: DateTime<Utc>,
) -> Outcome<Secret, Refusal> {
    let Asked::Enter { state } = answered(staff, id, visitor, now).await? else {
        return Err(refused(Key::Wrong));
    };
    let of_key = |halt: Halt<Key>| halt.map(Refusal::Key);
    let claim = place.claim(typed).map_err(of_key)?;
    let whose = StaffId(claim.owner);
    let mut console = Console::begin(staff, now).await?;
    let unknown = || refused(Key::Unknown);
    let ready = store::staff::hold_proofs(&mut console, whose).await?;
    ready.ok_or_else(unknown)?;
    let called = &claim.credential_id;
    let known = store::staff::passkey::called(&mut console, whose, called).await?;
    let known = known.ok_or_else(unknown)?;
    let key = place.prove(&claim, state, &known.key).map_err(of_key)?;
    store::staff::passkey::see(&mut console, known.id(), &key).await?;
    let secret = session::start(&mut console, whose).await?;
    record(&mut console, Some(whose), Kind::LoggedInByPasskey, whose).await?;
    console.commit().await?;
    Ok(secret)
}
