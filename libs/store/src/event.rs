//! What happened: append-only, written with the change it tells of.

mod act;
mod log;

pub use act::{Act, acts};
pub use log::{Cursor, Step, after, begin_epoch, count_after, head, log_identity, unread_since};

use crate::{Result, Scope};
use sel::id::{DeliveryId, EventId, MemberId};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

/// Something that happened. Kinds are in the past tense: `notice_published`.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    pub id: EventId,
    pub kind: &'a str,
    pub subject_id: Uuid,
    pub detail: Value,
    /// Whether somebody in charge did it for others, and the SEL may read it again.
    pub is_act: bool,
}

/// A letter that must go to this member because of an event.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: DeliveryId,
    /// Which letter: what the worker writes from the present truth.
    pub kind: &'static str,
    pub recipient_id: MemberId,
}

/// The letters of an event, column by column.
pub(crate) struct Letters {
    pub(crate) ids: Vec<Uuid>,
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) recipients: Vec<Uuid>,
}

impl Letters {
    pub(crate) fn of(letters: &[Letter]) -> Letters {
        Letters {
            ids: letters.iter().map(|letter| letter.id.0).collect(),
            kinds: letters.iter().map(|letter| letter.kind).collect(),
            recipients: letters.iter().map(|letter| letter.recipient_id.0).collect(),
        }
    }
}

/// Writes an event and its letters, in one round trip. A member gets one letter of an event.
pub async fn record(scope: &mut Scope, event: &Event<'_>, letters: &[Letter]) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let actor = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let letters = Letters::of(letters);
    sqlx::query(
        "with told as (insert into event (association_id, event_id, kind, subject_id, actor_id, \
             detail, recorded_at, is_act) values ($1, $2, $3, $4, $5, $6, $7, $11)) \
         insert into delivery (association_id, delivery_id, event_id, kind, channel, \
             recipient_id, due_at) \
         select $1, letter.id, $2, letter.kind, 'mail', letter.recipient, $7 \
         from unnest($8::uuid[], $9::text[], $10::uuid[]) as letter (id, kind, recipient) \
         on conflict (association_id, event_id, channel, recipient_id) do nothing",
    )
    .bind(here)
    .bind(event.id.0)
    .bind(event.kind)
    .bind(event.subject_id)
    .bind(actor)
    .bind(&event.detail)
    .bind(now)
    .bind(letters.ids)
    .bind(letters.kinds)
    .bind(letters.recipients)
    .bind(event.is_act)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Writes events of one kind, each about something else, that are no acts and have no letters.
pub async fn record_each(scope: &mut Scope, kind: &str, each: &[(EventId, Uuid)]) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let actor = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (ids, subjects): (Vec<Uuid>, Vec<Uuid>) = each.iter().map(|(id, it)| (id.0, *it)).unzip();
    sqlx::query(
        "insert into event (association_id, event_id, kind, subject_id, actor_id, detail, \
             recorded_at, is_act) \
         select $1, each.id, $2, each.subject, $3, '{}', $4, false \
         from unnest($5::uuid[], $6::uuid[]) as each (id, subject)",
    )
    .bind(here)
    .bind(kind)
    .bind(actor)
    .bind(now)
    .bind(ids)
    .bind(subjects)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// What an event is about, read in the scope of its association.
#[derive(Clone, Debug, FromRow)]
pub struct Told {
    pub kind: String,
    pub subject_id: Uuid,
    actor_id: Option<Uuid>,
    pub detail: Value,
}

impl Told {
    pub fn actor_id(&self) -> Option<MemberId> {
        self.actor_id.map(MemberId)
    }
}

pub async fn read(scope: &mut Scope, id: EventId) -> Result<Option<Told>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select kind, subject_id, actor_id, detail from event \
         where association_id = $1 and event_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?)
}

/// Of what kind these events are, and what they are about.
pub async fn subjects(scope: &mut Scope, events: &[EventId]) -> Result<Vec<(String, Uuid)>> {
    let here = scope.here();
    let events: Vec<Uuid> = events.iter().map(|id| id.0).collect();
    Ok(sqlx::query_as(
        "select distinct kind, subject_id from event \
         where association_id = $1 and event_id = any ($2)",
    )
    .bind(here)
    .bind(&events)
    .fetch_all(scope.connection())
    .await?)
}
