//! Hosts of SELs' own.

use crate::config::Config;
use crate::database;
use anyhow::{Context, bail, ensure};
use door::clock::Clock;
use door::site::{Host, Site};
use store::Door;

/// Gives a SEL a host of its own, or none.
pub(crate) async fn set(config: &Config, slug: &str, host: Option<&str>) -> anyhow::Result<()> {
    let host = host.map(str::to_ascii_lowercase);
    if let Some(host) = &host {
        check(&config.site()?, host)?;
    }
    let database = database::open(config).await?;
    let done = write(&database, slug, host.as_deref()).await;
    database.close().await?;
    done?;
    let home = host.as_deref().unwrap_or("its address on the platform");
    tracing::info!(
        slug,
        home,
        "the SEL is at home there; its people log in again"
    );
    Ok(())
}

/// A host below the platform's is a SEL's already, or nobody's.
fn check(site: &Site, host: &str) -> anyhow::Result<()> {
    let is_other = matches!(site.read_host(host), Host::Other(name) if name == host);
    ensure!(
        is_other,
        "{host} is not like sel-mars.example, or is below {}",
        site.domain
    );
    Ok(())
}

async fn write(
    database: &database::Database,
    slug: &str,
    host: Option<&str>,
) -> anyhow::Result<()> {
    let now = Clock::System.now();
    let mut door = Door::begin(&database.web, now).await?;
    let found = store::association::by_slug(&mut door, slug).await?;
    let here = found.with_context(|| format!("no SEL answers at {slug}"))?;
    let mut scope = door.enter(here.id(), None).await?;
    match store::association::set_host(&mut scope, host).await {
        Err(error) if error.constraint() == Some("one_sel_a_host") => {
            bail!("another SEL has this host")
        }
        done => done?,
    }
    // Who has the name next hears nothing of who came before.
    let mut door = scope.leave().await?;
    store::session::end_in(&mut door, here.id()).await?;
    Ok(door.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_its_own_is_none_of_the_platform() {
        let site = Site {
            scheme: "https".into(),
            domain: "saline.example".into(),
            port: None,
        };
        assert!(check(&site, "sel-mars.example").is_ok());
        for wrong in [
            "saline.example",
            "mars.saline.example",
            "a.b.saline.example",
            "sel-mars.example:8080",
            "https://sel-mars.example",
            "mars",
            "10.0.0.1",
            "",
        ] {
            assert!(check(&site, wrong).is_err(), "{wrong}");
        }
    }
}
