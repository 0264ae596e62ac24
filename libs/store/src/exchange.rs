//! What two members agreed on. Units move in the database, in one function that locks, checks and
//! writes; the program can call it and cannot write a balance.

use crate::event::{Event, Letter, Letters};
use crate::{Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::exchange::{Closed, Pending, Proposed, Side};
use sel::id::{ExchangeId, MemberId, SheetId, TransferId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod alike;
mod list;
mod parties;
mod review;

pub use alike::{Sought, alike};
pub use list::{
    of_member, of_sheet, of_these, overdue, pending_of, to_answer, to_answer_for_others, to_approve,
};
pub use parties::{Parties, parties};
pub use review::{Reviewed, State, Sum, review, sum};

#[derive(Clone, Debug, FromRow)]
pub struct Exchange {
    exchange_id: Uuid,
    payer_id: Uuid,
    payee_id: Uuid,
    pub payer_number: i32,
    pub payer_first: String,
    pub payer_last: String,
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
    pub agrees_alone: bool,
    pub approval_asked_at: Option<DateTime<Utc>>,
    transfer_id: Option<Uuid>,
    sheet_id: Option<Uuid>,
    pub slip: Option<String>,
    pub reversed_at: Option<DateTime<Utc>>,
    pub reversal: Option<String>,
    /// Whether the one whose word it waits for has an e-mail.
    answerer_has_email: bool,
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

    /// What settled it.
    pub fn transfer_id(&self) -> Option<TransferId> {
        self.transfer_id.map(TransferId)
    }

    pub fn sheet_id(&self) -> Option<SheetId> {
        self.sheet_id.map(SheetId)
    }

    /// The side of the one whose word it waits for.
    pub fn asked(&self) -> Option<Side> {
        let asked = self.answer_by()?;
        Some(if asked == self.payer_id() {
            Side::Payer
        } else {
            Side::Payee
        })
    }

    pub fn has_ended(&self) -> bool {
        self.agreed_at.is_some()
            || self.refused_at.is_some()
            || self.cancelled_at.is_some()
            || self.expired_at.is_some()
    }

    /// Whether it is recorded and was not undone.
    pub fn stands(&self) -> bool {
        self.agreed_at.is_some() && self.reversed_at.is_none()
    }

    /// As the rules need to know it.
    pub fn pending(&self) -> Pending {
        Pending {
            exchange_id: self.id(),
            payer_id: self.payer_id(),
            payee_id: self.payee_id(),
            proposed_for: self.proposed_for(),
            answer_by: self.answer_by(),
            approval: self.approval_asked_at.is_some(),
            agrees_alone: self.agrees_alone,
            answers_alone: self.answerer_has_email,
            expires_at: self.expires_at,
            ended: self.has_ended(),
        }
    }
}

const COLUMNS: &str = "select e.exchange_id, e.payer_id, e.payee_id, \
    p.number as payer_number, p.first_name as payer_first, p.last_name as payer_last, \
    q.number as payee_number, q.first_name as payee_first, q.last_name as payee_last, \
    e.amount, e.label, e.done_on, e.proposed_at, e.proposed_by, e.proposed_for, e.answer_by, \
    e.expires_at, e.agreed_at, e.refused_at, e.refusal, e.cancelled_at, e.expired_at, \
    e.agrees_alone, e.approval_asked_at, e.transfer_id, e.sheet_id, e.slip, e.reversed_at, \
    e.reversal, case when e.answer_by = e.payee_id then q.email is not null \
                     else p.email is not null end as answerer_has_email";

const TABLES: &str = " from exchange e \
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
             $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $20, $21, $22, $23) as is_new), \
         told as (insert into event (association_id, event_id, kind, subject_id, actor_id, \
             detail, recorded_at, is_act) \
             select $13, $14, $15, $1, $9, $16, $8, $24 from done where is_new \
             returning event_id), \
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
    .bind(proposed.agrees_alone)
    .bind(proposed.needs_approval)
    .bind(draft.category_id.map(|id| id.0))
    .bind(proposed.is_allowed)
    .bind(event.is_act)
    .fetch_one(scope.connection())
    .await?;
    Ok(written)
}

/// Ends a pending exchange as decided; one that is to be approved waits `until` then. Answers false
/// where it had ended meanwhile.
pub async fn end(scope: &mut Scope, closed: &Closed, until: Option<DateTime<Utc>>) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (ended,): (bool,) = sqlx::query_as("select close_exchange($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(closed.exchange_id.0)
        .bind(closed.ending.as_str())
        .bind(&closed.reason)
        .bind(now)
        .bind(by)
        .bind(until)
        .bind(closed.was_approving)
        .bind(closed.is_allowed)
        .fetch_one(scope.connection())
        .await?;
    Ok(ended)
}

pub async fn by_id(scope: &mut Scope, id: ExchangeId) -> Result<Option<Exchange>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}{TABLES} where e.association_id = $1 and e.exchange_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}
