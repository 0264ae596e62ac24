//! What the house tells other programs.

use super::{App, MARS};

impl App {
    /// Gives SEL de Mars a new key, and forgets the one before.
    pub(crate) async fn reseal(&self) {
        let (pool, now) = (&self.database.web, self.clock.now());
        let mars = self.house.association(MARS).await.unwrap().unwrap();
        let scope = store::Scope::begin(pool, mars.id(), None, now)
            .await
            .unwrap();
        let vault = self.house.keys.vault();
        desk::webhook::reseal(scope, vault).await.unwrap();
    }

    /// Tells other programs what is due. Gives how many calls were made.
    pub(crate) async fn calls(&self) -> usize {
        self.worker.call().await.unwrap()
    }
}
