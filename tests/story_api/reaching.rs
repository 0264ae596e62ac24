//! How much a program may ask, what it finds, for whom it acts, and how it is told no.

use super::{ALL, exchange};
use crate::story::{App, MARS, gives, offer};
use crate::story_logins::{CLAIRE, logs_in};
use chrono::TimeDelta;
use poem::http::Method;
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn who_asks_too_much_hears_when_to_come_again() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let program = gives(&app, &mut claire, MARS, &["account.read"]).await;
    for left in (0..600).rev() {
        let told = program.get(&app, "/account").await;
        let says = format!("\"access\";r={left};");
        assert!(told.header("ratelimit").starts_with(&says), "{says}");
        told.is(200);
    }
    let stopped = program.get(&app, "/account").await;
    assert_eq!(stopped.header("content-type"), "application/problem+json");
    let policy = "\"access\";q=600;w=60";
    assert_eq!(stopped.header("ratelimit-policy"), policy);
    let wait: i64 = stopped.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    stopped.is(429);
    app.clock.pass(TimeDelta::seconds(wait));
    program.get(&app, "/account").await.is(200);
    // Writing is dearer.
    let writer = gives(&app, &mut claire, MARS, &ALL).await;
    let mut statuses = Vec::new();
    for number in 0..61 {
        let new = exchange(Uuid::from_u128(100 + number), "giver", 99, 1);
        statuses.push(writer.post(&app, "/exchanges", new).await.status);
    }
    assert_eq!(statuses[..60], [422; 60]);
    assert_eq!(statuses[60], 429);
}

#[tokio::test]
async fn a_program_finds_notices_by_their_words_as_far_as_it_may() {
    let (app, mut fatima) = App::with_mars().await;
    offer(&app, &mut fatima, "Taille de rosiers", "members").await;
    app.settle().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let program = gives(&app, &mut claire, MARS, &["notices.read"]).await;
    let found = program.get(&app, "/search?q=rosier").await.is(200);
    let it = &found["items"][0];
    assert_eq!(it["notice"]["title"], "Taille de rosiers");
    assert_eq!(it["notice"]["author"]["number"], 1);
    assert_eq!(it["whole"], true);
    let none = program.get(&app, "/search?q=plomberie").await.is(200);
    assert_eq!(none["items"], json!([]));
    let blind = gives(&app, &mut claire, MARS, &["account.read"]).await;
    blind.get(&app, "/search?q=rosier").await.is(403);
}

#[tokio::test]
async fn a_program_enters_for_others_what_who_lent_it_may() {
    let (app, mut fatima) = App::with_mars().await;
    let board = gives(&app, &mut fatima, MARS, &["exchanges.write", "rights"]).await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let hers = gives(&app, &mut claire, MARS, &ALL).await;
    let mut new = exchange(Uuid::from_u128(21), "giver", 3, 60);
    new["in_name_of"] = json!(4);
    hers.post(&app, "/exchanges", new.clone()).await.is(403);
    let told = board.post(&app, "/exchanges", new).await.is(201);
    assert_eq!(told["giver"]["number"], 4);
    assert_eq!(told["receiver"]["number"], 3);
    // And the SEL reads who did.
    let journal = fatima.get(&app, "/bureau/journal").await;
    journal.says("Fatima Benali (n° 1) a noté un échange entre Odette (n° 4) et Jean");
}

#[tokio::test]
async fn what_is_refused_is_said_in_the_language_of_who_asks() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let program = gives(&app, &mut claire, MARS, &ALL).await;
    for (language, says) in [
        ("fr", "Nous ne trouvons personne"),
        ("en", "We find nobody"),
    ] {
        let new = exchange(Uuid::from_u128(31), "giver", 99, 60);
        let asked = (Method::POST, "/exchanges");
        let headers = [("accept-language", language)];
        let told = program.ask(&app, asked, Some(new), &headers).await.is(422);
        let detail = told["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains(says), "{detail}");
    }
    // A tag is that of a body: what has none has none.
    let head = (Method::HEAD, "/account");
    let head = program.ask(&app, head, None, &[]).await;
    assert_eq!((head.status, head.header("etag")), (200, ""));
    // What the threshold refuses has a number to ask about, too.
    let packed = [("content-encoding", "gzip")];
    let asked = (Method::POST, "/exchanges");
    let told = program.ask(&app, asked, Some(json!({})), &packed).await;
    assert_eq!(told.status, 415, "{}", told.body);
    assert!(!told.header("x-request-id").is_empty());
}
