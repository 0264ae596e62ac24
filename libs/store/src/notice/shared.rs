//! Notices of other SELs: what their authors and their SELs let be seen here, or by everybody. Who
//! wrote them is no part of it.

use super::Photo;
use crate::alliance::TheirUnit;
use crate::{Door, Result, Scope};
use chrono::{DateTime, Utc};
use sel::amount::Unit;
use sel::id::{AssociationId, NoticeId, PhotoId};
use sel::notice::{Kind, Price, Reach};
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use uuid::Uuid;

/// The allies that let their members show notices here. None while either side pauses.
pub async fn sharing_allies(scope: &mut Scope) -> Result<Vec<AssociationId>> {
    let allies: Vec<(Uuid,)> = sqlx::query_as("select sharing_allies()")
        .fetch_all(scope.connection())
        .await?;
    Ok(allies.into_iter().map(|(id,)| AssociationId(id)).collect())
}

/// A notice of another SEL.
#[derive(Clone, Debug, FromRow)]
pub struct Shared {
    sel_id: Uuid,
    /// Of its SEL.
    pub code: String,
    pub sel: String,
    notice_id: Uuid,
    kind: String,
    pub category_name: String,
    pub title: String,
    pub body: String,
    units_mode: String,
    units: Option<i64>,
    pub urgent: bool,
    reach: String,
    /// The locality of its SEL.
    pub place: String,
    pub published_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Whether one can write to whoever wrote it.
    pub author_reads_mail: bool,
    photo_ids: Vec<Uuid>,
    widths: Vec<i32>,
    heights: Vec<i32>,
    #[sqlx(flatten)]
    unit: TheirUnit,
    /// Of its SEL, from here on.
    pub slug: String,
    pub category_code: String,
    pub latitude: f64,
    pub longitude: f64,
    pub time_zone: String,
    /// Whether search engines are asked not to list it.
    pub unlisted: bool,
}

impl Shared {
    pub fn id(&self) -> NoticeId {
        NoticeId(self.notice_id)
    }

    pub fn sel_id(&self) -> AssociationId {
        AssociationId(self.sel_id)
    }

    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Offer)
    }

    /// How far its author and its SEL let it go.
    pub fn reach(&self) -> Reach {
        Reach::parse(&self.reach).unwrap_or_default()
    }

    /// In the unit of its SEL.
    pub fn price(&self) -> Price {
        Price::from_parts(&self.units_mode, self.units)
    }

    /// The unit of its SEL.
    pub fn unit(&self) -> Unit {
        self.unit.unit()
    }

    pub fn cover_id(&self) -> Option<PhotoId> {
        self.photo_ids.first().copied().map(PhotoId)
    }

    pub fn photos(&self) -> Vec<Photo> {
        let sizes = self.widths.iter().zip(&self.heights);
        let photos = self.photo_ids.iter().zip(sizes).zip(1..);
        photos
            .map(|((id, (width, height)), position)| Photo::new(*id, position, *width, *height))
            .collect()
    }
}

/// Those of these notices, each of this SEL, that members of this one may see now, in this order.
pub async fn shared(
    scope: &mut Scope,
    notices: &[(AssociationId, NoticeId)],
) -> Result<Vec<Shared>> {
    let now = scope.now;
    projected(scope.connection(), "shared_notice", notices, now).await
}

/// Those of these notices that everybody may see now, in this order.
pub async fn public(door: &mut Door, notices: &[(AssociationId, NoticeId)]) -> Result<Vec<Shared>> {
    let now = door.now;
    projected(door.connection(), "public_notice", notices, now).await
}

/// A notice that everybody may see, for a sitemap.
#[derive(Debug, FromRow)]
pub struct Addressed {
    notice_id: Uuid,
    pub title: String,
    pub changed_at: DateTime<Utc>,
}

impl Addressed {
    pub fn id(&self) -> NoticeId {
        NoticeId(self.notice_id)
    }
}

/// What a SEL shows to everybody, the newest first.
pub async fn addresses(door: &mut Door, sel: AssociationId, limit: i32) -> Result<Vec<Addressed>> {
    let now = door.now;
    Ok(sqlx::query_as("select * from public_addresses($1, $2, $3)")
        .bind(sel.0)
        .bind(now)
        .bind(limit)
        .fetch_all(door.connection())
        .await?)
}

async fn projected(
    connection: &mut PgConnection,
    function: &str,
    notices: &[(AssociationId, NoticeId)],
    now: DateTime<Utc>,
) -> Result<Vec<Shared>> {
    let sels: Vec<Uuid> = notices.iter().map(|(sel, _)| sel.0).collect();
    let ids: Vec<Uuid> = notices.iter().map(|(_, id)| id.0).collect();
    let statement = AssertSqlSafe(format!(
        "select s.* from {function}($1, $2, $3) s \
         join unnest($1::uuid[], $2::uuid[]) with ordinality as o (sel, notice, place) \
             on o.sel = s.sel_id and o.notice = s.notice_id \
         order by o.place"
    ));
    Ok(sqlx::query_as(statement)
        .bind(&sels)
        .bind(&ids)
        .bind(now)
        .fetch_all(connection)
        .await?)
}
