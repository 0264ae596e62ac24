//! Exchanges that nobody answered in time.

use crate::Worker;
use chrono::{DateTime, Utc};
use desk::Halt;
use sel::exchange::Ending;
use sel::id::{AssociationId, ExchangeId};
use store::{Result, Scope};

/// Exchanges of one SEL that expire at a time; the others wait for the next hour.
const MANY: i64 = 500;

impl Worker {
    /// Lets overdue exchanges expire, SEL by SEL. Answers how many did.
    ///
    /// # Errors
    /// Where the database fails; what has expired until then stays so.
    pub async fn expire(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut worker = store::Worker::begin(&self.pool, now).await?;
        let associations = store::association::all_ids(&mut worker).await?;
        worker.commit().await?;
        let mut count = 0;
        for association in associations {
            // What fails in one SEL must not keep the others waiting.
            match self.expire_in(association, now).await {
                Ok(expired) => count += expired,
                Err(error) => tracing::error!(%association, "exchanges did not expire: {error}"),
            }
        }
        Ok(count)
    }

    async fn expire_in(&self, association: AssociationId, now: DateTime<Utc>) -> Result<usize> {
        let mut scope = Scope::begin(&self.pool, association, None, now).await?;
        let overdue = store::exchange::overdue(&mut scope, MANY).await?;
        scope.commit().await?;
        let mut count = 0;
        for exchange in overdue {
            count += usize::from(self.expire_one(association, exchange.id(), now).await?);
        }
        Ok(count)
    }

    async fn expire_one(
        &self,
        association: AssociationId,
        id: ExchangeId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let scope = Scope::begin(&self.pool, association, None, now).await?;
        match desk::exchange::close(scope, id, Ending::Expired, "").await {
            Ok(_) => Ok(true),
            // Somebody answered meanwhile.
            Err(Halt::Refused(_)) => Ok(false),
            Err(Halt::Failed(error)) => Err(error),
        }
    }
}
