//! Having every search index made anew.

use crate::config::Config;
use crate::database::{self, Database};
use anyhow::Result;
use door::clock::Clock;
use store::Worker;

/// Begins another epoch: every web process hears of it within a second.
pub(crate) async fn run(config: &Config) -> Result<()> {
    let database = database::open(config).await?;
    let done = anew(&database).await;
    database.close().await?;
    done?;
    tracing::info!("every web process makes its search index anew");
    Ok(())
}

pub(crate) async fn anew(database: &Database) -> Result<()> {
    let mut worker = Worker::begin(&database.work, Clock::System.now()).await?;
    store::event::begin_epoch(&mut worker).await?;
    Ok(worker.commit().await?)
}
