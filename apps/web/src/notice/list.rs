//! `/annonces`: the list, sought through, at home, with allies or in all SELs.

pub(crate) mod chip;
pub(crate) mod choice;
pub(crate) mod listing;
pub(crate) mod shelf;
pub(crate) mod town;

use super::asked::{Asked, Where};
use crate::{Rooms, saved_search};
use askama::Template;
use choice::{Choice, Rubric, places};
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use listing::Listing;
use poem::handler;
use poem::web::Data;
use sel::notice::Kind;
use sel::saved_search::Rhythm;
use shelf::{listed, sought};
use std::sync::Arc;
use store::category::Counted;
use town::{Town, town};

/// Notices of a page.
pub(crate) const ROWS: usize = 20;

#[derive(Template)]
#[template(path = "notice_list.html")]
struct ListPage {
    frame: Frame,
    listing: Listing,
    /// What a form sends along that asks for words, or for a place.
    beside_words: Vec<(&'static str, String)>,
    beside_place: Vec<(&'static str, String)>,
    places: Vec<Choice>,
    /// Which notice to publish where none was found: `demande` or `offre`.
    instead: &'static str,
    empty: String,
    /// What can be kept of it, under which id, and how often to be told.
    keep: Option<Keep>,
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
    if rubrics.iter().all(|rubric| rubric.code != asked.rubric) {
        asked.rubric.clear();
    }
    let own = Arc::clone(&present.guest.association);
    let town = town(present.words(), Some(&own), rooms, &asked);
    let shelf = if asked.needs_index() {
        sought(&mut present, rooms, &asked, town.as_ref()).await?
    } else {
        listed(&mut present, &asked, &counted).await?
    };
    if shelf.is_empty() && asked.page > 1 {
        return Ok(door::see_other(&asked.at_page(1)));
    }
    let frame = Frame::present(&present, "notices-title", "notices");
    Ok(page(&ListPage {
        keep: keep(&present, &asked, town.as_ref()),
        places: places(&frame, &asked, allied),
        beside_words: asked.beside(&["q"]),
        beside_place: asked.beside(&["commune", "rayon"]),
        instead: match asked.kind {
            Some(Kind::Want) => "offre",
            _ => "demande",
        },
        empty: empty(&frame, &asked),
        listing: Listing::of(&frame, &asked, &rubrics, (shelf, town), allied),
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
