//! Counts in this process.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Keys remembered before the old ones are swept, and after a sweep at the very most.
const MANY: usize = 10_000;
const MOST: usize = 100_000;

/// The tries of a key: how many, and when they are forgotten.
#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    until: DateTime<Utc>,
}

#[derive(Debug, Default)]
struct Tried {
    by_key: HashMap<String, Tries>,
    /// How many keys there may be before the next sweep: a sweep that frees little is not repeated
    /// at once.
    sweep_at: usize,
}

/// What was tried lately. No more than so much is remembered.
#[derive(Debug, Default)]
pub(crate) struct Memory(Mutex<Tried>);

impl Memory {
    /// Counts a try; false where `most` were made within the window already.
    pub(crate) fn allows(
        &self,
        key: &str,
        most: u32,
        window: TimeDelta,
        now: DateTime<Utc>,
    ) -> bool {
        self.count(key, window, now).0 <= most
    }

    /// How many tries there are with this one, and until when they count.
    pub(super) fn count(
        &self,
        key: &str,
        window: TimeDelta,
        now: DateTime<Utc>,
    ) -> (u32, DateTime<Utc>) {
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tried.sweep(now);
        let fresh = Tries {
            count: 0,
            until: now + window,
        };
        let tries = tried.by_key.entry(key.to_owned()).or_insert(fresh);
        if tries.until <= now {
            *tries = fresh;
        }
        tries.count = tries.count.saturating_add(1);
        (tries.count, tries.until)
    }

    /// Takes back a try that came to nothing: a form that has to be mended first.
    pub(crate) fn forgive(&self, key: &str) {
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tries) = tried.by_key.get_mut(key) {
            tries.count = tries.count.saturating_sub(1);
        }
    }

    /// Forgets the tries of a key: what follows success.
    pub(crate) fn forget(&self, key: &str) {
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tried.by_key.remove(key);
    }
}

impl Tried {
    /// Forgets what has run out, once there is much; and where too much is left, what was tried
    /// least: then somebody tries to fill the memory.
    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.by_key.len() < self.sweep_at.max(MANY) {
            return;
        }
        self.by_key.retain(|_, tries| tries.until > now);
        if self.by_key.len() >= MOST {
            self.forget_the_light();
        }
        self.sweep_at = self.by_key.len() * 2;
    }
}

impl Tried {
    /// Forgets the half that was tried least: who fills the memory tries many keys, each a little.
    fn forget_the_light(&mut self) {
        let mut counts: Vec<u32> = self.by_key.values().map(|it| it.count).collect();
        let middle = counts.len() / 2;
        let (_, middle, _) = counts.select_nth_unstable(middle);
        let middle = *middle;
        self.by_key.retain(|_, tries| tries.count > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_allowed_try_passes_and_the_next_does_not() {
        let (limiter, now) = (Memory::default(), DateTime::UNIX_EPOCH);
        let window = TimeDelta::minutes(15);
        assert!(limiter.allows("a", 2, window, now));
        assert!(limiter.allows("a", 2, window, now));
        assert!(!limiter.allows("a", 2, window, now));
        assert!(limiter.allows("b", 2, window, now));
        assert!(limiter.allows("a", 2, window, now + window));
        limiter.forget("a");
        assert!(limiter.allows("a", 1, window, now + window));
    }

    #[test]
    fn what_has_run_out_is_swept_and_nothing_else() {
        let (limiter, start) = (Memory::default(), DateTime::UNIX_EPOCH);
        assert!(limiter.allows("day", 1, TimeDelta::days(1), start));
        for number in 1..MANY {
            limiter.allows(&number.to_string(), 1, TimeDelta::minutes(1), start);
        }
        let later = start + TimeDelta::minutes(2);
        assert!(!limiter.allows("day", 1, TimeDelta::days(1), later));
        assert_eq!(limiter.0.lock().unwrap().by_key.len(), 1);
    }

    #[test]
    fn a_flood_of_keys_does_not_fill_the_memory() {
        let (limiter, now) = (Memory::default(), DateTime::UNIX_EPOCH);
        for _ in 0..3 {
            limiter.allows("stopped", 2, TimeDelta::days(1), now);
        }
        for number in 0..=MOST * 2 {
            limiter.allows(&number.to_string(), 1, TimeDelta::days(1), now);
        }
        assert!(!limiter.allows("stopped", 2, TimeDelta::days(1), now));
        assert!(limiter.0.lock().unwrap().by_key.len() <= MOST * 2);
    }
}
