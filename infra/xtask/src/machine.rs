//! What must be installed on this machine, and how it comes there.

mod apt;
mod chromium;
mod node;
mod postgres;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub(crate) use node::{Zeal, npm_packages};

use crate::house::House;
use crate::say::{Trouble, say};

/// What the browser tests need and this machine cannot give.
#[derive(Debug)]
pub(crate) enum Lack {
    /// A program that is missing, by the name under which its absence may be allowed.
    Counterpart(&'static str, Trouble),
    /// Everything is there, and yet the preparation failed.
    Preparation(Trouble),
}

/// PostgreSQL's server programs, at least version 15: found, or installed, or asked for. Gives the
/// folder that they are in.
pub(crate) fn ensure_postgres() -> Result<PathBuf, Trouble> {
    let found = obtain(&apt::POSTGRES, || postgres::find(&search_path()))?;
    say(format!(
        "PostgreSQL {} is in {}",
        found.major,
        found.folder.display()
    ));
    Ok(found.folder)
}

/// A Redis for the tests to start and to stop: found, or installed, or asked for.
pub(crate) fn ensure_redis() -> Result<(), Trouble> {
    let find = || find_program(&search_path(), "redis-server");
    let found = obtain(&apt::REDIS, find)?;
    say(format!("Redis is {}", found.display()));
    Ok(())
}

/// All that `tests/browser` needs; gives the path of Chromium.
pub(crate) fn ensure_browser(house: &House) -> Result<PathBuf, Lack> {
    let chromium = find_chromium().map_err(|trouble| Lack::Counterpart("chromium", trouble))?;
    say(format!("Chromium is {}", chromium.display()));
    let major = obtain(&apt::NODE, || node::find(&search_path()))
        .map_err(|trouble| Lack::Counterpart("node", trouble))?;
    obtain(&apt::NPM, || find_program(&search_path(), "npm"))
        .map_err(|trouble| Lack::Counterpart("npm", trouble))?;
    say(format!("Node {major} and npm are there"));
    npm_packages(house, Zeal::Thorough).map_err(Lack::Preparation)?;
    Ok(chromium)
}

fn find_chromium() -> Result<PathBuf, Trouble> {
    if let Some(named) = env::var_os("SALINE_CHROMIUM").filter(|named| !named.is_empty()) {
        return chromium::named(Path::new(&named));
    }
    let find = || chromium::find(&search_path());
    if chromium::debian_package_is_real() {
        obtain(&apt::CHROMIUM, find)
    } else {
        find().ok_or_else(chromium::advice_without_package)
    }
}

/// Looks, installs if nothing was found, and looks again.
fn obtain<T>(need: &apt::Need, find: impl Fn() -> Option<T>) -> Result<T, Trouble> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(need, &search_path())?;
    find().ok_or_else(|| need.not_delivered())
}

fn search_path() -> std::ffi::OsString {
    env::var_os("PATH").unwrap_or_default()
}

/// The first executable file of that name in the directories of `path`.
fn find_program(path: &OsStr, name: &str) -> Option<PathBuf> {
    env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod scene {
    //! A machine made of a few files, for the tests beneath this module.

    use super::{PathBuf, PermissionsExt, fs};
    use std::process::Command;

    pub(super) struct Scene(pub(super) PathBuf);

    impl Scene {
        /// An empty folder of its own; `name` is the name of the test.
        pub(super) fn new(name: &str) -> Scene {
            let folder = format!("saline-xtask-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(folder);
            fs::create_dir_all(&path).unwrap();
            Scene(path)
        }

        pub(super) fn file(&self, path: &str, content: &str, mode: u32) -> PathBuf {
            let file = self.0.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, content).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            file
        }

        /// Written by another program: a file that we had open ourselves could still be open in
        /// a child that a neighbouring test is starting, and then nobody may run it.
        pub(super) fn program(&self, path: &str, script: &str) -> PathBuf {
            let file = self.0.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let write = r#"printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod 755 "$1""#;
            let mut shell = Command::new("sh");
            shell.args(["-c", write, "sh"]).arg(&file).arg(script);
            assert!(shell.status().unwrap().success());
            file
        }
    }

    impl Drop for Scene {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scene::Scene;

    #[test]
    fn the_first_program_on_the_path_is_found() {
        let scene = Scene::new("first-on-path");
        let far = scene.program("far/npm", "exit 0");
        let path = env::join_paths([scene.0.join("near"), scene.0.join("far")]).unwrap();
        assert_eq!(find_program(&path, "npm"), Some(far));
        let near = scene.program("near/npm", "exit 0");
        assert_eq!(find_program(&path, "npm"), Some(near));
    }

    #[test]
    fn a_file_that_cannot_be_run_is_no_program() {
        let scene = Scene::new("not-executable");
        scene.file("bin/npm", "", 0o644);
        fs::create_dir_all(scene.0.join("bin/node")).unwrap();
        let path = scene.0.join("bin").into_os_string();
        assert_eq!(find_program(&path, "npm"), None);
        assert_eq!(find_program(&path, "node"), None);
    }

    #[test]
    fn the_current_folder_is_never_searched() {
        assert_eq!(find_program(OsStr::new("::."), "Cargo.toml"), None);
        assert_eq!(find_program(OsStr::new(""), "sh"), None);
    }
}
