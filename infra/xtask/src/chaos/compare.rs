//! What was acknowledged beside what the SELs know, by the month that their boards take away.

use std::collections::BTreeMap;

use super::neighbour::{Written, amount};
use crate::people::{self, SELS};
use crate::say::Trouble;

/// What the two do not agree about, by label.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) lost: Vec<String>,
    pub(super) doubled: Vec<String>,
    /// There once, over another amount.
    pub(super) changed: Vec<String>,
}

impl Differences {
    pub(super) fn none(&self) -> bool {
        self.lost.is_empty() && self.doubled.is_empty() && self.changed.is_empty()
    }
}

/// The amounts under each label of this run, in the file of a SEL.
type Amounts = BTreeMap<String, Vec<String>>;

pub(super) fn compare(written: &[Written], port: u16) -> Result<Differences, Trouble> {
    let mut known = BTreeMap::new();
    for sel in &SELS {
        known.insert(sel.slug, amounts(sel.slug, port)?);
    }
    Ok(differences(written, &known))
}

fn differences(written: &[Written], known: &BTreeMap<&str, Amounts>) -> Differences {
    let mut found = Differences::default();
    for it in written {
        let mut sides = vec![it.home];
        if it.is_abroad() {
            sides.push(it.there);
        }
        let stands = |slug: &str| {
            let amounts = known.get(slug).and_then(|known| known.get(&it.label));
            amounts.map(Vec::as_slice).unwrap_or_default()
        };
        // What nobody acknowledged stands on both sides or on none.
        let is_there = it.acknowledged || sides.iter().any(|slug| !stands(slug).is_empty());
        for slug in sides {
            let said = format!("{slug}: {}", it.label);
            match stands(slug) {
                [] if is_there => found.lost.push(said),
                [] => {}
                [one] if one == amount(slug) => {}
                [_] => found.changed.push(said),
                _ => found.doubled.push(said),
            }
        }
    }
    found
}

fn amounts(slug: &str, port: u16) -> Result<Amounts, Trouble> {
    let trouble = |what: &str| Trouble::new(format!("{slug}: {what}"));
    let (mut founder, _) =
        people::founder(slug, port).ok_or_else(|| trouble("the founder cannot log in again"))?;
    let path = "/bureau/echanges.csv";
    let file = founder
        .get(path)
        .filter(|answer| answer.status == 200)
        .ok_or_else(|| trouble(path))?;
    let mut amounts = Amounts::new();
    for line in file.body.lines() {
        let mut values = line.split(';').skip(3);
        let (amount, label) = (values.next(), values.next());
        if let (Some(amount), Some(label)) = (amount, label)
            && label.starts_with("panne ")
        {
            let known = amounts.entry(label.to_owned()).or_default();
            known.push(amount.to_owned());
        }
    }
    Ok(amounts)
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
        let amounts = |labels: &[(&str, &[&str])]| {
            let owned = |amounts: &[&str]| amounts.iter().map(|it| (*it).to_owned()).collect();
            let pairs = labels
                .iter()
                .map(|(label, amounts)| ((*label).to_owned(), owned(amounts)));
            pairs.collect::<Amounts>()
        };
        let known = BTreeMap::from([
            (
                "mars",
                amounts(&[
                    ("a", &["3"]),
                    ("b", &["3", "3"]),
                    ("c", &["3"]),
                    ("f", &["3"]),
                    ("g", &["3"]),
                ]),
            ),
            ("baie", amounts(&[])),
            ("clos", amounts(&[("g", &["3"])])),
        ]);
        let all = [
            written("a", true, "mars"),
            written("b", false, "mars"),
            written("c", true, "baie"),
            written("d", false, "mars"),
            written("e", true, "mars"),
            written("f", false, "baie"),
            written("g", true, "clos"),
        ];
        let found = differences(&all, &known);
        assert_eq!(found.lost, ["baie: c", "mars: e", "baie: f"]);
        assert_eq!(found.doubled, ["mars: b"]);
        assert_eq!(found.changed, ["clos: g"]);
    }
}
