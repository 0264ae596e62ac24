//! `/vitrine` of a SEL, and `/annonces` of the platform: what everybody may see, sought through.

use super::{Address, photos_path};
use crate::Rooms;
use crate::notice::asked::{Asked, Where};
use crate::notice::list::chip::{Chip, chips, ways_on};
use crate::notice::list::choice::{Choice, Group, Rubric, groups, tabs};
use crate::notice::list::shelf::{Shelf, seeking, shelved};
use crate::notice::list::town::{Distance, Town, distances, town};
use crate::notice::list::{found, others, some};
use crate::notice::row::{Row, of_another};
use crate::search::{Match, find_public};
use ::search::Eyes;
use askama::Template;
use door::form::Query;
use door::visit::present;
use door::{Answer, Frame, Guest, House, Trouble, Visit, page};
use poem::handler;
use poem::web::Data;
use sel::member::Right;
use std::sync::Arc;
use store::Door;
use store::notice::Shared;

#[derive(Template)]
#[template(path = "showcase.html")]
struct ShowcasePage {
    frame: Frame,
    /// Its address without a question, and that of this very list.
    action: &'static str,
    canonical: String,
    heading: String,
    lead: String,
    unlisted: bool,
    words: String,
    beside: Vec<(&'static str, String)>,
    tabs: Vec<Choice>,
    groups: Vec<Group>,
    /// On the platform only.
    town: Option<Town>,
    distances: Vec<Distance>,
    chips: Vec<Chip>,
    ways_on: Vec<Chip>,
    found: String,
    others: Option<String>,
    rows: Vec<Row>,
    further: Vec<Row>,
    some: String,
    empty: String,
    page_number: usize,
    previous: Option<String>,
    next: Option<String>,
    /// Of a SEL: to join it is what there is to do.
    is_of_a_sel: bool,
    /// For who looks after the SEL's own site.
    may_embed: bool,
}

/// What a page of the list is made of, whoever shows it.
struct Looked {
    asked: Asked,
    rubrics: Vec<Rubric>,
    town: Option<Town>,
    shelf: Shelf,
}

impl Looked {
    /// The first page, where one turned further than there is anything.
    fn beyond_the_end(&self) -> Option<String> {
        let is_empty = self.shelf.rows.is_empty() && self.shelf.further.is_empty();
        (is_empty && self.asked.page > 1).then(|| self.asked.at_page(1))
    }
}

#[handler]
pub(super) async fn of_a_sel(guest: Guest, query: Query, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    if guest.association.ready_at.is_none() {
        return Err(Trouble::NotFound.into());
    }
    let association_id = guest.association.id().0;
    let eyes = Eyes::Visitor { association_id };
    let (visit, house) = (&guest.visit, &guest.house);
    let asked = Asked::read_there(&query, Where::Showcase);
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    drop(scope);
    let looked = look(visit, house, rooms, (asked, eyes), &rules.synonyms).await?;
    if let Some(first) = looked.beyond_the_end() {
        return Ok(door::see_other(&first));
    }
    let association = Arc::clone(&guest.association);
    let canonical = house
        .site
        .association_url(&association.slug, &looked.asked.href());
    let mut shown = match present(guest).await? {
        Ok(member) => {
            let mut shown = shown(
                Frame::present(&member, "showcase-title", "showcase"),
                looked,
            );
            shown.may_embed = member.may(Right::Settings);
            shown
        }
        Err(guest) => shown(Frame::guest(&guest, "showcase-title"), looked),
    };
    let frame = &shown.frame;
    shown.heading = frame.t("showcase-title");
    shown.lead = frame.t2(
        "showcase-lead",
        "name",
        &association.name,
        "count",
        association.member_count,
    );
    shown.canonical = canonical;
    shown.unlisted = rules.notices_unlisted;
    shown.is_of_a_sel = true;
    Ok(page(&shown)?)
}

#[handler]
pub(super) async fn of_all(
    visit: Visit,
    query: Query,
    Data(house): Data<&Arc<House>>,
    Data(rooms): Data<&Arc<Rooms>>,
) -> Answer {
    let asked = Asked::read_there(&query, Where::Showcases);
    let looked = look(&visit, house, rooms, (asked, Eyes::Passer), &[]).await?;
    if let Some(first) = looked.beyond_the_end() {
        return Ok(door::see_other(&first));
    }
    let canonical = house.site.platform_url(&looked.asked.href());
    let mut shown = shown(Frame::platform(&visit, "showcases-title"), looked);
    shown.heading = shown.frame.t("showcases-title");
    shown.lead = shown.frame.t("showcases-lead");
    shown.canonical = canonical;
    // A page of findings is none to be found.
    shown.unlisted = true;
    Ok(page(&shown)?)
}

/// Asks the index, and reads what it found as it stands now.
async fn look(
    visit: &Visit,
    house: &House,
    rooms: &Rooms,
    (mut asked, eyes): (Asked, Eyes),
    synonyms: &[String],
) -> Result<Looked, Trouble> {
    let words = visit.words;
    let rubrics = Rubric::with_theirs(&[], words.language);
    if rubrics.iter().all(|it| it.code != asked.rubric) {
        asked.rubric.clear();
    }
    let town = town(words, None, rooms, &asked);
    let mut door = Door::begin(&house.pool, visit.now).await?;
    let sought = seeking(&asked, eyes, town.as_ref(), synonyms);
    let found = find_public(rooms, &mut door, sought).await?;
    door.commit().await?;
    let texts = |it: &Shared| (it.title.clone(), it.body.clone());
    let shelf = shelved(&asked, found, texts, |it| public_row(visit, house, it));
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

fn shown(frame: Frame, looked: Looked) -> ShowcasePage {
    let Looked {
        asked,
        rubrics,
        town,
        shelf,
    } = looked;
    let chosen = rubrics.iter().find(|rubric| rubric.code == asked.rubric);
    ShowcasePage {
        action: asked.place.page(),
        canonical: String::new(),
        heading: String::new(),
        lead: String::new(),
        unlisted: false,
        beside: asked.beside(&["q", "commune", "rayon"]),
        tabs: tabs(&frame, &asked, &shelf),
        groups: groups(&frame, &asked, &rubrics, &shelf, town.as_ref()),
        distances: distances(&frame, &asked),
        chips: chips(&frame, &asked, chosen, town.as_ref()),
        ways_on: ways_on(&frame, &asked, false),
        found: found(&frame, &asked, &shelf),
        others: others(&frame, &shelf.others),
        empty: empty(&frame, &asked),
        previous: (asked.page > 1).then(|| asked.at_page(asked.page - 1)),
        next: shelf.more.then(|| asked.at_page(asked.page + 1)),
        page_number: asked.page,
        some: some(&frame, &shelf),
        rows: shelf.rows,
        further: shelf.further,
        words: asked.words,
        town,
        is_of_a_sel: false,
        may_embed: false,
        frame,
    }
}

fn empty(frame: &Frame, asked: &Asked) -> String {
    if !asked.words.is_empty() {
        return frame.t1("showcase-empty-words", "words", &asked.words);
    }
    frame.t(match asked.place {
        _ if asked.is_filtered() => "showcase-empty-here",
        Where::Showcase => "showcase-empty",
        _ => "showcases-empty",
    })
}
