//! Seals: a chain of digests over the transfers of an association, which shows any later change.
//!
//! Transfers are sealed in the order in which they are found, some at a time; the digest of each
//! covers the one before it and every field of the transfer.

use crate::{Result, Scope, Worker};
use chrono::{DateTime, NaiveDate, Utc};
use sel::id::{AssociationId, TransferId};
use sha2::{Digest as _, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

/// A SHA-256.
pub type Digest = [u8; 32];

/// What stands before the first link.
pub const START: Digest = [0; 32];

/// The first bytes of all that is digested: another way of writing gets another number.
const FORM: &[u8] = b"saline transfer 1\n";

/// All that a transfer says.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Row {
    pub(crate) transfer_id: Uuid,
    kind: String,
    exchange_id: Option<Uuid>,
    payer_account: Uuid,
    payee_account: Uuid,
    amount: i64,
    label: String,
    done_on: NaiveDate,
    posted_at: DateTime<Utc>,
    posted_by: Option<Uuid>,
    payer_sequence: i64,
    payee_sequence: i64,
    payer_balance: i64,
    payee_balance: i64,
    reverses: Option<Uuid>,
    batch_id: Option<Uuid>,
}

/// The columns of a [`Row`], of a transfer named `t`.
pub(crate) const COLUMNS: &str = "t.transfer_id, t.kind, t.exchange_id, t.payer_account, \
    t.payee_account, t.amount, t.label, t.done_on, t.posted_at, t.posted_by, t.payer_sequence, \
    t.payee_sequence, t.payer_balance, t.payee_balance, t.reverses, \
    t.batch_id";

impl Row {
    /// The link after `previous`. Texts go in with their length in bytes, numbers big-endian,
    /// moments in microseconds, ids as their 16 bytes, of zeros where there is none.
    pub(crate) fn digest(&self, association: AssociationId, previous: &Digest) -> Digest {
        let mut hash = Sha256::new();
        hash.update(FORM);
        hash.update(previous);
        let nobody = Uuid::nil();
        for id in [
            &association.0,
            &self.transfer_id,
            self.exchange_id.as_ref().unwrap_or(&nobody),
            &self.payer_account,
            &self.payee_account,
            self.posted_by.as_ref().unwrap_or(&nobody),
        ] {
            hash.update(id.as_bytes());
        }
        for text in [&self.kind, &self.label, &self.done_on.to_string()] {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(text);
        }
        for number in [
            self.amount,
            self.posted_at.timestamp_micros(),
            self.payer_sequence,
            self.payee_sequence,
            self.payer_balance,
            self.payee_balance,
        ] {
            hash.update(number.to_be_bytes());
        }
        // What came later is digested where it is there: older seals stay as they are.
        if let Some(reverses) = &self.reverses {
            hash.update(b"reverses");
            hash.update(reverses.as_bytes());
        }
        if let Some(batch) = &self.batch_id {
            hash.update(b"batch");
            hash.update(batch.as_bytes());
        }
        hash.finalize().into()
    }
}

/// Associations with transfers to seal, at most `limit`.
pub async fn waiting(worker: &mut Worker, limit: i64) -> Result<Vec<AssociationId>> {
    // From one association to the next: the list itself may be long.
    let rows: Vec<(Uuid,)> = sqlx::query_as(
        "with recursive next (id) as ( \
             (select association_id from unsealed order by association_id limit 1) \
             union all \
             select (select u.association_id from unsealed u where u.association_id > next.id \
                     order by u.association_id limit 1) from next where next.id is not null) \
         select id from next where id is not null limit $1",
    )
    .bind(limit)
    .fetch_all(worker.connection())
    .await?;
    Ok(rows.into_iter().map(|(id,)| AssociationId(id)).collect())
}

/// Seals what waits, at most `limit` transfers. Answers how many it sealed.
pub async fn seal(scope: &mut Scope, limit: i64) -> Result<usize> {
    let here = scope.here();
    // One writes the chain at a time.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1::text, 0))")
        .bind(here)
        .execute(scope.connection())
        .await?;
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from (select transfer_id from unsealed where association_id = $1 \
             order by transfer_id limit $2) u \
         join transfer t on t.association_id = $1 and t.transfer_id = u.transfer_id \
         order by t.transfer_id"
    ));
    let rows: Vec<Row> = sqlx::query_as(statement)
        .bind(here)
        .bind(limit)
        .fetch_all(scope.connection())
        .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let (mut place, mut previous) = head(scope).await?;
    let (mut places, mut ids, mut digests) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        previous = row.digest(scope.association_id, &previous);
        place += 1;
        places.push(place);
        ids.push(row.transfer_id);
        digests.push(previous.to_vec());
    }
    sqlx::query(
        "with sealed as (insert into seal (association_id, place, transfer_id, digest) \
             select $1, * from unnest($2::bigint[], $3::uuid[], $4::bytea[])) \
         delete from unsealed where association_id = $1 and transfer_id = any ($3)",
    )
    .bind(here)
    .bind(places)
    .bind(ids)
    .bind(digests)
    .execute(scope.connection())
    .await?;
    Ok(rows.len())
}

/// The last link of the chain: its place and its digest.
pub async fn head(scope: &mut Scope) -> Result<(i64, Digest)> {
    let here = scope.here();
    let last: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "select place, digest from seal where association_id = $1 order by place desc limit 1",
    )
    .bind(here)
    .fetch_optional(scope.connection())
    .await?;
    Ok(last.map_or((0, START), |(place, digest)| (place, fixed(&digest))))
}

/// A digest as it is kept; of another length it is none, and agrees with nothing.
fn fixed(kept: &[u8]) -> Digest {
    kept.try_into().unwrap_or([0xff; 32])
}

/// Links that are read at a time.
const READ: i64 = 5_000;

/// A link as it is kept, beside the transfer that it seals, where that is still there.
#[derive(FromRow)]
struct Link {
    place: i64,
    sealed_id: Uuid,
    digest: Vec<u8>,
    #[sqlx(flatten)]
    row: Kept,
}

/// A transfer, or none.
struct Kept(Option<Row>);

impl<'r> FromRow<'r, sqlx::postgres::PgRow> for Kept {
    fn from_row(row: &'r sqlx::postgres::PgRow) -> sqlx::Result<Kept> {
        let is_there: bool = sqlx::Row::try_get(row, "is_there")?;
        Ok(Kept(is_there.then(|| Row::from_row(row)).transpose()?))
    }
}

/// Follows the chain from its start; answers the first transfer that is not what was sealed.
pub(crate) async fn first_broken(scope: &mut Scope) -> Result<Option<TransferId>> {
    let (mut place, mut previous) = (0, START);
    let here = scope.here();
    let statement = format!(
        "select s.place, s.transfer_id as sealed_id, s.digest, \
                t.transfer_id is not null as is_there, {COLUMNS} \
         from seal s left join transfer t on t.association_id = s.association_id \
              and t.transfer_id = s.transfer_id \
         where s.association_id = $1 and s.place > $2 order by s.place limit $3"
    );
    loop {
        let links: Vec<Link> = sqlx::query_as(sqlx::AssertSqlSafe(statement.clone()))
            .bind(here)
            .bind(place)
            .bind(READ)
            .fetch_all(scope.connection())
            .await?;
        if links.is_empty() {
            return Ok(None);
        }
        for link in links {
            place += 1;
            let broken = Some(TransferId(link.sealed_id));
            let Kept(Some(row)) = link.row else {
                return Ok(broken);
            };
            previous = row.digest(scope.association_id, &previous);
            if link.place != place || fixed(&link.digest) != previous {
                return Ok(broken);
            }
        }
    }
}
