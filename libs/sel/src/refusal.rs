//! How a rule says no: not a failure, a sentence for the person.

/// Something a refusal's sentence names. Whoever speaks turns it into words of the reader's
/// language and of the SEL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Text(String),
    Count(i64),
    /// Units of the SEL, in minor units.
    Units(i64),
    Day(chrono::NaiveDate),
}

/// A refusal knows which sentence says it, which field of a form it is about, and what the sentence
/// names.
pub trait Refused {
    /// The key of the sentence.
    fn key(&self) -> &'static str;
    /// The field to mend; empty where the whole form is meant.
    fn field(&self) -> &'static str {
        ""
    }
    fn facts(&self) -> Vec<(&'static str, Fact)> {
        Vec::new()
    }
}
