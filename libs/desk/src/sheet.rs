//! Typing what stood on paper: a sheet is opened, its lines are kept as typed, those that are right
//! are posted together.

use crate::tell::{Letter, tell, tell_each};
use crate::{Halt, Outcome};
use chrono::NaiveDate;
use sel::exchange::Refusal;
use sel::id::{ExchangeId, MemberId, SheetId};
use sel::member::Right;
use sel::roll::Roll;
use sel::sheet::{self, Desk, Kind, LINES, Opened, Ready, Typed, Verdict};
use serde_json::json;
use std::collections::BTreeSet;
use store::Scope;
use store::exchange::Sought;
use store::sheet::Sheet;

/// Opens a sheet under the id that came with the form, where the SEL allows them. Commits.
pub async fn open(
    mut scope: Scope,
    id: SheetId,
    kind: Kind,
    (title, usual): (&str, &str),
    done_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Outcome<Opened, Vec<Refusal>> {
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    };
    if !store::setting::read(&mut scope).await?.ways.slips {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    }
    let opened = sheet::open(&actor, kind, title, usual, done_on, today).map_err(Halt::Refused)?;
    store::sheet::open(&mut scope, id, &opened).await?;
    tell(&mut scope, "sheet_opened", id.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(opened)
}

/// Puts a sheet away, or takes it out again. Commits.
pub async fn put_away(mut scope: Scope, id: SheetId, away: bool) -> Outcome<(), Refusal> {
    entitled(&scope)?;
    store::sheet::put_away(&mut scope, id, away).await?;
    let kind = if away {
        "sheet_put_away"
    } else {
        "sheet_taken_out"
    };
    tell(&mut scope, kind, id.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(())
}

fn entitled(scope: &Scope) -> Outcome<(), Refusal> {
    let may = |actor: &sel::member::Actor| actor.may(Right::EnterForOthers);
    if scope.actor.as_ref().is_some_and(may) {
        Ok(())
    } else {
        Err(Halt::Refused(Refusal::NotAllowed))
    }
}

/// A sheet as it stands, each line with what became of it.
#[derive(Debug)]
pub struct Checked {
    pub roll: Roll,
    pub lines: Vec<(ExchangeId, Typed)>,
    pub verdicts: Vec<Verdict>,
}

impl Checked {
    pub fn ready(&self) -> impl Iterator<Item = &Ready> {
        self.verdicts.iter().filter_map(|verdict| match verdict {
            Verdict::Ready(ready) => Some(ready),
            _ => None,
        })
    }

    pub fn wrong(&self) -> usize {
        let is_wrong = |verdict: &&Verdict| matches!(verdict, Verdict::Wrong(_));
        self.verdicts.iter().filter(is_wrong).count()
    }
}

/// Checks the lines that are kept.
pub async fn check(scope: &mut Scope, it: &Sheet, today: NaiveDate) -> Outcome<Checked, Refusal> {
    entitled(scope)?;
    let lines = store::sheet::lines(scope, it.id(), LINES).await?;
    let roll = store::member::roll(scope).await?;
    let rules = store::setting::read(scope).await?;
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let desk = Desk {
        roll: &roll,
        rules: &rules,
        actor: &actor,
        done_on: it.done_on,
        today,
    };
    let verdicts = sheet::check(desk, &lines);
    let sought: Vec<Sought<'_>> = verdicts
        .iter()
        .filter_map(|verdict| match verdict {
            Verdict::Ready(ready) => Some(sought(ready)),
            _ => None,
        })
        .collect();
    let alike = store::exchange::alike(scope, &sought, rules.ways.alike_days).await?;
    let verdicts = sheet::ask(verdicts, &lines, &alike);
    Ok(Checked {
        roll,
        lines,
        verdicts,
    })
}

fn sought(ready: &Ready) -> Sought<'_> {
    Sought {
        exchange_id: ready.line_id,
        payer_id: ready.payer_id,
        payee_id: ready.payee_id,
        amount: ready.amount,
        done_on: ready.done_on,
        slip: ready.slip.as_deref(),
    }
}

/// Keeps what was typed, whatever it is. Commits.
pub async fn keep(
    mut scope: Scope,
    id: SheetId,
    lines: &[(ExchangeId, Typed)],
) -> Outcome<(), Refusal> {
    entitled(&scope)?;
    store::sheet::keep(&mut scope, id, lines).await?;
    scope.commit().await?;
    Ok(())
}

/// What a posting did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    pub exchanges: usize,
    /// Minor units.
    pub units: i64,
}

/// Keeps what was typed, then posts the lines that are right, all of them together; the others stay
/// on the sheet. Each of the members in them hears of it once. Sent again, nothing is posted twice.
/// Commits.
pub async fn post(
    mut scope: Scope,
    it: &Sheet,
    lines: &[(ExchangeId, Typed)],
    today: NaiveDate,
) -> Outcome<Posted, Refusal> {
    entitled(&scope)?;
    let id = it.id();
    // Two who send the same sheet follow one another.
    store::sheet::hold(&mut scope, id).await?;
    store::sheet::keep(&mut scope, id, lines).await?;
    let checked = check(&mut scope, it, today).await?;
    let ready: Vec<&Ready> = checked.ready().collect();
    if ready.is_empty() {
        scope.commit().await?;
        return Ok(Posted::default());
    }
    let posted = store::sheet::post(&mut scope, id, &ready)
        .await
        .map_err(|error| match error.constraint() {
            Some("accounts_exist") => Halt::Refused(Refusal::AccountChanged),
            Some("transfer_pkey") => Halt::Refused(Refusal::Known),
            _ => Halt::Failed(error),
        })?;
    let done: Vec<&Ready> = ready
        .into_iter()
        .filter(|line| posted.contains(&line.line_id))
        .collect();
    let told = Posted {
        exchanges: done.len(),
        units: done.iter().map(|line| line.amount).sum(),
    };
    let letters = letters(&scope, &checked.roll, &done);
    let ids: Vec<String> = posted.iter().map(ToString::to_string).collect();
    let detail = json!({ "exchanges": ids });
    tell(&mut scope, "sheet_posted", id.0, detail, &letters).await?;
    // Each is an exchange as any other, to whoever is told of them.
    tell_each(&mut scope, "exchange_posted", posted.iter().map(|it| it.0)).await?;
    scope.commit().await?;
    Ok(told)
}

/// Everybody in these lines who has an e-mail, except the one who types.
fn letters(scope: &Scope, roll: &Roll, lines: &[&Ready]) -> Vec<Letter> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let members: BTreeSet<MemberId> = lines
        .iter()
        .flat_map(|line| [line.payer_id, line.payee_id])
        .collect();
    members
        .into_iter()
        .filter(|id| Some(*id) != by && roll.by_id(*id).is_some_and(|entry| entry.has_email))
        .map(|id| ("sheet_posted", id))
        .collect()
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
