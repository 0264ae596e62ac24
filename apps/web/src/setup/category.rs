//! The third page: under which rubrics the SEL files its notices.

use super::{Step, Steps, frame};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble};
use poem::Response;
use sel::association::Rules;
use sel::rubric::RUBRICS;
use store::Scope;
use words::Language;

const FIELD: &str = "categories";

#[derive(Template)]
#[template(path = "setup_categories.html")]
struct CategoriesPage {
    frame: Frame,
    steps: Steps,
    errors: Errors,
    fields: Fields,
    /// Code and name.
    rubrics: Vec<(&'static str, &'static str)>,
}

pub(super) async fn typed(scope: &mut Scope) -> Result<Fields, Trouble> {
    let kept = store::category::list(scope).await?;
    Ok(kept
        .into_iter()
        .fold(Fields::default(), |fields, category| {
            fields.with(FIELD, category.code)
        }))
}

pub(super) fn page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let language = present.words().language;
    door::page(&CategoriesPage {
        frame: frame(present, Step::Categories, &errors),
        steps: Steps::of(present, Step::Categories),
        rubrics: RUBRICS
            .iter()
            .map(|rubric| match language {
                Language::French => (rubric.code, rubric.name),
                Language::English => (rubric.code, rubric.name_en),
            })
            .collect(),
        errors,
        fields,
    })
}

/// Keeps the rubrics that were ticked; the rules stay as they are.
pub(super) async fn save(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<Rules, Errors>, Trouble> {
    let codes = fields.all(FIELD);
    match desk::association::keep_categories(&mut present.scope, &codes).await {
        Ok(()) => Ok(Ok(present.rules.clone())),
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let words = present.words();
            Ok(Err(Errors::of_refusals(
                words,
                &[refusal],
                &present.rules.unit,
            )))
        }
    }
}
