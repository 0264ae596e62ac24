//! `cargo xtask probe`: schemathesis, which nobody here wrote, asks everything that the document of
//! the API allows and much that it does not, as a stranger, as a member and as the board. Nothing
//! may break, nothing may be answered that the document does not tell of, and nothing of another
//! SEL may come.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::client::hidden;
use crate::house::House;
use crate::say::{Trouble, say};
use crate::server::Server;
use crate::{errand, people, venv};

const PORT: u16 = 8096;
const VERSION: &str = "schemathesis==4.32.5";

/// What the rules may say no to is no mistake of whoever asked, and is documented.
const CONFIG: &str = "[checks.positive_data_acceptance]\n\
    expected-statuses = [\"2xx\", 304, 401, 403, 404, 409, 412, 422, 429]\n\
    [checks.negative_data_rejection]\n\
    expected-statuses = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429]\n";

/// Of the other SELs of the demo town: what no answer to somebody of SEL de Mars may hold.
const FOREIGN: [&str; 4] = [
    "maelle@exemple.fr",
    "bernadette@exemple.fr",
    "Maëlle Kerbrat",
    "Bernadette Lacaze",
];

const PERMISSIONS: [&str; 6] = [
    "notices.read",
    "notices.write",
    "members.read",
    "account.read",
    "exchanges.write",
    "rights",
];

#[derive(Debug, PartialEq)]
pub(crate) struct Wish {
    /// Examples an operation.
    examples: u32,
    seed: u32,
}

impl Wish {
    pub(crate) fn parse(words: &[String]) -> Result<Wish, Trouble> {
        let mut wish = Wish {
            examples: 25,
            seed: 1,
        };
        for pair in words.chunks(2) {
            let value = pair.get(1).and_then(|value| value.parse().ok());
            match (pair[0].as_str(), value) {
                ("--examples", Some(examples @ 1..=10_000)) => wish.examples = examples,
                ("--seed", Some(seed)) => wish.seed = seed,
                _ => {
                    let words = words.join(" ");
                    return Err(Trouble::new(format!("probe does not know {words}")));
                }
            }
        }
        Ok(wish)
    }
}

/// Builds, asks and looks at what came. False where something broke.
pub(crate) fn probe(house: &House, wish: &Wish) -> Result<bool, Trouble> {
    let st = schemathesis(&house.target.join("probe"))?;
    Server::at_demo(house, ("probe", PORT), |_| asked_by_all(house, wish, &st))
}

/// The program, in a place of its own.
fn schemathesis(place: &Path) -> Result<PathBuf, Trouble> {
    let st = venv::with(place, VERSION)?.join("st");
    fs::write(place.join("schemathesis.toml"), CONFIG)
        .map_err(|error| Trouble::new(format!("its configuration is not written: {error}")))?;
    Ok(st)
}

fn asked_by_all(house: &House, wish: &Wish, st: &Path) -> Result<bool, Trouble> {
    let mut good = true;
    for (whose, number) in [("a stranger", ""), ("a member", "12"), ("the board", "1")] {
        say(format!("\n== as {whose}"));
        let secret = match number {
            "" => String::new(),
            number => access(number).ok_or_else(|| Trouble::new("no access was given"))?,
        };
        good &= asked(house, wish, st, &secret)?;
    }
    Ok(good)
}

/// Logs in as this member and gives access to all that they have.
fn access(number: &str) -> Option<String> {
    let (mut client, _) = people::by_password("mars", number, PORT)?;
    let form = hidden(&client.get("/compte/acces")?.body, "csrf_token")?.to_owned();
    let mut typed = vec![
        ("csrf_token", form.as_str()),
        ("name", "probe"),
        ("days", "7"),
    ];
    typed.extend(PERMISSIONS.iter().map(|it| ("permissions", *it)));
    let given = client.post("/compte/acces", &typed)?.body;
    let (_, rest) = given.split_once("saline_")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = rest.find(|c| !plain(c)).unwrap_or(rest.len());
    Some(format!("saline_{}", &rest[..end]))
}

fn asked(house: &House, wish: &Wish, st: &Path, secret: &str) -> Result<bool, Trouble> {
    let place = house.target.join("probe");
    let answers = place.join("answers.har");
    let (examples, seed) = (wish.examples.to_string(), wish.seed.to_string());
    let mut command = Command::new(st);
    command
        .arg("--config-file")
        .arg(place.join("schemathesis.toml"))
        .arg("run")
        .arg(house.root.join("docs/openapi.json"))
        .args(["--url", &format!("http://127.0.0.1:{PORT}/api/v1")])
        .args(["--header", &format!("Host: mars.localhost:{PORT}")])
        .args(["--phases", "examples,coverage,fuzzing"])
        .args(["--max-examples", &examples, "--seed", &seed])
        // As many as an access may ask.
        .args(["--rate-limit", "590/m"])
        .args([
            "--continue-on-failure",
            "--no-color",
            "--generation-database",
            "none",
        ])
        .arg("--report-har-path")
        .arg(&answers)
        .current_dir(&place);
    if !secret.is_empty() {
        let bearer = format!("Authorization: Bearer {secret}");
        command.args(["--header", &bearer]);
    }
    let mut cases = String::new();
    // The command holds a secret, and is not announced as others are.
    let good = errand::watch(&mut command, |line| {
        if line.contains("generated,") {
            line.trim().clone_into(&mut cases);
        }
    })?;
    let came = fs::read_to_string(&answers)
        .map_err(|error| Trouble::new(format!("no answers were kept: {error}")))?;
    let foreign: Vec<&str> = FOREIGN.into_iter().filter(|it| came.contains(it)).collect();
    if !foreign.is_empty() {
        say(format!("of another SEL: {}", foreign.join(", ")));
    }
    say(format!("cases: {cases}"));
    Ok(good && foreign.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_names_how_many_and_which() {
        let words: Vec<String> = ["--examples", "5", "--seed", "7"].map(str::to_owned).into();
        let wish = Wish::parse(&words).unwrap();
        assert_eq!((wish.examples, wish.seed), (5, 7));
        assert!(Wish::parse(&["--examples".to_owned(), "0".to_owned()]).is_err());
    }
}
