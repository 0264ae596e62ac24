//! What must go out because something happened: one row a destination, with a fate of its own.

use crate::fate::Fate;
use crate::{Result, Scope, Worker};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, DeliveryId, EventId, MemberId};
use sqlx::FromRow;
use uuid::Uuid;

/// A delivery that this worker has claimed.
#[derive(Clone, Debug, FromRow)]
pub struct Claimed {
    association_id: Uuid,
    delivery_id: Uuid,
    pub kind: String,
    pub attempts: i16,
}

impl Claimed {
    pub fn association_id(&self) -> AssociationId {
        AssociationId(self.association_id)
    }

    pub fn id(&self) -> DeliveryId {
        DeliveryId(self.delivery_id)
    }
}

/// Claims what is due, at most `limit`. Each is put off by ten minutes meanwhile, so that a worker
/// that dies in between delays a letter and loses none.
pub async fn claim(worker: &mut Worker, limit: i64) -> Result<Vec<Claimed>> {
    let now = worker.now;
    Ok(sqlx::query_as(
        "update delivery set attempts = attempts + 1, due_at = $1 + interval '10 minutes' \
         where (association_id, delivery_id) in ( \
             select association_id, delivery_id from delivery \
             where due_at <= $1 and delivered_at is null and given_up_at is null \
             order by due_at limit $2 for update skip locked) \
         returning association_id, delivery_id, kind, attempts",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(worker.connection())
    .await?)
}

/// Whom a delivery goes to and which event it tells of, read in its scope.
#[derive(Clone, Debug, FromRow)]
pub struct Aim {
    event_id: Uuid,
    recipient_id: Uuid,
    pub kind: String,
}

impl Aim {
    pub fn event_id(&self) -> EventId {
        EventId(self.event_id)
    }

    pub fn recipient_id(&self) -> MemberId {
        MemberId(self.recipient_id)
    }
}

pub async fn aim(scope: &mut Scope, id: DeliveryId) -> Result<Option<Aim>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select event_id, recipient_id, kind from delivery \
         where association_id = $1 and delivery_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?)
}

pub async fn settle(worker: &mut Worker, claimed: &Claimed, fate: &Fate) -> Result<()> {
    let (delivered, again, given_up, reason) = fate.parts(worker.now);
    sqlx::query(
        "update delivery set delivered_at = $3, due_at = coalesce($4, due_at), given_up_at = $5, \
         reason = $6 where association_id = $1 and delivery_id = $2",
    )
    .bind(claimed.association_id)
    .bind(claimed.delivery_id)
    .bind(delivered)
    .bind(again)
    .bind(given_up)
    .bind(reason)
    .execute(worker.connection())
    .await?;
    Ok(())
}

/// Gives up the letters that were due before then and never left: for a demonstration, whose past
/// nobody should find in their mailbox today. Answers how many.
pub async fn forget_due(worker: &mut Worker, before: DateTime<Utc>) -> Result<u64> {
    let now = worker.now;
    let done = sqlx::query(
        "update delivery set given_up_at = $1, reason = 'before the demo' \
         where due_at < $2 and delivered_at is null and given_up_at is null",
    )
    .bind(now)
    .bind(before)
    .execute(worker.connection())
    .await?;
    Ok(done.rows_affected())
}

/// How many deliveries of all associations wait, and how many links' mails.
pub async fn count_due(worker: &mut Worker) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(
        "select (select count(*) from delivery \
                 where delivered_at is null and given_up_at is null), \
                (select count(*) from token where mail_due_at is not null \
                 and mailed_at is null and given_up_at is null)",
    )
    .fetch_one(worker.connection())
    .await?)
}
