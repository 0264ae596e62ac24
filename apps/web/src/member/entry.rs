//! `/bureau/adherents/nouveau`: somebody in charge enters a member, with an e-mail or without.

use crate::application::draft;
use askama::Template;
use desk::member::Namesake;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response, Route, get, handler};
use sel::id::MemberId;
use sel::member::Right;

pub(super) fn routes(route: Route) -> Route {
    route.at("/bureau/adherents/nouveau", get(show).post(enter))
}

#[derive(Template)]
#[template(path = "member_new.html")]
struct EntryPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
}

#[handler]
async fn show(present: Present) -> Answer {
    allowed(&present)?;
    let id = desk::fresh::id(present.guest.visit.now).to_string();
    let fields = Fields::default().with("id", id);
    Ok(form(&present, fields, Errors::none())?)
}

fn allowed(present: &Present) -> Result<(), Trouble> {
    if present.may(Right::Members) {
        Ok(())
    } else {
        Err(Trouble::NotAllowed)
    }
}

fn form(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&EntryPage {
        frame: Frame::present(present, "foot-enter-member", "desk").wrong(!errors.is_empty()),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn enter(fields: Fields, present: Present) -> Answer {
    allowed(&present)?;
    let (scope, absent) = present.part();
    let words = absent.words();
    let draft = draft(&absent.guest, &fields);
    let id = MemberId(fields.id("id").ok_or(Trouble::NotFound)?);
    let namesake = if fields.ticked("another", "oui") {
        Namesake::Allow
    } else {
        Namesake::Ask
    };
    let language = words.language.as_str();
    match desk::member::enter(scope, id, &draft, language, namesake).await {
        Ok((id, number)) => {
            let key = if draft.email.is_empty() {
                "member-entered"
            } else {
                "member-entered-mailed"
            };
            let names = [("name", draft.first_name.into()), ("number", number.into())];
            let flash = Flash::good(words.say_with(key, &names));
            Ok(see_other_with(
                &absent.guest.house,
                &format!("/adherents/{id}"),
                &flash,
            ))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt).await?;
            Ok(form(&present, fields, errors)?)
        }
    }
}
