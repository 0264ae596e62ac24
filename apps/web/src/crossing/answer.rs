//! The page of an exchange with a member of another SEL, and the word that it waits for.

use super::{outsider, said};
use crate::exchange::{After, ExchangePage, warned_of};
use door::{Answer, Fields, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::amount::Unit;
use sel::association::Rules;
use sel::crossing::{may_close, may_reverse};
use sel::exchange::{Ending, Side};
use sel::id::CrossingId;
use sel::member::Right;
use store::Scope;
use store::crossing::Crossing;
use words::Words;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/echanges/ailleurs/:id", get(show))
        .at("/echanges/ailleurs/:id/accord", post(agree))
        .at("/echanges/ailleurs/:id/refus", post(refuse))
        .at("/echanges/ailleurs/:id/annulation", post(cancel))
}

/// A crossing that this member may see: one's own, that of somebody one helps, or any for who
/// enters for others.
pub(super) async fn visible(present: &mut Present, id: &str) -> Result<Crossing, Trouble> {
    let id: CrossingId = id.parse().map_err(|_| Trouble::NotFound)?;
    let all = present.may(Right::EnterForOthers) || present.may(Right::Mediate);
    let actor = present.scope.actor.clone();
    store::crossing::by_id(&mut present.scope, id)
        .await?
        .filter(|it| all || actor.is_some_and(|actor| actor.acts_for(it.member_id())))
        .ok_or(Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = visible(&mut present, &id).await?;
    let by = match it.proposed_by() {
        Some(by) if by != it.member_id() => store::member::by_id(&mut present.scope, by)
            .await
            .map_err(Trouble::from)?,
        _ => None,
    };
    let words = present.words();
    let actor = present.scope.actor.as_ref();
    let may = |ending| actor.is_some_and(|actor| may_close(&it.known(), actor, ending));
    let mut paper = Vec::new();
    if let Some(slip) = &it.slip {
        paper.push(words.say_with("exchange-slip", &[("slip", slip.into())]));
    }
    if let Some(by) = by {
        let all = !present.member.rights().is_empty();
        let (first, last) = (&by.first_name, &by.last_name);
        let name = crate::member::shown_name(all, &present.rules, first, last);
        paper.push(words.say_with("statement-written-by", &[("name", name.into())]));
    }
    let to_answer = may(Ending::Agreed) || (may(Ending::Refused) && !it.is_allied());
    let is_own = it.member_id() == present.member.id();
    let asks_reader = it.answered_here && it.member_id() == present.member.id();
    let after = After {
        reverses: actor.is_some_and(|actor| may_reverse(&it.known(), actor)),
        gives_back: it.side() == Side::Payee
            && actor.is_some_and(|actor| actor.acts_for(it.member_id())),
        paper,
        ..After::default()
    };
    let to_cancel = may(Ending::Cancelled);
    let sees = crate::member::sees_balance(&present, it.member_id());
    let warning = if to_answer && sees {
        warning(&mut present.scope, words, &present.rules, &it, is_own).await?
    } else {
        None
    };
    Ok(page(&ExchangePage {
        frame: Frame::present(&present, "exchange-page-title", "statement"),
        said: said(&present, &it),
        state: state(words, &it, asks_reader),
        warning,
        base: format!("/echanges/ailleurs/{}", it.id()),
        to_answer,
        may_agree: it.is_allied(),
        to_cancel,
        mailed: false,
        after,
    })?)
}

/// Where agreeing would lead our member, if they pay, beyond the floor; that the two SELs do not
/// trade now goes before it.
pub(super) async fn warning(
    scope: &mut Scope,
    words: Words,
    rules: &Rules,
    it: &Crossing,
    is_reader: bool,
) -> Result<Option<String>, Trouble> {
    if !it.is_allied() {
        return Ok(Some(words.say("exchange-said-paused")));
    }
    if it.side() == Side::Payee {
        return Ok(None);
    }
    let account = store::account::of_member(scope, it.member_id()).await?;
    let seen = (account.standing(), is_reader);
    Ok(warned_of(words, rules, (&it.member_first, it.amount), seen))
}

/// Where it stands, in words.
pub(crate) fn state(words: Words, it: &Crossing, asks_reader: bool) -> String {
    let key = match it {
        it if it.reversed_at.is_some() => "exchange-state-reversed",
        it if it.agreed_at.is_some() => "exchange-state-agreed",
        it if it.refused_at.is_some() && it.refusal.is_some() => "exchange-state-refused-why",
        it if it.refused_at.is_some() => "exchange-state-refused",
        it if it.cancelled_at.is_some() => "exchange-state-cancelled",
        it if it.expired_at.is_some() => "exchange-state-expired",
        _ if asks_reader => "exchange-state-waits-you",
        _ => "exchange-state-waits",
    };
    let waits_for = if it.answered_here {
        it.member_first.clone()
    } else {
        outsider(&it.other_name, &it.reference(), &it.other_sel)
    };
    let reason = it.reversal.as_ref().or(it.refusal.as_ref());
    let names = [
        ("name", waits_for.into()),
        ("reason", reason.cloned().unwrap_or_default().into()),
    ];
    words.say_with(key, &names)
}

#[handler]
async fn agree(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    close(present, &id, Ending::Agreed, &fields).await
}

#[handler]
async fn refuse(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    close(present, &id, Ending::Refused, &fields).await
}

#[handler]
async fn cancel(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    close(present, &id, Ending::Cancelled, &fields).await
}

async fn close(mut present: Present, id: &str, ending: Ending, fields: &Fields) -> Answer {
    let it = visible(&mut present, id).await?;
    let (scope, absent) = present.part();
    let words = absent.words();
    let closed = desk::crossing::close(scope, it.id(), ending, fields.get("reason")).await;
    let back = match fields.get("retour") {
        "" => "/releve",
        path => door::language::local_path(path),
    };
    let said = closed.map(|it| done(words, &absent.rules.unit, &it, ending));
    crate::told(&absent, said, back)
}

pub(super) fn done(words: Words, unit: &Unit, it: &Crossing, ending: Ending) -> String {
    let key = match ending {
        Ending::Agreed | Ending::Approval => "exchange-agreed",
        Ending::Refused => "exchange-refused",
        Ending::Cancelled | Ending::Expired => "exchange-cancelled",
    };
    let (payer, payee) = match it.side() {
        Side::Payer => (&it.member_first, &it.other_name),
        Side::Payee => (&it.other_name, &it.member_first),
    };
    let names = [
        ("payer", payer.into()),
        ("payee", payee.into()),
        ("amount", unit.amount(it.amount).into()),
    ];
    words.say_with(key, &names)
}
