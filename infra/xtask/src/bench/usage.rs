//! What a process uses, as the kernel tells in `/proc`.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::errand;

/// Processor time of the program and of its Postgres, from their start.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    pub(super) program: Duration,
    pub(super) postgres: Duration,
}

impl Spent {
    pub(super) fn now(program: u32, postmaster: u32) -> Spent {
        let clock = Clock::read();
        let program = stat(program).map_or(0, |stat| stat.own);
        let mut postgres = 0;
        for other in all() {
            if other.pid == postmaster {
                // With its children that are gone already.
                postgres += other.own + other.of_children;
            } else if other.parent == postmaster {
                postgres += other.own;
            }
        }
        Spent {
            program: clock.time(program),
            postgres: clock.time(postgres),
        }
    }

    pub(super) fn since(self, earlier: Spent) -> Spent {
        Spent {
            program: self.program.saturating_sub(earlier.program),
            postgres: self.postgres.saturating_sub(earlier.postgres),
        }
    }
}

/// How many ticks a second has.
struct Clock(u64);

impl Clock {
    fn read() -> Clock {
        let told = errand::answer(Command::new("getconf").arg("CLK_TCK"));
        Clock(told.and_then(|text| text.parse().ok()).unwrap_or(100))
    }

    fn time(&self, ticks: u64) -> Duration {
        Duration::from_millis(ticks * 1000 / self.0.max(1))
    }
}

/// A line of `/proc/<pid>/stat`; times in ticks.
#[derive(Debug, PartialEq)]
struct Stat {
    pid: u32,
    parent: u32,
    own: u64,
    of_children: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    read_stat(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

fn all() -> Vec<Stat> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(stat)
        .collect()
}

/// The name of the program, in parentheses, may hold anything.
fn read_stat(text: &str) -> Option<Stat> {
    let (before, after) = text.rsplit_once(')')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some(Stat {
        pid: before.split_whitespace().next()?.parse().ok()?,
        parent: fields.get(1)?.parse().ok()?,
        own: number(11)? + number(12)?,
        of_children: number(13)? + number(14)?,
    })
}

/// Memory that a process holds now, in megabytes of 10^6 bytes.
pub(super) fn resident_mb(pid: u32) -> Option<u64> {
    memory_mb(pid, "VmRSS:")
}

/// The most that it ever held, likewise.
pub(super) fn peak_mb(pid: u32) -> Option<u64> {
    memory_mb(pid, "VmHWM:")
}

fn memory_mb(pid: u32, name: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024 / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_with_a_strange_name_is_read() {
        let text = "42 (a) b (c)) S 7 42 42 0 -1 4194560 1 2 3 4 11 12 13 14 20 0 1 0 9";
        let read = read_stat(text).unwrap();
        let expected = Stat {
            pid: 42,
            parent: 7,
            own: 23,
            of_children: 27,
        };
        assert_eq!(read, expected);
        assert!(read_stat("42 (a S").is_none());
    }

    #[test]
    fn this_process_uses_something() {
        assert!(resident_mb(std::process::id()).unwrap() > 0);
        assert_eq!(stat(std::process::id()).unwrap().pid, std::process::id());
    }
}
