//! Reads the event log into the search index.
//!
//! The cursor lives in the index, in the same commit as the documents: after a crash anywhere the
//! same index is made again. A log of another database, or a cursor that cannot be read, empties
//! the index and begins anew.

use crate::Rooms;
use ::search::{Change, Entry, Index};
use door::{House, Trouble};
use sel::id::{AssociationId, EventId, MemberId, NoticeId};
use sel::notice::Reach;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use store::Scope;
use store::event::{Cursor, Step};
use store::notice::Notice;

/// Events of one step.
const STEPS: i64 = 500;
/// Notices of a member who leaves that are looked at.
const NOTICES: usize = 1000;
/// How long to wait once all is read, and at the most while something is broken.
const PAUSE: Duration = Duration::from_millis(300);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Follows the log until it is dropped.
pub async fn follow(house: Arc<House>, rooms: Arc<Rooms>) {
    let mut pause = PAUSE;
    loop {
        match step(&house, &rooms).await {
            Ok(seen) => {
                if pause > PAUSE {
                    tracing::info!("the search index follows again");
                }
                pause = PAUSE;
                if seen > 0 {
                    continue;
                }
            }
            Err(trouble) => {
                // Said once, not at every try.
                if pause == PAUSE {
                    tracing::error!("the search index does not follow: {trouble}");
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
        tokio::time::sleep(pause).await;
    }
}

/// Reads the next events into the index. Answers how many there were: 0 when it is caught up.
pub async fn step(house: &House, rooms: &Rooms) -> Result<usize, Trouble> {
    let mut log = store::Follower::begin(&house.pool, house.clock.now()).await?;
    let identity = store::event::log_identity(&mut log).await?;
    let cursor = cursor(&rooms.index, &identity).await?;
    let steps = store::event::after(&mut log, cursor, STEPS).await?;
    log.commit().await?;
    let Some(last) = steps.last() else {
        return Ok(0);
    };
    let cursor = format!("{identity}|{}", last.cursor);
    let changes = changes(house, &steps).await?;
    in_index(&rooms.index, move |index| index.apply(changes, &cursor)).await?;
    Ok(steps.len())
}

/// How many events the index has not taken in yet, a thousand at the most.
pub async fn lag(house: &House, rooms: &Rooms) -> Result<i64, Trouble> {
    let mut log = store::Follower::begin(&house.pool, house.clock.now()).await?;
    let identity = store::event::log_identity(&mut log).await?;
    let cursor = cursor(&rooms.index, &identity).await?;
    let count = store::event::count_after(&mut log, cursor).await?;
    log.commit().await?;
    Ok(count)
}

/// Where the index stands in this log. An index of another log is emptied.
async fn cursor(index: &Arc<Index>, identity: &str) -> Result<Cursor, Trouble> {
    let Some(text) = in_index(index, Index::cursor).await? else {
        return Ok(Cursor::default());
    };
    if let Some(cursor) = read(&text, identity) {
        return Ok(cursor);
    }
    tracing::info!("the search index belongs to another log and is made anew");
    in_index(index, Index::clear).await?;
    Ok(Cursor::default())
}

fn read(text: &str, identity: &str) -> Option<Cursor> {
    let (log, cursor) = text.rsplit_once('|')?;
    (log == identity).then(|| cursor.parse().ok())?
}

/// The index blocks: it works beside the runtime.
async fn in_index<T: Send + 'static>(
    index: &Arc<Index>,
    work: impl FnOnce(&Index) -> Result<T, ::search::Error> + Send + 'static,
) -> Result<T, Trouble> {
    let index = Arc::clone(index);
    tokio::task::spawn_blocking(move || work(&index))
        .await
        .map_err(|error| Trouble::Broken(error.to_string()))?
        .map_err(|error| Trouble::Broken(error.to_string()))
}

/// What these steps mean for the index, read association by association.
async fn changes(house: &House, steps: &[Step]) -> Result<Vec<Change>, Trouble> {
    let mut told: BTreeMap<AssociationId, Vec<EventId>> = BTreeMap::new();
    let tells = |step: &&Step| step.kind.starts_with("notice_") || step.kind == "member_left";
    for step in steps.iter().filter(tells) {
        told.entry(step.association_id)
            .or_default()
            .push(step.event_id);
    }
    let mut changes = Vec::new();
    for (association, events) in told {
        let now = house.clock.now();
        let mut scope = Scope::begin(&house.pool, association, None, now).await?;
        for id in notices(&mut scope, &events).await? {
            let notice = store::notice::by_id(&mut scope, id).await?;
            let live = notice.filter(|notice| notice.is_live(now));
            changes.push(live.map_or(
                Change::Remove {
                    association_id: association.0,
                    notice_id: id.0,
                },
                |notice| Change::Put(Box::new(entry(association, notice))),
            ));
        }
    }
    Ok(changes)
}

/// The notices that these events are about, each once: what is read is the present truth.
async fn notices(scope: &mut Scope, events: &[EventId]) -> Result<BTreeSet<NoticeId>, Trouble> {
    let mut ids = BTreeSet::new();
    for event in events {
        let Some(told) = store::event::read(scope, *event).await? else {
            continue;
        };
        if told.kind == "member_left" {
            let member = MemberId(told.subject_id);
            let theirs = store::notice::of_member(scope, member, false, NOTICES).await?;
            ids.extend(theirs.rows.iter().map(Notice::id));
        } else {
            ids.insert(NoticeId(told.subject_id));
        }
    }
    Ok(ids)
}

fn entry(association: AssociationId, notice: Notice) -> Entry {
    Entry {
        association_id: association.0,
        notice_id: notice.id().0,
        kind: notice.kind().as_str().to_owned(),
        shared: notice.reach() != Reach::Members,
        category: notice.category_code,
        published_at: notice.published_at.timestamp(),
        expires_at: notice.expires_at.timestamp(),
        urgent: notice.urgent,
        category_name: notice.category_name,
        title: notice.title,
        text: notice.body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_counts_in_its_own_log_only() {
        let cursor = Cursor {
            transaction_id: 42,
            event_id: uuid::Uuid::from_u128(7),
        };
        let text = format!("701-1-5|{cursor}");
        assert_eq!(read(&text, "701-1-5"), Some(cursor));
        assert_eq!(read(&text, "701-2-5"), None);
        assert_eq!(read("701-1-5|", "701-1-5"), None);
        assert_eq!(read("", "701-1-5"), None);
    }
}
