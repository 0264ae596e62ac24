//! Notices that everybody may see as Murmurations documents (`offers_wants_schema-v0.1.0`), each at
//! an address of its own, and the list of these addresses. An index reads them when it was told.

use super::one::addressed;
use super::{Address, photos_path};
use door::{Answer, Guest, House, Trouble};
use poem::web::{Json, Path};
use poem::{IntoResponse, handler};
use sel::notice::{Kind, Price};
use serde_json::{Value, json};
use store::Door;
use store::notice::Shared;

/// Addresses of one list.
const ADDRESSES: i32 = 5_000;
/// The rubric of what is lent.
const LOANS: &str = "24";

#[handler]
pub(super) async fn one(guest: Guest, Path(address): Path<String>) -> Answer {
    let notice = addressed(&guest, &address).await?;
    if notice.unlisted {
        return Err(Trouble::NotFound.into());
    }
    Ok(Json(document(&guest.house, &notice)).into_response())
}

#[handler]
pub(super) async fn list(guest: Guest) -> Answer {
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    drop(scope);
    if rules.notices_unlisted {
        return Ok(Json(json!({ "data": [] })).into_response());
    }
    let mut door = Door::begin(&guest.house.pool, guest.visit.now)
        .await
        .map_err(Trouble::from)?;
    let all = store::notice::addresses(&mut door, guest.association.id(), ADDRESSES)
        .await
        .map_err(Trouble::from)?;
    let url = |it: &store::notice::Addressed| {
        let path = Address::of(&it.title, it.id()).path();
        let path = format!("{path}/murmurations.json");
        let slug = &guest.association.slug;
        json!({ "profile_url": guest.house.site.association_url(slug, &path) })
    };
    let profiles: Vec<Value> = all.iter().map(url).collect();
    Ok(Json(json!({ "data": profiles })).into_response())
}

/// Units have no field there: what is asked in return is on the page.
fn document(house: &House, notice: &Shared) -> Value {
    let path = Address::of(&notice.title, notice.id()).path();
    let url = |path: &str| house.site.association_url(&notice.slug, path);
    let kind = match notice.kind() {
        Kind::Offer => "offer",
        Kind::Want => "want",
    };
    let transaction = match notice.price() {
        _ if notice.category_code == LOANS => "borrow-lend",
        Price::Gift => "receive-donate",
        _ => "buy-sell",
    };
    let mut said = json!({
        "linked_schemas": ["offers_wants_schema-v0.1.0"],
        "exchange_type": kind,
        "transaction_type": [transaction],
        "tags": [notice.category_name],
        "title": notice.title,
        "description": if notice.body.is_empty() { &notice.title } else { &notice.body },
        "geographic_scope": "local",
        "geolocation": { "lat": notice.latitude, "lon": notice.longitude },
        "contact_details": { "contact_form": url(&path) },
        "details_url": url(&path),
        "expires_at": notice.expires_at.timestamp(),
    });
    if let Some(id) = notice.cover_id() {
        let photo = url(&format!("{}/{id}/grande", photos_path(notice)));
        said["image"] = Value::from(photo);
    }
    said
}
