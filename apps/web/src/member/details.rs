//! `/adherents/…/modifier`: who enters for others keeps the details of members without e-mail.

use super::portrait::found;
use super::{frame_about, typed_phone};
use crate::application::draft;
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::member::Right;
use store::member::Member;

pub(super) fn routes(route: Route) -> Route {
    route.at("/adherents/:id/modifier", get(show).post(describe))
}

#[derive(Template)]
#[template(path = "member_details.html")]
struct DetailsPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    first_name: String,
}

/// A member whose details somebody else keeps: whoever has an e-mail keeps their own.
async fn kept(present: &mut Present, id: &str) -> Result<Member, Trouble> {
    if !present.may(Right::EnterForOthers) {
        return Err(Trouble::NotAllowed);
    }
    let member = found(present, id).await?;
    if member.email.is_some() {
        return Err(Trouble::NotAllowed);
    }
    Ok(member)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let member = kept(&mut present, &id).await?;
    let optional = |field: &Option<String>| field.clone().unwrap_or_default();
    let fields = Fields::default()
        .with("first_name", &member.first_name)
        .with("last_name", &member.last_name)
        .with("phone", typed_phone(&present.guest, &member))
        .with("place", optional(&member.place))
        .with("about", optional(&member.about));
    Ok(form(&present, &member, fields, Errors::none())?)
}

fn form(
    present: &Present,
    member: &Member,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&DetailsPage {
        frame: frame_about(present, member, "member-details-title", !errors.is_empty()),
        errors,
        fields,
        id: member.id().to_string(),
        first_name: member.first_name.clone(),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn describe(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let kept = kept(&mut present, &id).await?;
    let words = present.words();
    let (scope, absent) = present.part();
    let mut draft = draft(&absent.guest, &fields);
    draft.email.clear();
    match desk::member::describe(scope, kept.id(), &draft, &kept.language).await {
        Ok(()) => {
            let name = draft.first_name.into();
            let text = words.say_with("member-details-done", &[("name", name)]);
            let to = format!("/adherents/{}", kept.id());
            Ok(see_other_with(&absent.guest.house, &to, &Flash::good(text)))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt).await?;
            Ok(form(&present, &kept, fields, errors)?)
        }
    }
}
