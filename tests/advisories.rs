//! No dependency has a known hole. The RustSec database lies beside the checkout as an archive;
//! where it does not, these tests say so and are counted as skipped.

use crate::tree::root;
use rustsec::advisory::Informational;
use rustsec::report::{Report, Settings};
use rustsec::{Database, Lockfile};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Vulnerabilities that do not reach us, and why.
const HARMLESS: [(&str, &str); 3] = [
    ("RUSTSEC-2023-0071", NO_PRIVATE_KEY),
    ("RUSTSEC-2026-0194", UNREAD_STYLES),
    ("RUSTSEC-2026-0195", UNREAD_STYLES),
];

const NO_PRIVATE_KEY: &str = "rsa 0.9 comes with openidconnect, and leaks by its timing what \
    private keys are; we have none, and check signatures with public ones";

const UNREAD_STYLES: &str = "quick-xml 0.38 comes with typst, which reads the styles of \
    bibliographies with it; our layouts have none, and the press opens no file";

/// The newest archive in a folder.
fn archive_in(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("rustsec-advisories-") && name.ends_with(".tar.gz")
        })
        .collect();
    found.sort();
    found.pop()
}

/// The database, or nothing where there is no archive: then the skip is noted under this name.
fn database(test: &str) -> Option<Database> {
    let Some(archive) = archive_in(&root().join("../shared/data")) else {
        println!("SKIPPED: {test}: needs shared-advisories");
        if let Some(notes) = std::env::var_os("SALINE_SKIPS") {
            note_skip(Path::new(&notes), test);
        }
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let unpacked = Command::new("tar")
        .arg("xzf")
        .arg(&archive)
        .arg("-C")
        .arg(folder.path())
        .status();
    assert!(
        unpacked.unwrap().success(),
        "{} does not unpack",
        archive.display()
    );
    let database = Database::open(folder.path()).unwrap();
    assert!(database.iter().count() > 500, "the database was not read");
    Some(database)
}

/// As `cargo xtask test` reads it: the counterpart, a tab, the test.
fn note_skip(notes: &Path, test: &str) {
    let mut notes = OpenOptions::new()
        .append(true)
        .create(true)
        .open(notes)
        .unwrap();
    writeln!(notes, "shared-advisories\t{test}").unwrap();
}

fn report(database: &Database, lock: &Lockfile) -> Report {
    let informational_warnings = vec![
        Informational::Notice,
        Informational::Unmaintained,
        Informational::Unsound,
    ];
    let ignore = HARMLESS.iter().map(|(id, _)| id.parse().unwrap()).collect();
    let settings = Settings {
        informational_warnings,
        ignore,
        ..Settings::default()
    };
    Report::generate(database, lock, &settings)
}

#[test]
fn no_dependency_has_a_known_vulnerability() {
    let Some(database) = database("no_dependency_has_a_known_vulnerability") else {
        return;
    };
    let lock = Lockfile::load(root().join("Cargo.lock")).unwrap();
    let report = report(&database, &lock);
    for warning in report.warnings.values().flatten() {
        let id = warning
            .advisory
            .as_ref()
            .map_or("no advisory", |it| it.id.as_str());
        let (kind, it) = (warning.kind.as_str(), &warning.package);
        println!("{kind}: {} {} ({id})", it.name, it.version);
    }
    let holes: Vec<String> = report
        .vulnerabilities
        .list
        .iter()
        .map(|hole| {
            let (it, advisory) = (&hole.package, &hole.advisory);
            format!(
                "{} {}: {} {}",
                it.name, it.version, advisory.id, advisory.title
            )
        })
        .collect();
    crate::tree::nothing_in(&holes);
}

#[test]
fn a_vulnerability_is_called_harmless_only_while_it_is_there() {
    let name = "a_vulnerability_is_called_harmless_only_while_it_is_there";
    let Some(database) = database(name) else {
        return;
    };
    let lock = Lockfile::load(root().join("Cargo.lock")).unwrap();
    let here: Vec<String> = database
        .vulnerabilities(&lock)
        .iter()
        .map(|hole| hole.advisory.id.as_str().to_owned())
        .collect();
    let gone = HARMLESS
        .iter()
        .filter(|(id, _)| !here.iter().any(|other| other == id));
    crate::tree::nothing_in(
        &gone
            .map(|(id, _)| format!("{id} is not here"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_package_with_a_known_hole_is_found() {
    let Some(database) = database("a_package_with_a_known_hole_is_found") else {
        return;
    };
    let lock = |version: &str| -> Lockfile {
        let source = "registry+https://github.com/rust-lang/crates.io-index";
        format!(
            "version = 4\n\n[[package]]\nname = \"smallvec\"\nversion = \"{version}\"\n\
             source = \"{source}\"\n"
        )
        .parse()
        .unwrap()
    };
    let found = |version: &str| -> Vec<String> {
        let report = report(&database, &lock(version));
        let holes = report.vulnerabilities.list.iter();
        holes
            .map(|hole| hole.advisory.id.as_str().to_owned())
            .collect()
    };
    assert!(found("1.6.0").contains(&"RUSTSEC-2021-0003".to_owned()));
    assert!(!found("1.6.1").contains(&"RUSTSEC-2021-0003".to_owned()));
}

#[test]
fn the_newest_archive_is_taken_and_none_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(archive_in(&folder.path().join("absent")), None);
    assert_eq!(archive_in(folder.path()), None);
    let file = |name: &str| {
        let path = folder.path().join(name);
        fs::write(&path, "").unwrap();
        path
    };
    file("rustsec-advisories-2026-08-21.tar.gz");
    let newest = file("rustsec-advisories-2026-11-02.tar.gz");
    file("surnames.fr.txt");
    assert_eq!(archive_in(folder.path()), Some(newest));
}

#[test]
fn a_skip_is_noted_under_its_counterpart() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("skips");
    note_skip(&notes, "one");
    note_skip(&notes, "two");
    let noted = fs::read_to_string(notes).unwrap();
    assert_eq!(noted, "shared-advisories\tone\nshared-advisories\ttwo\n");
}
