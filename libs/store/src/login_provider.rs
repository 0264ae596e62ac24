//! The providers of logins that a SEL has for its own people.

use crate::{Result, Scope};
use sel::id::{LoginProviderId, MemberId};
use sel::login_provider::Kept;
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct LoginProvider {
    login_provider_id: Uuid,
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub secret_sealed: Option<Vec<u8>>,
}

impl LoginProvider {
    pub fn id(&self) -> LoginProviderId {
        LoginProviderId(self.login_provider_id)
    }
}

pub async fn add(
    scope: &mut Scope,
    (id, by): (LoginProviderId, MemberId),
    kept: &Kept,
    secret_sealed: Option<&[u8]>,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into login_provider (association_id, login_provider_id, name, issuer, client_id, \
         secret_sealed, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(here)
    .bind(id.0)
    .bind(&kept.name)
    .bind(&kept.issuer)
    .bind(&kept.client_id)
    .bind(secret_sealed)
    .bind(by.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Those of this SEL, the oldest first.
pub async fn list(scope: &mut Scope) -> Result<Vec<LoginProvider>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select login_provider_id, name, issuer, client_id, secret_sealed from login_provider \
         where association_id = $1 order by created_at, login_provider_id limit 10",
    )
    .bind(here)
    .fetch_all(scope.connection())
    .await?)
}

pub async fn by_id(scope: &mut Scope, id: LoginProviderId) -> Result<Option<LoginProvider>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select login_provider_id, name, issuer, client_id, secret_sealed from login_provider \
         where association_id = $1 and login_provider_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?)
}

/// Whether it is there, and stays until this scope ends.
pub async fn hold(scope: &mut Scope, id: LoginProviderId) -> Result<bool> {
    let here = scope.here();
    let found: Option<(i32,)> = sqlx::query_as(
        "select 1 from login_provider \
         where association_id = $1 and login_provider_id = $2 for key share",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?;
    Ok(found.is_some())
}

/// Takes it away. Answers what people called it.
pub async fn remove(scope: &mut Scope, id: LoginProviderId) -> Result<Option<String>> {
    let here = scope.here();
    let gone: Option<(String,)> = sqlx::query_as(
        "delete from login_provider where association_id = $1 and login_provider_id = $2 \
         returning name",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?;
    Ok(gone.map(|(name,)| name))
}

/// Keeps its secret sealed otherwise.
pub async fn reseal(scope: &mut Scope, id: LoginProviderId, sealed: &[u8]) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "update login_provider set secret_sealed = $3 \
         where association_id = $1 and login_provider_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(sealed)
    .execute(scope.connection())
    .await?;
    Ok(())
}
