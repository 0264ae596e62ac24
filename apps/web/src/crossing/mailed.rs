//! Answering an exchange with a member of another SEL from the mail, without logging in.

use super::answer::{done, state, warning};
use super::told;
use crate::exchange::{After, ExchangePage, dead};
use crate::mailed::opened;
use desk::link::{Dead, Link};
use door::{Answer, Fields, Flash, Frame, Guest, Trouble, page};
use poem::web::Path;
use poem::{Response, Route, get, handler};
use sel::exchange::{Ending, Refusal};
use sel::id::MemberId;
use store::Scope;
use store::crossing::Crossing;

pub(super) fn routes(route: Route) -> Route {
    route.at("/repondre-ailleurs/:link", get(mailed).post(answer))
}

/// The crossing that a mailed link is about.
async fn open(
    guest: &Guest,
    text: &str,
) -> Result<Result<(Scope, Crossing, MemberId), Dead>, Trouble> {
    let mut opened = match opened(guest, text).await? {
        Ok(opened) => opened,
        Err(dead) => return Ok(Err(dead)),
    };
    let Link::Crossing { crossing_id, .. } = opened.link else {
        return Ok(Err(Dead::Broken));
    };
    let found = store::crossing::by_id(&mut opened.scope, crossing_id).await?;
    Ok(found
        .map(|it| (opened.scope, it, opened.member))
        .ok_or(Dead::Broken))
}

#[handler]
async fn mailed(guest: Guest, Path(link): Path<String>) -> Answer {
    let (mut scope, it, member) = match open(&guest, &link).await? {
        Ok(open) => open,
        Err(why) => return dead(&guest, why),
    };
    Ok(shown(&guest, &mut scope, &it, member, &link, None).await?)
}

async fn shown(
    guest: &Guest,
    scope: &mut Scope,
    it: &Crossing,
    member: MemberId,
    link: &str,
    flash: Option<Flash>,
) -> Result<Response, Trouble> {
    let rules = store::setting::read(scope).await?;
    let words = guest.visit.words;
    let mut frame = Frame::guest(guest, "exchange-page-title");
    frame.flash = flash;
    let asks = !it.has_ended() && it.answered_here && it.member_id() == member;
    let warning = if asks {
        warning(scope, words, &rules, it, true).await?
    } else {
        None
    };
    let name = crate::member::shown_name(false, &rules, &it.member_first, &it.member_last);
    let own = format!("{name} (n°\u{a0}{})", it.member_number);
    page(&ExchangePage {
        frame,
        said: told((words, guest.today()), own, &rules.unit, it, asks),
        state: state(words, it, asks),
        warning,
        base: format!("/repondre-ailleurs/{link}"),
        to_answer: asks,
        may_agree: it.is_allied(),
        to_cancel: false,
        mailed: true,
        after: After::default(),
    })
}

#[handler]
async fn answer(guest: Guest, Path(link): Path<String>, fields: Fields) -> Answer {
    let (scope, it, member) = match open(&guest, &link).await? {
        Ok(open) => open,
        Err(why) => return dead(&guest, why),
    };
    let ending = match fields.get("answer") {
        "accord" => Ending::Agreed,
        "refus" => Ending::Refused,
        _ => return Err(Trouble::NotFound.into()),
    };
    let closed = desk::crossing::close(scope, it.id(), ending, fields.get("reason")).await;
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    let words = guest.visit.words;
    let flash = match closed {
        Ok(it) => Flash::good(done(words, &rules.unit, &it, ending)),
        Err(halt) => {
            let refusal: Refusal = crate::failed(halt)?;
            Flash::bad(words.refusal(&refusal, &rules.unit))
        }
    };
    let it = store::crossing::by_id(&mut scope, it.id())
        .await
        .map_err(Trouble::from)?
        .ok_or(Trouble::NotFound)?;
    Ok(shown(&guest, &mut scope, &it, member, &link, Some(flash)).await?)
}
