//! Asks an index that nobody has open, and tells how long it took: what `cargo xtask bench search`
//! compares with the database's own search, without pages, sessions and a second reading.
//!
//! `ask DIRECTORY QUESTIONS CLIENTS SECONDS LATITUDE LONGITUDE OWN [ALLY …]`: the second is a file
//! with a question a line; somebody of the association OWN asks, who is there. Prints answers a
//! second, the median and the 99th percentile in milliseconds, and how many notices a question
//! finds in the mean. As many are asked at a time as there are processors, in the order in which
//! they came, as the web node does it.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use search::{Eyes, Index, Query, Viewer};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How many notices a page shows.
const ROWS: usize = 20;

type Trouble = Box<dyn Error + Send + Sync>;

struct Asked {
    took: Duration,
    found: usize,
}

fn main() -> Result<(), Trouble> {
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
    let index = Index::open(Path::new(&directory))?;
    let asking = Asking {
        index,
        viewer,
        questions: questions.lines().map(str::to_owned).collect(),
        place,
        processors: Semaphore::new(thread::available_parallelism()?.get()),
        turn: AtomicUsize::new(0),
    };
    let asking = Arc::new(asking);
    let time = Duration::from_secs(seconds);
    let runtime = tokio::runtime::Builder::new_multi_thread().build()?;
    let begun = Instant::now();
    let answers = runtime.block_on(async {
        let client = |_| tokio::spawn(client(Arc::clone(&asking), begun, time));
        let clients: Vec<_> = (0..clients).map(client).collect();
        let mut all = Vec::new();
        for client in clients {
            all.push(client.await??);
        }
        Ok::<_, Trouble>(all)
    })?;
    let elapsed = begun.elapsed();
    tell(answers.into_iter().flatten().collect(), elapsed)
}

struct Asking {
    index: Index,
    viewer: Viewer,
    questions: Vec<String>,
    place: (f64, f64),
    processors: Semaphore,
    /// How many questions were asked.
    turn: AtomicUsize,
}

/// Asks one question after the other.
async fn client(
    asking: Arc<Asking>,
    begun: Instant,
    time: Duration,
) -> Result<Vec<Asked>, Trouble> {
    let mut all = Vec::new();
    while begun.elapsed() < time {
        let asked = Instant::now();
        let _processor = asking.processors.acquire().await?;
        let here = Arc::clone(&asking);
        let found = tokio::task::spawn_blocking(move || here.ask()).await??;
        all.push(Asked {
            took: asked.elapsed(),
            found,
        });
    }
    Ok(all)
}

impl Asking {
    /// How many notices the next question finds.
    fn ask(&self) -> Result<usize, search::Error> {
        let at = self.turn.fetch_add(1, Ordering::Relaxed) % self.questions.len().max(1);
        let query = Query {
            words: self.questions.get(at).map_or("", String::as_str),
            near: Some((self.place, None)),
            limit: ROWS,
            ..Query::default()
        };
        Ok(self.index.find(&self.viewer, &query)?.total)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn tell(mut all: Vec<Asked>, elapsed: Duration) -> Result<(), Trouble> {
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
