//! The last page of the settings: words that mean the same thing where the SEL is.

use super::{Step, Steps, frame};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble};
use poem::Response;
use sel::association::{Rules, synonyms};

#[derive(Template)]
#[template(path = "setup_words.html")]
struct WordsPage {
    frame: Frame,
    steps: Steps,
    errors: Errors,
    fields: Fields,
}

pub(super) fn typed(rules: &Rules) -> Fields {
    Fields::default().with("synonyms", rules.synonyms.join("\n"))
}

pub(super) fn page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    door::page(&WordsPage {
        frame: frame(present, Step::Words, &errors),
        steps: Steps::of(present, Step::Words),
        errors,
        fields,
    })
}

/// The rules with what was written.
pub(super) fn read(present: &Present, fields: &Fields) -> Result<Rules, Errors> {
    let rules = &present.rules;
    match synonyms(fields.get("synonyms")) {
        Ok(synonyms) => Ok(Rules {
            synonyms,
            ..rules.clone()
        }),
        Err(refusals) => Err(Errors::of_refusals(present.words(), &refusals, &rules.unit)),
    }
}
