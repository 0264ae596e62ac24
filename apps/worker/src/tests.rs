use super::*;
use chrono::{DateTime, TimeDelta, Utc};
use desk::association::Opened;
use desk::link::Link;
use desk::member::Namesake;
use desk::session::Browser;
use gateways::mail::Mailbox;
use sel::application::Draft;
use sel::exchange::Side;
use sel::id::{ExchangeId, MemberId};
use sel::member::{Actor, Right};
use store::Scope;
use store::key::MasterKey;
use store::testing::Database;
use tempfile::TempDir;

/// A worker whose letters fall into a directory, and the database it works on.
struct Town {
    database: Database,
    worker: Worker,
    mailbox: Mailbox,
    _directory: TempDir,
}

impl Town {
    async fn new() -> Town {
        let database = Database::fresh().await.unwrap();
        let now = "2026-06-13T09:00:00Z".parse().unwrap();
        let master = MasterKey::from_bytes([7; 32]);
        let keys = Keyring::load(&database.web, &master, now).await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let worker = Worker {
            pool: database.work.clone(),
            keys,
            site: Site::local(8080),
            clock: Clock::set(now),
            post: Post::mailbox(directory.path().to_owned()),
            outside: Outside::new(&[]).unwrap(),
            resting: crate::Resting::default(),
            from: "ne-pas-repondre@saline.example".into(),
        };
        Town {
            database,
            worker,
            mailbox: Mailbox::open(directory.path().to_owned()),
            _directory: directory,
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.worker.clock.now()
    }

    /// The only letter of this subject.
    async fn letter(&self, subject: &str) -> Letter {
        let letters = self.mailbox.list(100).await.unwrap();
        let mut found = letters
            .into_iter()
            .filter(|letter| letter.subject.contains(subject));
        let letter = found
            .next()
            .unwrap_or_else(|| panic!("no letter says {subject}"));
        assert!(found.next().is_none(), "two letters say {subject}");
        letter
    }

    /// What the link of a letter leads to, beneath `path`.
    fn link(&self, letter: &Letter, path: &str) -> Link {
        let (_, rest) = letter
            .text
            .split_once(path)
            .unwrap_or_else(|| panic!("no link {path}"));
        let signed = rest.split_whitespace().next().unwrap();
        Link::read(signed, &self.worker.keys, self.now()).unwrap()
    }

    /// Opens a SEL through the link of its letter.
    async fn open(&self) -> Opened {
        let draft = sel::association::Draft {
            name: "SEL de Mars".into(),
            slug: "mars".into(),
            unit: "grain".into(),
            first_name: "Fatima".into(),
            last_name: "Benali".into(),
            email: "fatima@exemple.fr".into(),
        };
        let spot = sel::association::Spot {
            name: "Marseille".into(),
            country: "FR".into(),
            geoname_id: 2_995_469,
            latitude: 43.3,
            longitude: 5.4,
        };
        let now = self.now();
        desk::association::ask(&self.database.web, &draft, Ok(spot), "fr", now)
            .await
            .unwrap();
        assert_eq!(self.worker.step().await.unwrap(), 1);
        let letter = self.letter("Ouvrez votre SEL").await;
        let Link::Token(token) = self.link(&letter, "http://localhost:8080/ouvrir/") else {
            panic!("no token");
        };
        desk::association::open(&self.database.web, token, now)
            .await
            .unwrap()
    }

    async fn scope(&self, sel: &Opened, actor: MemberId, rights: &[Right]) -> Scope {
        let here = sel.association_id;
        let actor = Actor {
            association_id: here,
            member_id: actor,
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        Scope::begin(&self.database.web, here, Some(actor), self.now())
            .await
            .unwrap()
    }

    async fn enter(&self, sel: &Opened, first_name: &str, last_name: &str) -> MemberId {
        let scope = self.scope(sel, sel.founder, &Right::ALL).await;
        let draft = Draft {
            first_name: first_name.into(),
            last_name: last_name.into(),
            email: format!("{first_name}@exemple.fr"),
            ..Draft::default()
        };
        let id = MemberId(desk::fresh::id(self.now()));
        desk::member::enter(scope, id, &draft, "fr", Namesake::Ask)
            .await
            .unwrap()
            .0
    }

    /// Nadia writes that Claire gives her 45 grains.
    async fn propose(&self, sel: &Opened, claire: MemberId, nadia: MemberId) -> ExchangeId {
        let draft = sel::exchange::Draft {
            exchange_id: ExchangeId(desk::fresh::id(self.now())),
            side: Side::Payee,
            amount: 45,
            label: "un gâteau au citron".into(),
            done_on: self.now().date_naive(),
            notice_id: None,
            category_id: None,
        };
        let scope = self.scope(sel, nadia, &[]).await;
        desk::exchange::record(scope, draft, nadia, claire)
            .await
            .unwrap()
            .exchange_id
    }

    async fn due(&self) -> (i64, i64) {
        let now = self.now();
        let mut worker = store::Worker::begin(&self.worker.pool, now).await.unwrap();
        store::delivery::count_due(&mut worker).await.unwrap()
    }
}

#[tokio::test]
async fn the_link_of_a_login_letter_logs_in() {
    let town = Town::new().await;
    let sel = town.open().await;
    let (web, now) = (&town.database.web, town.now());
    desk::session::request_link(web, sel.association_id, ("fatima@exemple.fr", "/"), now)
        .await
        .unwrap();
    assert_eq!(town.worker.step().await.unwrap(), 1);
    let letter = town.letter("Votre lien pour entrer au SEL de Mars").await;
    assert_eq!(letter.from.name, "SEL de Mars");
    assert_eq!(letter.to.address, "fatima@exemple.fr");
    assert!(letter.text.contains("n°\u{a0}1."));
    let link = town.link(&letter, "http://mars.localhost:8080/entrer/");
    let Link::Token(token) = link else {
        panic!("no token")
    };
    assert_eq!(letter.letter_id, token.0);
    let (here, browser) = (sel.association_id, Browser::default());
    let followed = desk::session::follow(web, here, token, browser, now).await;
    assert_eq!(followed.unwrap().1, sel.founder);
    assert_eq!(town.worker.step().await.unwrap(), 0);
}

#[tokio::test]
async fn a_payer_is_asked_and_the_payee_hears_the_answer() {
    let town = Town::new().await;
    let sel = town.open().await;
    let claire = town.enter(&sel, "Claire", "Aubert").await;
    let nadia = town.enter(&sel, "Nadia", "Ferrand").await;
    let exchange = town.propose(&sel, claire, nadia).await;
    town.worker.step().await.unwrap();
    let letter = town
        .letter("Nadia attend votre accord pour 45\u{a0}grains")
        .await;
    assert_eq!(letter.to.address, "claire@exemple.fr");
    let link = town.link(&letter, "http://mars.localhost:8080/repondre-echange/");
    let here = sel.association_id;
    assert_eq!(
        link,
        Link::Answer {
            association_id: here,
            exchange_id: exchange,
            member_id: claire
        }
    );
    let scope = town.scope(&sel, claire, &[]).await;
    desk::exchange::close(scope, exchange, sel::exchange::Ending::Agreed, "")
        .await
        .unwrap();
    town.worker.step().await.unwrap();
    let letter = town.letter("Claire est d’accord").await;
    assert_eq!(letter.to.address, "nadia@exemple.fr");
    assert_eq!(town.due().await, (0, 0));
}

#[tokio::test]
async fn an_exchange_that_nobody_answers_expires_and_its_late_letter_is_not_sent() {
    let town = Town::new().await;
    let sel = town.open().await;
    let claire = town.enter(&sel, "Claire", "Aubert").await;
    let nadia = town.enter(&sel, "Nadia", "Ferrand").await;
    town.propose(&sel, claire, nadia).await;
    assert_eq!(town.worker.expire().await.unwrap(), 0);
    town.worker.clock.pass(TimeDelta::days(30));
    assert_eq!(town.worker.expire().await.unwrap(), 1);
    assert_eq!(town.worker.expire().await.unwrap(), 0);
    town.worker.step().await.unwrap();
    town.letter("Claire n’a pas répondu").await;
    let letters = town.mailbox.list(100).await.unwrap();
    assert!(
        letters
            .iter()
            .all(|letter| !letter.subject.contains("attend votre accord"))
    );
    assert_eq!(town.due().await, (0, 0));
}

#[tokio::test]
async fn a_message_is_quoted_without_anybodys_address() {
    let town = Town::new().await;
    let sel = town.open().await;
    let claire = town.enter(&sel, "Claire", "Aubert").await;
    let nadia = town.enter(&sel, "Nadia", "Ferrand").await;
    let mut scope = town.scope(&sel, claire, &[]).await;
    let draft = sel::notice::Draft {
        kind: "offer".into(),
        title: "Taille de rosiers".into(),
        units_mode: "gift".into(),
        ..sel::notice::Draft::default()
    };
    let category = store::category::list(&mut scope).await.unwrap()[0].id();
    let notice = sel::id::NoticeId(desk::fresh::id(town.now()));
    desk::notice::publish(&mut scope, notice, &draft, Some(category), claire)
        .await
        .unwrap();
    scope.commit().await.unwrap();
    let scope = town.scope(&sel, nadia, &[]).await;
    let message = sel::id::MessageId(desk::fresh::id(town.now()));
    desk::conversation::write(scope, message, notice, "Bonjour,\n<j'arrive>")
        .await
        .unwrap();
    town.worker.step().await.unwrap();
    let letter = town.letter("Nadia vous écrit").await;
    assert!(letter.text.contains("> Bonjour,\n> <j'arrive>\n"));
    assert!(letter.text.contains("«\u{a0}Taille de rosiers\u{a0}»"));
    for form in [&letter.text, &letter.html] {
        assert!(!form.contains("nadia@"), "{form}");
    }
    let link = town.link(&letter, "http://mars.localhost:8080/repondre/");
    assert!(matches!(link, Link::Reply { member_id, .. } if member_id == claire));
}

#[tokio::test]
async fn a_letter_that_no_server_takes_is_tried_eight_times_and_given_up() {
    let mut town = Town::new().await;
    let sel = town.open().await;
    // Nobody listens on the port of discarding.
    town.worker.post = Post::smtp(&"smtp://127.0.0.1:9".to_owned().into()).unwrap();
    let (web, now) = (&town.database.web, town.now());
    desk::session::request_link(web, sel.association_id, ("1", "/"), now)
        .await
        .unwrap();
    // A login link lives for an hour; a welcome waits long enough for all eight attempts.
    town.enter(&sel, "Claire", "Aubert").await;
    assert_eq!(town.worker.step().await.unwrap(), 2);
    assert_eq!(town.worker.step().await.unwrap(), 0);
    for minutes in [1, 5, 30, 120, 360, 720] {
        town.worker
            .clock
            .pass(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
        assert_eq!(town.worker.step().await.unwrap(), 0);
        town.worker.clock.pass(TimeDelta::seconds(1));
        assert!(town.worker.step().await.unwrap() >= 1);
    }
    assert_eq!(town.due().await, (0, 1));
    town.worker.clock.pass(TimeDelta::minutes(1440));
    assert_eq!(town.worker.step().await.unwrap(), 1);
    assert_eq!(town.due().await, (0, 0));
}
