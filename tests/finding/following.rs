//! An index never differs from its database for longer than it takes to read on: not when the
//! program that reads is killed, and not where several read at once.

use super::world::{Chance, Seen, World, expected, found, happen};
use door::clock::Clock;
use search::{Eyes, Index, Query, Viewer};
use sqlx::{ConnectOptions, PgConnection};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use store::Pool;
use store::connect::Options;
use store::testing::Database;
use tokio::process::{Child, Command};
use web::follower::Follower;

const KILLS: usize = 200;
/// After so many kills the index is looked at.
const LOOK: usize = 20;
/// How long one who follows lives at the most, in milliseconds from its first breath on.
const LIFE_MS: usize = 220;
/// What the child is told: a socket, a database and a directory; and the file that it makes there
/// when it begins to open its index.
const TOLD: &str = "SALINE_TEST_FOLLOWS";
const ALIVE: &str = "alive";

fn follower(pool: &Pool, directory: &Path) -> Follower {
    Follower {
        pool: pool.clone(),
        clock: Clock::System,
        index: Arc::new(Index::open(directory).unwrap()),
    }
}

/// Reads until nothing is left.
async fn caught_up(follower: &Follower) {
    while follower.lag().await.unwrap() > 0 {
        follower.step().await.unwrap();
    }
}

/// All that an index knows of these SELs: whom it shows what, in which order, and by which words.
fn known(index: &Index, world: &World) -> Vec<String> {
    let mut known = Vec::new();
    for sel in world.sels.iter() {
        let association_id = sel.association_id.0;
        for eyes in [
            Eyes::Home { association_id },
            Eyes::Visitor { association_id },
        ] {
            for words in ["", "annonce", "7", "gratuit"] {
                let viewer = Viewer {
                    eyes: eyes.clone(),
                    now: Clock::System.now().timestamp(),
                };
                let query = Query {
                    words,
                    limit: 50,
                    ..Query::default()
                };
                let found = index.find(&viewer, &query).unwrap();
                known.push(format!("{words:?}: {found:?}"));
            }
        }
    }
    known
}

/// The index is what the rules say of the database, and what an index is that was made anew.
async fn assert_whole(index: &Index, world: &World, owner: &mut PgConnection, said: &str) {
    for sel in world.sels.iter() {
        let association_id = sel.association_id.0;
        let home: Seen = expected(owner, Some(sel.association_id), "home").await;
        let shown = found(index, Eyes::Home { association_id }, Clock::System.now());
        assert_eq!(shown, home, "{said}");
        let visitor = expected(owner, Some(sel.association_id), "visitor").await;
        let shown = found(index, Eyes::Visitor { association_id }, Clock::System.now());
        assert_eq!(shown, visitor, "{said}");
    }
    let anew = Follower {
        pool: world.web.clone(),
        clock: Clock::System,
        index: Arc::new(Index::in_memory().unwrap()),
    };
    caught_up(&anew).await;
    assert_eq!(known(index, world), known(&anew.index, world), "{said}");
}

/// Follows until it is killed.
async fn follow_as_a_child(told: &str) {
    let [socket, port, database, directory] = told.split('|').collect::<Vec<_>>()[..] else {
        panic!("{told}");
    };
    let options = Options::new()
        .socket(socket)
        .port(port.parse().unwrap())
        .username("saline_web")
        .database(database);
    let pool = store::connect::pool(options, 2, Duration::from_secs(10));
    let directory = Path::new(directory);
    std::fs::write(directory.join(ALIVE), "").unwrap();
    follower(&pool, &directory.join("index")).follow().await;
}

/// Somebody who follows in a process of their own: this very test, told so.
async fn child(database: &Database, directory: &Path) -> Child {
    let at = database.administrator();
    let told = [
        at.get_socket().unwrap().display().to_string(),
        at.get_port().to_string(),
        database.name.clone(),
        directory.display().to_string(),
    ];
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(TOLD, told.join("|"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    while std::fs::remove_file(directory.join(ALIVE)).is_err() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    child
}

const NAME: &str = "finding::following::an_index_whose_follower_is_killed_200_times_is_whole";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_whose_follower_is_killed_200_times_is_whole() {
    if let Ok(told) = std::env::var(TOLD) {
        follow_as_a_child(&told).await;
        return;
    }
    let database = Database::fresh().await.unwrap();
    let mut owner = database.administrator().connect().await.unwrap();
    let world = World::sown(&database.web, &Clock::System).await;
    let state = tempfile::tempdir().unwrap();
    let (mut chance, mut died_reading, mut read_on) = (Chance(11), 0, 0);
    let mut cursor = None;
    for kill in 1..=KILLS {
        let mut child = child(&database, state.path()).await;
        let life = Duration::from_millis(chance.below(LIFE_MS) as u64);
        let until = tokio::time::Instant::now() + life;
        while tokio::time::Instant::now() < until {
            happen(&world, &mut chance).await;
        }
        child.kill().await.unwrap();
        let follower = follower(&database.web, &state.path().join("index"));
        died_reading += usize::from(follower.lag().await.unwrap() > 0);
        let reached = follower.index.cursor().unwrap();
        read_on += usize::from(reached != cursor);
        cursor = reached;
        if kill % LOOK == 0 {
            caught_up(&follower).await;
            let said = format!("after {kill} kills");
            assert_whole(&follower.index, &world, &mut owner, &said).await;
            cursor = follower.index.cursor().unwrap();
        }
    }
    // Else nobody followed, or nobody was killed while there was something to read.
    println!("{read_on} of {KILLS} read on, {died_reading} died reading");
    assert!(read_on > KILLS / 4, "{read_on} of {KILLS} read on");
    assert!(
        died_reading > KILLS / 4,
        "{died_reading} of {KILLS} died reading"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_with_an_index_each_come_to_the_same() {
    let database = Database::fresh().await.unwrap();
    let mut owner = database.administrator().connect().await.unwrap();
    let world = World::sown(&database.web, &Clock::System).await;
    let states = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let nodes = states
        .each_ref()
        .map(|it| follower(&database.web, it.path()));
    let following = nodes
        .clone()
        .map(|node| tokio::spawn(async move { node.follow().await }));
    let mut chance = Chance(13);
    for _ in 0..300 {
        happen(&world, &mut chance).await;
    }
    for node in &nodes {
        while node.lag().await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    for following in following {
        following.abort();
        // Aborted, as wished.
        let _ = following.await;
    }
    for node in &nodes {
        assert_whole(&node.index, &world, &mut owner, "of two nodes").await;
    }
    assert_eq!(
        known(&nodes[0].index, &world),
        known(&nodes[1].index, &world)
    );
}
