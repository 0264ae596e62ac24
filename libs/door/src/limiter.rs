//! How often something may be tried: a count a key and window, in this process.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::net::IpAddr;
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
struct Memory {
    tried: HashMap<String, Tries>,
    /// How many keys there may be before the next sweep: a sweep that frees little is not repeated
    /// at once.
    sweep_at: usize,
}

#[derive(Debug, Default)]
pub struct Limiter(Mutex<Memory>);

/// How it stands with a key once a try was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub allowed: bool,
    /// Tries that are left until then.
    pub left: u32,
    pub until: DateTime<Utc>,
}

impl Limiter {
    /// Counts a try; false where `most` were made within the window already.
    pub fn allows(&self, key: &str, most: u32, window: TimeDelta, now: DateTime<Utc>) -> bool {
        self.take(key, most, window, now).allowed
    }

    /// The same, and what is left.
    pub fn take(&self, key: &str, most: u32, window: TimeDelta, now: DateTime<Utc>) -> Standing {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.sweep(now);
        let fresh = Tries {
            count: 0,
            until: now + window,
        };
        let tries = memory.tried.entry(key.to_owned()).or_insert(fresh);
        if tries.until <= now {
            *tries = fresh;
        }
        tries.count = tries.count.saturating_add(1);
        Standing {
            allowed: tries.count <= most,
            left: most.saturating_sub(tries.count),
            until: tries.until,
        }
    }

    /// Takes back a try that came to nothing: a form that has to be mended first.
    pub fn forgive(&self, key: &str) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tries) = memory.tried.get_mut(key) {
            tries.count = tries.count.saturating_sub(1);
        }
    }

    /// Forgets the tries of a key: what follows success.
    pub fn forget(&self, key: &str) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.tried.remove(key);
    }
}

impl Memory {
    /// Forgets what has run out, once there is much; everything, where too much is left: then
    /// somebody tries to fill the memory, and a limit that is forgotten once is the lesser harm.
    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.tried.len() < self.sweep_at.max(MANY) {
            return;
        }
        self.tried.retain(|_, tries| tries.until > now);
        if self.tried.len() >= MOST {
            self.tried.clear();
        }
        self.sweep_at = self.tried.len() * 2;
    }
}

/// Whom an address stands for: itself, or, in IPv6, the network that its bearer chooses addresses
/// from (/64).
pub fn bearer(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
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

    #[test]
    fn what_has_run_out_is_swept_and_nothing_else() {
        let (limiter, start) = (Limiter::default(), DateTime::UNIX_EPOCH);
        assert!(limiter.allows("day", 1, TimeDelta::days(1), start));
        for number in 1..MANY {
            limiter.allows(&number.to_string(), 1, TimeDelta::minutes(1), start);
        }
        let later = start + TimeDelta::minutes(2);
        assert!(!limiter.allows("day", 1, TimeDelta::days(1), later));
        assert_eq!(limiter.0.lock().unwrap().tried.len(), 1);
    }

    #[test]
    fn a_flood_of_keys_does_not_fill_the_memory() {
        let (limiter, now) = (Limiter::default(), DateTime::UNIX_EPOCH);
        for number in 0..=MOST * 2 {
            limiter.allows(&number.to_string(), 1, TimeDelta::days(1), now);
        }
        assert!(limiter.0.lock().unwrap().tried.len() <= MOST * 2);
    }

    #[test]
    fn in_ipv6_a_network_is_one_bearer() {
        let bearer = |text: &str| bearer(text.parse().unwrap());
        assert_eq!(bearer("2001:db8:1:2:3::4"), bearer("2001:db8:1:2:ffff::1"));
        assert_ne!(bearer("2001:db8:1:2::1"), bearer("2001:db8:1:3::1"));
        assert_eq!(bearer("192.0.2.1"), "192.0.2.1");
    }
}
