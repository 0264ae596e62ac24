//! Members of the demo who are logged in, each through a link from the demo's mailbox, as people
//! without a password do.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{Client, hidden};
use crate::say::Trouble;

/// How long the links may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// A SEL of the demo: who posts there, and to whom.
#[derive(Debug)]
pub(crate) struct Sel {
    pub(crate) slug: &'static str,
    /// The members who post have the numbers from here on.
    pub(crate) posting_from: u32,
    /// Links asked for: some members have no e-mail.
    pub(crate) asked: u32,
    /// The smallest amount, as it is typed.
    pub(crate) amount: &'static str,
}

pub(crate) const SELS: [Sel; 3] = [
    Sel {
        slug: "mars",
        posting_from: 100,
        asked: 24,
        amount: "1",
    },
    Sel {
        slug: "baie",
        posting_from: 30,
        asked: 9,
        amount: "1",
    },
    Sel {
        slug: "clos",
        posting_from: 30,
        asked: 9,
        amount: "0,01",
    },
];

/// Logs in `wanted` members of a SEL.
pub(crate) fn log_in(
    sel: &Sel,
    wanted: usize,
    state: &Path,
    port: u16,
) -> Result<Vec<Client>, Trouble> {
    let trouble = |what: &str| Trouble::new(format!("{}: {what}", sel.slug));
    let mut asking = Client::new(sel.slug, port);
    let page = asking
        .get("/connexion")
        .ok_or_else(|| trouble("no page to log in"))?;
    let form = hidden(&page.body, "csrf_token").ok_or_else(|| trouble("no form to log in"))?;
    for number in sel.posting_from..sel.posting_from + sel.asked {
        let fields = [("csrf_token", form), ("login", &number.to_string())];
        asking
            .post("/connexion/lien", &fields)
            .filter(|answer| answer.status == 200)
            .ok_or_else(|| trouble("a link was not sent"))?;
    }
    let start = format!("http://{}.localhost:{port}", sel.slug);
    let begun = Instant::now();
    let mut paths = Vec::new();
    while paths.len() < wanted {
        if begun.elapsed() > PATIENCE {
            return Err(trouble("too few links came"));
        }
        thread::sleep(Duration::from_millis(200));
        paths = links(&state.join("mailbox"), &start);
    }
    paths.truncate(wanted);
    paths
        .iter()
        .map(|path| enter(sel.slug, port, path).ok_or_else(|| trouble("a link let nobody in")))
        .collect()
}

/// The paths of the links that let somebody in, one a letter.
fn links(mailbox: &Path, start: &str) -> Vec<String> {
    let letters = fs::read_dir(mailbox).into_iter().flatten().flatten();
    letters
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .filter_map(|letter| link(&letter, start))
        .collect()
}

fn link(letter: &str, start: &str) -> Option<String> {
    let (_, rest) = letter.split_once(&format!("{start}/entrer/"))?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let end = rest.find(|letter| !plain(letter)).unwrap_or(rest.len());
    Some(format!("/entrer/{}", &rest[..end]))
}

fn enter(slug: &str, port: u16, path: &str) -> Option<Client> {
    let mut client = Client::new(slug, port);
    let page = client.get(path)?;
    let form = hidden(&page.body, "csrf_token")?.to_owned();
    let answer = client.post(path, &[("csrf_token", &form)])?;
    (answer.status == 303).then_some(client)
}

/// The founder of a SEL, who holds every right, and the token of their forms.
pub(crate) fn founder(slug: &str, port: u16) -> Option<(Client, String)> {
    by_password(slug, "1", port)
}

/// A member of a demonstration, and the token of their forms.
pub(crate) fn by_password(slug: &str, number: &str, port: u16) -> Option<(Client, String)> {
    let mut member = Client::new(slug, port);
    let page = member.get("/connexion")?;
    let form = hidden(&page.body, "csrf_token")?.to_owned();
    let login = [
        ("csrf_token", form.as_str()),
        ("login", number),
        ("password", "demonstration"),
    ];
    let answer = member.post("/connexion", &login)?;
    let page = member.get("/").filter(|_| answer.status == 303)?;
    let form = hidden(&page.body, "csrf_token").map_or(form, str::to_owned);
    Some((member, form))
}

/// Nobody should meet a limit.
pub(crate) fn lift_limits(sel: &Sel, port: u16) -> Result<(), Trouble> {
    let trouble = || Trouble::new(format!("{}: the limits stay", sel.slug));
    let (mut founder, form) = founder(sel.slug, port).ok_or_else(trouble)?;
    let rules = [
        ("csrf_token", form.as_str()),
        ("floor", ""),
        ("ceiling", ""),
        ("policy", "prevenir"),
        ("credit", "0"),
    ];
    founder
        .post("/demarrer/2", &rules)
        .filter(|answer| answer.status == 303)
        .ok_or_else(trouble)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_in_a_letter() {
        let letter = r#"{"text":"Bonjour\nhttp://mars.localhost:80/entrer/Ab-c_1.x\nfin"}"#;
        let found = link(letter, "http://mars.localhost:80");
        assert_eq!(found.as_deref(), Some("/entrer/Ab-c_1.x"));
        assert_eq!(link(letter, "http://baie.localhost:80"), None);
    }
}
