//! Finding a Chromium that really runs.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{find_program, is_program};
use crate::errand;
use crate::say::Trouble;

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The one that the person named in SALINE_CHROMIUM: that one or none.
pub(crate) fn named(file: &Path) -> Result<PathBuf, Trouble> {
    if is_program(file) && runs(file) {
        return Ok(file.to_path_buf());
    }
    let file = file.display();
    Err(Trouble::new(format!(
        "SALINE_CHROMIUM names {file}, which is no Chromium that runs"
    )))
}

pub(crate) fn find(path: &OsStr) -> Option<PathBuf> {
    NAMES
        .iter()
        .filter_map(|name| find_program(path, name))
        .find(|file| runs(file))
}

/// Where snaps cannot run, Ubuntu's `chromium-browser` is a script that only says so.
fn runs(file: &Path) -> bool {
    errand::run_unseen(Command::new(file).arg("--version"))
}

/// Whether the package `chromium` holds Chromium here: Ubuntu has it as a snap only.
pub(crate) fn debian_package_is_real() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    !is_ubuntu(&release)
}

fn is_ubuntu(os_release: &str) -> bool {
    os_release
        .lines()
        .any(|line| matches!(line.trim(), "ID=ubuntu" | "ID=\"ubuntu\""))
}

pub(crate) fn advice_without_package() -> Trouble {
    Trouble::new(
        "Chromium is missing and Ubuntu packages it only as a snap; please type: \
         sudo snap install chromium (or name any Chromium or Chrome in SALINE_CHROMIUM)",
    )
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    #[test]
    fn a_script_that_only_excuses_itself_is_passed_over() {
        let scene = Scene::new("excuse");
        scene.program(
            "bin/chromium-browser",
            "echo 'please install the snap'; exit 1",
        );
        let path = scene.0.join("bin").into_os_string();
        assert_eq!(find(&path), None);
        let chrome = scene.program("bin/google-chrome", "echo 'Google Chrome 156'");
        assert_eq!(find(&path), Some(chrome));
    }

    #[test]
    fn chromium_comes_before_chrome() {
        let scene = Scene::new("chromium-first");
        scene.program("bin/google-chrome", "exit 0");
        let chromium = scene.program("bin/chromium", "exit 0");
        assert_eq!(find(scene.0.join("bin").as_os_str()), Some(chromium));
    }

    #[test]
    fn the_one_that_was_named_must_run() {
        let scene = Scene::new("named");
        let good = scene.program("good", "exit 0");
        let bad = scene.program("bad", "exit 1");
        assert_eq!(named(&good), Ok(good));
        assert!(named(&bad).is_err());
        assert!(named(&scene.0.join("absent")).is_err());
    }

    #[test]
    fn ubuntu_is_told_from_its_relatives() {
        assert!(is_ubuntu("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"));
        assert!(!is_ubuntu("ID=debian\n"));
        assert!(!is_ubuntu("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
    }
}
