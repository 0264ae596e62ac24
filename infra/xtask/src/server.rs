//! A `saline` that a chore starts, torments or measures, and ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::house::House;
use crate::say::{Trouble, say};
use crate::{errand, machine};

/// How long it may take until it answers: the first start makes a town.
const START: Duration = Duration::from_mins(3);
/// How long it may take to stop when asked.
const STOP: Duration = Duration::from_secs(30);

/// A running program. Dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    state: PathBuf,
    /// What it printed so far.
    said: Arc<Mutex<String>>,
}

impl Server {
    /// Starts it in a state directory and waits until SEL de Mars answers on `port`.
    pub(crate) fn start(
        program: &Path,
        words: &[&str],
        state: &Path,
        port: u16,
    ) -> Result<Server, Trouble> {
        Server::start_for("mars", program, words, state, port)
    }

    /// The same, until this SEL answers.
    pub(crate) fn start_for(
        slug: &str,
        program: &Path,
        words: &[&str],
        state: &Path,
        port: u16,
    ) -> Result<Server, Trouble> {
        let mut child = Command::new(program)
            .args(words)
            .arg("--state")
            .arg(state)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Trouble::new(format!("cannot start saline: {error}")))?;
        let said = Arc::new(Mutex::new(String::new()));
        if let Some(out) = child.stdout.take() {
            let said = Arc::clone(&said);
            thread::spawn(move || hear(out, &said));
        }
        let mut server = Server {
            child,
            state: state.to_owned(),
            said,
        };
        let begun = Instant::now();
        while begun.elapsed() < START {
            let answer = Client::new(slug, port).get("/connexion");
            if answer.is_some_and(|answer| answer.status == 200) {
                say(format!("answers after {} ms", begun.elapsed().as_millis()));
                return Ok(server);
            }
            if server.has_ended() {
                return Err(Trouble::new("saline ended before it answered"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Trouble::new("saline did not answer in time"))
    }

    /// Builds the program, has `act` meet a demonstration of its own on `port`, and takes that
    /// away.
    pub(crate) fn at_demo(
        house: &House,
        (name, port): (&str, u16),
        act: impl FnOnce(&Server) -> Result<bool, Trouble>,
    ) -> Result<bool, Trouble> {
        machine::ensure_postgres()?;
        if !errand::run(house.cargo().args(["build", "-p", "saline"]))? {
            return Err(Trouble::new("saline does not build; the reason is above"));
        }
        let state = format!("saline-{name}-{}", std::process::id());
        let state = std::env::temp_dir().join(state);
        let (program, words) = (house.saline("debug"), port.to_string());
        let server = Server::start(&program, &["demo", "--port", &words], &state, port)?;
        let done = act(&server);
        server.stop()?;
        fs::remove_dir_all(&state)
            .map_err(|error| Trouble::new(format!("the state stays: {error}")))?;
        done
    }

    /// The first word that it printed with this in it.
    pub(crate) fn said(&self, part: &str) -> Option<String> {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let mut words = said.split_whitespace();
        words.find(|it| it.contains(part)).map(str::to_owned)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)) | Err(_))
    }

    /// Asks it to stop, its Postgres with it, and waits.
    pub(crate) fn stop(mut self) -> Result<(), Trouble> {
        let pid = self.pid().to_string();
        errand::run_unseen(Command::new("kill").arg(&pid));
        let asked = Instant::now();
        while asked.elapsed() < STOP {
            if self.has_ended() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(Trouble::new("saline did not stop when asked"))
    }

    /// Kills the program as a power cut would. Its Postgres goes on.
    pub(crate) fn cut(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// What the private Postgres says of itself.
    pub(crate) fn postgres(&self) -> Result<Postgres, Trouble> {
        Postgres::of(&self.state)
    }
}

/// Keeps what a program prints, until it ends.
fn hear(out: ChildStdout, said: &Mutex<String>) {
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        said.push_str(&line);
        said.push('\n');
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The private Postgres of a state directory.
#[derive(Debug)]
pub(crate) struct Postgres {
    pub(crate) pid: u32,
    /// The directory of its socket.
    pub(crate) socket: String,
}

impl Postgres {
    fn of(state: &Path) -> Result<Postgres, Trouble> {
        let file = state.join("pg/postmaster.pid");
        let text = fs::read_to_string(&file)
            .map_err(|error| Trouble::new(format!("{}: {error}", file.display())))?;
        Postgres::read(&text)
            .ok_or_else(|| Trouble::new(format!("{} is not understood", file.display())))
    }

    /// The lines of `postmaster.pid`: process, data, start, port, socket.
    fn read(text: &str) -> Option<Postgres> {
        let lines: Vec<&str> = text.lines().collect();
        Some(Postgres {
            pid: lines.first()?.trim().parse().ok()?,
            socket: (*lines.get(4)?).to_owned(),
        })
    }

    /// Stops the Postgres of a state directory, if one runs there, and waits until it is gone.
    pub(crate) fn stop_in(state: &Path) {
        let Ok(postgres) = Postgres::of(state) else {
            return;
        };
        let pid = postgres.pid.to_string();
        // A postmaster works in its data; the number of one that died may be anybody's by now.
        let place = fs::read_link(Path::new("/proc").join(&pid).join("cwd"));
        if place.ok() != fs::canonicalize(state.join("pg")).ok() {
            return;
        }
        errand::run_unseen(Command::new("kill").args(["-INT", &pid]));
        let asked = Instant::now();
        while Path::new("/proc").join(&pid).exists() && asked.elapsed() < STOP {
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Kills it as a power cut would.
    pub(crate) fn cut(&self) -> Result<(), Trouble> {
        let done = Command::new("kill")
            .args(["-9", &self.pid.to_string()])
            .status();
        match done {
            Ok(status) if status.success() => Ok(()),
            _ => Err(Trouble::new(format!(
                "cannot kill Postgres, process {}",
                self.pid
            ))),
        }
    }
}

/// Whether the ledgers of a state directory hold, or that of one SEL, by the program's own word.
pub(crate) fn verify(program: &Path, state: &Path, slug: Option<&str>) -> Result<bool, Trouble> {
    let mut verify = Command::new(program);
    verify.args(["verify", "--state"]).arg(state);
    if let Some(slug) = slug {
        verify.args(["--association", slug]);
    }
    errand::run(verify.env("RUST_LOG", "warn"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_tells_its_process_and_its_socket() {
        let text =
            "4242\n/state/pg\n1790000000\n5432\n/state/socket\n\n  5432001    65536\nready\n";
        let read = Postgres::read(text).unwrap();
        assert_eq!((read.pid, read.socket.as_str()), (4242, "/state/socket"));
        assert!(Postgres::read("4242\n").is_none());
    }
}
