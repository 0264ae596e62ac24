//! `cargo xtask bench`: what a page and an exchange cost, measured in one run on one machine, each
//! beside a floor or a rival: a static file of the same server, and `pgbench` on the same Postgres.
//!
//! The clients run on the same processors and take their part of them, for both sides alike.

mod exchanges;
mod load;
mod many;
mod poster;
mod rival;
pub(crate) mod search;
mod usage;

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use load::{Run, as_float};
use poster::Poster;
use usage::Spent;

use crate::client::Client;
use crate::house::House;
use crate::say::{Trouble, say};
use crate::server::{self, Postgres, Server};
use crate::{errand, machine, people};

const PORT: u16 = 8098;
const CLIENTS: [usize; 2] = [1, 16];
/// A file that the server keeps in memory: here as long as the page of notices.
const STATIC: &str = "/static/public-sans-latin-wght-normal.woff2";
/// What is looked for, in turn.
const WORDS: [&str; 8] = [
    "jardin",
    "couture",
    "velo",
    "repassage",
    "cours",
    "confiture",
    "plantes",
    "ordinateur",
];

#[derive(Debug, PartialEq)]
pub(crate) struct Wish {
    /// How long each figure is measured.
    seconds: u64,
    /// Transfers that the database holds besides.
    transfers: usize,
}

impl Wish {
    pub(crate) fn parse(words: &[String]) -> Result<Wish, Trouble> {
        let (mut seconds, mut transfers) = (5, 0);
        let options = &mut [
            ("--seconds", 1..=600, &mut seconds),
            ("--transfers", 0..=100_000_000, &mut transfers),
        ];
        read("bench", words, options)?;
        Ok(Wish {
            seconds: seconds as u64,
            transfers,
        })
    }
}

/// Reads options and their numbers.
fn read(
    what: &str,
    words: &[String],
    options: &mut [(&str, RangeInclusive<usize>, &mut usize)],
) -> Result<(), Trouble> {
    for pair in words.chunks(2) {
        let value = pair.get(1).and_then(|value| value.parse::<usize>().ok());
        let known = options.iter_mut().find(|(name, ..)| *name == pair[0]);
        match (known, value) {
            (Some((_, range, wish)), Some(value)) if range.contains(&value) => **wish = value,
            _ => {
                let words = words.join(" ");
                return Err(Trouble::new(format!("{what} does not know {words}")));
            }
        }
    }
    Ok(())
}

/// Builds the program and lends it a directory, of which nothing is left, whatever became of it;
/// and the programs of Postgres.
fn with_program(
    house: &House,
    name: &str,
    measure: impl FnOnce(&Path, &Path, &Path) -> Result<bool, Trouble>,
) -> Result<bool, Trouble> {
    let programs = machine::ensure_postgres()?;
    let mut build = house.cargo();
    build.args(["build", "--release", "-p", "saline", "--bin", "saline"]);
    // Built together, they have the same libraries.
    if !errand::run(build.args(["-p", "search", "--example", "ask"]))? {
        return Err(Trouble::new("saline does not build; the reason is above"));
    }
    let program = house.saline("release");
    let state = std::env::temp_dir().join(format!("saline-{name}-{}", std::process::id()));
    let measured = measure(&program, &state, &programs);
    let _ = fs::remove_dir_all(&state);
    measured
}

/// Measures and prints. False where something failed meanwhile, or the ledger does not hold.
pub(crate) fn bench(house: &House, wish: &Wish) -> Result<bool, Trouble> {
    with_program(house, "bench", |program, state, programs| {
        measure(program, state, programs, wish)
    })
}

fn measure(program: &Path, state: &Path, programs: &Path, wish: &Wish) -> Result<bool, Trouble> {
    let port = PORT.to_string();
    say("the demo town is made, and its members log in");
    let demo = Server::start(program, &["demo", "--port", &port], state, PORT)?;
    let mars = &people::SELS[0];
    people::lift_limits(mars, PORT)?;
    let mut members = people::log_in(mars, 16, state, PORT)?;
    let length = members.first_mut().and_then(|it| fetch(it, "/annonces"));
    let assets = floor_of(length.unwrap_or_default(), state)?;
    demo.stop()?;
    let listen = format!("127.0.0.1:{PORT}");
    let words = ["web", "--listen", &listen, "--assets", &assets];
    let web = Server::start(program, &words, state, PORT)?;
    let postgres = web.postgres()?;
    say(format!(
        "{} SELs more are written, and {} transfers besides",
        many::SELS,
        wish.transfers
    ));
    many::grow(programs, &postgres, state, wish.transfers)?;
    let mut bench = Bench {
        web,
        postgres,
        time: Duration::from_secs(wish.seconds),
        failed: 0,
    };
    let posting = bench.pages(members)?;
    bench.long_statement();
    bench.exchanges(posting, programs)?;
    let Bench { web, failed, .. } = bench;
    web.stop()?;
    // What was written besides is not sealed: then only SELs that were measured are verified.
    let measured = ["mars", "hub", "banc001", "banc002", "banc100"];
    let holds = if wish.transfers == 0 {
        server::verify(program, state, None)?
    } else {
        let holds = measured.map(|slug| server::verify(program, state, Some(slug)));
        holds
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?
            .iter()
            .all(|it| *it)
    };
    if failed > 0 {
        say(format!("{failed} requests FAILED"));
    }
    Ok(holds && failed == 0)
}

/// A directory of assets with a file of this length. Gives its path.
fn floor_of(length: usize, state: &Path) -> Result<String, Trouble> {
    let folder = state.join("floor");
    let file = folder.join(STATIC.trim_start_matches("/static/"));
    fs::create_dir(&folder)
        .and_then(|()| fs::write(&file, vec![b'.'; length]))
        .map_err(|error| Trouble::new(format!("{}: {error}", file.display())))?;
    Ok(folder.display().to_string())
}

struct Bench {
    web: Server,
    postgres: Postgres,
    time: Duration,
    failed: usize,
}

/// What was measured of one kind of request.
struct Measured {
    run: Run,
    spent: Spent,
}

impl Measured {
    /// Processor time of one request, in milliseconds.
    fn each_ms(&self, spent: Duration) -> f64 {
        spent.as_secs_f64() * 1000.0 / as_float(self.run.count().max(1))
    }
}

impl Bench {
    /// Warms up for a fifth of the time, then measures.
    fn measure<C: Send>(
        &mut self,
        clients: &mut [C],
        act: impl Fn(&mut C) -> bool + Sync,
    ) -> Measured {
        let warm = load::run(clients, self.time / 5, &act);
        let before = Spent::now(self.web.pid(), self.postgres.pid);
        let run = load::run(clients, self.time, &act);
        let spent = Spent::now(self.web.pid(), self.postgres.pid).since(before);
        self.failed += warm.failed + run.failed;
        Measured { run, spent }
    }

    /// The pages of SEL de Mars beside a static file. Gives the members back, ready to post.
    fn pages(&mut self, mut mars: Vec<Client>) -> Result<Vec<Poster>, Trouble> {
        say("\npages, 20 rows each");
        for count in CLIENTS {
            let clients = &mut mars[..count];
            let floor = self.measure(clients, |client| fetch(client, STATIC).is_some());
            let floor_rate = floor.run.per_second();
            tell("static file", STATIC, clients, count, &floor, floor_rate);
            for (name, path) in [("notices", "/annonces"), ("statement", "/releve")] {
                let page = self.measure(clients, |client| fetch(client, path).is_some());
                tell(name, path, clients, count, &page, floor_rate);
            }
            let turn = AtomicU64::new(0);
            let page = self.measure(clients, |client| {
                let next = usize::try_from(turn.fetch_add(1, Ordering::Relaxed)).unwrap_or(0);
                let path = format!("/annonces?q={}", WORDS[next % WORDS.len()]);
                fetch(client, &path).is_some()
            });
            let path = format!("/annonces?q={}", WORDS[0]);
            tell("search", &path, clients, count, &page, floor_rate);
        }
        self.tell_memory();
        mars.into_iter()
            .map(|client| Poster::ready(client, &people::SELS[0]))
            .collect()
    }

    /// The statement of an account with 10,000 transfers beside that of one with a hundred.
    fn long_statement(&mut self) {
        say("\nstatements, 20 lines of an account");
        for count in CLIENTS {
            let mut worst = Vec::new();
            for (name, number) in [("100", 3), ("10,000", 1)] {
                let mut clients: Vec<Client> = (0..count)
                    .map(|_| many::visitor(many::SELS, number, PORT))
                    .collect();
                let path = "/releve?periode=tout";
                let it = self.measure(&mut clients, |client| fetch(client, path).is_some());
                say(format!(
                    "{name:<12}{count:>3} clients {:>7.0}/s  {}",
                    it.run.per_second(),
                    costs(&it)
                ));
                worst.push(it.run.percentile_ms(99));
            }
            let ratio = worst[1] / worst[0].max(0.001);
            say(format!(
                "p99 of 10,000 transfers: {ratio:.2} of that of 100"
            ));
        }
    }

    fn tell_memory(&self) {
        let program = usage::resident_mb(self.web.pid()).unwrap_or_default();
        say(format!("the program holds {program} MB"));
    }
}

fn tell(name: &str, path: &str, clients: &mut [Client], count: usize, it: &Measured, floor: f64) {
    let bytes = fetch(&mut clients[0], path).unwrap_or_default();
    say(format!(
        "{name:<12}{count:>3} clients {:>7.0}/s  {:.3} of static  {}  {bytes} bytes",
        it.run.per_second(),
        it.run.per_second() / floor,
        costs(it),
    ));
}

fn costs(it: &Measured) -> String {
    format!(
        "p50 {:>6.2} ms  p99 {:>6.2} ms  CPU {:.2} ms + Postgres {:.2} ms",
        it.run.percentile_ms(50),
        it.run.percentile_ms(99),
        it.each_ms(it.spent.program),
        it.each_ms(it.spent.postgres),
    )
}

/// The length of a page that was found.
fn fetch(client: &mut Client, path: &str) -> Option<usize> {
    let answer = client.get(path)?;
    (answer.status == 200).then_some(answer.body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_takes_five_seconds_unless_told() {
        let parsed = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Wish::parse(&words)
        };
        assert_eq!(parsed("").unwrap().seconds, 5);
        assert_eq!(parsed("--seconds 20").unwrap().seconds, 20);
        assert_eq!(parsed("--transfers 1000").unwrap().transfers, 1000);
        assert!(parsed("--seconds 0").is_err());
        assert!(parsed("--fast").is_err());
    }
}
