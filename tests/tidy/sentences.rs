//! Each sentence exists in every language, once, and names the same things there.

use crate::tree::{Text, files, nothing_in};
use std::collections::{BTreeMap, BTreeSet};

/// The languages of `libs/words/locales`; French is the one that is written first.
pub(crate) const LANGUAGES: [&str; 2] = ["fr", "en"];

/// A key and what its sentence names.
pub(crate) type Sentences = BTreeMap<String, BTreeSet<String>>;

/// Reads a fluent file: the keys in order, each with the variables of its sentence.
fn read(body: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in body.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let key: String = line.chars().take_while(|c| is_key_letter(*c)).collect();
        if !key.is_empty() && line[key.len()..].trim_start().starts_with('=') {
            found.push((key, BTreeSet::new()));
        }
        if let Some((_, names)) = found.last_mut() {
            names.extend(variables(line));
        }
    }
    found
}

fn is_key_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn variables(line: &str) -> impl Iterator<Item = String> {
    let pieces = line.split('$').skip(1);
    pieces.map(|piece| piece.chars().take_while(|c| is_key_letter(*c)).collect())
}

/// All sentences of a language, and the keys that it has twice.
pub(crate) fn gather(files: &[Text], language: &str) -> (Sentences, Vec<String>) {
    let folder = format!("/locales/{language}/");
    let (mut sentences, mut twice) = (Sentences::new(), Vec::new());
    for file in files.iter().filter(|file| file.path.contains(&folder)) {
        for (key, names) in read(&file.body) {
            if sentences.insert(key.clone(), names).is_some() {
                twice.push(format!("{}: `{key}` is there twice", file.path));
            }
        }
    }
    (sentences, twice)
}

pub(crate) fn locales() -> Vec<Text> {
    files(&["libs/words/locales"], "ftl")
}

fn compare(files: &[Text]) -> Vec<String> {
    let mut found = Vec::new();
    let all = LANGUAGES.map(|language| {
        let (sentences, twice) = gather(files, language);
        found.extend(twice);
        (language, sentences)
    });
    for (language, sentences) in &all {
        for (other, others) in all.iter().filter(|(other, _)| other != language) {
            for (key, names) in sentences {
                match others.get(key) {
                    None => found.push(format!("`{key}` is in {language} and not in {other}")),
                    Some(theirs) => found.extend(names.difference(theirs).map(|name| {
                        format!("`{key}` names ${name} in {language} and not in {other}")
                    })),
                }
            }
        }
    }
    found
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let files = locales();
    assert!(
        !gather(&files, "fr").0.is_empty(),
        "the sentences were not read"
    );
    nothing_in(&compare(&files));
}

#[test]
fn a_missing_sentence_or_name_is_found() {
    let file = |language: &str, body: &str| {
        Text::new(&format!("libs/words/locales/{language}/base.ftl"), body)
    };
    let french = "# note\nhello = Bonjour { $name }\nmany = { $count ->\n    [one] un\n   \
                  *[other] { $count } { $unit }\n}\nonly = Seul\nonly = Encore\n";
    let english = "hello = Hello { $who }\nmany = { $count ->\n   *[other] { $count }\n}\n";
    let found = compare(&[file("fr", french), file("en", english)]);
    let expected = [
        "libs/words/locales/fr/base.ftl: `only` is there twice",
        "`hello` names $name in fr and not in en",
        "`many` names $unit in fr and not in en",
        "`only` is in fr and not in en",
        "`hello` names $who in en and not in fr",
    ];
    assert_eq!(found, expected);
}
