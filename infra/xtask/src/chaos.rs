//! `cargo xtask chaos`: members of three SELs exchange, at home and with each other, and write down
//! outside the database each exchange that was acknowledged, while the program and its Postgres are
//! killed and connections are cut, at random. Afterwards every acknowledged exchange must be there,
//! once, in each SEL that it concerns; every ledger must hold; and nobody may have met a deadlock.

mod compare;
mod neighbour;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use compare::Differences;
use neighbour::{Fates, Neighbour, Written};

use crate::chance::Chance;
use crate::house::House;
use crate::people::{self, SELS};
use crate::say::{Trouble, say};
use crate::server::{self, Server};
use crate::{errand, machine};

const PORT: u16 = 8097;
/// Members who act, in each of the SELs: 16 together.
const CLIENTS: [usize; 3] = [6, 5, 5];
/// After a blow, something must be acknowledged within this time.
const RECOVERY: Duration = Duration::from_secs(30);

#[derive(Debug, PartialEq)]
pub(crate) struct Wish {
    seconds: u64,
    /// The same seed deals the same blows.
    seed: u64,
}

impl Wish {
    pub(crate) fn parse(words: &[String]) -> Result<Wish, Trouble> {
        let mut wish = Wish {
            seconds: 60,
            seed: u64::from(std::process::id()),
        };
        for pair in words.chunks(2) {
            let value = pair.get(1).and_then(|value| value.parse::<u64>().ok());
            match (pair[0].as_str(), value) {
                ("--seconds", Some(seconds @ 5..=3600)) => wish.seconds = seconds,
                ("--seed", Some(seed)) => wish.seed = seed,
                _ => {
                    let words = words.join(" ");
                    return Err(Trouble::new(format!("chaos does not know {words}")));
                }
            }
        }
        Ok(wish)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Blow {
    Program,
    Postgres,
    Both,
    /// Every connection between the two, at once.
    Connections,
}

const BLOWS: [Blow; 4] = [Blow::Program, Blow::Postgres, Blow::Both, Blow::Connections];

/// Builds, torments and checks. False where something was lost or doubled, or nothing went on.
pub(crate) fn chaos(house: &House, wish: &Wish) -> Result<bool, Trouble> {
    let programs = machine::ensure_postgres()?;
    if !errand::run(house.cargo().args(["build", "-p", "saline"]))? {
        return Err(Trouble::new("saline does not build; the reason is above"));
    }
    let state = std::env::temp_dir().join(format!("saline-chaos-{}", std::process::id()));
    let place = Place {
        program: house.saline("debug"),
        psql: programs.join("psql"),
        state,
    };
    say(format!("seed {}", wish.seed));
    let saline = place.start()?;
    let neighbours = neighbours(&place, wish.seed)?;
    let stop = Arc::new(AtomicBool::new(false));
    let fates = Arc::new(Fates::default());
    let acting: Vec<_> = neighbours
        .into_iter()
        .map(|neighbour| {
            let (stop, fates) = (Arc::clone(&stop), Arc::clone(&fates));
            thread::spawn(move || neighbour.act_until(&stop, &fates))
        })
        .collect();
    let tormented = torment(&place, saline, wish, &fates.acknowledged);
    stop.store(true, Ordering::Relaxed);
    let mut written = Vec::new();
    for thread in acting {
        let done = thread.join().map_err(|_| Trouble::new("a client broke"))?;
        written.extend(done?);
    }
    let (saline, blows, resumed) = tormented?;
    let differences = compare::compare(&written, PORT)?;
    saline.cut();
    let verified = server::verify(&place.program, &place.state, None)?;
    let cuts = fates.cuts.load(Ordering::Relaxed);
    tell(&written, (blows, cuts));
    let good = judge(&place, &differences, verified)? && resumed && all_crossed(&written);
    if good {
        // What is broken is kept, to be looked at.
        let _ = fs::remove_dir_all(&place.state);
    } else {
        say(format!("kept: {}", place.state.display()));
    }
    Ok(good)
}

fn tell(written: &[Written], (blows, cuts): (usize, usize)) {
    let acknowledged = written.iter().filter(|it| it.acknowledged);
    say(format!(
        "{} exchanges acknowledged, {} of them between SELs; survived {} faults: {blows} kills and \
         cuts of all connections, {cuts} answers that nobody waited for",
        acknowledged.clone().count(),
        acknowledged.filter(|it| it.is_abroad()).count(),
        blows + cuts,
    ));
}

/// Says what was lost, doubled or broken; whether nothing was.
fn judge(place: &Place, differences: &Differences, verified: bool) -> Result<bool, Trouble> {
    let deadlocks = deadlocks(place)?;
    say(format!(
        "{} lost, {} doubled, {} over another amount, {deadlocks} deadlocks, ledgers {}",
        differences.lost.len(),
        differences.doubled.len(),
        differences.changed.len(),
        if verified { "hold" } else { "BROKEN" }
    ));
    let Differences {
        lost,
        doubled,
        changed,
    } = differences;
    for label in lost.iter().chain(doubled).chain(changed) {
        say(format!("  {label}"));
    }
    Ok(differences.none() && verified && deadlocks == 0)
}

/// Whether each two of the SELs have exchanged: otherwise nothing was proven of them.
fn all_crossed(written: &[Written]) -> bool {
    let pairs: BTreeSet<_> = written
        .iter()
        .filter(|it| it.acknowledged && it.is_abroad())
        .map(|it| (it.home, it.there))
        .collect();
    pairs.len() == SELS.len() * (SELS.len() - 1)
}

struct Place {
    program: PathBuf,
    psql: PathBuf,
    state: PathBuf,
}

impl Place {
    fn start(&self) -> Result<Server, Trouble> {
        let port = PORT.to_string();
        Server::start(&self.program, &["demo", "--port", &port], &self.state, PORT)
    }
}

/// Logs everybody in, and lets the three SELs trade with each other.
fn neighbours(place: &Place, seed: u64) -> Result<Vec<Neighbour>, Trouble> {
    neighbour::ally_all(PORT)?;
    let mut all = Vec::new();
    for (sel, count) in SELS.iter().zip(CLIENTS) {
        people::lift_limits(sel, PORT)?;
        for client in people::log_in(sel, count, &place.state, PORT)? {
            let number = all.len();
            let log = place.state.join(format!("acknowledged-{number}"));
            let chance = Chance::new(seed.wrapping_add(number as u64 + 1));
            all.push(Neighbour::ready(client, sel, chance, log)?);
        }
    }
    say(format!("{} members act in {} SELs", all.len(), SELS.len()));
    Ok(all)
}

/// Deals blows until the time is over. Answers how many, and whether exchanges were acknowledged
/// after each.
fn torment(
    place: &Place,
    mut saline: Server,
    wish: &Wish,
    acknowledged: &AtomicUsize,
) -> Result<(Server, usize, bool), Trouble> {
    let mut chance = Chance::new(wish.seed);
    let begun = Instant::now();
    let (mut blows, mut resumed) = (0, true);
    while begun.elapsed() < Duration::from_secs(wish.seconds) {
        thread::sleep(Duration::from_millis(500 + u64::from(chance.below(3_500))));
        let blow = BLOWS[chance.below(4) as usize];
        say(format!(
            "{:>4} s  {blow:?}, {} acknowledged so far",
            begun.elapsed().as_secs(),
            acknowledged.load(Ordering::Relaxed)
        ));
        blows += 1;
        if blow == Blow::Connections {
            cut_connections(place, &saline);
        }
        if matches!(blow, Blow::Postgres | Blow::Both) {
            // Alone, the program has to start it again by itself.
            saline.postgres()?.cut()?;
        }
        if matches!(blow, Blow::Program | Blow::Both) {
            saline.cut();
            saline = place.start()?;
        }
        if !goes_on(acknowledged) {
            say("after this, nothing was acknowledged");
            resumed = false;
        }
    }
    Ok((saline, blows, resumed))
}

fn goes_on(acknowledged: &AtomicUsize) -> bool {
    let before = acknowledged.load(Ordering::Relaxed);
    let struck = Instant::now();
    while struck.elapsed() < RECOVERY {
        if acknowledged.load(Ordering::Relaxed) > before {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

fn cut_connections(place: &Place, saline: &Server) {
    const ALL: &str = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
                       where backend_type = 'client backend' and pid <> pg_backend_pid()";
    if let Ok(postgres) = saline.postgres() {
        let mut psql = Command::new(&place.psql);
        psql.args(["-q", "-h", &postgres.socket, "-U", "saline_admin"]);
        errand::run_unseen(psql.args(["-d", "postgres", "-c", ALL]));
    }
}

/// Deadlocks that Postgres met, by its own log and the ones put away. No log is no answer.
fn deadlocks(place: &Place) -> Result<usize, Trouble> {
    let unread = |error| Trouble::new(format!("the log of Postgres: {error}"));
    let mut count = 0;
    let mut logs = 0;
    for file in fs::read_dir(&place.state).map_err(unread)?.flatten() {
        if file.file_name().to_string_lossy().contains(".log") {
            let log = fs::read(file.path()).map_err(unread)?;
            count += String::from_utf8_lossy(&log)
                .matches("deadlock detected")
                .count();
            logs += 1;
        }
    }
    if logs == 0 {
        return Err(Trouble::new("Postgres kept no log"));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_of_chaos_unless_told() {
        let parsed = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Wish::parse(&words)
        };
        assert_eq!(parsed("").unwrap().seconds, 60);
        let wish = Wish {
            seconds: 90,
            seed: 7,
        };
        assert_eq!(parsed("--seed 7 --seconds 90").unwrap(), wish);
        assert!(parsed("--seconds 1").is_err());
        assert!(parsed("--seed").is_err());
        assert!(parsed("now").is_err());
    }
}
