//! What was done at the console, or about it.

use crate::{Console, Page, Result};
use chrono::{DateTime, Utc};
use sel::id::{StaffActId, StaffId};
use sqlx::FromRow;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    LoggedIn,
    LoggedInByPasskey,
    /// Somebody was sent a link that makes their login.
    Invited,
    /// Their access has both proofs, from a link: the first, or others.
    Begun,
    Renewed,
    /// Somebody is let in no more.
    Ended,
    /// A key of theirs opens the console, or does so no more.
    PasskeyAdded,
    PasskeyRemoved,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::LoggedIn,
        Kind::LoggedInByPasskey,
        Kind::Invited,
        Kind::Begun,
        Kind::Renewed,
        Kind::Ended,
        Kind::PasskeyAdded,
        Kind::PasskeyRemoved,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::LoggedIn => "logged_in",
            Kind::LoggedInByPasskey => "logged_in_by_passkey",
            Kind::Invited => "invited",
            Kind::Begun => "begun",
            Kind::Renewed => "renewed",
            Kind::Ended => "ended",
            Kind::PasskeyAdded => "passkey_added",
            Kind::PasskeyRemoved => "passkey_removed",
        }
    }
}

/// An act to be.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    pub id: StaffActId,
    /// Who did it; nobody where it was done at the machine itself.
    pub by: Option<StaffId>,
    pub kind: Kind,
    pub whom: StaffId,
}

pub async fn record(console: &mut Console, done: Done) -> Result<()> {
    let now = console.now;
    sqlx::query(
        "with called as (select staff_id, name || ' (' || email || ')' as name from staff) \
         insert into staff_act \
             (act_id, staff_id, kind, whom_id, acted_at, staff_name, whom_name) \
         select $1, $2, $3, $4, $5, (select name from called where staff_id = $2), name \
         from called where staff_id = $4",
    )
    .bind(done.id.0)
    .bind(done.by.map(|it| it.0))
    .bind(done.kind.as_str())
    .bind(done.whom.0)
    .bind(now)
    .execute(console.connection())
    .await?;
    Ok(())
}

/// An act, read again.
#[derive(Clone, Debug, FromRow)]
pub struct Act {
    pub kind: String,
    pub acted_at: DateTime<Utc>,
    /// What they were called then, with their address; none where it was done at the machine
    /// itself.
    pub staff_name: Option<String>,
    pub whom_name: String,
}

/// The acts, the last first.
pub async fn list(console: &mut Console, offset: i64, limit: usize) -> Result<Page<Act>> {
    let rows = sqlx::query_as(
        "select kind, acted_at, staff_name, whom_name from staff_act \
         order by act_id desc limit $1 offset $2",
    )
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .bind(offset)
    .fetch_all(console.connection())
    .await?;
    Ok(Page::cut(rows, limit))
}
