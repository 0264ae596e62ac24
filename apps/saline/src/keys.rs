//! The keys that sign links and forms.

use crate::config::Config;
use crate::{database, state};
use door::clock::Clock;
use store::key::{Changed, Keyring};

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

/// Gives every SEL a new key, and seals its secrets under it.
pub(crate) async fn reseal(config: &Config) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let done = reseal_all(&database).await;
    database.close().await?;
    let count = done?;
    tracing::info!(
        count,
        "every SEL has a new key, and nothing is sealed under the old ones"
    );
    Ok(())
}

/// Seals everything under another master key.
pub(crate) async fn change_master(config: &Config) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let done = change(config, &database).await;
    database.close().await?;
    let Changed {
        signing_keys,
        second_secrets,
        association_keys,
    } = done?;
    tracing::info!(
        signing_keys,
        second_secrets,
        association_keys,
        "all is sealed under the new master key"
    );
    Ok(())
}

async fn change(config: &Config, database: &database::Database) -> anyhow::Result<Changed> {
    let told = (
        config.master_key.as_deref(),
        config.new_master_key.as_deref(),
    );
    let next = state::next_key(told, &database.state)?;
    let changed = database.change_master(&next).await?;
    if config.master_key.is_none() {
        state::keep_next(&database.state)?;
    }
    Ok(changed)
}

async fn reseal_all(database: &database::Database) -> anyhow::Result<usize> {
    let now = Clock::System.now();
    let keys = Keyring::load(&database.web, &database.master, now).await?;
    let all = database.sels().await?;
    for here in &all {
        let scope = store::Scope::begin(&database.web, *here, None, now).await?;
        desk::key::reseal(scope, keys.vault()).await?;
    }
    Ok(all.len())
}
