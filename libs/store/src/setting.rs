//! The rules that a SEL gave itself.

use crate::{Error, Result, Scope};
use sel::amount::Unit;
use sel::association::{Admission, Rules, Ways};
use sel::limit::{Limits, Policy};
use sel::member::{Audience, Directory, Outside};
use sel::notice::Reach;
use serde_json::{Map, Value};
use sqlx::FromRow;
use sqlx::types::Json;

#[derive(Debug, FromRow)]
pub(crate) struct Row {
    unit_one: String,
    unit_many: String,
    units_per_hour: i32,
    decimals: i16,
    floor: Option<i64>,
    ceiling: Option<i64>,
    limit_policy: String,
    starting_credit: i64,
    balances_shown_to: String,
    last_names_shown: bool,
    phones_shown: bool,
    places_shown: bool,
    emails_shown: bool,
    names_outside: String,
    admission: String,
    notice_days: i32,
    notice_reach: String,
    notices_unlisted: bool,
    synonyms: Vec<String>,
    answer_days: i32,
    alike_days: i16,
    payer_alone: bool,
    payee_asks: bool,
    agree_days: Option<i16>,
    slips_allowed: bool,
    proxies_allowed: bool,
    setup_step: i16,
}

/// The columns of [`Row`], qualified by `s`.
pub(crate) const COLUMNS: &str = "s.unit_one, s.unit_many, s.units_per_hour, s.decimals, \
    s.floor, s.ceiling, s.limit_policy, s.starting_credit, s.balances_shown_to, \
    s.last_names_shown, s.phones_shown, s.places_shown, s.emails_shown, s.names_outside, \
    s.admission, \
    s.notice_days, s.notice_reach, s.notices_unlisted, s.synonyms, \
    s.answer_days, s.alike_days, s.payer_alone, \
    s.payee_asks, s.agree_days, s.slips_allowed, s.proxies_allowed, s.setup_step";

impl TryFrom<Row> for Rules {
    type Error = Error;

    fn try_from(row: Row) -> Result<Rules> {
        let unknown = || Error::Contradiction("a setting has an unknown value");
        let per_hour = u32::try_from(row.units_per_hour).map_err(|_| unknown())?;
        let decimals = u8::try_from(row.decimals).map_err(|_| unknown())?;
        Ok(Rules {
            unit: Unit {
                one: row.unit_one,
                many: row.unit_many,
                per_hour,
                decimals,
            },
            limits: Limits {
                floor: row.floor,
                ceiling: row.ceiling,
                policy: Policy::parse(&row.limit_policy).ok_or_else(unknown)?,
            },
            starting_credit: row.starting_credit,
            balances_shown_to: Audience::parse(&row.balances_shown_to).ok_or_else(unknown)?,
            directory: Directory {
                last_names: row.last_names_shown,
                phones: row.phones_shown,
                places: row.places_shown,
                emails: row.emails_shown,
                outside: Outside::parse(&row.names_outside).ok_or_else(unknown)?,
            },
            admission: Admission::parse(&row.admission).ok_or_else(unknown)?,
            notice_days: row.notice_days,
            notice_reach: Reach::parse(&row.notice_reach).ok_or_else(unknown)?,
            notices_unlisted: row.notices_unlisted,
            synonyms: row.synonyms,
            answer_days: row.answer_days,
            ways: Ways {
                payer_alone: row.payer_alone,
                payee_asks: row.payee_asks,
                agree_days: row.agree_days,
                slips: row.slips_allowed,
                proxies: row.proxies_allowed,
                alike_days: row.alike_days,
            },
            setup_step: row.setup_step,
        })
    }
}

pub async fn read(scope: &mut Scope) -> Result<Rules> {
    one(scope, "").await
}

/// The same, and nobody else changes them before this scope ends.
pub async fn hold(scope: &mut Scope) -> Result<Rules> {
    one(scope, " for no key update of s").await
}

async fn one(scope: &mut Scope, lock: &str) -> Result<Rules> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from setting s where association_id = $1{lock}"
    ));
    let row: Row = sqlx::query_as(statement)
        .bind(here)
        .fetch_one(scope.connection())
        .await?;
    row.try_into()
}

/// The row as it stands, a value a column.
pub async fn values(scope: &mut Scope) -> Result<Map<String, Value>> {
    let here = scope.here();
    let (row,): (Json<Map<String, Value>>,) =
        sqlx::query_as("select to_jsonb(s) from setting s where association_id = $1")
            .bind(here)
            .fetch_one(scope.connection())
            .await?;
    Ok(row.0)
}

/// Writes all rules at once.
pub async fn write(scope: &mut Scope, rules: &Rules) -> Result<()> {
    let here = scope.here();
    let done = sqlx::query(
        "update setting set unit_one = $2, unit_many = $3, units_per_hour = $4, decimals = $5, \
         floor = $6, ceiling = $7, limit_policy = $8, starting_credit = $9, \
         balances_shown_to = $10, last_names_shown = $11, phones_shown = $12, \
         places_shown = $13, emails_shown = $14, admission = $15, notice_days = $16, \
         answer_days = $17, setup_step = $18, alike_days = $19, payer_alone = $20, \
         payee_asks = $21, agree_days = $22, slips_allowed = $23, proxies_allowed = $24, \
         names_outside = $25, notice_reach = $26, notices_unlisted = $27, synonyms = $28 \
         where association_id = $1",
    )
    .bind(here)
    .bind(&rules.unit.one)
    .bind(&rules.unit.many)
    .bind(i32::try_from(rules.unit.per_hour).unwrap_or(i32::MAX))
    .bind(i16::from(rules.unit.decimals))
    .bind(rules.limits.floor)
    .bind(rules.limits.ceiling)
    .bind(rules.limits.policy.as_str())
    .bind(rules.starting_credit)
    .bind(rules.balances_shown_to.as_str())
    .bind(rules.directory.last_names)
    .bind(rules.directory.phones)
    .bind(rules.directory.places)
    .bind(rules.directory.emails)
    .bind(rules.admission.as_str())
    .bind(rules.notice_days)
    .bind(rules.answer_days)
    .bind(rules.setup_step)
    .bind(rules.ways.alike_days)
    .bind(rules.ways.payer_alone)
    .bind(rules.ways.payee_asks)
    .bind(rules.ways.agree_days)
    .bind(rules.ways.slips)
    .bind(rules.ways.proxies)
    .bind(rules.directory.outside.as_str())
    .bind(rules.notice_reach.as_str())
    .bind(rules.notices_unlisted)
    .bind(&rules.synonyms)
    .execute(scope.connection())
    .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Contradiction(
            "the rules of an association were not there",
        )),
    }
}

/// The number of the next slip to be printed.
pub async fn next_slip(scope: &mut Scope) -> Result<i32> {
    let here = scope.here();
    let (next,): (i32,) = sqlx::query_as("select next_slip from setting where association_id = $1")
        .bind(here)
        .fetch_one(scope.connection())
        .await?;
    Ok(next)
}

/// Slips were printed up to the one before `next`; those printed before keep their numbers.
pub async fn slips_printed(scope: &mut Scope, next: i32) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "update setting set next_slip = greatest(next_slip, least($2, 999999)) \
         where association_id = $1",
    )
    .bind(here)
    .bind(next)
    .execute(scope.connection())
    .await?;
    Ok(())
}
