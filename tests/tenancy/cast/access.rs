//! What members let programs do.

use super::Cast;

impl Cast<'_> {
    pub(super) async fn claire_gives_a_program_access(&self) {
        let mut scope = self.scope(self.claire, &[]).await;
        let claire = store::member::by_id(&mut scope, self.claire).await.unwrap();
        let identity = claire.unwrap().identity_id().unwrap();
        let may = [sel::access::Permission::Notices];
        desk::access::give(scope, identity, "Tableur", &may, 30)
            .await
            .unwrap();
    }
}
