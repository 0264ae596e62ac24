//! The top level is fixed, and migrations are read in the order of their names.

use crate::tree::{Text, files, nothing_in, root};
use std::fs;

const TOP: [&str; 11] = [
    "Cargo.toml",
    "Cargo.lock",
    "apps",
    "libs",
    "migrations",
    "infra",
    "docs",
    "tests",
    "CONTRIBUTING.md",
    "README.md",
    "LICENSE",
];

/// Git ignores it.
const BUILT: &str = "target";

fn is_at_home(name: &str) -> bool {
    name.starts_with('.') || name == BUILT || TOP.contains(&name)
}

/// `20261123090000_member_join.sql`: a moment, a noun, what happens to it.
fn is_migration_name(name: &str) -> bool {
    let Some((moment, rest)) = name.split_once('_') else {
        return false;
    };
    let Some(words) = rest.strip_suffix(".sql") else {
        return false;
    };
    let words: Vec<&str> = words.split('_').collect();
    moment.len() == 14
        && moment.chars().all(|c| c.is_ascii_digit())
        && words.len() >= 2
        && words.iter().all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// Words in capitals, outside of comments and quotes.
fn loud_words(file: &Text) -> Vec<String> {
    let mut found = Vec::new();
    let mut quoted = false;
    for (at, line) in file.body.lines().enumerate() {
        let line = line.split("--").next().unwrap_or_default();
        let mut code = String::new();
        for c in line.chars() {
            quoted ^= c == '\'';
            code.push(if quoted { ' ' } else { c });
        }
        let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let loud = words.filter(|word| {
            word.len() > 1
                && word.chars().any(|c| c.is_ascii_alphabetic())
                && !word.chars().any(|c| c.is_ascii_lowercase())
        });
        found.extend(loud.map(|word| format!("{}:{}: {word}", file.path, at + 1)));
    }
    found
}

fn name_of(file: &Text) -> &str {
    file.path.rsplit('/').next().unwrap_or_default()
}

#[test]
fn the_top_level_holds_what_it_should() {
    let entries = fs::read_dir(root()).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    nothing_in(&names.filter(|name| !is_at_home(name)).collect::<Vec<_>>());
}

#[test]
fn migrations_say_when_and_what() {
    let migrations = files(&["migrations"], "sql");
    assert!(!migrations.is_empty());
    let bad = migrations
        .iter()
        .map(name_of)
        .filter(|name| !is_migration_name(name));
    nothing_in(&bad.map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn sql_is_written_in_lower_case() {
    let migrations = files(&["migrations"], "sql");
    nothing_in(&migrations.iter().flat_map(loud_words).collect::<Vec<_>>());
}

#[test]
fn what_does_not_belong_on_top_is_found() {
    assert!(is_at_home("apps") && is_at_home(".gitignore") && is_at_home("target"));
    assert!(!is_at_home("clippy.toml") && !is_at_home("scripts"));
}

#[test]
fn a_migration_without_a_moment_or_a_noun_is_found() {
    assert!(is_migration_name("20261123090000_member_join.sql"));
    for name in [
        "2026112309000_member_join.sql",
        "20261123090000_member.sql",
        "member_join.sql",
    ] {
        assert!(!is_migration_name(name), "{name}");
    }
    assert!(!is_migration_name("20261123090000_Member_join.sql"));
    assert!(!is_migration_name("20261123090000_member_join.txt"));
}

#[test]
fn capitals_are_found_outside_of_quotes_and_comments() {
    let file = Text::new(
        "a.sql",
        "-- NOT this\nselect 'NOR THIS', 'it''s ME' FROM member;\n",
    );
    assert_eq!(loud_words(&file), ["a.sql:2: FROM"]);
}
