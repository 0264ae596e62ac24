//! Offers and wants.

use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::{CategoryId, MemberId, NoticeId, PhotoId};
use sel::notice::{Change, Kind, Price, Reach, Standing};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod findable;
mod photo;
mod record;
mod shared;

pub use findable::{Findable, findable, findable_after, ids_of_members};
pub use photo::{Photo, add_photo, photo_notice, photos, remove_photo};
pub use record::{record, record_all};
pub use shared::{Addressed, Shared, addresses, public, shared, sharing_allies};

#[derive(Clone, Debug, FromRow)]
pub struct Notice {
    notice_id: Uuid,
    member_id: Uuid,
    kind: String,
    category_id: Uuid,
    pub category_name: String,
    pub category_code: String,
    pub title: String,
    pub body: String,
    units_mode: String,
    units: Option<i64>,
    pub urgent: bool,
    reach: String,
    pub published_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub paused_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub author_number: i32,
    pub author_first: String,
    pub author_last: String,
    pub author_place: Option<String>,
    pub author_left: bool,
    /// Who took it away, watching over the notices.
    pub withdrawn_first: Option<String>,
    withdrawn_by: Option<Uuid>,
    cover_id: Option<Uuid>,
}

impl Notice {
    pub fn id(&self) -> NoticeId {
        NoticeId(self.notice_id)
    }

    pub fn member_id(&self) -> MemberId {
        MemberId(self.member_id)
    }

    pub fn category_id(&self) -> CategoryId {
        CategoryId(self.category_id)
    }

    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Offer)
    }

    pub fn price(&self) -> Price {
        Price::from_parts(&self.units_mode, self.units)
    }

    /// How far its author lets it go.
    pub fn reach(&self) -> Reach {
        Reach::parse(&self.reach).unwrap_or_default()
    }

    pub fn withdrawn_by(&self) -> Option<MemberId> {
        self.withdrawn_by.map(MemberId)
    }

    /// As the rules need to know it.
    pub fn standing(&self) -> Standing {
        Standing {
            author: self.member_id(),
            withdrawn: self.withdrawn_by.is_some(),
        }
    }

    /// The first photo.
    pub fn cover_id(&self) -> Option<PhotoId> {
        self.cover_id.map(PhotoId)
    }

    /// Whether the members see it.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.paused_at.is_none()
            && self.closed_at.is_none()
            && !self.author_left
            && self.expires_at > now
    }
}

const SELECT: &str = "select n.notice_id, n.member_id, n.kind, n.category_id, \
    c.name as category_name, c.code as category_code, n.title, n.body, n.units_mode, n.units, \
    n.urgent, n.reach, n.published_at, n.changed_at, n.expires_at, n.paused_at, n.closed_at, \
    m.number as author_number, m.first_name as author_first, m.last_name as author_last, \
    m.place as author_place, m.left_at is not null as author_left, n.withdrawn_by, \
    case when n.withdrawn_by is not null then (select w.first_name from member w \
        where w.association_id = n.association_id and w.member_id = n.withdrawn_by) end \
        as withdrawn_first, \
    (select p.photo_id from notice_photo p where p.association_id = n.association_id \
        and p.notice_id = n.notice_id order by p.position limit 1) as cover_id \
    from notice n \
    join category c on c.association_id = n.association_id and c.category_id = n.category_id \
    join member m on m.association_id = n.association_id and m.member_id = n.member_id";

const LIVE: &str = "n.paused_at is null and n.closed_at is null and n.expires_at > $2 \
                    and m.left_at is null";

/// Renews until `expires_at`, pauses, resumes, closes or reopens. Closed by `withdrawn_by` it was
/// taken away from its author.
pub async fn change(
    scope: &mut Scope,
    id: NoticeId,
    change: Change,
    expires_at: DateTime<Utc>,
    withdrawn_by: Option<MemberId>,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let set = match change {
        Change::Renew => "expires_at = $4, paused_at = null, changed_at = $3",
        Change::Pause => "paused_at = coalesce(paused_at, $3)",
        Change::Resume => "paused_at = null",
        Change::Close => "closed_at = coalesce(closed_at, $3), withdrawn_by = $5",
        Change::Reopen => "closed_at = null, paused_at = null, withdrawn_by = null",
    };
    let statement = AssertSqlSafe(format!(
        "update notice set {set} where association_id = $1 and notice_id = $2 \
         and $3::timestamptz is not null and $4::timestamptz is not null \
         and ($5::uuid is null or true)"
    ));
    let done = sqlx::query(statement)
        .bind(here)
        .bind(id.0)
        .bind(now)
        .bind(expires_at)
        .bind(withdrawn_by.map(|id| id.0))
        .execute(scope.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn by_id(scope: &mut Scope, id: NoticeId) -> Result<Option<Notice>> {
    one(scope, id, "").await
}

/// The same, and nobody else changes it before this scope ends.
pub async fn hold(scope: &mut Scope, id: NoticeId) -> Result<Option<Notice>> {
    one(scope, id, " for no key update of n").await
}

async fn one(scope: &mut Scope, id: NoticeId, lock: &str) -> Result<Option<Notice>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where n.association_id = $1 and n.notice_id = $2{lock}"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// These notices, in this order, where the members may see them: what a search found, read again
/// under row-level security.
pub async fn by_ids(scope: &mut Scope, ids: &[NoticeId]) -> Result<Vec<Notice>> {
    let (here, now) = (scope.here(), scope.now);
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where n.association_id = $1 and {LIVE} and n.notice_id = any ($3) \
         order by array_position($3, n.notice_id)"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(&ids)
        .fetch_all(scope.connection())
        .await?)
}

/// Which notices to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    pub category: Option<CategoryId>,
    pub urgent: bool,
}

/// The notices that the members see, the newest first.
pub async fn list(
    scope: &mut Scope,
    filter: Filter,
    offset: i64,
    limit: usize,
) -> Result<Page<Notice>> {
    let (here, now) = (scope.here(), scope.now);
    // Each filter has its own shape, so that each finds its own index.
    let mut wheres = String::new();
    if filter.kind.is_some() {
        wheres.push_str(" and n.kind = $5");
    }
    if filter.category.is_some() {
        wheres.push_str(" and n.category_id = $6");
    }
    if filter.urgent {
        wheres.push_str(" and n.urgent");
    }
    let statement = AssertSqlSafe(format!(
        "{SELECT} where n.association_id = $1 and {LIVE}{wheres} \
         and ($5::text is null or true) and ($6::uuid is null or true) \
         order by n.published_at desc, n.notice_id desc limit $3 offset $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .bind(filter.kind.map(Kind::as_str))
        .bind(filter.category.map(|id| id.0))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// The same, those that follow this one.
pub async fn list_after(
    scope: &mut Scope,
    filter: Filter,
    after: Option<(DateTime<Utc>, NoticeId)>,
    limit: usize,
) -> Result<Page<Notice>> {
    let (here, now) = (scope.here(), scope.now);
    let mut wheres = String::new();
    for (is_asked, it) in [
        (filter.kind.is_some(), " and n.kind = $4"),
        (filter.category.is_some(), " and n.category_id = $5"),
        (filter.urgent, " and n.urgent"),
        (
            after.is_some(),
            " and (n.published_at, n.notice_id) < ($6, $7)",
        ),
    ] {
        if is_asked {
            wheres.push_str(it);
        }
    }
    let statement = AssertSqlSafe(format!(
        "{SELECT} where n.association_id = $1 and {LIVE}{wheres} \
         and ($4::text is null or true) and ($5::uuid is null or true) \
         and ($6::timestamptz is null or true) and ($7::uuid is null or true) \
         order by n.published_at desc, n.notice_id desc limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(filter.kind.map(Kind::as_str))
        .bind(filter.category.map(|id| id.0))
        .bind(after.map(|(at, _)| at))
        .bind(after.map(|(_, id)| id.0))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// All notices of a member, whatever their state, the newest first.
pub async fn of_member(
    scope: &mut Scope,
    member: MemberId,
    only_live: bool,
    limit: usize,
) -> Result<Page<Notice>> {
    let (here, now) = (scope.here(), scope.now);
    let live = if only_live {
        LIVE
    } else {
        "$2::timestamptz is not null"
    };
    let statement = AssertSqlSafe(format!(
        "{SELECT} where n.association_id = $1 and {live} and n.member_id = $3 \
         order by n.published_at desc, n.notice_id desc limit $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(now)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}
