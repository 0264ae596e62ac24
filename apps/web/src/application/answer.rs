//! `/bureau`: what waits for the board, and its answers to those who ask to join.

use crate::exchange::Telling;
use askama::Template;
use askama::filters::Safe;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::folded::folded;
use sel::id::ApplicationId;
use sel::member::Right;
use sel::person::Phone;
use store::application::Application;
use store::exchange::Exchange;
use store::member::Member;
use words::Words;

/// Requests, and exchanges, that are shown at once.
const REQUESTS: usize = 50;
const EXCHANGES: usize = 50;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau", get(board))
        .at("/bureau/demandes", get(list))
        .at("/bureau/demandes/:id/accueillir", post(accept))
        .at("/bureau/demandes/:id/refuser", get(confirm).post(refuse))
}

/// Somebody who asks to join.
struct Request {
    id: String,
    name: String,
    asked: String,
    place: Option<String>,
    email: Option<String>,
    phone: Option<(String, String)>,
    about: Option<String>,
    sponsor: Option<String>,
    /// Who has this name or this address here already.
    alike: Option<String>,
}

/// An exchange that waits for a member without e-mail.
struct Waiting {
    id: String,
    said: Safe<String>,
    waits: String,
}

#[derive(Template)]
#[template(path = "application_desk.html")]
struct DeskPage {
    frame: Frame,
    /// Only the requests, for members who do not sit on the board.
    alone: bool,
    decides: bool,
    requests: Vec<Request>,
    more_requests: bool,
    enters: bool,
    more_exchanges: bool,
    exchanges: Vec<Waiting>,
    may_members: bool,
    may_settings: bool,
}

#[derive(Template)]
#[template(path = "application_refuse.html")]
struct RefusePage {
    frame: Frame,
    id: String,
    name: String,
    back: &'static str,
}

fn decides(present: &Present) -> bool {
    let actor = present.scope.actor.as_ref();
    actor.is_some_and(|actor| sel::application::may_decide(present.rules.admission, actor))
}

/// Where the list of requests stands for this member.
fn home(present: &Present) -> &'static str {
    if present.member.rights().is_empty() {
        "/bureau/demandes"
    } else {
        "/bureau"
    }
}

/// Who of these members may be the same person.
fn alike(words: Words, it: &Application, members: &[Member]) -> Option<String> {
    let name = folded(&it.full_name());
    let is_alike = |member: &&Member| {
        folded(&member.full_name()) == name || (it.email.is_some() && member.email == it.email)
    };
    let member = members.iter().find(is_alike)?;
    let known = format!("{} (n°\u{a0}{})", member.full_name(), member.number);
    Some(words.say_with("application-alike", &[("known", known.into())]))
}

fn request(present: &Present, it: &Application, members: &[Member]) -> Request {
    let words = present.words();
    let day = words.local_day(it.asked_at, &present.guest.association.time_zone);
    Request {
        id: it.id().to_string(),
        name: it.full_name(),
        alike: alike(words, it, members),
        asked: words.say_with("application-asked", &[("day", words.day(day).into())]),
        place: it.place.clone(),
        email: it.email.clone(),
        phone: it.phone.as_deref().map(dialled),
        about: it.about.clone(),
        sponsor: it.sponsor_first.as_deref().map(|first| {
            let last = it.sponsor_last.as_deref().unwrap_or_default();
            let all = !present.member.rights().is_empty();
            let name = crate::member::shown_name(all, &present.rules, first, last);
            words.say_with("application-sponsor", &[("name", name.into())])
        }),
    }
}

/// A phone number as a link and as it is read.
pub(crate) fn dialled(kept: &str) -> (String, String) {
    let phone = Phone::kept(kept);
    (phone.href(), phone.to_string())
}

fn waiting(present: &Present, it: &Exchange) -> Waiting {
    let words = present.words();
    let name = if it.answer_by() == Some(it.payer_id()) {
        &it.payer_first
    } else {
        &it.payee_first
    };
    Waiting {
        id: it.id().to_string(),
        said: Telling::to(present, true, it, false).said(it),
        waits: words.say_with("application-exchange-waits", &[("name", name.into())]),
    }
}

#[handler]
async fn board(present: Present) -> Answer {
    if present.member.rights().is_empty() {
        return Err(Trouble::NotAllowed.into());
    }
    Ok(shown(present, false).await?)
}

#[handler]
async fn list(present: Present) -> Answer {
    if !decides(&present) {
        return Err(Trouble::NotAllowed.into());
    }
    Ok(shown(present, true).await?)
}

async fn shown(mut present: Present, alone: bool) -> Result<poem::Response, Trouble> {
    let decides = decides(&present);
    let enters = !alone && present.may(Right::EnterForOthers);
    let scope = &mut present.scope;
    let (mut requests, mut more_requests) = (Vec::new(), false);
    if decides {
        let page = store::application::waiting(scope, REQUESTS).await?;
        (requests, more_requests) = (page.rows, page.more);
    }
    let names: Vec<String> = requests.iter().map(|it| folded(&it.full_name())).collect();
    let emails: Vec<&str> = requests
        .iter()
        .filter_map(|it| it.email.as_deref())
        .collect();
    let members = if requests.is_empty() {
        Vec::new()
    } else {
        store::member::alike(scope, &names, &emails).await?
    };
    let (mut exchanges, mut more_exchanges) = (Vec::new(), false);
    if enters {
        let page = store::exchange::to_answer_for_others(scope, EXCHANGES).await?;
        (exchanges, more_exchanges) = (page.rows, page.more);
    }
    let frame = if alone {
        Frame::present(&present, "application-list-title", "desk")
    } else {
        Frame::present(&present, "application-desk-title", "desk")
    };
    page(&DeskPage {
        frame,
        alone,
        decides,
        requests: requests
            .iter()
            .map(|it| request(&present, it, &members))
            .collect(),
        more_requests,
        enters,
        more_exchanges,
        exchanges: exchanges.iter().map(|it| waiting(&present, it)).collect(),
        may_members: present.may(Right::Members),
        may_settings: present.may(Right::Settings),
    })
}

fn read_id(text: &str) -> Result<ApplicationId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

/// A request of this SEL, for somebody who may answer it.
async fn found(present: &mut Present, id: &str) -> Result<Application, Trouble> {
    if !decides(present) {
        return Err(Trouble::NotAllowed);
    }
    store::application::by_id(&mut present.scope, read_id(id)?)
        .await?
        .ok_or(Trouble::NotFound)
}

#[handler]
async fn accept(_fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let id = found(&mut present, &id).await?.id();
    let back = home(&present);
    let Present {
        guest,
        scope,
        rules,
        ..
    } = present;
    let words = guest.visit.words;
    let flash = match desk::application::accept(scope, id).await {
        Ok(done) => {
            let key = if done.is_mailed {
                "application-accepted-mailed"
            } else {
                "application-accepted"
            };
            let names = [
                ("name", done.first_name.into()),
                ("number", done.number.into()),
            ];
            Flash::good(words.say_with(key, &names))
        }
        Err(halt) => Flash::bad(words.refusal(&crate::failed(halt)?, &rules.unit)),
    };
    Ok(see_other_with(&guest.house, back, &flash))
}

#[handler]
async fn confirm(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let back = home(&present);
    if it.is_decided() {
        let words = present.words();
        let decided = sel::application::Refusal::Decided;
        let flash = Flash::bad(words.refusal(&decided, &present.rules.unit));
        return Ok(see_other_with(&present.guest.house, back, &flash));
    }
    let name = it.full_name();
    let title = present
        .words()
        .say_with("application-refuse-title", &[("name", (&name).into())]);
    Ok(page(&RefusePage {
        frame: Frame::present(&present, "application-list-title", "desk").titled(title),
        id: it.id().to_string(),
        name: it.first_name,
        back,
    })?)
}

#[handler]
async fn refuse(_fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let id = found(&mut present, &id).await?.id();
    let back = home(&present);
    let Present {
        guest,
        scope,
        rules,
        ..
    } = present;
    let words = guest.visit.words;
    let flash = match desk::application::refuse(scope, id).await {
        Ok(it) => {
            let names = [("name", it.first_name.into())];
            Flash::good(words.say_with("application-refused", &names))
        }
        Err(halt) => Flash::bad(words.refusal(&crate::failed(halt)?, &rules.unit)),
    };
    Ok(see_other_with(&guest.house, back, &flash))
}
