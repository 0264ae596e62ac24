//! What everybody may see: the notices whose authors and SELs say so. On a SEL's own host its
//! showcase, on the platform's those of all SELs; for search engines, other sites and machines the
//! same in their forms. Who wrote a notice is no part of it.

mod address;
mod crawl;
mod embed;
mod list;
mod murmurations;
mod one;

pub(crate) use address::Address;
pub(crate) use embed::newest;
pub(crate) use one::public;

use crate::Rooms;
use crate::photo::{Size, sent_of_another};
use door::threshold::Embedded;
use door::{Answer, House, Trouble, Visit};
use poem::http::{HeaderMap, HeaderValue, StatusCode, header};
use poem::web::{Data, Path};
use poem::{Response, Route, get, handler};
use sel::id::{AssociationId, NoticeId, PhotoId};
use std::sync::Arc;
use store::Door;

/// On a SEL's host.
pub(crate) fn routes(route: Route) -> Route {
    crawl::routes(route)
        .at("/vitrine", get(list::of_a_sel))
        .at("/vitrine/cadre", get(embed::framed))
        .at("/vitrine/integrer", get(embed::how))
        .at("/vitrine/murmurations.json", get(murmurations::list))
        .at("/vitrine/:address", get(one::show))
        .at(
            "/vitrine/:address/murmurations.json",
            get(murmurations::one),
        )
        .at("/photos/:sel/:notice/:photo/:size", get(photo_file))
}

/// On the platform's.
pub(crate) fn platform_routes(route: Route) -> Route {
    crawl::platform_routes(route)
        .at("/annonces", get(list::of_all))
        .at("/photos/:sel/:notice/:photo/:size", get(photo_file))
}

/// Where the photos of a notice that everybody may see begin, on any host.
fn photos_path(notice: &store::notice::Shared) -> String {
    format!("/photos/{}/{}", notice.sel_id(), notice.id())
}

#[handler]
async fn photo_file(
    visit: Visit,
    Path((sel, notice, photo, size)): Path<(String, String, String, String)>,
    headers: &HeaderMap,
    Data(house): Data<&Arc<House>>,
    Data(rooms): Data<&Arc<Rooms>>,
) -> Answer {
    let lost = || Trouble::NotFound;
    let sel: AssociationId = sel.parse().map_err(|_| lost())?;
    let notice: NoticeId = notice.parse().map_err(|_| lost())?;
    let photo: PhotoId = photo.parse().map_err(|_| lost())?;
    let size = Size::read(&size)?;
    let mut door = Door::begin(&house.pool, visit.now)
        .await
        .map_err(Trouble::from)?;
    let found = public(&mut door, sel, notice).await?;
    drop(door);
    if !found.photos().iter().any(|it| it.id() == photo) {
        return Err(lost().into());
    }
    // A photo never changes under its id: whoever has it is told so, once they may see it still.
    let tag = format!("\"{photo}\"");
    let known = headers.get(header::IF_NONE_MATCH);
    let mut response = if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        Response::builder()
            .status(StatusCode::NOT_MODIFIED)
            .finish()
    } else {
        sent_of_another(rooms, sel, photo, size).await?
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.extensions_mut().insert(Embedded);
    Ok(response)
}
