//! Recording an exchange: one form that reads as a sentence, read again, then written down.

mod answer;
mod draft;
mod form;
mod ledger;
mod mailed;
mod reversal;
mod review;
mod telling;

pub(crate) use answer::{After, ExchangePage};
pub(crate) use draft::{
    DayChoice, chosen_day, days, named as numbered, settled_but_member as settled, side_value,
};
pub(crate) use mailed::dead;
pub(crate) use reversal::ReversePage;
pub(crate) use review::{Balances, ReviewPage, whose_balance};
pub(crate) use telling::{Telling, warned, warned_of};

use crate::crossing::Abroad;
use crate::exchange::draft::Choice;
use crate::exchange::form::form;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Present, Trouble};
use poem::{Route, get, handler, post};
use sel::alliance::Reference;
use sel::exchange::{Draft, Refusal, Side};
use sel::id::{ExchangeId, MemberId, NoticeId};
use store::member::Member;

pub(crate) fn routes(route: Route) -> Route {
    ledger::routes(mailed::routes(answer::routes(reversal::routes(route))))
        .at("/echanges/nouveau", get(start))
        .at("/echanges/relire", post(review::review))
        .at("/echanges/corriger", post(correct))
        .at("/echanges", post(record))
}

/// Two members, the one in whose name it is written first.
struct Pair {
    mine: Member,
    other: Member,
}

#[handler]
async fn start(mut present: Present, Query(query): Query) -> Answer {
    let notice = query.id("annonce").map(NoticeId);
    let mut fields = Fields::default()
        .with("id", desk::fresh::id(present.guest.visit.now).to_string())
        .with("date", present.guest.today().to_string())
        .with("pour", query.get("pour"));
    let mine = mine(&mut present, &fields).await?;
    let mut side = draft::read_side(query.get("sens"));
    if !query.get("objet").is_empty() {
        fields = fields.with("label", query.get("objet"));
    }
    if let Some(other) = Reference::parse(query.get("avec")) {
        fields = fields.with("member", other.to_string());
    } else if let Ok(number) = query.get("avec").parse::<i32>()
        && let Some(member) = store::member::by_number(&mut present.scope, number)
            .await
            .map_err(Trouble::from)?
    {
        fields = fields.with("member", draft::named(&present, &member));
    }
    if let Some(id) = notice
        && let Ok(notice) = crate::notice::visible(&mut present, id).await
    {
        side = Some(notice.kind().side(notice.member_id() == mine.id()));
        fields = fields
            .with("category", notice.category_id().to_string())
            .instead("label", notice.title)
            .with("notice", id.to_string());
    }
    let side = side.filter(|side| *side == Side::Payer || present.rules.ways.payee_asks);
    let side = draft::side_value(side.unwrap_or(Side::Payer));
    let fields = fields.with("side", side);
    Ok(form(&mut present, fields, Errors::none(), Vec::new(), &mine).await?)
}

/// The member whom the field `member` of a form names, by number or by name.
pub(crate) async fn find_member(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<Member, Refusal>, Trouble> {
    let found = draft::find(present, fields).await?;
    Ok(found.map_err(|(refusal, _)| refusal))
}

/// The exchange of this address, where the reader may see it.
pub(crate) async fn visible_exchange(
    present: &mut Present,
    id: &str,
) -> Result<store::exchange::Exchange, Trouble> {
    answer::visible(present, answer::read_id(id)?).await
}

/// In whose name it is entered.
async fn mine(present: &mut Present, fields: &Fields) -> Result<Member, Trouble> {
    crate::member::spoken_for(present, fields.get("pour")).await
}

pub(crate) fn acting_for(present: &Present, mine: &Member) -> Option<String> {
    (mine.id() != present.member.id()).then(|| draft::named(present, mine))
}

/// The form again, with what is wrong in it.
pub(crate) async fn refused(
    mut present: Present,
    fields: Fields,
    refusals: &[Refusal],
    choices: Vec<Choice>,
) -> Answer {
    let errors = Errors::of_refusals(present.words(), refusals, &present.rules.unit);
    let fields = if refusals.contains(&Refusal::Known) {
        let fresh = desk::fresh::id(present.guest.visit.now);
        fields.instead("id", fresh.to_string())
    } else {
        fields
    };
    let mine = mine(&mut present, &fields).await?;
    Ok(form(&mut present, fields, errors, choices, &mine).await?)
}

#[handler]
async fn correct(fields: Fields, mut present: Present) -> Answer {
    let mine = mine(&mut present, &fields).await?;
    Ok(form(&mut present, fields, Errors::none(), Vec::new(), &mine).await?)
}

/// Reads the form and finds the two members.
async fn read(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<(Draft, Pair), (Vec<Refusal>, Vec<Choice>)>, Trouble> {
    let mine = mine(present, fields).await?;
    let draft = draft::read(fields, &present.rules.unit, present.guest.today());
    let draft = match draft {
        Ok(draft) => Ok(Draft {
            notice_id: draft::known_notice(present, draft.notice_id).await?,
            category_id: draft::known_category(present, draft.category_id).await?,
            ..draft
        }),
        Err(refusals) => Err(refusals),
    };
    let other = draft::find(present, fields).await?;
    Ok(match (draft, other) {
        (Ok(draft), Ok(other)) => Ok((draft, Pair { mine, other })),
        (draft, other) => {
            let mut refusals = draft.err().unwrap_or_default();
            let mut choices = Vec::new();
            if let Err((refusal, found)) = other {
                refusals.push(refusal);
                choices = found;
            }
            Err((refusals, choices))
        }
    })
}

/// What the form says where it names a member of another SEL; nothing where it does not.
async fn abroad(
    present: &mut Present,
    fields: &Fields,
) -> Result<Option<Result<Abroad, Vec<Refusal>>>, Trouble> {
    let Some(named) = crate::crossing::named(present, fields).await? else {
        return Ok(None);
    };
    let mine = mine(present, fields).await?;
    let draft = draft::read(fields, &present.rules.unit, present.guest.today());
    Ok(Some(draft.map(|draft| Abroad::of(mine, draft, named))))
}

#[handler]
async fn record(fields: Fields, mut present: Present) -> Answer {
    match abroad(&mut present, &fields).await? {
        Some(Ok(abroad)) => crate::crossing::record(present, fields, abroad).await,
        Some(Err(refusals)) => refused(present, fields, &refusals, Vec::new()).await,
        None => record_at_home(fields, present).await,
    }
}

async fn record_at_home(fields: Fields, mut present: Present) -> Answer {
    let (draft, pair) = match read(&mut present, &fields).await? {
        Ok(read) => read,
        Err((refusals, choices)) => return refused(present, fields, &refusals, choices).await,
    };
    let sees_all = !present.member.rights().is_empty();
    let (scope, absent) = present.part();
    let (side, amount, label) = (draft.side, draft.amount, draft.label.clone());
    let ids: (MemberId, MemberId) = (pair.mine.id(), pair.other.id());
    match desk::exchange::record(scope, draft, ids.0, ids.1).await {
        Ok(recorded) => {
            let own = ids.0 == absent.member.id();
            let key = match (side, recorded.is_posted) {
                (Side::Payer, true) if own => "exchange-done-gave",
                (Side::Payer, true) => "exchange-done-gave-for",
                (_, true) if own => "exchange-done-received",
                (_, true) => "exchange-done-received-for",
                (_, false) if recorded.needs_approval => "exchange-done-approval",
                (_, false) if recorded.answer_by.is_none() => "exchange-ended",
                (Side::Payer, false) => "exchange-done-waits-payee",
                (_, false) => "exchange-done-waits",
            };
            let (first, last) = (&pair.other.first_name, &pair.other.last_name);
            let name = crate::member::shown_name(sees_all, &absent.rules, first, last);
            let text = absent.words().say_with(
                key,
                &[
                    ("amount", absent.rules.unit.amount(amount).into()),
                    ("name", name.into()),
                    ("mine", (&pair.mine.first_name).into()),
                    ("label", label.into()),
                ],
            );
            let to = if own {
                "/releve".into()
            } else {
                format!("/echanges/{}", recorded.exchange_id)
            };
            Ok(see_other_with(&absent.guest.house, &to, &Flash::good(text)))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            refused(absent.back().await?, fields, &[refusal], Vec::new()).await
        }
    }
}

/// The id that came with the form; a form without one gets a refusal rather than a new id, since a
/// new id at each try would record twice.
fn exchange_id(fields: &Fields) -> Option<ExchangeId> {
    fields.id("id").map(ExchangeId)
}
