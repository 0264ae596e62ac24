use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

/// A state directory that takes its Postgres with it when the test ends, however it ends.
struct Ground(PathBuf);

impl Ground {
    fn new() -> Ground {
        Ground::beneath("")
    }

    fn beneath(more: &str) -> Ground {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("saline-cluster-{}-{count}{more}", std::process::id());
        let ground = Ground(Path::new("/tmp").join(name));
        fs::create_dir_all(&ground.0).expect("a directory for the test");
        ground
    }

    fn settings(&self) -> Settings {
        Settings {
            directory: self.0.clone(),
            durable: false,
            shared: false,
        }
    }

    fn data(&self) -> PathBuf {
        self.0.join(DATA)
    }

    fn account(&self) -> Account {
        Account::choose(&self.data()).expect("a user for Postgres")
    }

    /// A command as the user that runs Postgres.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let account = self.account();
        if account.switched {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }
}

/// Written by another process: a program that this one holds open for writing, or a child
/// that a neighbouring test is just about to start, cannot be run.
pub(super) fn write_program(path: &Path, text: &str) {
    let script = r#"printf %s "$2" > "$1" && chmod 755 "$1""#;
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, "sh"]).arg(path).arg(text);
    assert!(command.status().expect("a shell").success());
}

impl Drop for Ground {
    fn drop(&mut self) {
        if self.data().join("postmaster.pid").exists() {
            let binaries = find_binaries(&self.0).expect("a PostgreSQL");
            let _ = self
                .command(&binaries.program("pg_ctl"))
                .args(["stop", "-s", "-m", "immediate", "-D"])
                .arg(self.data())
                .current_dir("/")
                .status();
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn ask(cluster: &Cluster, query: &'static str) -> String {
    let mut connection = PgConnection::connect_with(&cluster.administrator())
        .await
        .expect("a connection");
    let answer = sqlx::query_scalar(query)
        .fetch_one(&mut connection)
        .await
        .expect("an answer");
    connection.close().await.expect("a farewell");
    answer
}

const SINCE: &str = "select pg_postmaster_start_time()::text";

#[tokio::test]
async fn data_survive_a_stop_and_a_start() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings())
        .await
        .expect("a first start");
    assert_eq!(ask(&cluster, "show fsync").await, "off");
    ask(&cluster, "select lo_from_bytea(4242, 'kept')::text").await;
    cluster.stop().await.expect("a stop");
    assert!(!ground.data().join("postmaster.pid").exists());

    let durable = Settings {
        durable: true,
        ..ground.settings()
    };
    let cluster = Cluster::start(durable).await.expect("a second start");
    let kept = "select convert_from(lo_get(4242), 'UTF8')";
    assert_eq!(ask(&cluster, kept).await, "kept");
    assert_eq!(ask(&cluster, "show fsync").await, "on");
    let configuration = fs::read_to_string(ground.data().join("postgresql.conf"))
        .expect("the configuration of Postgres");
    assert_eq!(configuration.matches("saline.conf").count(), 1);
    cluster.stop().await.expect("a second stop");
}

#[tokio::test]
async fn it_is_private_checked_and_speaks_french() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    assert_eq!(ask(&cluster, "show listen_addresses").await, "");
    assert_eq!(ask(&cluster, "show data_checksums").await, "on");
    assert_eq!(ask(&cluster, "show server_encoding").await, "UTF8");
    assert_eq!(
        ask(&cluster, "select lower('ÉCHANGE À NOËL')").await,
        "échange à noël"
    );
    let major = ask(
        &cluster,
        "select (current_setting('server_version_num')::int/10000)::text",
    )
    .await;
    assert_eq!(major, cluster.data_version().to_string());
    let found = fs::metadata(&cluster.socket).expect("the directory of the socket");
    assert_eq!(
        (found.uid(), found.mode() & 0o777),
        (ground.account().uid, 0o700)
    );
    assert_ne!(found.uid(), 0, "Postgres never runs as root");
    cluster.stop().await.expect("a stop");
}

#[tokio::test]
async fn the_terminal_does_not_reach_it() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    let file = fs::read_to_string(ground.data().join("postmaster.pid")).expect("its number");
    let pid = file.lines().next().expect("a first line");
    let group = |process: &str| -> String {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("its state");
        let (_, rest) = stat.rsplit_once(')').expect("its name");
        rest.split_whitespace()
            .nth(2)
            .expect("its group")
            .to_owned()
    };
    assert_ne!(group(pid), group("self"));
    cluster.stop().await.expect("a stop");
}

#[tokio::test]
async fn a_second_one_on_the_same_state_is_refused() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    let second = Cluster::start(ground.settings()).await;
    assert!(matches!(second, Err(Error::InUse { .. })), "{second:?}");
    cluster.stop().await.expect("a stop");
}

#[tokio::test]
async fn a_dropped_one_is_joined_by_the_next() {
    let ground = Ground::beneath(", l'état");
    let cut_off = ground.0.join("pg.fresh");
    fs::create_dir(&cut_off).expect("what a start that was cut off leaves");
    fs::write(cut_off.join("PG_VERSION"), "15\n").expect("half of the data");
    let first = Cluster::start(ground.settings()).await.expect("a start");
    let since = ask(&first, SINCE).await;
    drop(first);
    let next = Cluster::start(ground.settings())
        .await
        .expect("a start after it");
    assert_eq!(ask(&next, SINCE).await, since);
    next.stop().await.expect("a stop");
    assert!(!ground.data().join("postmaster.pid").exists());
}

#[tokio::test]
async fn one_that_is_gone_already_is_stopped_without_complaint() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    command::stop(&ground.data(), &cluster.binaries, cluster.account)
        .await
        .expect("a stop by somebody else");
    cluster.stop().await.expect("nothing to stop");
}

#[tokio::test]
async fn one_that_was_killed_is_started_again() {
    let ground = Ground::new();
    let first = Cluster::start(ground.settings()).await.expect("a start");
    let file = fs::read_to_string(ground.data().join("postmaster.pid")).expect("its number");
    let pid = file.lines().next().expect("a first line");
    let killed = Command::new("/bin/sh")
        .args(["-c", "kill -9 \"$1\"", "sh", pid])
        .status();
    assert!(killed.expect("a kill").success());
    drop(first);
    let next = Cluster::start(ground.settings())
        .await
        .expect("a start after it");
    next.stop().await.expect("a stop");
}

#[tokio::test]
async fn one_whose_socket_is_lost_is_started_again() {
    let ground = Ground::new();
    let first = Cluster::start(ground.settings()).await.expect("a start");
    let since = ask(&first, SINCE).await;
    fs::remove_file(first.socket.join(socket::FILE)).expect("a socket to lose");
    drop(first);
    let next = Cluster::start(ground.settings())
        .await
        .expect("a start after it");
    assert_ne!(ask(&next, SINCE).await, since);
    next.stop().await.expect("a stop");
}

#[tokio::test]
async fn several_share_one_and_nobody_stops_it() {
    let ground = Ground::new();
    let settings = Settings {
        shared: true,
        ..ground.settings()
    };
    let start = || Cluster::start(settings.clone());
    let (one, two, three) = tokio::join!(start(), start(), start());
    let (one, two, three) = (one.expect("one"), two.expect("two"), three.expect("three"));
    let since = ask(&one, SINCE).await;
    one.stop().await.expect("a stop of nothing");
    assert_eq!(ask(&two, SINCE).await, since);
    assert_eq!(ask(&three, SINCE).await, since);
    let alone = Cluster::start(ground.settings())
        .await
        .expect("a last one, alone");
    alone.stop().await.expect("a stop");
    assert!(!ground.data().join("postmaster.pid").exists());
}

#[tokio::test]
async fn a_long_state_directory_has_its_socket_elsewhere() {
    let ground = Ground::beneath(&format!(", l'état {}", "s".repeat(90)));
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    let socket = cluster.socket.clone();
    assert!(!socket.starts_with(&ground.0));
    ask(&cluster, SINCE).await;
    cluster.stop().await.expect("a stop");
    assert!(!socket.exists());
}

#[tokio::test]
async fn a_start_that_fails_quotes_the_log() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    cluster.stop().await.expect("a stop");
    fs::write(
        ground.data().join("postgresql.auto.conf"),
        "unheard_of = 1\n",
    )
    .expect("a broken setting");
    let refused = Cluster::start(ground.settings()).await;
    let Err(error @ Error::Command { .. }) = refused else {
        panic!("{refused:?}")
    };
    assert!(error.to_string().contains("unheard_of"), "{error}");
}

#[tokio::test]
async fn the_number_of_a_dead_one_may_belong_to_another_program() {
    let ground = Ground::new();
    let cluster = Cluster::start(ground.settings()).await.expect("a start");
    let pid_file = ground.data().join("postmaster.pid");
    let text = fs::read_to_string(&pid_file).expect("its number");
    let beside_socket = cluster.socket.join(socket::LOCK);
    cluster.stop().await.expect("a stop");

    let mut other = ground.command(Path::new("sleep"));
    let mut other = other
        .arg("60")
        .current_dir("/")
        .spawn()
        .expect("another program");
    let (_, rest) = text.split_once('\n').expect("lines");
    for stale in [&pid_file, &beside_socket] {
        fs::write(stale, format!("{}\n{rest}", other.id())).expect("a stale file");
        ground.account().receive(stale).expect("its owner");
    }
    let again = Cluster::start(ground.settings()).await;
    other
        .kill()
        .and_then(|()| other.wait())
        .expect("an end to it");
    again
        .expect("a start all the same")
        .stop()
        .await
        .expect("a stop");
}

#[tokio::test]
async fn a_socket_directory_that_is_not_ours_is_refused() {
    let ground = Ground::new();
    symlink("/tmp", ground.0.join("socket")).expect("a trap");
    let refused = Cluster::start(ground.settings()).await;
    assert!(matches!(refused, Err(Error::Foreign { .. })), "{refused:?}");
    fs::remove_file(ground.0.join("socket")).expect("no trap");
    fs::create_dir(ground.0.join("socket")).expect("one that is open to all");
    let refused = Cluster::start(ground.settings()).await;
    assert!(matches!(refused, Err(Error::Foreign { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_directory_that_is_closed_to_postgres_is_named() {
    let ground = Ground::new();
    if !ground.account().switched {
        return; // Postgres runs as ourselves, and goes where we go.
    }
    let closed = ground.0.join("closed");
    fs::create_dir(&closed).expect("a directory");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).expect("closed");
    let settings = Settings {
        directory: closed.join("state"),
        ..ground.settings()
    };
    let refused = Cluster::start(settings).await;
    let Err(Error::Closed { directory, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(directory, fs::canonicalize(&closed).expect("its name"));
}

#[tokio::test]
async fn data_that_are_not_of_postgres_or_of_another_one_are_left_alone() {
    let ground = Ground::new();
    fs::create_dir(ground.data()).expect("a directory");
    fs::write(ground.data().join("letters.txt"), "dear").expect("a file");
    let refused = Cluster::start(ground.settings()).await;
    assert!(
        matches!(refused, Err(Error::NotACluster { .. })),
        "{refused:?}"
    );
    fs::write(ground.data().join("PG_VERSION"), "14\n").expect("an old one");
    let refused = Cluster::start(ground.settings()).await;
    assert!(
        matches!(refused, Err(Error::TooOld { major: 14, .. })),
        "{refused:?}"
    );
    fs::write(ground.data().join("PG_VERSION"), "999\n").expect("one of the future");
    let refused = Cluster::start(ground.settings()).await;
    assert!(
        matches!(refused, Err(Error::MajorMissing { major: 999, .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_path_that_a_shell_would_read_otherwise_is_refused() {
    for letter in ['"', '$', '`', '\\', '\n'] {
        let ground = Ground::beneath(&letter.to_string());
        let refused = Cluster::start(ground.settings()).await;
        assert!(
            matches!(refused, Err(Error::Path { .. })),
            "{letter:?}: {refused:?}"
        );
    }
}
