//! Sheets of exchanges that stood on paper, kept as they were typed until each line is right.

use crate::{Error, Page, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::id::{ExchangeId, SheetId};
use sel::sheet::{Kind, Opened, Ready, Typed};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Sheet {
    sheet_id: Uuid,
    kind: String,
    pub title: String,
    pub done_on: NaiveDate,
    pub put_away_at: Option<DateTime<Utc>>,
    /// Lines that are exchanges now, and what was given in them, in minor units.
    pub posted: i64,
    pub units: i64,
    /// Lines that still stand as they were typed.
    pub waiting: i64,
}

impl Sheet {
    pub fn id(&self) -> SheetId {
        SheetId(self.sheet_id)
    }

    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Fair)
    }
}

const SELECT: &str = "select s.sheet_id, s.kind, s.title, s.done_on, s.put_away_at, \
    (select count(*) from exchange e where e.association_id = s.association_id \
        and e.sheet_id = s.sheet_id) as posted, \
    (select coalesce(sum(e.amount), 0)::bigint from exchange e \
        where e.association_id = s.association_id and e.sheet_id = s.sheet_id) as units, \
    (select count(*) from sheet_line l where l.association_id = s.association_id \
        and l.sheet_id = s.sheet_id and l.posted_at is null \
        and l.payer || l.payee || l.amount || l.label || l.slip || l.day <> '') as waiting \
    from sheet s";

/// Opens a sheet. The same id again changes nothing.
pub async fn open(scope: &mut Scope, id: SheetId, opened: &Opened) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    sqlx::query(
        "insert into sheet (association_id, sheet_id, kind, title, done_on, opened_at, opened_by) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (association_id, sheet_id) do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(opened.kind.as_str())
    .bind(&opened.title)
    .bind(opened.done_on)
    .bind(now)
    .bind(by)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// The sheets of the SEL, that of the newest day first; those that were put away, or the others.
pub async fn list(
    scope: &mut Scope,
    put_away: bool,
    offset: i64,
    limit: usize,
) -> Result<Page<Sheet>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where s.association_id = $1 and (s.put_away_at is not null) = $2 \
         order by s.done_on desc, s.opened_at desc limit $3 offset $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(put_away)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

pub async fn by_id(scope: &mut Scope, id: SheetId) -> Result<Option<Sheet>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where s.association_id = $1 and s.sheet_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// Nobody else writes on this sheet before this scope ends.
pub async fn hold(scope: &mut Scope, id: SheetId) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "select 1 from sheet where association_id = $1 and sheet_id = $2 for no key update",
    )
    .bind(here)
    .bind(id.0)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Puts a sheet away, or takes it out again.
pub async fn put_away(scope: &mut Scope, id: SheetId, away: bool) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "update sheet set put_away_at = case when $3 then $4 end \
         where association_id = $1 and sheet_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(away)
    .bind(now)
    .execute(scope.connection())
    .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Contradiction("a sheet was not there")),
    }
}

#[derive(FromRow)]
struct Row {
    line_id: Uuid,
    payer: String,
    payee: String,
    amount: String,
    label: String,
    slip: String,
    day: String,
    is_another: bool,
}

impl Row {
    fn line(self) -> (ExchangeId, Typed) {
        let typed = Typed {
            payer: self.payer,
            payee: self.payee,
            amount: self.amount,
            label: self.label,
            slip: self.slip,
            day: self.day,
            is_another: self.is_another,
        };
        (ExchangeId(self.line_id), typed)
    }
}

/// The lines that are not exchanges yet, in their order. At most `limit`.
pub async fn lines(
    scope: &mut Scope,
    id: SheetId,
    limit: usize,
) -> Result<Vec<(ExchangeId, Typed)>> {
    let here = scope.here();
    let rows: Vec<Row> = sqlx::query_as(
        "select line_id, payer, payee, amount, label, slip, day, is_another from sheet_line \
         where association_id = $1 and sheet_id = $2 and posted_at is null \
         and payer || payee || amount || label || slip || day <> '' \
         order by place, line_id limit $3",
    )
    .bind(here)
    .bind(id.0)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(scope.connection())
    .await?;
    Ok(rows.into_iter().map(Row::line).collect())
}

/// Keeps lines as they were typed, in this order. A line that is an exchange by now, or stands on
/// another sheet, stays as it is; one that is new and empty is not kept.
pub async fn keep(scope: &mut Scope, id: SheetId, lines: &[(ExchangeId, Typed)]) -> Result<()> {
    let here = scope.here();
    let text = |pick: fn(&Typed) -> &str| -> Vec<&str> {
        lines.iter().map(|(_, typed)| pick(typed)).collect()
    };
    let ids: Vec<Uuid> = lines.iter().map(|(id, _)| id.0).collect();
    let another: Vec<bool> = lines.iter().map(|(_, typed)| typed.is_another).collect();
    sqlx::query(
        "insert into sheet_line (association_id, sheet_id, line_id, place, payer, payee, amount, \
             label, slip, day, is_another) \
         select $1, $2, l.id, l.place, l.payer, l.payee, l.amount, l.label, l.slip, l.day, \
             l.another \
         from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], \
                 $9::text[], $10::boolean[]) \
             with ordinality as l (id, payer, payee, amount, label, slip, day, another, place) \
         where l.payer || l.payee || l.amount || l.label || l.slip || l.day <> '' \
             or exists (select from sheet_line known where known.association_id = $1 \
                        and known.line_id = l.id) \
         on conflict (association_id, line_id) do update set place = excluded.place, \
             payer = excluded.payer, payee = excluded.payee, amount = excluded.amount, \
             label = excluded.label, slip = excluded.slip, day = excluded.day, \
             is_another = excluded.is_another \
         where sheet_line.posted_at is null and sheet_line.sheet_id = excluded.sheet_id",
    )
    .bind(here)
    .bind(id.0)
    .bind(ids)
    .bind(text(|typed| &typed.payer))
    .bind(text(|typed| &typed.payee))
    .bind(text(|typed| &typed.amount))
    .bind(text(|typed| &typed.label))
    .bind(text(|typed| &typed.slip))
    .bind(text(|typed| &typed.day))
    .bind(another)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Posts lines together; answers those that were not exchanges before.
pub async fn post(scope: &mut Scope, id: SheetId, lines: &[&Ready]) -> Result<Vec<ExchangeId>> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let uuids =
        |pick: fn(&Ready) -> Uuid| -> Vec<Uuid> { lines.iter().map(|line| pick(line)).collect() };
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount).collect();
    let labels: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
    let days: Vec<NaiveDate> = lines.iter().map(|line| line.done_on).collect();
    let slips: Vec<Option<&str>> = lines.iter().map(|line| line.slip.as_deref()).collect();
    let posted: Vec<(Uuid,)> =
        sqlx::query_as("select * from post_sheet($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
            .bind(id.0)
            .bind(uuids(|line| line.line_id.0))
            .bind(uuids(|line| line.payer_id.0))
            .bind(uuids(|line| line.payee_id.0))
            .bind(amounts)
            .bind(labels)
            .bind(days)
            .bind(slips)
            .bind(now)
            .bind(by)
            .fetch_all(scope.connection())
            .await?;
    Ok(posted.into_iter().map(|(id,)| ExchangeId(id)).collect())
}
