//! Node, npm, and the packages of the browser tests.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::find_program;
use crate::errand;
use crate::house::House;
use crate::say::{Trouble, say};

/// The first Node whose test runner prints the totals that we count.
const OLDEST: u32 = 18;

/// How much the packages are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Zeal {
    /// As patient as npm itself, and its errors shown.
    Thorough,
    /// Once, quickly and silently.
    OneTry,
}

/// The major version of a Node that is new enough.
pub(crate) fn find(path: &OsStr) -> Option<u32> {
    let program = find_program(path, "node")?;
    let version = errand::answer(Command::new(program).arg("--version"))?;
    major_version(&version).filter(|major| *major >= OLDEST)
}

/// `v20.20.2` is 20.
fn major_version(line: &str) -> Option<u32> {
    line.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Brings `node_modules` of the browser tests up to what their lock file says.
pub(crate) fn npm_packages(house: &House, zeal: Zeal) -> Result<(), Trouble> {
    let folder = house.browser_tests();
    if !is_stale(&folder) {
        return Ok(());
    }
    if !folder.join("package-lock.json").is_file() {
        return Err(Trouble::new("tests/browser has no package-lock.json"));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let npm = find_program(&path, "npm")
        .ok_or_else(|| Trouble::new("npm is missing, tests/browser cannot have its packages"))?;
    let mut command = Command::new(npm);
    command
        .current_dir(&folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    let good = match zeal {
        Zeal::Thorough => errand::run(command.stdin(Stdio::null()))?,
        Zeal::OneTry => {
            say("fetching the npm packages of tests/browser");
            errand::run_unseen(command.args(["--fetch-retries=0", "--fetch-timeout=20000"]))
        }
    };
    if good {
        Ok(())
    } else {
        Err(Trouble::new("npm ci failed in tests/browser"))
    }
}

/// npm writes its own copy of the lock file last, so that it dates the last good installation.
fn is_stale(folder: &Path) -> bool {
    let written = |file: &str| fs::metadata(folder.join(file)).and_then(|meta| meta.modified());
    match (
        written("package-lock.json"),
        written("node_modules/.package-lock.json"),
    ) {
        (Ok(asked), Ok(installed)) => asked > installed,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use std::time::Duration;

    fn node(scene: &Scene, version: &str) {
        scene.program("bin/node", &format!("echo {version}"));
    }

    #[test]
    fn node_18_is_new_enough_and_17_is_not() {
        let scene = Scene::new("node");
        let path = scene.0.join("bin").into_os_string();
        assert_eq!(find(&path), None);
        node(&scene, "v17.9.1");
        assert_eq!(find(&path), None);
        node(&scene, "v18.0.0");
        assert_eq!(find(&path), Some(18));
    }

    #[test]
    fn the_major_version_is_read_from_what_node_says() {
        assert_eq!(major_version("v24.21.0"), Some(24));
        assert_eq!(major_version("v25"), Some(25));
        assert_eq!(major_version("24.21.0"), None);
        assert_eq!(major_version("vNext"), None);
    }

    #[test]
    fn packages_are_stale_when_missing_or_older_than_the_lock_file() {
        let scene = Scene::new("stale-packages");
        let lock = scene.file("package-lock.json", "{}", 0o644);
        assert!(is_stale(&scene.0));
        let installed = scene.file("node_modules/.package-lock.json", "{}", 0o644);
        let written = |file: &Path| fs::metadata(file).unwrap().modified().unwrap();
        let date = |seconds| written(&installed) + Duration::from_secs(seconds);
        let touch = |seconds| {
            fs::File::options()
                .write(true)
                .open(&lock)
                .unwrap()
                .set_modified(date(seconds))
                .unwrap();
        };
        touch(0);
        assert!(!is_stale(&scene.0));
        touch(1);
        assert!(is_stale(&scene.0));
    }

    #[test]
    fn a_half_finished_installation_is_stale() {
        let scene = Scene::new("half-finished");
        scene.file("package-lock.json", "{}", 0o644);
        scene.file("node_modules/playwright-core/index.js", "", 0o644);
        assert!(is_stale(&scene.0));
    }
}
