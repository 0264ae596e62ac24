//! `/bureau`: what waits for the board.

use super::answer::{Request, decides, request};
use crate::exchange::Telling;
use askama::Template;
use askama::filters::Safe;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::folded::folded;
use sel::member::Right;
use store::crossing::Crossing;
use store::dispute::Dispute;
use store::exchange::Exchange;

/// Requests, and exchanges, that are shown at once.
const REQUESTS: usize = 50;
const EXCHANGES: usize = 50;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau", get(board))
        .at("/bureau/demandes", get(list))
}

/// An exchange that waits for a member without e-mail.
struct Waiting {
    url: String,
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
    /// What leads beyond a limit.
    approvals: Vec<Waiting>,
    /// "Un SEL propose une alliance".
    alliances: Option<String>,
    mediates: bool,
    disputes: Vec<(String, String)>,
    may_members: bool,
    may_settings: bool,
}

/// A dispute on one line: where it is, and who opened it when.
fn told(present: &Present, it: &Dispute) -> (String, String) {
    let words = present.words();
    let day = words.local_day(it.opened_at, &present.guest.association.time_zone);
    let names = [
        ("name", (&it.opener_first).into()),
        ("amount", present.rules.unit.amount(it.amount).into()),
        ("label", (&it.label).into()),
        ("day", words.day(day).into()),
    ];
    let said = words.say_with("dispute-line", &names);
    (format!("/desaccords/{}", it.id()), said)
}

fn waiting(present: &Present, it: &Exchange) -> Waiting {
    let words = present.words();
    let name = if it.answer_by() == Some(it.payer_id()) {
        &it.payer_first
    } else {
        &it.payee_first
    };
    let waits = if it.approval_asked_at.is_some() {
        "application-exchange-beyond"
    } else {
        "application-exchange-waits"
    };
    Waiting {
        url: format!("/echanges/{}", it.id()),
        said: Telling::to(present, true, it, None).said(it),
        waits: words.say_with(waits, &[("name", name.into())]),
    }
}

/// SELs that wait for an answer, for who speaks for this one.
async fn asked(present: &mut Present) -> Result<Option<String>, Trouble> {
    if !present.may(Right::Settings) {
        return Ok(None);
    }
    let count = store::alliance::count_waiting(&mut present.scope).await?;
    let said = [("count", count.into())];
    Ok((count > 0).then(|| present.words().say_with("home-desk-alliances", &said)))
}

fn abroad(present: &Present, it: &Crossing) -> Waiting {
    let name = [("name", (&it.member_first).into())];
    Waiting {
        url: format!("/echanges/ailleurs/{}", it.id()),
        said: crate::crossing::said(present, it),
        waits: present
            .words()
            .say_with("application-exchange-waits", &name),
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
    let (mut crossings, mut approvals) = (Vec::new(), Vec::new());
    if enters {
        let abroad = store::crossing::to_answer_for_others(scope, EXCHANGES).await?;
        crossings = abroad.rows;
        approvals = store::exchange::to_approve(scope, EXCHANGES).await?.rows;
    }
    let alliances = asked(&mut present).await?.filter(|_| !alone);
    let mediates = !alone && present.may(Right::Mediate);
    let disputes = if mediates {
        let open = store::dispute::open_ones(&mut present.scope, EXCHANGES).await?;
        open.rows.iter().map(|it| told(&present, it)).collect()
    } else {
        Vec::new()
    };
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
        exchanges: exchanges
            .iter()
            .map(|it| waiting(&present, it))
            .chain(crossings.iter().map(|it| abroad(&present, it)))
            .collect(),
        approvals: approvals.iter().map(|it| waiting(&present, it)).collect(),
        alliances,
        mediates,
        disputes,
        may_members: present.may(Right::Members),
        may_settings: present.may(Right::Settings),
    })
}
