//! Everybody of a SEL, for who enters many names at once.

use crate::{Result, Scope};
use sel::id::MemberId;
use sel::limit::Standing;
use sel::roll::{Entry, Roll};
use uuid::Uuid;

/// Members that a roll holds. A SEL has some hundreds at most.
const MANY: i64 = 5_000;

type Row = (Uuid, i32, String, String, bool, bool, i64, i64, i64);

/// All members who ever were, with where their accounts stand.
pub async fn roll(scope: &mut Scope) -> Result<Roll> {
    let here = scope.here();
    let rows: Vec<Row> = sqlx::query_as(
        "select m.member_id, m.number, m.first_name, m.last_name, m.left_at is not null, \
         m.email is not null, a.balance, a.held_out, a.held_in from member m \
         join account a on a.association_id = m.association_id and a.member_id = m.member_id \
         where m.association_id = $1 order by m.number limit $2",
    )
    .bind(here)
    .bind(MANY)
    .fetch_all(scope.connection())
    .await?;
    let entry = |row: Row| {
        let (id, number, first_name, last_name, has_left, has_email, balance, out, inward) = row;
        Entry {
            member_id: MemberId(id),
            number,
            first_name,
            last_name,
            has_left,
            has_email,
            standing: Standing {
                balance,
                held_out: out,
                held_in: inward,
            },
        }
    };
    Ok(Roll::of(rows.into_iter().map(entry).collect()))
}
