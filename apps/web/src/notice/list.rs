//! `/annonces`: the list, sought through, sorted by kind and rubric.

mod choice;

use super::asked::Asked;
use super::row::{self, Row};
use crate::search::{self, Sought, Whose};
use crate::{Rooms, notice};
use askama::Template;
use choice::{Chip, Choice, Rubric, chips, facets, tabs, wider};
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::handler;
use poem::web::Data;
use sel::notice::Kind;
use std::sync::Arc;
use store::category::Counted;
use store::notice::Filter;

/// Notices of a page.
const ROWS: usize = 20;

#[derive(Template)]
#[template(path = "notice_list.html")]
struct ListPage {
    frame: Frame,
    words: String,
    sens: &'static str,
    rubric: String,
    tabs: Vec<Choice>,
    facets: Vec<Choice>,
    chips: Vec<Chip>,
    wide: bool,
    /// Where allies may be looked through as well: the link that does so.
    wider: Option<Chip>,
    found: String,
    loosened: bool,
    rows: Vec<Row>,
    empty: String,
    page_number: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// What was found, however it was.
struct Shelf {
    rows: Vec<Row>,
    kinds: Vec<(Kind, usize)>,
    /// By the codes of the rubrics.
    rubrics: Vec<(String, usize)>,
    total: usize,
    more: bool,
    loosened: bool,
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
    asked.wide = asked.wide && allied;
    let (rubrics, counted) = rubrics(&mut present, &asked).await?;
    let chosen = rubrics.iter().find(|rubric| rubric.code == asked.rubric);
    if chosen.is_none() {
        asked.rubric.clear();
    }
    let shelf = if asked.words.is_empty() && !asked.wide {
        listed(&mut present, &asked, &counted).await?
    } else {
        sought(&mut present, rooms, &asked).await?
    };
    if shelf.rows.is_empty() && asked.page > 1 {
        return Ok(door::see_other(&asked.at_page(1)));
    }
    let frame = Frame::present(&present, "notices-title", "notices");
    Ok(page(&ListPage {
        tabs: tabs(&frame, &asked, &shelf),
        facets: facets(&asked, &rubrics, &shelf),
        chips: chips(&frame, &asked, chosen),
        wide: asked.wide,
        wider: wider(&frame, &asked, allied),
        found: found(&frame, &asked, shelf.total),
        empty: empty(&frame, &asked),
        previous: (asked.page > 1).then(|| asked.at_page(asked.page - 1)),
        next: shelf.more.then(|| asked.at_page(asked.page + 1)),
        page_number: asked.page,
        loosened: shelf.loosened,
        rows: shelf.rows,
        sens: asked.sens(),
        rubric: asked.rubric,
        words: asked.words,
        frame,
    })?)
}

/// The rubrics in use, and those that only allies use; without words, ours with how many notices
/// stand in each.
async fn rubrics(
    present: &mut Present,
    asked: &Asked,
) -> Result<(Vec<Rubric>, Vec<Counted>), Trouble> {
    let scope = &mut present.scope;
    if asked.wide {
        let ours = store::category::list(scope).await?;
        let language = present.words().language;
        return Ok((Rubric::with_theirs(&ours, language), Vec::new()));
    }
    if !asked.words.is_empty() {
        let ours = store::category::list(scope).await?;
        return Ok((ours.iter().map(Rubric::ours).collect(), Vec::new()));
    }
    let counted = store::category::counted(scope).await?;
    let open = counted.iter().filter(|it| !it.is_hidden);
    let ours = open.map(|it| Rubric::ours(&it.category)).collect();
    Ok((ours, counted))
}

/// The newest, without words.
async fn listed(
    present: &mut Present,
    asked: &Asked,
    counted: &[Counted],
) -> Result<Shelf, Trouble> {
    let chosen = counted.iter().find(|it| it.category.code == asked.rubric);
    let category = chosen.map(|it| it.category.id());
    let filter = Filter {
        kind: asked.kind,
        category,
        urgent: false,
    };
    let offset = i64::try_from((asked.page - 1) * ROWS).unwrap_or(i64::MAX);
    let page = store::notice::list(&mut present.scope, filter, offset, ROWS).await?;
    let mut shelf = Shelf {
        rows: notice::rows(present, &page.rows),
        kinds: Vec::new(),
        rubrics: Vec::new(),
        total: 0,
        more: page.more,
        loosened: false,
    };
    let counts = counted.iter().flat_map(|it| {
        let rubric = &it.category;
        [
            (rubric, Kind::Offer, it.offers),
            (rubric, Kind::Want, it.wants),
        ]
    });
    for (rubric, kind, count) in counts {
        let count = usize::try_from(count).unwrap_or(0);
        let (in_category, of_kind) = (
            category.is_none_or(|it| it == rubric.id()),
            asked.kind.is_none_or(|it| it == kind),
        );
        if in_category {
            shelf.kinds.push((kind, count));
        }
        if of_kind {
            shelf.rubrics.push((rubric.code.clone(), count));
        }
        if in_category && of_kind {
            shelf.total += count;
        }
    }
    Ok(shelf)
}

/// What the words find, the best first.
async fn sought(present: &mut Present, rooms: &Rooms, asked: &Asked) -> Result<Shelf, Trouble> {
    let allies = if asked.wide {
        store::notice::sharing_allies(&mut present.scope).await?
    } else {
        Vec::new()
    };
    let offset = (asked.page - 1) * ROWS;
    let sought = Sought {
        words: asked.words.clone(),
        kind: asked.kind,
        rubric: (!asked.rubric.is_empty()).then(|| asked.rubric.clone()),
        allies,
        offset,
        limit: ROWS,
    };
    let found = search::find(rooms, &mut present.scope, sought).await?;
    let rows = found.matches.into_iter().map(|found| Row {
        title: found.title,
        text: found.snippet,
        ..match &found.notice {
            Whose::Ours(notice) => row::row(present, notice),
            Whose::Theirs(notice) => row::of_ally(present, notice),
        }
    });
    Ok(Shelf {
        rows: rows.collect(),
        kinds: found.kinds,
        rubrics: found.rubrics,
        total: found.total,
        more: found.total > offset + ROWS,
        loosened: found.loosened,
    })
}

fn found(frame: &Frame, asked: &Asked, total: usize) -> String {
    if asked.words.is_empty() {
        return frame.t1("notices-count", "count", total);
    }
    frame.t2("notices-found", "count", total, "words", &asked.words)
}

/// What to say where there is nothing to show.
fn empty(frame: &Frame, asked: &Asked) -> String {
    let filtered = asked.kind.is_some() || !asked.rubric.is_empty();
    if !asked.words.is_empty() {
        let key = if filtered {
            "notices-empty-words-here"
        } else {
            "notices-empty-words"
        };
        return frame.t1(key, "words", &asked.words);
    }
    frame.t(if filtered {
        "notices-empty-here"
    } else {
        "notices-empty"
    })
}
