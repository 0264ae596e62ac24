//! The exchanges of two years, thought out before any is recorded.

use super::charter::Sel;
use crate::chance::Chance;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sel::amount::Unit;
use sel::exchange::{Ending, Side};

const LABELS: &str = include_str!("../../assets/exchange-labels.fr.txt");

/// Labels of what a SEL does with its own books, and of people and places that are not of every
/// town.
const NOT_BETWEEN_TWO: [&str; 9] = [
    "cotisation",
    "départ de",
    "régularisation",
    "correction",
    "solidarité",
    "compta",
    "Aubagne",
    "Sainte-Baume",
    "Claire",
];
/// Things that are worth little, and services that are worth a lot.
const SMALL: [&str; 19] = [
    "confiture",
    "miel",
    "plants",
    "oeufs",
    "œufs",
    "quiche",
    "café",
    "citrons",
    "courgettes",
    "savon",
    "boutures",
    "graines",
    "iris",
    "BD",
    "romans",
    "vernis",
    "dictée",
    "ampoule",
    "lettres",
];
const LARGE: [&str; 10] = [
    "déménagement",
    "peinture",
    "barnum",
    "week-end",
    "vacances",
    "débroussaillage",
    "atelier",
    "mariage",
    "journée",
    "papier peint",
];

/// Where Claire stands when the demonstration begins, as on the pages that were drawn first.
const CLAIRE: (usize, i64) = (11, -240);

/// An exchange of the town. Members are named by their place in `Sel::people`.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) payer: usize,
    pub(super) payee: usize,
    pub(super) side: Side,
    pub(super) amount: i64,
    pub(super) label: String,
    pub(super) at: DateTime<Utc>,
    pub(super) done_on: NaiveDate,
    /// How it was answered, and when; it may not have been yet.
    pub(super) answer: Option<(Ending, DateTime<Utc>)>,
}

impl Planned {
    /// In whose name it is written.
    pub(super) fn writer(&self) -> usize {
        if self.side == Side::Payer {
            self.payer
        } else {
            self.payee
        }
    }

    pub(super) fn other(&self) -> usize {
        if self.side == Side::Payer {
            self.payee
        } else {
            self.payer
        }
    }

    /// Whether units have moved by now.
    fn is_posted(&self, now: DateTime<Utc>) -> bool {
        match self.answer {
            None => self.side == Side::Payer,
            Some((ending, at)) => ending == Ending::Agreed && at < now,
        }
    }
}

/// So many sixtieths of an hour, in minor units; where an hour is one, in quarters of it.
pub(super) fn worth(unit: &Unit, sixtieths: i64) -> i64 {
    let amount = unit.hour() * sixtieths / 60;
    let quarter = (unit.hour() / 4).max(1);
    match unit.per_hour {
        60 => amount,
        _ => ((amount + quarter / 2) / quarter).max(1) * quarter,
    }
}

/// Thinks out `count` exchanges and more, in the order in which they were written.
pub(super) fn plan(
    sel: &Sel,
    count: usize,
    now: DateTime<Utc>,
    chance: &mut Chance,
) -> Vec<Planned> {
    let labels: Vec<&str> = LABELS
        .lines()
        .filter(|line| !line.is_empty() && !NOT_BETWEEN_TWO.iter().any(|not| line.contains(not)))
        .collect();
    let start = sel.opened_at + TimeDelta::days(9);
    let end = now - TimeDelta::hours(11);
    let mut times: Vec<DateTime<Utc>> = (0..count)
        // The later of two moments: a SEL does more as it grows.
        .map(|_| chance.moment(start, end).max(chance.moment(start, end)))
        .collect();
    times.sort_unstable();
    let mut balances = vec![0; sel.people.len()];
    let mut planned: Vec<Planned> = times
        .into_iter()
        .filter_map(|at| {
            let it = one(sel, at, &labels, &balances, chance)?;
            if it.is_posted(now) {
                balances[it.payer] -= it.amount;
                balances[it.payee] += it.amount;
            }
            Some(it)
        })
        .collect();
    if sel.slug == "mars" {
        level_claire(sel, &mut planned, balances[CLAIRE.0], now, chance);
    }
    planned.sort_by_key(|it| it.at);
    planned
}

/// One exchange at this moment, if two members were there.
fn one(
    sel: &Sel,
    at: DateTime<Utc>,
    labels: &[&str],
    balances: &[i64],
    chance: &mut Chance,
) -> Option<Planned> {
    let here = sel
        .people
        .partition_point(|person| person.joined_at + TimeDelta::hours(12) < at);
    if here < 2 {
        return None;
    }
    let first = somebody(sel, here, chance);
    let mut second = somebody(sel, here, chance);
    if first == second {
        second = (first + 1 + chance.below(here - 1)) % here;
    }
    // Who has much gives more often: units go round.
    let (rich, poor) = if balances[first] >= balances[second] {
        (first, second)
    } else {
        (second, first)
    };
    let (payer, payee) = if chance.happens(70) {
        (rich, poor)
    } else {
        (poor, rich)
    };
    let label = *chance.pick(labels);
    let amount = worth(&sel.rules.unit, sixtieths(label, chance));
    let side = if chance.happens(64) {
        Side::Payer
    } else {
        Side::Payee
    };
    let joined = sel.people[first]
        .joined_at
        .max(sel.people[second].joined_at);
    let done_at = (at - TimeDelta::days(chance.between(0, 6))).max(joined);
    Some(Planned {
        payer,
        payee,
        side,
        amount,
        label: label.to_owned(),
        at,
        done_on: desk::member::day_in(&sel.zone, done_at),
        answer: (side == Side::Payee).then(|| answer(sel, at, chance)),
    })
}

fn somebody(sel: &Sel, here: usize, chance: &mut Chance) -> usize {
    // The zealous of three.
    (0..3)
        .map(|_| chance.below(here))
        .max_by_key(|place| sel.people[*place].zeal)
        .unwrap_or(0)
}

/// What a label says of its length, else what such things are worth.
fn sixtieths(label: &str, chance: &mut Chance) -> i64 {
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if says(&["1h30"]) {
        90
    } else if says(&["2 h", "2h"]) {
        120
    } else if says(&["1 h"]) {
        60
    } else if says(&["4 h"]) {
        240
    } else if says(&["45 min"]) {
        45
    } else if says(&SMALL) {
        chance.between(2, 6) * 5
    } else if says(&LARGE) {
        chance.between(4, 8) * 30
    } else {
        *chance.pick(&[20, 30, 30, 40, 45, 60, 60, 60, 90, 90, 120])
    }
}

fn answer(sel: &Sel, at: DateTime<Utc>, chance: &mut Chance) -> (Ending, DateTime<Utc>) {
    let soon = at + TimeDelta::minutes(chance.between(20, 5 * 24 * 60));
    match chance.below(100) {
        0..6 => (Ending::Refused, soon),
        6..10 => (Ending::Cancelled, soon),
        10..12 => {
            let days = i64::from(sel.rules.answer_days);
            (
                Ending::Expired,
                at + TimeDelta::days(days) + TimeDelta::minutes(10),
            )
        }
        _ => (Ending::Agreed, soon),
    }
}

/// More exchanges of Claire's, spread over her last months, until she stands where she should.
fn level_claire(
    sel: &Sel,
    planned: &mut Vec<Planned>,
    balance: i64,
    now: DateTime<Utc>,
    chance: &mut Chance,
) {
    let (claire, wanted) = CLAIRE;
    let mut missing = wanted - balance;
    let from = sel.people[claire].joined_at.max(now - TimeDelta::days(200));
    while missing != 0 {
        let amount = missing.abs().min(chance.between(4, 8) * 15);
        let other = 17 + chance.below(20);
        let (payer, payee) = if missing < 0 {
            (claire, other)
        } else {
            (other, claire)
        };
        missing += if missing < 0 { amount } else { -amount };
        let at = chance
            .moment(from, now - TimeDelta::days(8))
            .max(sel.people[other].joined_at);
        planned.push(Planned {
            payer,
            payee,
            side: Side::Payer,
            amount,
            label: (*chance.pick(&["coup de main", "couture", "jardin", "pain au levain"])).into(),
            at,
            done_on: desk::member::day_in(&sel.zone, at),
            answer: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(per_hour: u32, decimals: u8) -> Unit {
        Unit {
            one: "u".into(),
            many: "us".into(),
            per_hour,
            decimals,
        }
    }

    #[test]
    fn an_hour_is_sixty_grains_or_one_hour() {
        assert_eq!(worth(&unit(60, 0), 45), 45);
        assert_eq!(worth(&unit(1, 2), 60), 100);
        assert_eq!(worth(&unit(1, 2), 45), 75);
        assert_eq!(worth(&unit(1, 2), 20), 25);
        assert_eq!(worth(&unit(1, 2), 5), 25);
    }

    #[test]
    fn a_label_that_says_its_length_is_believed() {
        let mut chance = Chance::new(1);
        assert_eq!(sixtieths("1h30 jardinage", &mut chance), 90);
        assert_eq!(sixtieths("ménage 2h", &mut chance), 120);
        assert!(sixtieths("2 pots de miel", &mut chance) <= 30);
    }
}
