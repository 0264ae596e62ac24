//! Where a list goes on: what the last row was ordered by, opaque to programs.

use crate::fail::Fail;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

/// Rows of a page, where nothing else is asked.
pub(crate) const ROWS: usize = 50;

/// How many rows were asked for.
pub(crate) fn limit(asked: Option<u32>) -> usize {
    asked.map_or(ROWS, |it| usize::try_from(it).unwrap_or(ROWS).clamp(1, 100))
}

pub(crate) fn unreadable() -> Fail {
    Fail::of_field("cursor", "It is none that a list gave.")
}

/// An empty one is none.
fn given(cursor: Option<&str>) -> Option<&str> {
    cursor.filter(|it| !it.is_empty())
}

fn decode(cursor: &str) -> Result<String, Fail> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| unreadable())?;
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// After a row that is ordered by a number.
pub(crate) fn of_number(number: i64) -> String {
    URL_SAFE_NO_PAD.encode(number.to_string())
}

pub(crate) fn number(cursor: Option<&str>) -> Result<Option<i64>, Fail> {
    given(cursor)
        .map(|it| decode(it)?.parse().map_err(|_| unreadable()))
        .transpose()
}

/// After a row that is ordered by a moment, then by its id.
pub(crate) fn of_moment(at: DateTime<Utc>, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{id}", at.timestamp_micros()))
}

pub(crate) fn moment(cursor: Option<&str>) -> Result<Option<(DateTime<Utc>, Uuid)>, Fail> {
    let Some(cursor) = given(cursor) else {
        return Ok(None);
    };
    let text = decode(cursor)?;
    let (at, id) = text.split_once('.').ok_or_else(unreadable)?;
    let at = at.parse().ok().and_then(DateTime::from_timestamp_micros);
    // Nothing of ours is older, or that new; the database knows fewer moments than we do.
    let at = at.filter(|at: &DateTime<Utc>| (2000..2200).contains(&at.year()));
    let id = id.parse().ok();
    at.zip(id).map(Some).ok_or_else(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        let at: DateTime<Utc> = "2026-06-15T08:00:00.123456Z".parse().unwrap();
        let id = Uuid::from_u128(7);
        let read = moment(Some(&of_moment(at, id))).ok().flatten();
        assert_eq!(read, Some((at, id)));
        assert_eq!(number(Some(&of_number(12))).ok().flatten(), Some(12));
        assert_eq!(number(None).ok().flatten(), None);
        assert_eq!(moment(Some("")).ok().flatten(), None);
        let far = URL_SAFE_NO_PAD.encode(format!("-8334601228800000000.{id}"));
        assert!(moment(Some(&far)).is_err());
        for wrong in ["é", "AAAA", "MTI"] {
            assert!(moment(Some(wrong)).is_err(), "{wrong}");
        }
        assert!(number(Some("AAAA")).is_err());
    }
}
