//! Checking a sheet: each line by itself, then against the others, then against what stands.

use super::{Cell, Ready, SLIP_LETTERS, Typed, Verdict, Wrong};
use crate::amount::Unit;
use crate::association::Rules;
use crate::exchange::{Alike, Party, Refusal, Warning, beyond_on_paper, day, label};
use crate::id::{AccountId, ExchangeId, MemberId};
use crate::limit::Standing;
use crate::member::Actor;
use crate::roll::{Entry, Roll};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The rules that a sheet is checked by.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    pub roll: &'a Roll,
    pub rules: &'a Rules,
    pub actor: &'a Actor,
    /// The sheet's own day, for lines without one.
    pub done_on: NaiveDate,
    pub today: NaiveDate,
}

/// Checks a sheet as a whole: each line by itself, then against the lines before it. Two lines that
/// say the same, or with the same number of a slip, are asked about.
pub fn check(desk: Desk<'_>, lines: &[(ExchangeId, Typed)]) -> Vec<Verdict> {
    let mut standings: BTreeMap<AccountId, Standing> = BTreeMap::new();
    let mut seen: Vec<(Ready, usize)> = Vec::new();
    let mut verdicts = Vec::with_capacity(lines.len());
    for (place, (line_id, typed)) in lines.iter().enumerate() {
        let verdict = match line(desk, *line_id, typed) {
            Some(Ok(ready)) => settle(desk, typed, ready, &mut standings, &mut seen, place),
            Some(Err(wrong)) => Verdict::Wrong(wrong),
            None => Verdict::Empty,
        };
        verdicts.push(verdict);
    }
    verdicts
}

fn settle(
    desk: Desk<'_>,
    typed: &Typed,
    mut ready: Ready,
    standings: &mut BTreeMap<AccountId, Standing>,
    seen: &mut Vec<(Ready, usize)>,
    place: usize,
) -> Verdict {
    let same = |(it, _): &&(Ready, usize)| {
        (it.payer_id, it.payee_id, it.amount) == (ready.payer_id, ready.payee_id, ready.amount)
            && it.label == ready.label
            && it.done_on == ready.done_on
            && it.slip == ready.slip
    };
    let slip = |(it, _): &&(Ready, usize)| it.slip.is_some() && it.slip == ready.slip;
    if !typed.is_another {
        let twice = seen.iter().find(same).or_else(|| seen.iter().find(slip));
        if let Some((_, first)) = twice {
            let line = i64::try_from(first + 1).unwrap_or(i64::MAX);
            return Verdict::Wrong(vec![Wrong {
                place: Cell::Label,
                why: Refusal::SameLine { line },
            }]);
        }
    }
    ready.warnings = warned(desk, &ready, standings);
    seen.push((ready.clone(), place));
    Verdict::Ready(ready)
}

/// Moves the units of a line in the standings, and says where that leads beyond a limit.
fn warned(
    desk: Desk<'_>,
    ready: &Ready,
    standings: &mut BTreeMap<AccountId, Standing>,
) -> Vec<Warning> {
    let mut party = |id: MemberId, change: i64| {
        let entry = desk.roll.by_id(id)?;
        let standing = standings.entry(entry.account_id).or_insert(entry.standing);
        let before = *standing;
        standing.balance += change;
        Some(Party {
            member_id: id,
            first_name: entry.first_name.clone(),
            has_left: entry.has_left,
            standing: before,
        })
    };
    let payer = party(ready.payer_id, -ready.amount);
    let payee = party(ready.payee_id, ready.amount);
    let (Some(payer), Some(payee)) = (payer, payee) else {
        return Vec::new();
    };
    beyond_on_paper(&payer, &payee, ready.amount, desk.rules, desk.actor)
}

fn line(desk: Desk<'_>, line_id: ExchangeId, typed: &Typed) -> Option<Result<Ready, Vec<Wrong>>> {
    if typed.is_empty() {
        return None;
    }
    let wrong = |place: Cell| move |why: Refusal| Wrong { place, why };
    let payer = who(desk.roll, &typed.payer).map_err(wrong(Cell::Payer));
    let payee = who(desk.roll, &typed.payee).map_err(wrong(Cell::Payee));
    let payee = match (&payer, payee) {
        (Ok(payer), Ok(payee)) if payer.member_id == payee.member_id => Err(Wrong {
            place: Cell::Payee,
            why: Refusal::Oneself,
        }),
        (Ok(payer), Ok(payee)) if payer.account_id == payee.account_id => Err(Wrong {
            place: Cell::Payee,
            why: Refusal::OneAccount,
        }),
        (_, payee) => payee,
    };
    // Who types the paper of others gives themselves nothing.
    let mine = desk.roll.by_id(desk.actor.member_id);
    let payee = payee.and_then(|payee| match mine {
        Some(mine) if mine.account_id == payee.account_id => Err(Wrong {
            place: Cell::Payee,
            why: Refusal::ForOneself {
                first_name: payee.first_name.clone(),
            },
        }),
        _ => Ok(payee),
    });
    let amount = amount(&desk.rules.unit, &typed.amount).map_err(wrong(Cell::Amount));
    let label = label(&typed.label).map_err(wrong(Cell::Label));
    let slip = slip(&typed.slip).map_err(wrong(Cell::Slip));
    let done_on = done_on(desk, &typed.day).map_err(wrong(Cell::Day));
    Some(match (payer, payee, amount, label, slip, done_on) {
        (Ok(payer), Ok(payee), Ok(amount), Ok(label), Ok(slip), Ok(done_on)) => Ok(Ready {
            line_id,
            payer_id: payer.member_id,
            payee_id: payee.member_id,
            amount,
            label,
            slip,
            done_on,
            warnings: Vec::new(),
            sealed: (),
        }),
        (payer, payee, amount, label, slip, done_on) => Err([
            payer.err(),
            payee.err(),
            amount.err(),
            label.err(),
            slip.err(),
            done_on.err(),
        ]
        .into_iter()
        .flatten()
        .collect()),
    })
}

fn who<'a>(roll: &'a Roll, typed: &str) -> Result<&'a Entry, Refusal> {
    let entry = roll.find(typed)?;
    if entry.has_left {
        return Err(Refusal::HasLeft {
            first_name: entry.first_name.clone(),
        });
    }
    Ok(entry)
}

fn amount(unit: &Unit, typed: &str) -> Result<i64, Refusal> {
    unit.parse(typed).map_err(Refusal::from)
}

fn slip(typed: &str) -> Result<Option<String>, Refusal> {
    let slip = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match slip.chars().count() {
        0 => Ok(None),
        n if n > SLIP_LETTERS => Err(Refusal::LongSlip),
        _ => Ok(Some(slip)),
    }
}

fn done_on(desk: Desk<'_>, typed: &str) -> Result<NaiveDate, Refusal> {
    if typed.trim().is_empty() {
        return Ok(desk.done_on);
    }
    let read = crate::day::parse(typed, desk.today).ok_or(Refusal::BadDate)?;
    day(read, desk.today)
}

/// Asks about the ready lines that are like an exchange which stands already, unless the person
/// said that it is another.
pub fn ask(
    verdicts: Vec<Verdict>,
    lines: &[(ExchangeId, Typed)],
    alike: &BTreeMap<ExchangeId, Alike>,
) -> Vec<Verdict> {
    let asked = |verdict: Verdict, typed: &Typed| match verdict {
        Verdict::Ready(ready) if !typed.is_another => match alike.get(&ready.line_id) {
            Some(known) => Verdict::Wrong(vec![Wrong {
                place: Cell::Label,
                why: Refusal::Alike(known.clone()),
            }]),
            None => Verdict::Ready(ready),
        },
        verdict => verdict,
    };
    verdicts
        .into_iter()
        .zip(lines)
        .map(|(verdict, (_, typed))| asked(verdict, typed))
        .collect()
}
