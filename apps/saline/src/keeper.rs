//! Keeping what runs running: a private Postgres that dies alone is started again, and so is a task
//! that breaks.

use futures_util::FutureExt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use store::cluster::{Cluster, Error};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How often the private Postgres is looked after.
const WATCH: Duration = Duration::from_millis(500);
/// How long a task that broke rests before it begins again.
const REST: Duration = Duration::from_secs(1);

/// Looks after the private Postgres until it is asked to stop it.
pub(crate) struct Keeper {
    stop: oneshot::Sender<()>,
    watch: JoinHandle<Result<(), Error>>,
}

impl Keeper {
    pub(crate) fn of(cluster: Cluster) -> Keeper {
        let (stop, asked) = oneshot::channel();
        Keeper {
            stop,
            watch: tokio::spawn(watch(cluster, asked)),
        }
    }

    /// Stops Postgres and waits until it is gone.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        // Nobody listens only where the watch is over already, and then it tells why.
        let _ = self.stop.send(());
        Ok(self.watch.await??)
    }
}

async fn watch(cluster: Cluster, mut asked: oneshot::Receiver<()>) -> Result<(), Error> {
    let mut is_down = false;
    loop {
        tokio::select! {
            _ = &mut asked => return cluster.stop().await,
            () = tokio::time::sleep(WATCH) => {}
        }
        match cluster.revive().await {
            Ok(false) => is_down = false,
            Ok(true) => {
                is_down = false;
                tracing::warn!("the private Postgres had died and runs again");
            }
            // Said once, not at every try.
            Err(error) if !is_down => {
                is_down = true;
                tracing::error!("the private Postgres has died and does not start: {error}");
            }
            Err(_) => {}
        }
    }
}

/// Runs a task for ever: one that breaks is logged and begun again.
pub(crate) async fn forever<F: Future<Output = ()>>(name: &'static str, begin: impl Fn() -> F) {
    forever_after(REST, name, begin).await;
}

async fn forever_after<F: Future<Output = ()>>(
    rest: Duration,
    name: &'static str,
    begin: impl Fn() -> F,
) {
    loop {
        if AssertUnwindSafe(begin()).catch_unwind().await.is_err() {
            tracing::error!(name, "a task broke and begins again");
        }
        tokio::time::sleep(rest).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn a_task_that_breaks_begins_again() {
        let begun = AtomicU32::new(0);
        let task = forever_after(Duration::from_millis(1), "test", async || {
            let count = begun.fetch_add(1, Ordering::Relaxed);
            assert!(count > 1, "breaks twice");
            std::future::pending::<()>().await;
        });
        let third = async {
            while begun.load(Ordering::Relaxed) < 3 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            () = task => panic!("it never ends"),
            () = third => {}
        }
    }
}
