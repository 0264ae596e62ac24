//! How often something may be tried: a count a key and window, in this process.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Keys remembered before the old ones are swept.
const MANY: usize = 10_000;

#[derive(Debug, Default)]
pub struct Limiter {
    tried: Mutex<HashMap<String, (DateTime<Utc>, u32)>>,
}

impl Limiter {
    /// Counts a try; false where `most` were made within the window already.
    pub fn allows(&self, key: &str, most: u32, window: TimeDelta, now: DateTime<Utc>) -> bool {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        if tried.len() > MANY {
            tried.retain(|_, (since, _)| now - *since < window);
        }
        let (since, count) = tried.entry(key.to_owned()).or_insert((now, 0));
        if now - *since >= window {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= most
    }

    /// Forgets the tries of a key: what follows success.
    pub fn forget(&self, key: &str) {
        self.tried
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_allowed_try_passes_and_the_next_does_not() {
        let (limiter, now) = (Limiter::default(), DateTime::UNIX_EPOCH);
        let window = TimeDelta::minutes(15);
        assert!(limiter.allows("a", 2, window, now));
        assert!(limiter.allows("a", 2, window, now));
        assert!(!limiter.allows("a", 2, window, now));
        assert!(limiter.allows("b", 2, window, now));
        assert!(limiter.allows("a", 2, window, now + window));
        limiter.forget("a");
        assert!(limiter.allows("a", 1, window, now + window));
    }
}
