//! One SEL that this one trades with: how it stands, what is allowed, what becomes of it.

use super::tally::{Quarter, Shown};
use super::{allowed, balance, changes, hour, state_word, usual_cap};
use askama::Template;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::alliance::{State, caps, units_of};
use sel::id::AllianceId;
use sel::member::Right;
use store::alliance::{Alliance, Change};

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau/allies/:id", get(show))
        .at("/bureau/allies/:id/accord", post(agree))
        .at("/bureau/allies/:id/refus", post(refuse))
        .at("/bureau/allies/:id/pause", post(pause))
        .at("/bureau/allies/:id/reprise", post(resume))
        .at("/bureau/allies/:id/fin", post(end))
        .at("/bureau/allies/:id/plafonds", post(cap))
}

#[derive(Template)]
#[template(path = "alliance.html")]
struct AlliancePage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    name: String,
    state: String,
    /// What this state means.
    explained: String,
    unit: String,
    hour: String,
    facts: Vec<(String, String)>,
    said: String,
    changes: bool,
    waits: bool,
    /// We asked, and may take it back.
    asked: bool,
    stands: bool,
    paused: bool,
    may_end: bool,
    /// The code to ask again with, where it is over.
    again: Option<String>,
    /// A SEL on no platform, whose slips the desk copies.
    copies: bool,
    tally: Option<Shown>,
}

pub(super) async fn found(present: &mut Present, id: &str) -> Result<Alliance, Trouble> {
    allowed(present)?;
    let id: AllianceId = id.parse().map_err(|_| Trouble::NotFound)?;
    store::alliance::by_id(&mut present.scope, id)
        .await?
        .ok_or(Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>, Query(query): Query) -> Answer {
    let it = found(&mut present, &id).await?;
    let unit = &present.rules.unit;
    let (out, inward) = if it.state() == State::Waits {
        (usual_cap(unit), usual_cap(unit))
    } else {
        let plain = |seconds| unit.plain(units_of(seconds, unit));
        (plain(it.cap_out), plain(it.cap_in))
    };
    let fields = Fields::default()
        .with("cap_out", out)
        .with("cap_in", inward)
        .with("trimestre", query.get("trimestre"));
    Ok(shown(present, &it, fields, Errors::none()).await?)
}

async fn shown(
    mut present: Present,
    it: &Alliance,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let quarter = Quarter::read(fields.get("trimestre"), present.guest.today());
    let tally = if it.agreed_at.is_some() {
        Some(Shown::read(&mut present, it, quarter).await?)
    } else {
        None
    };
    let (words, unit, state) = (present.words(), &present.rules.unit, it.state());
    let names = [("name", (&it.name).into())];
    let explained = words.say_with(&format!("alliance-explained-{}", state.as_str()), &names);
    let code = errors.code();
    let copies = it.ally_id().is_none();
    let response = page(&AlliancePage {
        frame: Frame::present(&present, "alliance-list-title", "desk")
            .titled(&it.name)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        id: it.id().to_string(),
        name: format!("{} ({})", it.name, it.code),
        state: state_word(words, state),
        explained,
        unit: unit.many.clone(),
        hour: hour(words, unit),
        facts: facts(&present, it),
        said: balance(words, unit, it),
        changes: changes(&present),
        waits: state == State::Waits,
        asked: state == State::Asked,
        stands: matches!(state, State::Stands | State::PausedThere),
        paused: state == State::Paused,
        again: (state.is_over() && !copies).then(|| it.code.clone()),
        may_end: !state.is_over() && state != State::Waits,
        copies: copies && !state.is_over() && present.may(Right::EnterForOthers),
        tally,
    })?;
    Ok(response.with_status(code).into_response())
}

/// What an hour is worth there, and what is left to give and to receive.
fn facts(present: &Present, it: &Alliance) -> Vec<(String, String)> {
    let (words, unit) = (present.words(), &present.rules.unit);
    let theirs = it.unit();
    let mut facts = vec![(words.say("alliance-worth"), theirs.amount(theirs.hour()))];
    if matches!(
        it.state(),
        State::Stands | State::Paused | State::PausedThere
    ) {
        let bond = it.bond();
        let left = |seconds: i64| unit.amount(units_of(seconds.max(0), unit));
        facts.push((words.say("alliance-left-out"), left(bond.left_out())));
        facts.push((words.say("alliance-left-in"), left(bond.left_in())));
    }
    facts
}

/// Changes it, and says so by the sentence of this key.
async fn changed(mut present: Present, id: &str, how: Change, key: &'static str) -> Answer {
    let it = found(&mut present, id).await?;
    let (scope, absent) = present.part();
    let names = [("name", (&it.name).into())];
    let said = absent.words().say_with(key, &names);
    let done = desk::alliance::change(scope, it.id(), how).await;
    let to = format!("/bureau/allies/{}", it.id());
    crate::told(&absent, done.map(|_| said), &to)
}

#[handler]
async fn agree(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let unit = &present.rules.unit;
    match caps(fields.get("cap_out"), fields.get("cap_in"), unit) {
        Ok(caps) => changed(present, &id, Change::Agree(caps), "alliance-agreed").await,
        Err(refusals) => {
            let errors = super::wrong(&present, &refusals);
            Ok(shown(present, &it, fields, errors).await?)
        }
    }
}

#[handler]
async fn refuse(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    changed(present, &id, Change::Refuse, "alliance-refused").await
}

#[handler]
async fn pause(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    changed(present, &id, Change::Pause, "alliance-paused").await
}

#[handler]
async fn resume(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    changed(present, &id, Change::Resume, "alliance-resumed").await
}

#[handler]
async fn end(_fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let key = match found(&mut present, &id).await?.agreed_at {
        Some(_) => "alliance-ended",
        None => "alliance-withdrawn",
    };
    changed(present, &id, Change::End, key).await
}

#[handler]
async fn cap(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let unit = &present.rules.unit;
    let caps = match caps(fields.get("cap_out"), fields.get("cap_in"), unit) {
        Ok(caps) => caps,
        Err(refusals) => {
            let errors = super::wrong(&present, &refusals);
            return Ok(shown(present, &it, fields, errors).await?);
        }
    };
    let (scope, absent) = present.part();
    let to = format!("/bureau/allies/{}", it.id());
    let done = desk::alliance::cap(scope, it.id(), caps).await;
    let said = absent.words().say("alliance-capped");
    match done {
        Ok(()) => Ok(see_other_with(&absent.guest.house, &to, &Flash::good(said))),
        Err(halt) => crate::told(&absent, Err(halt), &to),
    }
}
