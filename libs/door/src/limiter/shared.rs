//! Counts in a Redis that several processes share.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, RedisResult, Script, ScriptInvocation};
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a count may take before it goes on without. A count within one building takes less than
/// a thousandth of that.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long nothing is asked of a Redis that did not answer.
const PAUSE: Duration = Duration::from_secs(2);

/// Counts, from so many at the least, and says until when that counts.
const TAKE: &str = "
    local count = redis.call('INCR', KEYS[1])
    local left = redis.call('PTTL', KEYS[1])
    if count < tonumber(ARGV[2]) then
        count = tonumber(ARGV[2])
        redis.call('SET', KEYS[1], count, 'KEEPTTL')
    end
    if left < 0 then
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        left = tonumber(ARGV[1])
    end
    return {count, left}";
const FORGIVE: &str = "
    local count = redis.call('GET', KEYS[1])
    if count and tonumber(count) > 0 then redis.call('DECR', KEYS[1]) end
    return 0";
const FORGET: &str = "redis.call('DEL', KEYS[1]) return 0";

pub(super) struct Shared {
    manager: ConnectionManager,
    /// Until when nothing is asked; none while it answers.
    away: Mutex<Option<Instant>>,
    /// When it last did not answer, or not at once: what it has lost since, or never heard, this
    /// process knows better.
    broke: Mutex<Option<Instant>>,
    take: Script,
    forgive: Script,
    forget: Script,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}

impl Shared {
    pub(super) fn at(address: &str) -> RedisResult<Shared> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        Ok(Shared {
            manager: ConnectionManager::new_lazy_with_config(Client::open(address)?, config)?,
            away: Mutex::default(),
            broke: Mutex::default(),
            take: Script::new(TAKE),
            forgive: Script::new(FORGIVE),
            forget: Script::new(FORGET),
        })
    }

    /// How many tries there are with this one, of which this process has counted `own`, and for how
    /// long they count; none where nobody answers.
    pub(super) async fn take(
        &self,
        key: &str,
        window: TimeDelta,
        own: u32,
    ) -> Option<(u32, TimeDelta)> {
        let least = if self.broke_within(window) { own } else { 0 };
        let mut script = self.take.key(name(key));
        script.arg(window.num_milliseconds()).arg(least);
        let (count, left): (i64, i64) = self.ask(script).await?;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Some((count, TimeDelta::milliseconds(left)))
    }

    pub(super) async fn forgive(&self, key: &str) {
        let _: Option<i64> = self.ask(self.forgive.key(name(key))).await;
    }

    pub(super) async fn forget(&self, key: &str) {
        let _: Option<i64> = self.ask(self.forget.key(name(key))).await;
    }

    async fn ask<T: redis::FromRedisValue>(&self, script: ScriptInvocation<'_>) -> Option<T> {
        if self.is_away() {
            return None;
        }
        let asked = async {
            let mut manager = self.manager.clone();
            match script.invoke_async(&mut manager).await {
                // What it says first may be of a connection that broke long ago: a try begins
                // another one. A try that is counted twice does no harm.
                Err(_) => {
                    self.breaks();
                    script.invoke_async(&mut self.manager.clone()).await
                }
                found => found,
            }
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(found)) => {
                self.answers();
                Some(found)
            }
            Ok(Err(error)) => self.is_silent(Some(&error)),
            Err(_) => self.is_silent(None),
        }
    }

    fn is_away(&self) -> bool {
        let away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        away.is_some_and(|until| Instant::now() < until)
    }

    fn breaks(&self) {
        let mut broke = self.broke.lock().unwrap_or_else(PoisonError::into_inner);
        *broke = Some(Instant::now());
    }

    fn broke_within(&self, window: TimeDelta) -> bool {
        let broke = self.broke.lock().unwrap_or_else(PoisonError::into_inner);
        let window = window.to_std().unwrap_or_default();
        broke.is_some_and(|at| at.elapsed() < window)
    }

    fn answers(&self) {
        let mut away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.take().is_some() {
            tracing::info!("redis counts tries again");
        }
    }

    fn is_silent<T>(&self, why: Option<&RedisError>) -> Option<T> {
        let mut away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.is_none() {
            let why = why.map_or_else(|| "it is too slow".to_owned(), ToString::to_string);
            tracing::warn!(%why, "redis counts no tries: this process does by itself");
        }
        *away = Some(Instant::now() + PAUSE);
        self.breaks();
        None
    }
}

/// Under which name a key is counted: keys tell of people, their names do not.
fn name(key: &str) -> String {
    let hash = Sha256::digest(key.as_bytes());
    format!("saline:tries:{}", URL_SAFE_NO_PAD.encode(&hash[..18]))
}
