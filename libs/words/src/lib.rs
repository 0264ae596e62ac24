//! What people read: sentences in French and English through fluent, French typography, dates,
//! durations, and the words a SEL chose for its unit.

mod calendar;
mod typography;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use sel::amount::Unit;
use sel::refusal::{Fact, Refused};
use std::borrow::Cow;
use std::collections::HashMap;

pub use typography::typeset;

static_loader! {
    static SENTENCES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that Saline speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    French,
    English,
}

impl Language {
    pub fn as_str(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
        }
    }

    pub fn parse(text: &str) -> Option<Language> {
        match text {
            "fr" => Some(Language::French),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub fn accepted(header: &str) -> Option<Language> {
        let mut wanted: Vec<(f32, Language)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
                let language = Language::parse(tag.trim().split('-').next()?)?;
                let weight = weight.trim().strip_prefix("q=")?.parse().ok()?;
                Some((weight, language))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, language)| *language)
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Language::French => langid!("fr"),
            Language::English => langid!("en"),
        }
    }
}

/// Something that a sentence names.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<&&String> for Value {
    fn from(text: &&String) -> Value {
        Value::Text((*text).clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

macro_rules! numbers {
    ($($kind:ty),+) => {$(
        impl From<$kind> for Value {
            fn from(number: $kind) -> Value {
                Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
        impl From<&$kind> for Value {
            fn from(number: &$kind) -> Value {
                Value::from(*number)
            }
        }
    )+};
}
numbers!(i64, i32, i16, usize, u32);

/// The sentences of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub language: Language,
}

impl Words {
    pub fn new(language: Language) -> Words {
        Words { language }
    }

    /// The sentence of this key. A key that no language knows shows itself; a test keeps every key
    /// that the pages use known in both.
    pub fn say(&self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// The sentence of this key, naming these.
    pub fn say_with(&self, key: &str, names: &[(&'static str, Value)]) -> String {
        let names: HashMap<Cow<'static, str>, FluentValue<'static>> = names
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => FluentValue::from(text.clone()),
                    Value::Number(number) => FluentValue::from(*number),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        self.look_up(key, Some(&names))
    }

    fn look_up(
        &self,
        key: &str,
        names: Option<&HashMap<Cow<'static, str>, FluentValue<'static>>>,
    ) -> String {
        let said = SENTENCES.try_lookup_complete(&self.language.id(), key, names);
        match said {
            Some(text) if self.language == Language::French => typeset(&text),
            Some(text) => text,
            None => format!("[{key}]"),
        }
    }

    /// Whether this language has its own sentence of this key.
    pub fn knows(&self, key: &str) -> bool {
        SENTENCES
            .lookup_single_language::<&str>(&self.language.id(), key, None)
            .is_ok()
    }

    /// Why a rule said no, in a sentence that names amounts in the SEL's unit.
    pub fn refusal(&self, refusal: &dyn Refused, unit: &Unit) -> String {
        self.facts(refusal.key(), refusal.facts(), unit)
    }

    /// A sentence that names facts of the rules.
    pub fn facts(&self, key: &str, facts: Vec<(&'static str, Fact)>, unit: &Unit) -> String {
        let mut names: Vec<(&'static str, Value)> = facts
            .into_iter()
            .map(|(name, fact)| {
                let value = match fact {
                    Fact::Text(text) => Value::Text(text),
                    Fact::Count(count) => Value::Number(count),
                    Fact::Units(units) => Value::Text(unit.amount(units)),
                    Fact::Day(day) => Value::Text(self.short_day(day)),
                };
                (name, value)
            })
            .collect();
        names.push(("unit", Value::Text(unit.many.clone())));
        // A number as one writes it here: an hour and a half, or an hour.
        let example = match unit.decimals {
            0 => unit.hour(),
            _ => unit.hour() * 3 / 2,
        };
        names.push(("example", Value::Text(unit.figure(example))));
        self.say_with(key, &names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_language_is_the_first_we_speak() {
        assert_eq!(
            Language::accepted("fr-FR,fr;q=0.9,en;q=0.8"),
            Some(Language::French)
        );
        assert_eq!(
            Language::accepted("de,en;q=0.7,fr;q=0.3"),
            Some(Language::English)
        );
        assert_eq!(Language::accepted("de"), None);
        assert_eq!(Language::accepted(""), None);
        assert_eq!(Language::accepted(";;q=,"), None);
    }

    #[test]
    fn french_sentences_are_typeset() {
        let words = Words::new(Language::French);
        assert!(words.say("refusal-login-unknown").contains('\u{a0}') || words.knows("yes"));
        assert_eq!(words.say("no-such-key"), "[no-such-key]");
    }
}
