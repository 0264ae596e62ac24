//! The links of the list: tabs, facets, filters to take away, and looking through allies too.

use super::Shelf;
use crate::notice::asked::Asked;
use door::Frame;
use sel::notice::Kind;
use store::category::Category;
use store::notice::Ally;

/// A tab or a facet: a link with how many stand behind it.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) href: String,
    pub(super) chosen: bool,
}

/// A filter that is on, and the address without it.
pub(super) struct Chip {
    pub(super) label: String,
    pub(super) href: String,
}

pub(super) fn tabs(frame: &Frame, asked: &Asked, shelf: &Shelf) -> Vec<Choice> {
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
        count: of(kind),
        href: asked.with(|asked| asked.kind = kind),
        chosen: asked.kind == kind,
    })
    .collect()
}

/// The rubrics that hold something, in the SEL's order.
pub(super) fn facets(asked: &Asked, categories: &[Category], shelf: &Shelf) -> Vec<Choice> {
    let facet = |category: &Category| {
        let counted = shelf
            .categories
            .iter()
            .filter(|(id, _)| *id == category.id());
        let count: usize = counted.map(|(_, count)| count).sum();
        let chosen = category.code == asked.rubric;
        (count > 0 || chosen).then(|| Choice {
            label: category.name.clone(),
            count,
            href: asked.with(|asked| asked.rubric.clone_from(&category.code)),
            chosen,
        })
    };
    categories.iter().filter_map(facet).collect()
}

/// "Le Clos des Échanges", or how many they are.
fn named(frame: &Frame, key: &str, allies: &[Ally]) -> String {
    match allies {
        [ally] => frame.t1(&format!("{key}-one"), "name", &ally.name),
        _ => frame.t1(&format!("{key}-many"), "count", allies.len()),
    }
}

pub(super) fn wider(frame: &Frame, asked: &Asked, allies: &[Ally]) -> Option<Chip> {
    (!asked.wide && !allies.is_empty()).then(|| Chip {
        label: named(frame, "notices-wider", allies),
        href: asked.with(|asked| asked.wide = true),
    })
}

pub(super) fn chips(
    frame: &Frame,
    asked: &Asked,
    category: Option<&Category>,
    allies: &[Ally],
) -> Vec<Chip> {
    let mut chips = Vec::new();
    if asked.wide {
        chips.push(Chip {
            label: named(frame, "notices-wide", allies),
            href: asked.with(|asked| asked.wide = false),
        });
    }
    if !asked.words.is_empty() {
        chips.push(Chip {
            label: frame.t1("notices-chip-words", "words", &asked.words),
            href: asked.with(|asked| asked.words.clear()),
        });
    }
    if let Some(kind) = asked.kind {
        let key = match kind {
            Kind::Offer => "notices-offers",
            Kind::Want => "notices-wants",
        };
        chips.push(Chip {
            label: frame.t(key),
            href: asked.with(|asked| asked.kind = None),
        });
    }
    if let Some(category) = category {
        chips.push(Chip {
            label: category.name.clone(),
            href: asked.with(|asked| asked.rubric.clear()),
        });
    }
    chips
}
