//! `/adherents/…/courriel`: the board corrects the address of somebody who has never come in.

use super::frame_about;
use super::portrait::found;
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::member::Right;
use store::member::Member;

pub(super) fn routes(route: Route) -> Route {
    route.at("/adherents/:id/courriel", get(show).post(readdress))
}

#[derive(Template)]
#[template(path = "member_address.html")]
struct AddressPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    first_name: String,
    has_email: bool,
}

/// Whether the board may still give this member an address: afterwards it is the member's own.
pub(super) fn may_readdress(present: &Present, member: &Member) -> bool {
    present.may(Right::Members) && member.identity_id().is_none() && member.left_at.is_none()
}

async fn unmet(present: &mut Present, id: &str) -> Result<Member, Trouble> {
    let member = found(present, id).await?;
    if may_readdress(present, &member) {
        Ok(member)
    } else {
        Err(Trouble::NotAllowed)
    }
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let member = unmet(&mut present, &id).await?;
    let email = member.email.clone().unwrap_or_default();
    let fields = Fields::default().with("email", email);
    Ok(form(&present, &member, fields, Errors::none())?)
}

fn form(
    present: &Present,
    member: &Member,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&AddressPage {
        frame: frame_about(present, member, "member-address-title", !errors.is_empty()),
        errors,
        fields,
        id: member.id().to_string(),
        first_name: member.first_name.clone(),
        has_email: member.email.is_some(),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn readdress(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let member = unmet(&mut present, &id).await?;
    let (scope, absent) = present.part();
    let words = absent.words();
    match desk::member::readdress(scope, member.id(), fields.get("email")).await {
        Ok(email) => {
            let names = [
                ("name", member.first_name.as_str().into()),
                ("email", email.as_str().into()),
            ];
            let flash = Flash::good(words.say_with("member-readdressed", &names));
            let to = format!("/adherents/{}", member.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(form(&present, &member, fields, errors)?)
        }
    }
}
