//! Exchanges with members of other SELs. They are written in the form of every exchange: whoever is
//! named by a reference like `MARS-0042` belongs to an ally.

mod answer;
mod mailed;
mod reversal;
mod telling;

use crate::exchange::{Balances, ReviewPage, acting_for, refused};
pub(crate) use answer::state;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::Route;
use sel::alliance::{Code, Reference};
use sel::crossing::{Draft, Proposed};
use sel::exchange::{Refusal, Side};
use sel::id::MemberId;
use store::alliance::Alliance;
use store::member::Member;
use telling::{outsider, said_before, told};
pub(crate) use telling::{said, whole};

pub(crate) fn routes(route: Route) -> Route {
    mailed::routes(reversal::routes(answer::routes(route)))
}

/// The member of another SEL whom the form names; nobody where it names somebody at home.
pub(crate) async fn named(
    present: &mut Present,
    fields: &Fields,
) -> Result<Option<Reference>, Trouble> {
    let typed = fields.get("member");
    if !fields.get("member_choice").is_empty() {
        return Ok(None);
    }
    let Some(reference) = Reference::parse(typed) else {
        return Ok(None);
    };
    let own = Code::parse(&present.guest.association.code);
    if own.as_ref() == Some(&reference.code) {
        return Ok(None);
    }
    // Written so, nobody at home is meant; whether it is an ally's, the desk knows.
    if typed.contains('-') {
        return Ok(Some(reference));
    }
    let known = store::alliance::by_code(&mut present.scope, &reference.code).await?;
    Ok(known.map(|_| reference))
}

/// What was typed, as an exchange with a member of another SEL.
pub(crate) struct Abroad {
    mine: Member,
    draft: Draft,
    other: Reference,
}

impl Abroad {
    pub(crate) fn of(mine: Member, typed: sel::exchange::Draft, other: Reference) -> Abroad {
        Abroad {
            mine,
            draft: Draft::of(typed),
            other,
        }
    }
}

/// What the page shows before "Oui, enregistrer".
pub(crate) async fn review(mut present: Present, fields: Fields, it: Abroad) -> Answer {
    let scope = &mut present.scope;
    match desk::crossing::weigh(scope, it.draft, it.mine.id(), &it.other).await {
        Ok((proposed, alliance)) => {
            Ok(reviewed(present, fields, &it.mine, &proposed, &alliance).await?)
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            refused(present, fields, &[refusal], Vec::new()).await
        }
    }
}

async fn reviewed(
    mut present: Present,
    fields: Fields,
    mine: &Member,
    proposed: &Proposed,
    alliance: &Alliance,
) -> Result<poem::Response, Trouble> {
    let account = store::account::of_member(&mut present.scope, mine.id()).await?;
    let days = present.rules.ways.alike_days;
    let alike = desk::crossing::alike(&mut present.scope, proposed, days).await?;
    let alike = alike.map(Refusal::Alike);
    let words = present.words();
    let unit = &present.rules.unit;
    let change = match proposed.draft.side {
        Side::Payer => -proposed.quote.ours,
        Side::Payee => proposed.quote.ours,
    };
    let balances = crate::member::sees_balance(&present, mine.id()).then(|| Balances {
        whose: crate::exchange::whose_balance(&present, mine),
        now: unit.amount(account.balance),
        after: unit.amount(account.balance + change),
    });
    let warning = proposed.warning.iter().map(|warning| {
        let (key, facts) = warning.sentence(present.rules.limits.policy);
        words.facts(key, facts, unit)
    });
    let asked = alike.iter().map(|alike| words.refusal(alike, unit));
    let rounded = (proposed.draft.amount != proposed.quote.ours).then(|| {
        let names = [("amount", unit.amount(proposed.quote.ours).into())];
        words.say_with("crossing-rounded", &names)
    });
    let note = if proposed.waits {
        "crossing-note-waits"
    } else {
        "crossing-note"
    };
    let names = [
        ("name", (&proposed.other.name).into()),
        ("sel", (&alliance.name).into()),
    ];
    page(&ReviewPage {
        is_asked: alike.is_some(),
        frame: Frame::present(&present, "exchange-review-title", "exchange"),
        said: said_before(&present, mine, proposed, alliance),
        warnings: asked.chain(warning).chain(rounded).collect(),
        balances,
        acting_for: acting_for(&present, mine),
        note: words.say_with(note, &names),
        fields: settled(&fields, &reference(proposed, alliance)),
    })
}

fn reference(proposed: &Proposed, alliance: &Alliance) -> String {
    sel::alliance::named(&alliance.code, Some(proposed.other.number))
}

fn settled(fields: &Fields, reference: &str) -> Fields {
    crate::exchange::settled(fields).with("member", reference)
}

/// Records it, and says so.
pub(crate) async fn record(present: Present, fields: Fields, it: Abroad) -> Answer {
    let (mine, draft) = (it.mine, it.draft);
    let own = mine.id() == present.member.id();
    let side = draft.side;
    let (scope, absent) = present.part();
    match desk::crossing::record(scope, draft, mine.id(), &it.other).await {
        Ok(recorded) => {
            let key = match (side, recorded.waits) {
                (Side::Payer, false) if own => "exchange-done-gave",
                (Side::Payer, false) => "exchange-done-gave-for",
                (Side::Payee, false) => "exchange-done-received",
                (Side::Payer, true) => "exchange-done-waits-payee",
                (Side::Payee, true) => "exchange-done-waits",
            };
            let it = &recorded.crossing;
            let names = [
                ("amount", absent.rules.unit.amount(it.amount).into()),
                ("name", (&it.other_name).into()),
                ("mine", (&mine.first_name).into()),
                ("label", (&it.label).into()),
            ];
            let flash = Flash::good(absent.words().say_with(key, &names));
            let to = if own {
                "/releve".into()
            } else {
                format!("/echanges/ailleurs/{}", it.id())
            };
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            refused(absent.back().await?, fields, &[refusal], Vec::new()).await
        }
    }
}

/// What waits with members of other SELs ends first, each for itself: those books are not held
/// while this one is closed.
pub(crate) async fn end_all(mut present: Present, member: MemberId) -> Result<Present, Trouble> {
    const MANY: usize = 100;
    let pending = store::crossing::pending_of(&mut present.scope, member, MANY).await?;
    for crossing in pending.rows {
        let (scope, absent) = present.part();
        match desk::crossing::drop_for_departure(scope, crossing.id()).await {
            Ok(()) | Err(desk::Halt::Refused(_)) => {}
            Err(desk::Halt::Failed(error)) => return Err(error.into()),
        }
        present = absent.back().await?;
    }
    Ok(present)
}
