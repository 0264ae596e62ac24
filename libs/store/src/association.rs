//! The SELs of the platform: their public face, and finding one by its host or its place.

mod host;
pub mod overview;

pub use host::{by_host, set_host};

use crate::{Door, Error, Follower, Result, Scope, Worker};
use chrono::{DateTime, Utc};
use sel::alliance::Code;
use sel::amount::Unit;
use sel::association::{Opening, Spot};
use sel::id::{AccountId, AssociationId};
use sqlx::{FromRow, PgConnection, Row};
use uuid::Uuid;

/// What anybody may know of a SEL.
#[derive(Clone, Debug, FromRow, PartialEq)]
pub struct Association {
    #[sqlx(rename = "association_id")]
    id: Uuid,
    pub slug: String,
    /// A host of its own: "sel-mars.fr".
    pub host: Option<String>,
    /// What stands before a member's number outside: MARS in MARS-0042.
    pub code: String,
    pub name: String,
    pub place_name: String,
    pub country: String,
    pub latitude: f64,
    pub longitude: f64,
    pub colour: String,
    pub time_zone: String,
    pub member_count: i32,
    pub opened_at: DateTime<Utc>,
    pub ready_at: Option<DateTime<Utc>>,
}

impl Association {
    pub fn id(&self) -> AssociationId {
        AssociationId(self.id)
    }
}

const COLUMNS: &str = "association_id, slug, host, code, name, place_name, country, latitude, \
                       longitude, colour, time_zone, member_count, opened_at, ready_at";

/// The SEL that answers under this slug.
pub async fn by_slug(door: &mut Door, slug: &str) -> Result<Option<Association>> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where slug = $1 and association_id <> hub()"
    ));
    Ok(sqlx::query_as(statement)
        .bind(slug)
        .fetch_optional(door.connection())
        .await?)
}

/// The SEL with this code, which only the door can see: asked from within a scope that goes on.
/// A worker's login cannot: it has no door.
pub async fn id_of_code(scope: &mut Scope, code: &Code) -> Result<Option<AssociationId>> {
    // A code is letters and digits: it needs no quoting, and so all is one round trip.
    let statement = sqlx::AssertSqlSafe(format!(
        "set local role saline_door; \
         select association_id from association where code = '{}' and association_id <> hub(); \
         set local role saline_member",
        code.as_str()
    ));
    let found = sqlx::raw_sql(statement)
        .fetch_optional(scope.connection())
        .await?;
    let id = found.map(|row| row.try_get::<Uuid, _>(0)).transpose()?;
    Ok(id.map(AssociationId))
}

/// The open SELs that are meant by a code, an address or a whole name: one, if it is to be clear.
pub async fn called(door: &mut Door, typed: &str) -> Result<Vec<Association>> {
    const FEW: i64 = 5;
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where ready_at is not null \
         and (code = upper($1) or slug = lower($1) or lower(name) = lower($1)) limit $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(typed)
        .bind(FEW)
        .fetch_all(door.connection())
        .await?)
}

pub async fn by_id(door: &mut Door, id: AssociationId) -> Result<Option<Association>> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where association_id = $1"
    ));
    Ok(sqlx::query_as(statement)
        .bind(id.0)
        .fetch_optional(door.connection())
        .await?)
}

/// The association of this scope.
pub async fn current(scope: &mut Scope) -> Result<Association> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where association_id = $1"
    ));
    let here = scope.here();
    Ok(sqlx::query_as(statement)
        .bind(here)
        .fetch_one(scope.connection())
        .await?)
}

pub async fn slug_is_free(door: &mut Door, slug: &str) -> Result<bool> {
    let (free,): (bool,) =
        sqlx::query_as("select not exists (select from association where slug = $1)")
            .bind(slug)
            .fetch_one(door.connection())
            .await?;
    Ok(free)
}

/// A SEL and how far it is, in kilometres.
#[derive(Clone, Debug)]
pub struct Near {
    pub association: Association,
    pub km: f64,
}

/// Kilometres of a degree of latitude.
const KM_A_DEGREE: f64 = 111.2;

/// The SELs within `km` of a spot, the nearest first, at most `limit`. A band of latitudes and
/// longitudes goes through the index; the round distance is counted here.
pub async fn near(door: &mut Door, at: (f64, f64), km: f64, limit: usize) -> Result<Vec<Near>> {
    let high = km / KM_A_DEGREE;
    let wide = high / at.0.to_radians().cos().abs().max(0.05);
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where ready_at is not null \
         and latitude between $1 and $2 and longitude between $3 and $4 \
         order by latitude limit 2000"
    ));
    let rows: Vec<Association> = sqlx::query_as(statement)
        .bind(at.0 - high)
        .bind(at.0 + high)
        .bind(at.1 - wide)
        .bind(at.1 + wide)
        .fetch_all(door.connection())
        .await?;
    let mut near: Vec<Near> = rows
        .into_iter()
        .map(|association| {
            let there = (association.latitude, association.longitude);
            Near {
                km: sel::place::distance_km(at, there),
                association,
            }
        })
        .filter(|near| near.km <= km)
        .collect();
    near.sort_by(|a, b| a.km.total_cmp(&b.km));
    near.truncate(limit);
    Ok(near)
}

/// A SEL on the map.
#[derive(Clone, Debug, FromRow)]
pub struct Mapped {
    pub slug: String,
    pub name: String,
    pub place_name: String,
    pub geoname_id: Option<i32>,
    pub latitude: f64,
    pub longitude: f64,
    pub member_count: i32,
}

/// All open SELs, ten thousand at the most, in the order of their localities' names.
pub async fn mapped(door: &mut Door) -> Result<Vec<Mapped>> {
    Ok(sqlx::query_as(
        "select slug, name, place_name, geoname_id, latitude, longitude, member_count \
         from association where ready_at is not null \
         order by place_name, name limit 10000",
    )
    .fetch_all(door.connection())
    .await?)
}

/// The SELs opened last, and how many there are in all.
pub async fn latest(door: &mut Door, limit: i64) -> Result<(Vec<Association>, i64)> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where ready_at is not null \
         order by opened_at desc limit $1"
    ));
    let rows = sqlx::query_as(statement)
        .bind(limit)
        .fetch_all(door.connection())
        .await?;
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from association where ready_at is not null")
            .fetch_one(door.connection())
            .await?;
    Ok((rows, count))
}

/// Writes a new SEL with its rules and its own account. A taken slug answers the constraint
/// `slug_is_free`.
pub async fn open(
    door: &mut Door,
    id: AssociationId,
    account: AccountId,
    opening: &Opening,
    unit: &Unit,
    floor: i64,
) -> Result<()> {
    let now = door.now;
    let spot: &Spot = &opening.place;
    sqlx::query(
        "select open_association($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16)",
    )
    .bind(id.0)
    .bind(opening.slug.as_str())
    .bind(&opening.name)
    .bind(&spot.name)
    .bind(&spot.country)
    .bind(spot.geoname_id)
    .bind(spot.latitude)
    .bind(spot.longitude)
    .bind(&unit.one)
    .bind(&unit.many)
    .bind(i32::try_from(unit.per_hour).unwrap_or(60))
    .bind(i16::from(unit.decimals))
    .bind(floor)
    .bind("#7c3f63")
    .bind(account.0)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// In which time zone its days begin.
pub async fn keep_time(scope: &mut Scope, zone: &str) -> Result<()> {
    let here = scope.here();
    let done = sqlx::query("update association set time_zone = $2 where association_id = $1")
        .bind(here)
        .bind(zone)
        .execute(scope.connection())
        .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Contradiction("an association has no row")),
    }
}

/// The guided start is over: the SEL is listed, and works.
pub async fn make_ready(scope: &mut Scope) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "update association set ready_at = $2 where association_id = $1 and ready_at is null",
    )
    .bind(here)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The colour that the SEL wears.
pub async fn paint(scope: &mut Scope, colour: &str) -> Result<()> {
    let here = scope.here();
    sqlx::query("update association set colour = $2 where association_id = $1")
        .bind(here)
        .bind(colour)
        .execute(scope.connection())
        .await?;
    Ok(())
}

/// All ids, for work that goes association by association.
pub async fn all_ids(worker: &mut Worker) -> Result<Vec<AssociationId>> {
    ids(worker.connection()).await
}

/// The same, for who follows what happens in all of them.
pub async fn followed_ids(follower: &mut Follower) -> Result<Vec<AssociationId>> {
    ids(follower.connection()).await
}

async fn ids(connection: &mut PgConnection) -> Result<Vec<AssociationId>> {
    let rows: Vec<(Uuid,)> =
        sqlx::query_as("select association_id from association order by association_id")
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|(id,)| AssociationId(id)).collect())
}
