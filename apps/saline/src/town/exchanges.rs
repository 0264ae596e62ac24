//! Recording the exchanges that were thought out, and their answers, each in its time.

use super::charter::{Person, Sel};
use super::done;
use super::plan::Planned;
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use desk::Halt;
use sel::exchange::{Draft, Ending, Refusal};
use sel::id::ExchangeId;
use sel::member::Right;
use std::sync::Arc;

const REASONS: [&str; 4] = [
    "C'était 30 de moins, on en avait parlé.",
    "Je crois que c'est déjà noté.",
    "Ce n'était pas avec moi.",
    "",
];

/// What happens to a planned exchange at a moment: it is written, or it is answered.
struct Step {
    at: DateTime<Utc>,
    place: usize,
    ending: Option<Ending>,
}

/// Records everything up to now, in the order of time: a ledger is written forward.
pub(super) async fn run(sel: Arc<Sel>, planned: Vec<Planned>, now: DateTime<Utc>) -> Result<()> {
    let mut steps: Vec<Step> = Vec::with_capacity(planned.len() * 3 / 2);
    for (place, it) in planned.iter().enumerate() {
        steps.push(Step {
            at: it.at,
            place,
            ending: None,
        });
        if let Some((ending, at)) = it.answer.filter(|(_, at)| *at < now) {
            steps.push(Step {
                at,
                place,
                ending: Some(ending),
            });
        }
    }
    steps.sort_by_key(|step| step.at);
    let mut ids: Vec<Option<ExchangeId>> = vec![None; planned.len()];
    for step in steps {
        let it = &planned[step.place];
        match (step.ending, ids[step.place]) {
            (None, _) => ids[step.place] = record(&sel, it, step.at).await?,
            (Some(ending), Some(id)) => close(&sel, it, id, ending, step.at).await?,
            // It was refused by the limits of the SEL.
            (Some(_), None) => {}
        }
    }
    Ok(())
}

/// Records one; nothing where the SEL's limits say no.
async fn record(sel: &Sel, it: &Planned, at: DateTime<Utc>) -> Result<Option<ExchangeId>> {
    let (mine, other) = (&sel.people[it.writer()], &sel.people[it.other()]);
    let id = ExchangeId(desk::fresh::id(at));
    let draft = Draft {
        exchange_id: id,
        side: it.side,
        amount: it.amount,
        label: it.label.clone(),
        done_on: it.done_on,
        notice_id: None,
    };
    let scope = sel.scope(Some(voice(sel, mine, at)?), at).await?;
    match desk::exchange::record(scope, draft, mine.id, other.id).await {
        Err(Halt::Refused(Refusal::BelowFloor(_) | Refusal::AboveCeiling { .. })) => Ok(None),
        outcome => done(outcome).map(|exchange| Some(exchange.id())),
    }
}

async fn close(
    sel: &Sel,
    it: &Planned,
    id: ExchangeId,
    ending: Ending,
    at: DateTime<Utc>,
) -> Result<()> {
    let by = match ending {
        Ending::Agreed | Ending::Refused => Some(voice(sel, &sel.people[it.payer], at)?),
        Ending::Cancelled => Some(voice(sel, &sel.people[it.payee], at)?),
        Ending::Expired => None,
    };
    let reason = if ending == Ending::Refused {
        REASONS[it.payer % REASONS.len()]
    } else {
        ""
    };
    let scope = sel.scope(by, at).await?;
    done(desk::exchange::close(scope, id, ending, reason).await)?;
    Ok(())
}

/// Who writes for a member: oneself, or, for whoever has no e-mail, someone with the right who was
/// there by then.
fn voice<'a>(sel: &'a Sel, member: &'a Person, at: DateTime<Utc>) -> Result<&'a Person> {
    if member.has_email {
        return Ok(member);
    }
    let may =
        |person: &&Person| person.rights.contains(&Right::EnterForOthers) && person.joined_at < at;
    sel.people
        .iter()
        .rfind(may)
        .context("nobody writes for the others")
}
