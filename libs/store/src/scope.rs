//! A transaction in a role: the only way to a query.

use crate::connect::begin;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use sel::id::AssociationId;
use sel::member::Actor;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};

/// One association, in one transaction, seen as `saline_member`. Dropped without
/// [`Scope::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Scope {
    transaction: Transaction<'static, Postgres>,
    pub association_id: AssociationId,
    /// Who acts; nobody for what the platform itself does.
    pub actor: Option<Actor>,
    pub now: DateTime<Utc>,
}

impl Scope {
    /// Begins, takes the role and names the association in one round trip.
    pub async fn begin(
        pool: &PgPool,
        association_id: AssociationId,
        actor: Option<Actor>,
        now: DateTime<Utc>,
    ) -> Result<Scope> {
        let statement = format!(
            "begin; set local role saline_member; \
             set local saline.association = '{association_id}'"
        );
        let transaction = begin(pool, &statement).await?;
        Ok(Scope {
            transaction,
            association_id,
            actor,
            now,
        })
    }

    /// The same, in which all is seen as it was at one moment: for who compares books while others
    /// write in them.
    pub async fn begin_still(
        pool: &PgPool,
        association_id: AssociationId,
        now: DateTime<Utc>,
    ) -> Result<Scope> {
        let statement = format!(
            "begin isolation level repeatable read read only; set local role saline_member; \
             set local saline.association = '{association_id}'"
        );
        let transaction = begin(pool, &statement).await?;
        Ok(Scope {
            transaction,
            association_id,
            actor: None,
            now,
        })
    }

    pub async fn commit(self) -> Result<()> {
        Ok(self.transaction.commit().await?)
    }

    /// The association of this scope, as a query's argument.
    pub(crate) fn here(&self) -> uuid::Uuid {
        self.association_id.0
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $role:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            transaction: Transaction<'static, Postgres>,
            pub now: DateTime<Utc>,
        }

        impl $name {
            pub async fn begin(pool: &PgPool, now: DateTime<Utc>) -> Result<$name> {
                let statement = concat!("begin; set local role ", $role);
                Ok($name { transaction: begin(pool, statement).await?, now })
            }

            pub async fn commit(self) -> Result<()> {
                Ok(self.transaction.commit().await?)
            }

            pub(crate) fn connection(&mut self) -> &mut PgConnection {
                &mut self.transaction
            }
        }
    )+};
}

roles! {
    /// What comes before any scope: hosts, logins, sessions, mailed links.
    Door = "saline_door",
    /// Reads the ids of events, of all associations, in the order of their commits.
    Follower = "saline_follower",
    /// Claims deliveries and mails, of all associations.
    Worker = "saline_worker",
    /// Who runs the platform, and which SELs there are: nothing that is in them.
    Console = "saline_console",
}

impl Door {
    /// Goes on, in the same transaction, as a scope of an association that has just been opened or
    /// found: what both do happens together or not at all.
    pub async fn enter(
        mut self,
        association_id: AssociationId,
        actor: Option<Actor>,
    ) -> Result<Scope> {
        let statement = format!(
            "set local role saline_member; set local saline.association = '{association_id}'"
        );
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut *self.transaction)
            .await?;
        Ok(Scope {
            transaction: self.transaction,
            association_id,
            actor,
            now: self.now,
        })
    }
}

impl Scope {
    /// Goes on, in the same transaction, in the SEL of an ally, where nobody of this one is a
    /// member: what both sides hear is written together or not at all.
    pub async fn cross(mut self, ally: AssociationId) -> Result<Scope> {
        let (allied,): (bool,) = sqlx::query_as("select go_to_ally($1)")
            .bind(ally.0)
            .fetch_one(self.connection())
            .await?;
        if !allied {
            return Err(Error::Contradiction(
                "a scope crosses to a SEL with which this one has nothing to do",
            ));
        }
        Ok(Scope {
            association_id: ally,
            actor: None,
            ..self
        })
    }

    /// Goes back to the door, in the same transaction.
    pub async fn leave(mut self) -> Result<Door> {
        sqlx::raw_sql("set local role saline_door; set local saline.association = ''")
            .execute(&mut *self.transaction)
            .await?;
        Ok(Door {
            transaction: self.transaction,
            now: self.now,
        })
    }
}
