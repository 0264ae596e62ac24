//! Letters between two members about a notice. Neither sees the other's address: Saline carries
//! the letters, and an answer goes through a page. The other may be of an ally.

mod mailed;
mod there;
mod with;

use crate::notice::{notice_page, paragraphs, read_id, visible};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use desk::conversation::Refusal;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Guest, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::association::Rules;
use sel::id::{ConversationId, MemberId, MessageId, NoticeId};
use store::Scope;
use store::conversation::{Conversation, Message};
pub(crate) use there::WriteBox;
use with::With;
use words::{Language, Words};

/// Conversations of a page.
const ROWS: usize = 20;
/// Letters that are shown, the newest ones.
const LETTERS: i64 = 200;

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
    /// The page of the notice, and the form of an exchange with the other; none where the reader
    /// is not logged in.
    notice: Option<String>,
    exchange: Option<String>,
    title: String,
    with: With,
    letters: Vec<Letter>,
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
        me: present.member.id(),
        all: !present.member.rights().is_empty(),
        rules: &present.rules,
        zone: &present.guest.association.time_zone,
    };
    let action = format!("/messages/{}", conversation.id());
    let mut page = reader
        .thread(&mut present.scope, frame, conversation, action)
        .await?;
    page.notice = Some(match conversation.notice_there() {
        Some((code, id)) => format!("/allies/{}/annonces/{id}", code.to_lowercase()),
        None => format!("/annonces/{}", notice_id(conversation)?),
    });
    page.exchange = with::exchange(conversation, present.member.id());
    rendered(page, errors, fields)
}

/// One of ours, where it is no ally's.
fn notice_id(conversation: &Conversation) -> Result<NoticeId, Trouble> {
    let broken = || Trouble::Broken("a conversation about no notice".into());
    conversation.notice_id().ok_or_else(broken)
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

/// Who reads a conversation, and what they may see.
struct Reader<'a> {
    me: MemberId,
    /// Last names, whatever the directory says.
    all: bool,
    rules: &'a Rules,
    zone: &'a str,
}

impl Reader<'_> {
    async fn thread(
        &self,
        scope: &mut Scope,
        frame: Frame,
        conversation: &Conversation,
        action: String,
    ) -> Result<ThreadPage, Trouble> {
        let messages = store::conversation::messages(scope, conversation.id(), LETTERS).await?;
        let other = conversation.other(self.me);
        let with = With::of(frame.words, other, self.all, self.rules);
        Ok(ThreadPage {
            letters: messages
                .iter()
                .map(|message| self.letter(frame.words, message, &with.name))
                .collect(),
            with,
            title: conversation.notice_title.clone(),
            notice: None,
            exchange: None,
            action,
            errors: Errors::none(),
            fields: Fields::default(),
            frame,
        })
    }

    fn letter(&self, words: Words, message: &Message, name: &str) -> Letter {
        let mine = message.sender_id() == Some(self.me);
        let day = words.weekday(words.local_day(message.sent_at, self.zone));
        let hour = clock(words, message.sent_at, self.zone);
        Letter {
            mine,
            from: if mine {
                words.say("conversation-you")
            } else {
                name.to_owned()
            },
            at: words.say_with(
                "conversation-at",
                &[("day", day.into()), ("hour", hour.into())],
            ),
            body: paragraphs(&message.body),
        }
    }
}

/// The time of day where the SEL is: "14 h 30", "14:30".
fn clock(words: Words, at: DateTime<Utc>, zone: &str) -> String {
    let zone: Tz = zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let format = match words.language {
        Language::French => "%-H\u{a0}h\u{a0}%M",
        Language::English => "%H:%M",
    };
    at.with_timezone(&zone).format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_is_that_of_the_place() {
        let at = "2026-06-13T12:30:00Z".parse().unwrap();
        let clock = |language, zone| clock(Words::new(language), at, zone);
        assert_eq!(clock(Language::French, "Europe/Paris"), "14\u{a0}h\u{a0}30");
        assert_eq!(clock(Language::English, "America/Martinique"), "08:30");
    }
}
