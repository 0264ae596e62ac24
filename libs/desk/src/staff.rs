//! Those who run the platform: how they are invited, come in, and are let in no more. Nobody comes
//! in without a password and a second proof, or a key of a device, which is both.

mod invitation;
pub mod passkey;
mod session;

pub use invitation::{Begun, Link, Page, begin, invite, look};
pub use session::{IDLE, LIFE, end_session, log_in, see};

use crate::second::code;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{StaffActId, StaffId};
use sel::staff::Refusal;
use store::key::Vault;
use store::staff::act::{Done, Kind};
use store::staff::{PURPOSE, Proofs};
use store::{Console, Error, Pool, Result};

/// Who acts, and the code that proves it once more.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub id: StaffId,
    pub code: &'a str,
}

/// Lets somebody in no more, at once. One's own way in, others end.
pub async fn end(
    staff: &Pool,
    vault: &Vault,
    by: By<'_>,
    whom: StaffId,
    now: DateTime<Utc>,
) -> Outcome<(), Refusal> {
    if whom == by.id {
        return Err(Halt::Refused(Refusal::Own));
    }
    let mut console = Console::begin(staff, now).await?;
    prove(&mut console, vault, by).await?;
    if store::staff::end(&mut console, whom).await? {
        record(&mut console, Some(by.id), Kind::Ended, whom).await?;
    }
    console.commit().await?;
    Ok(())
}

/// The same, from the machine itself, by address. Answers whether there was somebody.
pub async fn end_at(staff: &Pool, email: &str, now: DateTime<Utc>) -> Result<bool> {
    let mut console = Console::begin(staff, now).await?;
    let Some(whom) = store::staff::at(&mut console, &email.to_lowercase()).await? else {
        return Ok(false);
    };
    store::staff::end(&mut console, whom).await?;
    record(&mut console, None, Kind::Ended, whom).await?;
    console.commit().await?;
    Ok(true)
}

/// Takes a code of who acts.
async fn prove(console: &mut Console, vault: &Vault, by: By<'_>) -> Outcome<(), Refusal> {
    let refused = || Halt::Refused(Refusal::Code);
    let proofs = store::staff::hold_proofs(console, by.id).await?;
    let proofs = proofs.ok_or_else(refused)?;
    if taken(console, vault, &proofs, by.code).await? {
        Ok(())
    } else {
        Err(refused())
    }
}

/// Takes a code of the application, or a spare code, each once.
async fn taken(console: &mut Console, vault: &Vault, proofs: &Proofs, typed: &str) -> Result<bool> {
    let (id, typed) = (proofs.staff_id(), code::Typed::new(typed));
    let secret = opened(vault, id, &proofs.second_sealed)?;
    match typed.step(secret, console.now)? {
        Some(step) => store::staff::take(console, id, step).await,
        None => store::staff::spend(console, id, &typed.spare_hash()).await,
    }
}

fn opened(vault: &Vault, id: StaffId, sealed: &[u8]) -> Result<Vec<u8>> {
    let broken = Error::Contradiction("the master key does not open a second secret");
    vault.open(PURPOSE, id.0, sealed).ok_or(broken)
}

async fn record(
    console: &mut Console,
    by: Option<StaffId>,
    kind: Kind,
    whom: StaffId,
) -> Result<()> {
    let id = StaffActId(fresh::id(console.now));
    let done = Done { id, by, kind, whom };
    store::staff::act::record(console, done).await
}
