//! A name that could mean anything means nothing.

use super::rust_text::code_only;
use crate::tree::{Text, nothing_in, rust};

const FORBIDDEN: [&str; 11] = [
    "manager", "helper", "util", "common", "service", "data", "info", "new", "v2", "process",
    "handle",
];

/// What introduces the name of a module or of a type.
const KEYWORDS: [&str; 6] = ["mod", "struct", "enum", "union", "trait", "type"];

fn is_forbidden(word: &str) -> bool {
    let word = word.to_lowercase();
    let single = word.strip_suffix('s').unwrap_or(&word);
    FORBIDDEN.contains(&word.as_str()) || FORBIDDEN.contains(&single)
}

/// The words of `snake_case` and of `CamelCase`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for c in name.chars() {
        let starts = c == '_' || (c.is_uppercase() && !before.is_uppercase());
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c != '_') {
            word.push(c);
        }
        before = c;
    }
    words
}

fn bad_names(file: &Text) -> Vec<String> {
    let mut found = Vec::new();
    let folders: Vec<&str> = file.path.split('/').collect();
    for folder in &folders {
        let stem = folder.split('.').next().unwrap_or_default();
        if *folder == "mod.rs" || is_forbidden(stem) {
            found.push(format!(
                "{}: no file or folder is called `{folder}`",
                file.path
            ));
        }
    }
    for (at, line) in code_only(&file.body).lines().enumerate() {
        let tokens: Vec<&str> = line
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        for pair in tokens.windows(2) {
            let (keyword, name) = (pair[0], pair[1]);
            if KEYWORDS.contains(&keyword) && words(name).iter().any(|word| is_forbidden(word)) {
                found.push(format!("{}:{}: `{keyword} {name}`", file.path, at + 1));
            }
        }
    }
    found
}

#[test]
fn no_module_and_no_type_has_a_name_that_says_nothing() {
    nothing_in(&rust().iter().flat_map(bad_names).collect::<Vec<_>>());
}

#[test]
fn a_forbidden_word_is_found_in_modules_and_types_and_nowhere_else() {
    let bad = |path: &str, body: &str| bad_names(&Text::new(path, body)).len();
    assert_eq!(bad("libs/sel/src/helpers.rs", ""), 1);
    assert_eq!(bad("libs/sel/src/place/mod.rs", ""), 1);
    assert_eq!(bad("libs/common/src/lib.rs", ""), 1);
    assert_eq!(
        bad(
            "a.rs",
            "mod util;\npub struct ExchangeManager;\nenum UserInfo {}"
        ),
        3
    );
    assert_eq!(bad("a.rs", "type NewMember = ();\ntrait HttpHandle {}"), 2);
    assert_eq!(
        bad("a.rs", "// struct Data\nfn new() { let data = handle(); }"),
        0
    );
    assert_eq!(
        bad("a.rs", "struct Renewal; struct Database; mod newcomer;"),
        0
    );
}
