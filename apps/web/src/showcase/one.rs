//! The page of a notice that everybody may see, and what it tells machines: networks that show a
//! card of it, and search engines.

use super::{Address, photos_path};
use crate::notice::row;
use crate::notice::text::Text;
use askama::Template;
use askama::filters::Safe;
use door::frame::{letter, tint};
use door::visit::present;
use door::{Answer, Frame, Guest, Trouble, page};
use poem::http::{StatusCode, header};
use poem::web::Path;
use poem::{Response, handler};
use sel::id::{AssociationId, NoticeId};
use sel::notice::Kind;
use serde_json::{Value, json};
use store::Door;
use store::notice::Shared;

/// Letters of the text that a card shows.
const CARD_LETTERS: usize = 200;

/// A notice that everybody may see now; any other leads nowhere.
pub(crate) async fn public(
    door: &mut Door,
    sel: AssociationId,
    notice: NoticeId,
) -> Result<Shared, Trouble> {
    let found = store::notice::public(door, &[(sel, notice)]).await?;
    found.into_iter().next().ok_or(Trouble::NotFound)
}

/// The notice of this SEL that an address means.
pub(super) async fn addressed(guest: &Guest, address: &str) -> Result<Shared, Trouble> {
    let address = Address::parse(address).ok_or(Trouble::NotFound)?;
    let mut door = Door::begin(&guest.house.pool, guest.visit.now).await?;
    let found = public(&mut door, guest.association.id(), address.id).await?;
    door.commit().await?;
    Ok(found)
}

#[derive(Template)]
#[template(path = "showcase_notice.html")]
struct NoticePage {
    frame: Frame,
    text: Text,
    /// Absolute, as machines want it; so is the photo.
    canonical: String,
    card: String,
    photo: Option<String>,
    linked: Safe<String>,
    unlisted: bool,
    sel: String,
    letter: String,
    tint: u8,
    /// The same notice for members, after their login.
    inside: String,
    is_member: bool,
}

#[handler]
pub(super) async fn show(guest: Guest, Path(address): Path<String>) -> Answer {
    let notice = addressed(&guest, &address).await?;
    let path = Address::of(&notice.title, notice.id()).path();
    if !path.ends_with(&format!("/{address}")) {
        // An older title: machines learn the one address that there is.
        return Ok(Response::builder()
            .status(StatusCode::MOVED_PERMANENTLY)
            .header(header::LOCATION, path)
            // It may be given its older title back.
            .header(header::CACHE_CONTROL, "no-cache")
            .finish());
    }
    let words = guest.visit.words;
    let canonical = guest.house.site.home_url(&guest.association, &path);
    let photo = photo(&guest, &notice);
    let (now, price) = (
        guest.visit.now,
        row::price(words, &notice.unit(), notice.price()),
    );
    let text = Text::of_another(words, now, &notice, &photos_path(&notice), price);
    let linked = linked(&guest, &notice, &canonical, photo.as_deref());
    let association = guest.association.clone();
    let (frame, is_member) = match present(guest).await? {
        Ok(member) => (Frame::present(&member, "showcase-title", "showcase"), true),
        Err(guest) => (Frame::guest(&guest, "showcase-title"), false),
    };
    Ok(page(&NoticePage {
        frame: frame.titled(&notice.title),
        text,
        card: row::beginning(&notice.body, CARD_LETTERS),
        canonical,
        photo,
        linked,
        unlisted: notice.unlisted,
        letter: letter(&association.name),
        tint: tint(row::tint_number(&notice.code)),
        sel: notice.sel.clone(),
        inside: format!("/annonces/{}", notice.id()),
        is_member,
    })?)
}

/// The first photo, for whoever is elsewhere.
fn photo(guest: &Guest, notice: &Shared) -> Option<String> {
    let id = notice.cover_id()?;
    let path = format!("{}/{id}/grande", photos_path(notice));
    Some(guest.house.site.home_url(&guest.association, &path))
}

/// Things to give away are things; all else is done, or lent.
fn thing(rubric: &str) -> &'static str {
    const THINGS: &str = "23";
    if rubric == THINGS {
        "Product"
    } else {
        "Service"
    }
}

/// What it says in the words of schema.org, ready to stand in a page.
fn linked(guest: &Guest, notice: &Shared, url: &str, photo: Option<&str>) -> Safe<String> {
    let place = json!({
        "@type": "Place",
        "name": notice.place,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": notice.latitude,
            "longitude": notice.longitude,
        },
    });
    let home = guest.house.site.home_url(&guest.association, "/");
    let mut said = json!({
        "@context": "https://schema.org",
        "@type": match notice.kind() { Kind::Offer => "Offer", Kind::Want => "Demand" },
        "name": notice.title,
        "description": notice.body,
        "url": url,
        "validFrom": notice.published_at.to_rfc3339(),
        "validThrough": notice.expires_at.to_rfc3339(),
        "category": notice.category_name,
        "areaServed": place,
        "itemOffered": { "@type": thing(&notice.category_code), "name": notice.title },
        "seller": { "@type": "Organization", "name": notice.sel, "url": home },
    });
    if let Some(photo) = photo {
        said["image"] = Value::from(photo);
    }
    // Nothing that is said can end the element it stands in.
    Safe(said.to_string().replace('<', "\\u003c"))
}
