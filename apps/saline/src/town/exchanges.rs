//! Recording the exchanges that were thought out, and their answers, each in its time.

use super::charter::{Person, Sel};
use super::done;
use super::plan::Planned;
use anyhow::Result;
use chrono::{DateTime, Utc};
use desk::Halt;
use sel::exchange::{Draft, Ending, Refusal, Side};
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
        category_id: None,
    };
    // Nobody gives themselves something in another's name.
    let partial = (it.side == Side::Payer).then_some(other);
    let Some(voice) = voice(sel, mine, partial, at) else {
        return Ok(None);
    };
    let scope = sel.scope(Some(voice), at).await?;
    match desk::exchange::record(scope, draft, mine.id, other.id).await {
        Err(Halt::Refused(
            Refusal::BelowFloor(_)
            | Refusal::AboveCeiling { .. }
            | Refusal::LimitOf { .. }
            | Refusal::LimitReached,
        )) => Ok(None),
        outcome => done(outcome).map(|recorded| Some(recorded.exchange_id)),
    }
}

async fn close(
    sel: &Sel,
    it: &Planned,
    id: ExchangeId,
    ending: Ending,
    at: DateTime<Utc>,
) -> Result<()> {
    let (payer, payee) = (&sel.people[it.payer], &sel.people[it.payee]);
    let (ending, by) = match ending {
        Ending::Approval | Ending::Expired => (ending, None),
        Ending::Cancelled => (ending, voice(sel, payee, None, at)),
        // Nobody agrees for another to what they receive themselves: without a second voice in
        // the SEL, the payee takes it back.
        Ending::Agreed | Ending::Refused => match voice(sel, payer, Some(payee), at) {
            Some(voice) => (ending, Some(voice)),
            None => (Ending::Cancelled, voice(sel, payee, None, at)),
        },
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
/// there by then, and is not `partial`.
fn voice<'a>(
    sel: &'a Sel,
    member: &'a Person,
    partial: Option<&Person>,
    at: DateTime<Utc>,
) -> Option<&'a Person> {
    if member.has_email {
        return Some(member);
    }
    let may = |person: &&Person| {
        person.rights.contains(&Right::EnterForOthers)
            && person.joined_at < at
            && partial.is_none_or(|partial| partial.id != person.id)
    };
    sel.people.iter().rfind(may)
}
