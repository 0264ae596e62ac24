//! The links of the list that choose: tabs, and groups of filters.

use super::shelf::Shelf;
use super::town::Town;
use crate::notice::asked::{AGES, Asked, Where};
use ::search::Order;
use door::Frame;
use sel::notice::Kind;
use store::category::Category;
use words::Language;

/// A tab or a facet: a link, and how many stand behind it where that is known.
pub(crate) struct Choice {
    pub(crate) label: String,
    pub(crate) count: Option<usize>,
    pub(crate) href: String,
    pub(crate) chosen: bool,
}

/// Choices under a heading.
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) choices: Vec<Choice>,
}

pub(crate) fn tabs(frame: &Frame, asked: &Asked, shelf: &Shelf) -> Vec<Choice> {
    let of = |kind: Option<Kind>| -> usize {
        let counted = shelf
            .kinds
            .iter()
            .filter(|(it, _)| kind.is_none_or(|kind| kind == *it));
        counted.map(|(_, count)| count).sum()
    };
    [
        (None, "notices-all"),
        (Some(Kind::Offer), "notices-offers"),
        (Some(Kind::Want), "notices-wants"),
    ]
    .into_iter()
    .map(|(kind, key)| Choice {
        label: frame.t(key),
        count: Some(of(kind)),
        href: asked.with(|asked| asked.kind = kind),
        chosen: asked.kind == kind,
    })
    .collect()
}

/// A heading to look under. What SELs call one is theirs; its code is everybody's.
pub(crate) struct Rubric {
    pub(crate) code: String,
    pub(crate) name: String,
}

impl Rubric {
    pub(crate) fn ours(category: &Category) -> Rubric {
        Rubric {
            code: category.code.clone(),
            name: category.name.clone(),
        }
    }

    /// What the rubric of this code is called among these.
    pub(crate) fn name_of(rubrics: &[Rubric], code: &str) -> Option<String> {
        let rubric = rubrics.iter().find(|it| it.code == code);
        rubric.map(|it| it.name.clone())
    }

    /// Ours, and then those of the catalogue that others may use and this SEL does not.
    pub(crate) fn with_theirs(ours: &[Category], language: Language) -> Vec<Rubric> {
        let is_theirs = |it: &&sel::rubric::Rubric| ours.iter().all(|our| our.code != it.code);
        let theirs = sel::rubric::RUBRICS.iter().filter(is_theirs);
        let theirs = theirs.map(|it| Rubric {
            code: it.code.to_owned(),
            name: match language {
                Language::French => it.name.to_owned(),
                Language::English => it.name_en.to_owned(),
            },
        });
        ours.iter().map(Rubric::ours).chain(theirs).collect()
    }
}

/// Where one may look.
pub(crate) fn places(frame: &Frame, asked: &Asked, allied: bool) -> Vec<Choice> {
    let places = [
        (Where::Home, "notices-where-home"),
        (Where::Allies, "notices-where-allies"),
        (Where::Everywhere, "notices-where-all"),
    ];
    let shown = places
        .into_iter()
        .filter(|(place, _)| allied || *place != Where::Allies);
    shown
        .map(|(place, key)| Choice {
            label: frame.t(key),
            count: None,
            href: asked.with(|asked| asked.place = place),
            chosen: asked.place == place,
        })
        .collect()
}

/// What narrows the list: each group by one choice.
pub(crate) fn groups(
    frame: &Frame,
    asked: &Asked,
    rubrics: &[Rubric],
    shelf: &Shelf,
    town: Option<&Town>,
) -> Vec<Group> {
    let groups = [
        ("notices-rubric", facets(asked, rubrics, shelf)),
        ("notices-also", traits(frame, asked, shelf)),
        ("notices-since", ages(frame, asked)),
        ("notices-order", orders(frame, asked, town)),
    ];
    let filled = groups.into_iter().filter(|(_, it)| !it.is_empty());
    filled
        .map(|(key, choices)| Group {
            heading: frame.t(key),
            choices,
        })
        .collect()
}

/// The rubrics that hold something, in the SEL's order.
fn facets(asked: &Asked, rubrics: &[Rubric], shelf: &Shelf) -> Vec<Choice> {
    let facet = |rubric: &Rubric| {
        let counted = shelf
            .rubrics
            .iter()
            .filter(|(code, _)| *code == rubric.code);
        let count: usize = counted.map(|(_, count)| count).sum();
        let chosen = rubric.code == asked.rubric;
        (count > 0 || chosen).then(|| Choice {
            label: rubric.name.clone(),
            count: Some(count),
            href: asked.with(|asked| {
                if chosen {
                    asked.rubric.clear();
                } else {
                    asked.rubric.clone_from(&rubric.code);
                }
            }),
            chosen,
        })
    };
    rubrics.iter().filter_map(facet).collect()
}

/// Urgent ones and gifts, where there are any.
fn traits(frame: &Frame, asked: &Asked, shelf: &Shelf) -> Vec<Choice> {
    let urgent = Choice {
        label: frame.t("notices-urgent"),
        count: Some(shelf.urgent),
        href: asked.with(|asked| asked.urgent = !asked.urgent),
        chosen: asked.urgent,
    };
    let gift = Choice {
        label: frame.t("notices-gift"),
        count: Some(shelf.gifts),
        href: asked.with(|asked| asked.gift = !asked.gift),
        chosen: asked.gift,
    };
    let holds = |it: &Choice| it.chosen || it.count != Some(0);
    [urgent, gift].into_iter().filter(holds).collect()
}

fn ages(frame: &Frame, asked: &Asked) -> Vec<Choice> {
    let age = |days: Option<i64>| Choice {
        label: match days {
            None => frame.t("notices-since-ever"),
            Some(days) => frame.t1("notices-since-days", "days", days),
        },
        count: None,
        href: asked.with(|asked| asked.days = days),
        chosen: asked.days == days,
    };
    let ages = AGES.map(Some).into_iter().chain([None]);
    ages.map(age).collect()
}

/// In which order; where only the date can decide there is nothing to choose.
fn orders(frame: &Frame, asked: &Asked, town: Option<&Town>) -> Vec<Choice> {
    let far = town.is_some_and(|town| town.at.is_some());
    let orders = [
        (Order::Best, "notices-order-best", !asked.words.is_empty()),
        (Order::Newest, "notices-order-newest", true),
        (Order::Nearest, "notices-order-nearest", far),
    ];
    let shown: Vec<_> = orders.into_iter().filter(|(_, _, is)| *is).collect();
    if shown.len() < 2 {
        return Vec::new();
    }
    let is_chosen = |order| match asked.order {
        Order::Best if asked.words.is_empty() => order == Order::Newest,
        chosen => order == chosen,
    };
    shown
        .into_iter()
        .map(|(order, key, _)| Choice {
            label: match town.filter(|town| order == Order::Nearest && town.chosen) {
                Some(town) => frame.t1("notices-order-nearest-to", "town", &town.from),
                None => frame.t(key),
            },
            count: None,
            href: asked.with(|asked| asked.order = order),
            chosen: is_chosen(order),
        })
        .collect()
}
