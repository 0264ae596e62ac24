//! Looks at the searches that members keep, when they are due, and has a letter written of what is
//! new.
//!
//! Whoever looks holds the row meanwhile: of several web nodes one does. What was told is
//! remembered, so that looking again tells nothing twice; and one looks back a little farther than
//! to the last time, since the index sees a notice only a moment after it was published.

use crate::Rooms;
use crate::follower::{BEHIND, Follower};
use crate::notice::asked::Asked;
use crate::notice::list::shelf::{eyes, seeking};
use crate::notice::list::town::town;
use crate::search::{Sought, Whose, find};
use ::search::Order;
use chrono::TimeDelta;
use door::form::Query;
use door::{Fields, House, Trouble};
use sel::id::{AssociationId, NoticeId, SavedSearchId};
use std::sync::Arc;
use std::time::Duration;
use store::Scope;
use store::saved_search::SavedSearch;
use words::Words;

/// Searches that are looked at before one asks again which are due.
const AT_ONCE: i64 = 100;
/// Notices that a letter tells of.
const NOTICES: usize = 20;
/// How far one looks back beyond the last time.
const BACK: TimeDelta = TimeDelta::minutes(10);
/// How long to wait once none is due, and while something is broken.
const PAUSE: Duration = Duration::from_secs(15);
const LONG_PAUSE: Duration = Duration::from_mins(1);

/// Looks until it is dropped.
pub async fn look(house: Arc<House>, rooms: Arc<Rooms>) {
    loop {
        let pause = match look_once(&house, &rooms).await {
            Ok(0) => PAUSE,
            Ok(_) => Duration::ZERO,
            Err(trouble) => {
                tracing::error!("kept searches are not looked at: {trouble}");
                LONG_PAUSE
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Looks at some searches that are due. Answers how many there were; none while the index has yet
/// to be made.
pub async fn look_once(house: &House, rooms: &Rooms) -> Result<usize, Trouble> {
    if Follower::of(house, rooms).lag().await? >= BEHIND {
        return Ok(0);
    }
    let mut follower = store::Follower::begin(&house.pool, house.clock.now()).await?;
    let due = store::saved_search::due(&mut follower, AT_ONCE).await?;
    follower.commit().await?;
    for (sel, id) in &due {
        look_at(house, rooms, *sel, *id).await?;
    }
    Ok(due.len())
}

async fn look_at(
    house: &House,
    rooms: &Rooms,
    sel: AssociationId,
    id: SavedSearchId,
) -> Result<(), Trouble> {
    let mut scope = Scope::begin(&house.pool, sel, None, house.clock.now()).await?;
    let Some(search) = store::saved_search::claim(&mut scope, id).await? else {
        // Another node has it.
        return Ok(());
    };
    let found = found(rooms, &mut scope, &search).await?;
    let told = desk::saved_search::looked(&mut scope, &search, &found).await?;
    scope.commit().await?;
    if told > 0 {
        tracing::debug!(told, "a kept search found something");
    }
    Ok(())
}

/// What has every word and was published since, the newest first; one's own is no news.
async fn found(
    rooms: &Rooms,
    scope: &mut Scope,
    search: &SavedSearch,
) -> Result<Vec<(AssociationId, NoticeId)>, Trouble> {
    let association = store::association::current(scope).await?;
    let rules = store::setting::read(scope).await?;
    let query = Query(Fields::parse(search.address.as_bytes()));
    let asked = Asked::read(&query);
    let town = town(Words::default(), Some(&association), rooms, &asked);
    let eyes = eyes(scope, asked.place).await?;
    let since = search.saved_at.max(search.looked_at - BACK);
    let sought = Sought {
        // The index counts whole seconds: those of the same one are news.
        since: Some(since - TimeDelta::seconds(1)),
        order: Order::Newest,
        offset: 0,
        limit: NOTICES,
        ..seeking(&asked, eyes, town.as_ref(), &rules.synonyms)
    };
    let found = find(rooms, scope, sought).await?;
    let here = scope.association_id;
    let whole = found.matches.into_iter().filter(|it| it.whole);
    let news = whole.filter_map(|it| match it.notice {
        Whose::Ours(notice) if notice.member_id() == search.member_id() => None,
        Whose::Ours(notice) => Some((here, notice.id())),
        Whose::Theirs(notice) => Some((notice.sel_id(), notice.id())),
    });
    Ok(news.collect())
}
