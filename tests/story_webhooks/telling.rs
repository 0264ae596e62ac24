//! What is told when, and that one who hangs holds up nobody else.

use super::{Listener, told, told_of};
use crate::story::{App, offer};
use chrono::TimeDelta;
use std::net::TcpListener;
use std::sync::Arc;

/// What the calls that are due now tell, in any order.
async fn types(app: &App, listener: &Listener) -> Vec<String> {
    while app.calls().await > 0 {}
    let heard = listener.heard();
    let kind = |it: &String| {
        let (_, rest) = it.split_once("\"type\":\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let mut kinds: Vec<String> = heard.iter().map(kind).collect();
    kinds.sort();
    kinds
}

#[tokio::test]
async fn each_topic_is_told_when_it_happens() {
    let (app, mut fatima) = App::with_mars().await;
    let listener = Listener::open();
    let topics = sel::webhook::Topic::ALL.map(sel::webhook::Topic::as_str);
    told_of(&app, &mut fatima, &listener, &topics).await;
    let notice = offer(&app, &mut fatima, "Confitures", "members").await;
    assert_eq!(types(&app, &listener).await, ["notice.published"]);
    fatima.get(&app, &notice).await;
    fatima.post(&app, &format!("{notice}/pause"), &[]).await;
    assert_eq!(types(&app, &listener).await, ["notice.changed"]);
    fatima.get(&app, &notice).await;
    fatima.post(&app, &format!("{notice}/fermer"), &[]).await;
    assert_eq!(types(&app, &listener).await, ["notice.closed"]);
    let paid = fatima.records(&app, "donne", ["60", "2", "Ourlets"]).await;
    assert_eq!(types(&app, &listener).await, ["exchange.recorded"]);
    for (answer, then) in [
        ("accord", "exchange.recorded"),
        ("refus", "exchange.closed"),
    ] {
        let asked = fatima.records(&app, "recois", ["30", "2", "Tonte"]).await;
        assert_eq!(types(&app, &listener).await, ["exchange.proposed"]);
        let mut claire = app.member("Claire").await;
        claire.get(&app, &format!("/echanges/{asked}")).await;
        let path = format!("/echanges/{asked}/{answer}");
        let done = claire.post(&app, &path, &[("reason", "Pas fait")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(types(&app, &listener).await, [then]);
    }
    let mut claire = app.member("Claire").await;
    let path = format!("/echanges/{paid}/inverse");
    claire.get(&app, &path).await;
    let undone = claire.post(&app, &path, &[("reason", "Pas fait")]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    assert_eq!(types(&app, &listener).await, ["exchange.reversed"]);
    app.enter(&fatima, "Luc", true).await;
    assert_eq!(types(&app, &listener).await, ["member.joined"]);
    let mut jean = app.member("Jean").await;
    let path = jean.get(&app, "/compte/quitter").await.location;
    let page = jean.get(&app, &path).await;
    let typed = page.typed();
    let typed: Vec<_> = typed
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let gone = jean.post(&app, &path, &typed).await;
    assert!(gone.status < 400, "{}", gone.text());
    assert_eq!(types(&app, &listener).await, ["member.left"]);
    fatima.sets(&app, "/demarrer/2", ("floor", "-600")).await;
    assert_eq!(types(&app, &listener).await, ["settings.changed"]);
    app.settle().await;
}

#[tokio::test]
async fn the_exchanges_of_a_sheet_are_told_once_each() {
    let (app, mut fatima) = App::with_mars().await;
    let listener = Listener::open();
    told_of(&app, &mut fatima, &listener, &["exchange.recorded"]).await;
    let id = fatima.get(&app, "/bureau/feuilles").await.hidden("id");
    let typed = [
        ("id", id.as_str()),
        ("kind", "fair"),
        ("title", "Bourse"),
        ("date", "2026-06-13"),
    ];
    let opened = fatima.post(&app, "/bureau/feuilles", &typed).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let path = format!("/bureau/feuilles/{id}");
    let mut typed = fatima.get(&app, &path).await.typed();
    for (line, payer, payee) in [(1, "2", "3"), (2, "3", "2"), (3, "2", "77")] {
        for (name, value) in [
            ("payer", payer),
            ("payee", payee),
            ("amount", "20"),
            ("label", "Miel"),
        ] {
            let name = format!("{name}-{line}");
            typed.retain(|(known, _)| *known != name);
            typed.push((name, value.to_owned()));
        }
    }
    typed.push(("action".to_owned(), "enregistrer".to_owned()));
    let typed: Vec<_> = typed
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    for _ in 0..2 {
        let posted = fatima.post(&app, &path, &typed).await;
        assert_eq!(posted.status, 303, "{}", posted.text());
    }
    assert_eq!(types(&app, &listener).await, ["exchange.recorded"; 2]);
    // In the journal it is one act.
    let journal = fatima.get(&app, "/bureau/journal").await;
    journal.says("a inscrit une feuille recopiée");
    assert!(!journal.text().contains("a noté un échange"));
    app.settle().await;
}

/// An address that takes calls and answers none.
fn silent() -> (TcpListener, String) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/saline", server.local_addr().unwrap());
    (server, address)
}

#[tokio::test]
async fn where_nobody_answers_others_need_not_wait() {
    let (app, mut fatima) = App::with_mars().await;
    let (held, address) = silent();
    let hanging = Listener {
        address,
        answers: Arc::default(),
        heard: Arc::default(),
    };
    told(&app, &mut fatima, &hanging).await;
    for _ in 0..30 {
        offer(&app, &mut fatima, "Confitures", "members").await;
    }
    let listener = Listener::open();
    told(&app, &mut fatima, &listener).await;
    offer(&app, &mut fatima, "Miel", "members").await;
    // Two of the one that hangs, and the one of the other, which is the newest.
    assert_eq!(app.calls().await, 3);
    assert_eq!(listener.heard().len(), 1);
    // What else it was to be told rests a while.
    assert_eq!(app.calls().await, 0);
    app.clock.pass(TimeDelta::seconds(61));
    assert_eq!(app.calls().await, 2);
    drop(held);
}
