//! The routes of a SEL's host, read where they are written: a new one is crawled at birth.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// What stands in an address: a thing, another that hangs on it, and their SEL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids<'a> {
    pub(crate) one: &'a str,
    pub(crate) other: &'a str,
    pub(crate) sel: &'a str,
}

impl<'a> From<&'a str> for Ids<'a> {
    fn from(id: &'a str) -> Ids<'a> {
        Ids {
            one: id,
            other: id,
            sel: id,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RouteOf {
    pub(crate) method: String,
    /// `/annonces/:id`
    pub(crate) path: String,
}

impl RouteOf {
    pub(crate) fn has_id(&self) -> bool {
        self.path.contains("/:")
    }

    /// Whether it names two things of a SEL.
    pub(crate) fn has_two(&self) -> bool {
        [":event", ":photo"].iter().any(|it| self.path.contains(it))
    }

    /// The path with these in place of its parameters.
    pub(crate) fn with<'a>(&self, ids: impl Into<Ids<'a>>) -> String {
        let Ids { one, other, sel } = ids.into();
        let part = |it: &str| match it {
            // Not an id.
            ":size" => "grande".to_owned(),
            // As the database makes it of `sel-de-lune`.
            ":code" => "SELD".to_owned(),
            ":slug" if self.path.contains("/sels/") => "sel-de-lune".to_owned(),
            // Of a SEL's own.
            ":provider" => format!("sel-{one}"),
            ":address" => one.replace('-', ""),
            ":sel" => sel.to_owned(),
            ":event" | ":photo" => other.to_owned(),
            it if it.starts_with(':') => one.to_owned(),
            it => it.to_owned(),
        };
        let parts: Vec<String> = self.path.split('/').map(part).collect();
        parts.join("/")
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// What stands between the parenthesis that is open and the one that closes it.
fn inside(text: &str) -> &str {
    let mut depth = 1;
    let end = text.char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The routes that a source declares with `.at("…", get(…).post(…))`.
pub(crate) fn of_source(text: &str) -> Vec<RouteOf> {
    let mut routes = Vec::new();
    for piece in text.split(".at(").skip(1) {
        let piece = inside(piece).trim();
        let Some((path, handlers)) = piece.split_once(',') else {
            continue;
        };
        let path = path.trim();
        // A path may have a name: `const BACK: &str = "/connexion/retour"`.
        let named = format!("const {path}: &str = \"");
        let path = path.replace("format!(\"{STOP}", &format!("\"{}", door::threshold::STOP));
        let path = path.trim_end_matches(')');
        let path = match path.strip_prefix('"') {
            Some(path) => path.trim_end_matches('"').to_owned(),
            None => match text.split_once(&named) {
                Some((_, rest)) => rest.split('"').next().unwrap().to_owned(),
                None => panic!("a route whose path is not known: {piece}"),
            },
        };
        for (method, mark) in [("GET", "get("), ("POST", "post(")] {
            if handlers.contains(mark) {
                let method = method.to_owned();
                let path = path.clone();
                routes.push(RouteOf { method, path });
            }
        }
    }
    routes
}

/// All routes that pages of SELs and of the platform have.
pub(crate) fn of_pages() -> Vec<RouteOf> {
    of_folder("../apps/web/src")
}

/// All routes of the console.
pub(crate) fn of_console() -> Vec<RouteOf> {
    of_folder("../apps/console/src")
}

fn of_folder(folder: &str) -> Vec<RouteOf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    sources(&folder, &mut files);
    let mut routes: Vec<RouteOf> = files
        .iter()
        .flat_map(|file| of_source(&std::fs::read_to_string(file).unwrap()))
        .collect();
    routes.sort();
    routes.dedup();
    routes
}

/// All that programs may ask.
pub(crate) fn of_programs() -> Vec<RouteOf> {
    let document: Value = serde_json::from_str(&api::document()).unwrap();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let parts = path.split('/').map(|part| match part.strip_prefix('{') {
                Some(name) => format!(":{}", name.trim_end_matches('}')),
                None => part.to_owned(),
            });
            let path = parts.collect::<Vec<_>>().join("/");
            routes.push(RouteOf {
                method: method.to_uppercase(),
                path: format!("{}{path}", api::BASE),
            });
        }
    }
    routes
}

#[test]
fn routes_are_read_where_they_are_written() {
    let text = "const BACK: &str = \"/b\";\nroute.at(\"/a/:id\", get(show).post(f(x)))\n\
                .at(BACK, get(end))";
    let it = |method: &str, path: &str| RouteOf {
        method: method.to_owned(),
        path: path.to_owned(),
    };
    let read = of_source(text);
    assert_eq!(
        read,
        [it("GET", "/a/:id"), it("POST", "/a/:id"), it("GET", "/b")]
    );
    assert!(of_pages().len() > 150, "{}", of_pages().len());
    assert!(of_programs().len() > 15);
}
