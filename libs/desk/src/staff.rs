//! Those who run the platform: how they are invited, come in, and are let in no more. Nobody comes
//! in without a password and a second proof, or a key of a device, which is both.

mod invitation;
pub mod passkey;
mod session;

pub use invitation::{Begun, Link, Shown, begin, invite, look};
pub use session::{IDLE, LIFE, end_session, log_in, see};

use crate::second::code;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::id::{StaffActId, StaffId};
use sel::refusal::Refused;
use store::key::Vault;
use store::staff::act::{Done, Kind};
use store::staff::{PURPOSE, Proofs};
use store::{Console, Error, Pool, Result};
use thiserror::Error as ThisError;

/// Why somebody's access is not made, or not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Refusal {
    #[error("{0}")]
    Staff(sel::staff::Refusal),
    #[error("the password: {0}")]
    Password(sel::member::Refusal),
    #[error("the key: {0}")]
    Key(crate::passkey::Refusal),
}

impl Refusal {
    fn inner(&self) -> &dyn Refused {
        match self {
            Refusal::Staff(it) => it,
            Refusal::Password(it) => it,
            Refusal::Key(it) => it,
        }
    }
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        self.inner().key()
    }

    fn field(&self) -> &'static str {
        self.inner().field()
    }
}

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
) -> Outcome<(), sel::staff::Refusal> {
    sel::staff::end(by.id, whom).map_err(Halt::Refused)?;
    let mut console = Console::begin(staff, now).await?;
    store::staff::hold(&mut console, &[by.id, whom]).await?;
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
    let email = email.trim().to_lowercase();
    let Some(whom) = store::staff::at(&mut console, &email).await? else {
        return Ok(false);
    };
    store::staff::hold(&mut console, &[whom]).await?;
    let ended = store::staff::end(&mut console, whom).await?;
    if ended {
        record(&mut console, None, Kind::Ended, whom).await?;
    }
    console.commit().await?;
    Ok(ended)
}

/// Takes a code of who acts.
async fn prove(
    console: &mut Console,
    vault: &Vault,
    by: By<'_>,
) -> Outcome<(), sel::staff::Refusal> {
    let refused = || Halt::Refused(sel::staff::Refusal::Code);
    let proofs = store::staff::hold_proofs(console, by.id).await?;
    let proofs = proofs.ok_or_else(refused)?;
    if taken(console, vault, &proofs, by.code).await? {
        Ok(())
    } else {
        tracing::warn!(staff = %by.id, "a code of somebody inside the console was refused");
        Err(refused())
    }
}

/// Takes a code of the application, or a spare code, each once.
async fn taken(console: &mut Console, vault: &Vault, proofs: &Proofs, typed: &str) -> Result<bool> {
    let (id, typed) = (proofs.staff_id(), code::Typed::new(typed));
    let broken = Error::Contradiction("the master key does not open a second secret");
    let secret = vault.open(PURPOSE, id.0, &proofs.second_sealed);
    match typed.step(secret.ok_or(broken)?, console.now)? {
        Some(step) => store::staff::take(console, id, step).await,
        None => store::staff::spend(console, id, &typed.spare_hash()).await,
    }
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
