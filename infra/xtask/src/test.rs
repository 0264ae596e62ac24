//! `cargo xtask test`: everything that must hold, in one run that ends with one line.

mod part;
mod report;
mod skips;
mod tally;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

pub(crate) use part::Part;
use report::{Report, Row, Verdict};
use skips::{Notes, Skip};
use tally::Tally;

use crate::house::House;
use crate::machine::{self, Lack};
use crate::say::{Trouble, complain, say};
use crate::server::Postgres;
use crate::{errand, font};

/// What one part found out.
type Finding = (Tally, Verdict, Vec<Skip>);

/// Runs the parts; a part that fails does not keep the others from running, except that nothing
/// is tested that does not build. False when anything failed.
pub(crate) fn test(house: &House, parts: &[Part]) -> Result<bool, Trouble> {
    if parts.iter().any(|part| part.needs_postgres()) {
        machine::ensure_postgres()?;
        machine::ensure_redis()?;
    }
    let browser = parts
        .contains(&Part::Browser)
        .then(|| prepare_browser(house));
    let mut report = Report::default();
    let mut built = true;
    for &part in parts {
        say(format!("\n== {}", part.name()));
        let start = Instant::now();
        let (tally, verdict, skips) = if part.needs_build() && !built {
            (
                Tally::default(),
                Verdict::NotRun("not run: it does not build"),
                Vec::new(),
            )
        } else {
            examine(house, part, browser.as_ref()).unwrap_or_else(|trouble| {
                complain(&trouble);
                failed("could not run")
            })
        };
        built &= part != Part::Build || verdict == Verdict::Good;
        report.rows.push(row(part, start.elapsed(), tally, verdict));
        report.skips.extend(skips);
    }
    let allowed = skips::allowed(&env::var("SALINE_ALLOW_SKIP").unwrap_or_default());
    report.lines(&allowed).iter().for_each(say);
    Ok(report.is_good(&allowed))
}

/// A part that went wrong without one test to blame counts as one failure, so that the last line
/// never says that nothing failed.
fn row(part: Part, time: Duration, tally: Tally, verdict: Verdict) -> Row {
    let blameless = matches!(verdict, Verdict::Bad(_)) && tally.failed == 0;
    let tally = if blameless {
        Tally { failed: 1, ..tally }
    } else {
        tally
    };
    Row {
        part,
        time,
        tally,
        verdict,
    }
}

fn examine(house: &House, part: Part, browser: Option<&Browser>) -> Result<Finding, Trouble> {
    match part {
        Part::Format => gate(&mut [cargo(house, "fmt --all --check")]),
        Part::Clippy => gate(&mut [cargo(
            house,
            "clippy --workspace --all-targets -- -D warnings",
        )]),
        Part::Build => gate(&mut [
            cargo(house, "build -p saline"),
            cargo(house, "test --workspace --no-run"),
        ]),
        Part::Rust => rust(house),
        Part::Browser => browser.map_or_else(|| Ok(absent()), |state| in_browser(house, state)),
    }
}

fn cargo(house: &House, words: &str) -> Command {
    let mut command = house.cargo();
    command.args(words.split(' '));
    command
}

/// A part without tests of its own: each of its commands must succeed.
fn gate(commands: &mut [Command]) -> Result<Finding, Trouble> {
    for command in commands {
        if !errand::run(command)? {
            return Ok(failed("failed"));
        }
    }
    Ok((Tally::default(), Verdict::Good, Vec::new()))
}

fn rust(house: &House) -> Result<Finding, Trouble> {
    if !build_saline(house)? {
        return Ok(failed("saline does not build"));
    }
    let notes = Notes::open(&house.target)?;
    let mut command = cargo(house, "test --workspace --no-fail-fast");
    command
        .env("SALINE_SKIPS", notes.path())
        .env("SALINE_BIN", house.saline("debug"));
    let mut tally = Tally::default();
    let good = errand::run_watched(&mut command, |line| tally.see_rust(line))?;
    // The tests share a Postgres that nobody of them stops.
    for state in [
        house.root.join("target/test-cluster"),
        env::temp_dir().join("saline-test-cluster"),
    ] {
        Postgres::stop_in(&state);
    }
    let mut skips = notes.read();
    skips::settle_rust(&mut tally, &mut skips);
    Ok((tally, judge(good, tally), skips))
}

/// Tests may start the program itself, also when the build was no part of this run.
fn build_saline(house: &House) -> Result<bool, Trouble> {
    errand::run(&mut cargo(house, "build -p saline"))
}

/// How `tests/browser` stands before it runs.
#[derive(Debug)]
enum Browser {
    Absent,
    Ready(PathBuf),
    Lacking(Lack),
}

fn prepare_browser(house: &House) -> Browser {
    if !house.browser_tests().join("package.json").is_file() {
        return Browser::Absent;
    }
    match machine::ensure_browser(house) {
        Ok(chromium) => {
            if let Err(trouble) = font::copy(house) {
                complain(&trouble);
            }
            Browser::Ready(chromium)
        }
        Err(lack) => {
            let (Lack::Counterpart(_, trouble) | Lack::Preparation(trouble)) = &lack;
            complain(trouble);
            Browser::Lacking(lack)
        }
    }
}

fn in_browser(house: &House, state: &Browser) -> Result<Finding, Trouble> {
    match state {
        Browser::Absent => Ok(absent()),
        Browser::Lacking(Lack::Preparation(_)) => Ok(failed("its npm packages are missing")),
        Browser::Lacking(Lack::Counterpart(name, _)) => {
            let tally = Tally {
                skipped: 1,
                ..Tally::default()
            };
            let skip = Skip::lacking(name, "all browser tests");
            Ok((tally, Verdict::NotRun("not run: see above"), vec![skip]))
        }
        Browser::Ready(chromium) => with_chromium(house, chromium),
    }
}

fn with_chromium(house: &House, chromium: &Path) -> Result<Finding, Trouble> {
    if !build_saline(house)? {
        return Ok(failed("saline does not build"));
    }
    let notes = Notes::open(&house.target)?;
    let mut command = Command::new("npm");
    command
        .args(["test", "--silent"])
        .current_dir(house.browser_tests())
        .env("SALINE_BIN", house.saline("debug"))
        .env("SALINE_CHROMIUM", chromium)
        .env("SALINE_ASSETS", house.assets())
        .env("SALINE_SKIPS", notes.path());
    let mut tally = Tally::default();
    let good = errand::run_watched(&mut command, |line| tally.see_node(line))?;
    let mut skips = notes.read();
    skips::settle_node(&mut tally, &mut skips);
    Ok((tally, judge(good, tally), skips))
}

/// A run of nothing is no good run: it means that the counting or the choosing broke.
fn judge(good: bool, tally: Tally) -> Verdict {
    match (good, tally) {
        (false, _) => Verdict::Bad("failed"),
        (true, tally) if tally.failed > 0 => Verdict::Bad("failed"),
        (true, tally) if !tally.ran() => Verdict::Bad("no test ran"),
        (true, _) => Verdict::Good,
    }
}

fn failed(reason: &'static str) -> Finding {
    (Tally::ONE_FAILURE, Verdict::Bad(reason), Vec::new())
}

fn absent() -> Finding {
    (
        Tally::default(),
        Verdict::NotRun("there are none yet"),
        Vec::new(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32) -> Tally {
        Tally {
            passed,
            failed,
            skipped: 0,
        }
    }

    #[test]
    fn a_run_is_good_when_its_tests_pass_and_its_program_agrees() {
        assert_eq!(judge(true, tally(3, 0)), Verdict::Good);
        assert_eq!(judge(false, tally(3, 0)), Verdict::Bad("failed"));
        assert_eq!(judge(true, tally(3, 1)), Verdict::Bad("failed"));
    }

    #[test]
    fn a_run_of_no_test_is_bad_and_of_one_is_good() {
        assert_eq!(judge(true, tally(0, 0)), Verdict::Bad("no test ran"));
        assert_eq!(judge(true, tally(1, 0)), Verdict::Good);
        let skipped = Tally {
            skipped: 4,
            ..Tally::default()
        };
        assert_eq!(judge(true, skipped), Verdict::Bad("no test ran"));
    }

    #[test]
    fn a_bad_part_without_a_failed_test_counts_as_one_failure() {
        let time = Duration::ZERO;
        let bad = row(Part::Rust, time, tally(3, 0), Verdict::Bad("failed"));
        assert_eq!(bad.tally, tally(3, 1));
        let bad = row(Part::Rust, time, tally(3, 2), Verdict::Bad("failed"));
        assert_eq!(bad.tally, tally(3, 2));
        let good = row(Part::Rust, time, tally(3, 0), Verdict::Good);
        assert_eq!(good.tally, tally(3, 0));
    }
}
