//! Reads the event log into the search index.
//!
//! The cursor lives in the index, in the same commit as the documents: after a crash anywhere the
//! same index is made again. A log of another database, or a cursor that cannot be read, has the
//! index made anew: from the notices as they stand, SEL by SEL, and then from the log on. It shows
//! what it showed until that is done.

mod changes;

use crate::Rooms;
use ::search::Index;
use chrono::{DateTime, Utc};
use door::clock::Clock;
use door::{House, Trouble};
use std::sync::Arc;
use std::time::Duration;
use store::Pool;
use store::event::Cursor;

/// Events of one step.
const STEPS: i64 = 1000;
/// From so many events on an index is behind; more are not counted.
pub const BEHIND: i64 = 1000;
/// How long to wait once all is read, and at the most while something is broken.
const PAUSE: Duration = Duration::from_millis(300);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// One who reads the log into an index.
#[derive(Clone, Debug)]
pub struct Follower {
    /// As `saline_web`.
    pub pool: Pool,
    pub clock: Clock,
    pub index: Arc<Index>,
}

impl Follower {
    /// The one of a web node.
    pub fn of(house: &House, rooms: &Rooms) -> Follower {
        Follower {
            pool: house.pool.clone(),
            clock: house.clock.clone(),
            index: Arc::clone(&rooms.finder.index),
        }
    }

    /// Follows the log until it is dropped.
    pub async fn follow(&self) {
        let mut pause = PAUSE;
        loop {
            match self.step().await {
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
    pub async fn step(&self) -> Result<usize, Trouble> {
        let mut log = self.log().await?;
        let identity = store::event::log_identity(&mut log).await?;
        let Some(cursor) = self.cursor(&identity).await? else {
            let head = store::event::head(&mut log).await?;
            log.commit().await?;
            return self.make_anew(&identity, head).await;
        };
        let steps = store::event::after(&mut log, cursor, STEPS).await?;
        log.commit().await?;
        let Some(last) = steps.last() else {
            return Ok(0);
        };
        let cursor = written(&identity, last.cursor);
        self.stage(&steps).await?;
        self.in_index(move |index| index.apply(Vec::new(), &cursor))
            .await?;
        Ok(steps.len())
    }

    /// Fills the index from the notices as they stand now, which is no earlier than `head`: what
    /// happened since is read again. Answers 1: there may be more.
    async fn make_anew(&self, identity: &str, head: Cursor) -> Result<usize, Trouble> {
        tracing::info!("the search index is made anew");
        let mut log = self.log().await?;
        let sels = store::association::followed_ids(&mut log).await?;
        log.commit().await?;
        self.in_index(Index::begin_anew).await?;
        let mut count = 0;
        for sel in sels {
            let mut after = None;
            loop {
                let (entries, last) = self.whole(sel, after).await?;
                count += entries.len();
                self.in_index(move |index| index.add(entries)).await?;
                after = last;
                if after.is_none() {
                    break;
                }
            }
        }
        let cursor = written(identity, head);
        self.in_index(move |index| index.apply(Vec::new(), &cursor))
            .await?;
        tracing::info!(count, "the search index is whole");
        Ok(1)
    }

    /// How many events the index has not taken in yet, [`BEHIND`] at the most; so many too where it
    /// has yet to be made.
    pub async fn lag(&self) -> Result<i64, Trouble> {
        let mut log = self.log().await?;
        let identity = store::event::log_identity(&mut log).await?;
        let Some(cursor) = self.cursor(&identity).await? else {
            return Ok(BEHIND);
        };
        let count = store::event::count_after(&mut log, cursor).await?;
        log.commit().await?;
        Ok(count)
    }

    /// Until when the index knows what happened; none where it has yet to be made.
    pub async fn known_until(&self) -> Result<Option<DateTime<Utc>>, Trouble> {
        let mut log = self.log().await?;
        let now = self.clock.now();
        let identity = store::event::log_identity(&mut log).await?;
        let Some(cursor) = self.cursor(&identity).await? else {
            return Ok(None);
        };
        let unread = store::event::unread_since(&mut log, cursor).await?;
        log.commit().await?;
        Ok(Some(unread.map_or(now, |unread| unread.min(now))))
    }

    async fn log(&self) -> store::Result<store::Follower> {
        store::Follower::begin(&self.pool, self.clock.now()).await
    }

    /// Where the index stands in this log, if it is one of it.
    async fn cursor(&self, identity: &str) -> Result<Option<Cursor>, Trouble> {
        let text = self.in_index(Index::cursor).await?;
        Ok(text.and_then(|text| read(&text, identity)))
    }

    /// The index blocks: it works beside the runtime.
    async fn in_index<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index) -> Result<T, ::search::Error> + Send + 'static,
    ) -> Result<T, Trouble> {
        let index = Arc::clone(&self.index);
        tokio::task::spawn_blocking(move || work(&index))
            .await
            .map_err(|error| Trouble::Broken(error.to_string()))?
            .map_err(|error| Trouble::Broken(error.to_string()))
    }
}

fn written(identity: &str, cursor: Cursor) -> String {
    format!("{identity}|{cursor}")
}

fn read(text: &str, identity: &str) -> Option<Cursor> {
    let (log, cursor) = text.rsplit_once('|')?;
    (log == identity).then(|| cursor.parse().ok())?
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
        let text = written("701-1-5", cursor);
        assert_eq!(read(&text, "701-1-5"), Some(cursor));
        assert_eq!(read(&text, "701-2-5"), None);
        assert_eq!(read("701-1-5|", "701-1-5"), None);
        assert_eq!(read("", "701-1-5"), None);
    }
}
