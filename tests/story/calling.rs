//! What the house tells other programs.

use super::{App, MARS};
use chrono::TimeDelta;
use desk::link::Link;
use desk::session::Browser;
use sel::id::{AssociationId, TokenId};

impl App {
    /// Gives SEL de Mars a new key, and forgets the one before.
    pub(crate) async fn reseal(&self) {
        let vault = self.house.keys.vault();
        let scope = self.scope(MARS).await;
        desk::key::reseal(scope, vault).await.unwrap();
    }

    /// Comes in with the code that was asked for. Gives the session.
    pub(crate) async fn with_code(&self, here: AssociationId, typed: (TokenId, &str)) -> String {
        let (pool, vault) = (&self.database.web, self.house.keys.vault());
        let (browser, now) = (Browser::default(), self.clock.now());
        let entered = desk::session::second_proof(pool, vault, here, typed, browser, now);
        entered.await.unwrap().as_str().to_owned()
    }

    /// A scope of nobody in this SEL.
    pub(crate) async fn scope(&self, slug: &str) -> store::Scope {
        let (pool, now) = (&self.database.web, self.clock.now());
        let sel = self.house.association(slug).await.unwrap().unwrap();
        let scope = store::Scope::begin(pool, sel.id(), None, now).await;
        scope.unwrap()
    }

    /// A link as letters have it, good for a year.
    pub(crate) fn signed(&self, link: Link) -> String {
        link.sign(&self.house.keys, self.clock.now() + TimeDelta::days(365))
    }

    /// Tells other programs what is due. Gives how many calls were made.
    pub(crate) async fn calls(&self) -> usize {
        self.worker.call().await.unwrap()
    }
}
