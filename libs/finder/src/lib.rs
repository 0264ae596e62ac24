//! Finding notices by words: the index says which, the database says how they read now.

use chrono::{DateTime, Utc};
use search::{Eyes, Hit, Index, Order, Query, Viewer, Why};
use sel::id::{AssociationId, NoticeId};
use sel::notice::Kind;
use std::collections::HashMap;
use std::sync::Arc;
use store::notice::{Notice, Shared};
use store::{Door, Scope};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Why nothing was found out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("the index: {0}")]
    Index(String),
}

/// The index, and who may ask it now: as many at a time as there are processors. More would keep
/// each other from being done, and each holds memory.
#[derive(Clone, Debug)]
pub struct Finder {
    pub index: Arc<Index>,
    turns: Arc<Semaphore>,
}

impl Finder {
    pub fn new(index: Arc<Index>) -> Finder {
        let processors = std::thread::available_parallelism();
        let turns = Arc::new(Semaphore::new(processors.map_or(1, usize::from)));
        Finder { index, turns }
    }
}

/// What somebody seeks, and how far they look.
#[derive(Clone, Debug)]
pub struct Sought {
    pub eyes: Eyes,
    pub words: String,
    pub kind: Option<Kind>,
    /// A rubric's code.
    pub rubric: Option<String>,
    pub urgent: bool,
    pub gift: bool,
    /// So many days old at the most.
    pub days: Option<i64>,
    /// Published after this.
    pub since: Option<DateTime<Utc>>,
    /// From where distances count, and how far, in kilometres.
    pub near: Option<((f64, f64), Option<f64>)>,
    pub order: Order,
    /// Whether words are taken as typed.
    pub literal: bool,
    /// Words that mean the same thing to who looks, a line a thing.
    pub synonyms: Vec<String>,
    pub offset: usize,
    pub limit: usize,
}

/// Whose notice was found.
#[derive(Debug)]
pub enum Whose {
    Ours(Box<Notice>),
    Theirs(Box<Shared>),
}

impl Whose {
    /// The SEL, here where it is ours, and the notice: an id alone is anybody's choice.
    fn key(&self, here: AssociationId) -> (Uuid, Uuid) {
        match self {
            Whose::Ours(notice) => (here.0, notice.id().0),
            Whose::Theirs(notice) => (notice.sel_id().0, notice.id().0),
        }
    }
}

/// A notice that was found, and how far away.
#[derive(Debug)]
pub struct Match<N> {
    pub notice: N,
    pub km: Option<f64>,
    /// Whether it has every word.
    pub whole: bool,
}

/// One page of what was found. The counts are the index's, which follows within a second.
#[derive(Debug)]
pub struct Found<N> {
    pub total: usize,
    pub matches: Vec<Match<N>>,
    pub kinds: Vec<(Kind, usize)>,
    /// By code.
    pub rubrics: Vec<(String, usize)>,
    pub urgent: usize,
    pub gifts: usize,
    /// How many of all have every word; the others, which follow, have some.
    pub whole: usize,
    pub why: Why,
}

/// How far somebody looks beyond their SEL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Home,
    /// At the SELs that share with it, too.
    Allies,
    /// At all that let their notices be seen here.
    Everywhere,
}

/// What members of this scope's association may see so far.
pub async fn eyes(scope: &mut Scope, reach: Reach) -> store::Result<Eyes> {
    let association_id = scope.association_id.0;
    if reach == Reach::Home {
        return Ok(Eyes::Home { association_id });
    }
    let allies = store::notice::sharing_allies(scope).await?;
    let allies = allies.into_iter().map(|ally| ally.0).collect();
    Ok(if reach == Reach::Allies {
        Eyes::Allies {
            association_id,
            allies,
        }
    } else {
        Eyes::Everywhere {
            association_id,
            allies,
        }
    })
}

/// Searches the notices that members of this scope's association may see.
pub async fn find(
    finder: &Finder,
    scope: &mut Scope,
    sought: Sought,
) -> Result<Found<Whose>, Error> {
    let now = scope.now.timestamp();
    let found = ask(finder, sought, now).await?;
    let here = scope.association_id;
    let notices = read(scope, &found.hits).await?;
    let notices = notices.into_iter().map(|it| (it.key(here), it));
    let matches = matches(notices.collect(), &found.hits);
    Ok(told(found, matches))
}

/// Searches the notices that everybody may see.
pub async fn find_public(
    finder: &Finder,
    door: &mut Door,
    sought: Sought,
) -> Result<Found<Shared>, Error> {
    let now = door.now.timestamp();
    let found = ask(finder, sought, now).await?;
    let asked: Vec<_> = found.hits.iter().map(key_of).collect();
    let notices = store::notice::public(door, &asked).await?;
    let notices = notices.into_iter();
    let notices = notices.map(|it| ((it.sel_id().0, it.id().0), it));
    let matches = matches(notices.collect(), &found.hits);
    Ok(told(found, matches))
}

fn key_of(hit: &Hit) -> (AssociationId, NoticeId) {
    (AssociationId(hit.association_id), NoticeId(hit.notice_id))
}

/// Asks the index, which blocks.
async fn ask(finder: &Finder, sought: Sought, now: i64) -> Result<search::Found, Error> {
    let index = Arc::clone(&finder.index);
    let turn = Arc::clone(&finder.turns).acquire_owned().await;
    let turn = turn.map_err(|error| Error::Index(error.to_string()))?;
    let asking = move || {
        let _turn = turn;
        let query = Query {
            words: &sought.words,
            kind: sought.kind.map(Kind::as_str),
            category: sought.rubric.as_deref(),
            urgent: sought.urgent,
            gift: sought.gift,
            since: [
                sought.days.map(|days| now - days * 86_400),
                sought.since.map(|since| since.timestamp()),
            ]
            .into_iter()
            .flatten()
            .max(),
            near: sought.near,
            order: sought.order,
            literal: sought.literal,
            synonyms: &sought.synonyms,
            offset: sought.offset,
            limit: sought.limit,
        };
        let viewer = Viewer {
            eyes: sought.eyes,
            now,
        };
        index.find(&viewer, &query)
    };
    tokio::task::spawn_blocking(asking)
        .await
        .map_err(|error| Error::Index(error.to_string()))?
        .map_err(|error| Error::Index(error.to_string()))
}

fn told<N>(found: search::Found, matches: Vec<Match<N>>) -> Found<N> {
    let kinds = found.kinds.into_iter();
    Found {
        total: found.total,
        matches,
        kinds: kinds
            .filter_map(|(kind, count)| Some((Kind::parse(&kind)?, count)))
            .collect(),
        rubrics: found.categories,
        urgent: found.urgent,
        gifts: found.gifts,
        whole: found.whole,
        why: found.why,
    }
}

/// What was found, as it reads now: the database says again what may be seen.
async fn read(scope: &mut Scope, hits: &[Hit]) -> store::Result<Vec<Whose>> {
    let here = scope.association_id.0;
    let id = |hit: &Hit| NoticeId(hit.notice_id);
    let (ours, theirs): (Vec<&Hit>, Vec<&Hit>) =
        hits.iter().partition(|hit| hit.association_id == here);
    let mut read = Vec::new();
    if !ours.is_empty() {
        let ours: Vec<NoticeId> = ours.into_iter().map(id).collect();
        let ours = store::notice::by_ids(scope, &ours).await?;
        read.extend(ours.into_iter().map(|it| Whose::Ours(Box::new(it))));
    }
    if !theirs.is_empty() {
        let pair = |hit: &Hit| (AssociationId(hit.association_id), id(hit));
        let theirs: Vec<_> = theirs.into_iter().map(pair).collect();
        let theirs = store::notice::shared(scope, &theirs).await?;
        read.extend(theirs.into_iter().map(|it| Whose::Theirs(Box::new(it))));
    }
    Ok(read)
}

/// In the order of the index; a hit without a notice is gone since, or shown no longer.
fn matches<N>(mut notices: HashMap<(Uuid, Uuid), N>, hits: &[Hit]) -> Vec<Match<N>> {
    hits.iter()
        .filter_map(|hit| {
            Some(Match {
                notice: notices.remove(&(hit.association_id, hit.notice_id))?,
                km: hit.km,
                whole: hit.whole,
            })
        })
        .collect()
}
