//! What two members agreed on. Units move in the database, in one function that locks, checks and
//! writes; the program can call it and cannot write a balance.

use crate::event::{Event, Letter, Letters};
use crate::{Page, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::exchange::{Closed, Pending, Proposed};
use sel::id::{ExchangeId, MemberId, SheetId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod alike;
mod parties;

pub use alike::{Sought, alike};
pub use parties::{Parties, parties};

#[derive(Clone, Debug, FromRow)]
pub struct Exchange {
    exchange_id: Uuid,
    payer_id: Uuid,
    payee_id: Uuid,
    pub payer_number: i32,
    pub payer_first: String,
    pub payer_last: String,
    pub payer_has_email: bool,
    pub payee_number: i32,
    pub payee_first: String,
    pub payee_last: String,
    pub amount: i64,
    pub label: String,
    pub done_on: NaiveDate,
    pub proposed_at: DateTime<Utc>,
    proposed_by: Uuid,
    proposed_for: Uuid,
    answer_by: Option<Uuid>,
    pub expires_at: Option<DateTime<Utc>>,
    pub agreed_at: Option<DateTime<Utc>>,
    pub refused_at: Option<DateTime<Utc>>,
    pub refusal: Option<String>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub expired_at: Option<DateTime<Utc>>,
}

impl Exchange {
    pub fn id(&self) -> ExchangeId {
        ExchangeId(self.exchange_id)
    }

    pub fn payer_id(&self) -> MemberId {
        MemberId(self.payer_id)
    }

    pub fn payee_id(&self) -> MemberId {
        MemberId(self.payee_id)
    }

    pub fn proposed_by(&self) -> MemberId {
        MemberId(self.proposed_by)
    }

    pub fn proposed_for(&self) -> MemberId {
        MemberId(self.proposed_for)
    }

    pub fn answer_by(&self) -> Option<MemberId> {
        self.answer_by.map(MemberId)
    }

    pub fn has_ended(&self) -> bool {
        self.agreed_at.is_some()
            || self.refused_at.is_some()
            || self.cancelled_at.is_some()
            || self.expired_at.is_some()
    }

    /// Whether this member is one of the two.
    pub fn concerns(&self, member: MemberId) -> bool {
        member.0 == self.payer_id || member.0 == self.payee_id
    }

    /// As the rules need to know it.
    pub fn pending(&self) -> Pending {
        Pending {
            exchange_id: self.id(),
            proposed_for: self.proposed_for(),
            answer_by: self.answer_by(),
            answers_alone: self.payer_has_email,
            expires_at: self.expires_at,
            ended: self.has_ended(),
        }
    }
}

const SELECT: &str = "select e.exchange_id, e.payer_id, e.payee_id, \
    p.number as payer_number, p.first_name as payer_first, p.last_name as payer_last, \
    p.email is not null as payer_has_email, \
    q.number as payee_number, q.first_name as payee_first, q.last_name as payee_last, \
    e.amount, e.label, e.done_on, e.proposed_at, e.proposed_by, e.proposed_for, e.answer_by, \
    e.expires_at, e.agreed_at, e.refused_at, e.refusal, e.cancelled_at, e.expired_at \
    from exchange e \
    join member p on p.association_id = e.association_id and p.member_id = e.payer_id \
    join member q on q.association_id = e.association_id and q.member_id = e.payee_id";

const OPEN: &str = "e.agreed_at is null and e.refused_at is null \
                    and e.cancelled_at is null and e.expired_at is null";

/// Records a proposed exchange: posts it at once, or holds its units until it is answered. The same
/// id again changes nothing and answers false. Where it is new, the event and its letters are
/// written with it, in the same round trip. A SEL that refuses beyond its limits answers the
/// constraints `payer_within_floor` and `payee_within_ceiling`.
pub async fn record(
    scope: &mut Scope,
    proposed: &Proposed,
    event: &Event<'_>,
    letters: &[Letter],
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let draft = &proposed.draft;
    let letters = Letters::of(letters);
    let (written,): (bool,) = sqlx::query_as(
        "with done as materialized (select propose_exchange( \
             $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as is_new), \
         told as (insert into event (association_id, event_id, kind, subject_id, actor_id, \
             detail, recorded_at) \
             select $13, $14, $15, $1, $9, $16, $8 from done where is_new returning event_id), \
         sent as (insert into delivery (association_id, delivery_id, event_id, kind, channel, \
             recipient_id, due_at) \
             select $13, letter.id, told.event_id, letter.kind, 'mail', letter.recipient, $8 \
             from told, unnest($17::uuid[], $18::text[], $19::uuid[]) \
                 as letter (id, kind, recipient) \
             on conflict (association_id, event_id, channel, recipient_id) do nothing) \
         select is_new from done",
    )
    .bind(draft.exchange_id.0)
    .bind(proposed.payer_id.0)
    .bind(proposed.payee_id.0)
    .bind(draft.amount)
    .bind(&draft.label)
    .bind(draft.done_on)
    .bind(draft.notice_id.map(|id| id.0))
    .bind(now)
    .bind(by)
    .bind(proposed.proposed_for.0)
    .bind(proposed.answer_by.map(|id| id.0))
    .bind(proposed.expires_at)
    .bind(here)
    .bind(event.id.0)
    .bind(event.kind)
    .bind(&event.detail)
    .bind(letters.ids)
    .bind(letters.kinds)
    .bind(letters.recipients)
    .fetch_one(scope.connection())
    .await?;
    Ok(written)
}

/// Ends a pending exchange as decided. Answers false where it had ended meanwhile.
pub async fn end(scope: &mut Scope, closed: &Closed) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (ended,): (bool,) = sqlx::query_as("select close_exchange($1, $2, $3, $4, $5)")
        .bind(closed.exchange_id.0)
        .bind(closed.ending.as_str())
        .bind(&closed.reason)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(ended)
}

pub async fn by_id(scope: &mut Scope, id: ExchangeId) -> Result<Option<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where e.association_id = $1 and e.exchange_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// What waits for this member's word, the oldest first.
pub async fn to_answer(
    scope: &mut Scope,
    member: MemberId,
    limit: usize,
) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where e.association_id = $1 and e.answer_by = $2 and {OPEN} \
         order by e.proposed_at limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// All that is pending for this member, on either side, the newest first.
pub async fn pending_of(
    scope: &mut Scope,
    member: MemberId,
    offset: i64,
    limit: usize,
) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where e.association_id = $1 and (e.payer_id = $2 or e.payee_id = $2) and {OPEN} \
         order by e.proposed_at desc, e.exchange_id limit $3 offset $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What waits for the word of a member who has no e-mail: someone in charge answers for them.
pub async fn to_answer_for_others(scope: &mut Scope, limit: usize) -> Result<Page<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} join member a on a.association_id = e.association_id \
         and a.member_id = e.answer_by \
         where e.association_id = $1 and {OPEN} and a.email is null \
         order by e.proposed_at limit $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// Those of these exchanges in which this member is one of the two, at most `limit`.
pub async fn of_these(
    scope: &mut Scope,
    ids: &[ExchangeId],
    member: MemberId,
    limit: usize,
) -> Result<Vec<Exchange>> {
    let here = scope.here();
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where e.association_id = $1 and e.exchange_id = any ($2) \
         and (e.payer_id = $3 or e.payee_id = $3) order by e.exchange_id limit $4"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(ids)
        .bind(member.0)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?)
}

/// The exchanges of a sheet, in the order in which they were typed.
pub async fn of_sheet(scope: &mut Scope, sheet: SheetId, limit: usize) -> Result<Vec<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where e.association_id = $1 and e.sheet_id = $2 \
         order by e.proposed_at, e.exchange_id limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(sheet.0)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?)
}

/// Pending exchanges whose time is over, at most `limit`.
pub async fn overdue(scope: &mut Scope, limit: i64) -> Result<Vec<Exchange>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = AssertSqlSafe(format!(
        "{SELECT} where e.association_id = $1 and {OPEN} and e.expires_at <= $2 \
         order by e.expires_at limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(limit)
        .fetch_all(scope.connection())
        .await?)
}
