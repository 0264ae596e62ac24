//! Which SELs there are, for those who run the platform.

use crate::{Console, Page, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sel::folded::folded;
use sqlx::FromRow;

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
    pub slug: String,
    pub code: String,
    pub name: String,
    pub place_name: String,
    pub member_count: i32,
    pub opened_at: DateTime<Utc>,
    pub ready_at: Option<DateTime<Utc>>,
    /// Notices that others find now.
    pub notices: i64,
    /// On what day an exchange was last recorded, where the SEL is.
    pub exchanged_on: Option<NaiveDate>,
}

/// How many there are: all, ready, starting.
#[derive(Clone, Copy, Debug, Default, FromRow)]
pub struct Counts {
    pub all: i64,
    pub ready: i64,
    pub starting: i64,
}

/// What a search must hold: a part of the name or of the place, or the start of the address or of
/// the code, however it is spelt. Letters that `like` reads otherwise are none.
fn pattern(typed: &str) -> String {
    let mut plain = String::new();
    for letter in folded(typed).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

/// Letters with accents, and what they are without; quotes and dashes, which are gaps.
macro_rules! letters {
    () => {
        "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ''’‘-‐‑‒–—"
    };
}
macro_rules! bases {
    () => {
        "aaaaaaceeeeiiiinoooooouuuuyy         "
    };
}

/// A text of the database as [`folded`] makes it, as far as the languages around go.
macro_rules! plain {
    ($column:literal) => {
        concat!(
            "regexp_replace(translate(replace(lower(",
            $column,
            "), 'œ', 'oe'), '",
            letters!(),
            "', '",
            bases!(),
            "'), ' +', ' ', 'g')"
        )
    };
}

const FOUND: &str = concat!(
    "association_id <> hub() and ($1 = '' or ",
    plain!("name"),
    " like '%' || $1 || '%' or ",
    plain!("place_name"),
    " like '%' || $1 || '%' or replace(slug, '-', ' ') like $1 || '%' \
     or lower(code) like $1 || '%')"
);

pub async fn counts(console: &mut Console, typed: &str) -> Result<Counts> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select count(*) as \"all\", count(ready_at) as ready, \
             count(*) - count(ready_at) as starting from association where {FOUND}"
    ));
    Ok(sqlx::query_as(statement)
        .bind(pattern(typed))
        .fetch_one(console.connection())
        .await?)
}

/// The SELs that a search finds, the last opened first.
pub async fn list(
    console: &mut Console,
    (typed, state): (&str, State),
    (offset, limit): (i64, usize),
) -> Result<Page<Overview>> {
    let of_state = match state {
        State::All => "",
        State::Ready => "and ready_at is not null",
        State::Starting => "and ready_at is null",
    };
    let now = console.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "with found as (select association_id, slug, code, name, place_name, member_count, \
                 opened_at, ready_at from association where {FOUND} {of_state} \
             order by opened_at desc, association_id desc limit $2 offset $3) \
         select f.*, a.notices, a.exchanged_on from found f \
         join activity_of((select array_agg(association_id) from found), $4) a \
             using (association_id) \
         order by f.opened_at desc, f.association_id desc"
    ));
    let rows = sqlx::query_as(statement)
        .bind(pattern(typed))
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .bind(now)
        .fetch_all(console.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_loses_its_own_accent() {
        // In a text of SQL a quote stands twice.
        let letters: Vec<char> = letters!().replace("\'\'", "'").chars().collect();
        let bases: Vec<char> = bases!().chars().collect();
        assert_eq!(letters.len(), bases.len());
        for (letter, base) in letters.into_iter().zip(bases) {
            let plain = folded(&format!("a{letter}a"));
            assert_eq!(plain, format!("a{base}a"), "{letter}");
        }
    }

    #[test]
    fn what_somebody_types_stands_for_itself() {
        assert_eq!(pattern(" 100 %_\\É  "), "100 \\%\\_\\\\e");
    }
}
