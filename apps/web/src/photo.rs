//! `/photos`: the photos of notices, for members; those of others for whom they are shown to.

use crate::Rooms;
use crate::notice::visible;
use door::{Answer, Present, Trouble};
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Response, Route, get, handler};
use sel::id::{AssociationId, PhotoId};
use std::sync::Arc;

/// A photo never changes under its id, and stays in the browser of the one who saw it.
const CACHE: &str = "private, max-age=86400, immutable";
/// One that is not ours is asked for each time: it may be shown no more.
const CACHE_THEIRS: &str = "private, no-cache";

pub(crate) fn routes(route: Route) -> Route {
    route.at("/photos/:id/:size", get(show))
}

/// The two sizes that are kept of each photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    Large,
}

impl Size {
    /// As an address names it.
    pub(crate) fn read(text: &str) -> Result<Size, Trouble> {
        match text {
            "petite" => Ok(Size::Small),
            "grande" => Ok(Size::Large),
            _ => Err(Trouble::NotFound),
        }
    }
}

/// The key under which a photo's file is kept.
pub(crate) fn key(association: AssociationId, photo: PhotoId, size: Size) -> String {
    let name = match size {
        Size::Small => "petite",
        Size::Large => "grande",
    };
    format!("{association}/{photo}/{name}.jpg")
}

#[handler]
async fn show(
    mut present: Present,
    Path((id, size)): Path<(String, String)>,
    Data(rooms): Data<&Arc<Rooms>>,
) -> Answer {
    let id: PhotoId = id.parse().map_err(|_| Trouble::NotFound)?;
    let size = Size::read(&size)?;
    let notice = store::notice::photo_notice(&mut present.scope, id)
        .await
        .map_err(Trouble::from)?
        .ok_or(Trouble::NotFound)?;
    visible(&mut present, notice).await?;
    let association = present.guest.association.id();
    // The connection goes back before the file is read and sent.
    drop(present);
    Ok(sent(rooms, association, id, size, CACHE).await?)
}

/// The file of another SEL's photo that the reader may see.
pub(crate) async fn sent_of_another(
    rooms: &Rooms,
    ally: AssociationId,
    id: PhotoId,
    size: Size,
) -> Result<Response, Trouble> {
    sent(rooms, ally, id, size, CACHE_THEIRS).await
}

async fn sent(
    rooms: &Rooms,
    association: AssociationId,
    id: PhotoId,
    size: Size,
    cache: &'static str,
) -> Result<Response, Trouble> {
    let bytes = rooms
        .files
        .get(&key(association, id, size))
        .await
        .map_err(|failure| Trouble::Broken(failure.to_string()))?
        .ok_or(Trouble::NotFound)?;
    Ok(Response::builder()
        .content_type("image/jpeg")
        .header(header::CACHE_CONTROL, cache)
        .body(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_kept_under_its_association() {
        let id = |number| uuid::Uuid::from_u128(number);
        assert_eq!(
            key(AssociationId(id(1)), PhotoId(id(2)), Size::Small),
            "00000000-0000-0000-0000-000000000001/00000000-0000-0000-0000-000000000002/petite.jpg"
        );
    }
}
