//! Coming in at the console, and being there.

use super::{record, taken};
use crate::session::Secret;
use crate::{Halt, Outcome, password};
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::StaffId;
use sel::person::Email;
use sel::staff::Refusal;
use store::key::Vault;
use store::staff::Staff;
use store::staff::act::Kind;
use store::staff::session::{by_hash, note};
use store::{Console, Pool, Result};

/// How long a session lives, and how long one that is not used. That it is in use is noted this
/// often: a page takes no lock for it.
pub const LIFE: TimeDelta = TimeDelta::hours(12);
pub const IDLE: TimeDelta = TimeDelta::hours(1);
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Lets somebody in with all three: address, password and code. Nobody hears which of them was
/// wrong. `allowed` counts the codes of who knows the password.
pub async fn log_in(
    staff: &Pool,
    vault: &Vault,
    (email, typed, code): (&str, &str, &str),
    allowed: impl AsyncFnOnce(StaffId) -> bool,
    now: DateTime<Utc>,
) -> Outcome<Secret, Refusal> {
    let unknown = || Halt::Refused(Refusal::Unknown);
    let mut console = Console::begin(staff, now).await?;
    let found = match Email::parse(email) {
        Ok(email) => store::staff::proofs_at(&mut console, email.as_str()).await?,
        Err(_) => None,
    };
    // Hashing takes its time: no connection is held meanwhile.
    console.commit().await?;
    let hashes = found.iter().map(|it| it.password_hash.clone()).collect();
    let right = password::matching(typed.to_owned(), hashes).await.is_some();
    let found = found.filter(|_| right).ok_or_else(unknown)?;
    if !allowed(found.staff_id()).await {
        return Err(unknown());
    }
    let mut console = Console::begin(staff, now).await?;
    let held = store::staff::hold_proofs(&mut console, found.staff_id()).await?;
    // What was right a moment ago may be another's by now.
    let held = held.filter(|it| it.password_hash == found.password_hash);
    let held = held.ok_or_else(unknown)?;
    if !taken(&mut console, vault, &held, code).await? {
        return Err(unknown());
    }
    let id = held.staff_id();
    let secret = start(&mut console, id).await?;
    record(&mut console, Some(id), Kind::LoggedIn, id).await?;
    console.commit().await?;
    Ok(secret)
}

pub(super) async fn start(console: &mut Console, id: StaffId) -> Result<Secret> {
    store::staff::forget_over(console, console.now - IDLE).await?;
    let secret = Secret::fresh();
    let (hash, expires_at) = (store::session::hash(secret.as_str()), console.now + LIFE);
    store::staff::session::start(console, id, &hash, expires_at).await?;
    Ok(secret)
}

/// Who has this session, and the transaction that found them. That they are there is noted in one
/// before it: what becomes of the page takes nothing back.
pub async fn see(
    staff: &Pool,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Staff, Console)>> {
    let hash = store::session::hash(secret);
    let mut console = Console::begin(staff, now).await?;
    let found = by_hash(&mut console, &hash, now - IDLE).await?;
    if found
        .as_ref()
        .is_some_and(|it| now - it.seen_at >= NOTED_EVERY)
    {
        note(&mut console, &hash).await?;
        console.commit().await?;
        console = Console::begin(staff, now).await?;
    }
    Ok(found.map(|it| (it.staff, console)))
}

/// Ends a session; ending it twice is no harm.
pub async fn end_session(staff: &Pool, secret: &str, now: DateTime<Utc>) -> Result<()> {
    let mut console = Console::begin(staff, now).await?;
    store::staff::session::end(&mut console, &store::session::hash(secret)).await?;
    console.commit().await
}
