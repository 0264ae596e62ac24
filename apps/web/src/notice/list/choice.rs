//! The links of the list: tabs, facets, filters to take away, and looking through allies too.

use super::Shelf;
use crate::notice::asked::Asked;
use door::Frame;
use sel::notice::Kind;
use store::category::Category;
use words::Language;

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

/// A heading to look under. What SELs call one is theirs; its code is everybody's.
pub(super) struct Rubric {
    pub(super) code: String,
    name: String,
}

impl Rubric {
    pub(super) fn ours(category: &Category) -> Rubric {
        Rubric {
            code: category.code.clone(),
            name: category.name.clone(),
        }
    }

    /// Ours, and then those of the catalogue that allies may use and this SEL does not.
    pub(super) fn with_theirs(ours: &[Category], language: Language) -> Vec<Rubric> {
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

/// The rubrics that hold something, in the SEL's order.
pub(super) fn facets(asked: &Asked, rubrics: &[Rubric], shelf: &Shelf) -> Vec<Choice> {
    let facet = |rubric: &Rubric| {
        let counted = shelf
            .rubrics
            .iter()
            .filter(|(code, _)| *code == rubric.code);
        let count: usize = counted.map(|(_, count)| count).sum();
        let chosen = rubric.code == asked.rubric;
        (count > 0 || chosen).then(|| Choice {
            label: rubric.name.clone(),
            count,
            href: asked.with(|asked| asked.rubric.clone_from(&rubric.code)),
            chosen,
        })
    };
    rubrics.iter().filter_map(facet).collect()
}

/// Looking through allies as well.
pub(super) fn wider(frame: &Frame, asked: &Asked, allied: bool) -> Option<Chip> {
    (allied && !asked.wide).then(|| Chip {
        label: frame.t("notices-wider"),
        href: asked.with(|asked| asked.wide = true),
    })
}

pub(super) fn chips(frame: &Frame, asked: &Asked, rubric: Option<&Rubric>) -> Vec<Chip> {
    let mut chips = Vec::new();
    if asked.wide {
        chips.push(Chip {
            label: frame.t("notices-wide"),
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
    if let Some(rubric) = rubric {
        chips.push(Chip {
            label: rubric.name.clone(),
            href: asked.with(|asked| asked.rubric.clear()),
        });
    }
    chips
}
