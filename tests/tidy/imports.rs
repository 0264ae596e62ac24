//! Who may lean on whom: the table of `docs/ARCHITECTURE.md`, kept.

use crate::tree::{built, nothing_in, our_crates};
use cargo_metadata::{DependencyKind, Package};

const LIBS: [&str; 9] = [
    "sel", "store", "search", "finder", "gateways", "print", "words", "desk", "door",
];

/// Each crate of ours, and which of ours it may import. Tests may import everything.
const MAY_IMPORT: [(&str, &[&str]); 16] = [
    ("sel", &[]),
    ("search", &["sel"]),
    ("finder", &["sel", "store", "search"]),
    ("gateways", &[]),
    ("print", &[]),
    ("xtask", &[]),
    ("store", &["sel"]),
    ("words", &["sel"]),
    ("desk", &["sel", "store"]),
    ("door", &["sel", "store", "words"]),
    ("web", &LIBS),
    ("api", &LIBS),
    ("console", &LIBS),
    ("worker", &LIBS),
    (
        "saline",
        &[
            "sel", "store", "search", "finder", "gateways", "print", "words", "desk", "door",
            "web", "api", "console", "worker",
        ],
    ),
    ("saline-tests", &[]),
];

/// Crates of others that only these of ours may import.
const KEPT: [(&str, &[&str]); 9] = [
    ("sqlx", &["store", "saline-tests"]),
    (
        "poem",
        &["door", "web", "api", "console", "saline", "saline-tests"],
    ),
    ("poem-openapi", &["api"]),
    ("tantivy", &["search"]),
    ("lettre", &["gateways"]),
    ("image", &["gateways"]),
    ("typst", &["print"]),
    ("fluent-templates", &["words"]),
    ("argon2", &["desk"]),
];

/// `sel` decides; it waits for nothing.
const NOT_IN_SEL: [&str; 3] = ["tokio", "futures-util", "rand"];

/// One provider of TLS, and it is aws-lc-rs.
const NEVER_BUILT: [&str; 4] = ["ring", "openssl", "openssl-sys", "native-tls"];

/// A crate of ours and what it imports when it runs, or is built.
struct Crate {
    name: String,
    imports: Vec<String>,
}

impl Crate {
    fn of(package: &Package) -> Crate {
        let imports = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind != DependencyKind::Development)
            .map(|dependency| dependency.name.clone())
            .collect();
        Crate {
            name: package.name.to_string(),
            imports,
        }
    }
}

fn wrong_imports(ours: &[Crate]) -> Vec<String> {
    let is_ours = |name: &str| ours.iter().any(|other| other.name == name);
    let mut found = Vec::new();
    for it in ours {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == it.name) else {
            found.push(format!("`{}` is not in the table", it.name));
            continue;
        };
        for import in &it.imports {
            let kept = KEPT.iter().find(|(name, _)| name == import);
            let foreign = kept.is_some_and(|(_, keepers)| !keepers.contains(&it.name.as_str()));
            let ours_too = is_ours(import) && !allowed.contains(&import.as_str());
            let waits = it.name == "sel" && NOT_IN_SEL.contains(&import.as_str());
            if foreign || ours_too || waits {
                found.push(format!("`{}` imports `{import}`", it.name));
            }
        }
    }
    found
}

#[test]
fn each_crate_imports_what_the_table_allows() {
    let ours: Vec<Crate> = our_crates().iter().map(Crate::of).collect();
    assert!(ours.len() > 5, "the workspace was not read");
    nothing_in(&wrong_imports(&ours));
}

#[test]
fn only_one_provider_of_tls_is_built() {
    let built = built();
    assert!(
        built.iter().any(|name| name == "sel"),
        "the tree was not read"
    );
    let foreign = built
        .iter()
        .filter(|name| NEVER_BUILT.contains(&name.as_str()));
    nothing_in(
        &foreign
            .map(|name| format!("`{name}` is built"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn an_import_against_the_table_is_found() {
    let it = |name: &str, imports: &[&str]| Crate {
        name: name.to_owned(),
        imports: imports.iter().map(|import| (*import).to_owned()).collect(),
    };
    let ours = [
        it("sel", &["serde", "store", "tokio"]),
        it("store", &["sel", "sqlx"]),
        it("desk", &["sel", "sqlx", "poem"]),
        it("web", &["door", "worker"]),
        it("worker", &["store"]),
        it("door", &["poem"]),
        it("kitchen", &[]),
    ];
    let found = wrong_imports(&ours);
    let expected = [
        "`sel` imports `store`",
        "`sel` imports `tokio`",
        "`desk` imports `sqlx`",
        "`desk` imports `poem`",
        "`web` imports `worker`",
        "`kitchen` is not in the table",
    ];
    assert_eq!(found, expected);
}
