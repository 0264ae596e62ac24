//! A hundred SELs more, and as many transfers more as are wished, written by the administrator.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::client::Client;
use crate::errand;
use crate::people::Sel;
use crate::say::Trouble;
use crate::server::Postgres;

use super::poster::Poster;

/// SELs of the measure, named `banc001` and on.
pub(super) const SELS: usize = 100;
const MANY: &str = include_str!("many.sql");
const MASS: &str = include_str!("mass.sql");

/// Writes the hundred SELs, and then so many transfers in SELs of their own.
pub(super) fn grow(
    programs: &Path,
    at: &Postgres,
    state: &Path,
    transfers: usize,
) -> Result<(), Trouble> {
    run(programs, at, state, MANY)?;
    if transfers > 0 {
        let script = format!("set saline.transfers = {transfers};\n{MASS}");
        run(programs, at, state, &script)?;
    }
    Ok(())
}

fn run(programs: &Path, at: &Postgres, state: &Path, script: &str) -> Result<(), Trouble> {
    let file = state.join("grow.sql");
    fs::write(&file, script)
        .map_err(|error| Trouble::new(format!("{}: {error}", file.display())))?;
    let mut psql = Command::new(programs.join("psql"));
    psql.args(["-q", "-h", &at.socket, "-U", "saline_admin", "-d", "saline"]);
    psql.args(["-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f"]);
    if errand::run(psql.arg(&file))? {
        Ok(())
    } else {
        Err(Trouble::new("the SELs of the measure were not written"))
    }
}

/// Whoever is logged in as this member of the SEL of this place.
pub(super) fn visitor(place: usize, number: usize, port: u16) -> Client {
    let mut client = Client::new(&format!("banc{place:03}"), port);
    client.hold("saline_session", &format!("secret-{place}-{number}"));
    client
}

/// One who posts in the SEL of this place: at home, or to the members of its ally.
pub(super) fn poster(place: usize, abroad: bool, port: u16) -> Result<Poster, Trouble> {
    let sel = Sel {
        slug: "banc",
        posting_from: 21,
        asked: 0,
        amount: "1",
    };
    let poster = Poster::ready(visitor(place, 1, port), &sel)?;
    let ally = if place.is_multiple_of(2) {
        place - 1
    } else {
        place + 1
    };
    Ok(if abroad {
        poster.paying_members_of(&format!("B{ally:03}"))
    } else {
        poster
    })
}
