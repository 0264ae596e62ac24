//! What becomes of a letter that was not sent.

use chrono::{DateTime, TimeDelta, Utc};
use gateways::Failure;
use store::fate::Fate;

/// How long to wait after the first attempt, the second, and so on, in minutes.
const WAITS: [i64; 7] = [1, 5, 30, 120, 360, 720, 1440];

/// Later, longer each time; given up after the eighth attempt, or where no retry will mend it.
/// `attempts` counts the one that has just failed.
pub(crate) fn after(failure: &Failure, attempts: i16, now: DateTime<Utc>) -> Fate {
    let reason = failure.to_string();
    let wait = usize::try_from(attempts - 1)
        .ok()
        .and_then(|done| WAITS.get(done));
    match (failure, wait) {
        (Failure::Later(_), Some(minutes)) => Fate::Again {
            at: now + TimeDelta::minutes(*minutes),
            reason,
        },
        _ => Fate::GivenUp { reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(attempts: i16) -> Fate {
        after(
            &Failure::Later("busy".into()),
            attempts,
            DateTime::UNIX_EPOCH,
        )
    }

    #[test]
    fn each_wait_is_longer_and_the_eighth_attempt_is_the_last() {
        let mut last = DateTime::UNIX_EPOCH;
        for attempts in 1..=7 {
            let Fate::Again { at, .. } = later(attempts) else {
                panic!("given up too early")
            };
            assert!(at > last);
            last = at;
        }
        assert_eq!(
            later(8),
            Fate::GivenUp {
                reason: "not now: busy".into()
            }
        );
    }

    #[test]
    fn what_no_retry_mends_is_given_up_at_once() {
        let fate = after(
            &Failure::Never("no such box".into()),
            1,
            DateTime::UNIX_EPOCH,
        );
        assert_eq!(
            fate,
            Fate::GivenUp {
                reason: "not ever: no such box".into()
            }
        );
    }
}
