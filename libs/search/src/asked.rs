//! Under which terms of the index a word stands, and how much each weighs.

use tantivy::schema::Field;

use crate::fields::Fields;
use crate::sought::{Form, Sought};

/// How much a match weighs: stems and exact words multiply the engine's score, beginnings count
/// for themselves, and for less than a word well written.
const TITLE_STEM: f32 = 2.5;
const CATEGORY_STEM: f32 = 3.0;
const TEXT_STEM: f32 = 0.5;
const TITLE_EXACT: f32 = 2.0;
const REST_EXACT: f32 = 0.5;
const STOP_WORD: f32 = 1.0;
const TITLE_PREFIX: f32 = 0.6;
const REST_PREFIX: f32 = 0.3;
/// What the lesser matches of a word add to its best one.
pub(crate) const TIE_BREAKER: f32 = 0.7;
/// How much what is said around a thing weighs beside it.
pub(crate) const AROUND: f32 = 0.3;

/// How many of the sought things a notice must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    Every,
    Any,
}

/// A term under which a word stands, or all terms that begin so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Leaf<'a> {
    pub(crate) field: Field,
    pub(crate) text: &'a str,
    pub(crate) weight: Weight,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Weight {
    /// Multiplies the score of the term.
    Term(f32),
    /// Is the score of all terms that begin so.
    Beginning(f32),
}

/// All terms of a word.
pub(crate) fn leaves<'a>(fields: &Fields, sought: &'a Sought) -> Vec<Leaf<'a>> {
    let mut leaves = Vec::new();
    for form in &sought.forms {
        form_leaves(fields, form, &mut leaves);
    }
    if sought.prefix {
        let text = sought.folded();
        let beginnings = [
            (fields.title_folded, TITLE_PREFIX),
            (fields.rest_folded, REST_PREFIX),
        ];
        leaves.extend(beginnings.map(|(field, score)| Leaf {
            field,
            text,
            weight: Weight::Beginning(score),
        }));
    }
    leaves
}

fn form_leaves<'a>(fields: &Fields, form: &'a Form, leaves: &mut Vec<Leaf<'a>>) {
    let mut term = |field, text, boost| {
        leaves.push(Leaf {
            field,
            text,
            weight: Weight::Term(boost * form.weight),
        });
    };
    for stem in &form.stems {
        term(fields.title_stem, stem, TITLE_STEM);
        term(fields.category_stem, stem, CATEGORY_STEM);
        term(fields.text_stem, stem, TEXT_STEM);
    }
    if form.stems.is_empty() {
        term(fields.stop_words, &form.folded, STOP_WORD);
    }
    term(fields.title_folded, &form.folded, TITLE_EXACT);
    if !form.is_stem {
        term(fields.rest_folded, &form.folded, REST_EXACT);
    }
}
