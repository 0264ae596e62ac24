//! Searches that members keep.

use crate::{Follower, Result, Scope};
use chrono::{DateTime, TimeDelta, Utc};
use sel::id::{AssociationId, MemberId, NoticeId, SavedSearchId};
use sel::saved_search::Rhythm;
use sqlx::FromRow;
use uuid::Uuid;

/// How long it is known what was told. Longer than a notice may take to be seen.
const KNOWN: TimeDelta = TimeDelta::days(1);

#[derive(Clone, Debug, FromRow)]
pub struct SavedSearch {
    saved_search_id: Uuid,
    member_id: Uuid,
    /// What the address of the list asks for.
    pub address: String,
    /// How that was said to whoever keeps it: letters are written where nobody knows the list.
    pub said: String,
    rhythm: String,
    pub saved_at: DateTime<Utc>,
    /// What was published before is not told.
    pub told_from: DateTime<Utc>,
    /// What was published since is new.
    pub looked_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
}

impl SavedSearch {
    pub fn id(&self) -> SavedSearchId {
        SavedSearchId(self.saved_search_id)
    }

    pub fn member_id(&self) -> MemberId {
        MemberId(self.member_id)
    }

    pub fn rhythm(&self) -> Rhythm {
        Rhythm::parse(&self.rhythm).unwrap_or(Rhythm::Never)
    }
}

/// Which are due now, of all associations, the longest due first.
pub async fn due(
    follower: &mut Follower,
    limit: i64,
) -> Result<Vec<(AssociationId, SavedSearchId)>> {
    let now = follower.now;
    let due: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "select association_id, saved_search_id from saved_search \
         where due_at <= $1 order by due_at limit $2",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(follower.connection())
    .await?;
    let due = due.into_iter();
    Ok(due
        .map(|(here, id)| (AssociationId(here), SavedSearchId(id)))
        .collect())
}

const SELECT: &str = "select saved_search_id, member_id, address, said, rhythm, saved_at, \
    told_from, looked_at, due_at from saved_search where association_id = $1";

/// This one, locked, if it is due still and nobody else looks at it.
pub async fn claim(scope: &mut Scope, id: SavedSearchId) -> Result<Option<SavedSearch>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = sqlx::AssertSqlSafe(format!(
        "{SELECT} and saved_search_id = $2 and due_at <= $3 for update skip locked"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .bind(now)
        .fetch_optional(scope.connection())
        .await?)
}

pub async fn by_id(scope: &mut Scope, id: SavedSearchId) -> Result<Option<SavedSearch>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!("{SELECT} and saved_search_id = $2"));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// Those of a member, the newest first: there are few.
pub async fn of_member(scope: &mut Scope, member: MemberId) -> Result<Vec<SavedSearch>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "{SELECT} and member_id = $2 order by saved_at desc, saved_search_id limit 100"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .fetch_all(scope.connection())
        .await?)
}

/// Keeps a search; one that asks the same gets this rhythm.
pub async fn save(
    scope: &mut Scope,
    id: SavedSearchId,
    member: MemberId,
    (address, said): (&str, &str),
    rhythm: Rhythm,
    due_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into saved_search (association_id, saved_search_id, member_id, address, rhythm, \
         saved_at, told_from, looked_at, due_at, said) \
         values ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8) \
         on conflict (association_id, member_id, address) \
         do update set rhythm = $5, due_at = $7, told_from = case \
             when saved_search.rhythm = 'never' then $6 else saved_search.told_from end",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(address)
    .bind(rhythm.as_str())
    .bind(now)
    .bind(due_at)
    .bind(said)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Another rhythm, for the member's own; what was published before is not told afterwards.
pub async fn set_rhythm(
    scope: &mut Scope,
    (id, member): (SavedSearchId, MemberId),
    rhythm: Rhythm,
    due_at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "update saved_search set rhythm = $4, due_at = $5, \
         told_from = case when rhythm = 'never' then $6 else told_from end \
         where association_id = $1 and saved_search_id = $2 and member_id = $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(rhythm.as_str())
    .bind(due_at)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps it no longer, for the member's own.
pub async fn remove(scope: &mut Scope, id: SavedSearchId, member: MemberId) -> Result<bool> {
    let here = scope.here();
    let done = sqlx::query(
        "delete from saved_search \
         where association_id = $1 and saved_search_id = $2 and member_id = $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// It was looked at in what was known at `looked_at`; one looks again at `due_at`.
pub async fn looked(
    scope: &mut Scope,
    id: SavedSearchId,
    looked_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "with forgotten as (delete from told_notice where association_id = $1 \
             and saved_search_id = $2 and told_at < $5) \
         update saved_search set looked_at = $3, due_at = $4 \
         where association_id = $1 and saved_search_id = $2 and rhythm <> 'never'",
    )
    .bind(here)
    .bind(id.0)
    .bind(looked_at)
    .bind(due_at)
    .bind(now - KNOWN)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Puts it off, whatever it asks: looking at it has failed.
pub async fn put_off(scope: &mut Scope, id: SavedSearchId, due_at: DateTime<Utc>) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "update saved_search set due_at = $3 \
         where association_id = $1 and saved_search_id = $2 and due_at is not null",
    )
    .bind(here)
    .bind(id.0)
    .bind(due_at)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Keeps none of a member's any longer.
pub async fn forget(scope: &mut Scope, member: MemberId) -> Result<()> {
    let here = scope.here();
    sqlx::query("delete from saved_search where association_id = $1 and member_id = $2")
        .bind(here)
        .bind(member.0)
        .execute(scope.connection())
        .await?;
    Ok(())
}

/// Writes which notices are told of now. Answers those that were not lately, in their order.
pub async fn tell(
    scope: &mut Scope,
    id: SavedSearchId,
    notices: &[(AssociationId, NoticeId)],
) -> Result<Vec<(AssociationId, NoticeId)>> {
    let (here, now) = (scope.here(), scope.now);
    let told: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "insert into told_notice (association_id, saved_search_id, sel_id, notice_id, told_at) \
         select $1, $2, it.sel, it.notice, $5 from unnest($3::uuid[], $4::uuid[]) \
             as it (sel, notice) \
         on conflict do nothing returning sel_id, notice_id",
    )
    .bind(here)
    .bind(id.0)
    .bind(notices.iter().map(|(sel, _)| sel.0).collect::<Vec<_>>())
    .bind(notices.iter().map(|(_, id)| id.0).collect::<Vec<_>>())
    .bind(now)
    .fetch_all(scope.connection())
    .await?;
    let mut fresh = notices.to_vec();
    fresh.retain(|(sel, id)| told.contains(&(sel.0, id.0)));
    Ok(fresh)
}
