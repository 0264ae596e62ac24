//! Answering requests, sending mail, and stopping when asked.

use crate::config::Config;
use crate::database::{self, Database};
use crate::keeper;
use crate::state;
use crate::stop::Stop;
use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use door::House;
use door::clock::Clock;
use door::proxy::Proxies;
use door::site::Site;
use finder::Finder;
use flate2::read::GzDecoder;
use gateways::files::Files;
use gateways::login::Logins;
use gateways::mail::{Mailbox, Post};
use gateways::outside::Outside;
use poem::endpoint::BoxEndpoint;
use poem::listener::TcpAcceptor;
use poem::{EndpointExt, Response, Server};
use search::Index;
use sel::place::{Gazetteer, Place};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::key::Keyring;
use tokio::task::JoinHandle;
use web::Rooms;
use web::follower::Follower;
use worker::{Resting, Worker};

/// How long requests under way may take once we were asked to stop.
const GOODBYE: Duration = Duration::from_secs(5);

const PLACES: &[u8] = include_bytes!("../../../libs/sel/assets/places.csv.gz");

/// What of the platform runs in this process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    All,
    Web,
    Console,
    Worker,
}

/// `serve`, `web`, `console` and `worker`.
pub(crate) async fn run(config: &Config, parts: Parts) -> anyhow::Result<()> {
    let stop = Stop::listen();
    let site = config.site()?;
    let post = match (parts, &config.smtp_url) {
        (Parts::Web | Parts::Console, _) => None,
        (_, Some(url)) => Some(Post::smtp(&url.clone().into()).context("SALINE_SMTP_URL")?),
        (_, None) => bail!("SALINE_SMTP_URL is missing: where should mail go? (see `saline demo`)"),
    };
    let listener = match parts {
        Parts::Worker => None,
        _ => Some(listen(config.listen)?),
    };
    let database = database::open(config).await?;
    let done = match (parts, listener) {
        (Parts::Console, Some(listener)) => {
            answer_staff(config, &database, site, listener, stop).await
        }
        (_, listener) => open(config, &database, (parts, site, post, listener), stop).await,
    };
    database.close().await?;
    done
}

async fn open(
    config: &Config,
    database: &Database,
    (parts, site, post, listener): (Parts, Site, Option<Post>, Option<TcpListener>),
    stop: Stop,
) -> anyhow::Result<()> {
    let now = Clock::System.now();
    let keys = keys(database, listener.is_some(), now).await?;
    let outside = Outside::new(&config.reach)?;
    let worker = post.map(|post| Worker {
        pool: database.work.clone(),
        keys: keys.clone(),
        site: site.clone(),
        clock: Clock::System,
        post,
        outside,
        resting: Resting::default(),
        from: config.from(&site),
    });
    let Some(listener) = listener else {
        let working = worker.map(|worker| tokio::spawn(work(worker)));
        stop.asked().await;
        end(working).await;
        return Ok(());
    };
    let assets = config.assets(&database.state);
    tracing::info!(url = %site.platform_url("/"), "open");
    let console = match parts {
        Parts::All => Some(console(config, database, site.clone())?),
        _ => None,
    };
    let house = House::new(database.web.clone(), keys, site, Clock::System, &assets)
        .behind(Proxies(config.proxies.clone()))
        .counting(config.limiter()?);
    let rooms = rooms(config, database, places().await?, None).await?;
    answer(listener, (house, console), rooms, worker, stop).await
}

/// Where those come in who run the platform.
pub(crate) fn console(config: &Config, database: &Database, site: Site) -> anyhow::Result<House> {
    let keys = Keyring::of_console(&database.master);
    let (pool, assets) = (database.staff.clone(), config.assets(&database.state));
    Ok(House::new(pool, keys, site, Clock::System, &assets)
        .of_console()
        .behind(Proxies(config.proxies.clone()))
        .counting(config.limiter()?))
}

/// Answers at the console alone, until asked to stop.
async fn answer_staff(
    config: &Config,
    database: &Database,
    site: Site,
    listener: TcpListener,
    stop: Stop,
) -> anyhow::Result<()> {
    tracing::info!(url = %site.console_url("/"), "open");
    let house = Arc::new(console(config, database, site)?);
    Ok(Server::new_with_acceptor(TcpAcceptor::from_std(listener)?)
        .run_with_graceful_shutdown(console::endpoint(house), stop.asked(), Some(GOODBYE))
        .await?)
}

/// The signing keys. A worker makes none: a web process has to come first.
async fn keys(database: &Database, is_web: bool, now: DateTime<Utc>) -> anyhow::Result<Keyring> {
    let (web, work, master) = (&database.web, &database.work, &database.master);
    Ok(if is_web {
        Keyring::load(web, master, now).await?
    } else {
        Keyring::load_for_worker(work, master, now).await?
    })
}

/// Takes a port before anything else is done, so that a taken one is known at once.
pub(crate) fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!(
                "port {} is taken by another program: choose another port",
                address.port()
            )
        }
        Err(error) => return Err(error).with_context(|| format!("cannot answer on {address}")),
    };
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// The localities of the gazetteer.
pub(crate) async fn places() -> anyhow::Result<Gazetteer> {
    tokio::task::spawn_blocking(|| {
        let mut rows = csv::Reader::from_reader(GzDecoder::new(PLACES));
        let places = rows.deserialize().collect::<Result<Vec<Place>, _>>()?;
        Ok(places.into_iter().collect())
    })
    .await?
}

/// What the pages need beside the house. The state directory is this process's own, so is the
/// index in it.
pub(crate) async fn rooms(
    config: &Config,
    database: &Database,
    places: Gazetteer,
    mailbox: Option<PathBuf>,
) -> anyhow::Result<Rooms> {
    let (directory, files) = (database.state.join("index"), database.state.join("files"));
    // Others may have to pass through the state directory; what is in here is not for them.
    for private in [&directory, &files] {
        state::prepare(private)?;
    }
    let index = tokio::task::spawn_blocking(move || Index::open(&directory))
        .await?
        .context("a state directory serves one web process at a time")?;
    let outside = Outside::new(&config.reach)?;
    Ok(Rooms {
        finder: Finder::new(Arc::new(index)),
        files: Files::on_disk(files),
        places,
        providers: config.providers()?,
        logins: Logins::new(outside.clone()),
        outside,
        mailbox: mailbox.map(Mailbox::open),
    })
}

/// Answers requests until asked to stop; meanwhile the index follows, kept searches are looked
/// at, and the worker works.
pub(crate) async fn answer(
    listener: TcpListener,
    (house, console): (House, Option<House>),
    rooms: Rooms,
    worker: Option<Worker>,
    stop: Stop,
) -> anyhow::Result<()> {
    let (house, rooms) = (Arc::new(house), Arc::new(rooms));
    let follower = tokio::spawn(follow(Follower::of(&house, &rooms)));
    let alerts = tokio::spawn(alert(Arc::clone(&house), Arc::clone(&rooms)));
    let working = worker.map(|worker| tokio::spawn(work(worker)));
    let served = Server::new_with_acceptor(TcpAcceptor::from_std(listener)?)
        .run_with_graceful_shutdown(doors(house, console, rooms), stop.asked(), Some(GOODBYE))
        .await;
    end([Some(follower), Some(alerts), working]
        .into_iter()
        .flatten())
    .await;
    Ok(served?)
}

/// What this process answers: to people, to programs, and to those who run it.
fn doors(
    house: Arc<House>,
    console: Option<House>,
    rooms: Arc<Rooms>,
) -> BoxEndpoint<'static, Response> {
    let programs = api::endpoint(rooms.finder.clone());
    let pages = web::endpoint(house, rooms, (api::BASE, programs));
    match console {
        Some(console) => console::beside(Arc::new(console), pages).boxed(),
        None => pages.boxed(),
    }
}

async fn work(worker: Worker) {
    keeper::forever("worker", || worker.run()).await;
}

async fn follow(follower: Follower) {
    let begin = || {
        let follower = follower.clone();
        async move { follower.follow().await }
    };
    keeper::forever("follower", begin).await;
}

async fn alert(house: Arc<House>, rooms: Arc<Rooms>) {
    let begin = || web::alert::look(Arc::clone(&house), Arc::clone(&rooms));
    keeper::forever("alerts", begin).await;
}

/// Cancels tasks and waits until they are gone: what they held is given back before the database
/// closes.
async fn end(tasks: impl IntoIterator<Item = JoinHandle<()>>) {
    for task in tasks {
        task.abort();
        // Cancelled, as wished.
        let _ = task.await;
    }
}
