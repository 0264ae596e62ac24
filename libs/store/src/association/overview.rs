//! Which SELs there are, for those who run the platform.

use crate::{Console, Page, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sel::folded::folded;
use sqlx::FromRow;
use uuid::Uuid;

/// SELs that a search looks through, the last opened: as many as the map shows.
const MANY: i64 = 10_000;

/// Which of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    All,
    /// Their guided start is over.
    Ready,
    /// It is not.
    Starting,
}

/// A SEL as they see it: nothing that is in it, but counts.
#[derive(Clone, Debug, FromRow)]
pub struct Overview {
    association_id: Uuid,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub place_name: String,
    pub member_count: i32,
    pub opened_at: DateTime<Utc>,
    pub ready_at: Option<DateTime<Utc>>,
    /// Notices that others find now.
    #[sqlx(default)]
    pub notices: i64,
    /// On what day an exchange was last recorded, where the SEL is.
    #[sqlx(default)]
    pub exchanged_on: Option<NaiveDate>,
}

impl Overview {
    /// Whether a part of the name or of the place is this, or the start of the address or of the
    /// code; folded.
    fn is_meant(&self, typed: &str) -> bool {
        folded(&self.name).contains(typed)
            || folded(&self.place_name).contains(typed)
            || folded(&self.slug).starts_with(typed)
            || folded(&self.code).starts_with(typed)
    }
}

impl State {
    /// Whether the guided start must be over, or must not.
    fn is_ready(self) -> Option<bool> {
        match self {
            State::All => None,
            State::Ready => Some(true),
            State::Starting => Some(false),
        }
    }
}

/// How many a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub all: usize,
    pub ready: usize,
}

/// The SELs that a search finds, however it is spelt, the last opened first: how many, and a page
/// of those in a state.
pub async fn list(
    console: &mut Console,
    (typed, state): (&str, State),
    (offset, limit): (usize, usize),
) -> Result<(Counts, Page<Overview>)> {
    let (typed, is_ready) = (folded(typed), state.is_ready());
    let (counts, rows) = if typed.is_empty() {
        let (offset, most) = (bound(offset), bound(limit + 1));
        let counts = count(console).await?;
        (counts, latest(console, is_ready, (offset, most)).await?)
    } else {
        let mut found = latest(console, None, (0, MANY)).await?;
        found.retain(|it| it.is_meant(&typed));
        let counts = Counts {
            all: found.len(),
            ready: found.iter().filter(|it| it.ready_at.is_some()).count(),
        };
        found.retain(|it| is_ready.is_none_or(|ready| it.ready_at.is_some() == ready));
        let rows = found.into_iter().skip(offset).take(limit + 1);
        (counts, rows.collect())
    };
    let mut page = Page::cut(rows, limit);
    measure(console, &mut page.rows).await?;
    Ok((counts, page))
}

fn bound(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

async fn count(console: &mut Console) -> Result<Counts> {
    let (all, ready): (i64, i64) = sqlx::query_as(
        "select count(*), count(ready_at) from association where association_id <> hub()",
    )
    .fetch_one(console.connection())
    .await?;
    Ok(Counts {
        all: usize::try_from(all).unwrap_or(0),
        ready: usize::try_from(ready).unwrap_or(0),
    })
}

async fn latest(
    console: &mut Console,
    is_ready: Option<bool>,
    (offset, most): (i64, i64),
) -> Result<Vec<Overview>> {
    Ok(sqlx::query_as(
        "select association_id, slug, code, name, place_name, member_count, opened_at, ready_at \
         from association where association_id <> hub() \
         and ($1::boolean is null or (ready_at is not null) = $1) \
         order by opened_at desc, association_id desc limit $2 offset $3",
    )
    .bind(is_ready)
    .bind(most)
    .bind(offset)
    .fetch_all(console.connection())
    .await?)
}

/// Counts what is in these SELs.
async fn measure(console: &mut Console, rows: &mut [Overview]) -> Result<()> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.association_id).collect();
    let now = console.now;
    let all: Vec<(i64, Option<NaiveDate>)> =
        sqlx::query_as("select notices, exchanged_on from activity_of($1, $2)")
            .bind(&ids)
            .bind(now)
            .fetch_all(console.connection())
            .await?;
    // It answers one row a SEL, in their order.
    for (row, (notices, exchanged_on)) in rows.iter_mut().zip(all) {
        (row.notices, row.exchanged_on) = (notices, exchanged_on);
    }
    Ok(())
}
