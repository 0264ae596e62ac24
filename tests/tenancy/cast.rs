//! A SEL with a row in every table: whoever adds a table adds a scene here.

mod access;
mod search;

use chrono::{DateTime, NaiveDate, Utc};
use desk::association::Opened;
use desk::{
    alliance, application, association, batch, conversation, crossing, dispute, exchange, fresh,
    limit, mandate, member, notice, session, sheet,
};
use sel::exchange::Side;
use sel::id::{
    AllianceId, ApplicationId, AssociationId, BatchId, CrossingId, DisputeId, ExchangeId,
    MandateId, MemberId, MessageId, NoticeId, OverrideId, PhotoId, SheetId,
};
use sel::member::{Actor, Right};
use store::Scope;
use store::testing::Database;

/// A SEL and two of its members.
#[derive(Debug)]
pub(crate) struct Cast<'a> {
    database: &'a Database,
    now: DateTime<Utc>,
    pub(crate) association: AssociationId,
    /// Founded it, and holds every right.
    claire: MemberId,
    jean: MemberId,
}

pub(crate) fn moment() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// A SEL that Claire has just opened under this slug.
pub(crate) async fn opened(database: &Database, slug: &str, now: DateTime<Utc>) -> Opened {
    let draft = sel::association::Draft {
        name: format!("Le {slug}"),
        slug: slug.to_owned(),
        unit: "grain".to_owned(),
        first_name: "Claire".to_owned(),
        last_name: "Morel".to_owned(),
        email: format!("claire@{slug}.exemple.fr"),
    };
    let spot = sel::association::Spot {
        name: "Cordes".to_owned(),
        country: "FR".to_owned(),
        geoname_id: 3_023_763,
        latitude: 44.06,
        longitude: 1.95,
    };
    let asked = association::ask(&database.web, &draft, Ok(spot), "fr", now)
        .await
        .unwrap();
    association::open(&database.web, asked, now).await.unwrap()
}

impl Cast<'_> {
    /// Opens a SEL under this slug and plays every scene in it.
    pub(crate) async fn enter<'a>(database: &'a Database, slug: &str) -> Cast<'a> {
        let now = moment();
        let opened = opened(database, slug, now).await;
        let here = opened.association_id;
        let (web, browser) = (&database.web, session::Browser::default());
        let followed = session::follow(web, here, opened.ticket, browser, now).await;
        followed.unwrap();
        let claire = opened.founder;
        let mut cast = Cast {
            database,
            now,
            association: here,
            claire,
            jean: claire,
        };
        cast.jean = cast.jean_joins(slug).await;
        let notice = cast.claire_publishes().await;
        cast.jean_writes_to_her(notice).await;
        let paid = cast.claire_pays_jean(notice).await;
        cast.the_worker_seals().await;
        // This one is posted and waits to be sealed.
        cast.claire_pays_jean(notice).await;
        cast.claire_keeps_a_search_that_finds_something().await;
        cast.claire_gives_a_program_access().await;
        cast.claire_has_others_told_and_vouch().await;
        cast.claire_copies_a_sheet().await;
        cast.they_disagree(paid).await;
        cast.everybody_pays_a_fee().await;
        cast.claire_looks_after_jean().await;
        cast.someone_asks_to_join().await;
        cast.they_trade_with_another_sel().await;
        cast
    }

    async fn scope(&self, member_id: MemberId, rights: &[Right]) -> Scope {
        let association_id = self.association;
        let actor = Actor {
            association_id,
            member_id,
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        Scope::begin(&self.database.web, association_id, Some(actor), self.now)
            .await
            .unwrap()
    }

    async fn as_claire(&self) -> Scope {
        self.scope(self.claire, &Right::ALL).await
    }

    async fn jean_joins(&self, slug: &str) -> MemberId {
        let draft = sel::application::Draft {
            first_name: "Jean".to_owned(),
            email: format!("jean@{slug}.exemple.fr"),
            ..sel::application::Draft::default()
        };
        member::enter(
            self.as_claire().await,
            MemberId(fresh::id(self.now)),
            &draft,
            "fr",
            member::Namesake::Ask,
        )
        .await
        .unwrap()
        .0
    }

    async fn claire_publishes(&self) -> NoticeId {
        let mut scope = self.as_claire().await;
        let rubric = store::category::list(&mut scope).await.unwrap()[0].id();
        let draft = sel::notice::Draft {
            kind: "offer".to_owned(),
            title: "Confitures de figues".to_owned(),
            body: "Trois pots par personne.".to_owned(),
            units_mode: "discuss".to_owned(),
            ..sel::notice::Draft::default()
        };
        let id = NoticeId(fresh::id(self.now));
        notice::publish(&mut scope, id, &draft, Some(rubric), self.claire)
            .await
            .unwrap();
        let photo = PhotoId(fresh::id(self.now));
        notice::add_photo(&mut scope, id, photo, (800, 600))
            .await
            .unwrap();
        scope.commit().await.unwrap();
        id
    }

    async fn jean_writes_to_her(&self, notice: NoticeId) {
        let id = MessageId(fresh::id(self.now));
        let scope = self.scope(self.jean, &[]).await;
        conversation::write(scope, id, notice, "Il en reste ?")
            .await
            .unwrap();
    }

    async fn they_trade_with_another_sel(&self) {
        let id = AllianceId(fresh::id(self.now));
        let caps = sel::alliance::Caps {
            out: 360_000,
            r#in: 360_000,
        };
        let nacre = sel::alliance::partner("SEL de Nacre", "NACRE", "60").unwrap();
        alliance::open_partner(self.as_claire().await, id, &nacre, caps)
            .await
            .unwrap();
        let slip = sel::crossing::Draft {
            crossing_id: CrossingId(fresh::id(self.now)),
            side: Side::Payer,
            amount: 30,
            label: "Une coupe de cheveux".to_owned(),
            done_on: self.now.date_naive(),
        };
        crossing::enter(
            self.as_claire().await,
            slip,
            id,
            self.jean,
            ("Zoé", ""),
            false,
        )
        .await
        .unwrap();
    }

    /// The payer's word posts it: an exchange, a transfer, an event, a letter to Jean.
    async fn claire_pays_jean(&self, notice: NoticeId) -> ExchangeId {
        let draft = sel::exchange::Draft {
            exchange_id: ExchangeId(fresh::id(self.now)),
            side: Side::Payer,
            amount: 60,
            label: "Une heure de jardin".to_owned(),
            done_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            notice_id: Some(notice),
            category_id: None,
        };
        let scope = self.as_claire().await;
        exchange::record(scope, draft, self.claire, self.jean)
            .await
            .unwrap()
            .exchange_id
    }

    async fn everybody_pays_a_fee(&self) {
        let draft = sel::batch::Draft {
            kind: sel::batch::Kind::Fee,
            with: sel::batch::With::Association,
            leader_gives: false,
            share: sel::batch::Share::Each(10),
            label: "Cotisation".to_owned(),
            members: Vec::new(),
        };
        let id = BatchId(fresh::id(self.now));
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let scope = self.as_claire().await;
        batch::post(scope, id, &draft, (2, 20), day).await.unwrap();
    }

    async fn they_disagree(&self, paid: ExchangeId) {
        let scope = self.as_claire().await;
        let id = DisputeId(fresh::id(self.now));
        dispute::open(scope, id, paid, "Il pleuvait.")
            .await
            .unwrap();
        let message = MessageId(fresh::id(self.now));
        let scope = self.scope(self.jean, &[]).await;
        dispute::write(scope, message, id, "Un peu.").await.unwrap();
    }

    async fn claire_looks_after_jean(&self) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let id = MandateId(fresh::id(self.now));
        let scope = self.as_claire().await;
        mandate::record(scope, id, self.claire, self.jean, Some(day), day)
            .await
            .unwrap();
        let id = OverrideId(fresh::id(self.now));
        let own = sel::limit::Own::default();
        let scope = self.as_claire().await;
        limit::set(scope, id, self.jean, own, ("Un toit", Some(day)), day)
            .await
            .unwrap();
    }

    async fn the_worker_seals(&self) {
        let mut scope = Scope::begin(&self.database.work, self.association, None, self.now)
            .await
            .unwrap();
        assert!(store::seal::seal(&mut scope, 10).await.unwrap() > 0);
        scope.commit().await.unwrap();
    }

    async fn claire_copies_a_sheet(&self) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let id = SheetId(fresh::id(self.now));
        let titles = ("Bourse", "Bourse");
        let kind = sel::sheet::Kind::Fair;
        sheet::open(self.as_claire().await, id, kind, titles, Some(day), day)
            .await
            .unwrap();
        let line = sel::sheet::Typed {
            payer: "1".to_owned(),
            payee: "2".to_owned(),
            amount: "5".to_owned(),
            label: "Un pot de miel".to_owned(),
            ..sel::sheet::Typed::default()
        };
        let lines = [(ExchangeId(fresh::id(self.now)), line)];
        let scope = self.as_claire().await;
        sheet::keep(scope, id, &lines).await.unwrap();
    }

    async fn someone_asks_to_join(&self) {
        let draft = sel::application::Draft {
            first_name: "Nadia".to_owned(),
            phone: "06 39 98 00 12".to_owned(),
            ..sel::application::Draft::default()
        };
        let id = ApplicationId(fresh::id(self.now));
        let scope = Scope::begin(&self.database.web, self.association, None, self.now)
            .await
            .unwrap();
        application::ask(scope, id, &draft, None, "fr")
            .await
            .unwrap();
    }
}
