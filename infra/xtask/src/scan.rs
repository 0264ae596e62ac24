//! `cargo xtask scan`: wapiti, which nobody here wrote, goes through the pages of the demonstration
//! as a stranger, as a member and as the board, and the console as a stranger and as staff; it
//! attacks every form and parameter that it finds.
//! What it finds must be explained here.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::client::{Client, hidden};
use crate::house::House;
use crate::say::{Trouble, say};
use crate::server::Server;
use crate::{errand, people, venv};

const PORT: u16 = 8095;
const VERSION: &str = "wapiti3==3.2.3";

/// What it looks for; left out is what is about programs that we do not have, and what asks servers
/// elsewhere.
const MODULES: &str = "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,\
    log4shell,methods,permanentxss,redirect,shellshock,spring4shell,sql,ssrf,timesql,upload,xss,\
    xxe";

/// Where one goes out, or changes what lets one in: a scan that went there would see nothing more.
const SPARED: [&str; 7] = [
    "/deconnexion",
    "/compte/quitter",
    "/compte/appareils/fin",
    "/compte/mot-de-passe",
    "/compte/sels/separer",
    "/compte/second",
    "/compte/cles",
];

/// Somebody who looks.
struct Look {
    whose: &'static str,
    host: &'static str,
    /// How many pages must have been gone through, at the least.
    pages: u64,
    /// A page that they see and others at this host do not: else nobody was who they should have
    /// been.
    own: &'static str,
}

const LOOKS: [Look; 5] = [
    look("a stranger", MARS, (50, "/connexion")),
    look("a member", MARS, (60, "/compte")),
    look("the board", MARS, (70, "/bureau")),
    // First: what a stranger asks is counted there for all who come from where they come.
    look("staff at the console", "console", (8, "/equipe")),
    look("a stranger at the console", "console", (2, "/connexion")),
];
const MARS: &str = "mars";

const fn look(whose: &'static str, host: &'static str, seen: (u64, &'static str)) -> Look {
    Look {
        whose,
        host,
        pages: seen.0,
        own: seen.1,
    }
}

/// Prints how often the page of an address was seen, by what wapiti keeps of its session in a
/// place.
const SEEN: &str = "\
import glob, os, sqlite3, sys
kept = max(glob.glob(os.path.join(sys.argv[1], '*.db')), key=os.path.getmtime)
seen = 'select count(*) from paths join responses using (response_id) ' \
    'where path = ? and status_code = 200'
print(sqlite3.connect(kept).execute(seen, [sys.argv[2]]).fetchone()[0])
";

/// Prints what an application of codes with this secret shows now (RFC 6238).
const CODE: &str = "\
import base64, hashlib, hmac, struct, sys, time
step = struct.pack('>Q', int(time.time()) // 30)
mac = hmac.new(base64.b32decode(sys.argv[1]), step, hashlib.sha1).digest()
at = mac[19] & 15
print('%06d' % ((struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000))
";

/// What it names and why that is no hole: the kind, a piece of what it says of it, the reason.
const EXPLAINED: [(&str, &str, &str); 1] = [(
    "Secure Flag cookie",
    "Secure flag is not set",
    "the demonstration has no TLS; with it every cookie is `__Host-…` and `Secure`",
)];

#[derive(Debug, PartialEq)]
pub(crate) struct Wish {
    /// How long it may look around, and how long it may try one kind of attack, each time.
    seconds: u32,
}

impl Wish {
    pub(crate) fn parse(words: &[String]) -> Result<Wish, Trouble> {
        match words {
            [] => Ok(Wish { seconds: 300 }),
            [name, value] if name == "--seconds" => match value.parse() {
                Ok(seconds @ 10..=7200) => Ok(Wish { seconds }),
                _ => Err(Trouble::new("scan looks around for 10 to 7200 seconds")),
            },
            _ => Err(Trouble::new(format!(
                "scan does not know {}",
                words.join(" ")
            ))),
        }
    }
}

/// Builds, has it look and tells what it found. False where something is not explained.
pub(crate) fn scan(house: &House, wish: &Wish) -> Result<bool, Trouble> {
    let place = house.target.join("scan");
    let programs = venv::with(&place, VERSION)?;
    Server::at_demo(house, ("scan", PORT), |server| {
        as_all(wish, server, &programs, &place)
    })
}

/// The cookies of a visitor, to whom the forms belong that they are shown.
fn visitor(host: &str) -> Option<String> {
    let mut visitor = Client::new(host, PORT);
    visitor.get("/connexion")?;
    Some(visitor.cookies())
}

/// Somebody who has just made their access to the console, by the link that the demonstration
/// names.
fn staff(server: &Server, python: &Path) -> Option<Client> {
    let link = server.said("/entree/")?;
    let path = &link[link.find("/entree/")?..];
    let mut staff = Client::new("console", PORT);
    let page = staff.get(path)?;
    let form = hidden(&page.body, "csrf_token")?.to_owned();
    let sealed = hidden(&page.body, "sealed")?.to_owned();
    let (_, letters) = page.body.split_once("<b class=\"key\">")?;
    let letters = letters.split('<').next()?.replace(' ', "");
    let code = errand::answer(Command::new(python).args(["-c", CODE, &letters]))?;
    let typed = [
        ("csrf_token", form.as_str()),
        ("new_password", "trois petits chats"),
        ("code", code.trim()),
        ("sealed", &sealed),
    ];
    let begun = staff.post(path, &typed)?;
    (begun.status == 200).then_some(staff)
}

fn as_all(wish: &Wish, server: &Server, programs: &Path, place: &Path) -> Result<bool, Trouble> {
    // Before it begins: what it tries is counted, and after many tries nobody gets in for a while.
    let nobody = || Trouble::new("nobody got in");
    let of = |number| people::by_password("mars", number, PORT).map(|(it, _)| it.cookies());
    let member = of("12").ok_or_else(nobody)?;
    let board = of("1").ok_or_else(nobody)?;
    let staff = staff(server, &programs.join("python"));
    let staff = staff.ok_or_else(nobody)?.cookies();
    let stranger = |host| visitor(host).ok_or_else(nobody);
    let all = [stranger(MARS)?, member, board, staff, stranger("console")?];
    let wapiti = programs.join("wapiti");
    let mut good = true;
    for (look, cookies) in LOOKS.into_iter().zip(all) {
        say(format!("\n== as {}", look.whose));
        let report = looked(wish, &wapiti, place, (look.host, &cookies))?;
        let (seen, least) = (pages_of(&report), look.pages);
        if seen < least {
            say(format!(
                "{seen} pages, and {least} at the least were to be seen"
            ));
            good = false;
        }
        let own = format!("http://127.0.0.1:{PORT}{}", look.own);
        let mut asks = Command::new(programs.join("python"));
        asks.args(["-c", SEEN]).arg(place).arg(&own);
        if errand::answer(&mut asks).is_none_or(|count| count == "0") {
            say(format!("{own} was not seen: it was not {}", look.whose));
            good = false;
        }
        good &= told(&report);
    }
    Ok(good)
}

fn looked(
    wish: &Wish,
    wapiti: &Path,
    place: &Path,
    (host, cookies): (&str, &str),
) -> Result<Value, Trouble> {
    let kept = place.join("report.json");
    let (address, seconds) = (format!("http://127.0.0.1:{PORT}"), wish.seconds.to_string());
    let mut command = Command::new(wapiti);
    command
        .args(["--url", &format!("{address}/"), "--scope", "folder"])
        .args(["--flush-session", "--no-bugreport", "--verbose", "0"])
        .args(["--header", &format!("Host: {host}.localhost:{PORT}")])
        .args([
            "--header",
            &format!("Origin: http://{host}.localhost:{PORT}"),
        ])
        .args(["--max-scan-time", &seconds, "--max-attack-time", &seconds])
        .args(["--max-files-per-dir", "80", "--max-parameters", "30"])
        .args(["--module", MODULES, "--format", "json", "--output"])
        .arg(&kept)
        .args(["--store-session".as_ref(), place.as_os_str()]);
    for path in SPARED {
        command.args(["--exclude", &format!("{address}{path}*")]);
    }
    // With `--drop-set-cookie` it would send none.
    command.args(["--cookie-value", cookies]);
    // The command holds the cookies of a session, and is not announced as others are.
    if !errand::watch(&mut command, |_| {})? {
        return Err(Trouble::new("wapiti came to no end"));
    }
    let text = fs::read_to_string(&kept)
        .map_err(|error| Trouble::new(format!("there is no report: {error}")))?;
    serde_json::from_str(&text)
        .map_err(|error| Trouble::new(format!("the report is not readable: {error}")))
}

/// How many pages it went through.
fn pages_of(report: &Value) -> u64 {
    report["infos"]["crawled_pages_nbr"].as_u64().unwrap_or(0)
}

/// What a report has under this name, by kind.
fn kinds<'a>(report: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let kinds = report[name].as_object().into_iter().flatten();
    kinds.flat_map(|(kind, all)| {
        let all = all.as_array().into_iter().flatten();
        all.map(move |it| (kind, it))
    })
}

/// Says what it found. False where something is not explained.
fn told(report: &Value) -> bool {
    let mut good = true;
    for (kind, it) in kinds(report, "vulnerabilities").chain(kinds(report, "anomalies")) {
        let info = it["info"].as_str().unwrap_or_default();
        let why = EXPLAINED
            .iter()
            .find(|(known, piece, _)| known == kind && info.contains(piece));
        let (level, method, path) = (&it["level"], &it["method"], &it["path"]);
        let line = format!("{kind} ({level}) {method} {path}: {info}");
        if let Some((_, _, why)) = why {
            say(format!("{line}\n    explained: {why}"));
        } else {
            say(line);
            good = false;
        }
    }
    say(format!("pages: {}", pages_of(report)));
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_explained_or_it_fails() {
        let report = |kind: &str, info: &str| -> Value {
            let text = format!(
                r#"{{"vulnerabilities":{{"{kind}":[{{"method":"GET","path":"/","info":"{info}",
                "level":1}}]}},"anomalies":{{}},"infos":{{"crawled_pages_nbr":3}}}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        assert!(told(&report(EXPLAINED[0].0, EXPLAINED[0].1)));
        assert!(!told(&report(EXPLAINED[0].0, "something else")));
        assert!(!told(&report("SQL Injection", "via q")));
    }

    #[test]
    fn a_wish_says_how_long() {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        assert_eq!(Wish::parse(&words("--seconds 60")).unwrap().seconds, 60);
        assert_eq!(Wish::parse(&[]).unwrap().seconds, 300);
        assert!(Wish::parse(&words("--seconds 1")).is_err());
        assert!(Wish::parse(&words("--minutes 1")).is_err());
    }
}
