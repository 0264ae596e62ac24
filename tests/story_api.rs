//! Programs that act in somebody's name, within what was ticked and what that person may do.

mod reaching;

use crate::story::{App, MARS, Program, gives};
use crate::story_logins::{CLAIRE, logs_in};
use chrono::TimeDelta;
use poem::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

const ALL: [&str; 5] = [
    "notices.read",
    "notices.write",
    "members.read",
    "account.read",
    "exchanges.write",
];

fn exchange(id: Uuid, side: &str, other: i64, amount: i64) -> Value {
    json!({ "id": id, "side": side, "other": other, "amount": amount, "label": "Ourlets" })
}

#[tokio::test]
async fn a_program_does_what_its_access_allows_and_nothing_else() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let reader = gives(&app, &mut claire, MARS, &["account.read"]).await;
    let me = reader.get(&app, "/me").await.is(200);
    assert_eq!(me["number"], 2);
    assert_eq!(me["permissions"], json!(["account.read"]));
    assert_eq!(reader.get(&app, "/account").await.is(200)["balance"], 0);
    let lacking = reader.get(&app, "/members").await;
    assert_eq!(lacking.header("content-type"), "application/problem+json");
    let lacking = lacking.is(403);
    assert!(lacking["detail"].as_str().unwrap().contains("members.read"));
    let id = Uuid::from_u128(1);
    let new = exchange(id, "giver", 3, 60);
    reader.post(&app, "/exchanges", new).await.is(403);
    let nobody = Program::at(MARS, "saline_guessed");
    let refused = nobody.get(&app, "/me").await;
    assert!(refused.header("www-authenticate").starts_with("Bearer"));
    refused.is(401);
    Program::at(MARS, "").get(&app, "/me").await.is(401);
    let letters = app.letters(CLAIRE).await;
    let told = |it: &crate::story::Letter| it.subject.contains("un programme peut agir");
    assert!(letters.iter().any(told));
}

#[tokio::test]
async fn a_cookie_opens_nothing_to_programs() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let me = claire.get(&app, "/api/v1/me").await;
    assert_eq!(me.status, 401);
}

#[tokio::test]
async fn an_access_ends_by_hand_by_time_and_with_its_login() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let first = gives(&app, &mut claire, MARS, &["account.read"]).await;
    app.clock.pass(TimeDelta::minutes(1));
    let second = gives(&app, &mut claire, MARS, &["account.read"]).await;
    // Nobody else ends it.
    let page = claire.get(&app, "/compte/acces").await;
    page.says("N’a pas encore servi");
    let end = page.action("/fin");
    fatima.get(&app, "/compte/acces").await;
    fatima.post(&app, &end, &[]).await;
    second.get(&app, "/me").await.is(200);
    claire.get(&app, "/compte/acces").await;
    claire.post(&app, &end, &[]).await;
    second.get(&app, "/me").await.is(401);
    first.get(&app, "/me").await.is(200);
    app.clock.pass(TimeDelta::days(31));
    first.get(&app, "/me").await.is(401);
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let third = gives(&app, &mut claire, MARS, &["account.read"]).await;
    third.get(&app, "/me").await.is(200);
    let (web, now) = (&app.database.web, app.clock.now());
    let released = desk::membership::release(web, MARS, 2, now).await;
    assert!(released.unwrap());
    third.get(&app, "/me").await.is(401);
}

#[tokio::test]
async fn nobody_lends_what_they_have_not_got_and_fear_ends_all() {
    let (app, fatima) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let program = gives(&app, &mut claire, MARS, &["account.read", "rights"]).await;
    let me = program.get(&app, "/me").await.is(200);
    assert_eq!(me["permissions"], json!(["account.read"]));
    // The rights of the day count, and none was lent.
    let mut fatima = fatima;
    let page = claire.get(&app, "/compte").await.link("/adherents/");
    fatima.get(&app, &page).await;
    let rights = format!("{page}/droits");
    fatima.post(&app, &rights, &[("rights", "members")]).await;
    assert_eq!(program.get(&app, "/me").await.is(200)["rights"], json!([]));
    let typed = [("new_password", "trois petits chats")];
    let chosen = claire.post(&app, "/compte/mot-de-passe", &typed).await;
    assert_eq!(chosen.location, "/", "{}", chosen.text());
    program.get(&app, "/me").await.is(401);
}

#[tokio::test]
async fn an_exchange_is_recorded_once_and_answered() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let mut jean = logs_in(&app, MARS, "jean@exemple.fr").await;
    let hers = gives(&app, &mut claire, MARS, &ALL).await;
    let his = gives(&app, &mut jean, MARS, &ALL).await;
    let id = Uuid::from_u128(7);
    for _ in 0..2 {
        let new = exchange(id, "giver", 3, 60);
        let told = hers.post(&app, "/exchanges", new).await.is(201);
        assert_eq!(told["state"], "recorded");
        assert_eq!(told["receiver"]["number"], 3);
    }
    assert_eq!(hers.get(&app, "/account").await.is(200)["balance"], -60);
    assert_eq!(his.get(&app, "/account").await.is(200)["balance"], 60);
    let another = exchange(id, "giver", 3, 61);
    hers.post(&app, "/exchanges", another).await.is(409);
    // The receiver's word waits for the giver's.
    let asked = Uuid::from_u128(8);
    let new = exchange(asked, "receiver", 3, 30);
    let told = hers.post(&app, "/exchanges", new).await.is(201);
    assert_eq!(
        (&told["state"], &told["waits_for"]),
        (&json!("proposed"), &json!(3))
    );
    let path = format!("/exchanges/{asked}/answer");
    let agreed = his.post(&app, &path, json!({ "answer": "agree" })).await;
    assert_eq!(agreed.is(200)["state"], "recorded");
    // Twice is said to be over.
    let twice = his.post(&app, &path, json!({ "answer": "agree" })).await;
    assert_eq!(twice.is(422)["errors"][0]["code"], "exchange-ended");
    let wrong = exchange(Uuid::from_u128(9), "giver", 99, 60);
    let wrong = hers.post(&app, "/exchanges", wrong).await.is(422);
    assert_eq!(wrong["errors"][0]["field"], "other");
    let listed = hers.get(&app, "/exchanges?limit=1").await.is(200);
    assert_eq!(listed["items"][0]["id"], json!(asked));
    let next = listed["next"].as_str().unwrap();
    let rest = format!("/exchanges?limit=1&cursor={next}");
    let rest = hers.get(&app, &rest).await.is(200);
    assert_eq!(rest["items"][0]["id"], json!(id));
    assert_eq!(rest["next"], Value::Null);
    let transfers = hers.get(&app, "/account/transfers").await.is(200);
    assert_eq!(transfers["items"][0]["change"], 30);
    assert_eq!(transfers["items"][1]["balance"], -60);
}

async fn category(app: &App, program: &Program) -> Value {
    let all = program.get(app, "/categories").await.is(200);
    all["items"][0]["id"].clone()
}

fn notice(category: &Value) -> Value {
    json!({
        "kind": "offer", "title": "Ourlets", "text": "Je fournis le fil", "category": category,
        "price": { "mode": "hourly", "amount": 60 },
    })
}

#[tokio::test]
async fn a_notice_is_published_once_and_changed_by_who_saw_it() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let program = gives(&app, &mut claire, MARS, &ALL).await;
    let category = category(&app, &program).await;
    let id = Uuid::from_u128(5);
    let mut new = notice(&category);
    new["id"] = json!(id);
    for _ in 0..2 {
        let told = program.post(&app, "/notices", new.clone()).await.is(201);
        assert_eq!(told["author"]["number"], 2);
        assert_eq!(told["price"], json!({ "mode": "hourly", "amount": 60 }));
    }
    new["title"] = json!("Autre chose");
    program.post(&app, "/notices", new).await.is(409);
    let path = format!("/notices/{id}");
    let read = program.get(&app, &path).await;
    let tag = read.header("etag").to_owned();
    assert!(
        read.header("ratelimit").contains(";r="),
        "{:?}",
        read.headers
    );
    assert!(!read.header("x-request-id").is_empty());
    let again = [("if-none-match", tag.as_str())];
    let asked = (Method::GET, path.as_str());
    program.ask(&app, asked, None, &again).await.is(304);
    let mut changed = notice(&category);
    changed["title"] = json!("Ourlets et boutons");
    let asked = (Method::PUT, path.as_str());
    let stale = [("if-match", "\"another\"")];
    let body = Some(changed.clone());
    program.ask(&app, asked.clone(), body, &stale).await.is(412);
    let seen = [("if-match", tag.as_str())];
    let told = program.ask(&app, asked, Some(changed), &seen).await.is(200);
    assert_eq!(told["title"], "Ourlets et boutons");
    let fate = format!("{path}/fate");
    let closed = program
        .post(&app, &fate, json!({ "change": "close" }))
        .await;
    assert_eq!(closed.is(200)["state"], "closed");
    let listed = program.get(&app, "/notices").await.is(200);
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test]
async fn what_the_directory_keeps_back_is_kept_from_programs_too() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let hers = gives(&app, &mut claire, MARS, &["members.read"]).await;
    let one = hers.get(&app, "/members/3").await.is(200);
    assert_eq!(one["email"], Value::Null);
    assert_eq!(hers.get(&app, "/members/2").await.is(200)["email"], CLAIRE);
    // The founder's program has her rights only where she ticked that.
    let plain = gives(&app, &mut fatima, MARS, &["members.read"]).await;
    assert_eq!(
        plain.get(&app, "/members/3").await.is(200)["email"],
        Value::Null
    );
    let with_rights = gives(&app, &mut fatima, MARS, &["members.read", "rights"]).await;
    let one = with_rights.get(&app, "/members/3").await.is(200);
    assert_eq!(one["email"], "jean@exemple.fr");
    let listed = hers.get(&app, "/members?limit=3").await.is(200);
    let next = listed["next"].as_str().unwrap();
    let rest = hers
        .get(&app, &format!("/members?limit=3&cursor={next}"))
        .await;
    assert_eq!(rest.is(200)["items"][0]["number"], 4);
    hers.get(&app, "/members/99").await.is(404);
}

#[tokio::test]
async fn what_cannot_be_read_is_said_as_a_problem() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let program = gives(&app, &mut claire, MARS, &ALL).await;
    for path in ["/members?limit=0", "/members?limit=a"] {
        let told = program.get(&app, path).await;
        assert_eq!(
            told.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        told.is(400);
    }
    let told = program.get(&app, "/exchanges?cursor=AAAA").await.is(422);
    assert_eq!(told["errors"][0]["field"], "cursor");
    for path in ["/nowhere", "/members/0", "/notices/x"] {
        let told = program.get(&app, path).await;
        assert_eq!(
            told.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        assert!([400, 404].contains(&told.status), "{path}: {}", told.status);
    }
    let told = program.post(&app, "/me", json!({})).await;
    assert_eq!(told.header("allow"), "GET");
    told.is(405);
    let long = "a".repeat(70_000);
    let odd = [
        ("label", json!("a\0b"), 400),
        ("label", json!(60), 400),
        ("done_on", json!(null), 400),
        ("amout", json!(60), 400),
        ("label", json!(long), 413),
    ];
    for (field, value, status) in odd {
        let mut new = exchange(Uuid::from_u128(3), "giver", 3, 60);
        new[field] = value;
        program.post(&app, "/exchanges", new).await.is(status);
    }
    program
        .post(&app, "/exchanges", json!({ "id": 1 }))
        .await
        .is(400);
    let french = program
        .get(&app, "/exchanges/00000000-0000-0000-0000-000000000009")
        .await;
    assert_eq!(french.is(404)["errors"], json!([]));
    let public = Program::at(MARS, "")
        .get(&app, "/association")
        .await
        .is(200);
    assert_eq!(public["unit"]["one"], "grain");
}
