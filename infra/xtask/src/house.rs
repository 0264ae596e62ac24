//! Where things are: the root of the checkout, the target directory, cargo.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::say::Trouble;

/// What `cargo run` tells the program that it runs. A build script that watches one of these
/// would be rebuilt each time the two ways of calling cargo alternate.
const LEFT_BY_CARGO: [&str; 5] = [
    "CARGO_PKG_",
    "CARGO_MANIFEST_",
    "CARGO_BIN_",
    "CARGO_CRATE_",
    "CARGO_PRIMARY_",
];

#[derive(Debug)]
pub(crate) struct House {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    cargo: OsString,
}

impl House {
    pub(crate) fn find() -> Result<House, Trouble> {
        let here = env::current_dir()
            .map_err(|error| Trouble::new(format!("no current directory: {error}")))?;
        let root = root_above(&here)
            .ok_or_else(|| Trouble::new("call this from inside the Saline checkout"))?;
        let target = target_directory(env::var_os("CARGO_TARGET_DIR"), &here, &root);
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Ok(House {
            root,
            target,
            cargo,
        })
    }

    /// Cargo, in the root, building into `target`.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        for (name, _) in env::vars_os() {
            if left_by_cargo(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        command
    }

    /// The built `saline`; `profile` is the name of its directory, `debug` or `release`.
    pub(crate) fn saline(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("saline")
    }

    /// A built example, likewise.
    pub(crate) fn example(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join("examples").join(name)
    }

    /// Where the files wait that the server hands out when they are there.
    pub(crate) fn assets(&self) -> PathBuf {
        self.target.join("assets")
    }

    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }
}

fn root_above(here: &Path) -> Option<PathBuf> {
    here.ancestors()
        .find(|folder| folder.join("infra/xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
}

fn target_directory(asked: Option<OsString>, here: &Path, root: &Path) -> PathBuf {
    match asked {
        Some(asked) if !asked.is_empty() => here.join(asked),
        _ => root.join("target"),
    }
}

fn left_by_cargo(name: &str) -> bool {
    LEFT_BY_CARGO.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_from_any_folder_below() {
        let root = root_above(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(root.join("infra/xtask/src/house.rs").is_file());
        assert_eq!(root_above(&root.join("infra/xtask/src")).unwrap(), root);
        assert_eq!(root_above(Path::new("/")), None);
    }

    #[test]
    fn the_target_directory_is_ours_unless_asked_otherwise() {
        let (here, root) = (Path::new("/house/apps"), Path::new("/house"));
        let target = |asked: Option<&str>| target_directory(asked.map(Into::into), here, root);
        assert_eq!(target(None), Path::new("/house/target"));
        assert_eq!(target(Some("")), Path::new("/house/target"));
        assert_eq!(target(Some("/big/disk")), Path::new("/big/disk"));
        assert_eq!(target(Some("built")), Path::new("/house/apps/built"));
    }

    #[test]
    fn only_what_cargo_left_is_forgotten() {
        assert!(left_by_cargo("CARGO_PKG_NAME"));
        assert!(left_by_cargo("CARGO_MANIFEST_DIR"));
        assert!(!left_by_cargo("CARGO_HOME"));
        assert!(!left_by_cargo("CARGO_TERM_COLOR"));
    }
}
