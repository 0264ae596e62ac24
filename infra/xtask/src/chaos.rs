//! `cargo xtask chaos`: members post exchanges and write down each one that was acknowledged, while
//! the program and its Postgres are killed. Afterwards every acknowledged exchange must be there,
//! once, and the ledger must hold.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::client::{Client, hidden};
use crate::house::House;
use crate::say::{Trouble, say};
use crate::server::{self, Server};

const PORT: u16 = 8097;
/// Members of the demo who post, and whom they give to.
const PAIRS: [(&str, &str); 4] = [("12", "30"), ("30", "3"), ("3", "18"), ("18", "12")];
const PASSWORD: &str = "demonstration";
/// How long it runs between two blows.
const CALM: Duration = Duration::from_secs(4);
const BLOWS: [Blow; 5] = [
    Blow::Program,
    Blow::Postgres,
    Blow::Both,
    Blow::Postgres,
    Blow::Program,
];

#[derive(Debug, Clone, Copy)]
enum Blow {
    Program,
    Postgres,
    Both,
}

/// Builds, torments and checks. False where something was lost or doubled, or nothing went on.
pub(crate) fn chaos(house: &House) -> Result<bool, Trouble> {
    crate::machine::ensure_postgres()?;
    if !crate::errand::run(house.cargo().args(["build", "-p", "saline"]))? {
        return Err(Trouble::new("saline does not build; the reason is above"));
    }
    let state = std::env::temp_dir().join(format!("saline-chaos-{}", std::process::id()));
    let place = Place {
        program: house.saline("debug"),
        state,
    };
    let saline = place.start()?;
    let stop = Arc::new(AtomicBool::new(false));
    let count = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = PAIRS
        .iter()
        .map(|(payer, payee)| {
            let (stop, count) = (Arc::clone(&stop), Arc::clone(&count));
            let log = place.state.join(format!("acknowledged-{payer}"));
            thread::spawn(move || post_until(&stop, &count, (payer, payee), &log))
        })
        .collect();
    let (saline, resumed) = torment(&place, saline, &count)?;
    stop.store(true, Ordering::Relaxed);
    let mut acknowledged = Vec::new();
    for client in clients {
        let ids = client
            .join()
            .map_err(|_| Trouble::new("a client broke"))??;
        acknowledged.extend(ids);
    }
    let lost = missing(&acknowledged)?;
    saline.cut();
    let verified = server::verify(&place.program, &place.state)?;
    say(format!(
        "{} exchanges acknowledged, {} lost, ledger {}",
        acknowledged.len(),
        lost.len(),
        if verified { "holds" } else { "BROKEN" }
    ));
    for id in &lost {
        say(format!("lost: {id}"));
    }
    let good = lost.is_empty() && verified && resumed;
    if good {
        // What is broken is kept, to be looked at.
        let _ = fs::remove_dir_all(&place.state);
    } else {
        say(format!("kept: {}", place.state.display()));
    }
    Ok(good)
}

struct Place {
    program: PathBuf,
    state: PathBuf,
}

impl Place {
    fn start(&self) -> Result<Server, Trouble> {
        let port = PORT.to_string();
        let words = ["demo", "--small", "--port", &port];
        Server::start(&self.program, &words, &self.state, PORT)
    }
}

/// Deals the blows. Says whether exchanges were acknowledged after each.
fn torment(
    place: &Place,
    mut saline: Server,
    count: &AtomicUsize,
) -> Result<(Server, bool), Trouble> {
    let (mut told, mut resumed) = (0, true);
    let mut rest = |told: &mut usize| {
        thread::sleep(CALM);
        let now = count.load(Ordering::Relaxed);
        say(format!(
            "acknowledged: {now}, {} of them since",
            now - *told
        ));
        resumed &= now > *told;
        *told = now;
    };
    for blow in BLOWS {
        rest(&mut told);
        say(format!("kill -9: {blow:?}"));
        if matches!(blow, Blow::Postgres | Blow::Both) {
            // Alone, the program has to start it again by itself.
            saline.postgres()?.cut()?;
        }
        if matches!(blow, Blow::Program | Blow::Both) {
            saline.cut();
            saline = place.start()?;
        }
    }
    rest(&mut told);
    if !resumed {
        say("after a blow, nothing was acknowledged");
    }
    Ok((saline, resumed))
}

/// Posts exchanges of one unit until told to stop; answers the ids that were acknowledged, each
/// written to `log` before the next is posted.
fn post_until(
    stop: &AtomicBool,
    count: &AtomicUsize,
    (payer, payee): (&str, &str),
    log: &PathBuf,
) -> Result<Vec<String>, Trouble> {
    let mut file =
        File::create(log).map_err(|error| Trouble::new(format!("{}: {error}", log.display())))?;
    let mut acknowledged = Vec::new();
    let mut client: Option<Client> = None;
    let mut pending: Option<String> = None;
    while !stop.load(Ordering::Relaxed) {
        let Some(member) = client.as_mut() else {
            client = log_in(payer);
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        match post(member, payee, pending.clone()) {
            Posted::Acknowledged(id) => {
                writeln!(file, "{id}")
                    .and_then(|()| file.sync_data())
                    .map_err(|error| Trouble::new(format!("{}: {error}", log.display())))?;
                acknowledged.push(id);
                count.fetch_add(1, Ordering::Relaxed);
                pending = None;
            }
            // Nobody knows whether it was written: the same id is sent again.
            Posted::Unknown(id) => pending = Some(id),
            Posted::NotSent => thread::sleep(Duration::from_millis(50)),
        }
    }
    Ok(acknowledged)
}

fn log_in(payer: &str) -> Option<Client> {
    let mut client = Client::new("mars", PORT);
    let page = client.get("/connexion")?;
    let form = hidden(&page.body, "form")?.to_owned();
    let fields = [
        ("form", form.as_str()),
        ("login", payer),
        ("password", PASSWORD),
    ];
    let answer = client.post("/connexion", &fields)?;
    (answer.status == 303).then_some(client)
}

enum Posted {
    Acknowledged(String),
    Unknown(String),
    NotSent,
}

fn post(client: &mut Client, payee: &str, again: Option<String>) -> Posted {
    let Some(page) = client
        .get("/echanges/nouveau")
        .filter(|page| page.status == 200)
    else {
        return again.map_or(Posted::NotSent, Posted::Unknown);
    };
    let today = page
        .body
        .split_once("name=\"date\"")
        .and_then(|(_, rest)| rest.split_once("<option value=\""))
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(day, _)| day.to_owned())
        .unwrap_or_default();
    let (Some(form), Some(fresh)) = (hidden(&page.body, "form"), hidden(&page.body, "id")) else {
        return again.map_or(Posted::NotSent, Posted::Unknown);
    };
    let id = again.unwrap_or_else(|| fresh.to_owned());
    let fields = [
        ("form", form),
        ("id", id.as_str()),
        ("side", "donne"),
        ("amount", "1"),
        ("member", payee),
        ("label", "essai de panne"),
        ("date", today.as_str()),
    ];
    match client.post("/echanges", &fields) {
        Some(answer) if answer.status == 303 && answer.location == "/releve" => {
            Posted::Acknowledged(id)
        }
        _ => Posted::Unknown(id),
    }
}

/// The acknowledged exchanges that the restarted program does not know. A member who writes for
/// others may look at all of them.
fn missing(acknowledged: &[String]) -> Result<Vec<String>, Trouble> {
    let mut client = log_in("18").ok_or_else(|| Trouble::new("cannot log in again"))?;
    Ok(acknowledged
        .iter()
        .filter(|id| {
            let page = client.get(&format!("/echanges/{id}"));
            !page.is_some_and(|page| page.status == 200 && page.body.contains("essai de panne"))
        })
        .cloned()
        .collect())
}
