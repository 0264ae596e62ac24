//! A conversation as one of the two reads it.

use super::with::With;
use super::{Letter, ThreadPage, signed};
use crate::notice::paragraphs;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use door::{Errors, Fields, Frame, Trouble};
use sel::association::Rules;
use store::Scope;
use store::association::Association;
use store::conversation::{Conversation, Message, Other};
use store::member::Member;
use words::{Language, Words};

/// Letters that are shown, the newest ones.
const LETTERS: i64 = 200;

/// Who reads a conversation, and what they may see.
pub(super) struct Reader<'a> {
    pub(super) me: &'a Member,
    /// Last names, whatever the directory says.
    pub(super) all: bool,
    pub(super) rules: &'a Rules,
    pub(super) here: &'a Association,
}

impl Reader<'_> {
    pub(super) async fn thread(
        &self,
        scope: &mut Scope,
        frame: Frame,
        conversation: &Conversation,
        action: String,
    ) -> Result<ThreadPage, Trouble> {
        let messages = store::conversation::messages(scope, conversation.id(), LETTERS).await?;
        let other = conversation.other(self.me.id());
        let with = With::of(frame.words, other, self.all, self.rules);
        let signed = match other {
            Other::Outsider { .. } => Some(signed(scope, &self.here.code, self.me).await?),
            Other::Member { .. } => None,
        };
        Ok(ThreadPage {
            letters: messages
                .iter()
                .map(|message| self.letter(frame.words, message, &with.name))
                .collect(),
            with,
            signed,
            title: conversation.notice_title.clone(),
            carried: conversation.is_carried(),
            inside: false,
            notice: None,
            exchange: None,
            action,
            errors: Errors::none(),
            fields: Fields::default(),
            frame,
        })
    }

    fn letter(&self, words: Words, message: &Message, name: &str) -> Letter {
        let mine = message.sender_id() == Some(self.me.id());
        let day = words.weekday(words.local_day(message.sent_at, &self.here.time_zone));
        let hour = clock(words, message.sent_at, &self.here.time_zone);
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
