//! What we build from must allow what we do with it: a program under the AGPL, run for others.

use crate::tree::{all_crates, nothing_in};
use cargo_metadata::Package;

/// Licences that ask for no more than the AGPL gives.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Licences that only these packages may have, and why.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "aws-lc-sys",
    "OpenSSL",
    "parts of aws-lc come from OpenSSL before its change of licence",
)];

fn is_allowed(package: &str, licence: &str) -> bool {
    ALLOWED.contains(&licence)
        || EXCEPTIONS
            .iter()
            .any(|(name, other, _)| *name == package && *other == licence)
}

/// Whether an SPDX expression lets us: of what `OR` joins one part, of what `AND` joins all.
fn lets_us(package: &str, expression: &str) -> bool {
    let expression = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let mut words = words.as_slice();
    let good = any_of(package, &mut words);
    good && words.is_empty()
}

fn any_of(package: &str, words: &mut &[&str]) -> bool {
    let mut good = all_of(package, words);
    while take(words, "OR") {
        let other = all_of(package, words);
        good = good || other;
    }
    good
}

fn all_of(package: &str, words: &mut &[&str]) -> bool {
    let mut good = one(package, words);
    while take(words, "AND") {
        let other = one(package, words);
        good = good && other;
    }
    good
}

fn one(package: &str, words: &mut &[&str]) -> bool {
    if take(words, "(") {
        let good = any_of(package, words);
        return take(words, ")") && good;
    }
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    if take(words, "WITH") {
        let Some((exception, rest)) = words.split_first() else {
            return false;
        };
        *words = rest;
        return is_allowed(package, &format!("{first} WITH {exception}"));
    }
    is_allowed(package, first)
}

fn take(words: &mut &[&str], word: &str) -> bool {
    match words.split_first() {
        Some((first, rest)) if *first == word => {
            *words = rest;
            true
        }
        _ => false,
    }
}

fn finding(package: &Package) -> Option<String> {
    let (name, version) = (&package.name, &package.version);
    match &package.license {
        None => Some(format!("{name} {version} does not say its licence")),
        Some(licence) if lets_us(name, licence) => None,
        Some(licence) => Some(format!("{name} {version}: {licence}")),
    }
}

#[test]
fn every_dependency_has_a_licence_that_lets_us() {
    let metadata = all_crates();
    let ours = &metadata.workspace_members;
    let foreign: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|package| !ours.contains(&package.id))
        .collect();
    assert!(foreign.len() > 50, "the packages were not read");
    nothing_in(&foreign.into_iter().filter_map(finding).collect::<Vec<_>>());
}

#[test]
fn of_what_or_joins_one_is_enough_and_of_what_and_joins_all_are_needed() {
    for good in [
        "MIT",
        "MIT OR GPL-3.0-only",
        "GPL-2.0-only/Apache-2.0",
        "(MIT OR GPL-2.0-only) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        "MIT AND ISC OR GPL-2.0-only",
    ] {
        assert!(lets_us("any", good), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "MIT AND (GPL-2.0-only OR SSPL-1.0)",
        "Apache-2.0 WITH Another-exception",
        "(MIT",
        "MIT)",
    ] {
        assert!(!lets_us("any", bad), "{bad}");
    }
}

#[test]
fn an_exception_holds_for_its_package_alone() {
    let licence = "ISC AND (Apache-2.0 OR ISC) AND OpenSSL";
    assert!(lets_us("aws-lc-sys", licence));
    assert!(!lets_us("another", licence));
}
