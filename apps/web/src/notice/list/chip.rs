//! The links of the list that undo: filters to take away, and ways to find more.

use super::choice::Rubric;
use super::town::Town;
use crate::notice::asked::{Asked, DISTANCES, Where};
use door::Frame;
use sel::notice::Kind;

/// A filter that is on, and the address without it; or a way to find more.
pub(crate) struct Chip {
    pub(crate) label: String,
    pub(crate) href: String,
}

pub(crate) fn chips(
    frame: &Frame,
    asked: &Asked,
    rubric: Option<&Rubric>,
    town: Option<&Town>,
) -> Vec<Chip> {
    let chip = |label: String, change: &dyn Fn(&mut Asked)| Chip {
        label,
        href: asked.with(|asked| change(asked)),
    };
    let mut chips = Vec::new();
    if !asked.words.is_empty() {
        let label = frame.t1("notices-chip-words", "words", &asked.words);
        chips.push(chip(label, &|asked| asked.words.clear()));
    }
    if let Some(kind) = asked.kind {
        let key = match kind {
            Kind::Offer => "notices-offers",
            Kind::Want => "notices-wants",
        };
        chips.push(chip(frame.t(key), &|asked| asked.kind = None));
    }
    if let Some(rubric) = rubric {
        chips.push(chip(rubric.name.clone(), &|asked| asked.rubric.clear()));
    }
    if let Some(town) = town
        && let Some(label) = from(frame, town)
    {
        let change = |asked: &mut Asked| {
            asked.km = None;
            asked.town.clear();
            asked.town_id = None;
        };
        chips.push(chip(label, &change));
    }
    if asked.urgent {
        let label = frame.t("notices-urgent");
        chips.push(chip(label, &|asked| asked.urgent = false));
    }
    if asked.gift {
        let label = frame.t("notices-gift");
        chips.push(chip(label, &|asked| asked.gift = false));
    }
    if let Some(days) = asked.days {
        let label = frame.t1("notices-since-days", "days", days);
        chips.push(chip(label, &|asked| asked.days = None));
    }
    chips
}

/// "à moins de 25 km de Toulouse"; nothing where one looks from home and however far.
fn from(frame: &Frame, town: &Town) -> Option<String> {
    let name = town.from.as_str();
    match town.km {
        Some(km) => Some(frame.t2("notices-within-of", "km", i64::from(km), "town", name)),
        None => town.chosen.then(|| frame.t1("notices-from", "town", name)),
    }
}

/// How to find more than nothing.
pub(crate) fn ways_on(frame: &Frame, asked: &Asked, allied: bool) -> Vec<Chip> {
    let mut ways = Vec::new();
    let farther = asked
        .km
        .and_then(|km| DISTANCES.into_iter().find(|it| *it > km));
    if let Some(farther) = farther {
        ways.push(Chip {
            label: frame.t1("notices-on-farther", "km", i64::from(farther)),
            href: asked.with(|asked| asked.km = Some(farther)),
        });
    }
    if asked.is_filtered() {
        ways.push(Chip {
            label: frame.t("notices-on-unfiltered"),
            href: asked.unfiltered().href(),
        });
    }
    if allied && asked.place == Where::Home {
        ways.push(Chip {
            label: frame.t("notices-on-allies"),
            href: asked.with(|asked| asked.place = Where::Allies),
        });
    }
    if matches!(asked.place, Where::Home | Where::Allies) {
        ways.push(Chip {
            label: frame.t("notices-on-all"),
            href: asked.with(|asked| asked.place = Where::Everywhere),
        });
    }
    ways
}
