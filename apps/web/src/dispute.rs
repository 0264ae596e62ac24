//! `/desaccords`: a disagreement about an exchange, spoken of by the two and those who mediate.

use crate::exchange::{Telling, visible_exchange};
use crate::member::shown_name;
use crate::notice::paragraphs;
use askama::Template;
use askama::filters::Safe;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::dispute::{Outcome, Refusal};
use sel::id::{DisputeId, MessageId};
use sel::refusal::Refused;
use store::dispute::{Dispute, Word};
use store::exchange::Exchange;

/// Messages that are shown, the newest ones.
const WORDS: i64 = 200;

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/echanges/:id/desaccord", get(begin).post(open))
        .at("/desaccords/:id", get(show).post(write))
        .at("/desaccords/:id/fin", post(close))
}

#[derive(Template)]
#[template(path = "dispute_open.html")]
struct OpenPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    exchange: String,
    said: Safe<String>,
}

struct Said {
    mine: bool,
    from: String,
    at: String,
    body: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "dispute.html")]
struct DisputePage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    exchange: String,
    said: Safe<String>,
    state: String,
    outcome: Vec<Vec<String>>,
    words: Vec<Said>,
    is_open: bool,
    decides: bool,
    withdraws: bool,
}

#[handler]
async fn begin(mut present: Present, Path(id): Path<String>) -> Answer {
    let exchange = visible_exchange(&mut present, &id).await?;
    let known = store::dispute::of_exchange(&mut present.scope, exchange.id())
        .await
        .map_err(Trouble::from)?;
    if let Some(known) = known.filter(|known| !known.has_ended()) {
        return Ok(door::see_other(&format!("/desaccords/{}", known.id())));
    }
    let id = desk::fresh::id(present.guest.visit.now).to_string();
    let fields = Fields::default().with("id", id);
    Ok(opening(&present, &exchange, fields, Errors::none())?)
}

fn opening(
    present: &Present,
    it: &Exchange,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&OpenPage {
        frame: Frame::present(present, "dispute-open-title", "statement").wrong(!errors.is_empty()),
        errors,
        fields,
        exchange: it.id().to_string(),
        said: Telling::to(present, sees_all(present), it, None).said(it),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn open(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let exchange = visible_exchange(&mut present, &id).await?;
    let id = DisputeId(fields.id("id").ok_or(Trouble::NotFound)?);
    let (scope, absent) = present.part();
    let words = absent.words();
    match desk::dispute::open(scope, id, exchange.id(), fields.raw("words")).await {
        Ok(id) => {
            let flash = Flash::good(words.say("dispute-opened"));
            let to = format!("/desaccords/{id}");
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(opening(&present, &exchange, fields, errors)?)
        }
    }
}

/// A dispute in which this member takes part.
async fn found(present: &mut Present, id: &str) -> Result<Dispute, Trouble> {
    let id: DisputeId = id.parse().map_err(|_| Trouble::NotFound)?;
    let actor = present.scope.actor.clone();
    store::dispute::by_id(&mut present.scope, id)
        .await?
        .filter(|it| actor.is_some_and(|actor| it.case().takes_part(&actor)))
        .ok_or(Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let id = desk::fresh::id(present.guest.visit.now).to_string();
    let fields = Fields::default().with("id", id);
    Ok(shown(present, &it, fields, Errors::none()).await?)
}

async fn shown(
    mut present: Present,
    it: &Dispute,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let scope = &mut present.scope;
    let exchange = store::exchange::by_id(scope, it.exchange_id())
        .await?
        .ok_or(Trouble::NotFound)?;
    let written = store::dispute::words(scope, it.id(), WORDS).await?;
    let case = it.case();
    let actor = present.scope.actor.as_ref();
    let decides = actor.is_some_and(|actor| case.decides(actor));
    let withdraws = actor.is_some_and(|actor| sel::dispute::withdraws(&case, actor));
    let code = errors.code();
    let response = page(&DisputePage {
        frame: Frame::present(
            &present,
            "dispute-title",
            if decides { "desk" } else { "statement" },
        )
        .wrong(!errors.is_empty()),
        errors,
        fields,
        id: it.id().to_string(),
        exchange: exchange.id().to_string(),
        said: Telling::to(&present, sees_all(&present), &exchange, None).said(&exchange),
        state: state(&present, it),
        outcome: it.outcome.as_deref().map(paragraphs).unwrap_or_default(),
        words: std::iter::once(first(&present, it))
            .chain(written.iter().map(|word| said(&present, word)))
            .collect(),
        is_open: !it.has_ended(),
        decides: decides && !it.has_ended(),
        withdraws: withdraws && !it.has_ended(),
    })?;
    Ok(response.with_status(code).into_response())
}

fn sees_all(present: &Present) -> bool {
    !present.member.rights().is_empty()
}

fn state(present: &Present, it: &Dispute) -> String {
    let key = match it {
        it if it.upheld_at.is_some() => "dispute-state-upheld",
        it if it.reversed_at.is_some() => "dispute-state-reversed",
        it if it.withdrawn_at.is_some() => "dispute-state-withdrawn",
        _ => "dispute-state-open",
    };
    let by = it.closer_first.clone().unwrap_or_default();
    present.words().say_with(key, &[("name", by.into())])
}

/// What was written when it was opened.
fn first(present: &Present, it: &Dispute) -> Said {
    Said {
        mine: it.case().opened_by == present.member.id(),
        from: signed(
            present,
            (&it.opener_first, &it.opener_last),
            it.opener_number,
        ),
        at: moment(present, it.opened_at),
        body: paragraphs(&it.reason),
    }
}

fn said(present: &Present, word: &Word) -> Said {
    let name = (word.author_first.as_str(), word.author_last.as_str());
    Said {
        mine: word.author_id() == present.member.id(),
        from: signed(present, name, word.author_number),
        at: moment(present, word.written_at),
        body: paragraphs(&word.body),
    }
}

/// "Claire (n° 12)", as the reader may see her.
fn signed(present: &Present, (first, last): (&str, &str), number: i32) -> String {
    let name = shown_name(sees_all(present), &present.rules, first, last);
    format!("{name} (n°\u{a0}{number})")
}

fn moment(present: &Present, at: chrono::DateTime<chrono::Utc>) -> String {
    let words = present.words();
    let zone = &present.guest.association.time_zone;
    words.day(words.local_day(at, zone))
}

#[handler]
async fn write(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let message = MessageId(fields.id("id").ok_or(Trouble::NotFound)?);
    let (scope, absent) = present.part();
    match desk::dispute::write(scope, message, it.id(), fields.raw("words")).await {
        Ok(()) => {
            let flash = Flash::good(absent.words().say("dispute-written"));
            let to = format!("/desaccords/{}", it.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => again(absent, &it, fields, crate::failed(halt)?, "words").await,
    }
}

/// The page again, with what was wrong in this box of it.
async fn again(
    absent: door::Absent,
    it: &Dispute,
    fields: Fields,
    refusal: Refusal,
    name: &str,
) -> Answer {
    let mut errors = Errors::none();
    let name = if refusal.field().is_empty() { "" } else { name };
    errors.add(name, absent.words().refusal(&refusal, &absent.rules.unit));
    let mut present = absent.back().await?;
    let it = found(&mut present, &it.id().to_string()).await?;
    Ok(shown(present, &it, fields, errors).await?)
}

#[handler]
async fn close(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let how = match fields.get("how") {
        "maintenir" => Outcome::Upheld,
        "inverser" => Outcome::Reversed,
        "retirer" => Outcome::Withdrawn,
        _ => return Err(Trouble::NotFound.into()),
    };
    let today = present.guest.today();
    let (scope, absent) = present.part();
    let name = match how {
        Outcome::Withdrawn => "words",
        Outcome::Upheld | Outcome::Reversed => "outcome",
    };
    match desk::dispute::close(scope, it.id(), how, fields.raw(name), today).await {
        Ok(()) => {
            let key = match how {
                Outcome::Upheld => "dispute-upheld",
                Outcome::Reversed => "dispute-reversed",
                Outcome::Withdrawn => "dispute-withdrawn",
            };
            let flash = Flash::good(absent.words().say(key));
            let to = format!("/desaccords/{}", it.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => again(absent, &it, fields, crate::failed(halt)?, name).await,
    }
}
