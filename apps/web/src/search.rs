//! Finding notices by words: the index says which, the database says how they read now.

use crate::Rooms;
use ::search::{Hit, Piece, Query, Viewer};
use door::Trouble;
use sel::id::{CategoryId, NoticeId};
use sel::notice::Kind;
use std::sync::Arc;
use store::Scope;
use store::notice::Notice;

/// What somebody seeks.
#[derive(Clone, Debug)]
pub(crate) struct Sought {
    pub(crate) words: String,
    pub(crate) kind: Option<Kind>,
    pub(crate) category: Option<CategoryId>,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

/// A notice that was found, and why.
#[derive(Debug)]
pub(crate) struct Match {
    pub(crate) notice: Notice,
    pub(crate) title: Vec<Piece>,
    pub(crate) snippet: Vec<Piece>,
}

/// One page of what was found. The counts are the index's, which follows within a second.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) total: usize,
    pub(crate) matches: Vec<Match>,
    pub(crate) kinds: Vec<(Kind, usize)>,
    pub(crate) categories: Vec<(CategoryId, usize)>,
    /// No notice has all the words: these have some.
    pub(crate) loosened: bool,
}

/// Searches the notices of this scope's association.
pub(crate) async fn find(
    rooms: &Rooms,
    scope: &mut Scope,
    sought: Sought,
) -> Result<Found, Trouble> {
    let viewer = Viewer {
        association_id: scope.association_id.0,
        now: scope.now.timestamp(),
    };
    let index = Arc::clone(&rooms.index);
    let asking = move || {
        let category = sought.category.map(|id| id.to_string());
        let query = Query {
            words: &sought.words,
            kind: sought.kind.map(Kind::as_str),
            category: category.as_deref(),
            offset: sought.offset,
            limit: sought.limit,
        };
        index.find(&viewer, &query)
    };
    let found = tokio::task::spawn_blocking(asking)
        .await
        .map_err(|error| Trouble::Broken(error.to_string()))?
        .map_err(|error| Trouble::Broken(error.to_string()))?;
    let ids: Vec<NoticeId> = found
        .hits
        .iter()
        .map(|hit| NoticeId(hit.notice_id))
        .collect();
    let notices = store::notice::by_ids(scope, &ids).await?;
    Ok(Found {
        total: found.total,
        matches: matches(notices, found.hits),
        kinds: found
            .kinds
            .into_iter()
            .filter_map(|(kind, count)| Some((Kind::parse(&kind)?, count)))
            .collect(),
        categories: found
            .categories
            .into_iter()
            .filter_map(|(id, count)| Some((id.parse().ok()?, count)))
            .collect(),
        loosened: found.loosened,
    })
}

/// Both are in the order of the index; a hit without a notice is gone since.
fn matches(notices: Vec<Notice>, hits: Vec<Hit>) -> Vec<Match> {
    let mut hits = hits.into_iter();
    notices
        .into_iter()
        .filter_map(|notice| {
            let hit = hits.find(|hit| hit.notice_id == notice.id().0)?;
            Some(Match {
                notice,
                title: hit.title,
                snippet: hit.snippet,
            })
        })
        .collect()
}
