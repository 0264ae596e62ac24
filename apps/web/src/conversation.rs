//! Letters between two members about a notice. Neither sees the other's address: Saline carries
//! the letters, and an answer goes through a page. The other may be of another SEL.

mod mailed;
mod reader;
mod there;
mod with;

use crate::notice::{notice_page, read_id, theirs_path, visible};
use askama::Template;
use desk::conversation::Refusal;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Guest, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use reader::Reader;
use sel::association::Rules;
use sel::id::{ConversationId, MessageId};
use store::Scope;
use store::conversation::Conversation;
use store::member::Member;
pub(crate) use there::WriteBox;
use with::With;
use words::Words;

/// Conversations of a page.
const ROWS: usize = 20;

pub(crate) fn routes(route: Route) -> Route {
    mailed::routes(there::routes(route))
        .at("/annonces/:id/ecrire", post(write))
        .at("/messages", get(list))
        .at("/messages/:id", get(show).post(answer))
}

/// One line of the list.
struct Line {
    id: String,
    title: String,
    with: With,
    since: String,
}

#[derive(Template)]
#[template(path = "conversation_list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    page_number: usize,
    next: Option<usize>,
}

/// A letter, as it is read.
struct Letter {
    mine: bool,
    from: String,
    at: String,
    body: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "conversation.html")]
struct ThreadPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    /// Where the answer goes to.
    action: String,
    /// Whether the reader is logged in; then the page of the notice, where they may see it, and
    /// the form of an exchange with the other.
    inside: bool,
    notice: Option<String>,
    exchange: Option<String>,
    title: String,
    with: With,
    /// How the reader is named to the other, where that one is of another SEL.
    signed: Option<String>,
    /// Whether letters are carried still.
    carried: bool,
    letters: Vec<Letter>,
}

/// How a member is named to others: "Claire (MARS-0012)".
async fn signed(scope: &mut Scope, code: &str, member: &Member) -> Result<String, Trouble> {
    let name = store::alliance::own_name(scope, member.id()).await?;
    let reference = with::reference(code, Some(member.number));
    Ok(format!("{name} ({reference})"))
}

/// The form's id makes sending it twice write once.
fn message_id(fields: &Fields) -> Result<MessageId, Trouble> {
    fields.id("id").map(MessageId).ok_or(Trouble::NotFound)
}

fn fresh(guest: &Guest) -> Fields {
    Fields::default().with("id", desk::fresh::id(guest.visit.now).to_string())
}

fn errors(words: Words, refusal: Refusal, rules: &Rules) -> Errors {
    Errors::of_refusals(words, &[refusal], &rules.unit)
}

#[handler]
async fn write(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let notice = visible(&mut present, read_id(&id)?).await?;
    let message = message_id(&fields)?;
    let words = present.words();
    let (scope, absent) = present.part();
    match desk::conversation::write(scope, message, notice.id(), fields.get("message")).await {
        Ok(conversation) => {
            let name = notice.author_first.into();
            let text = words.say_with("conversation-sent", &[("name", name)]);
            let to = format!("/messages/{conversation}");
            Ok(see_other_with(&absent.guest.house, &to, &Flash::good(text)))
        }
        Err(halt) => {
            let errors = errors(words, crate::failed(halt)?, &absent.rules);
            let mut present = absent.back().await?;
            Ok(notice_page(&mut present, &notice, errors, fields).await?)
        }
    }
}

#[handler]
async fn list(mut present: Present, Query(query): Query) -> Answer {
    let me = present.member.id();
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 500);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let found = store::conversation::of_member(&mut present.scope, me, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let zone = &present.guest.association.time_zone;
    let all = !present.member.rights().is_empty();
    let line = |it: &Conversation| Line {
        id: it.id().to_string(),
        title: it.notice_title.clone(),
        with: With::of(words, it.other(me), all, &present.rules),
        since: words.day(words.local_day(it.started_at, zone)),
    };
    let lines = found.rows.iter().map(line).collect();
    Ok(page(&ListPage {
        frame: Frame::present(&present, "conversations-title", ""),
        lines,
        page_number: number,
        next: found.more.then_some(number + 1),
    })?)
}

/// A conversation of one's own; any other leads nowhere, for the board as for everybody.
async fn own(present: &mut Present, id: &str) -> Result<Conversation, Trouble> {
    let id: ConversationId = id.parse().map_err(|_| Trouble::NotFound)?;
    store::conversation::by_id(&mut present.scope, id)
        .await?
        .filter(|conversation| conversation.concerns(present.member.id()))
        .ok_or(Trouble::NotFound)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let conversation = own(&mut present, &id).await?;
    let fields = fresh(&present.guest);
    Ok(thread(&mut present, &conversation, Errors::none(), fields).await?)
}

#[handler]
async fn answer(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let conversation = own(&mut present, &id).await?;
    let message = message_id(&fields)?;
    let words = present.words();
    let name = with::first_name(words, conversation.other(present.member.id()));
    let (scope, absent) = present.part();
    let id = conversation.id();
    match desk::conversation::answer(scope, message, id, fields.get("message")).await {
        Ok(()) => {
            let text = words.say_with("conversation-sent", &[("name", name.into())]);
            let to = format!("/messages/{id}");
            Ok(see_other_with(&absent.guest.house, &to, &Flash::good(text)))
        }
        Err(halt) => {
            let errors = errors(words, crate::failed(halt)?, &absent.rules);
            let mut present = absent.back().await?;
            Ok(thread(&mut present, &conversation, errors, fields).await?)
        }
    }
}

async fn thread(
    present: &mut Present,
    conversation: &Conversation,
    errors: Errors,
    fields: Fields,
) -> Result<Response, Trouble> {
    let frame = Frame::present(present, "conversation-title", "");
    let reader = Reader {
        me: &present.member,
        all: !present.member.rights().is_empty(),
        rules: &present.rules,
        here: &present.guest.association,
    };
    let action = format!("/messages/{}", conversation.id());
    let mut page = reader
        .thread(&mut present.scope, frame, conversation, action)
        .await?;
    page.inside = true;
    page.notice = notice(&mut present.scope, conversation).await?;
    page.exchange = with::exchange(conversation, present.member.id());
    rendered(page, errors, fields)
}

/// The page of the notice; none where the other SEL shows it no more.
async fn notice(scope: &mut Scope, it: &Conversation) -> Result<Option<String>, Trouble> {
    if let Some(id) = it.notice_id() {
        return Ok(Some(format!("/annonces/{id}")));
    }
    let Some(((code, id), sel)) = it.notice_there().zip(it.sel_id()) else {
        return Ok(None);
    };
    let shared = store::notice::shared(scope, &[(sel, id)]).await?;
    let page = theirs_path(code, id);
    Ok((!shared.is_empty()).then_some(page))
}

/// Shows the thread with the answer as it was typed.
fn rendered(thread: ThreadPage, errors: Errors, fields: Fields) -> Result<Response, Trouble> {
    let wrong = !errors.is_empty();
    let code = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let response = page(&ThreadPage {
        frame: thread.frame.wrong(wrong),
        errors,
        fields,
        ..thread
    })?;
    Ok(response.with_status(code).into_response())
}
