//! `/adherents/…/compte-commun`: several members on one account.

use super::portrait::found;
use super::sees_balance;
use crate::exchange::find_member;
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::household::Refusal;
use sel::member::Right;
use store::account::Account;
use store::member::Member;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/adherents/:id/compte-commun", get(show).post(share))
        .at("/adherents/:id/compte-commun/fin", post(part))
}

#[derive(Template)]
#[template(path = "member_household.html")]
struct HouseholdPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    heading: String,
    first_name: String,
    /// With whom the account is shared.
    shared: Option<String>,
    /// Whether it is the account of another.
    is_guest: bool,
    stands: String,
}

async fn keeper(present: &mut Present, id: &str) -> Result<Member, Trouble> {
    if !present.may(Right::Members) {
        return Err(Trouble::NotAllowed);
    }
    found(present, id).await
}

/// "Claire n° 12 et Jean n° 30", the others on the account of this member.
pub(super) async fn sharers(
    present: &mut Present,
    account: &Account,
    member: &Member,
) -> Result<Option<String>, Trouble> {
    let scope = &mut present.scope;
    let others = store::account::sharers(scope, account.id(), member.id()).await?;
    let names: Vec<String> = others
        .iter()
        .map(|(number, name)| format!("{name} n°\u{a0}{number}"))
        .collect();
    Ok((!names.is_empty()).then(|| names.join(", ")))
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let member = keeper(&mut present, &id).await?;
    Ok(shown(present, &member, Fields::default(), Errors::none()).await?)
}

async fn shown(
    mut present: Present,
    member: &Member,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let account = store::account::of_member(&mut present.scope, member.id()).await?;
    let shared = sharers(&mut present, &account, member).await?;
    let words = present.words();
    let sees = sees_balance(&present, member.id());
    let names = [
        ("name", (&member.first_name).into()),
        ("amount", present.rules.unit.amount(account.balance).into()),
    ];
    let title = if shared.is_some() {
        "household-title"
    } else {
        "household-new-title"
    };
    let heading = words.say_with(title, &names);
    let code = errors.code();
    let response = page(&HouseholdPage {
        frame: Frame::present(&present, "member-list-title", "desk")
            .titled(&heading)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        id: member.id().to_string(),
        heading,
        first_name: member.first_name.clone(),
        shared,
        is_guest: !account.is_of(member.id()),
        stands: if sees {
            words.say_with("household-stands", &names)
        } else {
            String::new()
        },
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn share(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let member = keeper(&mut present, &id).await?;
    let (words, unit) = (present.words(), present.rules.unit.clone());
    let host = match find_member(&mut present, &fields).await? {
        Ok(host) => host,
        Err(why) => {
            let errors = Errors::of_refusals(words, &[Refusal::Host(why)], &unit);
            return Ok(shown(present, &member, fields, errors).await?);
        }
    };
    let today = present.guest.today();
    let (scope, absent) = present.part();
    match desk::household::share(scope, member.id(), host.id(), today).await {
        Ok(()) => {
            let names = [
                ("name", (&member.first_name).into()),
                ("host", (&host.first_name).into()),
            ];
            let flash = Flash::good(words.say_with("household-done", &names));
            let to = format!("/adherents/{}", member.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(shown(present, &member, fields, errors).await?)
        }
    }
}

#[handler]
async fn part(_fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let member = keeper(&mut present, &id).await?;
    let (scope, absent) = present.part();
    let names = [("name", (&member.first_name).into())];
    let done = desk::household::part(scope, member.id()).await;
    let done = done.map(|()| absent.words().say_with("household-parted", &names));
    let to = format!("/adherents/{}/compte-commun", member.id());
    crate::told(&absent, done, &to)
}
