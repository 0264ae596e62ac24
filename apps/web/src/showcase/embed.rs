//! A list of a SEL's public notices for its own site, in a frame, and how to put it there.

use super::list::public_row;
use crate::Rooms;
use crate::notice::asked::{Asked, Where};
use crate::notice::list::shelf::seeking;
use crate::notice::row::Row;
use ::search::Eyes;
use askama::Template;
use door::form::Query;
use door::threshold::Embedded;
use door::visit::present;
use door::{Answer, Frame, Guest, Trouble, page};
use finder::{Match, Sought, find_public};
use poem::handler;
use poem::web::Data;
use std::sync::Arc;
use store::Door;
use store::notice::Shared;

/// Notices of the frame.
const NOTICES: usize = 20;

#[derive(Template)]
#[template(path = "showcase_frame.html")]
struct FramePage {
    frame: Frame,
    heading: String,
    rows: Vec<Row>,
    all: String,
}

#[derive(Template)]
#[template(path = "showcase_embed.html")]
struct EmbedPage {
    frame: Frame,
    code: String,
}

/// The newest notices that this SEL shows to everybody.
pub(crate) async fn newest(
    guest: &Guest,
    rooms: &Rooms,
    limit: usize,
) -> Result<Vec<Row>, Trouble> {
    let eyes = Eyes::Visitor {
        association_id: guest.association.id().0,
    };
    let asked = Asked::read_there(&Query::default(), Where::Showcase);
    let sought = Sought {
        limit,
        ..seeking(&asked, eyes, None, &[])
    };
    let mut door = Door::begin(&guest.house.pool, guest.visit.now).await?;
    let found = find_public(&rooms.finder, &mut door, sought)
        .await
        .map_err(crate::lost)?;
    door.commit().await?;
    let row = |it: &Match<Shared>| public_row(&guest.visit, &guest.house, it);
    Ok(found.matches.iter().map(row).collect())
}

/// The newest notices. It sets no cookie, and its links open beside the site that shows it.
#[handler]
pub(super) async fn framed(guest: Guest, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    let association = &guest.association;
    if association.ready_at.is_none() {
        return Err(Trouble::NotFound.into());
    }
    let rows = newest(&guest, rooms, NOTICES).await?;
    let slug = &association.slug;
    let mut response = page(&FramePage {
        rows,
        heading: association.name.clone(),
        all: guest.house.site.association_url(slug, "/vitrine"),
        frame: Frame::guest(&guest, "showcase-title"),
    })?;
    response.extensions_mut().insert(Embedded);
    Ok(response)
}

/// The line to copy into a page of one's own.
#[handler]
pub(super) async fn how(guest: Guest) -> Answer {
    let slug = &guest.association.slug;
    let src = guest.house.site.association_url(slug, "/vitrine/cadre");
    let title = guest.association.name.replace('"', "&quot;");
    let code = format!(
        "<iframe src=\"{src}\" title=\"{title}\" loading=\"lazy\" \
         style=\"width:100%;height:40rem;border:0\"></iframe>"
    );
    let frame = match present(guest).await? {
        Ok(member) => Frame::present(&member, "showcase-embed-title", "showcase"),
        Err(guest) => Frame::guest(&guest, "showcase-embed-title"),
    };
    Ok(page(&EmbedPage { frame, code })?)
}
