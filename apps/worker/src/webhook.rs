//! Telling other programs what happened, as Standard Webhooks has it: a short body that names what
//! it is about, signed; the same id however often it is told.

use crate::{AT_ONCE, CLAIM, Worker, settled};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use desk::webhook::Call;
use futures_util::{StreamExt, stream};
use gateways::outside::{Named, Request};
use hmac::{Hmac, KeyInit, Mac};
use sel::id::WebhookId;
use serde_json::json;
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::fate::Fate;
use store::webhook::Claimed;
use store::{Result, Scope};

/// How long to wait after the first attempt, the second, and so on, in seconds: three days in all.
const WAITS: [i64; 9] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 86_400, 108_000];

/// How long a webhook is told nothing once nobody answered there, or slowly: it holds up others.
const REST: TimeDelta = TimeDelta::seconds(60);
const SLOW: Duration = Duration::from_secs(2);

/// Webhooks that rest, and until when. Each worker knows its own.
#[derive(Debug, Default)]
pub struct Resting(Mutex<HashMap<WebhookId, DateTime<Utc>>>);

impl Resting {
    fn all(&self, now: DateTime<Utc>) -> Vec<WebhookId> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, until| *until > now);
        known.keys().copied().collect()
    }

    fn add(&self, id: WebhookId, until: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(id, until);
    }
}

/// What came of one attempt: the status that was answered, or why none was.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Came {
    Status(u16),
    Nothing(String),
    /// Nobody may ask this address.
    Never(String),
}

/// Later, longer each time; given up after the last, or where the other side says that it is gone.
fn fate(came: &Came, attempts: i16, now: DateTime<Utc>) -> Fate {
    let reason = match came {
        Came::Status(200..=299) => return Fate::Delivered,
        Came::Status(status) => format!("{status}"),
        Came::Nothing(why) | Came::Never(why) => why.clone(),
    };
    let is_over = matches!(came, Came::Status(410) | Came::Never(_));
    let wait = usize::try_from(attempts - 1)
        .ok()
        .and_then(|done| WAITS.get(done));
    match wait {
        Some(seconds) if !is_over => Fate::Again {
            at: now + TimeDelta::seconds(*seconds),
            reason,
        },
        _ => Fate::GivenUp { reason },
    }
}

/// `v1,` and HMAC-SHA256 over id, time and body, in base64.
fn signature(secret: &[u8], id: &str, at: i64, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signed = STANDARD.encode(mac.finalize().into_bytes());
    Some(format!("v1,{signed}"))
}

impl Worker {
    /// Makes the calls that are due, at most some. Answers how many it dealt with.
    ///
    /// # Errors
    /// Where nothing can be claimed.
    pub async fn call(&self) -> Result<usize> {
        let mut worker = store::Worker::begin(&self.pool, self.clock.now()).await?;
        let resting = self.resting.all(self.clock.now());
        let claimed = store::webhook::claim(&mut worker, CLAIM, &resting).await?;
        worker.commit().await?;
        stream::iter(&claimed)
            .for_each_concurrent(AT_ONCE, async |it| settled(self.call_one(it).await))
            .await;
        Ok(claimed.len())
    }

    async fn scope_of(&self, it: &Claimed) -> Result<Scope> {
        Scope::begin(&self.pool, it.association_id(), None, self.clock.now()).await
    }

    async fn call_one(&self, it: &Claimed) -> Result<()> {
        let of = (it.webhook_id(), it.event_id());
        let mut scope = self.scope_of(it).await?;
        let slug = store::association::current(&mut scope).await?.slug;
        let call = desk::webhook::call(&mut scope, self.keys.vault(), of).await?;
        // Nobody waits for the other side with a connection.
        drop(scope);
        let (fate, status) = if let Some(call) = call {
            let begun = Instant::now();
            let came = self.ask(&slug, &call).await;
            let status = match came {
                Came::Status(status) => i16::try_from(status).ok(),
                _ => None,
            };
            if matches!(came, Came::Nothing(_)) || begun.elapsed() > SLOW {
                self.resting.add(of.0, self.clock.now() + REST);
            }
            (fate(&came, it.attempts, self.clock.now()), status)
        } else {
            let reason = "the webhook is gone".to_owned();
            (Fate::GivenUp { reason }, None)
        };
        let scope = self.scope_of(it).await?;
        desk::webhook::settle(scope, of, &fate, status).await
    }

    async fn ask(&self, slug: &str, call: &Call) -> Came {
        let told = &call.told;
        let place = match told.topic.split('.').next() {
            Some("notice") => Some("notices"),
            Some("exchange") => Some("exchanges"),
            _ => None,
        };
        let href = place.map(|place| {
            let path = format!("/api/v1/{place}/{}", told.subject_id);
            self.site.association_url(slug, &path)
        });
        let body = json!({
            "type": told.topic,
            "timestamp": told.happened_at,
            "data": { "sel": slug, "id": told.subject_id, "href": href },
        });
        let (body, id) = (body.to_string(), format!("evt_{}", told.event_id()));
        let at = self.clock.now().timestamp();
        let Some(signature) = signature(&call.secret, &id, at, &body) else {
            return Came::Never("the secret is broken".into());
        };
        let headers = [
            ("content-type", "application/json"),
            ("webhook-id", &id),
            ("webhook-timestamp", &at.to_string()),
            ("webhook-signature", &signature),
        ];
        let request = Request::post(&call.address, &headers, body.into_bytes());
        match self.outside.send(Named::BySomebody, request).await {
            Ok(answered) => Came::Status(answered.status),
            Err(gateways::Failure::Later(why)) => Came::Nothing(why),
            Err(gateways::Failure::Never(why)) => Came::Never(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_signed_as_the_standard_has_it() {
        // The example of the specification.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signed = signature(&secret, id, 1_614_265_330, "{\"test\": 2432232314}");
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signed.unwrap(), expected);
    }

    #[test]
    fn calls_go_on_for_days_and_end_where_nobody_is() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(fate(&Came::Status(204), 1, now), Fate::Delivered);
        let mut last = now;
        for attempts in 1..=9 {
            let Fate::Again { at, .. } = fate(&Came::Status(500), attempts, now) else {
                panic!("given up too early")
            };
            assert!(at > last);
            last = at;
        }
        let over =
            |came: &Came, attempts| matches!(fate(came, attempts, now), Fate::GivenUp { .. });
        assert!(over(&Came::Nothing("nobody".into()), 10));
        assert!(over(&Came::Status(410), 1));
        assert!(over(&Came::Never("private".into()), 1));
        assert!(!over(&Came::Status(302), 1));
    }
}
