//! Asks an index that nobody has open, and tells how long it took: what `cargo xtask bench search`
//! compares with the database's own search, without pages, sessions and a second reading.
//!
//! `ask DIRECTORY QUESTIONS CLIENTS SECONDS LATITUDE LONGITUDE OWN [ALLY …]`: the second is a file
//! with a question a line; somebody of the association OWN asks, who is there. Prints answers a
//! second, the median and the 99th percentile in milliseconds, and how many notices a question
//! finds in the mean.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant, UNIX_EPOCH};

use search::{Eyes, Index, Query, Viewer};
use uuid::Uuid;

/// How many notices a page shows.
const ROWS: usize = 20;

struct Asked {
    took: Duration,
    found: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let mut next = || words.next().ok_or("what is to be asked? See the source");
    let (directory, questions) = (next()?, next()?);
    let (clients, seconds) = (next()?, next()?);
    let place: (f64, f64) = (next()?.parse()?, next()?.parse()?);
    let own = next()?;
    let (clients, seconds): (usize, u64) = (clients.parse()?, seconds.parse()?);
    let allies = words.map(|id| Uuid::parse_str(&id));
    // The questions were just written: no clock is needed to know what has run out.
    let written = fs::metadata(&questions)?.modified()?;
    let viewer = Viewer {
        eyes: Eyes::Everywhere {
            association_id: Uuid::parse_str(&own)?,
            allies: allies.collect::<Result<_, _>>()?,
        },
        now: i64::try_from(written.duration_since(UNIX_EPOCH)?.as_secs())?,
    };
    let questions = fs::read_to_string(questions)?;
    let questions: Vec<&str> = questions.lines().collect();
    let index = Index::open(Path::new(&directory))?;
    let turn = AtomicUsize::new(0);
    let time = Duration::from_secs(seconds);
    let ask = || -> Result<Vec<Asked>, search::Error> {
        let begun = Instant::now();
        let mut all = Vec::new();
        while begun.elapsed() < time {
            let at = turn.fetch_add(1, Ordering::Relaxed) % questions.len().max(1);
            let words = questions.get(at).copied().unwrap_or_default();
            let asked = Instant::now();
            let query = Query {
                words,
                near: Some((place, None)),
                limit: ROWS,
                ..Query::default()
            };
            let found = index.find(&viewer, &query)?.total;
            all.push(Asked {
                took: asked.elapsed(),
                found,
            });
        }
        Ok(all)
    };
    let begun = Instant::now();
    let answers = thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(ask)).collect();
        let answers = clients.into_iter().map(ScopedJoinHandle::join);
        answers.collect::<Result<Vec<_>, _>>()
    });
    let elapsed = begun.elapsed();
    let mut all = Vec::new();
    for answers in answers.map_err(|_| "a client came to grief")? {
        all.extend(answers?);
    }
    tell(all, elapsed)
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn tell(mut all: Vec<Asked>, elapsed: Duration) -> Result<(), Box<dyn Error>> {
    all.sort_unstable_by_key(|it| it.took);
    let at = |percent: usize| {
        let place = (all.len() * percent).div_ceil(100).saturating_sub(1);
        all.get(place)
            .map_or(0.0, |it| it.took.as_secs_f64() * 1000.0)
    };
    let found: usize = all.iter().map(|it| it.found).sum();
    writeln!(
        io::stdout(),
        "{:.1} {:.3} {:.3} {:.0}",
        all.len() as f64 / elapsed.as_secs_f64(),
        at(50),
        at(99),
        found as f64 / all.len().max(1) as f64,
    )?;
    Ok(())
}
