//! Writing to whoever wrote a notice of another SEL.

use super::{errors, fresh, message_id, signed, with};
use crate::notice::{theirs, theirs_page};
use askama::Template;
use desk::conversation::abroad_id;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, handler, post};
use store::notice::Shared;

pub(super) fn routes(route: Route) -> Route {
    route.at("/sels/:code/annonces/:id/ecrire", post(write))
}

/// What stands on the page of such a notice about writing.
pub(crate) struct WriteBox {
    pub(crate) errors: Errors,
    pub(crate) fields: Fields,
    /// How the author will read who writes: "Claire (MARS-0012)".
    pub(crate) signed: String,
    /// The conversation about it, where there is one.
    pub(crate) known: Option<String>,
    /// The form of an exchange with the author, once they have answered.
    pub(crate) exchange: Option<String>,
}

impl WriteBox {
    /// What was typed, or nothing yet.
    pub(crate) async fn of(
        present: &mut Present,
        notice: &Shared,
        typed: Option<(Errors, Fields)>,
    ) -> Result<WriteBox, Trouble> {
        let me = present.member.id();
        let about = (notice.sel_id(), notice.id());
        let id = abroad_id(present.guest.association.id(), me, about);
        let known = store::conversation::by_id(&mut present.scope, id).await?;
        let (errors, fields) = typed.unwrap_or_else(|| (Errors::none(), fresh(&present.guest)));
        let code = &present.guest.association.code;
        Ok(WriteBox {
            errors,
            fields,
            signed: signed(&mut present.scope, code, &present.member).await?,
            exchange: known.as_ref().and_then(|it| with::exchange(it, me)),
            known: known.map(|_| format!("/messages/{id}")),
        })
    }
}

#[derive(Template)]
#[template(path = "notice_gone.html")]
struct GonePage {
    frame: Frame,
    /// What was typed.
    fields: Fields,
}

/// The notice was there when the letter was begun: what was typed is not lost.
fn gone(present: &Present, fields: Fields) -> Result<Response, Trouble> {
    let frame = Frame::present(present, "notice-gone-title", "notices");
    let response = page(&GonePage { frame, fields })?;
    Ok(response.with_status(StatusCode::NOT_FOUND).into_response())
}

#[handler]
async fn write(
    fields: Fields,
    mut present: Present,
    Path((code, id)): Path<(String, String)>,
) -> Answer {
    let notice = match theirs(&mut present, &code, &id).await {
        Ok(notice) => notice,
        Err(Trouble::NotFound) => return Ok(gone(&present, fields)?),
        Err(trouble) => return Err(trouble.into()),
    };
    let message = message_id(&fields)?;
    let words = present.words();
    let (scope, absent) = present.part();
    let about = (notice.sel_id(), notice.id());
    match desk::conversation::write_there(scope, message, about, fields.get("message")).await {
        Ok(conversation) => {
            let name = words.say("conversation-author");
            let text = words.say_with("conversation-sent", &[("name", name.into())]);
            let to = format!("/messages/{conversation}");
            Ok(see_other_with(&absent.guest.house, &to, &Flash::good(text)))
        }
        Err(halt) => {
            let errors = errors(words, crate::failed(halt)?, &absent.rules);
            let mut present = absent.back().await?;
            let typed = Some((errors, fields));
            Ok(theirs_page(&mut present, &notice, typed).await?)
        }
    }
}
