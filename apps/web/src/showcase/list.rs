//! `/vitrine` of a SEL, and `/annonces` of the platform: what everybody may see, sought through.

use super::{Address, photos_path};
use crate::Rooms;
use crate::notice::asked::{Asked, Where};
use crate::notice::list::choice::Rubric;
use crate::notice::list::listing::Listing;
use crate::notice::list::shelf::{Shelf, seeking, shelved};
use crate::notice::list::town::{Town, town};
use crate::notice::row::{Row, of_another, plain};
use ::search::Eyes;
use askama::Template;
use door::form::Query;
use door::visit::present;
use door::{Answer, Frame, Guest, House, Trouble, Visit, page};
use finder::{Match, find_public};
use poem::handler;
use poem::web::Data;
use sel::association::Rules;
use sel::notice::Reach;
use std::sync::Arc;
use store::Door;
use store::notice::Shared;

#[derive(Template)]
#[template(path = "showcase.html")]
struct ShowcasePage {
    frame: Frame,
    listing: Listing,
    /// Its address without a question, and that of this very list.
    action: &'static str,
    canonical: String,
    heading: String,
    lead: String,
    /// Whether search engines are asked not to list it.
    unlisted: bool,
    beside: Vec<(&'static str, String)>,
    empty: String,
    /// Of a SEL: to join it is what there is to do.
    is_of_a_sel: bool,
    /// Whether it shows nothing at all, whatever one seeks.
    is_closed: bool,
}

/// What was looked at, and what was found.
struct Looked {
    asked: Asked,
    rubrics: Vec<Rubric>,
    town: Option<Town>,
    shelf: Shelf,
}

impl Looked {
    /// The first page, where one turned further than there is anything.
    fn beyond_the_end(&self) -> Option<String> {
        (self.shelf.is_empty() && self.asked.page > 1).then(|| self.asked.at_page(1))
    }
}

#[handler]
pub(super) async fn of_a_sel(guest: Guest, query: Query, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    if guest.association.ready_at.is_none() {
        return Err(Trouble::NotFound.into());
    }
    let asked = Asked::read_there(&query, Where::Showcase);
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    let rubrics = store::category::list(&mut scope)
        .await
        .map_err(Trouble::from)?;
    drop(scope);
    let rubrics = rubrics.iter().map(Rubric::ours).collect();
    let looked = look_at_one(&guest, rooms, asked, rubrics, &rules).await?;
    if let Some(first) = looked.beyond_the_end() {
        return Ok(door::see_other(&first));
    }
    let association = Arc::clone(&guest.association);
    let site = &guest.house.site;
    let canonical = site.home_url(&association, &looked.asked.href());
    let frame = match present(guest).await? {
        Ok(member) => Frame::present(&member, "showcase-title", "showcase"),
        Err(guest) => Frame::guest(&guest, "showcase-title"),
    };
    let is_closed = looked.shelf.is_empty() && looked.asked.is_bare();
    // A page of findings is none to be found.
    let is_narrowed = looked.asked.is_filtered() || !looked.asked.words.is_empty();
    let (name, count) = (&association.name, association.member_count);
    Ok(page(&ShowcasePage {
        heading: frame.t("showcase-title"),
        lead: if is_closed {
            frame.t("showcase-empty")
        } else {
            frame.t2("showcase-lead", "name", name, "count", count)
        },
        canonical,
        unlisted: rules.notices_unlisted || is_closed || is_narrowed,
        is_of_a_sel: true,
        is_closed,
        ..shown(frame, looked)
    })?)
}

#[handler]
pub(super) async fn of_all(
    visit: Visit,
    query: Query,
    Data(house): Data<&Arc<House>>,
    Data(rooms): Data<&Arc<Rooms>>,
) -> Answer {
    let asked = Asked::read_there(&query, Where::Showcases);
    let language = visit.words.language;
    let rubrics = Rubric::with_theirs(&[], language);
    let sought = (asked, Eyes::Passer);
    let looked = look(&visit, house, rooms, sought, rubrics, &[]).await?;
    if let Some(first) = looked.beyond_the_end() {
        return Ok(door::see_other(&first));
    }
    let frame = Frame::platform(&visit, "showcases-title");
    Ok(page(&ShowcasePage {
        heading: frame.t("showcases-title"),
        lead: frame.t("showcases-lead"),
        canonical: house.site.platform_url(&looked.asked.href()),
        // A page of findings is none to be found.
        unlisted: true,
        ..shown(frame, looked)
    })?)
}

/// Looks at what one SEL shows. Where it shows nothing to everybody the index is not asked, which
/// may know of it a moment later.
async fn look_at_one(
    guest: &Guest,
    rooms: &Rooms,
    asked: Asked,
    rubrics: Vec<Rubric>,
    rules: &Rules,
) -> Result<Looked, Trouble> {
    if rules.notice_reach < Reach::Public {
        return Ok(Looked {
            asked: Asked::read_there(&Query::default(), Where::Showcase),
            rubrics,
            town: None,
            shelf: Shelf::bare(),
        });
    }
    let eyes = Eyes::Visitor {
        association_id: guest.association.id().0,
    };
    let (visit, house) = (&guest.visit, &guest.house);
    look(visit, house, rooms, (asked, eyes), rubrics, &rules.synonyms).await
}

/// Asks the index, and reads what it found as it stands now.
async fn look(
    visit: &Visit,
    house: &House,
    rooms: &Rooms,
    (mut asked, eyes): (Asked, Eyes),
    rubrics: Vec<Rubric>,
    synonyms: &[String],
) -> Result<Looked, Trouble> {
    if rubrics.iter().all(|it| it.code != asked.rubric) {
        asked.rubric.clear();
    }
    let town = town(visit.words, None, rooms, &asked);
    let mut door = Door::begin(&house.pool, visit.now).await?;
    let sought = seeking(&asked, eyes, town.as_ref(), synonyms);
    let found = find_public(&rooms.finder, &mut door, sought)
        .await
        .map_err(crate::lost)?;
    door.commit().await?;
    let texts = |it: &Shared| (it.title.clone(), it.body.clone());
    let shelf = shelved(&asked, found, texts, |it| {
        let name = Rubric::name_of(&rubrics, &it.notice.category_code);
        let row = public_row(visit, house, it);
        Row {
            category: name.map_or(row.category, |it| plain(&it)),
            ..row
        }
    });
    Ok(Looked {
        asked,
        rubrics,
        town,
        shelf,
    })
}

/// A notice as everybody sees it in a list.
pub(super) fn public_row(visit: &Visit, house: &House, found: &Match<Shared>) -> Row {
    let notice = &found.notice;
    let path = Address::of(&notice.title, notice.id()).path();
    let href = house.site.association_url(&notice.slug, &path);
    let cover = notice.cover_id();
    Row {
        cover: cover.map(|id| format!("{}/{id}/petite", photos_path(notice))),
        ..of_another(visit.words, None, notice, found.km, href)
    }
}

/// What both show alike.
fn shown(frame: Frame, looked: Looked) -> ShowcasePage {
    let Looked {
        asked,
        rubrics,
        town,
        shelf,
    } = looked;
    ShowcasePage {
        listing: Listing::of(&frame, &asked, &rubrics, (shelf, town), false),
        action: asked.place.page(),
        canonical: String::new(),
        heading: String::new(),
        lead: String::new(),
        unlisted: false,
        beside: asked.beside(&["q", "commune", "rayon"]),
        empty: empty(&frame, &asked),
        is_of_a_sel: false,
        is_closed: false,
        frame,
    }
}

fn empty(frame: &Frame, asked: &Asked) -> String {
    let words = &asked.words;
    match (words.is_empty(), asked.is_filtered()) {
        (false, false) => frame.t1("showcase-empty-words", "words", words),
        (false, true) => frame.t1("showcase-empty-words-here", "words", words),
        (true, true) => frame.t("showcase-empty-here"),
        (true, false) => frame.t("showcases-empty"),
    }
}
