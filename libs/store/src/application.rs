//! Those who asked to join.

use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::application::Person;
use sel::id::{ApplicationId, MemberId};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Application {
    application_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub place: Option<String>,
    pub about: Option<String>,
    pub language: String,
    sponsor_id: Option<Uuid>,
    pub sponsor_first: Option<String>,
    pub sponsor_last: Option<String>,
    pub asked_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub refused_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
}

impl Application {
    pub fn id(&self) -> ApplicationId {
        ApplicationId(self.application_id)
    }

    pub fn sponsor_id(&self) -> Option<MemberId> {
        self.sponsor_id.map(MemberId)
    }

    pub fn is_decided(&self) -> bool {
        self.accepted_at.is_some() || self.refused_at.is_some()
    }

    /// Whether the SEL was open and nobody had to decide.
    pub fn entered_alone(&self) -> bool {
        self.accepted_at.is_some() && self.decided_by.is_none()
    }

    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim_end()
            .to_owned()
    }
}

const SELECT: &str = "select a.application_id, a.first_name, a.last_name, a.email, a.phone, \
    a.place, a.about, a.language, a.sponsor_id, \
    s.first_name as sponsor_first, s.last_name as sponsor_last, \
    a.asked_at, a.accepted_at, a.refused_at, a.decided_by \
    from application a left join member s \
    on s.association_id = a.association_id and s.member_id = a.sponsor_id";

/// Writes a request; the same id again changes nothing and answers false.
pub async fn write(
    scope: &mut Scope,
    id: ApplicationId,
    person: &Person,
    sponsor: Option<MemberId>,
    language: &str,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "insert into application (association_id, application_id, first_name, last_name, email, \
         phone, place, about, language, sponsor_id, asked_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         on conflict (association_id, application_id) do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(&person.name.first)
    .bind(&person.name.last)
    .bind(person.email.as_ref().map(sel::person::Email::as_str))
    .bind(person.phone.as_ref().map(ToString::to_string))
    .bind(&person.place)
    .bind(&person.about)
    .bind(language)
    .bind(sponsor.map(|id| id.0))
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those who wait, the first come first.
pub async fn waiting(scope: &mut Scope, limit: usize) -> Result<Page<Application>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "{SELECT} where a.association_id = $1 and a.accepted_at is null and a.refused_at is null \
         order by a.asked_at limit $2"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

pub async fn count_waiting(scope: &mut Scope) -> Result<i64> {
    let here = scope.here();
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from application \
         where association_id = $1 and accepted_at is null and refused_at is null",
    )
    .bind(here)
    .fetch_one(scope.connection())
    .await?;
    Ok(count)
}

/// One request, locked until the transaction ends: two people may decide at once.
pub async fn lock(scope: &mut Scope, id: ApplicationId) -> Result<Option<Application>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "{SELECT} where a.association_id = $1 and a.application_id = $2 for update of a"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

pub async fn by_id(scope: &mut Scope, id: ApplicationId) -> Result<Option<Application>> {
    let here = scope.here();
    let statement = sqlx::AssertSqlSafe(format!(
        "{SELECT} where a.association_id = $1 and a.application_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// What was decided: the member that it became, or a refusal.
pub async fn decide(
    scope: &mut Scope,
    id: ApplicationId,
    decided_by: Option<MemberId>,
    member: Option<MemberId>,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "update application set accepted_at = case when $4::uuid is null then null else $5 end, \
         refused_at = case when $4::uuid is null then $5 end, decided_by = $3, member_id = $4 \
         where association_id = $1 and application_id = $2 \
         and accepted_at is null and refused_at is null",
    )
    .bind(here)
    .bind(id.0)
    .bind(decided_by.map(|id| id.0))
    .bind(member.map(|id| id.0))
    .bind(now)
    .execute(scope.connection())
    .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(crate::Error::Contradiction(
            "a locked request was decided meanwhile",
        )),
    }
}
