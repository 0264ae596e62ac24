//! Who runs the platform, from the machine itself: the first of them, and who locked themselves
//! out.

use crate::config::Config;
use crate::database::{self, Database};
use anyhow::bail;
use chrono::{DateTime, Utc};
use desk::Halt;
use door::clock::Clock;
use door::site::Site;
use sel::staff::Refusal;
use store::key::Keyring;

/// Prints a link by which somebody makes their access, or makes it anew.
pub(crate) async fn invite(config: &Config, name: &str, email: &str) -> anyhow::Result<()> {
    let site = config.site()?;
    let database = database::open(config).await?;
    let done = link(&database, &site, (name, email), Clock::System.now()).await;
    database.close().await?;
    let link = done?;
    tracing::info!("a link for a day and for one use; one that was made before opens no more");
    if config.is_local() {
        tracing::warn!("SALINE_SITE is not set: the link leads to this machine");
    }
    say(&link);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what was asked for")]
fn say(link: &str) {
    println!("{link}");
}

/// A link for somebody of this name at this address.
pub(crate) async fn link(
    database: &Database,
    site: &Site,
    whom: (&str, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    let keys = Keyring::of_console(&database.master);
    match desk::staff::invite(&database.staff, keys.vault(), None, whom, now).await {
        Ok(link) => Ok(site.console_url(&format!("/entree/{}", link.secret.as_str()))),
        Err(Halt::Failed(error)) => Err(error.into()),
        Err(Halt::Refused(refusals)) => {
            let said: Vec<String> = refusals.iter().map(Refusal::to_string).collect();
            bail!("{}", said.join("; "))
        }
    }
}

/// Lets somebody in no more.
pub(crate) async fn end(config: &Config, email: &str) -> anyhow::Result<()> {
    let database = database::open(config).await?;
    let done = desk::staff::end_at(&database.staff, email, Clock::System.now()).await;
    database.close().await?;
    anyhow::ensure!(done?, "nobody comes in by {email}");
    tracing::info!("their access to the console is closed");
    Ok(())
}
