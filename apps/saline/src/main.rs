//! Saline, the one executable: the platform in one process, or its parts in several.

mod chance;
mod config;
mod database;
mod demo;
mod host;
mod keeper;
mod keys;
mod ledger;
mod reindex;
mod seed;
mod serve;
mod staff;
mod state;
mod stop;
mod town;
mod written;

use clap::{Parser, Subcommand};
use config::Config;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

// Many small strings a page: measured faster, and leaner over time, than the system's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One platform for many SELs.
#[derive(Parser)]
#[command(version, about)]
struct Saline {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Shows everything on this machine, with a town of three invented SELs. Sends no mail.
    Demo {
        /// The port of the loopback to answer on.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Makes one small SEL only.
        #[arg(long)]
        small: bool,
    },
    /// Answers requests and sends mail.
    Serve,
    /// Answers requests only.
    Web,
    /// Answers those who run the platform only, at the console's host.
    Console,
    /// Sends mail only.
    Worker,
    /// Makes the roles, the database and its tables, and stops.
    Migrate,
    /// Fills a platform without SELs with invented ones, to measure on; the same each time.
    Seed {
        /// How many SELs.
        #[arg(long, default_value_t = 20, value_parser = at_least_one)]
        associations: usize,
        /// How many notices, in all of them.
        #[arg(long, default_value_t = 2000)]
        notices: usize,
    },
    /// Has every search index made anew from the notices as they stand; until then the old one
    /// answers.
    Reindex,
    /// Recomputes the ledger of every SEL along its seals; names the first row that is wrong, and
    /// fails.
    Verify {
        /// Only the SEL with this address.
        #[arg(long)]
        association: Option<String>,
    },
    /// Gives a SEL a host of its own, which its owner has lead here; none without one
    Host {
        /// The first label of the SEL's host on the platform
        slug: String,
        /// Its own: sel-mars.example
        host: Option<String>,
    },
    /// Gives a member a login of their own again: who lost their second proof, or was joined with
    /// another SEL against their will. A link to their address in the SEL lets them in
    ReleaseLogin {
        /// The first label of the SEL's host
        slug: String,
        /// The member's number
        number: i32,
    },
    /// Invites somebody to run the platform: prints a link to hand over, by which they choose a
    /// password and set up their codes. Who is there already makes their access anew
    StaffInvite {
        /// Their name, for the journal
        name: String,
        /// The address by which they come in
        email: String,
    },
    /// Lets somebody who ran the platform in no more
    StaffEnd {
        /// The address by which they came in
        email: String,
    },
    /// Gives every SEL a new key under the master key, and seals its secrets under it anew.
    Reseal,
    /// Seals all secrets under another master key, while nothing else runs: that of
    /// SALINE_NEW_MASTER_KEY, or a new one where the state directory keeps it
    ChangeMasterKey,
    /// Signs links and forms with a new key from now on.
    RotateKey {
        /// Voids all that the older keys have signed.
        #[arg(long)]
        retire: bool,
    },
}

fn at_least_one(typed: &str) -> Result<usize, String> {
    let count: usize = typed.parse().map_err(|_| "not a number")?;
    if count == 0 {
        return Err("one at the least".to_owned());
    }
    Ok(count)
}

fn main() -> ExitCode {
    let Saline { config, act } = Saline::parse();
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tantivy=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match run(&config, &act) {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(config: &Config, act: &Act) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(async {
            match act {
                Act::Demo { port, small } => demo::run(config, *port, *small).await?,
                Act::Serve => serve::run(config, serve::Parts::All).await?,
                Act::Web => serve::run(config, serve::Parts::Web).await?,
                Act::Console => serve::run(config, serve::Parts::Console).await?,
                Act::Worker => serve::run(config, serve::Parts::Worker).await?,
                Act::Seed {
                    associations,
                    notices,
                } => seed::run(config, *associations, *notices).await?,
                Act::Reindex => reindex::run(config).await?,
                Act::Migrate => database::open(config).await?.close().await?,
                Act::Verify { association } => {
                    return ledger::verify(config, association.as_deref()).await;
                }
                Act::Host { slug, host } => host::set(config, slug, host.as_deref()).await?,
                Act::ReleaseLogin { slug, number } => keys::release(config, slug, *number).await?,
                Act::StaffInvite { name, email } => staff::invite(config, name, email).await?,
                Act::StaffEnd { email } => staff::end(config, email).await?,
                Act::Reseal => keys::reseal(config).await?,
                Act::ChangeMasterKey => keys::change_master(config).await?,
                Act::RotateKey { retire } => keys::rotate(config, *retire).await?,
            }
            Ok(ExitCode::SUCCESS)
        })
}

#[expect(
    clippy::print_stderr,
    reason = "the last word of a command that failed"
)]
fn complain(error: &anyhow::Error) {
    eprintln!("saline: {error:#}");
}
