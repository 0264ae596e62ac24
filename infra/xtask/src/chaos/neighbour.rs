//! A member who exchanges, at home and with members of other SELs, whatever happens.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::chance::Chance;
use crate::client::{Client, hidden};
use crate::people::{self, SELS, Sel};
use crate::say::Trouble;

/// What became of all that was sent.
#[derive(Debug, Default)]
pub(super) struct Fates {
    pub(super) acknowledged: AtomicUsize,
    /// Forms whose answer nobody waited for.
    pub(super) cuts: AtomicUsize,
}

/// An exchange that was sent, once or several times under one id.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Its label names it: no two are the same.
    pub(super) label: String,
    pub(super) acknowledged: bool,
    /// The SEL of who wrote it, and that of the other side.
    pub(super) home: &'static str,
    pub(super) there: &'static str,
}

impl Written {
    pub(super) fn is_abroad(&self) -> bool {
        self.home != self.there
    }
}

/// Somebody who is logged in.
pub(super) struct Neighbour {
    client: Client,
    sel: &'static Sel,
    form: String,
    today: String,
    chance: Chance,
    log: PathBuf,
}

/// What is sent, until it is acknowledged.
struct Letter {
    id: String,
    side: &'static str,
    other: String,
    written: Written,
}

impl Neighbour {
    pub(super) fn ready(
        mut client: Client,
        sel: &'static Sel,
        mut chance: Chance,
        log: PathBuf,
    ) -> Result<Neighbour, Trouble> {
        let page = client.get("/echanges/nouveau").unwrap_or_default();
        let missing = || Trouble::new(format!("{}: no form to post with", sel.slug));
        let form = hidden(&page.body, "csrf_token")
            .ok_or_else(missing)?
            .to_owned();
        let id = hidden(&page.body, "id").ok_or_else(missing)?;
        chance.begin_at(id);
        let days = page.body.split_once("name=\"date\"");
        let day = days.and_then(|(_, rest)| rest.split_once("<option value=\""));
        let today = day.and_then(|(_, rest)| rest.split_once('"'));
        Ok(Neighbour {
            form,
            today: today.ok_or_else(missing)?.0.to_owned(),
            client,
            sel,
            chance,
            log,
        })
    }

    /// Acts until told to stop; each acknowledged label is written to the log before the next is
    /// sent. Answers all that was sent.
    pub(super) fn act_until(
        mut self,
        stop: &AtomicBool,
        fates: &Fates,
    ) -> Result<Vec<Written>, Trouble> {
        let broken = |error: std::io::Error| Trouble::new(format!("a log: {error}"));
        let mut file = File::create(&self.log).map_err(broken)?;
        let mut sent = Vec::new();
        let mut letter = self.letter();
        while !stop.load(Ordering::Relaxed) {
            if self.chance.below(25) == 0 {
                if self.send(&letter, true) {
                    fates.cuts.fetch_add(1, Ordering::Relaxed);
                }
                // It is sent again, under the same id.
                continue;
            }
            if self.send(&letter, false) {
                writeln!(file, "{}", letter.written.label).map_err(broken)?;
                file.sync_data().map_err(broken)?;
                fates.acknowledged.fetch_add(1, Ordering::Relaxed);
                letter.written.acknowledged = true;
                sent.push(letter.written);
                letter = self.letter();
            } else {
                thread::sleep(Duration::from_millis(50));
            }
        }
        sent.push(letter.written);
        Ok(sent)
    }

    /// Half of them go to another SEL; of those at home, some wait for the payer's word.
    fn letter(&mut self) -> Letter {
        let id = self.chance.id();
        let at = self.chance.below(6) as usize;
        let there = SELS.get(at).unwrap_or(self.sel);
        let number = 2 + self.chance.below(there.posting_from - 2);
        let is_home = there.slug == self.sel.slug;
        let asks = is_home && self.chance.below(4) == 0;
        Letter {
            side: if asks { "recois" } else { "donne" },
            other: if is_home {
                number.to_string()
            } else {
                format!("{}-{number:04}", there.slug.to_uppercase())
            },
            written: Written {
                label: format!("panne {id}"),
                acknowledged: false,
                home: self.sel.slug,
                there: there.slug,
            },
            id,
        }
    }

    /// Whether it was acknowledged, anything else nobody knows; or, hanging up, whether it went
    /// out.
    fn send(&mut self, letter: &Letter, hang_up: bool) -> bool {
        let fields = [
            ("csrf_token", self.form.as_str()),
            ("id", &letter.id),
            ("side", letter.side),
            ("amount", amount(self.sel.slug)),
            ("member", &letter.other),
            ("label", &letter.written.label),
            ("date", &self.today),
        ];
        if hang_up {
            return self.client.post_and_hang_up("/echanges", &fields);
        }
        let answer = self.client.post("/echanges", &fields);
        answer.is_some_and(|it| it.status == 303 && it.location == "/releve")
    }
}

/// What every exchange is about, in the unit of a SEL: three minutes, which all of them can show.
pub(super) fn amount(slug: &str) -> &'static str {
    if slug == "clos" { "0,05" } else { "3" }
}

/// Lets each of the three SELs trade with both others: asks where nobody has, and agrees.
pub(super) fn ally_all(port: u16) -> Result<(), Trouble> {
    let trouble = || Trouble::new("the SELs do not trade");
    for sel in &SELS {
        let (mut founder, form) = people::founder(sel.slug, port).ok_or_else(trouble)?;
        for other in SELS.iter().filter(|other| other.slug != sel.slug) {
            let page = founder.get("/bureau/allies/nouvelle").ok_or_else(trouble)?;
            let id = hidden(&page.body, "id").ok_or_else(trouble)?;
            let fields = [
                ("csrf_token", form.as_str()),
                ("id", id),
                ("ally", other.slug),
                ("cap_out", "1000"),
                ("cap_in", "1000"),
            ];
            // Where the two are allied already, this is refused.
            founder.post("/bureau/allies/nouvelle", &fields);
        }
    }
    for sel in &SELS {
        let (mut founder, form) = people::founder(sel.slug, port).ok_or_else(trouble)?;
        let list = founder.get("/bureau/allies").ok_or_else(trouble)?;
        for path in links(&list.body) {
            for (what, cap) in [("accord", "1000"), ("plafonds", "1000")] {
                let fields = [
                    ("csrf_token", form.as_str()),
                    ("cap_out", cap),
                    ("cap_in", cap),
                ];
                founder.post(&format!("{path}/{what}"), &fields);
            }
        }
    }
    Ok(())
}

/// The alliances that a page leads to.
fn links(page: &str) -> Vec<String> {
    let parts = page.split("href=\"/bureau/allies/").skip(1);
    parts
        .filter_map(|part| part.split_once('"'))
        .map(|(id, _)| id)
        .filter(|id| id.len() == 36)
        .map(|id| format!("/bureau/allies/{id}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_alliances_are_links() {
        let id = "0199c2f0-0000-7000-8000-00000000abcd";
        let page = format!(
            r#"<a href="/bureau/allies/{id}">x</a><a href="/bureau/allies/nouvelle">y</a>"#
        );
        assert_eq!(links(&page), [format!("/bureau/allies/{id}")]);
    }
}
