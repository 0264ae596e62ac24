//! Acts of those in charge, read again.

use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

/// An act of somebody in charge, as the SEL reads it again.
#[derive(Clone, Debug, FromRow)]
pub struct Act {
    pub kind: String,
    pub subject_id: Uuid,
    pub detail: Value,
    pub recorded_at: DateTime<Utc>,
    pub actor_number: i32,
    pub actor_first: String,
    pub actor_last: String,
    /// Whom it is about, where it is about a member, one who asked to be, their notice, or what
    /// they exchanged.
    pub whom_number: Option<i32>,
    pub whom_first: Option<String>,
    pub whom_last: Option<String>,
    /// The other of an exchange.
    pub other_number: Option<i32>,
    pub other_first: Option<String>,
    pub other_last: Option<String>,
    /// Of a notice.
    pub title: Option<String>,
}

/// The acts, the last first.
pub async fn acts(scope: &mut Scope, offset: i64, limit: usize) -> Result<Page<Act>> {
    let here = scope.here();
    let rows = sqlx::query_as(
        "select e.kind, e.subject_id, e.detail, e.recorded_at, a.number as actor_number, \
             a.first_name as actor_first, a.last_name as actor_last, w.number as whom_number, \
             coalesce(w.first_name, q.first_name) as whom_first, \
             coalesce(w.last_name, q.last_name) as whom_last, o.number as other_number, \
             o.first_name as other_first, o.last_name as other_last, n.title \
         from event e \
         join member a on a.association_id = e.association_id and a.member_id = e.actor_id \
         left join notice n \
             on n.association_id = e.association_id and n.notice_id = e.subject_id \
         left join mandate d \
             on d.association_id = e.association_id and d.mandate_id = e.subject_id \
         left join exchange x \
             on x.association_id = e.association_id and x.exchange_id = e.subject_id \
         left join crossing c \
             on c.association_id = e.association_id and c.crossing_id = e.subject_id \
         left join member o on o.association_id = e.association_id and o.member_id = x.payee_id \
         left join member w on w.association_id = e.association_id and w.member_id \
             = coalesce(n.member_id, d.member_id, x.payer_id, c.member_id, e.subject_id) \
         left join application q \
             on q.association_id = e.association_id and q.application_id = e.subject_id \
         where e.association_id = $1 and e.is_act \
         order by e.recorded_at desc, e.event_id desc limit $2 offset $3",
    )
    .bind(here)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .bind(offset)
    .fetch_all(scope.connection())
    .await?;
    Ok(Page::cut(rows, limit))
}
