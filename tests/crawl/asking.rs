//! Asking one route with one id, and what is plain in the answer.

use super::routes::{Ids, RouteOf};
use crate::story::{App, Person, Program};
use crate::story_logins::CATS;
use poem::http::{HeaderMap, Method};
use serde_json::{Value, json};

/// An answer without what differs by itself: ids, and what names the request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// What may differ between two answers to the same question.
const PASSING: [&str; 4] = ["x-request-id", "ratelimit", "date", "etag"];

fn plain(status: u16, headers: &HeaderMap, body: &str, ids: Ids<'_>) -> Plain {
    let bare = |text: &str| {
        let mut bare = text.to_owned();
        for id in [ids.one, ids.other, ids.sel] {
            bare = bare.replace(id, "ID").replace(&id.replace('-', ""), "ID");
        }
        for mark in [
            "\"request_id\":\"",
            "\"proposed_at\":\"",
            "name=\"id\" value=\"",
        ] {
            let mut from = 0;
            while let Some(at) = bare[from..].find(mark) {
                let start = from + at + mark.len();
                let end = bare[start..].find('"').map_or(bare.len(), |at| start + at);
                bare.replace_range(start..end, "-");
                from = start;
            }
        }
        bare
    };
    let told = headers
        .iter()
        .filter(|(name, _)| !PASSING.contains(&name.as_str()));
    Plain {
        status,
        headers: told
            .map(|(name, value)| (name.to_string(), bare(value.to_str().unwrap_or("?"))))
            .collect(),
        body: bare(body),
    }
}

/// A form that has something in every field that any of ours has, and this id where one goes.
fn filled(id: &str) -> Vec<(&'static str, String)> {
    let text = [
        ("title", "Bonjour"),
        ("body", "Bonjour"),
        ("reason", "Parce que"),
        ("label", "Ourlets"),
        ("amount", "60"),
        ("side", "donne"),
        ("date", "2026-06-15"),
        ("kind", "offer"),
        ("units_mode", "gift"),
        ("first_name", "Ana"),
        ("last_name", "Costa"),
        ("days", "30"),
        ("email", "ana@exemple.fr"),
        ("name", "Ana"),
        ("text", "Bonjour"),
        ("rythme", "daily"),
        ("retour", "/"),
        ("until", "2026-12-31"),
        ("outcome", "upheld"),
        ("q", "jardin"),
        ("about", "Bonjour"),
        ("message", "Bonjour"),
        ("number", "2"),
        ("member", "2"),
        ("proxy", "2"),
        ("with", "2"),
        ("code", "SELD"),
        ("floor", "-60"),
        ("rights", "members"),
        ("password", CATS),
    ];
    let ids = [
        "category",
        "notice",
        "exchange",
        "sheet",
        "conversation",
        "batch",
        "dispute",
    ];
    let text = text.map(|(name, value)| (name, value.to_owned()));
    let ids = ids.map(|name| (name, id.to_owned()));
    text.into_iter().chain(ids).collect()
}

pub(crate) async fn asks<'a>(
    app: &App,
    person: &Person,
    route: &RouteOf,
    ids: impl Into<Ids<'a>>,
) -> Plain {
    let ids = ids.into();
    let mut person = person.clone();
    let path = route.with(ids);
    let shown = if route.method == "GET" {
        person.get(app, &path).await
    } else {
        let mut fields = filled(ids.one);
        // What is created has an id of one's own; what is done about a thing, another of its own.
        if route.has_id() {
            fields.push(("id", ids.one.to_owned()));
        }
        let typed: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        person.post(app, &path, &typed).await
    };
    plain(shown.status, &shown.headers, &shown.html, ids)
}

/// What any request of a program may hold, with this id.
fn written(route: &RouteOf, id: &str) -> Option<Value> {
    let new = "019eca4b-0000-7000-8000-00000000beef";
    let notice = json!({
        "kind": "offer", "title": "Ourlets", "category": id, "price": { "mode": "gift" },
    });
    let last = route.path.rsplit('/').next().unwrap_or_default();
    match (route.method.as_str(), last) {
        ("GET", _) => None,
        ("POST", "notices") => {
            let mut notice = notice;
            notice["id"] = json!(new);
            Some(notice)
        }
        ("PUT", _) => Some(notice),
        (_, "fate") => Some(json!({ "change": "close" })),
        (_, "answer") => Some(json!({ "answer": "agree" })),
        ("POST", "exchanges") => Some(json!({
            "id": id, "side": "giver", "other": 3, "amount": 60, "label": "Ourlets",
        })),
        other => panic!("the crawl does not know what to send to {other:?}"),
    }
}

pub(crate) async fn program_asks(app: &App, program: &Program, route: &RouteOf, id: &str) -> Plain {
    let path = route.with(id);
    let path = path.strip_prefix(api::BASE).unwrap();
    let method: Method = route.method.parse().unwrap();
    let body = written(route, id);
    let told = program.ask(app, (method, path), body, &[]).await;
    plain(
        told.status,
        &told.headers,
        &told.body.to_string(),
        id.into(),
    )
}
