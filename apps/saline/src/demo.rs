//! `saline demo`: everything on this machine, with a town to look at.

use crate::config::Config;
use crate::database::{self, Database};
use crate::serve::{answer, console, listen, places, rooms};
use crate::staff;
use crate::state;
use crate::stop::Stop;
use crate::town::{self, Size};
use anyhow::{Context, ensure};
use door::House;
use door::clock::Clock;
use door::site::Site;
use gateways::mail::Post;
use gateways::outside::Outside;
use sel::place::Gazetteer;
use std::fs;
use std::path::Path;
use store::key::Keyring;
use worker::{Resting, Worker};

/// Stands while the town is being made: a town that was interrupted is made again.
const MARK: &str = "town-in-the-making";
const FROM: &str = "ne-pas-repondre@exemple.fr";

pub(crate) async fn run(config: &Config, port: u16, small: bool) -> anyhow::Result<()> {
    ensure!(
        config.database_url.is_none(),
        "the demo keeps to a Postgres of its own: unset DATABASE_URL"
    );
    let stop = Stop::listen();
    let listener = listen(([127, 0, 0, 1], port).into())?;
    let interrupted = config.state()?.join(MARK).exists();
    let database = database::prepare(config, interrupted).await?;
    let done = open(config, &database, listener, (port, small), stop).await;
    database.close().await?;
    done
}

async fn open(
    config: &Config,
    database: &Database,
    listener: std::net::TcpListener,
    (port, small): (u16, bool),
    stop: Stop,
) -> anyhow::Result<()> {
    let places = places().await?;
    if database.is_empty().await? {
        let size = if small { Size::Small } else { Size::Whole };
        tokio::select! {
            made = make_town(database, &places, size) => made?,
            () = stop.clone().asked() => return Ok(()),
        }
    }
    let site = config.site_on(port)?;
    let keys = Keyring::load(&database.web, &database.master, Clock::System.now()).await?;
    let mailbox = database.state.join("mailbox");
    state::prepare(&mailbox)?;
    let worker = Worker {
        pool: database.work.clone(),
        keys: keys.clone(),
        site: site.clone(),
        clock: Clock::System,
        post: Post::mailbox(mailbox.clone()),
        outside: Outside::new(&config.reach)?,
        resting: Resting::default(),
        from: FROM.to_owned(),
    };
    let rooms = rooms(config, database, places, Some(mailbox)).await?;
    let console = console(config, database, site.clone())?;
    let way_in = first_link(database, &site).await?;
    greet(&site, &way_in, &database.state, small);
    let assets = config.assets(&database.state);
    let house = House::new(database.web.clone(), keys, site, Clock::System, &assets)
        .counting(config.limiter()?);
    answer(listener, (house, Some(console)), rooms, Some(worker), stop).await
}

/// The console; as long as nobody has made their access, a link that lets them.
async fn first_link(database: &Database, site: &Site) -> anyhow::Result<String> {
    let now = Clock::System.now();
    let mut console = store::Console::begin(&database.staff, now).await?;
    let ready = store::staff::any_ready(&mut console).await?;
    console.commit().await?;
    if ready {
        let url = site.console_url("/");
        return Ok(format!("{url}  (avec l'accès déjà mis en place)"));
    }
    let ines = ("Inès Caron", "ines@exemple.fr");
    staff::link(database, site, ines, now).await
}

/// Makes the town. Until it stands whole, a mark says that it must be made again.
async fn make_town(database: &Database, places: &Gazetteer, size: Size) -> anyhow::Result<()> {
    announce();
    let mark = database.state.join(MARK);
    fs::write(&mark, "")?;
    let mailbox = database.state.join("mailbox");
    if mailbox.exists() {
        fs::remove_dir_all(&mailbox).context("the mailbox of an earlier town")?;
    }
    let hasty = database.hasty();
    let made = town::make(&hasty, places, Clock::System.now(), size).await;
    hasty.close().await;
    made?;
    town::settle(&database.work, Clock::System.now()).await?;
    database.analyse().await?;
    fs::remove_file(&mark)?;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "somebody waits for a minute in front of a screen"
)]
fn announce() {
    println!("La ville de démonstration se construit. Comptez une minute, la première fois.");
}

#[expect(clippy::print_stdout, reason = "what the person needs to begin")]
fn greet(site: &Site, way_in: &str, state: &Path, small: bool) {
    println!("\nSaline est ouverte. Rien ne sort de cette machine.\n");
    println!("  La plateforme             {}", site.platform_url("/"));
    let shown = if small { 1 } else { town::SELS.len() };
    for (name, slug) in &town::SELS[..shown] {
        println!("  {name:<26}{}", site.association_url(slug, "/"));
    }
    println!(
        "  Les courriels             {}",
        site.platform_url("/courriels")
    );
    println!("  La console                {way_in}");
    println!("\nMot de passe de tous : {}\n", town::PASSWORD);
    for login in town::logins(small) {
        println!(
            "  {:<8} n° {:<4} {:<24} {}",
            login.slug, login.number, login.email, login.who
        );
    }
    println!(
        "\nCtrl-C arrête tout. Ce que vous faites reste dans {}\n",
        state.display()
    );
}
