//! What was acknowledged beside what the SELs know, by the files that their boards take away.

use std::collections::BTreeMap;

use super::neighbour::Written;
use crate::people::{self, SELS};
use crate::say::Trouble;

/// What the two do not agree about, by label.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) lost: Vec<String>,
    pub(super) doubled: Vec<String>,
}

impl Differences {
    pub(super) fn none(&self) -> bool {
        self.lost.is_empty() && self.doubled.is_empty()
    }
}

/// How often each label of this run stands in the files of a SEL.
type Counts = BTreeMap<String, usize>;

pub(super) fn compare(written: &[Written], port: u16) -> Result<Differences, Trouble> {
    let mut known = BTreeMap::new();
    for sel in &SELS {
        known.insert(sel.slug, counts(sel.slug, port)?);
    }
    Ok(differences(written, &known))
}

fn differences(written: &[Written], known: &BTreeMap<&str, Counts>) -> Differences {
    let mut found = Differences::default();
    for it in written {
        let mut sides = vec![it.home];
        if it.is_abroad() {
            sides.push(it.there);
        }
        let count = |slug: &str| {
            let count = known.get(slug).and_then(|counts| counts.get(&it.label));
            count.copied().unwrap_or(0)
        };
        // What nobody acknowledged stands on both sides or on none.
        let is_there = it.acknowledged || sides.iter().any(|slug| count(slug) > 0);
        for slug in sides {
            match count(slug) {
                0 if is_there => found.lost.push(format!("{slug}: {}", it.label)),
                0 | 1 => {}
                _ => found.doubled.push(format!("{slug}: {}", it.label)),
            }
        }
    }
    found
}

fn counts(slug: &str, port: u16) -> Result<Counts, Trouble> {
    let trouble = |what: &str| Trouble::new(format!("{slug}: {what}"));
    let (mut founder, _) =
        people::founder(slug, port).ok_or_else(|| trouble("the founder cannot log in again"))?;
    let mut paths = vec!["/bureau/echanges.csv".to_owned()];
    let list = founder
        .get("/bureau/allies")
        .ok_or_else(|| trouble("no list of allies"))?;
    let parts = list.body.split("href=\"/bureau/allies/").skip(1);
    let ids = parts
        .filter_map(|part| part.split_once('"'))
        .map(|(id, _)| id);
    paths.extend(
        ids.filter(|id| id.len() == 36)
            .map(|id| format!("/bureau/allies/{id}/bordereau.csv")),
    );
    let mut counts = Counts::new();
    for path in paths {
        let file = founder
            .get(&path)
            .filter(|answer| answer.status == 200)
            .ok_or_else(|| trouble(&path))?;
        for line in file.body.lines() {
            let label = line.split(';').find(|value| value.starts_with("panne "));
            if let Some(label) = label {
                *counts.entry(label.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(label: &str, acknowledged: bool, there: &'static str) -> Written {
        Written {
            label: label.to_owned(),
            acknowledged,
            home: "mars",
            there,
        }
    }

    #[test]
    fn what_was_acknowledged_stands_once_on_each_side() {
        let counts = |labels: &[(&str, usize)]| {
            let pairs = labels
                .iter()
                .map(|(label, count)| ((*label).to_owned(), *count));
            pairs.collect::<Counts>()
        };
        let known = BTreeMap::from([
            ("mars", counts(&[("a", 1), ("b", 2), ("c", 1), ("f", 1)])),
            ("baie", counts(&[])),
        ]);
        let all = [
            written("a", true, "mars"),
            written("b", false, "mars"),
            written("c", true, "baie"),
            written("d", false, "mars"),
            written("e", true, "mars"),
            written("f", false, "baie"),
        ];
        let found = differences(&all, &known);
        assert_eq!(found.lost, ["baie: c", "mars: e", "baie: f"]);
        assert_eq!(found.doubled, ["mars: b"]);
    }
}
