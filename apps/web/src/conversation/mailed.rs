//! Reading a conversation and answering from the mail, without logging in.

use super::with::first_name;
use super::{Reader, ThreadPage, errors, fresh, message_id, rendered};
use crate::mailed::opened;
use askama::Template;
use desk::link::{Dead, Link};
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Guest, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Route, get, handler};
use store::Scope;
use store::conversation::Conversation;
use store::member::Member;

pub(super) fn routes(route: Route) -> Route {
    route.at("/repondre/:link", get(show).post(answer))
}

#[derive(Template)]
#[template(path = "conversation_dead.html")]
struct DeadPage {
    frame: Frame,
    text: String,
}

fn dead(guest: &Guest, dead: Dead) -> Answer {
    let key = match dead {
        Dead::Broken => "refusal-link-broken",
        Dead::Expired => "conversation-link-expired",
    };
    let response = page(&DeadPage {
        frame: Frame::guest(guest, "conversation-dead-title"),
        text: guest.visit.words.say(key),
    })?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

/// The conversation that a mailed link is about.
struct Opened {
    scope: Scope,
    conversation: Conversation,
    me: Member,
}

async fn open(guest: &Guest, text: &str) -> Result<Result<Opened, Dead>, Trouble> {
    let mut opened = match opened(guest, text).await? {
        Ok(opened) => opened,
        Err(dead) => return Ok(Err(dead)),
    };
    let Link::Reply {
        conversation_id, ..
    } = opened.link
    else {
        return Ok(Err(Dead::Broken));
    };
    let me = store::member::by_id(&mut opened.scope, opened.member).await?;
    let Some(me) = me.filter(|member| member.left_at.is_none()) else {
        return Ok(Err(Dead::Expired));
    };
    let found = store::conversation::by_id(&mut opened.scope, conversation_id).await?;
    Ok(found
        .filter(|conversation| conversation.concerns(me.id()))
        .map(|conversation| Opened {
            scope: opened.scope,
            conversation,
            me,
        })
        .ok_or(Dead::Broken))
}

async fn thread(guest: &Guest, link: &str, opened: &mut Opened) -> Result<ThreadPage, Trouble> {
    let rules = store::setting::read(&mut opened.scope).await?;
    let reader = Reader {
        me: &opened.me,
        all: false,
        rules: &rules,
        here: &guest.association,
    };
    let frame = Frame::guest(guest, "conversation-title");
    let action = format!("/repondre/{link}");
    reader
        .thread(&mut opened.scope, frame, &opened.conversation, action)
        .await
}

#[handler]
async fn show(guest: Guest, Path(link): Path<String>) -> Answer {
    let mut opened = match open(&guest, &link).await? {
        Ok(opened) => opened,
        Err(why) => return dead(&guest, why),
    };
    let thread = thread(&guest, &link, &mut opened).await?;
    Ok(rendered(thread, Errors::none(), fresh(&guest))?)
}

#[handler]
async fn answer(guest: Guest, Path(link): Path<String>, fields: Fields) -> Answer {
    let opened = match open(&guest, &link).await? {
        Ok(opened) => opened,
        Err(why) => return dead(&guest, why),
    };
    let message = message_id(&fields)?;
    let words = guest.visit.words;
    let Opened {
        scope,
        conversation,
        me,
    } = opened;
    let id = conversation.id();
    match desk::conversation::answer(scope, message, id, fields.get("message")).await {
        Ok(()) => {
            let name = first_name(words, conversation.other(me.id())).into();
            let text = words.say_with("conversation-sent", &[("name", name)]);
            let to = format!("/repondre/{link}");
            Ok(see_other_with(&guest.house, &to, &Flash::good(text)))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let scope = guest.scope().await.map_err(Trouble::from)?;
            let mut opened = Opened {
                scope,
                conversation,
                me,
            };
            let thread = thread(&guest, &link, &mut opened).await?;
            let rules = store::setting::read(&mut opened.scope)
                .await
                .map_err(Trouble::from)?;
            Ok(rendered(thread, errors(words, refusal, &rules), fields)?)
        }
    }
}
