//! The harness of the stories: the whole house on a database of its own, with a clock that a test
//! sets and a mailbox that it reads. People act through pages, as they do in a browser; a story
//! that settles with a letter left unsent fails.

mod calling;
mod exchange;
mod letter;
mod offer;
mod person;
mod program;

pub(crate) use exchange::exchange;
pub(crate) use letter::Letter;
pub(crate) use offer::offer;
pub(crate) use person::{File, Person, Shown};
pub(crate) use program::{Program, gives};

use chrono::TimeDelta;
use door::House;
use door::clock::Clock;
use door::limiter::Limiter;
use door::site::Site;
use finder::Finder;
use gateways::files::Files;
use gateways::login::Logins;
use gateways::mail::{Mailbox, Post};
use gateways::outside::Outside;
use poem::endpoint::BoxEndpoint;
use poem::test::TestClient;
use poem::{EndpointExt, Response};
use search::Index;
use sel::place::{Gazetteer, Place};
use std::sync::Arc;
use store::key::{Keyring, MasterKey};
use store::testing::Database;
use tempfile::TempDir;
use web::Rooms;
use worker::Worker;

pub(crate) const PORT: u16 = 8080;
/// The SEL of the stories.
pub(crate) const MARS: &str = "mars";

/// The house of one story.
pub(crate) struct App {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    house: Arc<House>,
    rooms: Arc<Rooms>,
    worker: Worker,
    mailbox: Mailbox,
    pub(crate) client: TestClient<BoxEndpoint<'static, Response>>,
    _state: TempDir,
}

impl App {
    /// An empty platform, on a Monday morning.
    pub(crate) async fn open() -> App {
        App::open_counting(Limiter::default()).await
    }

    /// The same, counting tries by this.
    pub(crate) async fn open_counting(limiter: Limiter) -> App {
        App::fresh(limiter, Site::local(PORT)).await
    }

    /// The same, under these names.
    pub(crate) async fn open_at(site: Site) -> App {
        App::fresh(Limiter::default(), site).await
    }

    async fn fresh(limiter: Limiter, site: Site) -> App {
        let database = Database::fresh().await.unwrap();
        let clock = Clock::set("2026-06-15T08:00:00Z".parse().unwrap());
        let master = MasterKey::from_bytes([9; 32]);
        App::furnished((database, clock), &master, limiter, site).await
    }

    /// The house on this database, under this master key.
    pub(crate) async fn furnished(
        (database, clock): (Database, Clock),
        master: &MasterKey,
        limiter: Limiter,
        site: Site,
    ) -> App {
        let now = clock.now();
        let keys = Keyring::load(&database.web, master, now).await.unwrap();
        let state = tempfile::tempdir().unwrap();
        let (letters, files) = (state.path().join("mailbox"), state.path().join("files"));
        for directory in [&letters, &files] {
            std::fs::create_dir(directory).unwrap();
        }
        // A server of a test is on this machine.
        let outside = Outside::new(&["127.0.0.0/8".parse().unwrap()]).unwrap();
        let rooms = Arc::new(Rooms {
            finder: Finder::new(Arc::new(Index::in_memory().unwrap())),
            files: Files::on_disk(files),
            places: places(),
            providers: Vec::new(),
            logins: Logins::new(outside.clone()),
            outside: outside.clone(),
            mailbox: None,
        });
        let worker = Worker {
            pool: database.work.clone(),
            keys: keys.clone(),
            site: site.clone(),
            clock: clock.clone(),
            post: Post::mailbox(letters.clone()),
            outside,
            resting: worker::Resting::default(),
            from: "ne-pas-repondre@saline.example".into(),
        };
        let assets = state.path().join("assets");
        let pool = database.web.clone();
        let console = {
            let keys = Keyring::of_console(master);
            let pool = database.staff.clone();
            House::new(pool, keys, site.clone(), clock.clone(), &assets).of_console()
        };
        let house = House::new(pool, keys, site, clock.clone(), &assets).counting(limiter);
        let house = Arc::new(house);
        let programs = (api::BASE, api::endpoint(rooms.finder.clone()));
        let pages = web::endpoint(Arc::clone(&house), Arc::clone(&rooms), programs);
        let endpoint = console::beside(Arc::new(console), pages).boxed();
        App {
            database,
            clock,
            house,
            rooms,
            worker,
            mailbox: Mailbox::open(letters),
            client: TestClient::new(endpoint),
            _state: state,
        }
    }

    /// A platform with SEL de Mars, ready: Fatima (n° 1) founded it, Claire (n° 2) and Jean (n° 3)
    /// are members with an e-mail, Odette (n° 4) has none. Nobody but Fatima is logged in.
    pub(crate) async fn with_mars() -> (App, Person) {
        App::open().await.and_mars().await
    }

    /// The same, in this house.
    pub(crate) async fn and_mars(self) -> (App, Person) {
        let app = self;
        let fatima = app.founder(MARS, 4).await;
        for (first_name, has_email) in [("Claire", true), ("Jean", true), ("Odette", false)] {
            app.enter(&fatima, first_name, has_email).await;
        }
        app.settle().await;
        (app, fatima)
    }

    /// Opens a SEL through its pages and goes through the first `steps` of its guided start. Gives
    /// its founder: Fatima.
    pub(crate) async fn founder(&self, slug: &str, steps: u8) -> Person {
        let fatima = ("Fatima", "Benali", "fatima@exemple.fr");
        self.founder_of((slug, "SEL de Mars"), fatima, steps).await
    }

    /// The same of a SEL of this name, by somebody else.
    pub(crate) async fn founder_of(
        &self,
        (slug, name): (&str, &str),
        (first_name, last_name, email): (&str, &str, &str),
        steps: u8,
    ) -> Person {
        let mut fatima = Person::on("");
        fatima.get(self, "/ouvrir").await;
        let typed = [
            ("name", name),
            ("slug", slug),
            ("locality", "Aubagne"),
            ("unit", "grain"),
            ("first_name", first_name),
            ("last_name", last_name),
            ("email", email),
        ];
        assert_eq!(fatima.post(self, "/ouvrir", &typed).await.status, 303);
        let link = self.link_to(email, "/ouvrir/").await;
        fatima.get(self, &link).await;
        let opened = fatima.post(self, &link, &[]).await;
        let (_, ticket) = opened.location.split_once("/entrer/").unwrap();
        let mut fatima = Person::on(slug);
        let ticket = format!("/entrer/{ticket}");
        fatima.get(self, &ticket).await;
        assert_eq!(fatima.post(self, &ticket, &[]).await.status, 303);
        for step in 1..=steps {
            let path = format!("/demarrer/{step}");
            let page = fatima.get(self, &path).await;
            let typed = page.typed();
            let typed: Vec<(&str, &str)> = pairs(&typed);
            assert_eq!(fatima.post(self, &path, &typed).await.status, 303, "{path}");
        }
        fatima
    }

    /// Somebody in charge enters a member.
    pub(crate) async fn enter(&self, fatima: &Person, first_name: &str, has_email: bool) {
        let mut fatima = fatima.clone();
        let page = fatima.get(self, "/bureau/adherents/nouveau").await;
        let id = page.hidden("id");
        let email = format!("{}@exemple.fr", first_name.to_lowercase());
        let typed = [
            ("id", id.as_str()),
            ("first_name", first_name),
            ("email", if has_email { &email } else { "" }),
            ("phone", "06 39 98 00 01"),
        ];
        let path = "/bureau/adherents/nouveau";
        assert_eq!(fatima.post(self, path, &typed).await.status, 303);
    }

    /// A member of SEL de Mars, logged in through a mailed link.
    pub(crate) async fn member(&self, first_name: &str) -> Person {
        let mut person = Person::on(MARS);
        let address = format!("{}@exemple.fr", first_name.to_lowercase());
        person.get(self, "/connexion").await;
        let typed = [("login", address.as_str())];
        let asked = person.post(self, "/connexion/lien", &typed).await;
        assert_eq!(asked.status, 200);
        let link = self.link_to(&address, "/entrer/").await;
        person.get(self, &link).await;
        assert_eq!(person.post(self, &link, &[]).await.status, 303);
        person
    }

    /// Sends all that is due and reads all that was published; nothing may be left.
    pub(crate) async fn settle(&self) {
        // Of two letters of the same moment, nobody could tell the newer.
        self.clock.pass(TimeDelta::seconds(1));
        while self.worker.step().await.unwrap() > 0 {}
        while self.worker.seal().await.unwrap() > 0 {}
        // A transaction of another test holds the log back for a moment: it is one cluster.
        let follower = web::follower::Follower::of(&self.house, &self.rooms);
        while follower.lag().await.unwrap() > 0 {
            follower.step().await.unwrap();
        }
        let mut worker = store::Worker::begin(&self.database.work, self.clock.now())
            .await
            .unwrap();
        let due = store::delivery::count_due(&mut worker).await.unwrap();
        assert_eq!(due, (0, 0), "letters that were not sent");
    }

    /// Lets time pass, and what falls due happen.
    pub(crate) async fn wait(&self, time: TimeDelta) {
        self.settle().await;
        self.clock.pass(time);
        self.worker.tend().await.unwrap();
        self.settle().await;
    }

    /// Looks at the kept searches that are due, and sends the letters that follow.
    pub(crate) async fn look(&self) {
        self.settle().await;
        while web::alert::look_once(&self.house, &self.rooms)
            .await
            .unwrap()
            > 0
        {}
        self.settle().await;
    }

    /// Where photos are kept.
    pub(crate) fn files(&self) -> &Files {
        &self.rooms.files
    }

    /// What the search finds in.
    pub(crate) fn index(&self) -> &Index {
        &self.rooms.finder.index
    }
}

fn places() -> Gazetteer {
    let place = Place {
        country: "FR".into(),
        name: "Aubagne".into(),
        latitude: 43.29,
        longitude: 5.57,
        population: 45_000,
        admin1: "93".into(),
        geoname_id: 3_037_044,
    };
    [place].into_iter().collect()
}

fn pairs(typed: &[(String, String)]) -> Vec<(&str, &str)> {
    typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
