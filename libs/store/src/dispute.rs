//! Disagreements about an exchange, and what was said of them.

use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::dispute::Outcome;
use sel::id::{DisputeId, ExchangeId, MemberId, MessageId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Dispute {
    dispute_id: Uuid,
    exchange_id: Uuid,
    opened_by: Uuid,
    pub opener_first: String,
    pub opener_last: String,
    pub opener_number: i32,
    pub opened_at: DateTime<Utc>,
    pub reason: String,
    /// What the exchange is about: minor units, and for what.
    pub amount: i64,
    pub label: String,
    pub upheld_at: Option<DateTime<Utc>>,
    pub reversed_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub closer_first: Option<String>,
    pub outcome: Option<String>,
    payer_id: Uuid,
    payee_id: Uuid,
}

impl Dispute {
    pub fn id(&self) -> DisputeId {
        DisputeId(self.dispute_id)
    }

    pub fn exchange_id(&self) -> ExchangeId {
        ExchangeId(self.exchange_id)
    }

    /// As the rules need to know it.
    pub fn case(&self) -> sel::dispute::Case {
        sel::dispute::Case {
            payer_id: MemberId(self.payer_id),
            payee_id: MemberId(self.payee_id),
            opened_by: MemberId(self.opened_by),
            ended: self.has_ended(),
        }
    }

    pub fn has_ended(&self) -> bool {
        self.upheld_at.is_some() || self.reversed_at.is_some() || self.withdrawn_at.is_some()
    }
}

const SELECT: &str = "select d.dispute_id, d.exchange_id, d.opened_by, \
    o.first_name as opener_first, o.last_name as opener_last, o.number as opener_number, \
    e.amount, e.label, d.opened_at, d.reason, d.upheld_at, d.reversed_at, \
    d.withdrawn_at, c.first_name as closer_first, d.outcome, e.payer_id, e.payee_id \
    from dispute d \
    join exchange e on e.association_id = d.association_id and e.exchange_id = d.exchange_id \
    join member o on o.association_id = d.association_id and o.member_id = d.opened_by \
    left join member c on c.association_id = d.association_id and c.member_id = d.closed_by";

/// Opens a dispute. Answers false where one is open about this exchange, or under this id.
pub async fn open(
    scope: &mut Scope,
    id: DisputeId,
    exchange: ExchangeId,
    reason: &str,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let done = sqlx::query(
        "insert into dispute (association_id, dispute_id, exchange_id, opened_by, opened_at, \
         reason) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(exchange.0)
    .bind(by)
    .bind(now)
    .bind(reason)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn by_id(scope: &mut Scope, id: DisputeId) -> Result<Option<Dispute>> {
    read_one(scope, id, "").await
}

/// The same, and nobody else decides it before this scope ends.
pub async fn hold(scope: &mut Scope, id: DisputeId) -> Result<Option<Dispute>> {
    read_one(scope, id, " for no key update of d").await
}

async fn read_one(scope: &mut Scope, id: DisputeId, lock: &str) -> Result<Option<Dispute>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where d.association_id = $1 and d.dispute_id = $2{lock}"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// The newest dispute about an exchange, open or not.
pub async fn of_exchange(scope: &mut Scope, exchange: ExchangeId) -> Result<Option<Dispute>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where d.association_id = $1 and d.exchange_id = $2 \
         order by d.opened_at desc limit 1"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(exchange.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// The disputes that are open, the oldest first.
pub async fn open_ones(scope: &mut Scope, limit: usize) -> Result<Page<Dispute>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where d.association_id = $1 and d.upheld_at is null and d.reversed_at is null \
         and d.withdrawn_at is null order by d.opened_at limit $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// Ends a dispute.
pub async fn close(scope: &mut Scope, id: DisputeId, how: Outcome, said: &str) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    sqlx::query(
        "update dispute set upheld_at = case when $3 = 'upheld' then $4 end, \
         reversed_at = case when $3 = 'reversed' then $4 end, \
         withdrawn_at = case when $3 = 'withdrawn' then $4 end, closed_by = $5, outcome = $6 \
         where association_id = $1 and dispute_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(how.as_str())
    .bind(now)
    .bind(by)
    .bind(said)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Something said in a dispute.
#[derive(Clone, Debug, FromRow)]
pub struct Word {
    author_id: Uuid,
    pub author_number: i32,
    pub author_first: String,
    pub author_last: String,
    pub body: String,
    pub written_at: DateTime<Utc>,
}

impl Word {
    pub fn author_id(&self) -> MemberId {
        MemberId(self.author_id)
    }
}

/// Writes a message. The same id again answers false.
pub async fn write(
    scope: &mut Scope,
    id: MessageId,
    dispute: DisputeId,
    body: &str,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let done = sqlx::query(
        "insert into dispute_message (association_id, message_id, dispute_id, author_id, body, \
         written_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(dispute.0)
    .bind(by)
    .bind(body)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn message(scope: &mut Scope, id: MessageId) -> Result<Option<(DisputeId, Word)>> {
    #[derive(FromRow)]
    struct Row {
        dispute_id: Uuid,
        #[sqlx(flatten)]
        word: Word,
    }
    let here = scope.here();
    let row: Option<Row> = sqlx::query_as(
        "select w.dispute_id, w.author_id, m.number as author_number, \
         m.first_name as author_first, m.last_name as author_last, w.body, w.written_at \
         from dispute_message w \
         join member m on m.association_id = w.association_id and m.member_id = w.author_id \
         where w.association_id = $1 and w.message_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?;
    Ok(row.map(|row| (DisputeId(row.dispute_id), row.word)))
}

/// The newest `limit` messages of a dispute, the oldest of them first.
pub async fn words(scope: &mut Scope, id: DisputeId, limit: i64) -> Result<Vec<Word>> {
    let here = scope.here();
    let mut rows: Vec<Word> = sqlx::query_as(
        "select w.author_id, m.number as author_number, m.first_name as author_first, \
         m.last_name as author_last, w.body, w.written_at from dispute_message w \
         join member m on m.association_id = w.association_id and m.member_id = w.author_id \
         where w.association_id = $1 and w.dispute_id = $2 \
         order by w.written_at desc, w.message_id desc limit $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(limit)
    .fetch_all(scope.connection())
    .await?;
    rows.reverse();
    Ok(rows)
}
