//! Who may act for whom, by a mandate on paper.

use crate::{Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::id::{MandateId, MemberId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Mandate {
    mandate_id: Uuid,
    member_id: Uuid,
    pub member_number: i32,
    pub member_first: String,
    pub member_last: String,
    proxy_id: Uuid,
    pub proxy_number: i32,
    pub proxy_first: String,
    pub proxy_last: String,
    pub signed_on: NaiveDate,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Mandate {
    pub fn id(&self) -> MandateId {
        MandateId(self.mandate_id)
    }

    pub fn member_id(&self) -> MemberId {
        MemberId(self.member_id)
    }

    pub fn proxy_id(&self) -> MemberId {
        MemberId(self.proxy_id)
    }
}

const SELECT: &str = "select d.mandate_id, d.member_id, m.number as member_number, \
    m.first_name as member_first, m.last_name as member_last, d.proxy_id, \
    p.number as proxy_number, p.first_name as proxy_first, p.last_name as proxy_last, \
    d.signed_on, d.revoked_at from mandate d \
    join member m on m.association_id = d.association_id and m.member_id = d.member_id \
    join member p on p.association_id = d.association_id and p.member_id = d.proxy_id";

/// Mandates that a page shows.
const MANY: i64 = 100;

/// Records a mandate. One that stands already, or the same id, changes nothing and answers false.
pub async fn record(
    scope: &mut Scope,
    id: MandateId,
    member: MemberId,
    proxy: MemberId,
    signed_on: NaiveDate,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let done = sqlx::query(
        "insert into mandate (association_id, mandate_id, member_id, proxy_id, signed_on, \
         recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(proxy.0)
    .bind(signed_on)
    .bind(by)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn by_id(scope: &mut Scope, id: MandateId) -> Result<Option<Mandate>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where d.association_id = $1 and d.mandate_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// The mandates that stand in which this member is one of the two.
pub async fn of_member(scope: &mut Scope, member: MemberId) -> Result<Vec<Mandate>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where d.association_id = $1 and (d.member_id = $2 or d.proxy_id = $2) \
         and d.revoked_at is null order by d.recorded_at limit $3"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(MANY)
        .fetch_all(scope.connection())
        .await?)
}

/// Ends a mandate; again is no harm.
pub async fn revoke(scope: &mut Scope, id: MandateId) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    sqlx::query(
        "update mandate set revoked_at = $3, revoked_by = $4 \
         where association_id = $1 and mandate_id = $2 and revoked_at is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(now)
    .bind(by)
    .execute(scope.connection())
    .await?;
    Ok(())
}
