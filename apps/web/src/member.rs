//! The members of a SEL: the directory, a member's page, one's own details.

mod access;
mod account;
mod address;
mod departure;
mod details;
mod device;
mod directory;
mod entry;
mod household;
mod limit;
mod mandate;
mod passkey;
mod portrait;
mod second;

pub(crate) use access::said as permission_words;

use door::{Frame, Guest, Present, Trouble};
use poem::Route;
use sel::association::{Rules, Visible};
use sel::id::MemberId;
use sel::member::Right;
use sel::person::Name;
use store::member::Member;

pub(crate) fn routes(route: Route) -> Route {
    let add = [
        directory::routes,
        portrait::routes,
        details::routes,
        address::routes,
        account::routes,
        access::routes,
        device::routes,
        second::routes,
        passkey::routes,
        entry::routes,
        departure::routes,
        mandate::routes,
        limit::routes,
        household::routes,
    ];
    add.into_iter().fold(route, |route, add| add(route))
}

/// A member's name as this viewer may read it: "Claire Aubert", or "Claire A." where the directory
/// keeps last names to the board.
pub(crate) fn shown_name(viewer_sees_all: bool, rules: &Rules, first: &str, last: &str) -> String {
    Name::shown(first, last, viewer_sees_all || rules.directory.last_names)
}

/// In whose name: one's own, or, for who may speak for them, that of the member with this number.
pub(crate) async fn spoken_for(present: &mut Present, number: &str) -> Result<Member, Trouble> {
    let own = present.member.number.to_string();
    if number.is_empty() || number == own {
        return Ok(present.member.clone());
    }
    let Some(actor) = present.scope.actor.clone() else {
        return Err(Trouble::NotAllowed);
    };
    // Who may speak for nobody learns of no number whether it is somebody's.
    if actor.helped.is_empty() && !actor.may(Right::EnterForOthers) {
        return Err(Trouble::NotAllowed);
    }
    let unknown = if actor.may(Right::EnterForOthers) {
        Trouble::NotFound
    } else {
        Trouble::NotAllowed
    };
    let Ok(number) = number.parse() else {
        return Err(unknown);
    };
    match store::member::by_number(&mut present.scope, number).await? {
        Some(member) if actor.speaks_for(member.id()) => Ok(member),
        Some(_) => Err(Trouble::NotAllowed),
        None => Err(unknown),
    }
}

/// The frame of a form of the desk about somebody: "Les coordonnées d’Odette".
fn frame_about(present: &Present, member: &Member, title: &str, wrong: bool) -> Frame {
    let name = (&member.first_name).into();
    let title = present.words().say_with(title, &[("name", name)]);
    Frame::present(present, "member-list-title", "desk")
        .titled(title)
        .wrong(wrong)
}

/// A member's phone as one types it in this SEL.
fn typed_phone(guest: &Guest, member: &Member) -> String {
    let phone = member.phone.as_deref().map(sel::person::Phone::kept);
    phone.map_or_else(String::new, |phone| {
        phone.typed_in(&guest.association.country)
    })
}

/// A member as one viewer may see them: what the directory keeps back is not there.
struct Card {
    id: String,
    number: i32,
    tint: u8,
    initials: String,
    name: String,
    place: Option<String>,
    /// The link that dials, and the number as it is read.
    phone: Option<(String, String)>,
    email: Option<String>,
    is_me: bool,
    has_no_email: bool,
    balance: Option<String>,
}

/// `balance` is in minor units, where it is known.
fn card(present: &Present, member: &Member, balance: Option<i64>) -> Card {
    let rules = &present.rules;
    let visible = visible(present, member.id());
    let shown = |field: &Option<String>, is_visible: bool| field.clone().filter(|_| is_visible);
    let phone = shown(&member.phone, visible.phone);
    Card {
        id: member.id().to_string(),
        number: member.number,
        tint: door::frame::tint(member.number),
        initials: door::frame::initials(&member.first_name, &member.last_name),
        name: shown_name(
            visible.last_name,
            rules,
            &member.first_name,
            &member.last_name,
        ),
        place: shown(&member.place, visible.place),
        phone: phone.as_deref().map(crate::application::dialled),
        email: shown(&member.email, visible.email),
        is_me: member.id() == present.member.id(),
        has_no_email: member.email.is_none(),
        balance: balance
            .filter(|_| visible.balance)
            .map(|balance| rules.unit.amount(balance)),
    }
}

/// What the reader may see of this member.
fn visible(present: &Present, member: MemberId) -> Visible {
    let actor = present.scope.actor.as_ref();
    actor.map_or(Visible::NOTHING, |actor| {
        present.rules.visible(actor, member)
    })
}

/// Whether the reader may see this member's balance.
pub(crate) fn sees_balance(present: &Present, member: MemberId) -> bool {
    visible(present, member).balance
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::amount::Unit;

    fn rules(last_names: bool) -> Rules {
        let unit = Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        };
        let mut rules = Rules::usual(unit);
        rules.directory.last_names = last_names;
        rules
    }

    #[test]
    fn a_last_name_is_kept_to_the_board_where_the_directory_says_so() {
        let shown = |all, last_names| shown_name(all, &rules(last_names), "Claire", "Aubert");
        assert_eq!(shown(false, true), "Claire Aubert");
        assert_eq!(shown(false, false), "Claire A.");
        assert_eq!(shown(true, false), "Claire Aubert");
        assert_eq!(shown_name(false, &rules(false), "Odette", ""), "Odette");
    }
}
