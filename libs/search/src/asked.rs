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

/// A term under which a word stands, or all longer terms that begin so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Leaf<'a> {
    pub(crate) field: Field,
    pub(crate) text: &'a str,
    pub(crate) weight: Weight,
    /// Whether all that is found by it is found by another term of the word as well: it only
    /// weighs.
    pub(crate) only_weighs: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Weight {
    /// Multiplies the score of the term; where beginnings are sought, the whole word is one too.
    Term(f32, Option<Beginning>),
    /// All longer terms that begin so.
    Beginning(Beginning),
}

/// What a document scores that holds a word of a field which begins so: once, however many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Beginning {
    pub(crate) score: f32,
    /// A bit for each field.
    pub(crate) mark: u8,
}

fn beginnings(fields: &Fields) -> [(Field, Beginning); 2] {
    let beginning = |score, mark| Beginning { score, mark };
    [
        (fields.title_folded, beginning(TITLE_PREFIX, 0b01)),
        (fields.rest_folded, beginning(REST_PREFIX, 0b10)),
    ]
}

/// All terms of a word.
pub(crate) fn leaves<'a>(fields: &Fields, sought: &'a Sought) -> Vec<Leaf<'a>> {
    let mut leaves = Vec::new();
    for (place, form) in sought.forms.iter().enumerate() {
        form_leaves(fields, form, sought.prefix && place == 0, &mut leaves);
    }
    if sought.prefix {
        let text = sought.folded();
        leaves.extend(beginnings(fields).map(|(field, begins)| Leaf {
            field,
            text,
            weight: Weight::Beginning(begins),
            only_weighs: false,
        }));
    }
    leaves
}

fn form_leaves<'a>(
    fields: &Fields,
    form: &'a Form,
    is_beginning: bool,
    leaves: &mut Vec<Leaf<'a>>,
) {
    let begins = |field| {
        beginnings(fields)
            .into_iter()
            .find(|(it, _)| is_beginning && *it == field)
    };
    let mut term = |field, text, boost, only_weighs| {
        leaves.push(Leaf {
            field,
            text,
            weight: Weight::Term(boost * form.weight, begins(field).map(|(_, begins)| begins)),
            only_weighs,
        });
    };
    for stem in &form.stems {
        term(fields.title_stem, stem, TITLE_STEM, false);
        term(fields.category_stem, stem, CATEGORY_STEM, false);
        term(fields.text_stem, stem, TEXT_STEM, false);
    }
    if form.stems.is_empty() {
        term(fields.stop_words, &form.folded, STOP_WORD, false);
    }
    // Whatever is written so has the stem of the word without accents.
    let has_stem = !form.stems.is_empty();
    term(fields.title_folded, &form.folded, TITLE_EXACT, has_stem);
    if !form.is_stem {
        term(fields.rest_folded, &form.folded, REST_EXACT, has_stem);
    }
}
