//! What is wrong with a form, field by field, in sentences.

use poem::http::StatusCode;
use sel::amount::Unit;
use sel::refusal::Refused;
use words::Words;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The id of the field; empty where the whole form is meant.
    pub field: String,
    pub text: String,
}

/// All that is to mend in a form. A field is named once: its first refusal is the one to mend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<Wrong>);

impl Errors {
    pub fn none() -> Errors {
        Errors::default()
    }

    /// The refusals of a rule, amounts in the SEL's unit.
    pub fn of_refusals<R: Refused>(words: Words, refusals: &[R], unit: &Unit) -> Errors {
        let mut errors = Errors::default();
        for refusal in refusals {
            errors.add(refusal.field(), words.refusal(refusal, unit));
        }
        errors
    }

    pub fn add(&mut self, field: &str, text: impl Into<String>) {
        if field.is_empty() || self.of(field).is_none() {
            self.0.push(Wrong {
                field: field.to_owned(),
                text: text.into(),
            });
        }
    }

    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|wrong| wrong.field == field)
            .map(|wrong| wrong.text.as_str())
    }

    pub fn list(&self) -> &[Wrong] {
        &self.0
    }

    /// The status of a page with a form: whether something in it is to mend.
    pub fn code(&self) -> StatusCode {
        if self.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The unit that sentences name where no SEL is open yet.
pub fn no_unit() -> Unit {
    Unit {
        one: "grain".into(),
        many: "grains".into(),
        per_hour: 60,
        decimals: 0,
    }
}
