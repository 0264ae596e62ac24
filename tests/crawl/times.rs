//! How long answers take.

use super::asking::{asks, program_asks};
use super::routes::{self, RouteOf};
use super::{NOTHING, PERMISSIONS, owner, people, rows_of};
use crate::story::{App, MARS, gives};
use crate::tenancy::cast::Cast;
use chrono::TimeDelta;
use std::collections::BTreeSet;

/// How long the answer takes about an id of another SEL, as a part of that about one of nothing:
/// medians of 200 requests each, in turns.
async fn ratio(ids: &BTreeSet<String>, asks: impl AsyncFn(&str)) -> f64 {
    let mut took = [Vec::new(), Vec::new()];
    for id in ids.iter().cycle().take(200) {
        for (which, id) in [id.as_str(), NOTHING].into_iter().enumerate() {
            let start = std::time::Instant::now();
            asks(id).await;
            took[which].push(start.elapsed());
        }
    }
    let [theirs, nothing] = took.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    });
    theirs / nothing
}

/// The same, measured anew where it is off: what is off each time is no chance.
async fn settled(ids: &BTreeSet<String>, asks: impl AsyncFn(&str)) -> f64 {
    let mut found = ratio(ids, &asks).await;
    for _ in 0..2 {
        if (found - 1.0).abs() > 0.1 {
            found = ratio(ids, &asks).await;
        }
    }
    found
}

/// What is read with an id takes as long for one of another SEL as for one of nothing, within a
/// tenth. `SALINE_TIMES=1` measures, which takes minutes: where a machine does other things
/// meanwhile, times say nothing.
#[tokio::test]
async fn the_time_of_an_answer_tells_nothing() {
    if std::env::var_os("SALINE_TIMES").is_none() {
        return;
    }
    let (app, mut fatima) = App::with_mars().await;
    let program = gives(&app, &mut fatima, MARS, &PERMISSIONS).await;
    let people = people(&app, &fatima).await;
    let moon = Cast::enter(&app.database, "sel-de-lune").await;
    let (ids, _) = rows_of(&mut owner(&app.database).await, moon.association.0).await;
    let mut all: Vec<(f64, String)> = Vec::new();
    let reads = |it: &RouteOf| it.method == "GET" && it.has_id();
    for route in routes::of_pages().into_iter().filter(reads) {
        for (whose, person) in &people {
            let found = settled(&ids, async |id| {
                asks(&app, person, &route, id).await;
            });
            all.push((found.await, format!("{whose}: {}", route.path)));
        }
    }
    for route in routes::of_programs().into_iter().filter(reads) {
        let found = settled(&ids, async |id| {
            app.clock.pass(TimeDelta::seconds(1));
            program_asks(&app, &program, &route, id).await;
        });
        all.push((found.await, format!("program: {}", route.path)));
    }
    all.sort_by(|a, b| (b.0 - 1.0).abs().total_cmp(&(a.0 - 1.0).abs()));
    for (ratio, what) in all.iter().take(10) {
        println!("{ratio:.3} {what}");
    }
    println!("{} routes and people, 200 requests each way", all.len());
    let off = all.iter().filter(|(ratio, _)| (ratio - 1.0).abs() > 0.1);
    assert_eq!(off.count(), 0, "the time tells");
}
