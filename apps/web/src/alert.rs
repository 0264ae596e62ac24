//! Looks at the searches that members keep, when they are due, and has a letter written of what is
//! new.
//!
//! Whoever looks holds the row meanwhile: of several web nodes one does. What was told is
//! remembered, so that looking again tells nothing twice; and one looks back a little farther than
//! to the last time, since the index sees a notice only a moment after it was published.

use crate::Rooms;
use crate::follower::Follower;
use crate::notice::asked::Asked;
use crate::notice::list::shelf::seeking;
use crate::notice::list::town::town;
use ::search::Order;
use chrono::{DateTime, TimeDelta, Utc};
use door::form::Query;
use door::{Fields, House, Trouble};
use finder::{Sought, Whose, eyes, find};
use sel::id::{AssociationId, NoticeId, SavedSearchId};
use std::sync::Arc;
use std::time::Duration;
use store::Scope;
use store::saved_search::SavedSearch;
use words::Words;

/// Searches that are looked at before one asks again which are due.
const AT_ONCE: i64 = 100;
/// Notices that are looked through at once, and how often: a letter counts 500 at the most.
const PAGE: usize = 50;
const PAGES: usize = 10;
/// For how long one is put off that could not be looked at.
const PUT_OFF: TimeDelta = TimeDelta::minutes(15);
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
    let Some(known_until) = Follower::of(house, rooms).known_until().await? else {
        return Ok(0);
    };
    let mut follower = store::Follower::begin(&house.pool, house.clock.now()).await?;
    let due = store::saved_search::due(&mut follower, AT_ONCE).await?;
    follower.commit().await?;
    let mut looked = 0;
    for (sel, id) in due {
        match look_at(house, rooms, (sel, id), known_until).await {
            Ok(is_ours) => looked += usize::from(is_ours),
            // One that cannot be looked at holds no other back.
            Err(trouble) => {
                tracing::error!("a kept search is put off: {trouble}");
                put_off(house, sel, id).await?;
            }
        }
    }
    Ok(looked)
}

async fn put_off(house: &House, sel: AssociationId, id: SavedSearchId) -> Result<(), Trouble> {
    let now = house.clock.now();
    let mut scope = Scope::begin(&house.pool, sel, None, now).await?;
    store::saved_search::put_off(&mut scope, id, now + PUT_OFF).await?;
    Ok(scope.commit().await?)
}

/// False where another node has it.
async fn look_at(
    house: &House,
    rooms: &Rooms,
    (sel, id): (AssociationId, SavedSearchId),
    known_until: DateTime<Utc>,
) -> Result<bool, Trouble> {
    let mut scope = Scope::begin(&house.pool, sel, None, house.clock.now()).await?;
    let Some(search) = store::saved_search::claim(&mut scope, id).await? else {
        return Ok(false);
    };
    let since = search.told_from.max(search.looked_at - BACK);
    // The index counts whole seconds: those of the same one are news.
    let since = since - TimeDelta::seconds(1);
    let found = if rooms.finder.index.newest() > since.timestamp() {
        found(rooms, &mut scope, &search, since).await?
    } else {
        Vec::new()
    };
    desk::saved_search::looked(&mut scope, &search, &found, known_until).await?;
    scope.commit().await?;
    Ok(true)
}

/// What has every word and was published since, the newest first; one's own is no news. Nothing
/// where nobody knows any more which locality was meant.
async fn found(
    rooms: &Rooms,
    scope: &mut Scope,
    search: &SavedSearch,
    since: DateTime<Utc>,
) -> Result<Vec<(AssociationId, NoticeId)>, Trouble> {
    let association = store::association::current(scope).await?;
    let rules = store::setting::read(scope).await?;
    let query = Query(Fields::parse(search.address.as_bytes()));
    let asked = Asked::read(&query);
    let town = town(Words::default(), Some(&association), rooms, &asked);
    if town.as_ref().is_some_and(|town| !town.is_clear()) {
        return Ok(Vec::new());
    }
    let eyes = eyes(scope, asked.place.reach()).await?;
    let sought = Sought {
        since: Some(since),
        order: Order::Newest,
        literal: true,
        offset: 0,
        limit: PAGE,
        ..seeking(&asked, eyes, town.as_ref(), &rules.synonyms)
    };
    let here = scope.association_id;
    let mut news = Vec::new();
    for page in 0..PAGES {
        let sought = Sought {
            offset: page * PAGE,
            ..sought.clone()
        };
        let found = find(&rooms.finder, scope, sought)
            .await
            .map_err(crate::lost)?;
        let whole = found.matches.into_iter().filter(|it| it.whole);
        news.extend(whole.filter_map(|it| match it.notice {
            Whose::Ours(notice) if notice.member_id() == search.member_id() => None,
            Whose::Ours(notice) => Some((here, notice.id())),
            Whose::Theirs(notice) => Some((notice.sel_id(), notice.id())),
        }));
        if found.whole <= (page + 1) * PAGE {
            break;
        }
    }
    Ok(news)
}
