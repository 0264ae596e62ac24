//! Exchanges that nobody answered in time: where the SEL has set so, no answer is a yes.

use crate::Worker;
use chrono::{DateTime, Utc};
use desk::Halt;
use sel::exchange::Ending;
use sel::id::{AssociationId, ExchangeId};
use store::{Result, Scope};

/// Exchanges of one SEL that expire at a time; the others wait for the next hour.
const MANY: i64 = 500;

impl Worker {
    /// Ends overdue exchanges, SEL by SEL. Answers how many.
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
        let abroad = store::crossing::overdue(&mut scope, MANY).await?;
        scope.commit().await?;
        let mut count = 0;
        for exchange in overdue {
            // What cannot be ended must not keep the others waiting.
            let ended = match self.overdue(association, &exchange, now).await {
                Ok(ended) => ended,
                Err(error) => {
                    let id = exchange.id();
                    tracing::error!(%association, %id, "an exchange did not end: {error}");
                    false
                }
            };
            count += usize::from(ended);
        }
        for crossing in abroad {
            let id = crossing.id();
            let scope = Scope::begin(&self.pool, association, None, now).await?;
            match desk::crossing::close(scope, id, Ending::Expired, "").await {
                Ok(_) => count += 1,
                // Somebody answered meanwhile.
                Err(Halt::Refused(_)) => {}
                Err(Halt::Failed(error)) => {
                    tracing::error!(%association, %id, "an exchange did not end: {error}");
                }
            }
        }
        Ok(count)
    }

    /// No answer may be a yes; where a limit says no to it, it expires as the others do.
    async fn overdue(
        &self,
        association: AssociationId,
        it: &store::exchange::Exchange,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let id = it.id();
        let yes = it.agrees_alone && self.end_one(association, id, Ending::Agreed, now).await?;
        Ok(yes || self.end_one(association, id, Ending::Expired, now).await?)
    }

    async fn end_one(
        &self,
        association: AssociationId,
        id: ExchangeId,
        ending: Ending,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let scope = Scope::begin(&self.pool, association, None, now).await?;
        match desk::exchange::close(scope, id, ending, "").await {
            Ok(_) => Ok(true),
            // Somebody answered meanwhile, or a limit says no.
            Err(Halt::Refused(_)) => Ok(false),
            Err(Halt::Failed(error)) => Err(error),
        }
    }
}
