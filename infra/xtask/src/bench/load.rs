//! Many clients at once, each asking again as soon as it has been answered, for a while.

use std::thread;
use std::time::{Duration, Instant};

/// What came of it.
#[derive(Debug)]
pub(super) struct Run {
    seconds: f64,
    pub(super) failed: usize,
    /// How long each good answer took, in microseconds, the shortest first.
    latencies_us: Vec<u64>,
}

/// Lets every client act until the time is over. `act` answers whether all went well.
pub(super) fn run<C: Send>(
    clients: &mut [C],
    time: Duration,
    act: impl Fn(&mut C) -> bool + Sync,
) -> Run {
    let begun = Instant::now();
    let until = begun + time;
    let act = &act;
    let parts: Vec<(Vec<u64>, usize)> = thread::scope(|scope| {
        let threads: Vec<_> = clients
            .iter_mut()
            .map(|client| scope.spawn(move || one(client, until, act)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or((Vec::new(), 1)))
            .collect()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let failed = parts.iter().map(|(_, failed)| failed).sum();
    let mut latencies_us: Vec<u64> = parts.into_iter().flat_map(|(taken, _)| taken).collect();
    latencies_us.sort_unstable();
    Run {
        seconds,
        failed,
        latencies_us,
    }
}

fn one<C>(client: &mut C, until: Instant, act: &impl Fn(&mut C) -> bool) -> (Vec<u64>, usize) {
    let (mut taken, mut failed) = (Vec::new(), 0);
    loop {
        let asked = Instant::now();
        if asked >= until {
            return (taken, failed);
        }
        if act(client) {
            taken.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
        } else {
            failed += 1;
        }
    }
}

impl Run {
    pub(super) fn count(&self) -> usize {
        self.latencies_us.len()
    }

    pub(super) fn per_second(&self) -> f64 {
        as_float(self.count()) / self.seconds
    }

    /// The time within which so many of a hundred were answered, in milliseconds.
    pub(super) fn percentile_ms(&self, percent: usize) -> f64 {
        let place = (self.count() * percent).div_ceil(100).saturating_sub(1);
        let taken = self.latencies_us.get(place).copied().unwrap_or(0);
        Duration::from_micros(taken).as_secs_f64() * 1000.0
    }
}

/// Counts here are far below the 2^52 that a float holds exactly.
pub(super) fn as_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_from_what_was_measured() {
        let run = Run {
            seconds: 2.0,
            failed: 0,
            latencies_us: (1..=200).map(|ms| ms * 1000).collect(),
        };
        let at = |percent| run.percentile_ms(percent).round();
        assert_eq!((at(50), at(99), at(100)), (100.0, 198.0, 200.0));
        assert!((run.per_second() - 100.0).abs() < 0.01);
    }

    #[test]
    fn what_fails_is_counted_apart() {
        let mut clients = [0_u32, 1];
        let run = run(&mut clients, Duration::from_millis(20), |client| {
            thread::sleep(Duration::from_millis(1));
            *client == 0
        });
        assert!(run.count() > 0 && run.failed > 0);
    }
}
