//! `cargo xtask bench search`: finding among the notices of a whole platform, through HTTP, beside
//! Postgres's own full-text search over the same notices with the same queries.

mod alone;
mod rival;
mod words;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Bench, CLIENTS, PORT, costs, fetch, read, usage, with_program};
use crate::client::{Client, encoded};
use crate::house::House;
use crate::say::{Trouble, say};
use crate::server::Server;
use crate::{errand, people};
use rival::{Answer, Rival};
use words::{PAIRS, PREFIXES, TYPOS};

/// Whose founders search: SELs that trade with each other.
const SEARCHING: usize = 16;
/// How long the index may take.
const PATIENCE: Duration = Duration::from_mins(20);

/// How far one looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Far {
    Home,
    Allies,
    All,
}

/// How fast answers came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    pub(super) per_second: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
}

/// One kind of question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    name: &'static str,
    far: Far,
    sort: Sort,
    words: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sort {
    Words,
    Typo,
    Prefix,
    Near,
}

const SHAPES: [Shape; 6] = [
    shape("two words, own SEL", Far::Home, Sort::Words, &PAIRS),
    shape("two words, allies", Far::Allies, Sort::Words, &PAIRS),
    shape("two words, all SELs", Far::All, Sort::Words, &PAIRS),
    shape("mistyped, all SELs", Far::All, Sort::Typo, &TYPOS),
    shape("prefix, all SELs", Far::All, Sort::Prefix, &PREFIXES),
    shape("two words within 50 km", Far::All, Sort::Near, &PAIRS),
];

const fn shape(name: &'static str, far: Far, sort: Sort, words: &'static [&'static str]) -> Shape {
    Shape {
        name,
        far,
        sort,
        words,
    }
}

impl Shape {
    fn path(&self, words: &str) -> String {
        let far = match self.far {
            Far::Home => "",
            Far::Allies => "&ou=allies",
            Far::All => "&ou=sels",
        };
        let near = if self.sort == Sort::Near {
            "&rayon=50"
        } else {
            ""
        };
        format!("/annonces?q={}{far}{near}", encoded(words))
    }
}

#[derive(Debug, PartialEq)]
pub(crate) struct Wish {
    seconds: u64,
    associations: usize,
    notices: usize,
}

impl Wish {
    pub(crate) fn parse(words: &[String]) -> Result<Wish, Trouble> {
        let (mut seconds, mut associations, mut notices) = (5, 2000, 1_000_000);
        let options = &mut [
            ("--seconds", 1..=600, &mut seconds),
            ("--associations", SEARCHING..=10_000, &mut associations),
            ("--notices", 1000..=10_000_000, &mut notices),
        ];
        read("bench search", words, options)?;
        Ok(Wish {
            seconds: seconds as u64,
            associations,
            notices,
        })
    }
}

/// Measures and prints. False where a page failed meanwhile.
pub(crate) fn bench(house: &House, wish: &Wish) -> Result<bool, Trouble> {
    with_program(house, "search", |program, state, programs| {
        let places = Places {
            program,
            state,
            programs,
        };
        measure(house, &places, wish)
    })
}

/// Our program, where it keeps its things, and where Postgres's programs are.
struct Places<'a> {
    program: &'a Path,
    state: &'a Path,
    programs: &'a Path,
}

fn measure(house: &House, places: &Places<'_>, wish: &Wish) -> Result<bool, Trouble> {
    let Places {
        program,
        state,
        programs,
    } = *places;
    sow(program, state, wish)?;
    let listen = format!("127.0.0.1:{PORT}");
    let begun = Instant::now();
    let web = Server::start_for(
        "sel-0001",
        program,
        &["web", "--listen", &listen],
        state,
        PORT,
    )?;
    let clients = (1..=SEARCHING).map(|number| {
        let slug = format!("sel-{number:04}");
        let founder = people::founder(&slug, PORT);
        founder
            .map(|(client, _)| client)
            .ok_or_else(|| Trouble::new(format!("{slug}: no login")))
    });
    let mut clients = clients.collect::<Result<Vec<Client>, _>>()?;
    wait(&mut clients[0])?;
    let peak = usage::peak_mb(web.pid()).unwrap_or_default();
    let files = errand::answer(
        std::process::Command::new("du")
            .arg("-sm")
            .arg(state.join("index")),
    );
    let size = files.unwrap_or_default();
    let size = size.split_whitespace().next().unwrap_or_default();
    say(format!(
        "the index: {:.0} s, {size} MB on disk; at the most {peak} MB resident meanwhile",
        begun.elapsed().as_secs_f64()
    ));
    let postgres = web.postgres()?;
    let rival = Rival::prepare(programs, &postgres, state)?;
    let mut bench = Bench {
        web,
        postgres,
        time: Duration::from_secs(wish.seconds),
        failed: 0,
    };
    let mut measured = Vec::new();
    for shape in &SHAPES {
        measured.push(bench.shape(shape, &mut clients, &rival)?);
    }
    let resident = usage::resident_mb(bench.web.pid()).unwrap_or_default();
    say(format!("the web node holds {resident} MB after all this"));
    let failed = bench.failed;
    bench.web.stop()?;
    for (shape, theirs) in SHAPES.iter().zip(&measured) {
        if shape.far == Far::All && shape.sort == Sort::Words {
            alone::measure(house, (shape, theirs), (state, wish.seconds), &rival)?;
        }
    }
    if failed > 0 {
        say(format!("{failed} requests FAILED"));
    }
    Ok(failed == 0)
}

fn sow(program: &Path, state: &Path, wish: &Wish) -> Result<(), Trouble> {
    fs::create_dir_all(state)
        .map_err(|error| Trouble::new(format!("{}: {error}", state.display())))?;
    let begun = Instant::now();
    let mut seed = std::process::Command::new(program);
    seed.args(["seed", "--associations", &wish.associations.to_string()]);
    seed.args(["--notices", &wish.notices.to_string(), "--state"]);
    if !errand::run(seed.arg(state).env("RUST_LOG", "warn,sqlx=error"))? {
        return Err(Trouble::new("the platform was not made"));
    }
    say(format!(
        "{} notices of {} SELs: made in {:.0} s",
        wish.notices,
        wish.associations,
        begun.elapsed().as_secs_f64()
    ));
    Ok(())
}

/// Until something is found.
fn wait(client: &mut Client) -> Result<(), Trouble> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let page = client.get("/annonces?ou=sels");
        if page.is_some_and(|page| page.body.contains("class=\"rows\"")) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(500));
    }
    Err(Trouble::new("the index was not whole in time"))
}

const ANSWERS: [(&str, Answer); 3] = [
    ("Postgres, first twenty", Answer::First),
    ("Postgres, and counts", Answer::Counts),
    ("Postgres, a whole page", Answer::Page),
];

fn compare(ours: &Figures, name: &str, clients: usize, theirs: &Figures) {
    say(format!(
        "  {name:<25} {clients:>3} clients {:>7.1}/s  p50 {:>6.2} ms  p99 {:>6.2} ms",
        theirs.per_second, theirs.p50_ms, theirs.p99_ms
    ));
    say(format!(
        "    ratio: {:.1} times as many, p99 {:.1} times shorter",
        ours.per_second / theirs.per_second.max(0.001),
        theirs.p99_ms / ours.p99_ms.max(0.001)
    ));
}

impl Bench {
    fn shape(
        &mut self,
        shape: &Shape,
        clients: &mut [Client],
        rival: &Rival<'_>,
    ) -> Result<Vec<Figures>, Trouble> {
        say(format!("\n{}", shape.name));
        let mut all = Vec::new();
        for count in CLIENTS {
            let turn = AtomicU64::new(0);
            let bytes = AtomicUsize::new(0);
            let it = self.measure(&mut clients[..count], |client| {
                let next = usize::try_from(turn.fetch_add(1, Ordering::Relaxed)).unwrap_or(0);
                let length = fetch(client, &shape.path(shape.words[next % shape.words.len()]));
                bytes.store(length.unwrap_or_default(), Ordering::Relaxed);
                length.is_some()
            });
            say(format!(
                "  {:<25} {count:>3} clients {:>7.1}/s  {}",
                "our page",
                it.run.per_second(),
                costs(&it)
            ));
            let ours = Figures {
                per_second: it.run.per_second(),
                p50_ms: it.run.percentile_ms(50),
                p99_ms: it.run.percentile_ms(99),
            };
            for (name, answer) in ANSWERS {
                let theirs = rival.measure((shape, answer), count, self.time)?;
                compare(&ours, name, count, &theirs);
                all.push(theirs);
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_notices_unless_told() {
        let parsed = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Wish::parse(&words)
        };
        assert_eq!(parsed("").unwrap().notices, 1_000_000);
        assert_eq!(parsed("--notices 5000 --seconds 2").unwrap().notices, 5000);
        assert!(parsed("--notices many").is_err());
    }

    #[test]
    fn a_question_is_an_address() {
        let path = SHAPES[5].path("prêt");
        assert_eq!(path, "/annonces?q=pr%C3%AAt&ou=sels&rayon=50");
    }
}
