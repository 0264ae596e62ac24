//! Notices of allies: what their authors and their SELs let be seen here. Who wrote them is no part
//! of it.

use super::Photo;
use crate::alliance::TheirUnit;
use crate::{Result, Scope};
use chrono::{DateTime, Utc};
use sel::amount::Unit;
use sel::id::{AssociationId, NoticeId, PhotoId};
use sel::notice::{Kind, Price};
use sqlx::FromRow;
use uuid::Uuid;

/// The allies that let their members show notices here. None while either side pauses.
pub async fn sharing_allies(scope: &mut Scope) -> Result<Vec<AssociationId>> {
    let allies: Vec<(Uuid,)> = sqlx::query_as("select sharing_allies()")
        .fetch_all(scope.connection())
        .await?;
    Ok(allies.into_iter().map(|(id,)| AssociationId(id)).collect())
}

/// A notice of an ally.
#[derive(Clone, Debug, FromRow)]
pub struct Shared {
    ally_id: Uuid,
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
}

impl Shared {
    pub fn id(&self) -> NoticeId {
        NoticeId(self.notice_id)
    }

    pub fn ally_id(&self) -> AssociationId {
        AssociationId(self.ally_id)
    }

    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Offer)
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

/// Those of these notices, each of this ally, that are shared with this SEL now, in this order.
pub async fn shared(
    scope: &mut Scope,
    notices: &[(AssociationId, NoticeId)],
) -> Result<Vec<Shared>> {
    let now = scope.now;
    let allies: Vec<Uuid> = notices.iter().map(|(ally, _)| ally.0).collect();
    let ids: Vec<Uuid> = notices.iter().map(|(_, id)| id.0).collect();
    Ok(sqlx::query_as(
        "select s.* from shared_notice($1, $2, $3) s \
         join unnest($1::uuid[], $2::uuid[]) with ordinality as o (ally, notice, place) \
             on o.ally = s.ally_id and o.notice = s.notice_id \
         order by o.place",
    )
    .bind(&allies)
    .bind(&ids)
    .bind(now)
    .fetch_all(scope.connection())
    .await?)
}
