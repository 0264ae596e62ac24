//! Finding notices by words: the index says which, the database says how they read now.

use crate::Rooms;
use ::search::{Hit, Piece, Query, Viewer};
use door::Trouble;
use sel::id::{AssociationId, NoticeId};
use sel::notice::Kind;
use std::collections::HashMap;
use std::sync::Arc;
use store::Scope;
use store::notice::{Notice, Shared};
use uuid::Uuid;

/// What somebody seeks.
#[derive(Clone, Debug)]
pub(crate) struct Sought {
    pub(crate) words: String,
    pub(crate) kind: Option<Kind>,
    /// A rubric's code.
    pub(crate) rubric: Option<String>,
    /// Whose shared notices are looked through as well.
    pub(crate) allies: Vec<AssociationId>,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

/// Whose notice was found.
#[derive(Debug)]
pub(crate) enum Whose {
    Ours(Box<Notice>),
    Theirs(Box<Shared>),
}

impl Whose {
    /// The SEL, here where it is ours, and the notice: an id alone is anybody's choice.
    fn key(&self, here: AssociationId) -> (Uuid, Uuid) {
        match self {
            Whose::Ours(notice) => (here.0, notice.id().0),
            Whose::Theirs(notice) => (notice.ally_id().0, notice.id().0),
        }
    }
}

/// A notice that was found, and why.
#[derive(Debug)]
pub(crate) struct Match {
    pub(crate) notice: Whose,
    pub(crate) title: Vec<Piece>,
    pub(crate) snippet: Vec<Piece>,
}

/// One page of what was found. The counts are the index's, which follows within a second.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) total: usize,
    pub(crate) matches: Vec<Match>,
    pub(crate) kinds: Vec<(Kind, usize)>,
    /// By code.
    pub(crate) rubrics: Vec<(String, usize)>,
    /// No notice has all the words: these have some.
    pub(crate) loosened: bool,
}

/// Searches the notices of this scope's association, and those that these allies share with it.
pub(crate) async fn find(
    rooms: &Rooms,
    scope: &mut Scope,
    sought: Sought,
) -> Result<Found, Trouble> {
    let viewer = Viewer {
        association_id: scope.association_id.0,
        allies: sought.allies.iter().map(|ally| ally.0).collect(),
        now: scope.now.timestamp(),
    };
    let index = Arc::clone(&rooms.index);
    let asking = move || {
        let query = Query {
            words: &sought.words,
            kind: sought.kind.map(Kind::as_str),
            category: sought.rubric.as_deref(),
            offset: sought.offset,
            limit: sought.limit,
        };
        index.find(&viewer, &query)
    };
    let found = tokio::task::spawn_blocking(asking)
        .await
        .map_err(|error| Trouble::Broken(error.to_string()))?
        .map_err(|error| Trouble::Broken(error.to_string()))?;
    let notices = read(scope, &found.hits).await?;
    Ok(Found {
        total: found.total,
        matches: matches(scope.association_id, notices, found.hits),
        kinds: found
            .kinds
            .into_iter()
            .filter_map(|(kind, count)| Some((Kind::parse(&kind)?, count)))
            .collect(),
        rubrics: found.categories,
        loosened: found.loosened,
    })
}

/// What was found, as it reads now: the database says again what may be seen.
async fn read(scope: &mut Scope, hits: &[Hit]) -> store::Result<Vec<Whose>> {
    let here = scope.association_id.0;
    let id = |hit: &Hit| NoticeId(hit.notice_id);
    let (ours, theirs): (Vec<&Hit>, Vec<&Hit>) =
        hits.iter().partition(|hit| hit.association_id == here);
    let ours: Vec<NoticeId> = ours.into_iter().map(id).collect();
    let mut read: Vec<Whose> = store::notice::by_ids(scope, &ours)
        .await?
        .into_iter()
        .map(|notice| Whose::Ours(Box::new(notice)))
        .collect();
    if !theirs.is_empty() {
        let pair = |hit: &Hit| (AssociationId(hit.association_id), id(hit));
        let theirs: Vec<_> = theirs.into_iter().map(pair).collect();
        let theirs = store::notice::shared(scope, &theirs).await?;
        read.extend(theirs.into_iter().map(|it| Whose::Theirs(Box::new(it))));
    }
    Ok(read)
}

/// In the order of the index; a hit without a notice is gone since, or shared no longer.
fn matches(here: AssociationId, notices: Vec<Whose>, hits: Vec<Hit>) -> Vec<Match> {
    let mut notices: HashMap<_, Whose> = notices.into_iter().map(|it| (it.key(here), it)).collect();
    hits.into_iter()
        .filter_map(|hit| {
            Some(Match {
                notice: notices.remove(&(hit.association_id, hit.notice_id))?,
                title: hit.title,
                snippet: hit.snippet,
            })
        })
        .collect()
}
