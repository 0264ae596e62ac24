//! The notices of two years: written by the members, renewed, closed, or left to expire.

use super::charter::{Person, Sel};
use super::done;
use crate::chance::Chance;
use crate::written::{Line, written};
use anyhow::{Result, bail};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use sel::id::{CategoryId, NoticeId};
use sel::notice::{Change, Draft, Reach};
use std::sync::Arc;

/// Texts that speak of Marseille are kept to SEL de Mars.
const SOUTHERN: [&str; 40] = [
    "marseil",
    "mistral",
    "borely",
    "endoume",
    "estaque",
    "vieux-port",
    "canebiere",
    "calanque",
    "noailles",
    "timone",
    "prado",
    "cassis",
    "aubagne",
    "anisette",
    "petanque",
    "velodrome",
    "castellane",
    "belle-de-mai",
    "luminy",
    "metro",
    "tram",
    "provenc",
    "pastis",
    "frioul",
    "minot",
    "allauch",
    "mazargues",
    "goudes",
    "malmousque",
    "corniche",
    "huveaune",
    "navette",
    "blancarde",
    "pharo",
    "santon",
    "verdon",
    "calendal",
    "lenche",
    "bouillabaisse",
    "panisse",
];

/// A notice of the town: what, by whom, when.
struct Planned {
    line: Line,
    author: usize,
    at: DateTime<Utc>,
}

/// Publishes `count` notices. Those that come round again a year later are by the same member: the
/// first has expired by then.
pub(super) async fn publish(
    sel: Arc<Sel>,
    count: usize,
    now: DateTime<Utc>,
    mut chance: Chance,
) -> Result<()> {
    let planned = plan(&sel, count, now, &mut chance)?;
    for it in planned {
        let author = &sel.people[it.author];
        let id = NoticeId(desk::fresh::id(it.at));
        let draft = draft(&sel, &it.line, now - it.at < TimeDelta::days(25));
        let category = sel.categories.get(&it.line.category).copied();
        write(&sel, id, &draft, category, author, it.at).await?;
        if let Some((change, at)) = becomes(it.at, now, &mut chance) {
            let scope = sel.scope(Some(author), at).await?;
            done(desk::notice::change(scope, id, change).await)?;
        }
    }
    Ok(())
}

/// Publishes one.
pub(super) async fn write(
    sel: &Sel,
    id: NoticeId,
    draft: &Draft,
    category: Option<CategoryId>,
    author: &Person,
    at: DateTime<Utc>,
) -> Result<()> {
    // Whoever has no e-mail has no login either: somebody with the right writes for them.
    let by = if author.has_email {
        author
    } else {
        sel.founder()
    };
    let mut scope = sel.scope(Some(by), at).await?;
    done(desk::notice::publish(&mut scope, id, draft, category, author.id).await)?;
    scope.commit().await?;
    Ok(())
}

fn plan(sel: &Sel, count: usize, now: DateTime<Utc>, chance: &mut Chance) -> Result<Vec<Planned>> {
    let mut lines = lines(sel)?;
    chance.shuffle(&mut lines);
    if lines.is_empty() {
        bail!("there are no notices to publish");
    }
    let (year, last) = (now - TimeDelta::days(365), now - TimeDelta::hours(2));
    let mut planned = Vec::with_capacity(count);
    for line in lines.iter().take(count) {
        let at = in_season(
            line,
            year.max(sel.opened_at + TimeDelta::days(2)),
            last,
            chance,
        );
        planned.push(Planned {
            line: line.clone(),
            author: author(sel, at, chance),
            at,
        });
    }
    // Last year's were by whoever wrote them this year, where they were members already.
    for place in 0..count.saturating_sub(lines.len()) {
        let (line, author) = (planned[place].line.clone(), planned[place].author);
        let from = sel.people[author]
            .joined_at
            .max(sel.opened_at + TimeDelta::days(1));
        let until = year - TimeDelta::days(1);
        let (from, author) = if from < until {
            (from, author)
        } else {
            (sel.opened_at + TimeDelta::days(1), 0)
        };
        planned.push(Planned {
            at: in_season(&line, from, until, chance),
            line,
            author,
        });
    }
    planned.sort_by_key(|it| it.at);
    Ok(planned)
}

fn lines(sel: &Sel) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for line in written()? {
        let text = sel::folded::folded(&format!("{} {}", line.title, line.text));
        let fits = sel.slug == "mars" || !SOUTHERN.iter().any(|word| text.contains(word));
        if fits && sel.categories.contains_key(&line.category) {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// A moment at which the notice makes sense, if one is soon found.
fn in_season(
    line: &Line,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    chance: &mut Chance,
) -> DateTime<Utc> {
    let months: Vec<u32> = line
        .season
        .split(';')
        .filter_map(|month| month.parse().ok())
        .collect();
    let mut at = chance.moment(from, until);
    for _ in 0..30 {
        if months.is_empty() || months.contains(&at.month()) {
            break;
        }
        at = chance.moment(from, until);
    }
    at
}

/// Somebody who was a member by then.
fn author(sel: &Sel, at: DateTime<Utc>, chance: &mut Chance) -> usize {
    let here = sel.people.partition_point(|person| person.joined_at < at);
    chance.below(here.max(1))
}

fn draft(sel: &Sel, line: &Line, is_fresh: bool) -> Draft {
    Draft {
        kind: line.kind.clone(),
        title: line.title.clone(),
        body: line.text.clone(),
        units_mode: line.units_mode.clone(),
        units: units(sel, &line.units),
        urgent: line.urgent == 1 && is_fresh,
        days: String::new(),
        reach: Some(reach(&line.title)),
    }
}

/// Most stay among members; about every third goes to allies, some go farther.
fn reach(title: &str) -> Reach {
    match title.len() {
        it if it.is_multiple_of(3) => Reach::Allies,
        it if it.is_multiple_of(5) => Reach::Public,
        it if it.is_multiple_of(7) => Reach::Platform,
        _ => Reach::Members,
    }
}

/// What is written in sixtieths of an hour, in the unit of the SEL.
fn units(sel: &Sel, sixtieths: &str) -> String {
    match sixtieths.parse() {
        Ok(sixtieths) => sel
            .rules
            .unit
            .plain(super::plan::worth(&sel.rules.unit, sixtieths)),
        Err(_) => String::new(),
    }
}

/// What became of a notice since.
fn becomes(
    at: DateTime<Utc>,
    now: DateTime<Utc>,
    chance: &mut Chance,
) -> Option<(Change, DateTime<Utc>)> {
    let age = now - at;
    let (change, after) = match chance.below(100) {
        0..10 => (Change::Close, TimeDelta::days(chance.between(2, 60))),
        10..13 => (Change::Pause, TimeDelta::days(chance.between(5, 90))),
        13..20 if age > TimeDelta::days(330) => (Change::Renew, TimeDelta::days(330)),
        _ => return None,
    };
    (after < age).then(|| (change, at + after))
}
