//! Finding PostgreSQL's server programs.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{find_program, is_program};
use crate::errand;

/// The oldest version that the migrations are written for.
const OLDEST: u32 = 15;
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];
/// Debian and Ubuntu keep each version in a folder of its own, off the PATH.
const VERSIONS: &str = "/usr/lib/postgresql";

#[derive(Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) folder: PathBuf,
    pub(crate) major: u32,
}

/// The newest version among the system's folders, else what `pg_config` or the PATH names.
pub(crate) fn find(path: &OsStr) -> Option<Found> {
    find_below(Path::new(VERSIONS), path)
}

fn find_below(versions: &Path, path: &OsStr) -> Option<Found> {
    newest(&folders_of_versions(versions))
        .or_else(|| newest(&folder_of_pg_config(path)))
        .or_else(|| newest(&folders_of_path(path)))
}

fn folders_of_versions(versions: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(versions).into_iter().flatten().flatten();
    entries.map(|entry| entry.path().join("bin")).collect()
}

fn folder_of_pg_config(path: &OsStr) -> Vec<PathBuf> {
    find_program(path, "pg_config")
        .and_then(|program| errand::answer(Command::new(program).arg("--bindir")))
        .map(PathBuf::from)
        .into_iter()
        .collect()
}

fn folders_of_path(path: &OsStr) -> Vec<PathBuf> {
    env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .collect()
}

fn newest(folders: &[PathBuf]) -> Option<Found> {
    folders
        .iter()
        .filter_map(|folder| inspect(folder))
        .max_by_key(|found| found.major)
}

fn inspect(folder: &Path) -> Option<Found> {
    if !PROGRAMS.iter().all(|name| is_program(&folder.join(name))) {
        return None;
    }
    let version = errand::answer(Command::new(folder.join("postgres")).arg("--version"))?;
    let major = major_version(&version).filter(|major| *major >= OLDEST)?;
    Some(Found {
        folder: folder.to_path_buf(),
        major,
    })
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15.
fn major_version(line: &str) -> Option<u32> {
    let (_, version) = line.split_once("(PostgreSQL) ")?;
    let digits = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    version[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    fn server(scene: &Scene, folder: &str, version: &str) {
        scene.program(&format!("{folder}/initdb"), "exit 0");
        scene.program(&format!("{folder}/pg_ctl"), "exit 0");
        let script = format!("echo 'postgres (PostgreSQL) {version}'");
        scene.program(&format!("{folder}/postgres"), &script);
    }

    fn found(scene: &Scene, path: &str) -> Option<Found> {
        find_below(&scene.0.join("versions"), scene.0.join(path).as_os_str())
    }

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        let said = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)";
        assert_eq!(major_version(said), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 17"), Some(17));
        assert_eq!(major_version("postgres (PostgreSQL) devel"), None);
        assert_eq!(major_version("mysqld 8.0"), None);
    }

    #[test]
    fn the_newest_of_several_is_chosen_by_number() {
        let scene = Scene::new("newest");
        server(&scene, "versions/9.6/bin", "9.6.24");
        server(&scene, "versions/15/bin", "15.18");
        server(&scene, "versions/100/bin", "100.1");
        let found = found(&scene, "nowhere").unwrap();
        assert_eq!(
            (found.major, found.folder),
            (100, scene.0.join("versions/100/bin"))
        );
    }

    #[test]
    fn version_15_is_accepted_and_14_is_not() {
        let scene = Scene::new("oldest");
        server(&scene, "versions/14/bin", "14.22");
        assert_eq!(found(&scene, "nowhere"), None);
        server(&scene, "versions/15/bin", "15.0");
        assert_eq!(found(&scene, "nowhere").unwrap().major, 15);
    }

    #[test]
    fn a_folder_that_lacks_one_program_does_not_count() {
        let scene = Scene::new("lacks-one");
        server(&scene, "versions/15/bin", "15.18");
        fs::remove_file(scene.0.join("versions/15/bin/initdb")).unwrap();
        assert_eq!(found(&scene, "nowhere"), None);
    }

    #[test]
    fn pg_config_is_asked_next_and_then_the_path() {
        let scene = Scene::new("pg-config");
        server(&scene, "path", "16.4");
        assert_eq!(found(&scene, "path").unwrap().folder, scene.0.join("path"));
        server(&scene, "elsewhere", "17.1");
        let script = format!("echo {}", scene.0.join("elsewhere").display());
        scene.program("path/pg_config", &script);
        assert_eq!(
            found(&scene, "path").unwrap().folder,
            scene.0.join("elsewhere")
        );
    }

    #[test]
    fn a_pg_config_of_an_old_version_hides_nothing() {
        let scene = Scene::new("old-pg-config");
        server(&scene, "old", "13.9");
        server(&scene, "path", "16.4");
        scene.program(
            "path/pg_config",
            &format!("echo {}", scene.0.join("old").display()),
        );
        assert_eq!(found(&scene, "path").unwrap().major, 16);
    }
}
