//! The letters that carry a link: opening a SEL, logging in, a welcome, an invitation.

use crate::letter::{Said, Sender, greeting, letter, to_sel, words};
use crate::{Unwritten, Worker};
use desk::link::Link;
use gateways::mail::{Address, Letter};
use serde_json::Value as Json;
use store::Scope;
use store::association::Association;
use store::token::{Purpose, Token};
use words::{Value, Words};

/// Writes the letter of a token, as long as its link is good for anything.
pub(crate) async fn write(worker: &Worker, token: &Token) -> Result<Letter, Unwritten> {
    let now = worker.clock.now();
    desk::session::usable(token, now).map_err(|_| Unwritten::Needless("the link is void"))?;
    let address = token
        .mail_to
        .clone()
        .ok_or(Unwritten::Needless("nobody to write to"))?;
    let purpose = token
        .purpose()
        .ok_or(Unwritten::Needless("an unknown purpose"))?;
    let signed = Link::Token(token.id()).sign(&worker.keys, token.expires_at);
    let words = words(&token.language);
    let (sender, name, said) = match purpose {
        Purpose::Opening => {
            let url = worker.site.platform_url(&format!("/ouvrir/{signed}"));
            let opening = desk::association::described(token)
                .ok_or(Unwritten::Needless("an opening lost its words"))?;
            (
                Sender::saline(),
                opening.first_name.clone(),
                opening_said(worker, &opening, words, url),
            )
        }
        Purpose::Login | Purpose::Welcome | Purpose::Invitation => {
            let association = association_of(worker, token).await?;
            let path = match purpose {
                Purpose::Invitation => format!("/invitation/{signed}"),
                _ => format!("/entrer/{signed}"),
            };
            let url = worker.site.home_url(&association, &path);
            let said = said_of(purpose, token, &association, words, url);
            (
                Sender::of(&association),
                text(&token.detail, "first_name"),
                said,
            )
        }
        Purpose::Ticket
        | Purpose::Joining
        | Purpose::Second
        | Purpose::External
        | Purpose::Linking
        | Purpose::Code
        | Purpose::Passkey => {
            return Err(Unwritten::Needless("a ticket is not mailed"));
        }
    };
    let said = Said {
        greeting: greeting(words, &name),
        ..said
    };
    let to = Address { name, address };
    letter(worker, token.id().0, to, words.language, &sender, &said)
}

async fn association_of(worker: &Worker, token: &Token) -> Result<Association, Unwritten> {
    let id = token
        .association_id()
        .ok_or(Unwritten::Needless("a link to no SEL"))?;
    let mut scope = Scope::begin(&worker.pool, id, None, worker.clock.now()).await?;
    let association = store::association::current(&mut scope).await?;
    scope.commit().await?;
    Ok(association)
}

fn opening_said(
    worker: &Worker,
    opening: &sel::association::Opening,
    words: Words,
    url: String,
) -> Said {
    // Not a link yet: it leads somewhere once the SEL is open.
    let address = worker.site.association_url(opening.slug.as_str(), "");
    let address = address.rsplit("//").next().unwrap_or_default().to_owned();
    let names = [
        ("sel", Value::from(&opening.name)),
        ("place", Value::from(&opening.place.name)),
        ("address", Value::from(address)),
        (
            "days",
            Value::Number(i64::try_from(desk::association::OPENING_DAYS).unwrap_or(7)),
        ),
    ];
    Said {
        subject: words.say_with("mail-opening-subject", &names),
        lines: vec![
            words.say_with("mail-opening-line", &names),
            words.say_with("mail-opening-next", &names),
        ],
        button: words.say("mail-opening-button"),
        url,
        small: words.say_with("mail-opening-small", &names),
        foot: words.say("mail-foot-platform"),
        ..Said::default()
    }
}

fn said_of(
    purpose: Purpose,
    token: &Token,
    association: &Association,
    words: Words,
    url: String,
) -> Said {
    let number = token
        .detail
        .get("number")
        .and_then(Json::as_i64)
        .unwrap_or_default();
    let until = words.local_day(token.expires_at, &association.time_zone);
    let names = [
        ("to", to_sel(words, &association.name)),
        ("sel", Value::from(&association.name)),
        ("place", Value::from(&association.place_name)),
        ("number", Value::from(number.to_string())),
        ("sponsor", Value::from(text(&token.detail, "sponsor"))),
        (
            "minutes",
            Value::Number(desk::session::LINK_LIFE.num_minutes()),
        ),
        ("until", Value::from(words.short_day(until))),
    ];
    let kind = purpose.as_str();
    let say = |part: &str| words.say_with(&format!("mail-{kind}-{part}"), &names);
    let foot = match purpose {
        Purpose::Invitation => words.say_with("mail-foot-invited", &names),
        _ => words.say_with("mail-foot-member", &names),
    };
    Said {
        subject: say("subject"),
        lines: vec![say("line"), say("next")],
        button: say("button"),
        url,
        small: say("small"),
        foot,
        ..Said::default()
    }
}

fn text(detail: &Json, name: &str) -> String {
    detail
        .get(name)
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned()
}
