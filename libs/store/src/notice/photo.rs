//! The photos of a notice: at most three, each at a place of its own.

use crate::{Result, Scope};
use sel::id::{NoticeId, PhotoId};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Photo {
    photo_id: Uuid,
    pub position: i16,
    pub width: i32,
    pub height: i32,
}

impl Photo {
    pub(super) fn new(photo_id: Uuid, position: i16, width: i32, height: i32) -> Photo {
        Photo {
            photo_id,
            position,
            width,
            height,
        }
    }

    pub fn id(&self) -> PhotoId {
        PhotoId(self.photo_id)
    }
}

pub async fn photos(scope: &mut Scope, notice: NoticeId) -> Result<Vec<Photo>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select photo_id, position, width, height from notice_photo \
         where association_id = $1 and notice_id = $2 order by position",
    )
    .bind(here)
    .bind(notice.0)
    .fetch_all(scope.connection())
    .await?)
}

/// Adds a photo at the first free place; false where all three are taken.
pub async fn add_photo(
    scope: &mut Scope,
    notice: NoticeId,
    photo: PhotoId,
    size: (u32, u32),
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "insert into notice_photo (association_id, notice_id, photo_id, position, width, height, \
         added_at) select $1, $2, $3, free, $4, $5, $6 from generate_series(1, 3) as free \
         where not exists (select from notice_photo where association_id = $1 \
             and notice_id = $2 and position = free) order by free limit 1",
    )
    .bind(here)
    .bind(notice.0)
    .bind(photo.0)
    .bind(i32::try_from(size.0).unwrap_or(i32::MAX))
    .bind(i32::try_from(size.1).unwrap_or(i32::MAX))
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The association's photo with this id, and its notice.
pub async fn photo_notice(scope: &mut Scope, photo: PhotoId) -> Result<Option<NoticeId>> {
    let here = scope.here();
    let row: Option<(Uuid,)> = sqlx::query_as(
        "select notice_id from notice_photo where association_id = $1 and photo_id = $2",
    )
    .bind(here)
    .bind(photo.0)
    .fetch_optional(scope.connection())
    .await?;
    Ok(row.map(|(id,)| NoticeId(id)))
}

pub async fn remove_photo(scope: &mut Scope, notice: NoticeId, photo: PhotoId) -> Result<bool> {
    let here = scope.here();
    let done = sqlx::query(
        "delete from notice_photo \
         where association_id = $1 and notice_id = $2 and photo_id = $3",
    )
    .bind(here)
    .bind(notice.0)
    .bind(photo.0)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}
