//! Being asked to stop: Ctrl-C or SIGTERM, from the first moment of the process to its last.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Knows whether somebody has asked, however long ago.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Listens from now on. A second signal ends the process at once.
    pub(crate) fn listen() -> Stop {
        let (asked, stop) = watch::channel(false);
        tokio::spawn(async move {
            next_signal().await;
            tracing::info!("stopping");
            asked.send_replace(true);
            next_signal().await;
            std::process::exit(130);
        });
        Stop(stop)
    }

    /// Waits until somebody asks.
    pub(crate) async fn asked(mut self) {
        // The sender lives as long as the process does.
        let _ = self.0.wait_for(|asked| *asked).await;
    }
}

async fn next_signal() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
