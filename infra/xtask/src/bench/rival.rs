//! `pgbench`, PostgreSQL's own measure, on the very same PostgreSQL.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::errand;
use crate::say::Trouble;
use crate::server::Postgres;

const DATABASE: &str = "pgbench";
const LOGIN: &str = "saline_admin";
/// Branches: more than there are clients, or they would wait for each other's branch.
const SCALE: &str = "20";

/// A database of pgbench's, ready.
#[derive(Debug)]
pub(super) struct Rival<'a> {
    programs: &'a Path,
    socket: String,
}

impl<'a> Rival<'a> {
    pub(super) fn prepare(programs: &'a Path, at: &Postgres) -> Result<Rival<'a>, Trouble> {
        let rival = Rival {
            programs,
            socket: at.socket.clone(),
        };
        let create = format!("create database {DATABASE}");
        let made = errand::run(
            rival
                .command("psql")
                .args(["-q", "-c", &create, "postgres"]),
        )? && errand::run(
            rival
                .command("pgbench")
                .args(["-i", "-q", "-s", SCALE, DATABASE]),
        )?;
        if made {
            Ok(rival)
        } else {
            Err(Trouble::new("pgbench could not make its tables"))
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(["-h", &self.socket, "-U", LOGIN]);
        command
    }

    /// Transactions of its TPC-B-like script a second, statements prepared.
    pub(super) fn per_second(&self, clients: usize, time: Duration) -> Result<f64, Trouble> {
        let (clients, threads) = (clients.to_string(), clients.min(2).to_string());
        let seconds = time.as_secs().max(1).to_string();
        let mut command = self.command("pgbench");
        command.args(["-n", "-M", "prepared", "-b", "tpcb-like", "-T", &seconds]);
        command.args(["-c", &clients, "-j", &threads, DATABASE]);
        errand::answer(&mut command)
            .and_then(|said| read(&said))
            .ok_or_else(|| Trouble::new("pgbench told no figure"))
    }
}

fn read(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.starts_with("tps = "))?;
    line.split_whitespace().nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_found_in_what_pgbench_says() {
        let said = "latency average = 0.41 ms\ntps = 2412.532 (without initial connection time)\n";
        assert_eq!(read(said), Some(2412.532));
        assert_eq!(read("pgbench: error"), None);
    }
}
