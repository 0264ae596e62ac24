//! A member's first page: what waits, where one stands, what is new.

mod balance;

pub(crate) use balance::{Balance, balance};

use crate::Rooms;
use crate::exchange::{Telling, warned};
use crate::notice::{Row, rows};
use askama::Template;
use askama::filters::Safe;
use door::visit::present;
use door::{Answer, Frame, Guest, Present, Trouble, page};
use poem::web::Data;
use poem::{Route, get, handler};
use sel::exchange::Side;
use sel::member::Right;
use std::sync::Arc;
use store::notice::Filter;
use words::Words;

/// Notices on the first page: the urgent ones, then the newest.
const URGENT: usize = 3;
const FRESH: usize = 6;
/// Exchanges to answer that are shown.
const WAITING: usize = 10;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/", get(show))
}

struct Waiting {
    url: String,
    said: Safe<String>,
    /// Where agreeing would lead, if beyond the floor.
    warning: Option<String>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    first_name: String,
    waiting: Vec<Waiting>,
    waiting_title: String,
    balance: Balance,
    notices: Vec<Row>,
    desk: Vec<(String, &'static str)>,
    /// Those in whose name the reader may act: name and number.
    helped: Vec<(String, i32)>,
}

#[handler]
async fn show(guest: Guest, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    match present(guest).await? {
        Ok(present) => home(present).await,
        Err(guest) => crate::portal::show(guest, rooms).await,
    }
}

async fn home(mut present: Present) -> Answer {
    if present.guest.association.ready_at.is_none() && present.may(Right::Settings) {
        let step = present.rules.setup_step.clamp(1, 4);
        return Ok(door::see_other(&format!("/demarrer/{step}")));
    }
    let me = present.member.id();
    let scope = &mut present.scope;
    let account = store::account::of_member(scope, me)
        .await
        .map_err(Trouble::from)?;
    let waiting = store::exchange::to_answer(scope, me, WAITING)
        .await
        .map_err(Trouble::from)?;
    let mut waits = waiting.more;
    let waiting = waiting.rows;
    let abroad = store::crossing::to_answer(scope, me, WAITING)
        .await
        .map_err(Trouble::from)?;
    let urgent = Filter {
        urgent: true,
        ..Filter::default()
    };
    let mut notices = store::notice::list(scope, urgent, 0, URGENT)
        .await
        .map_err(Trouble::from)?
        .rows;
    let fresh = store::notice::list(scope, Filter::default(), 0, FRESH)
        .await
        .map_err(Trouble::from)?;
    for notice in fresh.rows {
        if !notices.iter().any(|known| known.id() == notice.id()) {
            notices.push(notice);
        }
    }
    let desk = desk(&mut present).await?;
    let helped = helped(&mut present).await?;
    let words = present.words();
    let all = present.may(Right::EnterForOthers);
    let mut shown: Vec<Waiting> = waiting
        .iter()
        .map(|exchange| Waiting {
            url: format!("/echanges/{}", exchange.id()),
            said: Telling::to(&present, all, exchange, exchange.asked()).said(exchange),
            warning: warned(words, &present.rules, exchange, (account.standing(), true))
                .filter(|_| exchange.asked() == Some(Side::Payer)),
        })
        .collect();
    waits |= abroad.more;
    shown.extend(abroad.rows.iter().map(|it| Waiting {
        url: format!("/echanges/ailleurs/{}", it.id()),
        said: crate::crossing::said(&present, it),
        warning: None,
    }));
    let title = words.say_with(
        "home-title",
        &[("name", (&present.member.first_name).into())],
    );
    Ok(page(&HomePage {
        frame: Frame::present(&present, "home-title", "home").titled(title),
        first_name: present.member.first_name.clone(),
        waiting_title: counted(words, "home-waiting", shown.len(), waits),
        waiting: shown,
        balance: balance(words, &present.rules, account.standing()),
        notices: rows(&present, &notices),
        desk,
        helped,
    })?)
}

/// Those who gave the reader a mandate.
async fn helped(present: &mut Present) -> Result<Vec<(String, i32)>, Trouble> {
    let me = present.member.id();
    let helps = present
        .scope
        .actor
        .as_ref()
        .is_some_and(|it| !it.helped.is_empty());
    if !helps {
        return Ok(Vec::new());
    }
    let mandates = store::mandate::of_member(&mut present.scope, me).await?;
    let mine = mandates.iter().filter(|it| it.proxy_id() == me);
    Ok(mine
        .map(|it| (it.member_first.clone(), it.member_number))
        .collect())
}

/// So many, or more than that.
fn counted(words: Words, key: &str, count: usize, more: bool) -> String {
    let key = if more {
        format!("{key}-many")
    } else {
        key.to_owned()
    };
    words.say_with(&key, &[("count", count.into())])
}

/// What waits at the desk, for who sits there.
async fn desk(present: &mut Present) -> Result<Vec<(String, &'static str)>, Trouble> {
    let words = present.words();
    let mut lines = Vec::new();
    let actor = present.scope.actor.as_ref();
    let admission = present.rules.admission;
    if actor.is_some_and(|actor| sel::application::may_decide(admission, actor)) {
        let count = store::application::count_waiting(&mut present.scope).await?;
        if count > 0 {
            let line = words.say_with("home-desk-applications", &[("count", count.into())]);
            let sits = !present.member.rights().is_empty();
            let path = if sits { "/bureau" } else { "/bureau/demandes" };
            lines.push((line, path));
        }
    }
    if present.may(Right::EnterForOthers) {
        let page = store::exchange::to_answer_for_others(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-exchanges", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
        let page = store::crossing::to_answer_for_others(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-crossings", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
        let page = store::exchange::to_approve(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-approvals", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
    }
    if present.may(Right::Settings) {
        let asked = store::alliance::count_waiting(&mut present.scope).await?;
        if asked > 0 {
            let line = words.say_with("home-desk-alliances", &[("count", asked.into())]);
            lines.push((line, "/bureau/allies"));
        }
    }
    if present.may(Right::Mediate) {
        let page = store::dispute::open_ones(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-disputes", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
    }
    Ok(lines)
}
