//! The log of all events, in the order of their commits: what followers read.

use crate::{Follower, Result, Worker};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, EventId};
use uuid::Uuid;

/// Where a follower is: the last event it has seen, in the order of commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub transaction_id: u64,
    pub event_id: Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.transaction_id, self.event_id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Cursor, ()> {
        let (transaction, event) = text.split_once('.').ok_or(())?;
        Ok(Cursor {
            transaction_id: transaction.parse().map_err(|_| ())?,
            event_id: event.parse().map_err(|_| ())?,
        })
    }
}

/// A step of the log.
#[derive(Clone, Debug)]
pub struct Step {
    pub association_id: AssociationId,
    pub event_id: EventId,
    pub kind: String,
    pub cursor: Cursor,
}

/// The events after `cursor`, at most `limit`, in the order of commits. Only what every running
/// transaction has already passed is shown, so none is ever skipped.
pub async fn after(follower: &mut Follower, cursor: Cursor, limit: i64) -> Result<Vec<Step>> {
    let rows: Vec<(Uuid, Uuid, String, String)> = sqlx::query_as(
        // The alias matters: under its own name, the text of a transaction id would be what is
        // sorted by, and "1000" comes before "999".
        "select association_id, event_id, kind, transaction_id::text as shown from event \
         where (transaction_id, event_id) > ($1::text::xid8, $2) \
         and transaction_id < pg_snapshot_xmin(pg_current_snapshot()) \
         order by transaction_id, event_id limit $3",
    )
    .bind(cursor.transaction_id.to_string())
    .bind(cursor.event_id)
    .bind(limit)
    .fetch_all(follower.connection())
    .await?;
    rows.into_iter()
        .map(|(association, event, kind, transaction)| {
            let transaction_id = transaction
                .parse()
                .map_err(|_| crate::Error::Contradiction("a transaction id is no number"))?;
            Ok(Step {
                association_id: AssociationId(association),
                event_id: EventId(event),
                kind,
                cursor: Cursor {
                    transaction_id,
                    event_id: event,
                },
            })
        })
        .collect()
}

/// Where a follower is that has seen all there is now.
pub async fn head(follower: &mut Follower) -> Result<Cursor> {
    let last: Option<(String, Uuid)> = sqlx::query_as(
        "select transaction_id::text as shown, event_id from event \
         where transaction_id < pg_snapshot_xmin(pg_current_snapshot()) \
         order by transaction_id desc, event_id desc limit 1",
    )
    .fetch_optional(follower.connection())
    .await?;
    let Some((transaction, event_id)) = last else {
        return Ok(Cursor::default());
    };
    let transaction_id = transaction
        .parse()
        .map_err(|_| crate::Error::Contradiction("a transaction id is no number"))?;
    Ok(Cursor {
        transaction_id,
        event_id,
    })
}

/// How many events stand after `cursor`, those included that a running transaction still hides; a
/// thousand at the most are counted.
pub async fn count_after(follower: &mut Follower, cursor: Cursor) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from (select from event \
         where (transaction_id, event_id) > ($1::text::xid8, $2) limit 1000) as later",
    )
    .bind(cursor.transaction_id.to_string())
    .bind(cursor.event_id)
    .fetch_one(follower.connection())
    .await?;
    Ok(count)
}

/// When the first event after `cursor` was recorded, that nobody has read; none where all is read.
pub async fn unread_since(
    follower: &mut Follower,
    cursor: Cursor,
) -> Result<Option<DateTime<Utc>>> {
    let (since,): (Option<DateTime<Utc>>,) = sqlx::query_as(
        "select min(recorded_at) from (select recorded_at from event \
         where (transaction_id, event_id) > ($1::text::xid8, $2) \
         order by transaction_id, event_id limit 1000) as unread",
    )
    .bind(cursor.transaction_id.to_string())
    .bind(cursor.event_id)
    .fetch_one(follower.connection())
    .await?;
    Ok(since)
}

/// What tells this database's log from any other: a restored or replaced cluster counts its
/// transactions afresh, and whoever wants every index made anew begins another epoch.
pub async fn log_identity(follower: &mut Follower) -> Result<String> {
    let (identity,): (String,) = sqlx::query_as(
        "select (select system_identifier::text from pg_control_system()) || '-' \
             || (select timeline_id::text from pg_control_checkpoint()) || '-' \
             || (select oid::text from pg_database where datname = current_database()) || '-' \
             || (select search_epoch::text from epoch)",
    )
    .fetch_one(follower.connection())
    .await?;
    Ok(identity)
}

/// Has every index made anew.
pub async fn begin_epoch(worker: &mut Worker) -> Result<()> {
    sqlx::query("update epoch set search_epoch = search_epoch + 1")
        .execute(worker.connection())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scope;
    use crate::event::{Event, record};
    use crate::testing::Database;
    use sel::association::{Opening, Spot};
    use sel::id::AccountId;
    use serde_json::Value;

    async fn open(database: &Database, slug: &str) -> AssociationId {
        let id = AssociationId(Uuid::from_u128(slug.len() as u128));
        let opening = Opening {
            name: "SEL".into(),
            slug: sel::slug::Slug::parse(slug).unwrap(),
            unit_one: "grain".into(),
            unit_many: "grains".into(),
            first_name: "Fatima".into(),
            last_name: String::new(),
            email: sel::person::Email::parse("fatima@exemple.fr").unwrap(),
            place: Spot {
                name: "Marseille".into(),
                country: "FR".into(),
                geoname_id: 1,
                latitude: 43.3,
                longitude: 5.4,
            },
        };
        let unit = sel::amount::Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        };
        let mut door = crate::Door::begin(&database.web, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        crate::association::open(&mut door, id, AccountId(id.0), &opening, &unit, -2000)
            .await
            .unwrap();
        door.commit().await.unwrap();
        id
    }

    async fn begun(database: &Database, id: AssociationId, event: u128) -> Scope {
        let mut scope = Scope::begin(&database.web, id, None, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        let event = Event {
            id: EventId(Uuid::from_u128(event)),
            kind: "notice_published",
            subject_id: id.0,
            detail: Value::Null,
            is_act: false,
        };
        record(&mut scope, &event, &[]).await.unwrap();
        scope
    }

    async fn seen(database: &Database, cursor: Cursor) -> Vec<Step> {
        let mut follower = Follower::begin(&database.web, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        let steps = after(&mut follower, cursor, 10).await.unwrap();
        follower.commit().await.unwrap();
        steps
    }

    #[tokio::test]
    async fn a_follower_never_passes_a_transaction_that_is_still_running() {
        let database = Database::fresh().await.unwrap();
        let id = open(&database, "mars").await;
        let slow = begun(&database, id, 2).await;
        let quick = begun(&database, id, 1).await;
        quick.commit().await.unwrap();
        assert!(seen(&database, Cursor::default()).await.is_empty());
        slow.commit().await.unwrap();
        let mut steps = Vec::new();
        // A transaction of another test holds the log back for a moment: it is one cluster.
        for _ in 0..1_000 {
            steps = seen(&database, Cursor::default()).await;
            if steps.len() == 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let order: Vec<u128> = steps.iter().map(|step| step.event_id.0.as_u128()).collect();
        assert_eq!(order, [2, 1]);
        assert_eq!(seen(&database, steps[0].cursor).await.len(), 1);
        assert!(seen(&database, steps[1].cursor).await.is_empty());
        let text = steps[1].cursor.to_string();
        assert_eq!(text.parse(), Ok(steps[1].cursor));
    }

    #[tokio::test]
    async fn transactions_are_followed_by_number_and_not_by_text() {
        use sqlx::{ConnectOptions, Executor};
        let database = Database::fresh().await.unwrap();
        let id = open(&database, "mars").await;
        for event in 1..=4 {
            begun(&database, id, event).await.commit().await.unwrap();
        }
        // As if they had been written around a change of digits, long ago.
        let mut owner = database.administrator().connect().await.unwrap();
        owner
            .execute(
                "update event set transaction_id = (case event_id::text \
                     when '00000000-0000-0000-0000-000000000001' then '9' \
                     when '00000000-0000-0000-0000-000000000002' then '10' \
                     when '00000000-0000-0000-0000-000000000003' then '99' \
                     else '100' end)::xid8",
            )
            .await
            .unwrap();
        let (mut cursor, mut order) = (Cursor::default(), Vec::new());
        loop {
            let mut follower = Follower::begin(&database.web, DateTime::UNIX_EPOCH)
                .await
                .unwrap();
            let steps = after(&mut follower, cursor, 1).await.unwrap();
            let Some(step) = steps.last() else { break };
            order.push(step.event_id.0.as_u128());
            cursor = step.cursor;
        }
        assert_eq!(order, [1, 2, 3, 4]);
    }

    #[tokio::test]
    async fn a_log_says_which_database_it_belongs_to() {
        let database = Database::fresh().await.unwrap();
        let other = Database::fresh().await.unwrap();
        let mut ours = Follower::begin(&database.web, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        let mut theirs = Follower::begin(&other.web, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        let (one, two) = (
            log_identity(&mut ours).await.unwrap(),
            log_identity(&mut theirs).await.unwrap(),
        );
        assert_ne!(one, two);
        assert_eq!(one, log_identity(&mut ours).await.unwrap());
    }
}
