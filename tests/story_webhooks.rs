//! Other programs are told of what happens, again until they answer; the SEL sees how that went.

mod telling;

use crate::story::{App, MARS, Person, offer};
use chrono::TimeDelta;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A program that is told: what it will answer, and what it was told.
pub(crate) struct Listener {
    address: String,
    answers: Arc<Mutex<Vec<u16>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    pub(crate) fn open() -> Listener {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/saline", server.local_addr().unwrap());
        let (answers, heard) = (Arc::<Mutex<Vec<u16>>>::default(), Arc::default());
        let (next, said) = (Arc::clone(&answers), Arc::clone(&heard));
        std::thread::spawn(move || {
            for stream in server.incoming() {
                let mut stream = stream.unwrap();
                let text = whole(&mut stream);
                let said: &Mutex<Vec<String>> = &said;
                said.lock().unwrap().push(text);
                let status = next.lock().unwrap().pop().unwrap_or(204);
                let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Listener {
            address,
            answers,
            heard,
        }
    }

    /// From now on it answers these, then 204.
    fn answers(&self, statuses: &[u16]) {
        *self.answers.lock().unwrap() = statuses.iter().rev().copied().collect();
    }

    pub(crate) fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

/// A request with its body.
fn whole(stream: &mut std::net::TcpStream) -> String {
    let mut text = String::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).unwrap();
        text.push_str(std::str::from_utf8(&piece[..read]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name.eq_ignore_ascii_case("content-length")).then(|| value.trim().parse().ok())?
        });
        if read == 0 || body.len() >= length.unwrap_or(0) {
            return text;
        }
    }
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let line = request
        .lines()
        .find(|line| line.starts_with(&format!("{name}: ")));
    line.unwrap().split_once(": ").unwrap().1
}

/// Has this listener told of notices. Gives the path of its page.
pub(crate) async fn told(app: &App, fatima: &mut Person, listener: &Listener) -> String {
    told_of(app, fatima, listener, &["notice.published"]).await
}

/// The same of these topics.
async fn told_of(app: &App, fatima: &mut Person, listener: &Listener, topics: &[&str]) -> String {
    fatima.get(app, "/bureau/webhooks").await;
    let mut typed = vec![("address", listener.address.as_str())];
    typed.extend(topics.iter().map(|it| ("topics", *it)));
    let added = fatima.post(app, "/bureau/webhooks", &typed).await;
    added.says("whsec_");
    let list = fatima.get(app, "/bureau/webhooks").await;
    list.link("/bureau/webhooks/")
}

#[tokio::test]
async fn a_program_is_told_until_it_answers_and_may_be_told_again() {
    let (app, mut fatima) = App::with_mars().await;
    let listener = Listener::open();
    let page = told(&app, &mut fatima, &listener).await;
    listener.answers(&[500]);
    let path = offer(&app, &mut fatima, "Confitures", "members").await;
    assert_eq!(app.calls().await, 1);
    let first = listener.heard().pop().unwrap();
    let id = path.trim_start_matches("/annonces/");
    assert!(first.contains("\"type\":\"notice.published\""), "{first}");
    assert!(first.contains(id), "{first}");
    assert!(!first.contains("Confitures"), "{first}");
    fatima.get(&app, &page).await.says("Pas reçu (500)");
    // Not at once.
    assert_eq!(app.calls().await, 0);
    app.clock.pass(TimeDelta::seconds(6));
    assert_eq!(app.calls().await, 1);
    let second = listener.heard().pop().unwrap();
    assert_eq!(header(&first, "webhook-id"), header(&second, "webhook-id"));
    let shown = fatima.get(&app, &page).await;
    shown.says("Bien reçu (204)");
    // Of what was not ticked it is not told; a trial is.
    fatima.records(&app, "donne", ["60", "2", "Ourlets"]).await;
    assert_eq!(app.calls().await, 0);
    let again = shown.action("/encore");
    fatima.post(&app, &again, &[]).await;
    assert_eq!(app.calls().await, 1);
    let third = listener.heard().pop().unwrap();
    assert_eq!(header(&first, "webhook-id"), header(&third, "webhook-id"));
    fatima.post(&app, &format!("{page}/essai"), &[]).await;
    assert_eq!(app.calls().await, 1);
    assert!(listener.heard()[0].contains("\"type\":\"ping\""));
    app.settle().await;
}

#[tokio::test]
async fn who_does_not_answer_for_days_is_given_up_and_those_in_charge_hear_of_it() {
    let (app, mut fatima) = App::with_mars().await;
    let listener = Listener::open();
    let page = told(&app, &mut fatima, &listener).await;
    listener.answers(&[500; 10]);
    offer(&app, &mut fatima, "Confitures", "members").await;
    let mut attempts = 0;
    while attempts < 10 {
        attempts += app.calls().await;
        app.clock.pass(TimeDelta::minutes(30));
    }
    app.clock.pass(TimeDelta::days(2));
    assert_eq!(app.calls().await, 0);
    let letters = app.letters("fatima@exemple.fr").await;
    let stopped = letters
        .iter()
        .find(|it| it.subject.contains("n’est plus prévenu"));
    assert!(stopped.unwrap().text.contains(&listener.address));
    offer(&app, &mut fatima, "Miel", "members").await;
    assert_eq!(app.calls().await, 0);
    fatima
        .get(&app, &page)
        .await
        .says("Abandonné après 10 essais");
    fatima.post(&app, &format!("{page}/reprise"), &[]).await;
    offer(&app, &mut fatima, "Pain", "members").await;
    assert_eq!(app.calls().await, 1);
    // Gone is gone at once.
    listener.answers(&[410]);
    offer(&app, &mut fatima, "Sel", "members").await;
    assert_eq!(app.calls().await, 1);
    fatima.get(&app, &page).await.says("ou il refuse");
    fatima.post(&app, &format!("{page}/fin"), &[]).await;
    assert_eq!(fatima.get(&app, &page).await.status, 404);
    app.settle().await;
}

#[tokio::test]
async fn no_address_inside_is_told_and_nobody_but_who_sets_the_rules_has_any_told() {
    let (app, mut fatima) = App::with_mars().await;
    fatima.get(&app, "/bureau/webhooks").await;
    for address in [
        "https://10.0.0.1/",
        "ftp://exemple.fr",
        "",
        "https://a:b@exemple.fr/",
    ] {
        let typed = [("address", address), ("topics", "member.joined")];
        let refused = fatima.post(&app, "/bureau/webhooks", &typed).await;
        refused.says("Donnez une adresse publique");
        assert_eq!(refused.status, 422);
    }
    let mut claire = app.member("Claire").await;
    assert_eq!(claire.get(&app, "/bureau/webhooks").await.status, 403);
}

/// What every webhook of SEL de Mars has sealed.
async fn sealed(app: &App) -> Vec<u8> {
    let mut scope = app.scope(MARS).await;
    let all = store::webhook::list(&mut scope).await.unwrap();
    all[0].secret_sealed.clone()
}

#[tokio::test]
async fn a_new_key_of_a_sel_opens_what_the_old_one_sealed() {
    let (app, mut fatima) = App::with_mars().await;
    let listener = Listener::open();
    told(&app, &mut fatima, &listener).await;
    let before = sealed(&app).await;
    app.reseal().await;
    assert_ne!(sealed(&app).await, before);
    offer(&app, &mut fatima, "Confitures", "members").await;
    assert_eq!(app.calls().await, 1);
    assert_eq!(listener.heard().len(), 1);
    app.settle().await;
}
