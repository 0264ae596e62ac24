//! Notices as the search index knows them: those that somebody may see, and how far they go.

use crate::{Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::{MemberId, NoticeId};
use sel::notice::{Kind, Price, Reach};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A notice that is live.
#[derive(Clone, Debug, FromRow)]
pub struct Findable {
    notice_id: Uuid,
    kind: String,
    pub category_code: String,
    pub category_name: String,
    pub title: String,
    pub body: String,
    units_mode: String,
    units: Option<i64>,
    pub urgent: bool,
    reach: String,
    ceiling: String,
    pub published_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Of the SEL.
    pub latitude: f64,
    pub longitude: f64,
}

impl Findable {
    pub fn id(&self) -> NoticeId {
        NoticeId(self.notice_id)
    }

    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Offer)
    }

    pub fn is_gift(&self) -> bool {
        Price::from_parts(&self.units_mode, self.units) == Price::Gift
    }

    /// How far its author and its SEL let it go, the nearer of the two.
    pub fn reach(&self) -> Reach {
        let read = |text| Reach::parse(text).unwrap_or_default();
        read(&self.reach).min(read(&self.ceiling))
    }
}

const SELECT: &str = "select n.notice_id, n.kind, c.code as category_code, \
    c.name as category_name, n.title, n.body, n.units_mode, n.units, n.urgent, n.reach, \
    s.notice_reach as ceiling, n.published_at, n.expires_at, o.latitude, o.longitude \
    from notice n \
    join association o on o.association_id = n.association_id \
    join setting s on s.association_id = n.association_id \
    join category c on c.association_id = n.association_id and c.category_id = n.category_id \
    join member m on m.association_id = n.association_id and m.member_id = n.member_id \
    where n.association_id = $1 and n.paused_at is null and n.closed_at is null \
    and n.expires_at > $2 and m.left_at is null";

/// Those of these notices that are live.
pub async fn findable(scope: &mut Scope, ids: &[NoticeId]) -> Result<Vec<Findable>> {
    let (here, now) = (scope.here(), scope.now);
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let statement = AssertSqlSafe(format!("{SELECT} and n.notice_id = any ($3)"));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(&ids)
        .fetch_all(scope.connection())
        .await?)
}

/// The next live notices of the SEL, in the order of their ids.
pub async fn findable_after(
    scope: &mut Scope,
    after: Option<NoticeId>,
    limit: i64,
) -> Result<Vec<Findable>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = AssertSqlSafe(format!(
        "{SELECT} and n.notice_id > $3 order by n.notice_id limit $4"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(after.map_or(Uuid::nil(), |id| id.0))
        .bind(limit)
        .fetch_all(scope.connection())
        .await?)
}

/// All notices of these members, whatever became of them.
pub async fn ids_of_members(scope: &mut Scope, members: &[MemberId]) -> Result<Vec<NoticeId>> {
    let here = scope.here();
    let members: Vec<Uuid> = members.iter().map(|id| id.0).collect();
    let ids: Vec<(Uuid,)> = sqlx::query_as(
        "select notice_id from notice where association_id = $1 and member_id = any ($2)",
    )
    .bind(here)
    .bind(&members)
    .fetch_all(scope.connection())
    .await?;
    Ok(ids.into_iter().map(|(id,)| NoticeId(id)).collect())
}
