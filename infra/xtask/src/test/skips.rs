//! Tests that could not run because something outside was missing.
//!
//! Such a test appends one line to the file that `SALINE_SKIPS` names, the counterpart that it
//! lacks, a tab, its own name, and ends. A skip is a hole in the run, so that it fails the run
//! unless its counterpart is named in `SALINE_ALLOW_SKIP`.

use std::fs;
use std::path::{Path, PathBuf};

use super::tally::Tally;
use crate::say::Trouble;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Skip {
    /// None: the test was switched off, nothing outside can excuse that.
    pub(crate) counterpart: Option<String>,
    pub(crate) test: String,
}

impl Skip {
    pub(crate) fn lacking(counterpart: &str, test: &str) -> Skip {
        Skip {
            counterpart: Some(counterpart.to_owned()),
            test: test.to_owned(),
        }
    }

    fn switched_off(count: u32, part: &str) -> Skip {
        Skip {
            counterpart: None,
            test: format!("{count} switched off in {part}"),
        }
    }

    pub(crate) fn line(&self) -> String {
        match &self.counterpart {
            Some(counterpart) => format!("SKIPPED: {}: needs {counterpart}", self.test),
            None => format!("SKIPPED: {}: says nobody why", self.test),
        }
    }

    pub(crate) fn is_allowed(&self, allowed: &[String]) -> bool {
        self.counterpart
            .as_ref()
            .is_some_and(|counterpart| allowed.contains(counterpart))
    }
}

/// The file in which the tests of one part note their skips.
#[derive(Debug)]
pub(crate) struct Notes(PathBuf);

impl Notes {
    /// An empty file, whatever an earlier run left there.
    pub(crate) fn open(target: &Path) -> Result<Notes, Trouble> {
        let file = target.join("skips");
        fs::create_dir_all(target)
            .and_then(|()| fs::write(&file, ""))
            .map_err(|error| Trouble::new(format!("cannot write {}: {error}", file.display())))?;
        Ok(Notes(file))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn read(&self) -> Vec<Skip> {
        let text = fs::read(&self.0).unwrap_or_default();
        parse(&String::from_utf8_lossy(&text))
    }
}

fn parse(text: &str) -> Vec<Skip> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| match line.split_once('\t') {
            Some((counterpart, name)) => Skip::lacking(counterpart.trim(), name.trim()),
            None => Skip {
                counterpart: None,
                test: line.trim().to_owned(),
            },
        })
        .collect()
}

/// The names in `SALINE_ALLOW_SKIP`.
pub(crate) fn allowed(list: &str) -> Vec<String> {
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A Rust test that notes its skip returns early, and its runner counts it as passed; the ones
/// that its runner counts as ignored never ran, and noted nothing.
pub(crate) fn settle_rust(tally: &mut Tally, skips: &mut Vec<Skip>) {
    let noted = count(skips);
    if tally.skipped > 0 {
        skips.push(Skip::switched_off(tally.skipped, "rust"));
    }
    tally.passed = tally.passed.saturating_sub(noted);
    tally.skipped += noted;
}

/// A Node test that notes its skip also tells its runner, which counts it as skipped.
pub(crate) fn settle_node(tally: &mut Tally, skips: &mut Vec<Skip>) {
    let noted = count(skips);
    if tally.skipped > noted {
        skips.push(Skip::switched_off(tally.skipped - noted, "browser"));
    }
    let untold = noted.saturating_sub(tally.skipped);
    tally.passed = tally.passed.saturating_sub(untold);
    tally.skipped += untold;
}

fn count(skips: &[Skip]) -> u32 {
    u32::try_from(skips.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, skipped: u32) -> Tally {
        Tally {
            passed,
            failed: 0,
            skipped,
        }
    }

    #[test]
    fn each_line_is_a_counterpart_and_a_test() {
        let skips = parse("redis\tlimits survive a restart\n\nshared-advisories\tadvisories\n");
        assert_eq!(
            skips,
            [
                Skip::lacking("redis", "limits survive a restart"),
                Skip::lacking("shared-advisories", "advisories"),
            ]
        );
        assert_eq!(
            skips[0].line(),
            "SKIPPED: limits survive a restart: needs redis"
        );
    }

    #[test]
    fn a_line_without_a_counterpart_is_never_allowed() {
        let skips = parse("who knows\n");
        assert!(!skips[0].is_allowed(&allowed("who knows")));
    }

    #[test]
    fn only_a_named_counterpart_may_be_missing() {
        let skip = Skip::lacking("redis", "limits");
        assert!(skip.is_allowed(&allowed("chromium, redis")));
        assert!(!skip.is_allowed(&allowed("chromium,redis-cluster")));
        assert!(!skip.is_allowed(&allowed("")));
    }

    #[test]
    fn a_rust_test_that_noted_its_skip_has_not_passed() {
        let (mut tally, mut skips) = (tally(10, 0), vec![Skip::lacking("redis", "limits")]);
        settle_rust(&mut tally, &mut skips);
        assert_eq!((tally.passed, tally.skipped, skips.len()), (9, 1, 1));
    }

    #[test]
    fn an_ignored_rust_test_is_a_skip_that_nothing_allows() {
        let (mut tally, mut skips) = (tally(10, 2), vec![Skip::lacking("redis", "limits")]);
        settle_rust(&mut tally, &mut skips);
        assert_eq!((tally.passed, tally.skipped, skips.len()), (9, 3, 2));
        assert!(!skips[1].is_allowed(&allowed("redis")));
    }

    #[test]
    fn a_node_test_that_noted_and_told_its_skip_is_counted_once() {
        let (mut tally, mut skips) = (tally(5, 1), vec![Skip::lacking("vnu", "valid pages")]);
        settle_node(&mut tally, &mut skips);
        assert_eq!((tally.passed, tally.skipped, skips.len()), (5, 1, 1));
    }

    #[test]
    fn a_node_test_that_only_told_its_skip_is_not_excused() {
        let (mut tally, mut skips) = (tally(5, 2), vec![Skip::lacking("vnu", "valid pages")]);
        settle_node(&mut tally, &mut skips);
        assert_eq!((tally.passed, tally.skipped), (5, 2));
        assert_eq!(skips[1].counterpart, None);
    }

    #[test]
    fn a_node_test_that_only_noted_its_skip_has_not_passed() {
        let (mut tally, mut skips) = (tally(5, 0), vec![Skip::lacking("vnu", "valid pages")]);
        settle_node(&mut tally, &mut skips);
        assert_eq!((tally.passed, tally.skipped, skips.len()), (4, 1, 1));
    }

    #[test]
    fn the_notes_of_an_earlier_run_are_forgotten() {
        let target = std::env::temp_dir().join(format!("saline-skips-{}", std::process::id()));
        fs::create_dir_all(&target).unwrap();
        fs::write(target.join("skips"), "redis\told\n").unwrap();
        let notes = Notes::open(&target).unwrap();
        assert_eq!(notes.read(), []);
        fs::write(notes.path(), "redis\tnew\n").unwrap();
        assert_eq!(notes.read(), [Skip::lacking("redis", "new")]);
        fs::remove_dir_all(&target).unwrap();
    }
}
