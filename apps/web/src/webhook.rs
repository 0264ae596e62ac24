//! `/bureau/webhooks`: other programs that are told of what happens in the SEL, and how that went.

use crate::Rooms;
use askama::Template;
use chrono::TimeDelta;
use desk::webhook::Change;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::{Data, Path};
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::{EventId, WebhookId};
use sel::webhook::{Refusal, Topic};
use std::sync::Arc;
use store::webhook::{Call, Webhook};
use words::Words;

const PAGE: &str = "/bureau/webhooks";
/// Calls that a page shows.
const CALLS: i64 = 50;
/// How often one is tried by hand: each is kept, and has somebody else's machine answer.
const TRIES: u32 = 20;
const TRIES_WINDOW: TimeDelta = TimeDelta::minutes(15);

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/bureau/webhooks", get(list).post(add))
        .at("/bureau/webhooks/:id", get(show))
        .at("/bureau/webhooks/:id/essai", post(try_it))
        .at("/bureau/webhooks/:id/reprise", post(resume))
        .at("/bureau/webhooks/:id/fin", post(remove))
        .at("/bureau/webhooks/:id/:event/encore", post(again))
}

struct Line {
    id: String,
    address: String,
    topics: String,
    is_stopped: bool,
}

struct Choice {
    value: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "webhook_list.html")]
struct ListPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    topics: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "webhook_secret.html")]
struct SecretPage {
    frame: Frame,
    secret: String,
}

/// One call: what of, when, and what came of it.
struct Told {
    event: String,
    said: String,
    when: String,
    fate: String,
    is_good: bool,
    /// Whether it can be made again.
    again: bool,
}

#[derive(Template)]
#[template(path = "webhook.html")]
struct WebhookPage {
    frame: Frame,
    line: Line,
    calls: Vec<Told>,
}

/// Those who set the rules see it.
fn allowed(present: &Present) -> Result<(), Trouble> {
    let actor = present.scope.actor.as_ref();
    if actor.is_some_and(sel::webhook::may_keep) {
        Ok(())
    } else {
        Err(Trouble::NotAllowed)
    }
}

fn topic_word(words: Words, topic: &str) -> String {
    words.say(&format!("webhook-topic-{}", topic.replace('.', "-")))
}

fn line(words: Words, it: &Webhook) -> Line {
    let topics = it.topics().into_iter();
    let topics: Vec<String> = topics.map(|it| topic_word(words, it.as_str())).collect();
    Line {
        id: it.id().to_string(),
        address: it.address.clone(),
        topics: topics.join(", "),
        is_stopped: it.stopped_at.is_some(),
    }
}

#[handler]
async fn list(present: Present) -> Answer {
    Ok(listed(present, Fields::default(), Errors::none()).await?)
}

async fn listed(mut present: Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    allowed(&present)?;
    let all = store::webhook::list(&mut present.scope).await?;
    let words = present.words();
    let code = errors.code();
    let topics = Topic::ALL.map(|it| Choice {
        value: it.as_str(),
        label: topic_word(words, it.as_str()),
    });
    let response = page(&ListPage {
        frame: Frame::present(&present, "webhook-title", "desk").wrong(!errors.is_empty()),
        lines: all.iter().map(|it| line(words, it)).collect(),
        topics: topics.into(),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

/// Has another program told, and shows the secret in this answer alone.
#[handler]
async fn add(fields: Fields, present: Present, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    allowed(&present)?;
    let (scope, absent) = present.part();
    let address = fields.get("address").trim();
    let address = (address, rooms.outside.admits(address));
    let ticked = |it: &Topic| fields.ticked("topics", it.as_str());
    let topics: Vec<Topic> = Topic::ALL.into_iter().filter(ticked).collect();
    let vault = absent.guest.house.keys.vault();
    match desk::webhook::add(scope, vault, address, &topics).await {
        Ok(secret) => {
            let present = absent.back().await?;
            Ok(page(&SecretPage {
                frame: Frame::present(&present, "webhook-secret-title", "desk"),
                secret,
            })?)
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt).await?;
            Ok(listed(present, fields, errors).await?)
        }
    }
}

fn told(present: &Present, it: &Call) -> Told {
    let (words, zone) = (present.words(), &present.guest.association.time_zone);
    let at = |at| {
        let day = words.near_day(words.local_day(at, zone), present.guest.today());
        let names = [("day", day.into()), ("hour", words.hour(at, zone).into())];
        words.say_with("webhook-when", &names)
    };
    let status = it.status.map(i64::from);
    let reason = it.reason.clone().unwrap_or_default();
    let answered = status.map_or(reason, |it| it.to_string());
    let names = [
        ("answered", answered.into()),
        ("attempts", i64::from(it.attempts).into()),
        ("when", at(it.due_at).into()),
    ];
    let key = match it {
        it if it.delivered_at.is_some() => "webhook-delivered",
        it if it.given_up_at.is_some() => "webhook-given-up",
        it if it.attempts == 0 => "webhook-waits",
        _ => "webhook-again-at",
    };
    Told {
        event: it.event_id().to_string(),
        said: topic_word(words, &it.topic),
        when: at(it.happened_at),
        fate: words.say_with(key, &names),
        is_good: it.delivered_at.is_some(),
        again: it.delivered_at.is_some() || it.given_up_at.is_some(),
    }
}

fn read_id(text: &str) -> Result<WebhookId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    allowed(&present)?;
    let id = read_id(&id)?;
    let found = store::webhook::by_id(&mut present.scope, id).await;
    let it = found.map_err(Trouble::from)?.ok_or(Trouble::NotFound)?;
    let calls = store::webhook::calls(&mut present.scope, id, CALLS)
        .await
        .map_err(Trouble::from)?;
    Ok(page(&WebhookPage {
        frame: Frame::present(&present, "webhook-title", "desk"),
        line: line(present.words(), &it),
        calls: calls.iter().map(|it| told(&present, it)).collect(),
    })?)
}

/// Changes one, and says what was done.
async fn change(present: Present, id: &str, which: Change, said: &str, to: &str) -> Answer {
    allowed(&present)?;
    let id = read_id(id)?;
    let (scope, absent) = present.part();
    match desk::webhook::change(scope, id, which).await {
        Ok(()) => {
            let flash = Flash::good(absent.words().say(said));
            Ok(see_other_with(&absent.guest.house, to, &flash))
        }
        Err(halt) => Err(gone(crate::failed(halt)?).into()),
    }
}

/// Who may not, and what is not there, get the answer of any page.
fn gone(refusal: Refusal) -> Trouble {
    match refusal {
        Refusal::NotAllowed => Trouble::NotAllowed,
        _ => Trouble::NotFound,
    }
}

#[handler]
async fn try_it(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    let to = format!("{PAGE}/{id}");
    let key = format!("webhook tried {}", read_id(&id)?);
    let house = &present.guest.house;
    house.count(&key, TRIES, TRIES_WINDOW).await?;
    change(present, &id, Change::Try, "webhook-tried", &to).await
}

#[handler]
async fn resume(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    let to = format!("{PAGE}/{id}");
    change(present, &id, Change::Resume, "webhook-resumed", &to).await
}

#[handler]
async fn remove(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    change(present, &id, Change::Remove, "webhook-removed", PAGE).await
}

#[handler]
async fn again(
    _fields: Fields,
    present: Present,
    Path((id, event)): Path<(String, String)>,
) -> Answer {
    allowed(&present)?;
    let webhook = read_id(&id)?;
    let event: EventId = event.parse().map_err(|_| Trouble::NotFound)?;
    let (scope, absent) = present.part();
    match desk::webhook::again(scope, webhook, event).await {
        Ok(()) => {
            let flash = Flash::good(absent.words().say("webhook-told-again"));
            let to = format!("{PAGE}/{id}");
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => Err(gone(crate::failed(halt)?).into()),
    }
}
