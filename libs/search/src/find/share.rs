//! Much work is shared among the processors that no other search wants.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// How many searches run.
#[derive(Default)]
pub(crate) struct Turns(AtomicUsize);

/// One of the searches that run.
pub(super) struct Turn<'a>(&'a Turns);

impl<'a> Turn<'a> {
    pub(super) fn new(turns: &'a Turns) -> Self {
        turns.0.fetch_add(1, Ordering::Relaxed);
        Self(turns)
    }

    /// How many threads may work for this search: what it shares while others run it takes from
    /// them, and sharing costs.
    pub(super) fn idle(&self) -> usize {
        match self.0.0.load(Ordering::Relaxed) {
            0 | 1 => rayon::current_num_threads(),
            _ => 1,
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Does the same with all of these, the first on this thread and the others beside it.
pub(super) fn beside<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let Some((here, others)) = all.split_first() else {
        return Vec::new();
    };
    if others.is_empty() {
        return vec![work(here)];
    }
    let done = Mutex::new(Vec::new());
    let keep = |it: R| {
        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
        done.push(it);
    };
    let (keep, work) = (&keep, &work);
    rayon::in_place_scope(|scope| {
        for it in others {
            scope.spawn(move |_| keep(work(it)));
        }
        keep(work(here));
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}
