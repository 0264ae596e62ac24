//! Every sentence that the program or a page says exists.

use super::rust_text::{closing, code_only, functions, production, strings};
use super::sentences::{Sentences, gather, locales};
use crate::tree::{Text, files, nothing_in, pages, rust};

/// Methods whose first argument is a key, or chooses one.
const SAYING: [&str; 7] = [".t", ".t1", ".t2", ".say", ".say_with", ".facts", ".knows"];
/// Calls in which a key stands somewhere.
const NAMING: [&str; 4] = [
    "marked",
    "Frame::platform",
    "Frame::guest",
    "Frame::present",
];

/// A key that is said, whole or only its beginning, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    key: String,
    whole: bool,
    path: String,
}

/// `refusal-name-empty`, or a single word in lower case.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.ends_with('-')
}

/// What stands between the brackets of each call of this name. A call is not a definition.
fn calls<'a>(text: &'a str, code: &str, name: &str) -> Vec<&'a str> {
    let opening = format!("{name}(");
    let found = code.match_indices(&opening).filter(|(at, _)| {
        let before = code[..*at].chars().next_back().unwrap_or(' ');
        let is_whole = name.starts_with('.') || (!before.is_alphanumeric() && before != '_');
        is_whole && !code[..*at].ends_with("fn ")
    });
    found
        .map(|(at, _)| {
            let bracket = at + opening.len() - 1;
            &text[bracket + 1..closing(code, bracket).saturating_sub(1).max(bracket + 1)]
        })
        .collect()
}

/// `format!("letter-{kind}")` says a key that begins with `letter-`.
fn beginning(argument: &str) -> Option<&str> {
    let format = argument
        .trim_start()
        .trim_start_matches('&')
        .strip_prefix("format!(")?;
    let written = strings(format).into_iter().next()?;
    written.split('{').next().filter(|start| !start.is_empty())
}

fn keys_of_call(argument: &str, first_only: bool) -> Vec<(String, bool)> {
    if let Some(start) = beginning(argument) {
        return vec![(start.to_owned(), false)];
    }
    let written = strings(argument);
    let first_is_written = argument.trim_start().starts_with('"');
    let chosen: Vec<&str> = if first_only && first_is_written {
        written.into_iter().take(1).collect()
    } else if first_only {
        written
            .into_iter()
            .filter(|text| is_key(text) && text.contains('-'))
            .collect()
    } else {
        written
            .into_iter()
            .filter(|text| is_key(text))
            .take(1)
            .collect()
    };
    chosen
        .into_iter()
        .map(|key| (key.to_owned(), true))
        .collect()
}

/// The keys that a text of Rust or a template says.
fn said(file: &Text, text: &str, code: &str) -> Vec<Said> {
    let mut keys = Vec::new();
    for (names, first_only) in [(&SAYING[..], true), (&NAMING[..], false)] {
        for name in names {
            for argument in calls(text, code, name) {
                keys.extend(keys_of_call(argument, first_only));
            }
        }
    }
    let path = &file.path;
    keys.into_iter()
        .map(|(key, whole)| Said {
            key,
            whole,
            path: path.clone(),
        })
        .collect()
}

/// What `fn key(&self)` answers, wherever it is written.
fn answered(file: &Text, text: &str, code: &str) -> Vec<Said> {
    let is_ours = |at: usize| {
        code[..at]
            .rfind("fn key")
            .is_some_and(|name| code[name..at].contains("&self"))
    };
    let bodies = functions(code)
        .into_iter()
        .filter(|function| function.name == "key" && is_ours(function.body.start));
    let keys = bodies.flat_map(|function| strings(&text[function.body]));
    keys.filter(|key| is_key(key))
        .map(|key| Said {
            key: key.to_owned(),
            whole: true,
            path: file.path.clone(),
        })
        .collect()
}

fn in_rust(file: &Text) -> Vec<Said> {
    let text = production(&file.body);
    let code = code_only(text);
    let mut keys = said(file, text, &code);
    keys.extend(answered(file, text, &code));
    keys
}

/// A template is code between braces: quotes outside of them are the page's own. Blanking what is
/// quoted inside leaves the brackets of each call to be counted.
fn in_page(file: &Text) -> Vec<Said> {
    let text: &str = &file.body;
    let mut keys = Vec::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for piece in text.split(open).skip(1) {
            let code = piece.split(close).next().unwrap_or_default();
            keys.extend(said(file, code, &code_only(code)));
        }
    }
    keys
}

fn unknown(said: &[Said], known: &Sentences) -> Vec<String> {
    let mut found: Vec<String> = said
        .iter()
        .filter(|it| {
            if it.whole {
                !known.contains_key(&it.key)
            } else {
                !known.keys().any(|key| key.starts_with(&it.key))
            }
        })
        .map(|it| {
            let rest = if it.whole { "" } else { "…" };
            format!("{}: nobody wrote `{}{rest}`", it.path, it.key)
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

fn all_said() -> Vec<Said> {
    let ours = rust().into_iter().filter(|file| {
        !file.is_test() && (file.path.starts_with("libs/") || file.path.starts_with("apps/"))
    });
    let mut all: Vec<Said> = ours.flat_map(|file| in_rust(&file)).collect();
    all.extend(pages().iter().flat_map(in_page));
    all.extend(files(&["apps", "libs"], "txt").iter().flat_map(in_page));
    all
}

#[test]
fn every_sentence_that_is_said_was_written() {
    let said = all_said();
    assert!(said.len() > 50, "the calls were not read");
    nothing_in(&unknown(&said, &gather(&locales(), "fr").0));
}

#[test]
fn keys_are_read_from_rust() {
    let body = "fn key(&self) -> &str { match self { A => \"refusal-a\", B(x) => x.key() } }\n\
        fn f() { words.say(\"one\"); words.say_with(\n \"two\", &[(\"name\", 1)]);\n\
        Frame::present(&it, \"three\", \"home\"); words.say(&format!(\"letter-{kind}\"));\n\
        self.t(if a { \"four-a\" } else { \"four-b\" }); fn t(key: &str) {} start(\"no\"); }\n\
        fn key(size: Size) -> &str { \"no\" }\n let say = |part| 1; say(\"no\");\n\
        #[cfg(test)]\nmod tests {\n say(\"no\")\n}\n";
    let keys: Vec<String> = in_rust(&Text::new("a.rs", body))
        .into_iter()
        .map(|said| said.key)
        .collect();
    assert_eq!(
        keys,
        [
            "four-a",
            "four-b",
            "one",
            "letter-",
            "two",
            "three",
            "refusal-a"
        ]
    );
}

#[test]
fn keys_are_read_from_pages() {
    let body = "<a title=\"t('x')\">{{ frame.t(\"one\") }}</a>{% if b %}\
        {{ frame.t1(\"two\", \"name\", a(b)) }}{% call f::text(frame, frame.t(\"three\")) %}\
        {{ frame.marked(\"four\", [(\"name\", x)]) }}{{ frame.t2(\"five\", \"a\", 1, \"b\", 2) }}";
    let mut keys: Vec<String> = in_page(&Text::new("a.html", body))
        .into_iter()
        .map(|said| said.key)
        .collect();
    keys.sort();
    assert_eq!(keys, ["five", "four", "one", "three", "two"]);
}

#[test]
fn what_nobody_wrote_is_found() {
    let known: Sentences = [("one".to_owned(), std::collections::BTreeSet::new())].into();
    let said = |key: &str, whole| Said {
        key: key.to_owned(),
        whole,
        path: "a.rs".to_owned(),
    };
    assert!(unknown(&[said("one", true), said("on", false)], &known).is_empty());
    let found = unknown(&[said("two", true), said("t", false)], &known);
    assert_eq!(
        found,
        ["a.rs: nobody wrote `two`", "a.rs: nobody wrote `t…`"].map(str::to_owned)
    );
}
