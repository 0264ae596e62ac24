//! A small SEL for the tests of the use cases, on a real Postgres, through the production logins.

use crate::exchange::{Recorded, record};
use crate::member::{Namesake, enter};
use crate::{Outcome, association};
use chrono::{DateTime, TimeZone, Utc};
use sel::association::{Draft as OpeningDraft, Spot};
use sel::exchange::{Draft, Refusal};
use sel::id::MemberId;
use sel::member::{Actor, Right};
use std::sync::Arc;
use store::Scope;
use store::testing::Database;

pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 15, 10, 0, 0).unwrap()
}

/// A SEL with Fatima, who founded it, and two members, through the production logins.
pub(crate) struct Town {
    pub(crate) database: Arc<Database>,
    pub(crate) association: sel::id::AssociationId,
    pub(crate) fatima: MemberId,
    pub(crate) claire: MemberId,
    pub(crate) jean: MemberId,
}

impl Town {
    pub(crate) async fn open() -> Town {
        Town::open_in(Arc::new(Database::fresh().await.unwrap()), "mars").await
    }

    /// Another SEL in the same database.
    pub(crate) async fn open_in(database: Arc<Database>, slug: &str) -> Town {
        let draft = OpeningDraft {
            name: format!("SEL de {slug}"),
            slug: slug.into(),
            unit: "grain".into(),
            first_name: "Fatima".into(),
            last_name: "Benali".into(),
            email: "fatima@exemple.fr".into(),
        };
        let spot = Spot {
            name: "Marseille".into(),
            country: "FR".into(),
            geoname_id: 1,
            latitude: 43.3,
            longitude: 5.4,
        };
        let token = association::ask(&database.web, &draft, Ok(spot), "fr", now())
            .await
            .unwrap();
        let opened = association::open(&database.web, token, now())
            .await
            .unwrap();
        let (association, fatima) = (opened.association_id, opened.founder);
        let mut town = Town {
            database,
            association,
            fatima,
            claire: fatima,
            jean: fatima,
        };
        town.claire = town.join("Claire", "claire@exemple.fr").await;
        town.jean = town.join("Jean", "").await;
        town
    }

    async fn join(&self, first_name: &str, email: &str) -> MemberId {
        let draft = sel::application::Draft {
            first_name: first_name.into(),
            email: email.into(),
            phone: "06 39 98 00 30".into(),
            ..Default::default()
        };
        let scope = self.scope(self.fatima, &Right::ALL).await;
        let id = MemberId(crate::fresh::id(now()));
        enter(scope, id, &draft, "fr", Namesake::Ask)
            .await
            .unwrap()
            .0
    }

    pub(crate) async fn scope(&self, member_id: MemberId, rights: &[Right]) -> Scope {
        let association_id = self.association;
        let actor = Actor {
            association_id,
            member_id,
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        Scope::begin(&self.database.web, association_id, Some(actor), now())
            .await
            .unwrap()
    }

    pub(crate) async fn balance(&self, member: MemberId) -> i64 {
        let mut scope = self.scope(member, &[]).await;
        store::account::of_member(&mut scope, member)
            .await
            .unwrap()
            .balance
    }

    pub(crate) async fn record(
        &self,
        by: (MemberId, &[Right]),
        mine: MemberId,
        other: MemberId,
        draft: &Draft,
    ) -> Outcome<Recorded, Refusal> {
        record(self.scope(by.0, by.1).await, draft.clone(), mine, other).await
    }

    /// Every balance, recomputed.
    pub(crate) async fn check(&self) {
        let mut scope = self.scope(self.fatima, &[]).await;
        let check = store::ledger::check(&mut scope).await.unwrap();
        assert!(check.holds_true(), "{check:?}");
    }
}
