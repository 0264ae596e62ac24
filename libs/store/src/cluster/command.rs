//! The programs of PostgreSQL, run as its user and out of reach of the terminal.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::account::Account;
use super::{ADMINISTRATOR, Binaries, DATA, Error, PATIENCE};

/// `initdb` writes 40 MB and waits for the disk; `pg_ctl` has its own, shorter patience.
const LIMIT: Duration = Duration::from_mins(5);

/// Makes the data directory. It appears under its name only when it is whole, so that a start
/// which is cut off here begins again.
pub(super) async fn initialise(
    state: &Path,
    binaries: &Binaries,
    account: Account,
    durable: bool,
) -> Result<(), Error> {
    let fresh = state.join("pg.fresh");
    let mut outcome = Ok(());
    for locale in ["C.UTF-8", "C"] {
        if fresh.exists() {
            fs::remove_dir_all(&fresh).map_err(Error::at(&fresh))?;
        }
        account.private_directory(&fresh)?;
        let arguments = initdb_arguments(binaries.major, locale, durable);
        let mut arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        arguments.extend([OsStr::new("-D"), fresh.as_os_str()]);
        outcome = run(&binaries.program("initdb"), &arguments, account).await;
        match &outcome {
            Ok(()) => break,
            Err(error) => tracing::warn!(locale, %error, "the data directory was not made"),
        }
    }
    outcome?;
    fs::rename(&fresh, state.join(DATA)).map_err(Error::at(&fresh))?;
    File::open(state)
        .and_then(|state| state.sync_all())
        .map_err(Error::at(state))
}

/// Whoever reaches the socket is trusted, since its directory is closed; nobody comes by TCP.
fn initdb_arguments(major: u16, locale: &str, durable: bool) -> Vec<String> {
    let mut arguments = vec![
        format!("--username={ADMINISTRATOR}"),
        "--auth-local=trust".into(),
        "--auth-host=reject".into(),
        "--encoding=UTF8".into(),
        "--data-checksums".into(),
        "--no-instructions".into(),
        format!("--locale={locale}"),
    ];
    if major >= 17 {
        arguments.push("--locale-provider=builtin".into());
        arguments.push("--builtin-locale=C.UTF-8".into());
    } else {
        arguments.push("--locale-provider=libc".into());
    }
    if !durable {
        arguments.push("--no-sync".into());
    }
    arguments
}

/// Starts Postgres and waits until it accepts connections.
pub(super) async fn start(
    data: &Path,
    log: &Path,
    binaries: &Binaries,
    account: Account,
) -> Result<(), Error> {
    pg_ctl(
        data,
        &["start", "-l"].map(OsStr::new),
        &[log.as_os_str()],
        binaries,
        account,
    )
    .await
}

/// Stops Postgres, breaking off what it is doing, and waits until it is gone.
pub(super) async fn stop(data: &Path, binaries: &Binaries, account: Account) -> Result<(), Error> {
    pg_ctl(
        data,
        &["stop", "-m", "fast"].map(OsStr::new),
        &[],
        binaries,
        account,
    )
    .await
}

async fn pg_ctl(
    data: &Path,
    order: &[&OsStr],
    more: &[&OsStr],
    binaries: &Binaries,
    account: Account,
) -> Result<(), Error> {
    let patience = PATIENCE.as_secs().to_string();
    let mut arguments = [order, more].concat();
    arguments.extend(["-s", "-w", "-t", &patience, "-D"].map(OsStr::new));
    arguments.push(data.as_os_str());
    run(&binaries.program("pg_ctl"), &arguments, account).await
}

/// Appends a line to a file of the user's, as that user: root does not write where somebody else
/// may have put a symbolic link.
pub(super) async fn append_line(path: &Path, line: &str, account: Account) -> Result<(), Error> {
    let script = r#"printf '\n%s\n' "$1" >> "$2""#;
    let mut arguments = ["-c", script, "sh", line].map(OsStr::new).to_vec();
    arguments.push(path.as_os_str());
    run(Path::new("/bin/sh"), &arguments, account).await
}

async fn run(program: &Path, arguments: &[&OsStr], account: Account) -> Result<(), Error> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        // Our own environment may hold keys and passwords, and variables that PostgreSQL obeys.
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    if account.switched {
        command.uid(account.uid).gid(account.gid);
    }
    let failed = |said: String| Error::Command {
        program: program
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        said,
        log: String::new(),
    };
    let output = tokio::time::timeout(LIMIT, command.output())
        .await
        .map_err(|_| failed(format!("not done after {} s", LIMIT.as_secs())))?
        .map_err(Error::at(program))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim();
    Err(failed(if said.is_empty() {
        output.status.to_string()
    } else {
        said.to_owned()
    }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::write_program;
    use super::*;

    #[test]
    fn the_locale_is_the_own_one_of_postgresql_from_17_on() {
        let old = initdb_arguments(16, "C.UTF-8", true);
        assert!(old.contains(&"--locale-provider=libc".to_owned()));
        let new = initdb_arguments(17, "C", true);
        assert!(new.contains(&"--locale-provider=builtin".to_owned()));
        assert!(new.contains(&"--builtin-locale=C.UTF-8".to_owned()));
    }

    #[test]
    fn nobody_is_trusted_by_tcp_and_durable_data_are_synced() {
        let durable = initdb_arguments(15, "C", true);
        assert!(durable.contains(&"--auth-host=reject".to_owned()));
        assert!(!durable.contains(&"--no-sync".to_owned()));
        assert!(initdb_arguments(15, "C", false).contains(&"--no-sync".to_owned()));
    }

    /// An `initdb` that knows one locale only.
    const NARROW: &str = "#!/bin/sh\n\
        case \"$*\" in *--locale=C.UTF-8*) echo 'invalid locale name' >&2; exit 1;; esac\n\
        for last; do :; done; echo 15 > \"$last/PG_VERSION\"\n";

    #[tokio::test]
    async fn a_system_without_the_usual_locale_has_the_plain_one() {
        let state = Path::new("/tmp").join(format!("saline-locale-{}", std::process::id()));
        fs::create_dir_all(&state).expect("a directory");
        write_program(&state.join("initdb"), NARROW);
        let binaries = Binaries {
            directory: state.clone(),
            major: 15,
        };
        let account = Account::choose(&state).expect("a user");
        let made = initialise(&state, &binaries, account, false).await;
        let version = fs::read_to_string(state.join(DATA).join("PG_VERSION"));
        fs::remove_dir_all(&state).expect("an end to it");
        made.expect("data");
        assert_eq!(version.expect("a version"), "15\n");
    }

    #[tokio::test]
    async fn a_program_that_fails_is_quoted() {
        let account = Account {
            uid: 0,
            gid: 0,
            switched: false,
        };
        let shell = Path::new("/bin/sh");
        for (script, expected) in [("echo no >&2; exit 3", "no"), ("exit 3", "exit status: 3")] {
            let refused = run(shell, &["-c", script].map(OsStr::new), account).await;
            let Err(Error::Command { program, said, .. }) = refused else {
                panic!("{refused:?}")
            };
            assert_eq!((program.as_str(), said.as_str()), ("sh", expected));
        }
    }

    #[tokio::test]
    async fn our_environment_stays_with_us() {
        let account = Account {
            uid: 0,
            gid: 0,
            switched: false,
        };
        let script = "test -z \"$CARGO_MANIFEST_DIR\" && test \"$LC_ALL\" = C && test $PWD = /";
        run(
            Path::new("/bin/sh"),
            &["-c", script].map(OsStr::new),
            account,
        )
        .await
        .expect("clean");
    }
}
