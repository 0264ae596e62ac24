//! `/annonces`: the list, sought through, at home, with allies or in all SELs.

pub(crate) mod chip;
pub(crate) mod choice;
pub(crate) mod shelf;
pub(crate) mod town;

use super::asked::{Asked, Where};
use super::row::Row;
use crate::{Rooms, saved_search};
use askama::Template;
use chip::{Chip, chips, ways_on};
use choice::{Choice, Group, Rubric, groups, places, tabs};
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::handler;
use poem::web::Data;
use sel::notice::Kind;
use sel::saved_search::Rhythm;
use shelf::{Shelf, listed, sought};
use std::sync::Arc;
use store::category::Counted;
use town::{Distance, Town, distances, town};

/// Notices of a page.
pub(crate) const ROWS: usize = 20;

#[derive(Template)]
#[template(path = "notice_list.html")]
struct ListPage {
    frame: Frame,
    words: String,
    /// What a form sends along that asks for words, or for a place.
    beside_words: Vec<(&'static str, String)>,
    beside_place: Vec<(&'static str, String)>,
    /// Which notice to publish where none was found: `demande` or `offre`.
    instead: &'static str,
    tabs: Vec<Choice>,
    places: Vec<Choice>,
    groups: Vec<Group>,
    /// Not at home.
    town: Option<Town>,
    distances: Vec<Distance>,
    chips: Vec<Chip>,
    ways_on: Vec<Chip>,
    found: String,
    /// What else was looked for.
    others: Option<String>,
    rows: Vec<Row>,
    /// What has some of the words only, and what is said of it.
    further: Vec<Row>,
    some: String,
    empty: String,
    /// What can be kept of it, under which id, and how often to be told.
    keep: Option<Keep>,
    page_number: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// A search that can be kept.
struct Keep {
    id: String,
    address: String,
    rhythms: Vec<saved_search::Choice>,
}

fn keep(present: &Present, asked: &Asked, town: Option<&Town>) -> Option<Keep> {
    let address = asked.kept();
    if address.is_empty() || town.is_some_and(|town| !town.is_clear()) {
        return None;
    }
    let has_email = present.member.email.is_some();
    Some(Keep {
        id: desk::fresh::id(present.guest.visit.now).to_string(),
        address,
        rhythms: saved_search::rhythms(present.words(), Rhythm::Daily, has_email),
    })
}

#[handler]
pub(super) async fn show(
    mut present: Present,
    query: Query,
    Data(rooms): Data<&Arc<Rooms>>,
) -> Answer {
    let mut asked = Asked::read(&query);
    let allied = store::alliance::any_code(&mut present.scope)
        .await
        .map_err(Trouble::from)?
        .is_some();
    if asked.place == Where::Allies && !allied {
        asked.place = Where::Home;
    }
    let (rubrics, counted) = rubrics(&mut present, &asked).await?;
    let chosen = rubrics.iter().find(|rubric| rubric.code == asked.rubric);
    if chosen.is_none() {
        asked.rubric.clear();
    }
    let own = Arc::clone(&present.guest.association);
    let town = town(present.words(), Some(&own), rooms, &asked);
    let shelf = if asked.needs_index() {
        sought(&mut present, rooms, &asked, town.as_ref()).await?
    } else {
        listed(&mut present, &asked, &counted).await?
    };
    if shelf.rows.is_empty() && shelf.further.is_empty() && asked.page > 1 {
        return Ok(door::see_other(&asked.at_page(1)));
    }
    let frame = Frame::present(&present, "notices-title", "notices");
    Ok(page(&ListPage {
        keep: keep(&present, &asked, town.as_ref()),
        tabs: tabs(&frame, &asked, &shelf),
        places: places(&frame, &asked, allied),
        groups: groups(&frame, &asked, &rubrics, &shelf, town.as_ref()),
        distances: distances(&frame, &asked),
        chips: chips(&frame, &asked, chosen, town.as_ref()),
        ways_on: ways_on(&frame, &asked, allied),
        found: found(&frame, &asked, &shelf),
        others: others(&frame, &shelf.others),
        empty: empty(&frame, &asked),
        previous: (asked.page > 1).then(|| asked.at_page(asked.page - 1)),
        next: shelf.more.then(|| asked.at_page(asked.page + 1)),
        page_number: asked.page,
        some: some(&frame, &shelf),
        further: shelf.further,
        rows: shelf.rows,
        beside_words: asked.beside(&["q"]),
        beside_place: asked.beside(&["commune", "rayon"]),
        instead: match asked.kind {
            Some(Kind::Want) => "offre",
            _ => "demande",
        },
        words: asked.words,
        town,
        frame,
    })?)
}

/// The rubrics in use, and those that only others use; where the index is not asked, ours with
/// how many notices stand in each.
async fn rubrics(
    present: &mut Present,
    asked: &Asked,
) -> Result<(Vec<Rubric>, Vec<Counted>), Trouble> {
    let scope = &mut present.scope;
    if asked.place != Where::Home {
        let ours = store::category::list(scope).await?;
        let language = present.words().language;
        return Ok((Rubric::with_theirs(&ours, language), Vec::new()));
    }
    if asked.needs_index() {
        let ours = store::category::list(scope).await?;
        return Ok((ours.iter().map(Rubric::ours).collect(), Vec::new()));
    }
    let counted = store::category::counted(scope).await?;
    let open = counted.iter().filter(|it| !it.is_hidden);
    let ours = open.map(|it| Rubric::ours(&it.category)).collect();
    Ok((ours, counted))
}

/// How many there are; where some have every word, how many of these.
pub(crate) fn found(frame: &Frame, asked: &Asked, shelf: &Shelf) -> String {
    if asked.words.is_empty() {
        return frame.t1("notices-count", "count", shelf.total);
    }
    let count = shelf.whole.min(shelf.total);
    let key = if count == 0 {
        "notices-found-none"
    } else {
        "notices-found"
    };
    frame.t2(key, "count", count, "words", &asked.words)
}

/// What is said of those that have some of the words only.
pub(crate) fn some(frame: &Frame, shelf: &Shelf) -> String {
    let count = shelf.total.saturating_sub(shelf.whole);
    frame.t1("notices-some", "count", count)
}

pub(crate) fn others(frame: &Frame, others: &[String]) -> Option<String> {
    let said: Vec<String> = others
        .iter()
        .map(|word| frame.t1("notices-quoted", "word", word))
        .collect();
    (!said.is_empty()).then(|| frame.t1("notices-others", "words", said.join(", ")))
}

/// What to say where there is nothing to show.
fn empty(frame: &Frame, asked: &Asked) -> String {
    let filtered = asked.is_filtered();
    if !asked.words.is_empty() {
        let key = if filtered {
            "notices-empty-words-here"
        } else {
            "notices-empty-words"
        };
        return frame.t1(key, "words", &asked.words);
    }
    frame.t(if filtered || asked.place != Where::Home {
        "notices-empty-here"
    } else {
        "notices-empty"
    })
}
