//! The page of a notice of another SEL: what it says, where, and writing to whoever wrote it, whose
//! name stays there until they answer.

use super::show::back;
use super::text::Text;
use super::{read_id, row};
use crate::Rooms;
use crate::conversation::WriteBox;
use crate::photo::{Size, sent_of_another};
use askama::Template;
use door::frame::{letter, tint};
use door::{Answer, Errors, Fields, Frame, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{IntoResponse, Response, Route, get, handler};
use sel::alliance::{Code, State};
use sel::id::{NoticeId, PhotoId};
use sel::member::Right;
use sel::notice::Kind;
use std::sync::Arc;
use store::notice::Shared;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/sels/:code/annonces/:id", get(show))
        .at(
            "/sels/:code/annonces/:id/photos/:photo/:size",
            get(photo_file),
        )
        // As they were called when allies alone showed notices: letters lead here.
        .at("/allies/:code/annonces/:id", get(moved))
}

/// The page of a notice of the SEL with this code.
pub(crate) fn theirs_path(code: &str, id: NoticeId) -> String {
    format!("/sels/{}/annonces/{id}", code.to_lowercase())
}

#[handler]
async fn moved(Path((code, id)): Path<(String, String)>) -> Answer {
    let id = read_id(&id)?;
    let code = Code::parse(&code).ok_or(Trouble::NotFound)?;
    Ok(door::see_other(&theirs_path(code.as_str(), id)))
}

/// A notice that another SEL shows here now, by the code of that SEL; any other leads nowhere.
pub(crate) async fn theirs(present: &mut Present, code: &str, id: &str) -> Result<Shared, Trouble> {
    let id = read_id(id)?;
    let code = Code::parse(code).ok_or(Trouble::NotFound)?;
    let sel = store::association::id_of_code(&mut present.scope, &code).await?;
    let asked = [(sel.ok_or(Trouble::NotFound)?, id)];
    let found = store::notice::shared(&mut present.scope, &asked).await?;
    found.into_iter().next().ok_or(Trouble::NotFound)
}

#[derive(Template)]
#[template(path = "notice_theirs.html")]
struct TheirsPage {
    frame: Frame,
    /// The list, as it was sought through.
    back: String,
    /// Its address.
    here: String,
    text: Text,
    sel: String,
    code: String,
    letter: String,
    tint: u8,
    may_write: bool,
    /// Whether the two SELs exchange; else, for who may change that, where to ask.
    allied: bool,
    ask: Option<(String, String)>,
    /// What to say in a letter.
    hint: &'static str,
    write: WriteBox,
}

#[handler]
async fn show(mut present: Present, Path((code, id)): Path<(String, String)>) -> Answer {
    let notice = theirs(&mut present, &code, &id).await?;
    Ok(theirs_page(&mut present, &notice, None).await?)
}

/// The page, with the letter as it was typed.
pub(crate) async fn theirs_page(
    present: &mut Present,
    notice: &Shared,
    typed: Option<(Errors, Fields)>,
) -> Result<Response, Trouble> {
    let write = WriteBox::of(present, notice, typed).await?;
    let alliance = store::alliance::with(&mut present.scope, notice.sel_id()).await?;
    let ask = match alliance {
        None => ask(present, &notice.code).await?,
        Some(_) => None,
    };
    let wrong = !write.errors.is_empty();
    let words = present.words();
    let here = row::there(notice);
    let price = row::price_there(words, &present.rules.unit, notice);
    let photos = format!("{here}/photos");
    let text = Text::of_another(words, present.guest.visit.now, notice, &photos, price);
    let response = page(&TheirsPage {
        text,
        sel: notice.sel.clone(),
        code: notice.code.clone(),
        letter: letter(&notice.sel),
        tint: tint(row::tint_number(&notice.code)),
        may_write: notice.author_reads_mail,
        allied: alliance.is_some(),
        ask,
        back: back(&present.guest.visit, "/annonces?ou=sels"),
        hint: match notice.kind() {
            Kind::Offer => "notice-message-there",
            Kind::Want => "notice-message-there-want",
        },
        frame: Frame::present(present, "notices-title", "notices")
            .titled(&notice.title)
            .wrong(wrong),
        here,
        write,
    })?;
    let code = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(response.with_status(code).into_response())
}

/// Where who may change that asks this SEL for an alliance, or answers it, and what is said of it.
async fn ask(present: &mut Present, code: &str) -> Result<Option<(String, String)>, Trouble> {
    if !present.may(Right::Settings) {
        return Ok(None);
    }
    let code = Code::parse(code).ok_or(Trouble::NotFound)?;
    let known = store::alliance::by_code(&mut present.scope, &code).await?;
    let (href, key) = match known.map(|it| (it.id(), it.state())) {
        None => (
            format!("/bureau/allies/nouvelle?sel={}", code.as_str()),
            "notice-theirs-ask",
        ),
        Some((id, State::Waits)) => (format!("/bureau/allies/{id}"), "notice-theirs-answer"),
        Some((id, _)) => (format!("/bureau/allies/{id}"), "notice-theirs-known"),
    };
    Ok(Some((href, present.words().say(key))))
}

#[handler]
async fn photo_file(
    mut present: Present,
    Path((code, id, photo, size)): Path<(String, String, String, String)>,
    Data(rooms): Data<&Arc<Rooms>>,
) -> Answer {
    let photo: PhotoId = photo.parse().map_err(|_| Trouble::NotFound)?;
    let size = Size::read(&size)?;
    let notice = theirs(&mut present, &code, &id).await?;
    // The connection goes back before the file is read and sent.
    drop(present);
    if !notice.photos().iter().any(|it| it.id() == photo) {
        return Err(Trouble::NotFound.into());
    }
    Ok(sent_of_another(rooms, notice.sel_id(), photo, size).await?)
}
