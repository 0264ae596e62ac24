//! What members let programs do.

use super::Cast;
use desk::webhook;
use store::key::{Keyring, MasterKey};

impl Cast<'_> {
    pub(super) async fn claire_gives_a_program_access(&self) {
        let mut scope = self.scope(self.claire, &[]).await;
        let claire = store::member::by_id(&mut scope, self.claire).await.unwrap();
        let identity = claire.unwrap().identity_id().unwrap();
        let may = [sel::access::Permission::Notices];
        desk::access::give(scope, identity, "Tableur", &may, 30)
            .await
            .unwrap();
        let scope = self.scope(self.claire, &[]).await;
        let shown = desk::grant::begin_device(scope, "tablette", "Tablette", &may).await;
        assert_eq!(shown.unwrap().user_code.len(), 9);
    }

    pub(super) async fn claire_has_others_told_and_vouch(&self) {
        let master = MasterKey::from_bytes([9; 32]);
        let keys = Keyring::load(&self.database.web, &master, self.now);
        let keys = keys.await.unwrap();
        let topics = [sel::webhook::Topic::NoticePublished];
        let address = ("https://exemple.fr/", true);
        let scope = self.as_claire().await;
        webhook::add(scope, keys.vault(), address, &topics)
            .await
            .unwrap();
        let mut scope = self.as_claire().await;
        let id = store::webhook::list(&mut scope).await.unwrap()[0].id();
        webhook::change(scope, id, webhook::Change::Try)
            .await
            .unwrap();
        let draft = sel::login_provider::Draft {
            name: "Notre nuage",
            issuer: "https://nuage.exemple.fr",
            client_id: "saline",
            client_secret: "un secret",
            is_admitted: true,
        };
        let scope = self.as_claire().await;
        desk::login_provider::add(scope, keys.vault(), &draft)
            .await
            .unwrap();
    }
}
