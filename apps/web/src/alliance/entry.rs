//! Copying a slip of an exchange with somebody of a SEL that is on no platform.

use super::one::found;
use crate::exchange::{DayChoice, chosen_day, days, find_member};
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::crossing::Draft;
use sel::exchange::{self, Refusal, Side};
use sel::id::CrossingId;
use sel::member::Right;
use store::alliance::Alliance;
use store::member::Member;

pub(super) fn routes(route: Route) -> Route {
    route.at("/bureau/allies/:id/recopier", get(blank).post(enter))
}

#[derive(Template)]
#[template(path = "alliance_entry.html")]
struct EntryPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    sel: String,
    unit: String,
    days: Vec<DayChoice>,
}

/// A SEL on no platform, for who copies slips.
async fn partner(present: &mut Present, id: &str) -> Result<Alliance, Trouble> {
    let it = found(present, id).await?;
    if !present.may(Right::EnterForOthers) {
        return Err(Trouble::NotAllowed);
    }
    if it.ally_id().is_some() {
        return Err(Trouble::NotFound);
    }
    Ok(it)
}

fn fresh(present: &Present) -> Fields {
    Fields::default()
        .with("id", desk::fresh::id(present.guest.visit.now).to_string())
        .with("side", "donne")
        .with("date", present.guest.today().to_string())
}

#[handler]
async fn blank(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = partner(&mut present, &id).await?;
    let fields = fresh(&present);
    Ok(form(&present, &it, fields, Errors::none())?)
}

fn form(
    present: &Present,
    it: &Alliance,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&EntryPage {
        frame: Frame::present(present, "alliance-entry-title", "desk").wrong(!errors.is_empty()),
        errors,
        id: it.id().to_string(),
        sel: it.name.clone(),
        unit: present.rules.unit.many.clone(),
        days: days(present.words(), present.guest.today(), fields.get("date")),
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

/// What the slip says and whose it is, or all that is wrong with it.
async fn read(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<(Draft, Member), Vec<Refusal>>, Trouble> {
    let side = match fields.get("side") {
        "donne" => Ok(Side::Payer),
        "recoit" => Ok(Side::Payee),
        _ => Err(Refusal::NoSide),
    };
    let today = present.guest.today();
    let amount = present.rules.unit.parse(fields.get("amount"));
    let amount = amount.map_err(Refusal::from);
    let label = exchange::label(fields.get("label"));
    let day = chosen_day(fields)
        .ok_or(Refusal::BadDate)
        .and_then(|day| exchange::day(day, today));
    let member = find_member(present, fields).await?;
    let id = fields.id("id").map(CrossingId).ok_or(Trouble::NotFound)?;
    Ok(match (side, amount, label, day, member) {
        (Ok(side), Ok(amount), Ok(label), Ok(done_on), Ok(member)) => Ok((
            Draft {
                crossing_id: id,
                side,
                amount,
                label,
                done_on,
            },
            member,
        )),
        (side, amount, label, day, member) => {
            let all = [
                side.err(),
                member.err(),
                amount.err(),
                label.err(),
                day.err(),
            ];
            Err(all.into_iter().flatten().collect())
        }
    })
}

#[handler]
async fn enter(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = partner(&mut present, &id).await?;
    let (draft, member) = match read(&mut present, &fields).await? {
        Ok(read) => read,
        Err(refusals) => {
            let (words, unit) = (present.words(), &present.rules.unit);
            let errors = Errors::of_refusals(words, &refusals, unit);
            return Ok(form(&present, &it, fields, errors)?);
        }
    };
    let (scope, absent) = present.part();
    let on_slip = (fields.get("other"), fields.get("slip"));
    let another = fields.ticked("another", "oui");
    match desk::crossing::enter(scope, draft, it.id(), member.id(), on_slip, another).await {
        Ok(entered) => {
            let names = [
                ("name", (&member.first_name).into()),
                ("other", (&entered.other_name).into()),
                ("amount", absent.rules.unit.amount(entered.amount).into()),
            ];
            let flash = Flash::good(absent.words().say_with("alliance-entered", &names));
            let to = format!("/bureau/allies/{}", it.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let present = absent.back().await?;
            let (words, unit) = (present.words(), &present.rules.unit);
            let mut errors = Errors::none();
            // The name on the slip has a field of its own here.
            let field = match &refusal {
                Refusal::NoMember => "other",
                other => sel::refusal::Refused::field(other),
            };
            errors.add(field, words.refusal(&refusal, unit));
            Ok(form(&present, &it, fields, errors)?)
        }
    }
}
