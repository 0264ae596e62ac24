//! What stands on the page: the newest from the database, or what the index finds.

use super::ROWS;
use super::town::Town;
use crate::notice::asked::Asked;
use crate::notice::row::{self, Row};
use crate::{Rooms, notice};
use ::search::{Eyes, Read};
use door::{Present, Trouble};
use finder::{Found, Match, Sought, Whose, eyes};
use sel::id::CategoryId;
use sel::notice::Kind;
use store::category::Counted;
use store::notice::Filter;

/// Other words that were looked for, of which is told.
const OTHERS: usize = 4;

/// What was found, however it was.
pub(crate) struct Shelf {
    pub(crate) rows: Vec<Row>,
    /// What has some of the words only; it follows.
    pub(crate) further: Vec<Row>,
    pub(crate) kinds: Vec<(Kind, usize)>,
    /// By the codes of the rubrics.
    pub(crate) rubrics: Vec<(String, usize)>,
    pub(crate) urgent: usize,
    pub(crate) gifts: usize,
    pub(crate) total: usize,
    /// How many have every word.
    pub(crate) whole: usize,
    pub(crate) more: bool,
    pub(crate) others: Vec<String>,
}

impl Shelf {
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.further.is_empty()
    }

    /// One on which nothing stands.
    pub(crate) fn bare() -> Shelf {
        Shelf {
            rows: Vec::new(),
            further: Vec::new(),
            kinds: Vec::new(),
            rubrics: Vec::new(),
            urgent: 0,
            gifts: 0,
            total: 0,
            whole: 0,
            more: false,
            others: Vec::new(),
        }
    }
}

/// The newest, without words.
pub(crate) async fn listed(
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
        whole: usize::MAX,
        more: page.more,
        ..Shelf::bare()
    };
    count(&mut shelf, counted, category, asked.kind);
    Ok(shelf)
}

/// Counts what stands in the rubrics, as the index would.
fn count(
    shelf: &mut Shelf,
    counted: &[Counted],
    category: Option<CategoryId>,
    wanted: Option<Kind>,
) {
    for it in counted {
        let rubric = &it.category;
        let in_category = category.is_none_or(|it| it == rubric.id());
        let counts = [
            (Kind::Offer, it.offers, it.urgent_offers, it.given_offers),
            (Kind::Want, it.wants, it.urgent_wants, it.given_wants),
        ];
        for (kind, all, hasty, given) in counts {
            let [all, hasty, given] =
                [all, hasty, given].map(|it| usize::try_from(it).unwrap_or(0));
            let of_kind = wanted.is_none_or(|it| it == kind);
            if in_category {
                shelf.kinds.push((kind, all));
            }
            if of_kind {
                shelf.rubrics.push((rubric.code.clone(), all));
            }
            if in_category && of_kind {
                shelf.total += all;
                shelf.urgent += hasty;
                shelf.gifts += given;
            }
        }
    }
}

/// What the index finds.
pub(crate) async fn sought(
    present: &mut Present,
    rooms: &Rooms,
    asked: &Asked,
    town: Option<&Town>,
) -> Result<Shelf, Trouble> {
    let eyes = eyes(&mut present.scope, asked.place.reach()).await?;
    let sought = seeking(asked, eyes, town, &present.rules.synonyms);
    let found = finder::find(&rooms.finder, &mut present.scope, sought)
        .await
        .map_err(crate::lost)?;
    let ours = &present.rules.unit;
    let texts = |it: &Whose| match it {
        Whose::Ours(notice) => (notice.title.clone(), notice.body.clone()),
        Whose::Theirs(notice) => (notice.title.clone(), notice.body.clone()),
    };
    Ok(shelved(asked, found, texts, |found| match &found.notice {
        Whose::Ours(notice) => row::row(present, notice),
        Whose::Theirs(notice) => row::of_another(
            present.words(),
            Some(ours),
            notice,
            found.km,
            row::there(notice),
        ),
    }))
}

/// What the index is asked.
pub(crate) fn seeking(
    asked: &Asked,
    eyes: Eyes,
    town: Option<&Town>,
    synonyms: &[String],
) -> Sought {
    Sought {
        eyes,
        words: asked.words.clone(),
        kind: asked.kind,
        rubric: (!asked.rubric.is_empty()).then(|| asked.rubric.clone()),
        urgent: asked.urgent,
        gift: asked.gift,
        days: asked.days,
        since: None,
        near: town.and_then(|town| Some((town.at?, town.km.map(f64::from)))),
        order: asked.order,
        literal: false,
        synonyms: synonyms.to_vec(),
        offset: (asked.page - 1) * ROWS,
        limit: ROWS,
    }
}

/// What was found as rows, the words that were sought apart.
pub(crate) fn shelved<N>(
    asked: &Asked,
    found: Found<N>,
    texts: impl Fn(&N) -> (String, String),
    row: impl Fn(&Match<N>) -> Row,
) -> Shelf {
    let offset = (asked.page - 1) * ROWS;
    let (why, mut others) = (found.why, Vec::new());
    let (mut rows, mut further) = (Vec::new(), Vec::new());
    for found in found.matches {
        let (title, body) = texts(&found.notice);
        let (title, body) = (why.read(&title), why.read(&body));
        note_others(&mut others, [&title, &body]);
        let shelf = if found.whole { &mut rows } else { &mut further };
        let row = row(&found);
        let category: String = row.category.iter().map(|it| it.text.as_str()).collect();
        shelf.push(Row {
            title: title.whole(),
            text: body.snippet(),
            category: why.read(&category).whole(),
            ..row
        });
    }
    Shelf {
        rows,
        further,
        kinds: found.kinds,
        rubrics: found.rubrics,
        urgent: found.urgent,
        gifts: found.gifts,
        total: found.total,
        more: found.total > offset + ROWS,
        whole: found.whole,
        others,
    }
}

fn note_others(others: &mut Vec<String>, texts: [&Read<'_>; 2]) {
    for word in texts.into_iter().flat_map(Read::others) {
        if others.len() < OTHERS && !others.contains(word) {
            others.push(word.clone());
        }
    }
}
