//! `saline verify`: whether every ledger holds.

use crate::config::Config;
use crate::database;
use anyhow::{Result, bail};
use door::clock::Clock;
use std::process::ExitCode;
use store::ledger::Check;
use store::{Pool, Scope, Worker};

/// Recomputes every ledger, or that of one SEL. Fails where one does not hold.
pub(crate) async fn verify(config: &Config, slug: Option<&str>) -> Result<ExitCode> {
    let database = database::open(config).await?;
    let checked = check(&database.work, slug).await;
    database.close().await?;
    let checked = checked?;
    if let (Some(slug), true) = (slug, checked.is_empty()) {
        bail!("no SEL has the address {slug}");
    }
    let mut code = ExitCode::SUCCESS;
    for (name, check) in checked {
        tell(&name, &check);
        if !check.holds_true() {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// What must hold in each SEL, or in one, by its name.
pub(crate) async fn check(work: &Pool, slug: Option<&str>) -> Result<Vec<(String, Check)>> {
    let now = Clock::System.now();
    let mut worker = Worker::begin(work, now).await?;
    let ids = store::association::all_ids(&mut worker).await?;
    worker.commit().await?;
    let mut checked = Vec::new();
    for id in ids {
        let mut scope = Scope::begin_still(work, id, now).await?;
        let association = store::association::current(&mut scope).await?;
        if slug.is_none_or(|slug| slug == association.slug) {
            let check = store::ledger::check(&mut scope).await?;
            checked.push((association.name, check));
        }
        scope.commit().await?;
    }
    Ok(checked)
}

#[expect(clippy::print_stdout, reason = "this is what the command is asked for")]
fn tell(name: &str, check: &Check) {
    let Check {
        transfers,
        seals: (sealed, head),
        wrong,
    } = check;
    let head: String = head.iter().map(|byte| format!("{byte:02x}")).collect();
    let word = if check.holds_true() {
        "the ledger holds"
    } else {
        "THE LEDGER DOES NOT HOLD"
    };
    println!("{name}: {transfers} transfers, {sealed} sealed as {head}, {word}");
    for wrong in wrong {
        println!("  {wrong}");
    }
}
