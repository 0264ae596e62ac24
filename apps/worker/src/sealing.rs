//! Transfers that were posted and are not sealed yet.

use crate::Worker;
use sel::id::AssociationId;
use store::{Result, Scope};

/// SELs that are looked at in one round, and transfers of one that are sealed at a time: a
/// transaction stays short.
const ASSOCIATIONS: i64 = 200;
const TRANSFERS: i64 = 1_000;

impl Worker {
    /// Seals what was posted. Answers how many transfers it sealed.
    ///
    /// # Errors
    /// Where the database does not say what waits.
    pub async fn seal(&self) -> Result<usize> {
        let mut worker = store::Worker::begin(&self.pool, self.clock.now()).await?;
        let waiting = store::seal::waiting(&mut worker, ASSOCIATIONS).await?;
        worker.commit().await?;
        let mut count = 0;
        for association in waiting {
            // What fails in one SEL must not keep the others waiting.
            match self.seal_in(association).await {
                Ok(sealed) => count += sealed,
                Err(error) => tracing::error!(%association, "transfers stay unsealed: {error}"),
            }
        }
        Ok(count)
    }

    async fn seal_in(&self, association: AssociationId) -> Result<usize> {
        let mut scope = Scope::begin(&self.pool, association, None, self.clock.now()).await?;
        let sealed = store::seal::seal(&mut scope, TRANSFERS).await?;
        scope.commit().await?;
        Ok(sealed)
    }
}
