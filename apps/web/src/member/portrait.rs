//! A member's page, and the rights that the board gives there.

use super::address::may_readdress;
use super::{Card, card};
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::id::{AccountId, MemberId};
use sel::member::{Actor, Right};
use sel::notice::Kind;
use store::member::Member;

/// Notices that a member's page shows.
const NOTICES: usize = 50;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/adherents/:id", get(show))
        .at("/adherents/:id/droits", post(entitle))
}

/// A notice of theirs: its id, its title, and whether it is an offer.
struct Title {
    id: String,
    title: String,
    is_offer: bool,
}

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage {
    frame: Frame,
    card: Card,
    first_name: String,
    about: Option<String>,
    turnover: Option<String>,
    /// With whom they share their account.
    shared: Option<String>,
    /// Whether the reader may open the statement.
    reads: bool,
    notices: Vec<Title>,
    enters: bool,
    /// Whether the reader keeps these details.
    keeps: bool,
    readdresses: bool,
    /// Whether the reader keeps the mandates, sets the limits, lets members leave.
    mandates: bool,
    limits: bool,
    departs: bool,
    /// Who acts for whom, told to those concerned.
    acting: Vec<super::mandate::Line>,
    may_end: bool,
    gives_rights: bool,
    /// The rights held, as ticked boxes.
    fields: Fields,
    rights: Vec<(&'static str, String)>,
}

pub(super) async fn found(present: &mut Present, id: &str) -> Result<Member, Trouble> {
    let id: MemberId = id.parse().map_err(|_| Trouble::NotFound)?;
    store::member::by_id(&mut present.scope, id)
        .await?
        .filter(|member| member.left_at.is_none())
        .ok_or(Trouble::NotFound)
}

/// How much a member has given and received in a year, where the SEL shows it.
async fn turnover(present: &mut Present, account: AccountId) -> Result<Option<String>, Trouble> {
    if !present.rules.balances_shown_to.shows_turnover() {
        return Ok(None);
    }
    let since = present.guest.visit.now - chrono::Days::new(365);
    let (gave, received) = store::transfer::turnover(&mut present.scope, account, since).await?;
    let unit = &present.rules.unit;
    let names = [
        ("gave", unit.amount(gave).into()),
        ("received", unit.amount(received).into()),
    ];
    Ok(Some(present.words().say_with("member-turnover", &names)))
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let member = found(&mut present, &id).await?;
    let scope = &mut present.scope;
    let account = store::account::of_member(scope, member.id())
        .await
        .map_err(Trouble::from)?;
    let notices = store::notice::of_member(scope, member.id(), true, NOTICES)
        .await
        .map_err(Trouble::from)?
        .rows
        .into_iter()
        .map(|notice| Title {
            id: notice.id().to_string(),
            is_offer: notice.kind() == Kind::Offer,
            title: notice.title,
        })
        .collect();
    let words = present.words();
    let mut fields = Fields::default();
    for right in member.rights() {
        fields = fields.with("rights", right.as_str());
    }
    let rights = Right::ALL
        .into_iter()
        .map(|right| (right.as_str(), words.say(right_key(right))))
        .collect();
    let actor = present.scope.actor.clone();
    let is = |may: fn(&Actor) -> bool| actor.as_ref().is_some_and(may);
    let helps = actor.as_ref().is_some_and(|actor| actor.helps(member.id()));
    let mandates = is(sel::mandate::keeps) && present.rules.ways.proxies;
    let concerned = is(sel::mandate::keeps) || helps || member.id() == present.member.id();
    let acting = if concerned {
        super::mandate::lines(&mut present, &member).await?
    } else {
        Vec::new()
    };
    let audience = present.rules.balances_shown_to;
    let turnover = turnover(&mut present, account.id()).await?;
    let shared = super::household::sharers(&mut present, &account, &member).await?;
    let limits = actor
        .as_ref()
        .is_some_and(|actor| sel::limit::may_set(actor, member.id()));
    let card = card(&present, &member, Some(account.balance));
    let readdresses = !card.is_me && may_readdress(&present, &member);
    Ok(page(&MemberPage {
        frame: Frame::present(&present, "member-list-title", "members").titled(&card.name),
        first_name: member.first_name,
        about: member.about,
        turnover,
        shared,
        reads: audience.opens_statements(),
        notices,
        enters: (present.may(Right::EnterForOthers) || helps) && !card.is_me,
        keeps: present.may(Right::EnterForOthers) && card.has_no_email,
        readdresses,
        mandates,
        limits,
        departs: present.may(Right::Members) && !card.is_me,
        may_end: concerned,
        acting,
        gives_rights: present.may(Right::Settings),
        fields,
        rights,
        card,
    })?)
}

fn right_key(right: Right) -> &'static str {
    match right {
        Right::Members => "member-right-members",
        Right::EnterForOthers => "member-right-enter-for-others",
        Right::Notices => "member-right-notices",
        Right::Mediate => "member-right-mediate",
        Right::Settings => "member-right-settings",
    }
}

#[handler]
async fn entitle(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    if !present.may(Right::Settings) {
        return Err(Trouble::NotAllowed.into());
    }
    let member = found(&mut present, &id).await?;
    let rights: Vec<Right> = Right::ALL
        .into_iter()
        .filter(|right| fields.ticked("rights", right.as_str()))
        .collect();
    let Present { guest, scope, .. } = present;
    let words = guest.visit.words;
    let flash = match desk::member::entitle(scope, member.id(), &rights).await {
        Ok(()) => {
            let names = [("name", member.first_name.as_str().into())];
            Flash::good(words.say_with("member-entitled", &names))
        }
        // Who may give rights is refused for one reason only.
        Err(halt) => {
            crate::failed(halt)?;
            Flash::bad(words.say("member-last-settings"))
        }
    };
    let to = format!("/adherents/{}", member.id());
    Ok(see_other_with(&guest.house, &to, &flash))
}
