//! Where a SEL has others told of what happens in it, and how that went.

use crate::{Result, Scope, Worker};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, EventId, MemberId, WebhookId};
use sel::webhook::{Kept, Topic};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Webhook {
    webhook_id: Uuid,
    pub address: String,
    topics: Vec<String>,
    pub secret_sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub stopped_at: Option<DateTime<Utc>>,
}

impl Webhook {
    pub fn id(&self) -> WebhookId {
        WebhookId(self.webhook_id)
    }

    pub fn topics(&self) -> Vec<Topic> {
        self.topics
            .iter()
            .filter_map(|it| Topic::parse(it))
            .collect()
    }
}

const COLUMNS: &str = "webhook_id, address, topics, secret_sealed, created_at, stopped_at";

pub async fn add(
    scope: &mut Scope,
    (id, by): (WebhookId, MemberId),
    kept: &Kept,
    secret_sealed: &[u8],
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let topics: Vec<&str> = kept.topics.iter().map(|it| it.as_str()).collect();
    sqlx::query(
        "insert into webhook (association_id, webhook_id, address, topics, secret_sealed, \
         created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(here)
    .bind(id.0)
    .bind(&kept.address)
    .bind(&topics)
    .bind(secret_sealed)
    .bind(by.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Those of this SEL, the oldest first.
pub async fn list(scope: &mut Scope) -> Result<Vec<Webhook>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from webhook where association_id = $1 and removed_at is null \
         order by created_at, webhook_id limit 50"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .fetch_all(scope.connection())
        .await?)
}

pub async fn by_id(scope: &mut Scope, id: WebhookId) -> Result<Option<Webhook>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from webhook where association_id = $1 and webhook_id = $2 \
         and removed_at is null"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// Tells nobody any more, or goes on telling.
pub async fn stop(scope: &mut Scope, id: WebhookId, is_stopped: bool) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "update webhook set stopped_at = case when $3 then coalesce(stopped_at, $4) end \
         where association_id = $1 and webhook_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(is_stopped)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Takes it away; what is under way is told no more.
pub async fn remove(scope: &mut Scope, id: WebhookId) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query("update webhook set removed_at = $3 where association_id = $1 and webhook_id = $2")
        .bind(here)
        .bind(id.0)
        .bind(now)
        .execute(scope.connection())
        .await?;
    Ok(())
}

/// Seals its secret otherwise.
pub async fn reseal(scope: &mut Scope, id: WebhookId, secret_sealed: &[u8]) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "update webhook set secret_sealed = $3 where association_id = $1 and webhook_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(secret_sealed)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// What a webhook was told, or is to be told, of one event.
#[derive(Clone, Debug, FromRow)]
pub struct Call {
    event_id: Uuid,
    pub topic: String,
    pub subject_id: Uuid,
    pub happened_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub attempts: i16,
    pub delivered_at: Option<DateTime<Utc>>,
    pub given_up_at: Option<DateTime<Utc>>,
    pub status: Option<i16>,
    pub reason: Option<String>,
}

impl Call {
    pub fn event_id(&self) -> EventId {
        EventId(self.event_id)
    }
}

const CALL: &str = "event_id, topic, subject_id, happened_at, due_at, attempts, delivered_at, \
                    given_up_at, status, reason";

/// The latest calls of a webhook.
pub async fn calls(scope: &mut Scope, id: WebhookId, limit: i64) -> Result<Vec<Call>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {CALL} from webhook_call where association_id = $1 and webhook_id = $2 \
         order by happened_at desc, event_id desc limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .bind(limit)
        .fetch_all(scope.connection())
        .await?)
}

/// One call, held until this scope ends.
pub async fn hold(scope: &mut Scope, id: WebhookId, event: EventId) -> Result<Option<Call>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {CALL} from webhook_call where association_id = $1 and webhook_id = $2 \
         and event_id = $3 for no key update"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .bind(event.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// Has a call made again, now. Answers whether there is one.
pub async fn again(scope: &mut Scope, id: WebhookId, event: EventId) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "update webhook_call set due_at = $4, attempts = 0, delivered_at = null, \
         given_up_at = null where association_id = $1 and webhook_id = $2 and event_id = $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(event.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down what came of a call.
pub async fn settle(
    scope: &mut Scope,
    (id, event): (WebhookId, EventId),
    fate: &crate::fate::Fate,
    status: Option<i16>,
) -> Result<()> {
    let here = scope.here();
    let (delivered, again, given_up, reason) = fate.parts(scope.now);
    sqlx::query(
        "update webhook_call set delivered_at = $4, due_at = coalesce($5, due_at), \
         given_up_at = $6, reason = left($7, 500), status = $8 \
         where association_id = $1 and webhook_id = $2 and event_id = $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(event.0)
    .bind(delivered)
    .bind(again)
    .bind(given_up)
    .bind(reason)
    .bind(status)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// A call that this worker has claimed.
#[derive(Clone, Debug, FromRow)]
pub struct Claimed {
    association_id: Uuid,
    webhook_id: Uuid,
    event_id: Uuid,
    pub attempts: i16,
}

impl Claimed {
    pub fn association_id(&self) -> AssociationId {
        AssociationId(self.association_id)
    }

    pub fn webhook_id(&self) -> WebhookId {
        WebhookId(self.webhook_id)
    }

    pub fn event_id(&self) -> EventId {
        EventId(self.event_id)
    }
}

/// Calls that are looked at for one claim, and how many of one webhook are claimed at once.
const LOOKED_AT: i64 = 2_000;
const OF_ONE: i64 = 2;

/// Claims what is due, at most `limit`: few of each webhook, the first of each before the second of
/// any, and none of those that rest: where nobody answers, others need not wait. Each is put off by
/// ten minutes meanwhile, so that a worker that dies in between delays a call and loses none.
pub async fn claim(worker: &mut Worker, limit: i64, resting: &[WebhookId]) -> Result<Vec<Claimed>> {
    let resting: Vec<Uuid> = resting.iter().map(|it| it.0).collect();
    let now = worker.now;
    Ok(sqlx::query_as(
        "with due as (select association_id, webhook_id, event_id, due_at from webhook_call \
             where due_at <= $1 and delivered_at is null and given_up_at is null \
             and webhook_id <> all ($5) order by due_at limit $3), \
         placed as (select *, row_number() over \
             (partition by association_id, webhook_id order by due_at) as place from due), \
         few as (select c.association_id, c.webhook_id, c.event_id from placed p \
             join webhook_call c using (association_id, webhook_id, event_id) \
             where p.place <= $4 and c.due_at <= $1 \
             and c.delivered_at is null and c.given_up_at is null \
             order by p.place, p.due_at limit $2 for update of c skip locked) \
         update webhook_call c set attempts = attempts + 1, due_at = $1 + interval '10 minutes' \
         from few where (c.association_id, c.webhook_id, c.event_id) \
             = (few.association_id, few.webhook_id, few.event_id) \
         returning c.association_id, c.webhook_id, c.event_id, c.attempts",
    )
    .bind(now)
    .bind(limit)
    .bind(LOOKED_AT)
    .bind(OF_ONE)
    .bind(resting)
    .fetch_all(worker.connection())
    .await?)
}
