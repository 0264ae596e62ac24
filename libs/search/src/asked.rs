//! The engine's query: what the viewer may see, and in it what is sought.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery,
    Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::fields::Fields;
use crate::sought::{Form, Sought, Thing, Way};
use crate::viewer::{Viewer, visible};

/// How much a match weighs: stems and exact words multiply the engine's score, beginnings count
/// for themselves, and for less than a word well written.
const TITLE_STEM: f32 = 2.5;
const CATEGORY_STEM: f32 = 3.0;
const TEXT_STEM: f32 = 0.5;
const TITLE_EXACT: f32 = 4.0;
const REST_EXACT: f32 = 0.5;
const STOP_WORD: f32 = 1.0;
const TITLE_PREFIX: f32 = 0.6;
const REST_PREFIX: f32 = 0.3;
/// How much what is said around a thing weighs beside it.
const AROUND: f32 = 0.3;
/// What the lesser matches of a word add to its best one.
const TIE_BREAKER: f32 = 0.5;

/// How many of the sought things a notice must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    Every,
    Any,
}

/// The one way to a query of the engine: everything that the viewer may see where nothing is
/// sought.
pub(crate) fn query(
    fields: &Fields,
    viewer: &Viewer,
    things: &[Thing],
    holding: Holding,
) -> BooleanQuery {
    let mut clauses = vec![(Occur::Must, visible(fields, viewer))];
    let (needed, helpful): (Vec<&Thing>, Vec<&Thing>) =
        things.iter().partition(|thing| thing.needed);
    match holding {
        Holding::Every => {
            let every = needed.into_iter().map(|thing| thing_query(fields, thing));
            clauses.extend(every.map(|it| (Occur::Must, it)));
        }
        Holding::Any => {
            let any = needed
                .into_iter()
                .flat_map(|thing| some_queries(fields, thing));
            clauses.push((Occur::Must, Box::new(BooleanQuery::union(any.collect()))));
        }
    }
    let helpful = helpful.into_iter().map(|thing| {
        let helps = BoostQuery::new(thing_query(fields, thing), AROUND);
        (Occur::Should, Box::new(helps) as Box<dyn Query>)
    });
    clauses.extend(helpful);
    BooleanQuery::new(clauses)
}

/// What holds one word and the viewer may see.
pub(crate) fn word_query(fields: &Fields, viewer: &Viewer, sought: &Sought) -> BooleanQuery {
    BooleanQuery::intersection(vec![
        visible(fields, viewer),
        Box::new(ConstScoreQuery::new(sought_query(fields, sought), 0.0)),
    ])
}

fn thing_query(fields: &Fields, thing: &Thing) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = thing
        .ways
        .iter()
        .map(|way| way_query(fields, way))
        .collect();
    match ways.pop() {
        Some(only) if ways.is_empty() => only,
        Some(last) => {
            ways.push(last);
            Box::new(DisjunctionMaxQuery::new(ways))
        }
        None => Box::new(AllQuery),
    }
}

/// The thing, and each of its words where it is said by several.
fn some_queries(fields: &Fields, thing: &Thing) -> Vec<Box<dyn Query>> {
    let mut some = vec![thing_query(fields, thing)];
    if let Some(way) = thing.ways.first().filter(|way| way.words.len() > 1) {
        some.extend(way.words.iter().map(|word| sought_query(fields, word)));
    }
    some
}

fn way_query(fields: &Fields, way: &Way) -> Box<dyn Query> {
    let words = way.words.iter().map(|word| sought_query(fields, word));
    let every: Box<dyn Query> = match way.words.as_slice() {
        [only] => sought_query(fields, only),
        _ => Box::new(BooleanQuery::intersection(words.collect())),
    };
    if way.weight < 1.0 {
        Box::new(BoostQuery::new(every, way.weight))
    } else {
        every
    }
}

fn sought_query(fields: &Fields, sought: &Sought) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    for form in &sought.forms {
        form_queries(fields, form, &mut ways);
    }
    if sought.prefix {
        ways.push(prefix(fields.title_folded, sought.folded(), TITLE_PREFIX));
        ways.push(prefix(fields.rest_folded, sought.folded(), REST_PREFIX));
    }
    Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
}

fn form_queries(fields: &Fields, form: &Form, ways: &mut Vec<Box<dyn Query>>) {
    let weight = form.weight;
    for stem in &form.stems {
        ways.push(word(fields.title_stem, stem, TITLE_STEM * weight));
        ways.push(word(fields.category_stem, stem, CATEGORY_STEM * weight));
        ways.push(word(fields.text_stem, stem, TEXT_STEM * weight));
    }
    if form.stems.is_empty() {
        ways.push(word(fields.stop_words, &form.folded, STOP_WORD));
    }
    ways.push(word(
        fields.title_folded,
        &form.folded,
        TITLE_EXACT * weight,
    ));
    ways.push(word(fields.rest_folded, &form.folded, REST_EXACT * weight));
}

fn word(field: Field, text: &str, boost: f32) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), boost))
}

fn prefix(field: Field, text: &str, score: f32) -> Box<dyn Query> {
    let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, text), 0, true);
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}
