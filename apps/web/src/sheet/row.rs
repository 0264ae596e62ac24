//! The rows of a sheet: how they are sent, and how they are shown.

use desk::sheet::Checked;
use door::{Fields, Present};
use sel::id::ExchangeId;
use sel::sheet::{BOX_LETTERS, Cell, LINES, Typed, Verdict, Wrong};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that a page shows at least, and empty ones below what is typed.
const ROWS: usize = 10;
const EMPTY: usize = 4;

/// A box as the page shows it.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) value: String,
    pub(super) error: Option<String>,
    /// Who is meant by what was typed.
    pub(super) echo: String,
}

/// A row as the page shows it.
#[derive(Debug)]
pub(super) struct Row {
    /// From 1.
    pub(super) number: usize,
    pub(super) line_id: String,
    pub(super) payer: Shown,
    pub(super) payee: Shown,
    pub(super) amount: Shown,
    pub(super) label: Shown,
    pub(super) slip: Shown,
    pub(super) day: Shown,
    /// Whether the page asks if it is another exchange, and the answer.
    pub(super) asks: bool,
    pub(super) is_another: bool,
    pub(super) warnings: Vec<String>,
}

/// The rows that a form sent, in their order. Rows that are empty and new are left out.
pub(super) fn sent(fields: &Fields) -> Vec<(ExchangeId, Typed)> {
    let mut rows: BTreeMap<usize, (Option<ExchangeId>, Typed)> = BTreeMap::new();
    for (name, value) in fields.pairs() {
        let Some((name, place)) = name.rsplit_once('-') else {
            continue;
        };
        let Some(place) = place.parse().ok().filter(|place| *place <= LINES) else {
            continue;
        };
        let row = rows.entry(place).or_default();
        let typed = || value.trim().chars().take(BOX_LETTERS).collect::<String>();
        match name {
            "line" => row.0 = value.parse().ok().map(ExchangeId),
            "payer" => row.1.payer = typed(),
            "payee" => row.1.payee = typed(),
            "amount" => row.1.amount = typed(),
            "label" => row.1.label = typed(),
            "slip" => row.1.slip = typed(),
            "day" => row.1.day = typed(),
            "another" => row.1.is_another = value == "oui",
            _ => {}
        }
    }
    let with_id = |(id, typed): (Option<ExchangeId>, Typed)| Some((id?, typed));
    let mut known = BTreeSet::new();
    rows.into_values()
        .filter_map(with_id)
        .filter(|(id, _)| known.insert(*id))
        .collect()
}

/// The rows of the page: what is typed, then empty ones with fresh ids; `wanted` in all, at least.
pub(super) fn rows(present: &Present, checked: &Checked, wanted: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = checked
        .lines
        .iter()
        .zip(&checked.verdicts)
        .enumerate()
        .map(|(place, ((id, typed), verdict))| {
            let mut row = plain(place + 1, *id, typed);
            name(present, checked, &mut row);
            judge(present, &mut row, verdict);
            row
        })
        .collect();
    let count = (rows.len() + EMPTY).max(ROWS).max(wanted).min(LINES);
    for number in rows.len() + 1..=count {
        let id = ExchangeId(desk::fresh::id(present.guest.visit.now));
        rows.push(plain(number, id, &Typed::default()));
    }
    rows
}

fn plain(number: usize, id: ExchangeId, typed: &Typed) -> Row {
    let shown = |value: &String| Shown {
        value: value.clone(),
        ..Shown::default()
    };
    Row {
        number,
        line_id: id.to_string(),
        payer: shown(&typed.payer),
        payee: shown(&typed.payee),
        amount: shown(&typed.amount),
        label: shown(&typed.label),
        slip: shown(&typed.slip),
        day: shown(&typed.day),
        asks: typed.is_another,
        is_another: typed.is_another,
        warnings: Vec::new(),
    }
}

/// Says who is meant by what was typed, as the script does while one types.
fn name(present: &Present, checked: &Checked, row: &mut Row) {
    for shown in [&mut row.payer, &mut row.payee] {
        if let Ok(entry) = checked.roll.find(&shown.value)
            && !entry.has_left
        {
            let typed_number = shown.value.trim() == entry.number.to_string();
            let name = entry.full_name();
            shown.echo = if typed_number {
                name
            } else {
                let words = present.words();
                let names = [("name", name.into()), ("number", entry.number.into())];
                words.say_with("sheet-echo", &names)
            };
        }
    }
}

fn judge(present: &Present, row: &mut Row, verdict: &Verdict) {
    let (words, unit) = (present.words(), &present.rules.unit);
    match verdict {
        Verdict::Empty => {}
        Verdict::Ready(ready) => {
            let policy = sel::limit::Policy::Warn;
            row.warnings = ready
                .warnings
                .iter()
                .map(|warning| {
                    let (_, facts) = warning.sentence(policy);
                    words.facts(paper_key(warning), facts, unit)
                })
                .collect();
        }
        Verdict::Wrong(wrong) => {
            for it in wrong {
                let said = words.refusal(it, unit);
                row.asks |= asks(it);
                let shown = match it.place {
                    Cell::Payer => &mut row.payer,
                    Cell::Payee => &mut row.payee,
                    Cell::Amount => &mut row.amount,
                    Cell::Label => &mut row.label,
                    Cell::Slip => &mut row.slip,
                    Cell::Day => &mut row.day,
                };
                shown.error.get_or_insert(said);
            }
        }
    }
}

fn paper_key(warning: &sel::exchange::Warning) -> &'static str {
    match warning {
        sel::exchange::Warning::PayerBelowFloor { .. } => "sheet-below-floor",
        sel::exchange::Warning::PayeeAboveCeiling { .. } => "sheet-above-ceiling",
    }
}

/// Whether this is a question, not a mistake.
fn asks(wrong: &Wrong) -> bool {
    use sel::exchange::Refusal;
    matches!(wrong.why, Refusal::SameLine { .. } | Refusal::Alike(_))
}

impl Row {
    /// The boxes that are wrong: the first part of each one's id, and the sentence.
    pub(super) fn errors(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("slip", &self.slip),
            ("day", &self.day),
            ("payer", &self.payer),
            ("payee", &self.payee),
            ("amount", &self.amount),
            ("label", &self.label),
        ]
        .into_iter()
        .filter_map(|(name, shown)| Some((name, shown.error.as_deref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_their_numbers_whatever_their_order() {
        let id = "01900000-0000-7000-8000-000000000001";
        let fields = Fields::parse(
            format!(
                "payer-2=+7+&line-2={id}&payee-2=30&amount-2=20&label-2=miel&another-2=oui\
                 &line-x=1&payer-9=3&form=abc&line-999={id}"
            )
            .as_bytes(),
        );
        let rows = sent(&fields);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].0.to_string(), id);
        assert_eq!(rows[0].1.payer, "7");
        assert!(rows[0].1.is_another);
    }

    #[test]
    fn a_box_is_cut_and_never_lost() {
        let id = "01900000-0000-7000-8000-000000000001";
        let long = "é".repeat(BOX_LETTERS + 5);
        let fields = Fields::default()
            .with("line-1", id)
            .with("label-1", long.as_str());
        assert_eq!(sent(&fields)[0].1.label.chars().count(), BOX_LETTERS);
    }
}
