//! Which SELs there are, for those who run the platform.

use crate::{Console, Page, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sel::folded::folded;
use sqlx::FromRow;
use uuid::Uuid;

/// SELs that are looked through, the last opened: as many as the map shows.
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
        typed.is_empty()
            || folded(&self.name).contains(typed)
            || folded(&self.place_name).contains(typed)
            || folded(&self.slug).starts_with(typed)
            || folded(&self.code).starts_with(typed)
    }

    fn is_in(&self, state: State) -> bool {
        match state {
            State::All => true,
            State::Ready => self.ready_at.is_some(),
            State::Starting => self.ready_at.is_none(),
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
    let typed = folded(typed);
    let mut found = latest(console).await?;
    found.retain(|it| it.is_meant(&typed));
    let counts = Counts {
        all: found.len(),
        ready: found.iter().filter(|it| it.is_in(State::Ready)).count(),
    };
    found.retain(|it| it.is_in(state));
    let rows = found.into_iter().skip(offset).take(limit + 1).collect();
    let mut page = Page::cut(rows, limit);
    measure(console, &mut page.rows).await?;
    Ok((counts, page))
}

async fn latest(console: &mut Console) -> Result<Vec<Overview>> {
    Ok(sqlx::query_as(
        "select association_id, slug, code, name, place_name, member_count, opened_at, ready_at \
         from association where association_id <> hub() \
         order by opened_at desc, association_id desc limit $1",
    )
    .bind(MANY)
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
