//! The board's answers to those who ask to join.

use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::folded::folded;
use sel::id::ApplicationId;
use sel::person::Phone;
use store::application::Application;
use store::member::Member;
use words::Words;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau/demandes/:id/accueillir", post(accept))
        .at("/bureau/demandes/:id/refuser", get(confirm).post(refuse))
}

/// Somebody who asks to join.
pub(super) struct Request {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) asked: String,
    pub(super) place: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<(String, String)>,
    pub(super) about: Option<String>,
    pub(super) sponsor: Option<String>,
    /// Who has this name or this address here already.
    pub(super) alike: Option<String>,
}

#[derive(Template)]
#[template(path = "application_refuse.html")]
struct RefusePage {
    frame: Frame,
    id: String,
    name: String,
    back: &'static str,
}

pub(super) fn decides(present: &Present) -> bool {
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

pub(super) fn request(present: &Present, it: &Application, members: &[Member]) -> Request {
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
