//! SELs that this one trades with. What the other side must know as well is written by functions
//! that know both.

use crate::{Result, Scope};
use chrono::{DateTime, Utc};
use sel::alliance::{Bond, Caps, Code, Partner, State};
use sel::amount::Unit;
use sel::id::{AccountId, AllianceId, AssociationId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod outsider;
mod unit;

pub use outsider::{member, own_name};
pub(crate) use unit::{THEIR_UNIT, TheirUnit};

/// What stands between this SEL and another, with the face of that one.
#[derive(Clone, Debug, FromRow)]
pub struct Alliance {
    alliance_id: Uuid,
    ally_id: Option<Uuid>,
    pub code: String,
    pub name: String,
    /// Where it is on the platform.
    pub slug: Option<String>,
    pub place_name: Option<String>,
    #[sqlx(flatten)]
    unit: TheirUnit,
    payer_alone: bool,
    payee_asks: bool,
    account_id: Option<Uuid>,
    pub cap_out: i64,
    pub cap_in: i64,
    given: i64,
    received: i64,
    held_out: i64,
    held_in: i64,
    pub asked_at: DateTime<Utc>,
    asked_here: bool,
    pub agreed_at: Option<DateTime<Utc>>,
    refused_at: Option<DateTime<Utc>>,
    paused_at: Option<DateTime<Utc>>,
    ally_paused_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl Alliance {
    pub fn id(&self) -> AllianceId {
        AllianceId(self.alliance_id)
    }

    /// The other SEL, where it is on the platform.
    pub fn ally_id(&self) -> Option<AssociationId> {
        self.ally_id.map(AssociationId)
    }

    /// Where exchanges with it are counted, once it is agreed.
    pub fn account_id(&self) -> Option<AccountId> {
        self.account_id.map(AccountId)
    }

    pub fn state(&self) -> State {
        match self {
            it if it.refused_at.is_some() => State::Refused,
            it if it.ended_at.is_some() => State::Ended,
            it if it.agreed_at.is_none() && it.asked_here => State::Asked,
            it if it.agreed_at.is_none() => State::Waits,
            it if it.paused_at.is_some() => State::Paused,
            it if it.ally_paused_at.is_some() => State::PausedThere,
            _ => State::Stands,
        }
    }

    /// What the other SEL calls its units; one that is on no platform has not said.
    pub fn unit(&self) -> Unit {
        self.unit.unit()
    }

    /// As the rules need to know it.
    pub fn bond(&self) -> Bond {
        Bond {
            alliance_id: self.id(),
            ally_id: self.ally_id(),
            name: self.name.clone(),
            state: self.state(),
            unit: self.unit(),
            payer_alone: self.payer_alone,
            payee_asks: self.payee_asks,
            cap_out: self.cap_out,
            cap_in: self.cap_in,
            given: self.given,
            received: self.received,
            held_out: self.held_out,
            held_in: self.held_in,
        }
    }
}

const COLUMNS: &str = "a.alliance_id, a.ally_id, a.ally_code as code, \
    coalesce(f.name, a.ally_name) as name, f.slug, f.place_name, \
    coalesce(f.payer_alone, true) as payer_alone, coalesce(f.payee_asks, true) as payee_asks, \
    a.account_id, a.cap_out, a.cap_in, a.given, a.received, a.held_out, a.held_in, a.asked_at, \
    a.asked_by is not null as asked_here, a.agreed_at, a.refused_at, a.paused_at, \
    a.ally_paused_at, a.ended_at";

const TABLES: &str = "from alliance a left join lateral ally_face(a.ally_id) f on true";

/// Alliances that a page shows.
const MANY: i64 = 200;

/// Those that stand or are asked for first, then what is over; the latest first.
pub async fn list(scope: &mut Scope) -> Result<Vec<Alliance>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT} {TABLES} where a.association_id = $1 \
         order by coalesce(a.ended_at, a.refused_at) is not null, a.asked_at desc limit $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(MANY)
        .fetch_all(scope.connection())
        .await?)
}

pub async fn by_id(scope: &mut Scope, id: AllianceId) -> Result<Option<Alliance>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT} {TABLES} where a.association_id = $1 and a.alliance_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// How many SELs have asked, and wait for an answer.
pub async fn count_waiting(scope: &mut Scope) -> Result<i64> {
    let here = scope.here();
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from alliance where association_id = $1 and asked_by is null \
         and agreed_at is null and refused_at is null and ended_at is null",
    )
    .bind(here)
    .fetch_one(scope.connection())
    .await?;
    Ok(count)
}

/// The code of an ally that the members may name, where there is one.
pub async fn any_code(scope: &mut Scope) -> Result<Option<String>> {
    let here = scope.here();
    let code: Option<(String,)> = sqlx::query_as(
        "select ally_code from alliance where association_id = $1 and ally_id is not null \
         and agreed_at is not null and ended_at is null order by agreed_at limit 1",
    )
    .bind(here)
    .fetch_optional(scope.connection())
    .await?;
    Ok(code.map(|(code,)| code))
}

/// The one that is not over with the SEL of this code.
pub async fn by_code(scope: &mut Scope, code: &Code) -> Result<Option<Alliance>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT} {TABLES} where a.association_id = $1 \
         and a.ally_code = $2 and a.ended_at is null \
         and a.refused_at is null order by a.ally_id is null limit 1"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(code.as_str())
        .fetch_optional(scope.connection())
        .await?)
}

/// The one that stands with this SEL.
pub async fn with(scope: &mut Scope, ally: AssociationId) -> Result<Option<AllianceId>> {
    let here = scope.here();
    let found: Option<(Uuid,)> = sqlx::query_as(
        "select alliance_id from alliance where association_id = $1 and ally_id = $2 \
         and agreed_at is not null and ended_at is null",
    )
    .bind(here)
    .bind(ally.0)
    .fetch_optional(scope.connection())
    .await?;
    Ok(found.map(|(id,)| AllianceId(id)))
}

/// Asks another SEL. Where the two are allied or one has asked, nothing changes and the answer is
/// false.
pub async fn ask(
    scope: &mut Scope,
    id: AllianceId,
    ally: AssociationId,
    caps: Caps,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (asked,): (bool,) = sqlx::query_as("select ask_alliance($1, $2, $3, $4, $5, $6)")
        .bind(id.0)
        .bind(ally.0)
        .bind(caps.out)
        .bind(caps.r#in)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(asked)
}

/// What becomes of an alliance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Agree(Caps),
    Refuse,
    Pause,
    Resume,
    End,
}

/// Changes how it stands, on both sides; false where it does not stand so that it could.
pub async fn change(scope: &mut Scope, id: AllianceId, change: Change) -> Result<bool> {
    let now = scope.now;
    let (how, caps) = match change {
        Change::Agree(caps) => ("agree", Some(caps)),
        Change::Refuse => ("refuse", None),
        Change::Pause => ("pause", None),
        Change::Resume => ("resume", None),
        Change::End => ("end", None),
    };
    let (changed,): (bool,) = sqlx::query_as("select change_alliance($1, $2, $3, $4, $5)")
        .bind(id.0)
        .bind(how)
        .bind(caps.map(|caps| caps.out))
        .bind(caps.map(|caps| caps.r#in))
        .bind(now)
        .fetch_one(scope.connection())
        .await?;
    Ok(changed)
}

/// Changes what we allow each way.
pub async fn cap(scope: &mut Scope, id: AllianceId, caps: Caps) -> Result<bool> {
    let here = scope.here();
    let done = sqlx::query(
        "update alliance set cap_out = $3, cap_in = $4 \
         where association_id = $1 and alliance_id = $2 and ended_at is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(caps.out)
    .bind(caps.r#in)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Opens an account in the name of a SEL that is on no platform; false where its code is taken.
pub async fn open_partner(
    scope: &mut Scope,
    id: AllianceId,
    partner: &Partner,
    caps: Caps,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (opened,): (bool,) = sqlx::query_as("select open_partner($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id.0)
        .bind(&partner.name)
        .bind(partner.code.as_str())
        .bind(i32::try_from(partner.per_hour).unwrap_or(i32::MAX))
        .bind(caps.out)
        .bind(caps.r#in)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(opened)
}
