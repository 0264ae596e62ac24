//! Exchanges between members of two SELs, as this SEL may know them. Units move in functions that
//! write in the books of both and of the hub, all or nothing.

use crate::alliance::{THEIR_UNIT, TheirUnit};
use crate::{Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::crossing::{Closed, Entered, Known, Proposed, Reversed};
use sel::exchange::Side;
use sel::id::{AllianceId, AssociationId, CrossingId, MemberId, TransferId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod alike;
mod list;
mod tally;

pub use alike::{Sought, alike};
pub use list::{Reviewed, overdue, pending_of, review, to_answer, to_answer_for_others};
pub use tally::{Line, Sums, sums, tally};

#[derive(Clone, Debug, FromRow)]
pub struct Crossing {
    crossing_id: Uuid,
    alliance_id: Uuid,
    ally_id: Option<Uuid>,
    side: String,
    member_id: Uuid,
    pub member_number: i32,
    pub member_first: String,
    pub member_last: String,
    member_has_email: bool,
    /// Smallest parts of our unit.
    pub amount: i64,
    /// Smallest parts of theirs.
    pub their_amount: i64,
    other_number: Option<i32>,
    /// As their SEL shows it.
    pub other_name: String,
    other_code: String,
    /// The other SEL.
    pub other_sel: String,
    pub label: String,
    pub done_on: NaiveDate,
    pub slip: Option<String>,
    pub proposed_here: bool,
    pub proposed_at: DateTime<Utc>,
    proposed_by: Option<Uuid>,
    pub answered_here: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub agreed_at: Option<DateTime<Utc>>,
    pub refused_at: Option<DateTime<Utc>>,
    pub refusal: Option<String>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub expired_at: Option<DateTime<Utc>>,
    pub reversed_at: Option<DateTime<Utc>>,
    pub reversal: Option<String>,
    per_hour: i64,
    their_per_hour: i64,
    is_allied: bool,
    is_over: bool,
    #[sqlx(flatten)]
    their_unit: TheirUnit,
}

impl Crossing {
    pub fn id(&self) -> CrossingId {
        CrossingId(self.crossing_id)
    }

    pub fn alliance_id(&self) -> AllianceId {
        AllianceId(self.alliance_id)
    }

    /// The other SEL, where it is on the platform.
    pub fn ally_id(&self) -> Option<AssociationId> {
        self.ally_id.map(AssociationId)
    }

    pub fn member_id(&self) -> MemberId {
        MemberId(self.member_id)
    }

    /// Who wrote it, where that was somebody of ours.
    pub fn proposed_by(&self) -> Option<MemberId> {
        self.proposed_by.map(MemberId)
    }

    /// On which side our member stands.
    pub fn side(&self) -> Side {
        if self.side == "payer" {
            Side::Payer
        } else {
            Side::Payee
        }
    }

    /// How the other is named here: `MARS-0042`, or the code of their SEL alone.
    pub fn reference(&self) -> String {
        sel::alliance::named(&self.other_code, self.other_number)
    }

    /// The other amount in the words of the other SEL, where an hour is worth something else there.
    pub fn in_their_unit(&self) -> Option<String> {
        (self.per_hour != self.their_per_hour)
            .then(|| self.their_unit.unit().amount(self.their_amount))
    }

    /// Whether the two SELs trade now.
    pub fn is_allied(&self) -> bool {
        self.is_allied
    }

    pub fn has_ended(&self) -> bool {
        self.agreed_at.is_some()
            || self.refused_at.is_some()
            || self.cancelled_at.is_some()
            || self.expired_at.is_some()
    }

    /// As the rules need to know it.
    pub fn known(&self) -> Known {
        Known {
            crossing_id: self.id(),
            member_id: self.member_id(),
            side: self.side(),
            proposed_here: self.proposed_here,
            answered_here: self.answered_here,
            answers_alone: self.member_has_email,
            expires_at: self.expires_at,
            ended: self.has_ended(),
            stands: self.agreed_at.is_some() && self.reversed_at.is_none(),
            is_allied: self.is_allied,
            is_over: self.is_over,
            is_entry: self.ally_id.is_none(),
        }
    }
}

const COLUMNS: &str = "c.crossing_id, c.alliance_id, a.ally_id, c.side, c.member_id, \
    m.number as member_number, m.first_name as member_first, m.last_name as member_last, \
    m.email is not null as member_has_email, c.amount, c.their_amount, c.other_number, \
    c.other_name, a.ally_code as other_code, coalesce(f.name, a.ally_name) as other_sel, c.label, \
    c.done_on, c.slip, c.proposed_here, c.proposed_at, c.proposed_by, c.answered_here, \
    c.expires_at, c.agreed_at, c.refused_at, c.refusal, c.cancelled_at, c.expired_at, \
    c.reversed_at, c.reversal, c.per_hour, c.their_per_hour, a.ended_at is not null as is_over, \
    a.ended_at is null and a.paused_at is null and a.ally_paused_at is null as is_allied";

const TABLES: &str = "from crossing c \
    join member m on m.association_id = c.association_id and m.member_id = c.member_id \
    join alliance a on a.association_id = c.association_id and a.alliance_id = c.alliance_id \
    left join lateral ally_face(a.ally_id) f on true";

const OPEN: &str = "c.agreed_at is null and c.refused_at is null \
                    and c.cancelled_at is null and c.expired_at is null";

/// Records a proposed crossing on both sides: posts it at once, or holds its units. The same id
/// again changes nothing and answers false. Answers the constraints `alliance_stands`,
/// `worth_stands`, `payer_sel_within_cap`, `payee_sel_within_cap`, `payer_within_floor`,
/// `payee_within_ceiling` and `accounts_exist`.
pub async fn record(scope: &mut Scope, proposed: &Proposed) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let draft = &proposed.draft;
    let (new,): (bool,) = sqlx::query_as(
        "select propose_crossing($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16)",
    )
    .bind(draft.crossing_id.0)
    .bind(proposed.alliance_id.0)
    .bind(side_word(draft.side))
    .bind(proposed.member_id.0)
    .bind(proposed.other.number)
    .bind(proposed.quote.ours)
    .bind(proposed.quote.theirs)
    .bind(proposed.quote.seconds)
    .bind(proposed.per_hour)
    .bind(proposed.their_per_hour)
    .bind(&draft.label)
    .bind(draft.done_on)
    .bind(proposed.waits)
    .bind(proposed.expires_at)
    .bind(now)
    .bind(by)
    .fetch_one(scope.connection())
    .await?;
    Ok(new)
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Payer => "payer",
        Side::Payee => "payee",
    }
}

/// Copies a slip of an exchange with a SEL that is on no platform. The same id again answers false.
pub async fn enter(scope: &mut Scope, entered: &Entered) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let draft = &entered.draft;
    let (new,): (bool,) = sqlx::query_as(
        "select enter_crossing($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(draft.crossing_id.0)
    .bind(entered.alliance_id.0)
    .bind(side_word(draft.side))
    .bind(entered.member_id.0)
    .bind(&entered.other_name)
    .bind(entered.quote.ours)
    .bind(entered.quote.theirs)
    .bind(entered.quote.seconds)
    .bind(entered.per_hour)
    .bind(entered.their_per_hour)
    .bind(&draft.label)
    .bind(draft.done_on)
    .bind(&entered.slip)
    .bind(now)
    .bind(by)
    .fetch_one(scope.connection())
    .await?;
    Ok(new)
}

/// Ends a pending crossing as decided, on both sides; false where it had ended meanwhile.
pub async fn end(scope: &mut Scope, closed: &Closed) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (ended,): (bool,) = sqlx::query_as("select close_crossing($1, $2, $3, $4, $5)")
        .bind(closed.crossing_id.0)
        .bind(closed.ending.as_str())
        .bind(&closed.reason)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(ended)
}

/// Undoes a crossing in all books that have it; false where it was undone before.
pub async fn reverse(
    scope: &mut Scope,
    id: TransferId,
    reversed: &Reversed,
    label: &str,
    today: NaiveDate,
    is_entry: bool,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let statement = if is_entry {
        "select reverse_entry($1, $2, $3, $4, $5, $6, $7)"
    } else {
        "select reverse_crossing($1, $2, $3, $4, $5, $6, $7, $8)"
    };
    let query = sqlx::query_as(statement)
        .bind(id.0)
        .bind(reversed.crossing_id.0)
        .bind(label)
        .bind(&reversed.reason)
        .bind(today)
        .bind(now)
        .bind(by);
    let query = if is_entry {
        query
    } else {
        query.bind(reversed.is_bound)
    };
    let (done,): (bool,) = query.fetch_one(scope.connection()).await?;
    Ok(done)
}

pub async fn by_id(scope: &mut Scope, id: CrossingId) -> Result<Option<Crossing>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS}, {THEIR_UNIT} {TABLES} where c.association_id = $1 and c.crossing_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}
