//! The keys that sign links and forms.

use crate::config::Config;
use crate::database;
use door::clock::Clock;
use store::key::Keyring;

/// Makes a new signing key. Processes that run go on with the old one until they start again.
pub(crate) async fn rotate(config: &Config, retire: bool) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let done = Keyring::rotate(&database.web, &database.master, retire, Clock::System.now()).await;
    database.close().await?;
    done?;
    tracing::info!(retire, "a new key signs from the next start on");
    Ok(())
}

/// Gives a member a login of their own again.
pub(crate) async fn release(config: &Config, slug: &str, number: i32) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let now = Clock::System.now();
    let done = desk::membership::release(&database.web, slug, number, now).await;
    database.close().await?;
    anyhow::ensure!(done?, "no member has the number {number} at {slug}");
    tracing::info!(
        slug,
        number,
        "a link by mail lets this member in, and nothing else"
    );
    Ok(())
}
