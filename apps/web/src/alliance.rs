//! `/bureau/allies`: the SELs that this one trades with.

mod entry;
mod named;
mod one;
mod paper;
mod tally;

use askama::Template;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use named::called;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::alliance::{
    HOUR_SECONDS, Refusal, State, USUAL_CAP_HOURS, caps, nearest_units, partner, units_of,
};
use sel::amount::Unit;
use sel::id::AllianceId;
use store::alliance::Alliance;
use words::Words;

pub(crate) fn routes(route: Route) -> Route {
    let route = paper::routes(tally::routes(entry::routes(one::routes(route))));
    route
        .at("/bureau/allies", get(list))
        .at("/bureau/allies/nouvelle", get(ask_form).post(ask))
        .at(
            "/bureau/allies/exterieur",
            get(partner_form).post(open_partner),
        )
}

/// An alliance on one line.
struct Told {
    id: String,
    name: String,
    state: String,
    said: String,
}

#[derive(Template)]
#[template(path = "alliance_list.html")]
struct ListPage {
    frame: Frame,
    code: String,
    example: String,
    waiting: Vec<Told>,
    allies: Vec<Told>,
    over: Vec<Told>,
    changes: bool,
}

/// Whether this member sees what is exchanged with others.
fn allowed(present: &Present) -> Result<(), Trouble> {
    let actor = present.scope.actor.as_ref();
    if actor.is_some_and(sel::alliance::may_review) {
        Ok(())
    } else {
        Err(Trouble::NotAllowed)
    }
}

fn changes(present: &Present) -> bool {
    let actor = present.scope.actor.as_ref();
    actor.is_some_and(sel::alliance::may_change)
}

fn state_word(words: Words, state: State) -> String {
    words.say(&format!("alliance-state-{}", state.as_str()))
}

/// "Nos adhérents leur ont donné 120 grains et en ont reçu 60."
fn balance(words: Words, unit: &Unit, it: &Alliance) -> String {
    let bond = it.bond();
    let names = [
        ("given", unit.amount(nearest_units(bond.given, unit)).into()),
        (
            "received",
            unit.amount(nearest_units(bond.received, unit)).into(),
        ),
    ];
    words.say_with("alliance-balance", &names)
}

fn told(present: &Present, it: &Alliance) -> Told {
    let (words, state) = (present.words(), it.state());
    let place = it.place_name.clone().unwrap_or_default();
    let zone = &present.guest.association.time_zone;
    let day = words.local_day(it.asked_at, zone);
    let said = match state {
        State::Asked | State::Waits | State::Refused => {
            let names = [
                ("place", place.into()),
                ("day", words.short_day(day).into()),
            ];
            words.say_with(&format!("alliance-said-{}", state.as_str()), &names)
        }
        _ => balance(words, &present.rules.unit, it),
    };
    Told {
        id: it.id().to_string(),
        name: format!("{} ({})", it.name, it.code),
        state: state_word(words, state),
        said,
    }
}

#[handler]
async fn list(mut present: Present) -> Answer {
    allowed(&present)?;
    let all = store::alliance::list(&mut present.scope)
        .await
        .map_err(Trouble::from)?;
    let of = |wanted: fn(State) -> bool| {
        all.iter()
            .filter(|it| wanted(it.state()))
            .map(|it| told(&present, it))
            .collect()
    };
    let code = present.guest.association.code.clone();
    Ok(page(&ListPage {
        example: sel::alliance::named(&code, Some(present.member.number)),
        code,
        waiting: of(|state| state == State::Waits),
        allies: of(|state| !state.is_over() && state != State::Waits),
        over: of(State::is_over),
        changes: changes(&present),
        frame: Frame::present(&present, "alliance-list-title", "desk"),
    })?)
}

#[derive(Template)]
#[template(path = "alliance_form.html")]
struct FormPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    unit: String,
    hour: String,
    /// Whether it is a SEL that is on no platform.
    outside: bool,
}

/// What each way may come to where nothing else is chosen, in units.
fn usual_cap(unit: &Unit) -> String {
    unit.plain(units_of(USUAL_CAP_HOURS * HOUR_SECONDS, unit))
}

fn blank(present: &Present) -> Fields {
    let cap = usual_cap(&present.rules.unit);
    Fields::default()
        .with("id", desk::fresh::id(present.guest.visit.now).to_string())
        .with("cap_out", &cap)
        .with("cap_in", &cap)
}

fn form(
    present: &Present,
    fields: Fields,
    errors: Errors,
    outside: bool,
) -> Result<Response, Trouble> {
    if !changes(present) {
        return Err(Trouble::NotAllowed);
    }
    let frame = if outside {
        Frame::present(present, "alliance-outside-title", "desk")
    } else {
        Frame::present(present, "alliance-ask-title", "desk")
    };
    let unit = &present.rules.unit;
    let code = errors.code();
    let response = page(&FormPage {
        frame: frame.wrong(!errors.is_empty()),
        errors,
        fields,
        unit: unit.many.clone(),
        hour: hour(present.words(), unit),
        outside,
    })?;
    Ok(response.with_status(code).into_response())
}

/// "60 grains pour une heure."; nothing where the unit is the hour.
fn hour(words: Words, unit: &Unit) -> String {
    if unit.is_the_hour() {
        return String::new();
    }
    let amount = unit.amount(unit.hour()).into();
    format!(
        "{}.",
        words.say_with("exchange-hour", &[("amount", amount)])
    )
}

fn wrong(present: &Present, refusals: &[Refusal]) -> Errors {
    Errors::of_refusals(present.words(), refusals, &present.rules.unit)
}

#[handler]
async fn ask_form(present: Present, Query(query): Query) -> Answer {
    let fields = blank(&present).with("ally", query.get("sel"));
    Ok(form(&present, fields, Errors::none(), false)?)
}

#[handler]
async fn partner_form(present: Present) -> Answer {
    let fields = blank(&present).with("per_hour", "60");
    Ok(form(&present, fields, Errors::none(), true)?)
}

/// The id that came with the form.
fn id(fields: &Fields) -> Result<AllianceId, Trouble> {
    fields.id("id").map(AllianceId).ok_or(Trouble::NotFound)
}

#[handler]
async fn ask(fields: Fields, present: Present) -> Answer {
    let unit = &present.rules.unit;
    let caps = caps(fields.get("cap_out"), fields.get("cap_in"), unit);
    let there = called(&present, fields.get("ally")).await?;
    let (caps, there) = match (caps, there) {
        (Ok(caps), Ok(there)) => (caps, there),
        (caps, there) => {
            let capped = caps.err().unwrap_or_default();
            let all: Vec<Refusal> = there.err().into_iter().chain(capped).collect();
            let errors = wrong(&present, &all);
            return Ok(form(&present, fields, errors, false)?);
        }
    };
    let (id, name) = (id(&fields)?, there.name.clone());
    let (scope, absent) = present.part();
    match desk::alliance::ask(scope, id, (there.id(), &name), caps).await {
        Ok(()) => {
            let names = [("name", name.into())];
            let flash = Flash::good(absent.words().say_with("alliance-asked", &names));
            Ok(see_other_with(
                &absent.guest.house,
                "/bureau/allies",
                &flash,
            ))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(form(&present, fields, errors, false)?)
        }
    }
}

#[handler]
async fn open_partner(fields: Fields, present: Present) -> Answer {
    let unit = &present.rules.unit;
    let caps = caps(fields.get("cap_out"), fields.get("cap_in"), unit);
    let (name, code) = (fields.get("name"), fields.get("code"));
    let partner = partner(name, code, fields.get("per_hour"));
    let (caps, partner) = match (caps, partner) {
        (Ok(caps), Ok(partner)) => (caps, partner),
        (caps, partner) => {
            let mut all = partner.err().unwrap_or_default();
            all.extend(caps.err().unwrap_or_default());
            let errors = wrong(&present, &all);
            return Ok(form(&present, fields, errors, true)?);
        }
    };
    if called(&present, partner.code.as_str()).await?.is_ok() {
        let errors = wrong(&present, &[Refusal::PlatformCode]);
        return Ok(form(&present, fields, errors, true)?);
    }
    let id = id(&fields)?;
    let (scope, absent) = present.part();
    match desk::alliance::open_partner(scope, id, &partner, caps).await {
        Ok(()) => {
            let names = [("name", partner.name.into())];
            let flash = Flash::good(absent.words().say_with("alliance-opened", &names));
            let to = format!("/bureau/allies/{id}");
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(form(&present, fields, errors, true)?)
        }
    }
}
