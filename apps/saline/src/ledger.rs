//! `saline verify`: whether every ledger holds.

use crate::config::Config;
use crate::database;
use anyhow::Result;
use door::clock::Clock;
use std::process::ExitCode;
use store::account::Check;
use store::{Pool, Scope, Worker};

/// Recomputes every ledger. Fails where one does not hold.
pub(crate) async fn verify(config: &Config) -> Result<ExitCode> {
    let database = database::open(config).await?;
    let checked = check(&database.work).await;
    database.close().await?;
    let mut code = ExitCode::SUCCESS;
    for (name, check) in checked? {
        tell(&name, &check);
        if !check.holds_true() {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// What must hold in each SEL, by its name.
pub(crate) async fn check(work: &Pool) -> Result<Vec<(String, Check)>> {
    let now = Clock::System.now();
    let mut worker = Worker::begin(work, now).await?;
    let ids = store::association::all_ids(&mut worker).await?;
    worker.commit().await?;
    let mut checked = Vec::new();
    for id in ids {
        let mut scope = Scope::begin(work, id, None, now).await?;
        let name = store::association::current(&mut scope).await?.name;
        checked.push((name, store::account::check(&mut scope).await?));
        scope.commit().await?;
    }
    Ok(checked)
}

#[expect(clippy::print_stdout, reason = "this is what the command is asked for")]
fn tell(name: &str, check: &Check) {
    let Check {
        sum,
        unequal,
        gaps,
        holds,
        strays,
        transfers,
    } = check;
    if check.holds_true() {
        println!("{name}: {transfers} transfers, the ledger holds");
    } else {
        println!(
            "{name}: DOES NOT HOLD: sum {sum}, unequal {unequal}, gaps {gaps}, holds {holds}, \
             strays {strays}, {transfers} transfers"
        );
    }
}
