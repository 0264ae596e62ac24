//! A Redis of a test's own, to start, to stop, and to hold still.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) struct Redis {
    port: u16,
    server: Option<Child>,
}

impl Redis {
    /// Starts one on a port of the loopback that nobody listens on.
    pub(crate) fn start() -> Redis {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut redis = Redis { port, server: None };
        redis.again();
        redis
    }

    pub(crate) fn address(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it again, with nothing in it.
    pub(crate) fn again(&mut self) {
        let port = self.port.to_string();
        let words = ["--port", &port, "--bind", "127.0.0.1", "--save", ""];
        let mut command = Command::new("redis-server");
        command.args(words).args(["--appendonly", "no"]);
        command.current_dir(std::env::temp_dir());
        self.server = Some(command.stdout(Stdio::null()).spawn().unwrap());
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "no Redis");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Kills it, as a machine that loses power does.
    pub(crate) fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// It takes what it is sent, and answers nothing.
    pub(crate) fn hold(&self) {
        self.signal("-STOP");
    }

    /// It answers again.
    pub(crate) fn let_go(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.server.as_ref().unwrap().id().to_string();
        let done = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(done.success());
    }

    /// What it answers to a command.
    pub(crate) fn say(&self, words: &[&str]) -> String {
        let port = self.port.to_string();
        let mut command = Command::new("redis-cli");
        let said = command.args(["-p", &port]).args(words).output().unwrap();
        String::from_utf8(said.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
    }
}
