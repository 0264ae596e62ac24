//! Answering an exchange from the mail, without logging in: a page with two buttons.

use super::answer::{After, ExchangePage, done};
use super::telling::{Telling, names, state, warned};
use crate::mailed::opened;
use askama::Template;
use desk::link::{Dead, Link};
use door::{Answer, Fields, Flash, Frame, Guest, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::exchange::{Ending, Refusal, Side};
use sel::id::MemberId;
use store::Scope;
use store::exchange::Exchange;

pub(super) fn routes(route: Route) -> Route {
    route.at("/repondre-echange/:link", get(mailed).post(answer_mailed))
}

/// The exchange that a mailed link is about.
async fn open(
    guest: &Guest,
    text: &str,
) -> Result<Result<(Scope, Exchange, MemberId), Dead>, Trouble> {
    let mut opened = match opened(guest, text).await? {
        Ok(opened) => opened,
        Err(dead) => return Ok(Err(dead)),
    };
    let Link::Answer { exchange_id, .. } = opened.link else {
        return Ok(Err(Dead::Broken));
    };
    let found = store::exchange::by_id(&mut opened.scope, exchange_id).await?;
    Ok(found
        .map(|it| (opened.scope, it, opened.member))
        .ok_or(Dead::Broken))
}

#[derive(Template)]
#[template(path = "exchange_dead.html")]
struct DeadPage {
    frame: Frame,
    text: String,
}

/// The page of a link that leads nowhere any more.
pub(crate) fn dead(guest: &Guest, dead: Dead) -> Answer {
    let key = match dead {
        Dead::Broken => "refusal-link-broken",
        Dead::Expired => "exchange-link-expired",
    };
    let text = guest.visit.words.say(key);
    let response = page(&DeadPage {
        frame: Frame::guest(guest, "exchange-dead-title"),
        text,
    })?;
    Ok(response
        .with_status(poem::http::StatusCode::GONE)
        .into_response())
}

#[handler]
async fn mailed(guest: Guest, Path(link): Path<String>) -> Answer {
    let (mut scope, exchange, member) = match open(&guest, &link).await? {
        Ok(open) => open,
        Err(why) => return dead(&guest, why),
    };
    Ok(mailed_page(&guest, &mut scope, &exchange, member, &link, None).await?)
}

async fn mailed_page(
    guest: &Guest,
    scope: &mut Scope,
    exchange: &Exchange,
    member: MemberId,
    link: &str,
    flash: Option<Flash>,
) -> Result<Response, Trouble> {
    let rules = store::setting::read(scope).await?;
    let words = guest.visit.words;
    let mut frame = Frame::guest(guest, "exchange-page-title");
    frame.flash = flash;
    let to_answer = !exchange.has_ended() && exchange.answer_by() == Some(member);
    let telling = Telling {
        words,
        rules: &rules,
        names: names(false, &rules, exchange),
        today: guest.today(),
        asks: exchange.asked().filter(|_| to_answer),
    };
    let warning = if to_answer && exchange.asked() == Some(Side::Payer) {
        let account = store::account::of_member(scope, member).await?;
        warned(words, &rules, exchange, (account.standing(), true))
    } else {
        None
    };
    page(&ExchangePage {
        frame,
        said: telling.said(exchange),
        state: state(words, exchange, to_answer),
        warning,
        base: format!("/repondre-echange/{link}"),
        to_answer,
        may_agree: true,
        to_cancel: false,
        mailed: true,
        after: After::default(),
    })
}

#[handler]
async fn answer_mailed(guest: Guest, Path(link): Path<String>, fields: Fields) -> Answer {
    let (scope, exchange, member) = match open(&guest, &link).await? {
        Ok(open) => open,
        Err(why) => return dead(&guest, why),
    };
    let ending = match fields.get("answer") {
        "accord" => Ending::Agreed,
        "refus" => Ending::Refused,
        _ => return Err(Trouble::NotFound.into()),
    };
    let id = exchange.id();
    let closed = desk::exchange::close(scope, id, ending, fields.get("reason")).await;
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    let words = guest.visit.words;
    let flash = match closed {
        Ok(exchange) => Flash::good(done(words, &rules.unit, &exchange, ending)),
        Err(halt) => {
            let refusal: Refusal = crate::failed(halt)?;
            Flash::bad(words.refusal(&refusal, &rules.unit))
        }
    };
    let exchange = store::exchange::by_id(&mut scope, id)
        .await
        .map_err(Trouble::from)?
        .ok_or(Trouble::NotFound)?;
    Ok(mailed_page(&guest, &mut scope, &exchange, member, &link, Some(flash)).await?)
}
